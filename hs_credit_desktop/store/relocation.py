"""Ledgers in places SQLite must not work in, and whole copies of ledgers that nobody has open."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.store import ledger, whole_files
from hs_credit_desktop.store.backup import LedgerFile
from hs_credit_desktop.store.faults import plain_words
from hs_credit_desktop.store.ledger import Ledger

WAL = "-wal"
BESIDE = (WAL, "-shm", "-journal")  # what SQLite lays beside a ledger while it works


@dataclass
class BorrowedLedger(Ledger):
    """A copy of a ledger, read here; it goes when it is closed."""

    borrowed: TemporaryDirectory[str] = field(kw_only=True)

    def close(self) -> None:
        """Let go of the copy and remove it."""
        super().close()
        self.borrowed.cleanup()


def open_untouched(folder: DataFolder) -> Ledger:
    """Open a ledger for reading without writing one byte beside it: a copy on this PC is read.

    Kept files are read where they lie. UserError as for open_reading.
    """
    ledger.version_of(folder.ledger)
    borrowed = TemporaryDirectory(prefix="hs-credit-")
    try:
        copy = _borrow(folder.ledger, Path(borrowed.name))
        opened = ledger.open_reading(LedgerFile(folder.root, copy))
        try:
            _refuse_torn(opened)
        except BaseException:
            opened.close()
            raise
        return BorrowedLedger(folder, opened.connection, borrowed=borrowed)
    except BaseException:
        borrowed.cleanup()
        raise


def _refuse_torn(copy: Ledger) -> None:
    """A copy taken while another PC was saving may be half of this and half of that."""
    if copy.value("PRAGMA quick_check(1)") != "ok":
        raise UserError(
            "台账没有读完整，可能有人正在另一台电脑上保存", "没有改动。请稍等，再打开一次。"
        )


def _borrow(file: Path, place: Path) -> Path:
    """Copy a ledger with what waits in its write-ahead log; the copy."""
    with plain_words(file, "没有打开"):
        for name in (f"{file.name}{WAL}", file.name):
            if (file.parent / name).exists():
                shutil.copyfile(file.parent / name, place / name)
    return place / file.name


def copy_whole(file: Path, target: Path, *, untouched: bool) -> None:
    """Copy a ledger of any schema into one whole, checked file; the caller holds its lock.

    untouched: write nothing beside `file`. UserError when it is damaged or cannot be written.
    """
    with TemporaryDirectory(prefix="hs-credit-") as place, plain_words(file, "没有搬"):
        source = _borrow(file, Path(place)) if untouched else file
        with (
            whole_files.whole(target) as draft,
            closing(ledger.reading_connection(source)) as reading,
            closing(sqlite3.connect(draft)) as writing,
        ):
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode = DELETE")
            if writing.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise UserError(f"{file} 已损坏，没有搬", "请先从备份恢复，再搬。")
