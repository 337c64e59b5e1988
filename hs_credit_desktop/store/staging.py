"""The inbox: files that came in, what was read from them, what became of each."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from sqlite3 import Row
from typing import Any

from hs_credit_desktop.domain.reading import FileKind, Finding, FindingKind, Reading, ReadRow
from hs_credit_desktop.domain.recognition import How
from hs_credit_desktop.domain.returns import Completion, FeedbackParts
from hs_credit_desktop.store.ledger import Ledger, new_id


class Outcome(StrEnum):
    """What became of a file; every file is exactly one of these."""

    ACCEPTED = "accepted"
    STAGED = "staged"
    REFUSED = "refused"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        words = {"accepted": "已接收", "staged": "暂存", "refused": "拒收", "other": "其他"}
        return words[self.value]


class Proposal(StrEnum):
    """What the program proposes for a staged file."""

    ACCEPT = "accept"
    ASK = "ask"
    REFUSE = "refuse"
    OTHER = "other"


@dataclass(frozen=True)
class StagedItem:
    """One file of the inbox.

    assigned: the measure's number of each row (each paragraph where there are no rows), or None.
    """

    id: str
    batch_id: str
    ordinal: int
    round_id: str
    name: str
    source: str
    sender: str
    subject: str
    sha256: str | None
    outcome: Outcome
    proposal: Proposal
    how: How | None
    why: str
    expected_return_id: str | None
    received_on: date | None
    received_at: str | None
    reason: str
    reading: Reading
    assigned: tuple[int | None, ...]
    findings: tuple[Finding, ...]
    staged_at: str
    return_id: str | None = None
    decided_at: str | None = None


def add_items(ledger: Ledger, items: Iterable[StagedItem]) -> None:
    """Write new items inside the open transaction."""
    rows = [_columns(item) for item in items]
    if rows:
        ledger.insert_many("staged_items", tuple(rows[0]), [tuple(row.values()) for row in rows])


def save(ledger: Ledger, item: StagedItem) -> None:
    """Write an item back inside the open transaction."""
    columns = _columns(item)
    key = columns.pop("id")
    names = ", ".join(f"{name} = ?" for name in columns)
    ledger.execute(f"UPDATE staged_items SET {names} WHERE id = ?", *columns.values(), key)


def _columns(item: StagedItem) -> dict[str, object]:
    return {
        "id": item.id,
        "batch_id": item.batch_id,
        "ordinal": item.ordinal,
        "round_id": item.round_id,
        "name": item.name,
        "source": item.source,
        "sender": item.sender,
        "subject": item.subject,
        "sha256": item.sha256,
        "outcome": item.outcome.value,
        "proposal": item.proposal.value,
        "how": item.how.value if item.how else None,
        "why": item.why,
        "expected_return_id": item.expected_return_id,
        "received_on": item.received_on.isoformat() if item.received_on else None,
        "received_at": item.received_at,
        "reason": item.reason,
        "reading": json.dumps(_plain(item.reading), ensure_ascii=False),
        "assigned": json.dumps(item.assigned),
        "findings": json.dumps([vars(found) for found in item.findings], ensure_ascii=False),
        "return_id": item.return_id,
        "staged_at": item.staged_at,
        "decided_at": item.decided_at,
    }


def _plain(reading: Reading) -> dict[str, object]:
    """A reading as JSON holds it; dataclasses.asdict takes five times as long over a pile."""
    return vars(reading) | {
        "rows": [vars(row) | {"parts": vars(row.parts)} for row in reading.rows],
        "findings": [vars(found) for found in reading.findings],
    }


@dataclass(frozen=True)
class ItemQuery:
    """Which items: of a round, a batch, an outcome; all when nothing is said."""

    round_id: str | None = None
    batch_id: str | None = None
    outcome: Outcome | None = None
    sha256: str | None = None
    expected_return_id: str | None = None


def items(ledger: Ledger, query: ItemQuery | None = None) -> tuple[StagedItem, ...]:
    """Items in the order they came."""
    said = {key: value for key, value in vars(query or ItemQuery()).items() if value is not None}
    where = " AND ".join(f"{key} = :{key}" for key in said) or "1"
    rows = ledger.connection.execute(
        f"SELECT * FROM staged_items WHERE {where} ORDER BY staged_at, batch_id, ordinal", said
    )
    return tuple(_item(row) for row in rows)


def item(ledger: Ledger, item_id: str) -> StagedItem:
    """One item."""
    [row] = ledger.query("SELECT * FROM staged_items WHERE id = ?", item_id)
    return _item(row)


def _item(row: Row) -> StagedItem:
    return StagedItem(
        id=row["id"],
        batch_id=row["batch_id"],
        ordinal=row["ordinal"],
        round_id=row["round_id"],
        name=row["name"],
        source=row["source"],
        sender=row["sender"],
        subject=row["subject"],
        sha256=row["sha256"],
        outcome=Outcome(row["outcome"]),
        proposal=Proposal(row["proposal"]),
        how=How(row["how"]) if row["how"] else None,
        why=row["why"],
        expected_return_id=row["expected_return_id"],
        received_on=date.fromisoformat(row["received_on"]) if row["received_on"] else None,
        received_at=row["received_at"],
        reason=row["reason"],
        reading=_reading(json.loads(row["reading"])),
        assigned=tuple(json.loads(row["assigned"])),
        findings=_findings(json.loads(row["findings"])),
        staged_at=row["staged_at"],
        return_id=row["return_id"],
        decided_at=row["decided_at"],
    )


def _findings(rows: Sequence[dict[str, str]]) -> tuple[Finding, ...]:
    return tuple(Finding(FindingKind(row["kind"]), row["where"], row["text"]) for row in rows)


def _reading(said: dict[str, Any]) -> Reading:
    """What `_columns` wrote of a reading; built at once, for a tray of hundreds is read whole."""
    return Reading(
        **said
        | {
            "kind": FileKind(said["kind"]),
            "rows": tuple(_row(row) for row in said["rows"]),
            "paragraphs": tuple(said["paragraphs"]),
            "codes": tuple((place, words) for place, words in said["codes"]),
            "findings": _findings(said["findings"]),
        }
    )


def _row(said: dict[str, Any]) -> ReadRow:
    parts = said["parts"]
    completion = Completion(parts["completion"]) if parts["completion"] else None
    return ReadRow(**said | {"parts": FeedbackParts(**parts | {"completion": completion})})


def known_files(ledger: Ledger) -> dict[str, StagedItem]:
    """SHA-256 → the first item that brought it, of those accepted or still waiting."""
    found: dict[str, StagedItem] = {}
    for outcome in (Outcome.ACCEPTED, Outcome.STAGED):
        for known in items(ledger, ItemQuery(outcome=outcome)):
            found.setdefault(known.sha256 or "", known)
    return found


def measures_by_return(ledger: Ledger, round_id: str) -> dict[str, set[int]]:
    """Expected return id → the numbers of its measures; the texts of a round are not read."""
    found: dict[str, set[int]] = {}
    rows = ledger.query(
        "SELECT e.expected_return_id, m.number FROM expected_entries e"
        " JOIN measures m ON m.id = e.measure_id WHERE e.round_id = ?",
        round_id,
    )
    for place, number in rows:
        found.setdefault(place, set()).add(number)
    return found


def attach_original(ledger: Ledger, item: StagedItem, return_id: str, *, at: datetime) -> None:
    """Note the kept file as the original of a version, with its sender and time."""
    ledger.insert(
        "attachments",
        id=new_id(),
        sha256=item.sha256,
        return_id=return_id,
        name=item.name,
        sender=item.sender or None,
        received_at=item.received_at or at.isoformat(),
    )


def set_signers(ledger: Ledger, return_id: str, reading: Reading) -> None:
    """Keep who filled in a version, the phone and who checked it."""
    ledger.execute(
        "UPDATE returns SET filled_by = ?, phone = ?, checked_by = ? WHERE id = ?",
        reading.filled_by,
        reading.phone,
        reading.checked_by,
        return_id,
    )
