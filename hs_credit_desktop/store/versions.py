"""Versions of a return and who decided what about each."""

from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.returns import Completion, FeedbackParts, ReturnState
from hs_credit_desktop.store.ledger import Ledger


@dataclass(frozen=True)
class Version:
    """One version: when it came, who filled it in, and the original file if there is one."""

    id: str
    version: int
    received_on: date
    channel: str
    filled_by: str
    phone: str
    checked_by: str
    original_name: str | None
    original_sha256: str | None
    sender: str | None


@dataclass(frozen=True)
class ReviewLine:
    """One decision about a version."""

    version: int
    decision: ReturnState
    reason: str
    due_on: date | None
    reviewer: str
    reviewed_at: str


def versions(ledger: Ledger, expected_return_id: str) -> tuple[Version, ...]:
    """All versions of a return, oldest first."""
    rows = ledger.query(
        "SELECT r.id, r.version, r.received_on, r.channel, r.filled_by, r.phone, r.checked_by,"
        " a.name, a.sha256, a.sender FROM returns r"
        " LEFT JOIN attachments a ON a.return_id = r.id AND a.deactivated_at IS NULL"
        " WHERE r.expected_return_id = ? AND r.withdrawn_at IS NULL ORDER BY r.version, a.rowid",
        expected_return_id,
    )
    found: dict[str, Version] = {}
    for row in rows:
        found.setdefault(
            row["id"],
            Version(
                row["id"],
                row["version"],
                date.fromisoformat(row["received_on"]),
                row["channel"],
                row["filled_by"],
                row["phone"],
                row["checked_by"],
                row["name"],
                row["sha256"],
                row["sender"],
            ),
        )
    return tuple(found.values())


def reviews(ledger: Ledger, expected_return_id: str) -> tuple[ReviewLine, ...]:
    """All decisions about a return, oldest first."""
    rows = ledger.query(
        "SELECT r.version, v.* FROM reviews v JOIN returns r ON r.id = v.return_id"
        " WHERE r.expected_return_id = ? ORDER BY v.reviewed_at, v.rowid",
        expected_return_id,
    )
    return tuple(
        ReviewLine(
            row["version"],
            ReturnState(row["decision"]),
            row["reason"],
            date.fromisoformat(row["due_on"]) if row["due_on"] else None,
            row["reviewer"],
            row["reviewed_at"],
        )
        for row in rows
    )


def earlier_parts(
    ledger: Ledger, expected_return_id: str, before_version: int
) -> dict[str, FeedbackParts]:
    """Expected entry id → what stood in it before `before_version` came."""
    rows = ledger.query(
        "SELECT f.* FROM feedback f JOIN returns r ON r.id = f.return_id"
        " WHERE r.expected_return_id = ? AND r.version < ? AND r.withdrawn_at IS NULL"
        " ORDER BY r.version",
        expected_return_id,
        before_version,
    )
    return {
        row["expected_entry_id"]: FeedbackParts(
            row["progress"],
            row["results"],
            row["problems"],
            row["next_steps"],
            Completion(row["completion"]) if row["completion"] else None,
        )
        for row in rows
    }
