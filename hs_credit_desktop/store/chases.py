"""The chase log and the contacts of units."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from sqlite3 import Row

from hs_credit_desktop.domain.chasing import Chase, ChaseKind, ChaseLevel, Contact, UnitRecord
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.store.ledger import Ledger, new_id


def add(ledger: Ledger, chase: Chase) -> None:
    """Log an attempt and count it."""
    ledger.insert(
        "chases",
        id=chase.id,
        expected_return_id=chase.expected_return_id,
        kind=chase.kind.value,
        level=chase.level.value,
        caller=chase.caller,
        answered_by=chase.answered_by,
        promise=chase.promise,
        promised_by=chase.promised_by.isoformat() if chase.promised_by else None,
        chased_at=chase.chased_at.isoformat(),
    )
    ledger.execute(
        "UPDATE expected_returns SET chases = chases + 1 WHERE id = ?", chase.expected_return_id
    )


def of_round(ledger: Ledger, round_id: str, state: ReturnState) -> dict[str, tuple[Chase, ...]]:
    """Expected return id → attempts, oldest first, of the round's returns in that state."""
    return _by_return(
        ledger.query(
            "SELECT c.* FROM expected_returns r JOIN chases c ON c.expected_return_id = r.id"
            " WHERE r.round_id = ? AND r.state = ? ORDER BY c.chased_at, c.rowid",
            round_id,
            state.value,
        )
    )


def of_return(ledger: Ledger, expected_return_id: str) -> tuple[Chase, ...]:
    """The attempts at one unit in a round, oldest first."""
    rows = ledger.query(
        "SELECT * FROM chases WHERE expected_return_id = ? ORDER BY chased_at, rowid",
        expected_return_id,
    )
    return tuple(map(_chase, rows))


def _by_return(rows: Iterable[Row]) -> dict[str, tuple[Chase, ...]]:
    found: dict[str, tuple[Chase, ...]] = {}
    for row in rows:
        key = row["expected_return_id"]
        found[key] = (*found.get(key, ()), _chase(row))
    return found


def _chase(row: Row) -> Chase:
    return Chase(
        row["id"],
        row["expected_return_id"],
        ChaseKind(row["kind"]),
        ChaseLevel(row["level"]),
        row["caller"],
        datetime.fromisoformat(row["chased_at"]),
        row["answered_by"],
        row["promise"],
        date.fromisoformat(row["promised_by"]) if row["promised_by"] else None,
    )


def add_contact(ledger: Ledger, contact: Contact) -> None:
    """Add a contact of a unit."""
    ledger.insert(
        "unit_contacts",
        id=contact.id,
        unit_id=contact.unit_id,
        name=contact.name,
        phone=contact.phone,
        mailbox=contact.mailbox,
        note=contact.note,
        since=contact.since.isoformat(),
    )


def new_contact(
    unit_id: str, *, name: str, phone: str, mailbox: str, note: str, since: date
) -> Contact:
    """A contact that is not in the ledger yet."""
    return Contact(new_id(), unit_id, name, phone, mailbox, note, since)


def deactivate_contact(ledger: Ledger, contact_id: str, *, at: datetime) -> None:
    """The contact left; it stays in the history."""
    ledger.execute(
        "UPDATE unit_contacts SET deactivated_at = ? WHERE id = ?", at.isoformat(), contact_id
    )


def contacts(ledger: Ledger) -> dict[str, tuple[Contact, ...]]:
    """Unit id → its active contacts, the newest first."""
    found: dict[str, tuple[Contact, ...]] = {}
    for row in ledger.query(
        "SELECT * FROM unit_contacts WHERE deactivated_at IS NULL ORDER BY since DESC, rowid DESC"
    ):
        contact = _contact(row)
        found[contact.unit_id] = (*found.get(contact.unit_id, ()), contact)
    return found


def all_contacts(ledger: Ledger, unit_id: str) -> tuple[Contact, ...]:
    """Everyone a unit named, the newest first, those who left last."""
    rows = ledger.query(
        "SELECT * FROM unit_contacts WHERE unit_id = ?"
        " ORDER BY deactivated_at IS NOT NULL, since DESC, rowid DESC",
        unit_id,
    )
    return tuple(_contact(row) for row in rows)


def _contact(row: Row) -> Contact:
    return Contact(
        row["id"],
        row["unit_id"],
        row["name"],
        row["phone"],
        row["mailbox"],
        row["note"],
        date.fromisoformat(row["since"]),
        row["deactivated_at"] is None,
    )


def last_reasons(ledger: Ledger, round_id: str) -> dict[str, str]:
    """Return that is sent back (its expected id) → the last reason given."""
    rows = ledger.query(
        "SELECT r.id, v.reason FROM expected_returns r JOIN reviews v ON v.return_id = r.return_id"
        " WHERE r.round_id = ? AND r.state = 'sent_back' AND v.decision = 'sent_back'"
        " ORDER BY v.reviewed_at, v.rowid",
        round_id,
    )
    return {row["id"]: row["reason"] for row in rows}


def last_reason(ledger: Ledger, return_id: str | None) -> str:
    """Why a version was sent back last, '' when it was not."""
    found = ledger.value(
        "SELECT reason FROM reviews WHERE return_id = ? AND decision = 'sent_back'"
        " ORDER BY reviewed_at DESC, rowid DESC",
        return_id,
    )
    return str(found or "")


def promises_due(ledger: Ledger, round_id: str, today: date) -> list[str]:
    """Expected ids of the returns that are owed although the day promised last has come.

    Those that are missing come first, each in official order.
    """
    rows = ledger.query(
        "SELECT r.id FROM expected_returns r WHERE r.round_id = ? AND r.exempt_reason IS NULL"
        " AND r.state IN ('missing', 'sent_back') AND r.chases > 0"
        " AND (SELECT c.promised_by FROM chases c WHERE c.expected_return_id = r.id"
        " AND c.promised_by IS NOT NULL ORDER BY c.chased_at DESC, c.rowid DESC LIMIT 1) <= ?"
        " ORDER BY r.state = 'sent_back', r.ordinal",
        round_id,
        today.isoformat(),
    )
    return [row["id"] for row in rows]


def records(
    ledger: Ledger, today: date, round_ids: Sequence[str] | None = None
) -> tuple[UnitRecord, ...]:
    """Every unit over the rounds (None: all), in official order; exempt ones are not counted."""
    rows = ledger.query(
        """SELECT u.id, u.canonical_name, count(*) AS expected,
        sum(r.first_received_on <= o.due_on) AS on_time,
        sum(r.first_received_on > o.due_on) AS late,
        sum(r.first_received_on IS NULL AND o.due_on < ?) AS missing,
        sum((SELECT count(*) FROM returns t JOIN reviews v ON v.return_id = t.id
          WHERE t.expected_return_id = r.id AND v.decision = 'sent_back')) AS sent_back,
        sum(r.chases) AS chased
        FROM expected_returns r JOIN rounds o ON o.id = r.round_id JOIN units u ON u.id = r.unit_id
        WHERE r.exempt_reason IS NULL
        AND (? IS NULL OR r.round_id IN (SELECT value FROM json_each(?)))
        GROUP BY u.id ORDER BY u.ordinal""",
        today.isoformat(),
        *(2 * [None if round_ids is None else json.dumps(list(round_ids))]),
    )
    return tuple(
        UnitRecord(
            row["id"],
            row["canonical_name"],
            row["expected"],
            row["on_time"] or 0,
            row["late"] or 0,
            row["missing"],
            row["sent_back"],
            row["chased"],
        )
        for row in rows
    )
