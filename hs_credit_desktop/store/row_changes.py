"""Rows before and after a command, so that the command can be taken back as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hs_credit_desktop.store import integrity
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.seals import Table, sealed_tables

Values = Mapping[str, object]
Rows = Mapping[tuple[str, str], Values]


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
    key: str
    before: Values | None
    after: Values | None


def capture(ledger: Ledger, parts: Sequence[Part]) -> Rows:
    """(table, key) → the row without seal and stamps."""
    tables = {table.name: table for table in sealed_tables(ledger.connection)}
    found: dict[tuple[str, str], Values] = {}
    for part in parts:
        table = tables[part.table]
        columns = ", ".join(table.columns)
        sql = f"SELECT {columns} FROM {part.table} WHERE {part.where}"
        for row in ledger.query(sql, *part.values):
            found[part.table, _key(table, dict(row))] = dict(row)
    return found


def _key(table: Table, row: Values) -> str:
    return "|".join(str(row[column]) for column in table.key)


def difference(before: Rows, after: Rows) -> tuple[RowChange, ...]:
    """The rows that differ."""
    places = dict.fromkeys((*before, *after))
    return tuple(
        RowChange(*place, before.get(place), after.get(place))
        for place in places
        if before.get(place) != after.get(place)
    )


def reversed_(changes: Sequence[RowChange]) -> tuple[RowChange, ...]:
    """The same changes the other way round."""
    return tuple(RowChange(item.table, item.key, item.after, item.before) for item in changes)


def present(ledger: Ledger, changes: Sequence[RowChange]) -> tuple[Values | None, ...]:
    """The rows of the changes as they stand now."""
    tables = {table.name: table for table in sealed_tables(ledger.connection)}
    return tuple(_now(ledger, tables[item.table], item.key) for item in changes)


def _now(ledger: Ledger, table: Table, key: str) -> Values | None:
    columns = ", ".join(table.columns)
    row = ledger.row(f"SELECT {columns} FROM {table.name} WHERE {table.key_sql()} = ?", key)
    return dict(row) if row else None


def put_back(ledger: Ledger, changes: Sequence[RowChange]) -> None:
    """Write the rows as they were, inside the open transaction; references are looked at last."""
    ledger.execute("PRAGMA defer_foreign_keys = ON")
    tables = {table.name: table for table in sealed_tables(ledger.connection)}
    # What came goes first: it may hold a name that what went needs again.
    for item in sorted(changes, key=lambda change: change.before is not None):
        where = f"{tables[item.table].key_sql()} = ?"
        if item.before is None:
            ledger.execute(f"DELETE FROM {item.table} WHERE {where}", item.key)
        elif item.after is None:
            ledger.insert(item.table, **item.before)
        else:
            changed = {
                name: value for name, value in item.before.items() if item.after[name] != value
            }
            sets = ", ".join(f"{name} = ?" for name in changed)
            ledger.execute(
                f"UPDATE {item.table} SET {sets} WHERE {where}", *changed.values(), item.key
            )
    if any(item.table in ("expected_returns", "expected_entries") for item in changes):
        integrity.recount(ledger)
