"""Is a folder a safe place for a ledger: synchronised and network folders are warned of."""

import ctypes
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

DRIVE_REMOTE = 4  # GetDriveTypeW of Windows
MOUNTS = Path("/proc/self/mounts")
NETWORK_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "davfs", "ceph", "9p"}
# Where the synchronising programs of Windows say their folder is.
SYNC_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
# How their folders are called by default; a name may go on, as in “OneDrive - 单位”.
SYNC_NAMES = (
    *("onedrive", "dropbox", "nutstore", "坚果云", "我的坚果云", "baidusyncdisk", "wps云盘"),
    *("wpsdrive", "iclouddrive", "google drive", "微云同步", "天翼云盘同步", "亿方云"),
)


class Danger(StrEnum):
    """Why a folder is no place for a ledger."""

    NETWORK = "network"
    SYNCHRONISED = "synchronised"


@dataclass(frozen=True)
class Warning:
    """What to say about a folder: what it is, and what may happen and what to do."""

    danger: Danger
    what: str
    advice: str


def warning(
    folder: Path, environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> Warning | None:
    """The warning about a data folder, or None when nothing speaks against it."""
    if _on_network(folder, platform):
        return Warning(
            Danger.NETWORK,
            f"数据文件夹 {folder} 在网络上",
            "断网或多人同时打开会损坏台账。请放在本机磁盘上，两台电脑之间用交接包。",
        )
    if name := _synchronised_by(folder, environ):
        return Warning(
            Danger.SYNCHRONISED,
            f"数据文件夹 {folder} 由“{name}”自动同步",
            "同步会把没写完的台账传走、又把旧的传回来。请另选一个不同步的文件夹。",
        )
    return None


def _on_network(folder: Path, platform: str) -> bool:
    if platform == "win32":
        text = str(folder).replace("/", "\\")
        return text.startswith("\\\\") or _drive_type(text[:3]) == DRIVE_REMOTE
    return _file_system(folder) in NETWORK_SYSTEMS


def _drive_type(drive: str) -> int:
    """What Windows says about a drive such as C:\\; 0 where there is no Windows to ask."""
    windows = getattr(ctypes, "windll", None)
    return int(windows.kernel32.GetDriveTypeW(drive)) if windows else 0


def _file_system(folder: Path) -> str:
    """The type of the file system a folder lies on, "" when the system does not say."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    found = Path("/"), ""
    for _, place, kind, *_ in (line.split(" ") for line in lines):
        mounted = Path(place.replace("\\040", " "))
        if mounted in (folder, *folder.parents) and len(mounted.parts) >= len(found[0].parts):
            found = mounted, kind
    return found[1]


def _synchronised_by(folder: Path, environ: Mapping[str, str]) -> str:
    """The name of the synchronised folder that holds this one, "" when there is none."""
    around = (folder, *folder.parents)
    for variable in SYNC_VARIABLES:
        if environ.get(variable) and Path(environ[variable]) in around:
            return "OneDrive"
    return next((part.name for part in around if part.name.lower().startswith(SYNC_NAMES)), "")
