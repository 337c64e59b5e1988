"""Writing returns: versions, feedback, review states, and taking the last save back."""

from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Row

from hs_credit_desktop.domain.returns import (
    Channel,
    Entry,
    ExpectedReturn,
    FeedbackParts,
    Return,
    ReturnState,
)
from hs_credit_desktop.store import search
from hs_credit_desktop.store.ledger import Ledger, new_id


def current_return(ledger: Ledger, expected: ExpectedReturn) -> Return | None:
    """The version that counts now, or None while the unit has not reported."""
    row = ledger.row("SELECT * FROM returns WHERE id = ?", expected.return_id)
    return _return(row) if row else None


def _return(row: Row) -> Return:
    return Return(
        id=row["id"],
        expected_return_id=row["expected_return_id"],
        version=row["version"],
        received_on=date.fromisoformat(row["received_on"]),
        channel=Channel(row["channel"]),
        recorded_at=row["recorded_at"],
        on_behalf=bool(row["on_behalf"]),
    )


def add_return(
    ledger: Ledger,
    expected: ExpectedReturn,
    *,
    received_on: date,
    channel: Channel,
    on_behalf: bool,
    at: datetime,
) -> Return:
    """Add the next version; the return goes to review. The first receipt stays the first."""
    made = Return(
        new_id(), expected.id, expected.version + 1, received_on, channel, at.isoformat(), on_behalf
    )
    ledger.insert(
        "returns",
        id=made.id,
        expected_return_id=made.expected_return_id,
        version=made.version,
        received_on=received_on.isoformat(),
        channel=channel.value,
        on_behalf=on_behalf,
        recorded_at=made.recorded_at,
    )
    ledger.execute(
        "UPDATE expected_returns SET return_id = ?, version = ?,"
        " first_received_on = ifnull(first_received_on, ?) WHERE id = ?",
        made.id,
        made.version,
        received_on.isoformat(),
        expected.id,
    )
    set_state(ledger, expected.id, ReturnState.TO_REVIEW, resubmit_by=None)
    return made


def correct_receipt(
    ledger: Ledger, made: Return, *, received_on: date, channel: Channel, on_behalf: bool
) -> None:
    """Mend when and how a version came; on the first version the first receipt follows."""
    ledger.execute(
        "UPDATE returns SET received_on = ?, channel = ?, on_behalf = ? WHERE id = ?",
        received_on.isoformat(),
        channel.value,
        on_behalf,
        made.id,
    )
    if made.version == 1:
        ledger.execute(
            "UPDATE expected_returns SET first_received_on = ? WHERE id = ?",
            received_on.isoformat(),
            made.expected_return_id,
        )


def put_feedback(
    ledger: Ledger, entry: Entry, return_id: str, parts: FeedbackParts, *, at: datetime
) -> str:
    """Write an entry's text into a version, index it and recount what is covered; its id.

    Text already in that version is replaced; an older version's text stays with that version.
    """
    columns = (*parts.texts, parts.completion, at.isoformat(), parts.row_hash)
    known = ledger.value(
        "SELECT id FROM feedback WHERE return_id = ? AND expected_entry_id = ?", return_id, entry.id
    )
    feedback_id = known or new_id()
    if known:
        ledger.execute(
            "UPDATE feedback SET progress = ?, results = ?, problems = ?, next_steps = ?,"
            " completion = ?, saved_at = ?, row_hash = ? WHERE id = ?",
            *columns,
            known,
        )
    else:
        ledger.execute(
            "INSERT INTO feedback (progress, results, problems, next_steps, completion, saved_at,"
            " row_hash, id, return_id, expected_entry_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *columns,
            feedback_id,
            return_id,
            entry.id,
        )
    _point_entry(ledger, entry, feedback_id, parts)
    return str(feedback_id)


def _point_entry(
    ledger: Ledger, entry: Entry, feedback_id: str | None, parts: FeedbackParts
) -> None:
    """Point the entry to its feedback; a row that stays as it is gets no new seal and stamps."""
    covered = not parts.blank
    ledger.execute(
        "UPDATE expected_entries SET feedback_id = ?1, covered = ?2"
        " WHERE id = ?3 AND (feedback_id IS NOT ?1 OR covered <> ?2)",
        feedback_id,
        covered,
        entry.id,
    )
    if covered != entry.covered:
        ledger.execute(
            "UPDATE expected_returns SET covered = covered + ? WHERE id = ?",
            1 if covered else -1,
            entry.expected_return_id,
        )
    search.put(ledger, "feedback", entry.id, old=search_text(entry.parts), new=search_text(parts))


def search_text(parts: FeedbackParts) -> str:
    """What the search index holds of a feedback: its texts one under the other, '' when blank."""
    return "\n".join(text for text in parts.texts if text)


def set_state(
    ledger: Ledger, expected_return_id: str, state: ReturnState, *, resubmit_by: date | None
) -> None:
    """Set the state of a return and of its entries."""
    ledger.execute(
        "UPDATE expected_returns SET state = ?, resubmit_by = ? WHERE id = ?",
        state.value,
        resubmit_by.isoformat() if resubmit_by else None,
        expected_return_id,
    )
    ledger.execute(
        "UPDATE expected_entries SET state = ? WHERE expected_return_id = ?",
        state.value,
        expected_return_id,
    )


def add_review(
    ledger: Ledger,
    return_id: str,
    state: ReturnState,
    *,
    reason: str,
    due_on: date | None,
    reviewer: str,
    at: datetime,
) -> None:
    """Keep who decided what about a version, and when."""
    ledger.insert(
        "reviews",
        id=new_id(),
        return_id=return_id,
        decision=state.value,
        reason=reason,
        due_on=due_on.isoformat() if due_on else None,
        reviewer=reviewer,
        reviewed_at=at.isoformat(),
    )


@dataclass(frozen=True)
class SavePoint:
    """An entry and its return as they stood before a save, so that the save can be taken back.

    saved_at: when the entry's text of then was saved, None where there was none.
    """

    entry: Entry
    expected: ExpectedReturn
    current: Return | None
    saved_at: datetime | None


def save_point(ledger: Ledger, entry: Entry, expected: ExpectedReturn) -> SavePoint:
    """What take_back needs to know, read before the save."""
    saved_at = ledger.value("SELECT saved_at FROM feedback WHERE id = ?", entry.feedback_id)
    return SavePoint(
        entry,
        expected,
        current_return(ledger, expected),
        datetime.fromisoformat(saved_at) if saved_at else None,
    )


def reviewed(ledger: Ledger, return_id: str | None) -> bool:
    """Whether anybody has decided on that version."""
    return ledger.value("SELECT 1 FROM reviews WHERE return_id = ?", return_id) is not None


def take_back(ledger: Ledger, before: SavePoint, now: Entry) -> None:
    """Put an entry and its return back as they stood; what the save itself added is removed.

    Only rows that the save made can go: the audit line of the save keeps their text.
    """
    entry, expected = before.entry, before.expected
    if before.current and before.saved_at and entry.feedback_id == now.feedback_id:
        put_feedback(ledger, now, before.current.id, entry.parts, at=before.saved_at)
    else:
        _point_entry(ledger, now, entry.feedback_id, entry.parts)
        ledger.execute("DELETE FROM feedback WHERE id = ?", now.feedback_id)
    ledger.execute(
        "UPDATE expected_returns SET return_id = ?, version = ?, first_received_on = ?"
        " WHERE id = ?",
        expected.return_id,
        expected.version,
        expected.first_received_on.isoformat() if expected.first_received_on else None,
        expected.id,
    )
    set_state(ledger, expected.id, expected.state, resubmit_by=expected.resubmit_by)
    if before.current:
        correct_receipt(
            ledger,
            before.current,
            received_on=before.current.received_on,
            channel=before.current.channel,
            on_behalf=before.current.on_behalf,
        )
    ledger.execute(
        "DELETE FROM returns WHERE expected_return_id = ? AND version > ?",
        expected.id,
        expected.version,
    )
