"""Copies of the ledger: made in one step, looked through, put back in one step."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hs_credit_desktop.clock import CHINA
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.store import audit, guards, schema, whole_files
from hs_credit_desktop.store.audit import AuditLine
from hs_credit_desktop.store.faults import plain_words
from hs_credit_desktop.store.ledger import Ledger, guarded, open_reading, version_of

SUFFIX = ".hscredit"
_NAME = re.compile(r"(?P<kind>[^_]+)_(?P<at>\d{8}_\d{6})(?:_\d+)?")


@dataclass(frozen=True)
class LedgerFile(DataFolder):
    """A ledger under another name or elsewhere; kept files are looked for in `root`."""

    file: Path

    @property
    def ledger(self) -> Path:
        """The file itself."""
        return self.file


@contextmanager
def opened(file: Path, root: Path | None = None) -> Iterator[Ledger]:
    """A copy of a ledger opened for reading; UserError when it is none, damaged or of another age.

    root: the data folder whose kept files belong to it.
    """
    found = open_reading(LedgerFile(root or file.parent, file))
    try:
        yield found
    finally:
        found.close()


@contextmanager
def opened_of_any_age(file: Path, root: Path, at: datetime) -> Iterator[Ledger]:
    """Like opened, for a copy that an older version of the program made years ago: it is brought
    up to date beside itself, the file stays as it is.
    """
    if version_of(file) == schema.SCHEMA_VERSION:
        with opened(file, root) as found:
            yield found
        return
    with TemporaryDirectory(prefix="hs-credit-") as folder:
        younger = LedgerFile(Path(folder), Path(folder) / f"copy{SUFFIX}")
        whole_files.copy(file, younger.file)
        with plain_words(file, "没有打开"):
            guarded(younger, at, None).connection.close()
        with opened(younger.file, root) as found:
            yield found


@dataclass(frozen=True)
class BackupFile:
    """A backup in backups/: why and when it was made, as its name says."""

    file: Path
    kind: str
    at: datetime


def listed(folder: Path) -> list[BackupFile]:
    """The backups of a folder, newest first; other files are not counted."""
    found = []
    for file in folder.glob(f"*{SUFFIX}"):
        if said := _NAME.fullmatch(file.stem):
            at = datetime.strptime(said["at"], "%Y%m%d_%H%M%S").replace(tzinfo=CHINA)
            found.append(BackupFile(file, said["kind"], at))
    return sorted(found, key=lambda item: (item.at, item.file.name), reverse=True)


def free_name(folder: Path, kind: str, at: datetime) -> Path:
    """A name in the folder that no backup has yet."""
    stem = f"{kind}_{at:%Y%m%d_%H%M%S}"
    taken = {file.name for file in folder.glob(f"{stem}*")}
    names = (f"{stem}{f'_{number}' if number else ''}{SUFFIX}" for number in range(len(taken) + 1))
    return folder / next(name for name in names if name not in taken)


def copy(source: Ledger, draft: Path) -> None:
    """Copy the ledger as it stands into `draft` in one step, while others may read and write it.

    The copy is one file, whatever stands in the write-ahead log of the source.
    """
    with plain_words(draft, "没有写完"), closing(sqlite3.connect(draft)) as target:
        source.connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


@dataclass(frozen=True)
class Contents:
    """How much a ledger holds: returns received and entries covered, of all rounds."""

    returns: int
    entries: int


def contents(ledger: Ledger) -> Contents:
    """Count a ledger's returns and entries."""
    return Contents(
        ledger.value("SELECT count(*) FROM expected_returns WHERE return_id IS NOT NULL"),
        ledger.value("SELECT count(*) FROM expected_entries WHERE covered"),
    )


def contents_if_readable(ledger: Ledger) -> Contents | None:
    """The same of a ledger that may be damaged; None where it cannot be counted."""
    try:
        return contents(ledger)
    except UserError:
        return None


def lines_not_in(present: Ledger, other: Ledger) -> list[AuditLine]:
    """The audit lines of `present` that `other` does not hold, oldest first."""
    common = 0
    theirs = other.each("SELECT seq, hash FROM audit ORDER BY seq")
    for mine, line in zip(
        present.each("SELECT seq, hash FROM audit ORDER BY seq"), theirs, strict=False
    ):
        if mine["hash"] != line["hash"]:
            break
        common = mine["seq"]
    return audit.lines(present, after=common)


def same_end(present: Ledger, other: Ledger) -> bool:
    """Whether both end with the same audit line, so that nothing was saved in between."""
    newest = "SELECT hash FROM audit ORDER BY seq DESC LIMIT 1"
    return bool(present.value(newest) == other.value(newest))


@contextmanager
def prepared(file: Path, root: Path, at: datetime) -> Iterator[Ledger]:
    """A copy of a backup in the data folder, brought up to date and open for writing, as the next
    state of the ledger there.
    """
    draft = root / "restore.new"
    try:
        with plain_words(file, "没有还原"):
            _clear(draft)  # a log left of an earlier draft would be read as this one's
            whole_files.copy(file, draft)
            ready = guarded(LedgerFile(root, draft), at, None)
        try:
            yield ready
        finally:
            ready.connection.close()
    finally:
        # By now all is restored or refused in words: a draft that stays is cleared the next time.
        with suppress(OSError):
            _clear(draft)


def _clear(draft: Path) -> None:
    for suffix in ("-wal", "-shm", "-journal", ""):
        draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def begin_anew(ready: Ledger) -> None:
    """Inside a transaction on the prepared copy: write on as another site, since the ledger that it
    stands in for went on from there already.
    """
    assert ready.guard
    place = str(ready.value("SELECT value FROM settings WHERE key = ?", guards.PLACE))
    guards.begin_site(ready.connection, ready.guard, place)


def replace_by(live: Ledger, ready: Ledger) -> None:
    """Make `live` what `ready` is: all pages in one transaction of the live file, or none."""
    assert live.guard
    with live.in_turn(), plain_words(live.folder.ledger, "没有还原"):
        ready.connection.backup(live.connection)
    live.guard.site = str(live.value("SELECT value FROM settings WHERE key = ?", guards.SITE))


def put_in_place(ready: Ledger, file: Path) -> None:
    """Make the prepared copy the ledger `file`, where none lies any more."""
    ready.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ready.connection.close()
    whole_files.sync(ready.folder.ledger)
    ready.folder.ledger.replace(file)
    whole_files.sync_folder(file.parent)
