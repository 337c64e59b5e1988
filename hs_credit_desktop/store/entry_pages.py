"""A long list of entries, read a page at a time: by place in an index, or by its own order.

The order of 41,700 entries takes longer to read than a save may: only what is filtered or sorted
has one.
"""

import json
from array import array
from collections.abc import Sequence
from enum import StrEnum

from hs_credit_desktop.domain.returns import Completion, Entry
from hs_credit_desktop.store.entry_filters import NO_FILTER
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.lists import (
    ENTRY_SQL,
    EntryQuery,
    condition,
    printed_order,
    to_entry,
    values,
)


class By(StrEnum):
    """What a list can be sorted by."""

    MEASURE = "measure"
    UNIT = "unit"
    STATE = "state"
    COMPLETION = "completion"
    RECEIVED = "received"
    TEXT = "text"


# The initials of names are those of pinyin, the order the clerk knows; what is unknown stands last.
_SORT_SQL = {
    By.MEASURE: "e.measure_ordinal",
    By.UNIT: "u.initials",
    By.STATE: "CASE WHEN e.exempt THEN 9 WHEN e.covered = 0 THEN 0 ELSE"
    " instr('to_review accepted sent_back on_hold', e.state) END",
    By.COMPLETION: "CASE f.completion "
    + " ".join(f"WHEN '{level.value}' THEN {place}" for place, level in enumerate(Completion))
    + " ELSE 9 END",
    By.RECEIVED: "ifnull(v.received_on, '9')",
    By.TEXT: "coalesce(nullif(f.progress, ''), f.results, '\U0010ffff')",
}
_FROM = ENTRY_SQL[ENTRY_SQL.index(" FROM expected_entries e") :]


def in_printed_order(query: EntryQuery, by: By | None) -> bool:
    """Whether a list of a node stands so in an index: then it needs no order of its own."""
    whole = query.status is None and query.covered is None and query.kept == NO_FILTER
    return by is None and whole and query.expected_return_id is None


def count(ledger: Ledger, query: EntryQuery) -> int:
    """How many entries a list in printed order has; of a measure the tallies know it."""
    if query.measure_id is not None:
        sql = "SELECT ifnull(sum(entries), 0) FROM entry_tallies"
        where = " WHERE round_id = ? AND measure_id = ?"
        return int(ledger.value(sql + where, query.round_id, query.measure_id))
    sql = f"SELECT count(*) FROM expected_entries e WHERE {condition(query)}"
    [row] = ledger.named(sql, values(query))
    return int(row[0])


def stretch(ledger: Ledger, query: EntryQuery, start: int, stop: int) -> tuple[Entry, ...]:
    """The entries of a list in printed order from `start` to before `stop`."""
    [row] = ledger.named(
        "SELECT json_group_array(k) FROM (SELECT e.rowid AS k FROM expected_entries e"
        f" WHERE {condition(query)} ORDER BY {printed_order(query)} LIMIT :rows OFFSET :start)",
        values(query) | {"start": start, "rows": stop - start},
    )
    return page(ledger, json.loads(row[0]))


def place(ledger: Ledger, query: EntryQuery, entry_id: str) -> int:
    """Where an entry stands in a list in printed order, -1 when it is not in it."""
    here = condition(query)
    sql = (
        f"SELECT e.measure_ordinal, e.role, e.ordinal FROM expected_entries e WHERE {here}"
        " AND e.id = :entry"
    )
    found = ledger.named(sql, values(query) | {"entry": entry_id})
    if not found:
        return -1
    before = "(e.role > :role OR (e.role = :role AND e.ordinal < :ordinal))"
    if query.measure_id is None:
        before = f"(e.measure_ordinal < :number OR (e.measure_ordinal = :number AND {before}))"
    [row] = ledger.named(
        f"SELECT count(*) FROM expected_entries e WHERE {here} AND {before}",
        values(query) | {"number": found[0][0], "role": found[0][1], "ordinal": found[0][2]},
    )
    return int(row[0])


def order(
    ledger: Ledger, query: EntryQuery, by: By | None = None, *, falling: bool = False
) -> "array[int]":
    """The row numbers of a list that is filtered or sorted; good until the next change."""
    way = " DESC" if falling else ""
    printed = printed_order(query)
    sort = printed if by is None else f"{_SORT_SQL[by]}{way}, {printed}"
    joined = " JOIN units u ON u.id = e.unit_id" if by is By.UNIT else ""
    sql = (
        "SELECT json_group_array(k) FROM (SELECT e.rowid AS k"
        f"{_FROM}{joined} WHERE {condition(query)} ORDER BY {sort})"
    )
    [row] = ledger.named(sql, values(query))
    return array("q", json.loads(row[0]))


def page(ledger: Ledger, rows: Sequence[int]) -> tuple[Entry, ...]:
    """The entries with these row numbers, in their order."""
    sql = f"{ENTRY_SQL} JOIN json_each(:rows) j ON j.value = e.rowid ORDER BY j.key"
    return tuple(map(to_entry, ledger.named(sql, {"rows": json.dumps(list(rows))})))


def row_number(ledger: Ledger, entry_id: str) -> int | None:
    """The row number of an entry; None when there is none such."""
    found = ledger.value("SELECT rowid FROM expected_entries WHERE id = ?", entry_id)
    return None if found is None else int(found)
