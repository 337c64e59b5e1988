"""What one state of a ledger says and another does not: returns and entries, by name."""

from dataclasses import dataclass
from typing import Any

from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.store import audit
from hs_credit_desktop.store.ledger import Ledger

_RETURNS = (
    "SELECT e.id, r.name AS round_name, e.unit_name, e.return_id, e.state, e.first_received_on,"
    " e.resubmit_by FROM expected_returns e JOIN rounds r ON r.id = e.round_id"
    " ORDER BY r.due_on, r.number, e.ordinal"
)
_ENTRIES = (
    "SELECT e.id, r.name AS round_name, x.unit_name, m.number, m.title, e.feedback_id,"
    " f.progress, f.results, f.problems, f.next_steps, f.completion"
    " FROM expected_entries e JOIN rounds r ON r.id = e.round_id"
    " JOIN expected_returns x ON x.id = e.expected_return_id"
    " JOIN measures m ON m.id = e.measure_id LEFT JOIN feedback f ON f.id = e.feedback_id"
    " ORDER BY r.due_on, r.number, x.ordinal, e.measure_ordinal"
)
_NAMES = ("id", "round_name", "unit_name", "number", "title")


@dataclass(frozen=True)
class Difference:
    """A return (measure '') or an entry that is otherwise here than there.

    fresh: it is not there at all; else it is there, as it was before.
    """

    id: str
    round_name: str
    unit_name: str
    measure: str
    fresh: bool


def returns_not_in(present: Ledger, other: Ledger) -> tuple[Difference, ...]:
    """Returns of `present` that `other` does not hold, or holds in another state."""
    return _differences(present, other, _RETURNS, "return_id")


def entries_not_in(present: Ledger, other: Ledger) -> tuple[Difference, ...]:
    """Entries of `present` whose text `other` does not hold."""
    return _differences(present, other, _ENTRIES, "feedback_id")


def _differences(present: Ledger, other: Ledger, sql: str, held: str) -> tuple[Difference, ...]:
    theirs: dict[str, int] = {}
    for row in other.each(sql):
        if row[held] is not None:
            theirs[row["id"]] = _said(dict(row))
    found = []
    for row in present.each(sql):
        mine = dict(row)
        if mine[held] is not None and theirs.get(mine["id"]) != _said(mine):
            found.append(_named(mine, fresh=mine["id"] not in theirs))
    return tuple(found)


def _named(row: dict[str, Any], *, fresh: bool) -> Difference:
    measure = f"（{chinese_number(row['number'])}）{row['title']}" if "title" in row else ""
    return Difference(row["id"], row["round_name"], row["unit_name"], measure, fresh)


def _said(row: dict[str, object]) -> int:
    """What a row says; names may change without its being another text."""
    return hash(tuple(value for name, value in row.items() if name not in _NAMES))


def lines_since(present: Ledger, other: Ledger) -> int:
    """How many lines the audit log of `present` has that `other` has not."""
    newest = audit.last(other)
    if present.value("SELECT hash FROM audit WHERE seq = ?", newest.seq) == newest.hash:
        return audit.last(present).seq - newest.seq
    common = 0
    both = zip(present.each(_HASHES), other.each(_HASHES), strict=False)
    for mine, their in both:
        if mine["hash"] != their["hash"]:
            break
        common = mine["seq"]
    return audit.last(present).seq - common


_HASHES = "SELECT seq, hash FROM audit ORDER BY seq"
