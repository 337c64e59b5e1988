"""What stands behind hits of the search, read at once for all of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from hs_credit_desktop.store.ledger import Ledger

# CROSS JOIN keeps the order of the hits and looks each of them up by its key.
_FEEDBACK_SQL = (
    "SELECT e.id, n.number, r.unit_name, m.title,"
    " f.progress, f.results, f.problems, f.next_steps"
    " FROM json_each(?) j CROSS JOIN expected_entries e ON e.id = j.value"
    " JOIN expected_returns r ON r.id = e.expected_return_id"
    " JOIN measures m ON m.id = e.measure_id"
    " JOIN rounds n ON n.id = e.round_id"
    " LEFT JOIN feedback f ON f.id = e.feedback_id"
    " ORDER BY j.key"
)
_MEASURES_SQL = (
    "SELECT m.id, m.title, m.body FROM json_each(?) j"
    " CROSS JOIN measures m ON m.id = j.value ORDER BY j.key"
)


@dataclass(frozen=True)
class FeedbackHit:
    """A feedback that was found: its entry, the number of its round and what it says."""

    entry_id: str
    round: int
    unit_name: str
    measure_title: str
    text: str


def feedback(ledger: Ledger, entry_ids: Sequence[str]) -> list[FeedbackHit]:
    """The feedback of these entries, in their order."""
    rows = ledger.query(_FEEDBACK_SQL, json.dumps(entry_ids))
    return [
        FeedbackHit(
            row["id"],
            row["number"],
            row["unit_name"],
            row["title"],
            "\n".join(text for text in tuple(row)[4:] if text),
        )
        for row in rows
    ]


def measures(ledger: Ledger, measure_ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """(id, title, text) of these measures, in their order."""
    rows = ledger.query(_MEASURES_SQL, json.dumps(measure_ids))
    return [(row["id"], row["title"], f"{row['title']}\n{row['body']}") for row in rows]
