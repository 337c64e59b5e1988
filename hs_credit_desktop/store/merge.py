"""Bringing another copy's changes into this one, inside one transaction."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.store import merge_after, merge_names, vectors
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.merge_after import Numbering
from hs_credit_desktop.store.merge_names import Clash
from hs_credit_desktop.store.merge_plan import Conflict, Plan
from hs_credit_desktop.store.merge_rows import NAMED, SERIES, Row, Shape
from hs_credit_desktop.store.seals import Stamp, write_stamps


class Choice(StrEnum):
    """Which side of a conflict stands."""

    HERE = "here"
    THERE = "there"


def apply(ledger: Ledger, remote: Ledger, plan: Plan, choices: Mapping[str, Choice]) -> None:
    """Carry a plan out inside the open transaction; every conflict has its choice by id.

    References are looked at when the transaction commits. UserError when two rows that are not the
    same would be called the same afterwards.
    """
    try:
        _carry_out(ledger, remote, plan, choices)
    except sqlite3.IntegrityError as error:
        column = str(error).removeprefix("UNIQUE constraint failed: ").partition(",")[0]
        raise UserError(
            f"两台电脑把两条不同的记录改成了同一个{_NAMES.get(column, '内容')}，没有合并",
            "两边都没有改动。请在其中一台电脑上改掉一个（例如改回原来的名称），再合并。",
        ) from error


# What a clerk calls the columns that tell rows of a table apart.
_NAMES = {
    "unit_aliases.alias": "单位别名",
    "expected_returns.round_id": "应报单位",
    "expected_entries.expected_return_id": "应反馈条目",
}


def _carry_out(ledger: Ledger, remote: Ledger, plan: Plan, choices: Mapping[str, Choice]) -> None:
    assert ledger.guard
    ledger.execute("PRAGMA defer_foreign_keys = ON")
    children = _children(ledger)
    for shape, old, new in plan.renames:
        ledger.execute(f"UPDATE {shape.name} SET id = ? WHERE id = ?", new, old)
        for table, column in children.get(shape.name, ()):
            ledger.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", new, old)
    for shape, row in plan.deletes:
        ledger.execute(f"DELETE FROM {shape.name} WHERE {_where(shape)}", *_key(shape, row))
    numbering, now = Numbering(), Stamp(ledger.guard.site, ledger.guard.seq)
    edits = _edits(plan, choices, now, numbering)
    inserts = _parted(ledger, plan, choices, edits, now)
    _lay_names_down(ledger, edits)
    for number, (shape, row) in enumerate(inserts, 1):
        _insert(ledger, shape, row, number, numbering)
    by_name = {shape.name: shape for shape in plan.shapes}
    for (table, _), edit in edits.items():
        _update(ledger, by_name[table], edit, numbering)
    for shape, key in plan.revived:
        key_sql = shape.table.key_sql()
        ledger.execute(f"UPDATE {shape.name} SET stamps = ? WHERE {key_sql} = ?", str(now), key)
        numbering.wanted.pop(key, None)
    merge_after.settle(ledger, numbering)
    vectors.learn_lines(ledger, remote, plan.theirs)
    vectors.learn(ledger, plan.theirs)


def _children(ledger: Ledger) -> dict[str, list[tuple[str, str]]]:
    """Parent table → (table, column) of everything that refers to it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in ledger.query("SELECT name FROM sqlite_master WHERE type = 'table'"):
        for link in ledger.query(f"PRAGMA foreign_key_list({row['name']})"):
            found.setdefault(link["table"], []).append((row["name"], link["from"]))
    return found


def _where(shape: Shape) -> str:
    return " AND ".join(f"{column} = ?" for column in shape.table.key)


def _key(shape: Shape, row: Row) -> tuple[object, ...]:
    return tuple(row.values[column] for column in shape.table.key)


_FAR = 1_000_000  # numbers of rows that came in, until all are here and each can have its own


def _insert(ledger: Ledger, shape: Shape, row: Row, number: int, numbering: Numbering) -> None:
    values = dict(row.values)
    if shape.name in SERIES:
        numbering.wanted[str(values["id"])] = (int(str(values["version"])), row.stamps)
        values["version"] = -(_FAR + number)
    ledger.insert(shape.name, **values, stamps=row.stamps)


@dataclass
class _Edit:
    """What becomes of a row that both sides have: fields to write, and the stamps of fields."""

    row: Row
    values: dict[str, object]
    stamps: dict[str, Stamp]


def _edits(
    plan: Plan, choices: Mapping[str, Choice], now: Stamp, numbering: Numbering
) -> dict[tuple[str, str], _Edit]:
    """Fields taken over and conflicts decided, by (table, key)."""
    edits = {
        (item.shape.name, item.key): _Edit(item.here, dict(item.values), dict(item.stamps))
        for item in plan.updates
    }
    for conflict in (*plan.conflicts, *plan.following):
        choice = choices[_decided_by(conflict, plan)]
        if conflict.here.values.get("id") != conflict.there.values.get("id"):
            chosen = conflict.here if choice is Choice.HERE else conflict.there
            numbering.newest.add(str(chosen.values["id"]))
            continue
        at = (conflict.table, conflict.key)
        edit = edits.setdefault(at, _Edit(conflict.here, {}, {}))
        for name in conflict.columns:
            if choice is Choice.THERE:
                edit.values[name] = conflict.there.values[name]
                edit.stamps[name] = conflict.there.stamp(name)
            else:
                edit.stamps[name] = now
        if "first_received_on" in conflict.columns:
            _earlier(conflict, edit, now)
    return edits


Edits = dict[tuple[str, str], _Edit]


def _parted(
    ledger: Ledger, plan: Plan, choices: Mapping[str, Choice], edits: Edits, now: Stamp
) -> list[tuple[Shape, Row]]:
    """The rows to insert. Of two that would share a name one is called otherwise, here or in edits.

    Two share none any more when the clerk chose another name for one of them.
    """
    inserts = list(plan.inserts)
    for clash in plan.clashes:
        column = NAMED[clash.table]
        if _name(clash.here, clash, edits) != _name(clash.there, clash, edits):
            continue
        loser = clash.there if choices[clash.id] is Choice.HERE else clash.here
        name = _free_name(clash, ledger, inserts, edits)
        if any(row is loser for _, row in inserts):
            called = merge_names.renamed(loser, clash.table, name, now)
            inserts = [(shape, called if row is loser else row) for shape, row in inserts]
            continue
        edit = edits.setdefault((clash.table, str(loser.values["id"])), _Edit(loser, {}, {}))
        edit.values[column], edit.stamps[column] = name, now
    return inserts


def _name(row: Row, clash: Clash, edits: Edits) -> object:
    """What a row of a clash will be called."""
    column, edit = NAMED[clash.table], edits.get((clash.table, str(row.values["id"])))
    return edit.values.get(column, edit.row.values[column]) if edit else row.values[column]


def _free_name(clash: Clash, ledger: Ledger, inserts: list[tuple[Shape, Row]], edits: Edits) -> str:
    """A name for the one that gives way, which nothing has and nothing gets."""
    column = NAMED[clash.table]
    taken = {row[0] for row in ledger.query(f"SELECT {column} FROM {clash.table}")}
    taken |= {row.values[column] for shape, row in inserts if shape.name == clash.table}
    taken |= {edit.values.get(column) for (table, _), edit in edits.items() if table == clash.table}
    return next(name for name in clash.other_names() if name not in taken)


def _lay_names_down(ledger: Ledger, edits: Edits) -> None:
    """No row keeps a name that it loses, since another may get it before its turn has come."""
    for (table, key), edit in edits.items():
        if NAMED.get(table) in edit.values:
            ledger.execute(f"UPDATE {table} SET {NAMED[table]} = id WHERE id = ?", key)


def _update(ledger: Ledger, shape: Shape, edit: _Edit, numbering: Numbering) -> None:
    stamps = write_stamps(edit.row.first, {**edit.row.fields, **edit.stamps})
    said = dict(edit.values)
    if shape.name in SERIES:
        number = int(str(said.pop("version", edit.row.values["version"])))
        numbering.wanted[str(edit.row.values["id"])] = (number, stamps)
    said["stamps"] = stamps
    sets = ", ".join(f"{name} = ?" for name in said)
    ledger.execute(
        f"UPDATE {shape.name} SET {sets} WHERE {_where(shape)}",
        *said.values(),
        *_key(shape, edit.row),
    )


def _decided_by(conflict: Conflict, plan: Plan) -> str:
    """The id of the decision: its own, or that of the return it belongs to."""
    if conflict not in plan.following:
        return conflict.id
    return_id = conflict.here.values["expected_return_id"]
    return next(item.id for item in plan.conflicts if item.key == return_id)


def _earlier(conflict: Conflict, edit: _Edit, now: Stamp) -> None:
    """Whichever return stands, the unit reported on the earlier day."""
    name = "first_received_on"
    days = [str(row.values[name]) for row in (conflict.here, conflict.there) if row.values[name]]
    earliest = min(days, default=None)
    if edit.values.get(name, conflict.here.values[name]) != earliest:
        edit.values[name], edit.stamps[name] = earliest, now
