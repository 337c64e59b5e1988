"""Rows before and after a command, so that the command can be taken back as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hs_credit_desktop.store import integrity
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.seals import Table, sealed_tables

Key = tuple[object, ...]
Values = Mapping[str, object]
Rows = Mapping[tuple[str, Key], Values]


@dataclass(frozen=True)
class Part:
    """Rows of a table that a command may touch: an SQL condition with its values."""

    table: str
    where: str = "1"
    values: tuple[object, ...] = ()


_REGISTER = (
    "units",
    "unit_aliases",
    "unit_groups",
    "unit_group_aliases",
    "unit_group_members",
    "unit_contacts",
)
_OF_OPEN_ROUNDS = " AND round_id IN (SELECT id FROM rounds WHERE state <> 'frozen')"


def parts_of_units(unit_ids: Sequence[str]) -> tuple[Part, ...]:
    """All that a change of these units may write: the register, their duties, their open rounds."""
    where, ids = f"unit_id IN ({', '.join('?' * len(unit_ids))})", tuple(unit_ids)
    return (
        *(Part(name) for name in _REGISTER),
        Part("settings", "substr(key, 1, 6) = 'apart:'"),
        Part("responsibilities", where, ids),
        Part("expected_returns", where + _OF_OPEN_ROUNDS, ids),
        Part("expected_entries", where + _OF_OPEN_ROUNDS, ids),
    )


@dataclass(frozen=True)
class RowChange:
    """A row as it was before (None: not there) and as it is after (None: gone)."""

    table: str
    key: Key
    before: Values | None
    after: Values | None

    @property
    def reversed(self) -> "RowChange":
        """The change that takes this one back."""
        return RowChange(self.table, self.key, self.after, self.before)

    @property
    def written(self) -> Values:
        """What stands in the columns it writes: all of a row that comes, else those that differ."""
        after = self.after or {}
        return {
            name: value
            for name, value in after.items()
            if self.before is None or self.before[name] != value
        }


def capture(ledger: Ledger, parts: Sequence[Part]) -> Rows:
    """(table, key) → the row without seal and stamps."""
    tables = {table.name: table for table in sealed_tables(ledger.connection)}
    found: dict[tuple[str, Key], Values] = {}
    for part in parts:
        table = tables[part.table]
        columns = ", ".join(table.columns)
        sql = f"SELECT {columns} FROM {part.table} WHERE {part.where}"
        for row in ledger.query(sql, *part.values):
            found[part.table, tuple(row[name] for name in table.key)] = dict(row)
    return found


def difference(before: Rows, after: Rows) -> tuple[RowChange, ...]:
    """The rows that differ."""
    places = dict.fromkeys((*before, *after))
    return tuple(
        RowChange(*place, before.get(place), after.get(place))
        for place in places
        if before.get(place) != after.get(place)
    )


def present(ledger: Ledger, changes: Sequence[RowChange]) -> tuple[Values | None, ...]:
    """The rows of the changes as they stand now."""
    tables = {table.name: table for table in sealed_tables(ledger.connection)}
    return tuple(row_now(ledger, tables[item.table], item.key) for item in changes)


def row_now(ledger: Ledger, table: Table, key: Key) -> Values | None:
    """The row of a key without seal and stamps, or None."""
    row = ledger.row(
        f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {_here(table)}", *key
    )
    return dict(row) if row else None


def put(ledger: Ledger, table: Table, change: RowChange) -> None:
    """Write one change of a row."""
    if change.after is None:
        ledger.execute(f"DELETE FROM {table.name} WHERE {_here(table)}", *change.key)
    elif change.before is None:
        ledger.insert(table.name, **change.after)
    else:
        sets = ", ".join(f"{name} = ?" for name in change.written)
        ledger.execute(
            f"UPDATE {table.name} SET {sets} WHERE {_here(table)}",
            *change.written.values(),
            *change.key,
        )


def _here(table: Table) -> str:
    return " AND ".join(f"{name} = ?" for name in table.key)


def write(ledger: Ledger, changes: Sequence[RowChange]) -> None:
    """Make the changes inside the open transaction; references are looked at last."""
    ledger.execute("PRAGMA defer_foreign_keys = ON")
    tables = {table.name: table for table in sealed_tables(ledger.connection)}
    # What goes is first: it may hold a name that what comes back needs again.
    for item in sorted(changes, key=lambda change: change.after is not None):
        put(ledger, tables[item.table], item)
    if any(item.table in ("expected_returns", "expected_entries") for item in changes):
        integrity.recount(ledger)
