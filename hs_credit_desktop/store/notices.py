"""Notices with their pillars, measures, responsibilities, doubts and rounds."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hs_credit_desktop.domain.notice import (
    Contact,
    Deadline,
    Doubt,
    DoubtKind,
    Measure,
    Notice,
    OpenDoubt,
    Pillar,
    Place,
    Responsibility,
    Role,
)
from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.store.ledger import Ledger


@dataclass(frozen=True)
class NoticeSource:
    """The paper itself: file name, SHA-256 of the file, and its text with line numbers kept."""

    name: str
    sha256: str
    text: str


def add_notice(ledger: Ledger, notice: Notice, source: NoticeSource, *, at: datetime) -> None:
    """Add the head of a notice; the newest has the highest ordinal."""
    ledger.insert(
        "notices",
        id=notice.id,
        title=notice.title,
        doc_number=notice.doc_number,
        issued_on=_day(notice.issued_on),
        issuer=notice.issuer,
        addressees=notice.addressees,
        contact_name=notice.contact.name,
        contact_phone=notice.contact.phone,
        contact_mailbox=notice.contact.mailbox,
        source_name=source.name,
        source_sha256=source.sha256,
        source_text=source.text,
        created_at=at.isoformat(),
        ordinal=int(ledger.value("SELECT count(*) FROM notices")) + 1,
    )


def notices(ledger: Ledger) -> tuple[Notice, ...]:
    """All notices, newest first."""
    return tuple(
        Notice(
            id=row["id"],
            title=row["title"],
            doc_number=row["doc_number"],
            issued_on=_date(row["issued_on"]),
            issuer=row["issuer"],
            addressees=row["addressees"],
            contact=Contact(row["contact_name"], row["contact_phone"], row["contact_mailbox"]),
        )
        for row in ledger.query("SELECT * FROM notices ORDER BY ordinal DESC")
    )


def source_of(ledger: Ledger, notice_id: str) -> NoticeSource:
    """The paper a notice was read from."""
    [row] = ledger.query(
        "SELECT source_name, source_sha256, source_text FROM notices WHERE id = ?", notice_id
    )
    return NoticeSource(*row)


def add_pillars(ledger: Ledger, notice_id: str, pillars: Sequence[Pillar]) -> None:
    """Add the tree of a notice in printed order."""
    places = enumerate(measure for pillar in pillars for measure in pillar.measures)
    ledger.insert_many(
        "pillars",
        ("id", "notice_id", "number", "title", "ordinal"),
        [(item.id, notice_id, item.number, item.title, at) for at, item in enumerate(pillars)],
    )
    for ordinal, measure in places:
        _add_measure(ledger, notice_id, measure, ordinal)


def _add_measure(ledger: Ledger, notice_id: str, measure: Measure, ordinal: int) -> None:
    deadline = measure.deadline or Deadline("")
    ledger.insert(
        "measures",
        id=measure.id,
        notice_id=notice_id,
        pillar_id=measure.pillar_id,
        number=measure.number,
        title=measure.title,
        heading=measure.heading,
        body=measure.body,
        deadline_printed=deadline.printed or None,
        deadline_due_on=_day(deadline.due_on),
        place_line=measure.place.line,
        place_start=measure.place.start,
        place_end=measure.place.end,
        place_sha256=measure.place.sha256,
        ordinal=ordinal,
    )
    ledger.insert_many(
        "responsibilities",
        (
            "id",
            "measure_id",
            "unit_id",
            "group_id",
            "printed",
            "role",
            "suggested",
            "ordinal",
        ),
        [
            (
                item.id,
                measure.id,
                item.unit_id,
                item.group_id,
                item.printed,
                item.role.value,
                item.suggested,
                item.ordinal,
            )
            for item in measure.responsibilities
        ],
    )


def tree(ledger: Ledger, notice_id: str) -> tuple[Pillar, ...]:
    """Pillars with measures with responsibilities, active ones, in printed order."""
    shares: dict[str, list[Responsibility]] = {}
    for row in ledger.query(
        "SELECT r.* FROM measures m JOIN responsibilities r ON r.measure_id = m.id"
        " WHERE m.notice_id = ? AND r.deactivated_at IS NULL ORDER BY r.measure_id, r.ordinal",
        notice_id,
    ):
        shares.setdefault(row["measure_id"], []).append(
            Responsibility(
                id=row["id"],
                measure_id=row["measure_id"],
                unit_id=row["unit_id"],
                group_id=row["group_id"],
                printed=row["printed"],
                role=Role(row["role"]),
                suggested=bool(row["suggested"]),
                ordinal=row["ordinal"],
            )
        )
    measures: dict[str, list[Measure]] = {}
    for row in ledger.query(
        "SELECT * FROM measures WHERE notice_id = ? AND deactivated_at IS NULL ORDER BY ordinal",
        notice_id,
    ):
        printed = row["deadline_printed"]
        measures.setdefault(row["pillar_id"], []).append(
            Measure(
                id=row["id"],
                pillar_id=row["pillar_id"],
                number=row["number"],
                title=row["title"],
                heading=row["heading"],
                body=row["body"],
                deadline=Deadline(printed, _date(row["deadline_due_on"])) if printed else None,
                place=Place(
                    row["place_line"], row["place_start"], row["place_end"], row["place_sha256"]
                ),
                responsibilities=tuple(shares.get(row["id"], ())),
                ordinal=row["ordinal"],
            )
        )
    return tuple(
        Pillar(row["id"], row["number"], row["title"], tuple(measures.get(row["id"], ())))
        for row in ledger.query(
            "SELECT * FROM pillars WHERE notice_id = ? AND deactivated_at IS NULL ORDER BY ordinal",
            notice_id,
        )
    )


def add_doubts(ledger: Ledger, notice_id: str, doubts: Sequence[OpenDoubt]) -> None:
    """Keep the doubts of a notice, open until answered."""
    ledger.insert_many(
        "doubts",
        (
            *("id", "notice_id", "measure_id", "kind", "place"),
            *("line", "text", "choices", "answer", "ordinal"),
        ),
        [
            (
                item.id,
                notice_id,
                item.measure_id,
                item.doubt.kind.value,
                item.doubt.where,
                item.doubt.line,
                item.doubt.text,
                json.dumps(item.doubt.choices, ensure_ascii=False),
                item.answer,
                ordinal,
            )
            for ordinal, item in enumerate(doubts)
        ],
    )


def open_doubts(ledger: Ledger, notice_id: str) -> tuple[OpenDoubt, ...]:
    """The doubts nobody has answered yet, in the order of the paper."""
    rows = ledger.query(
        "SELECT * FROM doubts WHERE notice_id = ? AND answer IS NULL ORDER BY ordinal", notice_id
    )
    return tuple(
        OpenDoubt(
            row["id"],
            Doubt(
                DoubtKind(row["kind"]),
                row["place"],
                row["line"],
                row["text"],
                tuple(json.loads(row["choices"])),
            ),
            row["measure_id"],
        )
        for row in rows
    )


def add_rounds(ledger: Ledger, rounds: Sequence[Round]) -> None:
    """Add the rounds of a notice."""
    ledger.insert_many(
        "rounds",
        ("id", "notice_id", "number", "name", "due_on", "state"),
        [
            (item.id, item.notice_id, item.number, item.name, _day(item.due_on), item.state.value)
            for item in rounds
        ],
    )


def rounds(ledger: Ledger, notice_id: str) -> tuple[Round, ...]:
    """The rounds of a notice by number."""
    rows = ledger.query("SELECT * FROM rounds WHERE notice_id = ? ORDER BY number", notice_id)
    return tuple(
        Round(
            row["id"],
            row["notice_id"],
            row["number"],
            row["name"],
            date.fromisoformat(row["due_on"]),
            RoundState(row["state"]),
        )
        for row in rows
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
