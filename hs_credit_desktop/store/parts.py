"""What of a ledger goes into a package: no settings of this PC, or only what the other lacks."""

import sqlite3
from contextlib import closing
from pathlib import Path

from hs_credit_desktop.store.faults import plain_words
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.merge_rows import NAMED
from hs_credit_desktop.store.seals import NO_SEALS, Table, fold, parse_stamps, sealed_tables
from hs_credit_desktop.store.vectors import Vector

# A PC's own settings; local_site and local_place say who made the package and stay.
_PRIVATE = "key LIKE 'ui!_%' ESCAPE '!' OR key LIKE 'local!_second%' ESCAPE '!'"


def make_portable(copied: Path, known: Vector | None) -> None:
    """Take out of a copied ledger what is this PC's own and, given what the other PC knows, every
    row that it has already; parents of rows that stay may be left out, the other side has them.

    Units and groups all stay: only so the other side can tell a new one from one that it has and
    called the same meanwhile.
    """
    with plain_words(copied, "没有写成"), closing(sqlite3.connect(copied)) as connection:
        connection.isolation_level = None
        connection.execute("BEGIN")
        connection.execute(f"DELETE FROM settings WHERE {_PRIVATE}")
        connection.execute("DELETE FROM staged_items")  # the tray stays on its PC
        tables = sealed_tables(connection)
        if known is not None:
            _leave_out(connection, tables, known)
        for table in tables:
            _sum_up(connection, table)
        connection.execute("COMMIT")
        connection.execute("VACUUM")


def _leave_out(connection: sqlite3.Connection, tables: tuple[Table, ...], known: Vector) -> None:
    def has(stamps: str) -> bool:
        first, fields = parse_stamps(stamps)
        return all(known.knows(stamp) for stamp in (first, *fields.values()))

    connection.create_function("has", 1, has, deterministic=True)
    for table in tables:
        if not table.local and table.name != "settings" and table.name not in NAMED:
            connection.execute(f"DELETE FROM {table.name} WHERE has(stamps)")
    connection.execute("DELETE FROM search_documents")
    connection.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    connection.execute("DELETE FROM return_tallies")
    connection.execute("DELETE FROM entry_tallies")


def _sum_up(connection: sqlite3.Connection, table: Table) -> None:
    digest, count = NO_SEALS, 0
    for (seal,) in connection.execute(f"SELECT seal FROM {table.name}"):
        digest, count = fold(digest, None, seal), count + 1
    connection.execute(
        "UPDATE table_seals SET rows = ?, digest = ? WHERE tbl = ?", (count, digest, table.name)
    )


def count(ledger: Ledger) -> int:
    """How many rows a package brings that can be merged."""
    return sum(
        int(ledger.value(f"SELECT count(*) FROM {table.name}"))
        for table in sealed_tables(ledger.connection)
        if not table.local
    )
