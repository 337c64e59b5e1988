"""The schema of the ledger: its version, the migrations under db/, and an empty one to compare."""

import importlib.util
import sqlite3
from collections.abc import Callable
from functools import cache
from typing import Any

from hs_credit_desktop import paths
from hs_credit_desktop.store.seals import NO_SEALS, fold, reseal, row_seal

APPLICATION_ID = 0x48534352  # "HSCR"
SCHEMA_VERSION = 2
APPLIED = "_sqlite_migrations"  # where sqlite-utils notes what it has applied


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema to SCHEMA_VERSION; each migration is a transaction of its own."""
    from sqlite_utils import Database  # costs 120 ms: only when there is something to migrate

    migration_set().apply(Database(connection, execute_plugins=False))
    connection.execute("BEGIN IMMEDIATE")
    reseal(connection)
    connection.execute(
        "INSERT INTO table_seals VALUES (?, ?, ?, '')"
        " ON CONFLICT DO UPDATE SET rows = excluded.rows, digest = excluded.digest",
        (APPLIED, *applied(connection)),
    )
    connection.execute("COMMIT")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def applied(connection: sqlite3.Connection) -> tuple[int, bytes]:
    """(number, sum of seals) of the migrations noted as applied."""
    rows = connection.execute(f"SELECT * FROM {APPLIED}").fetchall()
    digest = NO_SEALS
    for row in rows:
        digest = fold(digest, None, row_seal(APPLIED, *row))
    return len(rows), digest


def migration_set() -> Any:
    """The migrations under db/, which is data of the program and no part of the package."""
    source = paths.database_sources() / "migrations" / "__init__.py"
    spec = importlib.util.spec_from_file_location("hs_credit_migrations", source)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ledger


def statements(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    """(type, name, table, SQL) of every table, index and trigger, those of SQLite's own making too.

    Statistics of ANALYZE are left out: they come and go and only choose among plans.
    """
    rows = connection.execute(
        "SELECT type, name, tbl_name, ifnull(sql, '') FROM main.sqlite_master"
        " WHERE name NOT GLOB 'sqlite_stat*'"
    )
    return {tuple(row) for row in rows}


def statements_of_a_new_ledger() -> frozenset[tuple[str, ...]]:
    """What `statements` gives for a ledger that this program has just made."""
    return _made_by(migration_set)


@cache
def _made_by(_migrations: Callable[[], Any]) -> frozenset[tuple[str, ...]]:
    """Made once in a run: the check at start and that before each paper would make it again."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        return frozenset(statements(connection))
    finally:
        connection.close()
