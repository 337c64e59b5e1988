"""Lists and tallies of a round: what every number, tree node and table shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from sqlite3 import Row

from hs_credit_desktop.domain.returns import (
    Completion,
    Entry,
    ExpectedReturn,
    FeedbackParts,
    ReturnState,
)
from hs_credit_desktop.domain.statistics import Progress, Status, Tally
from hs_credit_desktop.store.entry_filters import NO_FILTER, EntryFilter, clauses_of
from hs_credit_desktop.store.ledger import Ledger

# The counting rules of domain.statistics.holds in SQL; a test compares the two on random ledgers.
STATUS_SQL = {
    Status.EXPECTED: "exempt_reason IS NULL",
    Status.RECEIVED: "exempt_reason IS NULL AND state <> 'missing'",
    Status.MISSING: "exempt_reason IS NULL AND state = 'missing'",
    Status.OVERDUE: "exempt_reason IS NULL AND state = 'missing' AND :today > :due_on",
    Status.ON_TIME: "exempt_reason IS NULL AND first_received_on <= :due_on",
    Status.LATE: "exempt_reason IS NULL AND first_received_on > :due_on",
    Status.EXEMPT: "exempt_reason IS NOT NULL",
    Status.ACCEPTED: "exempt_reason IS NULL AND state = 'accepted'",
    Status.SENT_BACK: "exempt_reason IS NULL AND state = 'sent_back'",
    Status.TO_REVIEW: "exempt_reason IS NULL AND state = 'to_review'",
    Status.ON_HOLD: "exempt_reason IS NULL AND state = 'on_hold'",
}


def tallies(ledger: Ledger, round_id: str) -> list[Tally]:
    """The round's returns grouped by what the counting rules look at."""
    rows = ledger.query("SELECT * FROM return_tallies WHERE round_id = ? AND returns > 0", round_id)
    return [
        Tally(
            ReturnState(row["state"]),
            bool(row["exempt"]),
            _date(row["first_received_on"]),
            row["returns"],
            row["entries"],
            row["covered"],
        )
        for row in rows
    ]


def progress_by_measure(ledger: Ledger, round_id: str) -> dict[str, Progress]:
    """Measure id → its entries by state, exempt ones left out."""
    rows = ledger.query(
        "SELECT measure_id, state, covered, entries FROM entry_tallies"
        " WHERE round_id = ? AND exempt = 0 AND entries > 0",
        round_id,
    )
    return _progress(rows, "measure_id")


def progress_by_return(ledger: Ledger, round_id: str) -> dict[str, Progress]:
    """Expected return id → its entries by state, exempt ones left out."""
    rows = ledger.query(
        "SELECT id, state, covered AS covered_entries, entries FROM expected_returns"
        " WHERE round_id = ? AND exempt_reason IS NULL ORDER BY ordinal",
        round_id,
    )
    return {
        row["id"]: progress_of(ReturnState(row["state"]), row["entries"], row["covered_entries"])
        for row in rows
    }


def progress_of(state: ReturnState, entries: int, covered: int) -> Progress:
    """The progress of a return with so many entries."""
    return Progress(entries, covered, **_by_state(state.value, covered))


def _progress(rows: Iterable[Row], key: str) -> dict[str, Progress]:
    found: dict[str, Progress] = {}
    for row in rows:
        covered = row["entries"] if row["covered"] else 0
        part = Progress(row["entries"], covered, **_by_state(row["state"], covered))
        found[row[key]] = found.get(row[key], Progress()) + part
    return found


def _by_state(state: str, covered: int) -> dict[str, int]:
    return {} if state == ReturnState.MISSING.value else {state: covered}


def expected_returns(
    ledger: Ledger, round_id: str, status: Status, *, due_on: date, today: date
) -> tuple[ExpectedReturn, ...]:
    """The returns a figure counts, in official order."""
    rows = ledger.named(
        f"SELECT * FROM expected_returns WHERE round_id = :round_id AND {STATUS_SQL[status]}"
        " ORDER BY ordinal",
        {"round_id": round_id, "due_on": due_on.isoformat(), "today": today.isoformat()},
    )
    return tuple(to_expected_return(row) for row in rows)


def staged(ledger: Ledger, round_id: str) -> int:
    """How many files of the inbox nobody has decided on in the round."""
    sql = "SELECT count(*) FROM staged_items WHERE outcome = 'staged' AND round_id = ?"
    return int(ledger.value(sql, round_id))


def expected_return(ledger: Ledger, expected_return_id: str) -> ExpectedReturn:
    """One unit's place in the expected list."""
    [row] = ledger.query("SELECT * FROM expected_returns WHERE id = ?", expected_return_id)
    return to_expected_return(row)


def to_expected_return(row: Row) -> ExpectedReturn:
    """A row of expected_returns."""
    return ExpectedReturn(
        id=row["id"],
        round_id=row["round_id"],
        unit_id=row["unit_id"],
        unit_name=row["unit_name"],
        ordinal=row["ordinal"],
        state=ReturnState(row["state"]),
        entries=row["entries"],
        covered=row["covered"],
        first_received_on=_date(row["first_received_on"]),
        extended_to=_date(row["extended_to"]),
        resubmit_by=_date(row["resubmit_by"]),
        exempt_reason=row["exempt_reason"],
        return_id=row["return_id"],
        version=row["version"],
        chases=row["chases"],
    )


@dataclass(frozen=True)
class EntryQuery:
    """Which entries of a round: of a pillar, a measure, a unit's return, or of a status.

    covered: only those that say something, or only the blank ones.
    """

    round_id: str
    pillar_id: str | None = None
    measure_id: str | None = None
    expected_return_id: str | None = None
    status: Status | None = None
    covered: bool | None = None
    kept: EntryFilter = NO_FILTER
    due_on: date = date.max
    today: date = date.min


ENTRY_SQL = (
    "SELECT e.*, r.unit_name, r.first_received_on, r.extended_to, r.resubmit_by,"
    " m.number AS measure_number, m.title AS measure_title, v.received_on,"
    " f.progress, f.results, f.problems, f.next_steps, f.completion"
    " FROM expected_entries e"
    " JOIN expected_returns r ON r.id = e.expected_return_id"
    " JOIN measures m ON m.id = e.measure_id"
    " LEFT JOIN feedback f ON f.id = e.feedback_id"
    " LEFT JOIN returns v ON v.id = f.return_id"
)


def printed_order(query: EntryQuery) -> str:
    """Printed order of measures; within a measure lead first, then official order."""
    # Of one measure its index gives the order; with its number in it the whole round is walked.
    number = "" if query.measure_id is not None else "e.measure_ordinal, "
    return f"{number}e.role DESC, e.ordinal"


def entries(ledger: Ledger, query: EntryQuery) -> tuple[Entry, ...]:
    """Entries in printed order of measures; within a measure lead first, then official order."""
    sql = f"{ENTRY_SQL} WHERE {condition(query)} ORDER BY {printed_order(query)}"
    return tuple(map(to_entry, ledger.named(sql, values(query))))


def condition(query: EntryQuery) -> str:
    """What the rows of ENTRY_SQL must hold; its values come from `values`."""
    # A return has few entries: the + keeps SQLite from walking the whole round in its order.
    plus = "+" if query.expected_return_id is not None else ""
    clauses = [f"{plus}e.round_id = :round_id"]
    for column in ("pillar_id", "measure_id", "expected_return_id"):
        if getattr(query, column) is not None:
            clauses.append(f"e.{column} = :{column}")
    if query.status is not None:
        clauses.append(STATUS_SQL[query.status].replace("state", "r.state"))
    if query.covered is not None:
        clauses.append(f"e.covered = {int(query.covered)}")
    return " AND ".join([*clauses, *clauses_of(query.kept)])


def entry(ledger: Ledger, entry_id: str) -> Entry:
    """One entry with its current feedback."""
    [row] = ledger.query(f"{ENTRY_SQL} WHERE e.id = ?", entry_id)
    return to_entry(row)


def values(query: EntryQuery) -> dict[str, str | None]:
    """What stands for the names in `condition`."""
    return {
        "round_id": query.round_id,
        "pillar_id": query.pillar_id,
        "measure_id": query.measure_id,
        "expected_return_id": query.expected_return_id,
        "due_on": query.due_on.isoformat(),
        "today": query.today.isoformat(),
    }


def to_entry(row: Row) -> Entry:
    """A row of ENTRY_SQL."""
    return Entry(
        id=row["id"],
        round_id=row["round_id"],
        expected_return_id=row["expected_return_id"],
        unit_id=row["unit_id"],
        unit_name=row["unit_name"],
        measure_id=row["measure_id"],
        measure_number=row["measure_number"],
        measure_title=row["measure_title"],
        pillar_id=row["pillar_id"],
        role=row["role"],
        suggested=bool(row["suggested"]),
        state=ReturnState(row["state"]),
        covered=bool(row["covered"]),
        exempt=bool(row["exempt"]),
        first_received_on=_date(row["first_received_on"]),
        extended_to=_date(row["extended_to"]),
        resubmit_by=_date(row["resubmit_by"]),
        received_on=_date(row["received_on"]),
        feedback_id=row["feedback_id"],
        parts=_parts(row),
    )


def _parts(row: Row) -> FeedbackParts:
    if row["feedback_id"] is None:
        return FeedbackParts()
    completion = row["completion"]
    return FeedbackParts(
        row["progress"],
        row["results"],
        row["problems"],
        row["next_steps"],
        Completion(completion) if completion else None,
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
