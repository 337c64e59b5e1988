"""What waits at the nodes of the tree: the days of what is blank or was sent back."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.store.ledger import Ledger


@dataclass(frozen=True)
class Waiting:
    """Entries of a measure that are blank, or answered but sent back, and the day they have."""

    measure_id: str
    state: ReturnState
    day: date | None


def waiting(ledger: Ledger, round_id: str) -> list[Waiting]:
    """What waits in a round, one line for all entries of a measure that have the same day.

    day: the extension of a blank entry's return, the new date of one sent back; exempt ones wait
    for nothing.
    """
    # A new round is blank from end to end: how much is blank is known from the tallies, and only
    # the entries of the few units that were given more time are looked at.
    extended = ledger.query(
        "SELECT e.measure_id, r.extended_to AS day, count(*) AS entries FROM expected_returns r"
        " JOIN expected_entries e ON e.expected_return_id = r.id"
        " WHERE r.round_id = ? AND r.extended_to IS NOT NULL AND e.covered = 0 AND e.exempt = 0"
        " GROUP BY e.measure_id, r.extended_to",
        round_id,
    )
    longer = Counter[str]()
    for row in extended:
        longer[row["measure_id"]] += row["entries"]
    blank = ledger.query(
        "SELECT measure_id, sum(entries) AS entries FROM entry_tallies"
        " WHERE round_id = ? AND covered = 0 AND exempt = 0 AND entries > 0 GROUP BY measure_id",
        round_id,
    )
    sent_back = ledger.query(
        "SELECT DISTINCT e.measure_id, r.resubmit_by AS day FROM expected_returns r"
        " JOIN expected_entries e ON e.expected_return_id = r.id"
        " WHERE r.round_id = ? AND r.state = 'sent_back' AND e.covered = 1 AND e.exempt = 0",
        round_id,
    )
    return [
        *(
            Waiting(row["measure_id"], ReturnState.MISSING, None)
            for row in blank
            if row["entries"] > longer[row["measure_id"]]
        ),
        *(
            Waiting(row["measure_id"], state, _day(row["day"]))
            for state, rows in ((ReturnState.MISSING, extended), (ReturnState.SENT_BACK, sent_back))
            for row in rows
        ),
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
