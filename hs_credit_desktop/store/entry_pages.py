"""A long list of entries: its order as row numbers, its rows a page at a time."""

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


def order(
    ledger: Ledger, query: EntryQuery, by: By | None = None, *, falling: bool = False
) -> "array[int]":
    """The row numbers of the list in printed order, or sorted; good until the next change."""
    way = " DESC" if falling else ""
    printed = printed_order(query)
    sort = printed if by is None else f"{_SORT_SQL[by]}{way}, {printed}"
    # Printed order stands in an index: no other table is looked at.
    bare = by is None and query.status is None and query.kept == NO_FILTER
    source = " FROM expected_entries e" if bare else _FROM
    joined = " JOIN units u ON u.id = e.unit_id" if by is By.UNIT else ""
    sql = (
        "SELECT json_group_array(k) FROM (SELECT e.rowid AS k"
        f"{source}{joined} WHERE {condition(query)} ORDER BY {sort})"
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
