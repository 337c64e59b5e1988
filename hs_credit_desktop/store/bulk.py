"""Many returns in one go, for practice ledgers at scale: the same rows that single saves make."""

from collections.abc import Sequence
from datetime import date, datetime

from hs_credit_desktop.domain.returns import Channel, FeedbackParts, ReturnState
from hs_credit_desktop.store import search, units
from hs_credit_desktop.store.ledger import Ledger, new_id
from hs_credit_desktop.store.returns import search_text
from hs_credit_desktop.store.rounds import Share, add_expected


def add_returns(
    ledger: Ledger,
    round_id: str,
    batch: Sequence[Sequence[tuple[Share, FeedbackParts]]],
    *,
    received_on: date,
    state: ReturnState,
    at: datetime,
) -> None:
    """Add new units, each with its expected return, one version and its feedback."""
    for rows in batch:
        unit = rows[0][0].unit
        units.add_unit(ledger, unit)
        search.put(ledger, "unit", unit.id, old="", new=unit.search_text)
    ids = add_expected(ledger, round_id, [share for rows in batch for share, _ in rows])
    for rows in batch:
        _add_return(ledger, ids, rows, received_on=received_on, state=state, at=at)


def _add_return(
    ledger: Ledger,
    ids: dict[tuple[str, str], tuple[str, str]],
    rows: Sequence[tuple[Share, FeedbackParts]],
    *,
    received_on: date,
    state: ReturnState,
    at: datetime,
) -> None:
    expected_id, return_id, when = ids[_key(rows[0][0])][0], new_id(), at.isoformat()
    ledger.insert(
        "returns",
        id=return_id,
        expected_return_id=expected_id,
        version=1,
        received_on=received_on.isoformat(),
        channel=Channel.MAIL.value,
        recorded_at=when,
    )
    feedback = [(new_id(), ids[_key(share)][1], parts) for share, parts in rows]
    ledger.insert_many(
        "feedback",
        (
            "id",
            "return_id",
            "expected_entry_id",
            "progress",
            "results",
            "problems",
            "next_steps",
            "completion",
            "saved_at",
            "row_hash",
        ),
        [
            (key, return_id, entry_id, *parts.texts, parts.completion, when, parts.row_hash)
            for key, entry_id, parts in feedback
        ],
    )
    ledger.connection.executemany(
        "UPDATE expected_entries SET feedback_id = ?, covered = 1, state = ? WHERE id = ?",
        [(key, state.value, entry_id) for key, entry_id, _ in feedback],
    )
    ledger.execute(
        "UPDATE expected_returns SET return_id = ?, version = 1, state = ?, covered = ?,"
        " first_received_on = ? WHERE id = ?",
        return_id,
        state.value,
        len(rows),
        received_on.isoformat(),
        expected_id,
    )
    for _, entry_id, parts in feedback:
        search.put(ledger, "feedback", entry_id, old="", new=search_text(parts))


def _key(share: Share) -> tuple[str, str]:
    return share.unit.id, share.measure.id
