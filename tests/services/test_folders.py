"""Network and synchronised folders are warned of, others are not."""

from __future__ import annotations

import ctypes
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.services import folders
from hs_credit_desktop.services.folders import Danger, warning

if TYPE_CHECKING:
    from collections.abc import Callable

MOUNTS = """/dev/sda1 / ext4 rw 0 0
srv:/share /mnt/share nfs4 rw 0 0
//srv/x /mnt/办公\\040盘 cifs rw 0 0
/dev/sdb1 /mnt/share/local ext4 rw 0 0
"""


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's list of mounted file systems."""
    listed = tmp_path / "mounts"
    listed.write_text(MOUNTS, encoding="utf-8")
    monkeypatch.setattr(folders, "MOUNTS", listed)
    return listed


def danger(folder: str, **environ: str) -> Danger | None:
    warned = warning(Path(folder), environ, "linux")
    return warned.danger if warned else None


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize(
    ("folder", "found"),
    [
        ("/home/clerk/台账", None),
        ("/mnt/share", Danger.NETWORK),
        ("/mnt/share/台账/2024", Danger.NETWORK),
        ("/mnt/办公 盘/台账", Danger.NETWORK),
        ("/mnt/share/local/台账", None),
        ("/mnt/shared", None),
    ],
)
def test_the_nearest_mount_decides(folder: str, found: Danger | None) -> None:
    assert danger(folder) is found


def test_a_system_that_does_not_say_is_not_suspected(tmp_path: Path, mounts: Path) -> None:
    mounts.unlink()
    assert danger("/mnt/share/台账") is None


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize(
    "folder",
    [
        "/home/a/OneDrive - 信用办/台账",
        "/home/a/Nutstore/1/台账",
        "/data/坚果云",
        "/x/BaiduSyncdisk",
    ],
)
def test_folders_of_synchronising_programs_are_known_by_name(folder: str) -> None:
    assert danger(folder) is Danger.SYNCHRONISED


@pytest.mark.usefixtures("mounts")
def test_a_renamed_onedrive_is_known_by_its_variable() -> None:
    assert danger("/home/a/文档/台账", OneDrive="/home/a/文档") is Danger.SYNCHRONISED
    assert danger("/home/a/桌面/台账", OneDrive="/home/a/文档") is None


@pytest.mark.usefixtures("mounts")
def test_the_words_name_the_folder_and_a_way_out() -> None:
    warned = warning(Path("/mnt/share/台账"), {}, "linux")
    assert warned
    assert "/mnt/share/台账" in warned.what
    assert "交接包" in warned.advice


def _windows(kinds: dict[str, int]) -> SimpleNamespace:
    ask: Callable[[str], int] = lambda drive: kinds[drive]  # noqa: E731
    return SimpleNamespace(kernel32=SimpleNamespace(GetDriveTypeW=ask))


@pytest.mark.parametrize(
    ("folder", "found"),
    [
        ("C:\\Users\\办事员\\台账", None),
        ("Z:\\台账", Danger.NETWORK),
        ("\\\\server\\share\\台账", Danger.NETWORK),
    ],
)
def test_windows_knows_its_network_drives(
    folder: str, found: Danger | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = _windows({"C:\\": 3, "Z:\\": folders.DRIVE_REMOTE})
    monkeypatch.setattr(ctypes, "windll", kinds, raising=False)
    warned = warning(PureWindowsPath(folder), {}, "win32")  # type: ignore[arg-type]
    assert (warned.danger if warned else None) is found


def test_without_windows_no_drive_is_suspected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(ctypes, "windll", raising=False)
    assert warning(PureWindowsPath("Z:\\台账"), {}, "win32") is None  # type: ignore[arg-type]


@pytest.mark.usefixtures("mounts")
def test_a_link_to_a_share_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "台账").symlink_to("/mnt/share/台账")
    with pytest.raises(folders.UnsafeFolderError, match="在网络上"):
        folders.refuse_unsafe(tmp_path / "台账")
    folders.refuse_unsafe(tmp_path)
