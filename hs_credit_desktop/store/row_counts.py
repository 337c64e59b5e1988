"""How many rows each table of a ledger holds, for whoever has to find a fault."""

import sqlite3

from hs_credit_desktop.store.ledger import Ledger


def row_counts(ledger: Ledger) -> dict[str, int]:
    """Table → number of rows, by name; the search index's own tables are left out."""
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    names = sorted(row["name"] for row in ledger.query(asked))
    shadows = ("_data", "_idx", "_content", "_docsize", "_config")
    plain = [name for name in names if not name.endswith(shadows)]
    return {name: int(ledger.value(f'SELECT count(*) FROM "{name}"')) for name in plain}


def version_of(ledger: Ledger) -> int:
    """The version of the ledger's schema."""
    return int(ledger.value("PRAGMA user_version"))


def sqlite_version() -> str:
    """The version of SQLite that writes the ledger."""
    return sqlite3.sqlite_version


def any_summary(ledger: Ledger, round_id: str) -> bool:
    """Whether a round has any consolidated draft yet."""
    sql = "SELECT EXISTS (SELECT 1 FROM summaries WHERE round_id = ?)"
    return bool(ledger.value(sql, round_id))
