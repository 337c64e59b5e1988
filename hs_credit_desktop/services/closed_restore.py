"""A ledger that does not open: the backups that may stand in for it, and putting one in place."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hs_credit_desktop.clock import Clock
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.services.backups import Preview, note_restore, refuse_damaged
from hs_credit_desktop.services.folders import UnsafeFolderError
from hs_credit_desktop.services.second_copy import fetch_files
from hs_credit_desktop.services.workspace import Workspace, actor
from hs_credit_desktop.store import backup
from hs_credit_desktop.store.backup import BackupFile
from hs_credit_desktop.store.faults import plain_words
from hs_credit_desktop.store.ledger import NewerLedgerError
from hs_credit_desktop.store.lock import LedgerInUseError, StaleLockError, WriterLock
from hs_credit_desktop.store.whole_files import sha256_of

# Nothing is wrong with the ledger itself: another program holds it, or may read it only.
_SOUND = (NewerLedgerError, LedgerInUseError, StaleLockError, UnsafeFolderError)
SET_ASIDE = "set-aside"


def may_stand_in(error: UserError) -> bool:
    """Whether a backup may stand in for a ledger that does not open for this reason."""
    return not isinstance(error, _SOUND)


def ways_back(root: Path, error: UserError) -> tuple[BackupFile, ...]:
    """The backups, newest first, that may stand in for a ledger that does not open.

    error: why it does not open; none of them for a ledger that is sound.
    """
    return tuple(backup.listed(DataFolder(root).backups)) if may_stand_in(error) else ()


def preview(root: Path, file: Path, clock: Clock) -> Preview:
    """Look a backup through; what would be lost cannot be said. UserError when it is damaged."""
    with backup.prepared(file, root, clock.now()) as ready:
        refuse_damaged(file, ready)
        return Preview(file, sha256_of(file), backup.contents(ready), None)


def restore(root: Path, file: Path, clock: Clock, open_again: Callable[[], Workspace]) -> Workspace:
    """Put a backup where the ledger is gone or too damaged to open; what lies there is set aside.

    open_again: opens the workspace of `root`, as the caller would have. UserError when the backup
    is damaged or nothing can be written; the damaged ledger lies where it lay then, or set aside.
    """
    folder = DataFolder(root)
    lock = WriterLock.acquire(root, at=clock.now())
    try:
        with backup.prepared(file, root, clock.now()) as ready:
            refuse_damaged(file, ready)
            aside = _free_place(folder)
            present = f"{SET_ASIDE}/{aside.name}" if folder.ledger.exists() else ""
            note_restore(ready, clock, actor(), file, present, None)
            with plain_words(folder.ledger, "没有还原"):
                _set_aside(folder, aside)
                backup.put_in_place(ready, folder.ledger)
    finally:
        lock.release()
    ws = open_again()
    with suppress(UserError):  # the ledger is restored; `check` names the originals still missing
        fetch_files(ws.ledger, file)
    return ws


def _free_place(folder: DataFolder) -> Path:
    place = folder.root / SET_ASIDE
    number = sum(1 for _ in place.glob(f"*{folder.ledger.name}")) + 1
    return place / f"{number:02d}_{folder.ledger.name}"


def _set_aside(folder: DataFolder, aside: Path) -> None:
    """Move a damaged ledger and its write-ahead log to set-aside/, to be looked at later."""
    for suffix in ("-wal", "-shm", ""):
        file = folder.ledger.with_name(folder.ledger.name + suffix)
        if file.exists():
            aside.parent.mkdir(exist_ok=True)
            file.replace(aside.with_name(aside.name + suffix))
