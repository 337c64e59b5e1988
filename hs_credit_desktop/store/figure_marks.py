"""What the clerk said about figures of the texts."""

from hs_credit_desktop.domain.figure_ledger import FigureKey, Mark, MarkState
from hs_credit_desktop.store.ledger import Ledger, new_id


def of_round(ledger: Ledger, round_id: str) -> dict[FigureKey, Mark]:
    """Every mark of a round."""
    rows = ledger.query(
        "SELECT m.* FROM figure_marks m JOIN expected_entries e ON e.id = m.expected_entry_id"
        " WHERE e.round_id = ?",
        round_id,
    )
    return {
        FigureKey(row["expected_entry_id"], row["part"], row["sentence"], row["place"]): Mark(
            MarkState(row["state"]), row["note"], row["actor"], row["marked_at"]
        )
        for row in rows
    }


def put(ledger: Ledger, key: FigureKey, printed: str, mark: Mark) -> None:
    """Say something about a figure inside the open transaction; what was said before goes."""
    ledger.execute(
        "INSERT INTO figure_marks"
        " (id, expected_entry_id, part, sentence, place, printed, state, note, actor, marked_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (expected_entry_id, part, sentence, place) DO UPDATE SET"
        " state = excluded.state, note = excluded.note, actor = excluded.actor,"
        " marked_at = excluded.marked_at",
        new_id(),
        key.entry_id,
        key.part,
        key.sentence,
        key.place,
        printed,
        mark.state.value,
        mark.note,
        mark.actor,
        mark.marked_at,
    )
