"""Files that appear under their name only when they are whole and on the disk."""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hs_credit_desktop.errors import UserError

CHUNK = 1 << 20
_FULL = (errno.ENOSPC, errno.EDQUOT)
_NO_FOLDER_SYNC = (errno.EINVAL, getattr(errno, "ENOTSUP", errno.EINVAL), errno.EBADF)


@contextmanager
def whole(target: Path, *, folder_later: bool = False) -> Iterator[Path]:
    """A draft beside `target` to write to; renamed at the end, removed when anything fails.

    folder_later: the caller has the folder's names on the disk itself, once for many files.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.new")  # hidden where even removing it is refused
    try:
        draft.unlink(missing_ok=True)
        yield draft
        sync(draft)
        draft.replace(target)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    if not folder_later:
        sync_folder(target.parent)


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """The same for a file the clerk asked for: UserError says what could not be written and why.

    The file that was there stays.
    """
    try:
        with whole(target) as draft:
            yield draft
    except OSError as error:
        raise UserError(f"“{target}”没有写成", advice(target, error)) from error


def write_whole(target: Path, data: bytes) -> Path:
    """Write a file the clerk asked for, whole or not at all; UserError as for whole_file."""
    with whole_file(target) as draft:
        draft.write_bytes(data)
    return target


def advice(target: Path, error: OSError) -> str:
    """What the disk did to a file that was to be written, and what the clerk can do."""
    if error.errno in _FULL:
        return "磁盘空间不足。台账和原有文件没有改动。请腾出空间，或换一个位置，再试一次。"
    if isinstance(error, PermissionError) and target.exists():
        return "文件可能正被 WPS 或 Word 打开。台账和原有文件没有改动。请关闭它，再试一次。"
    if isinstance(error, PermissionError):
        return "文件夹不允许写入。台账没有改动。请换一个文件夹，再试一次。"
    return "台账和原有文件没有改动。请检查磁盘空间和文件夹，再试一次。"


def sync(file: Path) -> None:
    """Have the file's bytes on the disk."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Have the folder's names on the disk, where that needs asking for and can be asked."""
    with suppress(PermissionError):  # Windows opens no folder, and needs no asking
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        except OSError as error:  # nor do USB sticks and shares that know no such thing
            if error.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            os.close(opened)


def copy(source: Path, target: Path) -> str:
    """Copy a file whole; its SHA-256."""
    digest = hashlib.sha256()
    with whole(target) as draft, source.open("rb") as reading, draft.open("wb") as writing:
        while chunk := reading.read(CHUNK):
            digest.update(chunk)
            writing.write(chunk)
    return digest.hexdigest()


def sha256_of(file: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
