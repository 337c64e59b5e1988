"""Opening a kept file with whatever the PC opens such files: always a copy, never the original.

The copies of a run lie in one temporary folder. It goes when the program ends, and what a crashed
run left goes at the next start; what another program still has open waits for the time after.
"""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from PySide6.QtCore import QLockFile, QUrl
from PySide6.QtGui import QDesktopServices

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.workspace import Workspace

PREFIX = "hs-credit-copies-"
LOCK = "in-use.lock"  # held while the run lasts; Qt knows when its owner is gone


def open_path(path: Path) -> None:
    """Open a file or folder."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def copy_of(ws: Workspace, sha256: str, name: str) -> Path:
    """A copy of a kept file under its own name; UserError when the kept file is not there."""
    from hs_credit_desktop.services import returns  # not for a start, which only tidies

    try:
        source = returns.attachment_path(ws, sha256)
        return Path(shutil.copyfile(source, scratch_folder() / Path(name).name))
    except OSError as error:
        raise UserError(f"{name} 打不开", "请检查数据文件夹里的原件是否还在。") from error


def scratch_folder() -> Path:
    """A new folder for what is opened or printed and then needed no more."""
    folder, _lock = _of_this_run()
    folder.mkdir(exist_ok=True)  # whoever tidies the PC may have been there
    return Path(tempfile.mkdtemp(dir=folder))


@cache
def _of_this_run() -> tuple[Path, QLockFile]:
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = QLockFile(str(folder / LOCK))
    lock.tryLock(0)
    return folder, lock


def remove_copies() -> None:
    """The program ends: its copies go, but for those that are still open."""
    if _of_this_run.cache_info().currsize:
        folder, lock = _of_this_run()
        lock.unlock()
        _of_this_run.cache_clear()
        _remove(folder)


def remove_left_over() -> None:
    """The copies that runs which crashed, or whose files were still open, left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        lock = QLockFile(str(folder / LOCK))
        lock.setStaleLockTime(0)  # by its owner, never by its age: a window may stay open for days
        if lock.tryLock(0):
            lock.unlock()
            _remove(folder)


def _remove(folder: Path) -> None:
    """Take away every copy that nobody has open, then the folders that are empty."""
    open_files = _open_files()
    for inner in list(folder.iterdir()):
        # Word, WPS and LibreOffice leave a file of their own beside what they have open.
        if inner.is_dir() and not (any(inner.glob("~$*")) or any(inner.glob(".~*"))):
            for file in inner.iterdir():
                if file not in open_files:
                    _try(file.unlink)
            _try(inner.rmdir)
    _try(folder.rmdir)


def _try(act: Callable[[], object]) -> None:
    """Windows refuses to delete what is open: it stays for the next time."""
    with suppress(OSError):
        act()


def _open_files() -> set[Path]:
    """What the programs of this user have open; Linux would delete it from under them."""
    found: set[Path] = set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # another user's, or it ends meanwhile
            for link in list((process / "fd").iterdir()):
                with suppress(OSError):
                    found.add(link.readlink())
    return found
