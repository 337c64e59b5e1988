"""Is a folder a safe place for a ledger: no network, nothing that synchronises, not left behind."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hs_credit_desktop.errors import UserError

DRIVE_REMOTE = 4  # GetDriveTypeW of Windows
MOUNTS = Path("/proc/self/mounts")
NETWORK_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "davfs", "ceph", "9p"}
NETWORK_SYSTEMS |= {"fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "afs", "glusterfs"}
# Left in a folder whose ledger was moved away; its second line is the new place.
NOTE = "已搬到新位置.txt"
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
    LEFT_BEHIND = "left behind"


@dataclass(frozen=True)
class Warning:
    """What to say about a folder: what it is, and what may happen and what to do."""

    danger: Danger
    what: str
    advice: str


class UnsafeFolderError(UserError):
    """The ledger of this folder may be read, not written to; `warning` says why."""

    def __init__(self, warning: Warning) -> None:
        super().__init__(warning.what, warning.advice)
        self.warning = warning


def refuse_unsafe(folder: Path) -> None:
    """UnsafeFolderError when a ledger in this folder must not be written to."""
    if warned := here(folder):
        raise UnsafeFolderError(warned)


def here(folder: Path) -> Warning | None:
    """The warning about a folder as it is named and as it really lies (behind a link)."""
    named, real = folder.absolute(), folder.resolve()
    lies = warning(named) or (warning(real) if real != named else None)
    return lies or _left_behind(named)


def warning(
    folder: Path, environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> Warning | None:
    """The warning about a data folder, or None when nothing speaks against it."""
    if _on_network(folder, platform):
        return Warning(
            Danger.NETWORK,
            f"数据文件夹 {folder} 在网络上",
            "断网或多人同时打开会损坏台账，所以这里只能查看。"
            "请打开窗口，在开始页把它搬到这台电脑；两台电脑之间用交接包。",
        )
    if name := _synchronised_by(folder, environ):
        return Warning(
            Danger.SYNCHRONISED,
            f"数据文件夹 {folder} 由“{name}”自动同步",
            "同步会把没写完的台账传走、又把旧的传回来，所以这里只能查看。"
            "请打开窗口，在开始页把它搬到这台电脑，或另选一个不同步的文件夹。",
        )
    return None


def _left_behind(folder: Path) -> Warning | None:
    place = moved_to(folder)
    if place is None:
        return None
    return Warning(
        Danger.LEFT_BEHIND,
        f"{folder} 里的台账已搬到 {place}",
        f"这里留下的是搬走时的旧台账，只能查看。请打开新位置；确要改用这里，请先删除“{NOTE}”。",
    )


def moved_to(folder: Path) -> Path | None:
    """Where the ledger of a folder was moved to, by the note left there or beside; else None."""
    for place in (folder, folder.parent):
        try:
            lines = (place / NOTE).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeError):  # also: no such name can be said to this system
            continue
        if len(lines) > 1 and lines[1].strip():
            return Path(lines[1].strip()) / folder.relative_to(place)
    return None


def _on_network(folder: Path, platform: str) -> bool:
    if platform == "win32":
        text = str(folder).replace("/", "\\")
        return text.startswith("\\\\") or _drive_type(text[:3]) == DRIVE_REMOTE
    return _file_system(folder) in NETWORK_SYSTEMS


def _drive_type(drive: str) -> int:
    """What Windows says about a drive such as C:\\; 0 where there is no Windows to ask."""
    import ctypes  # only where there are drives to ask about

    windows = getattr(ctypes, "windll", None)
    return int(windows.kernel32.GetDriveTypeW(drive)) if windows else 0


def _file_system(folder: Path) -> str:
    """The type of the file system a folder lies on, "" when the system does not say."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    around = {str(part) for part in (folder, *folder.parents)}
    found = "", ""  # the longest place that holds the folder, the last one mounted there
    for _, place, kind, *_ in (line.split(" ") for line in lines):
        mounted = place.replace("\\040", " ")
        if mounted in around and len(mounted) >= len(found[0]):
            found = mounted, kind
    return found[1]


def _synchronised_by(folder: Path, environ: Mapping[str, str]) -> str:
    """The name of the synchronised folder that holds this one, "" when there is none."""
    around = (folder, *folder.parents)
    for variable in SYNC_VARIABLES:
        if environ.get(variable) and Path(environ[variable]) in around:
            return "OneDrive"
    return next((part.name for part in around if part.name.lower().startswith(SYNC_NAMES)), "")
