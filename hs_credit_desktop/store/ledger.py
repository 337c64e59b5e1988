"""The ledger file: opening, versions, locks and the one writing connection."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.store import open_files, schema
from hs_credit_desktop.store.faults import plain_words
from hs_credit_desktop.store.guards import Guard, arm
from hs_credit_desktop.store.lock import WriterLock

BUSY_SECONDS = open_files.BUSY_SECONDS
# Of the window's own connection, taken only as far as the ledger is that big: with SQLite's 2 MB
# the lists of 41,700 units are read from the file again for every question.
CACHE_KIB = 64 * 1024


def new_id() -> str:
    """A UUID, so that ledgers of two PCs can be merged."""
    from uuid import uuid4  # not for a start, which makes nothing

    return str(uuid4())


class NewerLedgerError(UserError):
    """The ledger is sound and of a newer program: this one must leave it alone."""


@dataclass
class Ledger:
    """An open ledger: its connection, its folder and, when it may write, the writer's lock."""

    folder: DataFolder
    connection: sqlite3.Connection
    lock: WriterLock | None = None
    guard: Guard | None = None
    # Long writes run on a worker over this one connection: what the window would save meanwhile
    # must not fall into their transaction.
    turn: threading.RLock = field(default_factory=threading.RLock, repr=False, compare=False)

    @property
    def read_only(self) -> bool:
        """True when this connection must not write."""
        return self.guard is None

    @cached_property
    def file(self) -> Path:
        """The ledger file, for messages; joined once, since every query is ready to name it."""
        return self.folder.ledger

    def query(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """All rows of a SELECT."""
        with self._reading():
            return self.connection.execute(sql, values).fetchall()

    def named(self, sql: str, values: Mapping[str, object]) -> list[sqlite3.Row]:
        """All rows of a SELECT whose values stand as :name."""
        with self._reading():
            return self.connection.execute(sql, values).fetchall()

    def each(self, sql: str) -> Iterator[sqlite3.Row]:
        """The rows of a SELECT one by one, for tables that do not fit into memory."""
        with self._reading():
            yield from self.connection.execute(sql)

    def row(self, sql: str, *values: object) -> sqlite3.Row | None:
        """The first row of a SELECT, or None."""
        with self._reading():
            found: sqlite3.Row | None = self.connection.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, *values: object) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, *values)
        return found[0] if found else None

    def _reading(self) -> AbstractContextManager[None]:
        return plain_words(self.file, "没有读出来")

    def execute(self, sql: str, *values: object) -> int:
        """Run one statement inside the open transaction; the number of rows it changed."""
        assert self.connection.in_transaction, "every write belongs to a transaction"
        return self.connection.execute(sql, values).rowcount

    def insert(self, table: str, **columns: object) -> None:
        """Insert one row; table and column names come from this package only."""
        self.insert_many(table, tuple(columns), [tuple(columns.values())])

    def insert_many(
        self, table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]
    ) -> None:
        """Insert many rows of the same columns."""
        assert self.connection.in_transaction, "every write belongs to a transaction"
        marks = ", ".join("?" * len(columns))
        names = ", ".join(columns)
        self.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: BEGIN IMMEDIATE, COMMIT at the end, ROLLBACK on any error.

        UserError when the disk is full, the file cannot be written or another thread is writing for
        longer than BUSY_SECONDS; the old state stands then.
        """
        if self.guard is None:
            raise UserError("台账是只读打开的，没有保存", "请先关闭占用台账的程序，再重新打开。")
        with self.in_turn(), plain_words(self.file, "没有保存成功"):
            self.guard.set_triggers()
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self._set_stamp()
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def in_turn(self) -> Iterator[None]:
        """Only one thread writes at a time; UserError after BUSY_SECONDS."""
        if not self.turn.acquire(timeout=BUSY_SECONDS):
            raise UserError("程序正在往台账里写别的内容，没有保存", "请等那一项做完，再试一次。")
        try:
            yield
        finally:
            self.turn.release()

    def _set_stamp(self) -> None:
        """What this transaction writes is stamped with the audit line it will end with."""
        assert self.guard, "the writing connection is guarded"
        self.guard.seq = int(self.value("SELECT ifnull(max(seq), 0) + 1 FROM audit"))

    def thawed(self) -> AbstractContextManager[None]:
        """Let frozen rounds be written to, for freezing, reopening and merging themselves."""
        return self.guard.thawed() if self.guard else nullcontext()

    def close(self) -> None:
        """Close the file and let the next program in."""
        self.connection.close()
        if self.lock:
            self.lock.release()


def create(folder: DataFolder, *, at: datetime) -> Ledger:
    """Make an empty ledger in `folder`.

    UserError when one is there or the folder cannot be written; no half ledger stays behind then.
    """
    _refuse_existing(folder)
    lock = WriterLock.acquire(folder.root, at=at)
    draft = folder.ledger.with_suffix(".new")
    try:
        _refuse_existing(folder)  # another program may have made one before we had the lock
        with plain_words(folder.ledger, "没有建立成功"):
            draft.unlink(missing_ok=True)
            with closing(_connect(draft)) as connection:
                schema.migrate(connection)
            draft.replace(folder.ledger)
            return guarded(folder, at, lock)
    except BaseException:
        draft.unlink(missing_ok=True)
        lock.release()
        raise


def _refuse_existing(folder: DataFolder) -> None:
    if folder.ledger.exists():
        raise UserError(
            f"{folder.ledger} 已有台账，没有改动", "请换一个数据文件夹，或直接打开这本台账。"
        )


def open_writing(folder: DataFolder, *, at: datetime, take_over: bool = False) -> Ledger:
    """Open the ledger for writing, bringing an older one up to date after copying it.

    take_over: although another PC left it open. UserError when there is none, it is not ours, newer
    than this program, damaged or in use.
    """
    version_of(folder.ledger)
    lock = WriterLock.acquire(folder.root, at=at, take_over=take_over)
    try:
        with plain_words(folder.ledger, "没有打开"):
            return guarded(folder, at, lock)
    except BaseException:
        lock.release()
        raise


def open_reading(folder: DataFolder) -> Ledger:
    """Open the ledger for reading only, beside a program that may be writing.

    UserError as for open_writing, and when the ledger has to be brought up to date first.
    """
    if version_of(folder.ledger) < schema.SCHEMA_VERSION:
        raise UserError(
            f"{folder.ledger} 是较早版本的台账", "请先用本程序的窗口打开一次，自动升级后再查看。"
        )
    with plain_words(folder.ledger, "没有打开"):
        return Ledger(folder, reading_connection(folder.ledger))


def _connect(file: Path, options: str = "mode=rwc") -> sqlite3.Connection:
    connection = open_files.connect(file, f"{file.absolute().as_uri()}?{options}")
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def guarded(folder: DataFolder, at: datetime, lock: WriterLock | None) -> Ledger:
    """The ledger on its writing connection, with the guards of store/guards.py set.

    lock: held already; None where nobody else can know the file, such as a draft.
    """
    connection = _writing_connection(folder, at)
    try:
        return Ledger(folder, connection, lock, arm(connection, str(folder.root.absolute())))
    except BaseException:
        connection.close()
        raise


def _writing_connection(folder: DataFolder, at: datetime) -> sqlite3.Connection:
    """The one connection that writes; an older ledger is copied and brought up to date first."""
    connection = _connect(folder.ledger, "mode=rw")
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        [version] = connection.execute("PRAGMA user_version").fetchone()
        if version < schema.SCHEMA_VERSION:
            _copy_before_migration(connection, folder, version, at)
            schema.migrate(connection)
            # The version is read from the file itself, which must not lag behind its -wal.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return connection
    except BaseException:
        connection.close()
        raise


def reading_connection(file: Path) -> sqlite3.Connection:
    """A connection that cannot write, to a ledger of any schema.

    SQLite must write beside a file in WAL mode even to read it, and only a connection that may
    write tidies up after itself (mode=ro leaves -wal and -shm behind). Where nothing can be written
    the file is taken as it lies, which is right only while there is no -wal beside it.
    """
    try:
        return _trial(_connect(file, "mode=rw"))
    except sqlite3.OperationalError:
        waiting = file.with_name(f"{file.name}-wal").exists()
        return _trial(_connect(file, "mode=ro" if waiting else "mode=ro&immutable=1"))


def _trial(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection after a first look into the file; closed when that fails."""
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return connection
    except BaseException:
        connection.close()
        raise


def version_of(file: Path) -> int:
    """The schema version of our ledger; UserError for anything else and for a newer one.

    Nothing is touched, and nothing taken from a connection that has the file open.
    """
    try:
        application_id, version = open_files.marks_of(file)
    except OSError as error:
        raise UserError(
            f"{file.parent} 里没有可以打开的台账", "请先用通知建立台账，或换一个数据文件夹。"
        ) from error
    if application_id != schema.APPLICATION_ID:
        raise UserError(f"{file} 不是本程序的台账，没有打开", "文件没有改动。请换一个文件。")
    if version > schema.SCHEMA_VERSION:
        raise NewerLedgerError(
            f"{file} 是更新版本的程序建立的台账，没有打开",
            "文件没有改动。请安装新版本的信用任务台账再打开。",
        )
    return version


def _copy_before_migration(
    connection: sqlite3.Connection, folder: DataFolder, version: int, at: datetime
) -> Path:
    """A whole copy of the ledger under backups/ before its schema changes."""
    folder.backups.mkdir(parents=True, exist_ok=True)
    copy = folder.backups / f"升级前_v{version}_{at:%Y%m%d_%H%M%S}.hscredit"
    draft = copy.with_suffix(".new")
    with closing(_connect(draft)) as target:
        connection.backup(target)
    draft.replace(copy)
    return copy
