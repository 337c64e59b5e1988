"""The rows of the plan and its expected lists before and after a change, for taking it back."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.seals import Table, sealed_tables

# Parents before children. What follows from rows (tallies, the index) is no part of an image.
TABLES = (
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
Key = tuple[object, ...]
Values = Mapping[str, object]
Image = Mapping[str, Mapping[Key, Values]]


class StaleError(Exception):
    """The rows are no longer as the change left them."""


@dataclass(frozen=True)
class RowChange:
    """One row that a change made (before None), took away (after None) or wrote to.

    Of a row written to only the columns that differ are kept.
    """

    table: str
    key: Key
    before: Values | None
    after: Values | None

    @property
    def reversed(self) -> "RowChange":
        """The change that takes this one back."""
        return RowChange(self.table, self.key, self.after, self.before)


def image(ledger: Ledger) -> Image:
    """Every row of TABLES by key, without seals and stamps."""
    found = {}
    for table in _tables(ledger):
        columns = ", ".join(table.columns)
        rows = ledger.query(f"SELECT {columns} FROM {table.name}")
        found[table.name] = {tuple(row[name] for name in table.key): dict(row) for row in rows}
    return found


def _tables(ledger: Ledger) -> list[Table]:
    known = {table.name: table for table in sealed_tables(ledger.connection)}
    return [known[name] for name in TABLES]


def difference(before: Image, after: Image) -> tuple[RowChange, ...]:
    """What happened between two images, parents first."""
    made: list[RowChange] = []
    for name in TABLES:
        old, new = before[name], after[name]
        for key in old.keys() | new.keys():
            was, now = old.get(key), new.get(key)
            if was != now:
                made.append(_change(name, key, was, now))
    return tuple(made)


def _change(table: str, key: Key, was: Values | None, now: Values | None) -> RowChange:
    if was is None or now is None:
        return RowChange(table, key, was, now)
    differ = [name for name in now if was[name] != now[name]]
    return RowChange(
        table, key, {name: was[name] for name in differ}, {name: now[name] for name in differ}
    )


def write(ledger: Ledger, changes: tuple[RowChange, ...]) -> None:
    """Make changes that were made before once more, or reversed ones, inside a transaction.

    StaleError when a row is not as the change found it: it was written to since, or other rows
    refer to it now.
    """
    tables = {table.name: table for table in _tables(ledger)}
    for change in changes:
        _refuse_stale(ledger, tables[change.table], change)
    order = sorted(changes, key=lambda item: TABLES.index(item.table))
    try:
        for change in order:
            if change.after is not None:
                _put(ledger, tables[change.table], change)
        for change in reversed(order):
            if change.after is None:
                _delete(ledger, tables[change.table], change)
    except sqlite3.IntegrityError as error:
        raise StaleError from error


def _refuse_stale(ledger: Ledger, table: Table, change: RowChange) -> None:
    row = ledger.row(
        f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {_here(table)}", *change.key
    )
    now = dict(row) if row else None
    if change.before is None or now is None:
        if change.before is not now:
            raise StaleError
    elif any(now[name] != value for name, value in change.before.items()):
        raise StaleError


def _here(table: Table) -> str:
    return " AND ".join(f"{name} = ?" for name in table.key)


def _put(ledger: Ledger, table: Table, change: RowChange) -> None:
    assert change.after is not None
    if change.before is None:
        ledger.insert(table.name, **change.after)
        return
    fields = ", ".join(f"{name} = ?" for name in change.after)
    ledger.execute(
        f"UPDATE {table.name} SET {fields} WHERE {_here(table)}",
        *change.after.values(),
        *change.key,
    )


def _delete(ledger: Ledger, table: Table, change: RowChange) -> None:
    ledger.execute(f"DELETE FROM {table.name} WHERE {_here(table)}", *change.key)
