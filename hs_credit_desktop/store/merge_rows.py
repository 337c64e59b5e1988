"""The rows of two ledgers side by side: what refers to what, and rows that mean the same thing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.seals import Stamp, Table, parse_stamps, sealed_tables, write_stamps

Key = str
# A PC's own preferences stay where they are.
OWN_SETTINGS = ("local_", "ui_")
# Rows of a series: columns that name it, and the columns after `version` that put them in order.
SERIES = {
    "returns": (("expected_return_id",), "recorded_at"),
    "snapshots": (("round_id",), "frozen_at"),
    "summaries": (("round_id", "measure_id", "chapter"), "saved_at"),
}
# Tables whose rows a clerk knows by a name that no other row of the table has.
NAMED = {"units": "canonical_name", "unit_groups": "name"}
# Parents before children, as natural keys need them; what is not named comes after.
_ORDER = (
    "files",
    "notices",
    "pillars",
    "measures",
    "units",
    "unit_groups",
    "rounds",
    "expected_returns",
    "expected_entries",
    "returns",
    "feedback",
)


@dataclass(frozen=True)
class Row:
    """A row: its values without seal and stamps, and which change wrote each field."""

    values: Mapping[str, object]
    first: Stamp
    fields: Mapping[str, Stamp]

    def stamp(self, column: str) -> Stamp:
        """The stamp of a field."""
        return self.fields.get(column, self.first)

    @property
    def stamps(self) -> str:
        """The stamps as the ledger holds them."""
        return write_stamps(self.first, dict(self.fields))

    @property
    def every_stamp(self) -> tuple[Stamp, ...]:
        """The stamps of the row and of its fields."""
        return (self.first, *self.fields.values())


@dataclass(frozen=True)
class Shape:
    """A table of both ledgers: parents by column, and the columns that make a row the same."""

    table: Table
    parents: Mapping[str, str]
    natural: tuple[str, ...] | None

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.name

    def key(self, values: Mapping[str, object]) -> Key:
        """The key of a row as tombstones hold it."""
        return "|".join(str(values[column]) for column in self.table.key)


def shapes(ledger: Ledger) -> list[Shape]:
    """The tables that are merged, parents first."""
    tables = [table for table in sealed_tables(ledger.connection) if not table.local]
    tables.sort(key=lambda table: (*_place(table.name), table.name))
    return [Shape(table, _parents(ledger, table), _natural(ledger, table)) for table in tables]


def _place(name: str) -> tuple[int]:
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER),)


def _parents(ledger: Ledger, table: Table) -> dict[str, str]:
    rows = ledger.query(f"PRAGMA foreign_key_list({table.name})")
    return {row["from"]: row["table"] for row in rows}


def _natural(ledger: Ledger, table: Table) -> tuple[str, ...] | None:
    """The columns of a UNIQUE constraint of a table with an id, unless they number a series."""
    for index in ledger.query(f"PRAGMA index_list({table.name})"):
        if index["origin"] == "u" and table.key == ("id",):
            columns = [row["name"] for row in ledger.query(f"PRAGMA index_info({index['name']})")]
            if "version" not in columns:
                return tuple(columns)
    return None


def read(ledger: Ledger, shape: Shape) -> dict[Key, Row]:
    """Every row of a table by key; a PC's own settings are left out."""
    found = {}
    for row in ledger.each(f"SELECT * FROM {shape.name}"):
        values = {column: row[column] for column in shape.table.columns}
        if shape.name == "settings" and str(values["key"]).startswith(OWN_SETTINGS):
            continue
        found[shape.key(values)] = Row(values, *parse_stamps(row["stamps"]))
    return found


def values_of(ledger: Ledger, table: str, row_id: Key) -> dict[str, object] | None:
    """The values of a row of a table with an id, or None."""
    row = ledger.row(f"SELECT * FROM {table} WHERE id = ?", row_id)
    return dict(row) if row else None


def buried(ledger: Ledger) -> dict[tuple[str, Key], Stamp]:
    """(table, key) of what was deleted → under which change."""
    rows = ledger.each("SELECT tbl, key, stamp FROM tombstones")
    return {(row["tbl"], row["key"]): Stamp.parse(row["stamp"]) for row in rows}


Ids = dict[str, dict[object, object]]


def translated(shape: Shape, rows: Mapping[Key, Row], ids: Ids) -> dict[Key, Row]:
    """The rows with ids as they will be: their own and those they refer to."""
    own = ids.get(shape.name, {})
    links = {column: ids[parent] for column, parent in shape.parents.items() if parent in ids}
    if not own and not links:
        return dict(rows)
    found = {}
    for row in rows.values():
        values = dict(row.values)
        for column, known in links.items():
            values[column] = known.get(values[column], values[column])
        if shape.table.key == ("id",):
            values["id"] = own.get(values["id"], values["id"])
        found[shape.key(values)] = replace(row, values=values)
    return found


def unify(shape: Shape, here: Mapping[Key, Row], there: Mapping[Key, Row]) -> tuple[Ids, Ids]:
    """Rows that both sides made and that mean the same: the smaller id stands on both.

    (ids here → kept id, ids there → kept id) of this table; the rows' parents are translated.
    A row that stands on both sides was not made apart: it only came to be called like another one.
    What carries a name is therefore in every package, changed or not (store/parts.py).
    """
    mine: Ids = {shape.name: {}}
    theirs: Ids = {shape.name: {}}
    if shape.natural is None:
        return mine, theirs
    known = {tuple(row.values[name] for name in shape.natural): key for key, row in here.items()}
    for key, row in there.items():
        same = known.get(tuple(row.values[name] for name in shape.natural))
        if same is not None and same not in there and key not in here:
            kept = min(same, key)
            (theirs if kept == same else mine)[shape.name][max(same, key)] = kept
    return mine, theirs
