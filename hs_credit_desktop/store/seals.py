"""Seals and stamps of rows: what a row must hash to, and which PC's which change wrote each field.

A seal is found wrong when anything but this program changed a row. A stamp is `site.seq`: the site
(one PC's copy of the ledger) and the number of the audit line under which a field was last written;
with them two ledgers that were edited apart can be merged field by field.
"""

import json
import sqlite3
from dataclasses import dataclass

SEAL, STAMPS = "seal", "stamps"
SEAL_BYTES = 16
# Sealed, but a PC's own: what others sent, whom it knows, what it deleted, its tray. Never
# merged.
LOCAL_TABLES = frozenset({"sites", "tombstones", "foreign_audit", "staged_items"})
_ENCODE = json.JSONEncoder(ensure_ascii=False, default=bytes.hex).encode


@dataclass(frozen=True)
class Table:
    """A sealed table: its columns without seal and stamps, and those of its key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def local(self) -> bool:
        """Whether its rows stay on this PC."""
        return self.name in LOCAL_TABLES

    def key_sql(self, row: str = "") -> str:
        """The key as one text in SQL; row: the alias before each column, such as `new.`."""
        return " || '|' || ".join(f"{row}{column}" for column in self.key)

    def same_row(self, row: str) -> str:
        """The WHERE clause that finds the row again by the key of `row`."""
        return " AND ".join(f"{column} = {row}.{column}" for column in self.key)


def sealed_tables(connection: sqlite3.Connection) -> tuple[Table, ...]:
    """Every table whose rows carry a seal, by name."""
    found = []
    names = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        # A damaged search index cannot even be asked for its columns.
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    for (name,) in names:
        info = connection.execute(f"PRAGMA main.table_info({name})").fetchall()
        columns = [row[1] for row in info]
        if SEAL in columns:
            key = sorted((row[5], row[1]) for row in info if row[5])
            content = tuple(column for column in columns if column not in (SEAL, STAMPS))
            found.append(Table(name, content, tuple(column for _, column in key)))
    return tuple(found)


def row_seal(table: str, *values: object) -> bytes:
    """The seal of a row: the first 16 bytes of SHA-256 over table, stamps and values with types."""
    from hashlib import sha256  # not for a start: it loads OpenSSL

    said = _ENCODE((table, *values)).encode("utf-8", "surrogateescape")
    return sha256(said).digest()[:SEAL_BYTES]


NO_SEALS = bytes(SEAL_BYTES)


def fold(digest: bytes, old: bytes | None, new: bytes | None) -> bytes:
    """The digest of a table after one row's seal went (old) or came (new); order does not matter.

    It is the exclusive or of all seals, so that a row that vanished or came from outside shows.
    """
    number = int.from_bytes(digest, "big")
    for seal in (old, new):
        number ^= int.from_bytes(seal or NO_SEALS, "big")
    return number.to_bytes(SEAL_BYTES, "big")


@dataclass(frozen=True, order=True)
class Stamp:
    """Which audit line of which site wrote a field."""

    site: str
    seq: int

    @classmethod
    def parse(cls, text: str) -> "Stamp":
        """From `site.seq`."""
        site, seq = text.split(".")
        return cls(site, int(seq))

    def __str__(self) -> str:
        return f"{self.site}.{self.seq}"


def parse_stamps(text: str) -> tuple[Stamp, dict[str, Stamp]]:
    """(stamp of the row, stamps of the fields written later) from `site.seq field=site.seq …`."""
    first, *others = text.split(" ")
    pairs = (item.split("=") for item in others)
    return Stamp.parse(first), {name: Stamp.parse(stamp) for name, stamp in pairs}


def write_stamps(row: Stamp, fields: dict[str, Stamp]) -> str:
    """The text that parse_stamps reads."""
    later = (f"{name}={stamp}" for name, stamp in sorted(fields.items()) if stamp != row)
    return " ".join((str(row), *later))


def restamped(stamps: str, changed: tuple[str, ...], now: str) -> str:
    """The stamps of a row after the fields in `changed` were written under the stamp `now`."""
    first, *others = stamps.split(" ")
    kept = [item for item in others if item.partition("=")[0] not in changed]
    later = [] if now == first else [f"{name}={now}" for name in changed]
    return " ".join((first, *sorted(kept + later)))


def reseal(connection: sqlite3.Connection) -> None:
    """After a migration, inside a transaction: seal the tables whose columns changed over them.

    A row whose seal was wrong before keeps a wrong one.
    """
    for table in sealed_tables(connection):
        (said,) = connection.execute(
            "SELECT columns FROM table_seals WHERE tbl = ?", (table.name,)
        ).fetchone()
        if said != ",".join(table.columns):
            _reseal(connection, table, tuple(said.split(",")))


def _reseal(connection: sqlite3.Connection, table: Table, before: tuple[str, ...]) -> None:
    def sealed(columns: tuple[str, ...]) -> str:
        return f"row_seal('{table.name}', stamps, {', '.join(columns)})"

    connection.create_function("row_seal", -1, row_seal, deterministic=True)
    known = set(before) <= set(table.columns)  # else the old seal can no longer be told
    right = f" WHERE seal = {sealed(before)}" if known else ""
    connection.execute(f"UPDATE {table.name} SET seal = {sealed(table.columns)}{right}")
    digest = NO_SEALS
    for (seal,) in connection.execute(f"SELECT seal FROM {table.name}"):
        digest = fold(digest, None, seal)
    connection.execute(
        "UPDATE table_seals SET digest = ?, columns = ? WHERE tbl = ?",
        (digest, ",".join(table.columns), table.name),
    )
