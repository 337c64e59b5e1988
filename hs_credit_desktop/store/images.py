"""The rows of the plan and its expected lists before and after a change, for taking it back."""

import sqlite3
from collections.abc import Sequence

from hs_credit_desktop.store import row_changes
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.row_changes import Part, RowChange, Rows
from hs_credit_desktop.store.seals import Table, sealed_tables

# Parents before children. What follows from rows (tallies, the index) is no part of an image.
TABLES = (
    "settings",
    "notices",
    "units",
    "unit_aliases",
    "unit_groups",
    "unit_group_aliases",
    "unit_group_members",
    "pillars",
    "measures",
    "responsibilities",
    "doubts",
    "rounds",
    "expected_returns",
    "expected_entries",
)


class StaleError(Exception):
    """The rows are no longer as the change left them."""


def image(ledger: Ledger) -> Rows:
    """Every row of TABLES."""
    return row_changes.capture(ledger, [Part(name) for name in TABLES])


def write(ledger: Ledger, changes: Sequence[RowChange]) -> None:
    """Make changes that were made before once more, or reversed ones, inside a transaction.

    StaleError when a row is not as the change found it: it was written to since, or other rows
    refer to it now.
    """
    tables = {table.name: table for table in sealed_tables(ledger.connection)}
    for change in changes:
        _refuse_stale(ledger, tables[change.table], change)
    order = sorted(changes, key=lambda item: TABLES.index(item.table))
    come = [change for change in order if change.after is not None]
    go = [change for change in reversed(order) if change.after is None]
    try:
        for change in (*come, *go):
            row_changes.put(ledger, tables[change.table], change)
    except sqlite3.IntegrityError as error:
        raise StaleError from error


def _refuse_stale(ledger: Ledger, table: Table, change: RowChange) -> None:
    """Columns that the change does not write may have been written to by others."""
    now = row_changes.row_now(ledger, table, change.key)
    found = change.reversed.written
    if (now is None) != (change.before is None):
        raise StaleError
    if now is not None and any(now[name] != value for name, value in found.items()):
        raise StaleError
