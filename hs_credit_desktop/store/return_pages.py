"""A long list of returns: its order as row numbers, found by name, and its rows by the page."""

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hs_credit_desktop.domain.returns import ExpectedReturn
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.lists import STATUS_SQL, to_expected_return


class By(StrEnum):
    """What a list can be sorted by; official order is none of them."""

    ENTRIES = "entries"
    COVERED = "covered"
    STATE = "state"
    RECEIVED = "received"
    CAME = "came"
    NOTE = "note"
    CHASES = "chases"
    CONTACT = "contact"
    RESUBMIT = "resubmit"
    REASON = "reason"
    SHARE = "share"


@dataclass(frozen=True)
class ReturnQuery:
    """Which returns of a round: those a status counts (None: all, exempt ones too).

    words: part of one of the unit's names or of its initials; paper: whose stamped paper copy came
    (True) or is still to come (False), exempt ones owe none; soon: the last day that is 临期.
    """

    round_id: str
    status: Status | None = None
    words: str = ""
    paper: bool | None = None
    due_on: date = date.max
    today: date = date.min
    soon: date = date.max


# The place of each row's lamp among domain.deadlines.Lamp; a test compares the two.
_LAMP_SQL = (
    "CASE WHEN r.exempt_reason IS NOT NULL THEN 8"
    " WHEN r.state = 'missing' AND :today > max(:due_on, ifnull(r.extended_to, '')) THEN 2"
    " WHEN r.state = 'sent_back' AND :today > ifnull(r.resubmit_by, '9') THEN 2"
    " WHEN r.state = 'missing' THEN max(:due_on, ifnull(r.extended_to, '')) <= :soon"
    " ELSE 4 + instr('to_review accepted sent_back on_hold', r.state) / 10 END"
)
_SORT_SQL = {
    By.ENTRIES: "r.entries",
    By.COVERED: "r.covered",
    By.STATE: _LAMP_SQL,
    By.RECEIVED: "ifnull(r.first_received_on, '9')",
    By.CAME: "(SELECT v.received_on FROM returns v WHERE v.id = r.return_id)",
    By.NOTE: (
        "CASE WHEN r.exempt_reason IS NOT NULL THEN 0 WHEN r.extended_to IS NOT NULL THEN 1"
        " WHEN r.resubmit_by IS NOT NULL THEN 2 WHEN r.chases THEN 3 ELSE 9 END, r.chases"
    ),
    By.CHASES: "r.chases",
    By.CONTACT: (
        "ifnull((SELECT max(chased_at) FROM chases c WHERE c.expected_return_id = r.id), '9')"
    ),
    By.RESUBMIT: "ifnull(r.resubmit_by, '9')",
    By.REASON: "r.exempt_reason",
    By.SHARE: (
        "CASE WHEN r.exempt_reason IS NULL AND r.entries THEN r.covered * 1000 / r.entries"
        " ELSE -1 END"
    ),
}
# Two lists of ids rather than one of both: SQLite would sort what it puts together.
_NAMED_SQL = (
    "(r.unit_name LIKE :like ESCAPE '!'"
    " OR r.unit_id IN (SELECT id FROM units WHERE canonical_name LIKE :like ESCAPE '!'"
    " OR short_name LIKE :like ESCAPE '!' OR initials LIKE :like ESCAPE '!')"
    " OR r.unit_id IN (SELECT unit_id FROM unit_aliases WHERE alias LIKE :like ESCAPE '!'))"
)
# The few that are exempt are taken out by their own index: one of states then tells the rest
# without a look at each return.
_ONE_STATE = "exempt_reason IS NULL AND state = "
_ONE_STATE_SQL = (
    "r.rowid NOT IN (SELECT x.rowid FROM expected_returns x WHERE x.round_id = :round_id"
    " AND x.exempt_reason IS NOT NULL) AND r.state = "
)
_PAPER_SQL = {
    True: "r.paper_copy_on IS NOT NULL AND r.exempt_reason IS NULL",
    False: "r.paper_copy_on IS NULL AND r.exempt_reason IS NULL",
}


def order(
    ledger: Ledger, query: ReturnQuery, by: By | None = None, *, falling: bool = False
) -> "array[int]":
    """The row numbers of the list in official order, or sorted; good until the next change."""
    way = " DESC" if falling else ""
    sort = "r.ordinal" if by is None else f"{_SORT_SQL[by]}{way}, r.ordinal"
    [row] = ledger.named(
        "SELECT json_group_array(k) FROM (SELECT r.rowid AS k FROM expected_returns r"
        f" WHERE {_condition(query)} ORDER BY {sort})",
        _values(query),
    )
    return array("q", json.loads(row[0]))


def _condition(query: ReturnQuery) -> str:
    clauses = ["r.round_id = :round_id"]
    if query.status is not None:
        clauses.append(STATUS_SQL[query.status].replace(_ONE_STATE, _ONE_STATE_SQL))
    if query.words:
        clauses.append(_NAMED_SQL)
    if query.paper is not None:
        clauses.append(_PAPER_SQL[query.paper])
    return " AND ".join(clauses)


def _values(query: ReturnQuery) -> dict[str, str]:
    words = query.words
    for sign in "!%_":
        words = words.replace(sign, f"!{sign}")
    return {
        "round_id": query.round_id,
        "due_on": query.due_on.isoformat(),
        "today": query.today.isoformat(),
        "soon": query.soon.isoformat(),
        "like": f"%{words}%",
    }


def page(ledger: Ledger, rows: Sequence[int]) -> tuple[ExpectedReturn, ...]:
    """The returns with these row numbers, in their order."""
    found = ledger.query(
        "SELECT r.* FROM json_each(?) j JOIN expected_returns r ON r.rowid = j.value"
        " ORDER BY j.key",
        json.dumps(list(rows)),
    )
    return tuple(map(to_expected_return, found))


def row_number(ledger: Ledger, expected_return_id: str) -> int | None:
    """The row number of a return; None when there is none such."""
    found = ledger.value("SELECT rowid FROM expected_returns WHERE id = ?", expected_return_id)
    return None if found is None else int(found)


def paper_counts(ledger: Ledger, round_id: str) -> tuple[int, int, int]:
    """How many returns a round expects, exempt ones too, how many paper copies came, how many not.

    Exempt ones owe no stamped paper copy.
    """
    row = ledger.row(
        "SELECT count(*) AS every, ifnull(sum(paper_copy_on IS NOT NULL AND exempt_reason IS NULL),"
        " 0) AS came, ifnull(sum(paper_copy_on IS NULL AND exempt_reason IS NULL), 0) AS still"
        " FROM expected_returns WHERE round_id = ?",
        round_id,
    )
    assert row is not None, "a count has one row"
    return row["every"], row["came"], row["still"]


def paper_copy(ledger: Ledger, expected_return_id: str) -> date | None:
    """The day a return's stamped paper copy came; None when it did not."""
    day = ledger.value(
        "SELECT paper_copy_on FROM expected_returns WHERE id = ?", expected_return_id
    )
    return date.fromisoformat(day) if day else None


def round_of(ledger: Ledger, expected_return_id: str) -> str | None:
    """The round a return belongs to; None when there is none such."""
    found = ledger.value("SELECT round_id FROM expected_returns WHERE id = ?", expected_return_id)
    return None if found is None else str(found)


def of_unit(ledger: Ledger, round_id: str, unit_id: str) -> ExpectedReturn | None:
    """A unit's place in a round; None when the round does not expect it."""
    row = ledger.row(
        "SELECT * FROM expected_returns WHERE round_id = ? AND unit_id = ?", round_id, unit_id
    )
    return to_expected_return(row) if row else None


def first_names(ledger: Ledger, round_id: str, status: Status, count: int) -> tuple[str, ...]:
    """The first units a status counts, in official order; of a status without a due date only."""
    rows = ledger.query(
        f"SELECT unit_name FROM expected_returns WHERE round_id = ? AND {STATUS_SQL[status]}"
        " ORDER BY ordinal LIMIT ?",
        round_id,
        count,
    )
    return tuple(row["unit_name"] for row in rows)


@dataclass(frozen=True)
class Chased:
    """Of the units that are missing: how many were chased before, how many were given more time."""

    before: int
    extended: int


def chased(ledger: Ledger, round_id: str) -> Chased:
    """What was done about the units of a round that are missing."""
    row = ledger.row(
        "SELECT ifnull(sum(chases > 0), 0) AS before,"
        " ifnull(sum(extended_to IS NOT NULL), 0) AS extended"
        f" FROM expected_returns WHERE round_id = ? AND {STATUS_SQL[Status.MISSING]}",
        round_id,
    )
    assert row is not None, "a sum has one row"
    return Chased(row["before"], row["extended"])


def next_resubmission(ledger: Ledger, round_id: str) -> date | None:
    """The first day on which a return that was sent back is due again; None when none is."""
    day = ledger.value(
        "SELECT min(resubmit_by) FROM expected_returns WHERE round_id = ?"
        f" AND {STATUS_SQL[Status.SENT_BACK]}",
        round_id,
    )
    return date.fromisoformat(day) if day else None
