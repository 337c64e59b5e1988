"""Files that appear under their name only when they are whole and on the disk."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CHUNK = 1 << 20


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A draft beside `target` to write to; renamed at the end, removed when anything fails."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.new")
    try:
        draft.unlink(missing_ok=True)
        yield draft
        sync(draft)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync(file: Path) -> None:
    """Have the file's bytes on the disk."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Have the folder's names on the disk, where that needs asking for."""
    with suppress(PermissionError):  # Windows opens no folder, and needs no asking
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
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
