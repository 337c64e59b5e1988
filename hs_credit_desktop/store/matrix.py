"""Unit × measure: the cells of a round without their texts, and what they say in figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from sqlite3 import Row

from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.domain.returns import Completion, ReturnState
from hs_credit_desktop.store.ledger import Ledger


@dataclass(frozen=True)
class CellFacts:
    """One entry as the matrix needs it; completion: None when the unit did not say."""

    entry_id: str
    expected_return_id: str
    measure_id: str
    lead: bool
    state: ReturnState
    covered: bool
    exempt: bool
    extended_to: date | None
    resubmit_by: date | None
    completion: Completion | None


_CELLS_SQL = (
    "SELECT e.id, e.expected_return_id, e.measure_id, e.role, e.state, e.covered, e.exempt,"
    " r.extended_to, r.resubmit_by, f.completion"
    " FROM expected_entries e"
    " JOIN expected_returns r ON r.id = e.expected_return_id"
    " LEFT JOIN feedback f ON f.id = e.feedback_id"
    " WHERE e.expected_return_id IN ({marks}) ORDER BY e.expected_return_id, e.measure_ordinal"
)


def cells(ledger: Ledger, expected_return_ids: Sequence[str]) -> tuple[CellFacts, ...]:
    """The entries of these returns; ask for a screenful of units at a time."""
    marks = ", ".join("?" * len(expected_return_ids))
    rows = ledger.query(_CELLS_SQL.format(marks=marks), *expected_return_ids)
    return tuple(_cell(row) for row in rows)


def _cell(row: Row) -> CellFacts:
    return CellFacts(
        entry_id=row["id"],
        expected_return_id=row["expected_return_id"],
        measure_id=row["measure_id"],
        lead=row["role"] == Role.LEAD.value,
        state=ReturnState(row["state"]),
        covered=bool(row["covered"]),
        exempt=bool(row["exempt"]),
        extended_to=_date(row["extended_to"]),
        resubmit_by=_date(row["resubmit_by"]),
        completion=Completion(row["completion"]) if row["completion"] else None,
    )


def completions(ledger: Ledger, round_id: str) -> dict[Completion | None, int]:
    """How many covered entries of a round report each level, exempt ones left out."""
    rows = ledger.query(
        "SELECT f.completion AS level, count(*) AS entries FROM expected_entries e"
        " JOIN feedback f ON f.id = e.feedback_id"
        " WHERE e.round_id = ? AND e.exempt = 0 AND e.covered = 1 GROUP BY f.completion",
        round_id,
    )
    return {Completion(row["level"]) if row["level"] else None: int(row["entries"]) for row in rows}


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
