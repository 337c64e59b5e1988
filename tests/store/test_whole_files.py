"""A file stands under its name when it is whole and on the disk, or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.store import files, whole_files

if TYPE_CHECKING:
    from collections.abc import Callable


def failing(number: int) -> Callable[..., None]:
    """A call of the system that ends with this error."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, "no")

    return fail


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EIO, "请检查磁盘空间和文件夹"),
        (errno.EACCES, "被 WPS 或 Word 打开"),
    ],
)
def test_the_old_file_stays_and_the_words_say_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    target = tmp_path / "报告.pdf"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", failing(number))
    with pytest.raises(UserError, match=words) as said:
        whole_files.write_whole(target, b"new")
    assert said.value.what == f"“{target}”没有写成"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("报告.pdf", b"old")]


def test_a_folder_that_allows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "mkdir", failing(errno.EACCES))
    with pytest.raises(UserError, match="文件夹不允许写入"):
        whole_files.write_whole(tmp_path / "里面" / "报告.pdf", b"new")


@pytest.mark.parametrize("number", [errno.EINVAL, errno.EACCES])
def test_a_disk_that_knows_no_sync_of_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    real, folders = os.fsync, []

    def sync(descriptor: int) -> None:
        if Path(f"/proc/self/fd/{descriptor}").is_dir():
            folders.append(descriptor)
            raise OSError(number, "no")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    assert whole_files.write_whole(tmp_path / "报告.pdf", b"new").read_bytes() == b"new"
    assert len(folders) == 1


def test_a_folder_that_cannot_be_synced_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(OSError, match="no"):
        whole_files.sync_folder(tmp_path)


def kept(folder: DataFolder) -> list[bytes]:
    return sorted(path.read_bytes() for path in folder.files.rglob("*") if path.is_file())


def test_originals_are_stored_once_and_all_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, real, synced = DataFolder(tmp_path), os.fsync, []
    known = files.write(folder, b"known")

    def sync(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    with files.Writing(folder) as originals:
        names = [originals.keep(data) for data in (b"one", b"two", b"one", b"known")]
    assert names[0] == names[2]
    assert names[3] == known
    assert kept(folder) == [b"known", b"one", b"two"]
    drafts = [name for name in synced if name.endswith(".new")]
    assert len(drafts) == 2
    assert {str(folder.files / name[:2]) for name in names} < set(synced)


def test_an_original_that_cannot_be_stored_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path)
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    with (
        pytest.raises(UserError, match=r"文件没有存入 .*：磁盘空间不足"),
        files.Writing(folder) as originals,
    ):
        originals.keep(b"one")
    assert kept(folder) == []


def test_a_stop_waits_for_no_more_originals(tmp_path: Path) -> None:
    def stopped() -> None:
        with files.Writing(DataFolder(tmp_path)) as originals:
            originals.keep(b"one")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
