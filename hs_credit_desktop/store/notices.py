"""Notices with their pillars, measures, responsibilities, doubts and rounds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Row

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
        add_measure(ledger, notice_id, measure, ordinal)


def add_measure(ledger: Ledger, notice_id: str, measure: Measure, ordinal: int) -> None:
    """Add a measure with its responsibilities at a place of the notice."""
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
        previous_id=measure.previous_id,
    )
    add_responsibilities(ledger, measure.responsibilities)


def add_responsibilities(ledger: Ledger, duties: Sequence[Responsibility]) -> None:
    """Add units or groups to measures."""
    ledger.insert_many(
        "responsibilities",
        ("id", "measure_id", "unit_id", "group_id", "printed", "role", "suggested", "ordinal"),
        [
            (
                item.id,
                item.measure_id,
                item.unit_id,
                item.group_id,
                item.printed,
                item.role.value,
                item.suggested,
                item.ordinal,
            )
            for item in duties
        ],
    )


def tree(ledger: Ledger, notice_id: str, round_id: str | None = None) -> tuple[Pillar, ...]:
    """Pillars with measures with responsibilities, active ones, in printed order.

    round_id: also what is 停用 but has entries in that round, and each measure under the pillar it
    had there, so that every entry of the round stands somewhere.
    """
    duties = _duties(ledger, notice_id)
    measures: dict[str, list[Measure]] = {}
    for row in ledger.query(
        "SELECT m.*, ifnull(t.pillar_id, m.pillar_id) AS shown_under FROM measures m LEFT JOIN"
        " (SELECT DISTINCT measure_id, pillar_id FROM entry_tallies WHERE round_id = ?"
        " AND entries > 0) AS t ON t.measure_id = m.id WHERE m.notice_id = ?"
        " AND (m.deactivated_at IS NULL OR t.measure_id IS NOT NULL) ORDER BY m.ordinal",
        round_id,
        notice_id,
    ):
        measures.setdefault(row["shown_under"], []).append(_measure(row, duties))
    rows = ledger.query("SELECT * FROM pillars WHERE notice_id = ? ORDER BY ordinal", notice_id)
    return tuple(
        _pillar(row, measures.get(row["id"], ()))
        for row in rows
        if row["deactivated_at"] is None or row["id"] in measures
    )


def everything(ledger: Ledger, notice_id: str) -> tuple[Pillar, ...]:
    """The whole tree in printed order, what is 停用 too; responsibilities are active ones."""
    duties = _duties(ledger, notice_id)
    measures: dict[str, list[Measure]] = {}
    for row in ledger.query(
        "SELECT * FROM measures WHERE notice_id = ? ORDER BY ordinal", notice_id
    ):
        measures.setdefault(row["pillar_id"], []).append(_measure(row, duties))
    rows = ledger.query("SELECT * FROM pillars WHERE notice_id = ? ORDER BY ordinal", notice_id)
    return tuple(_pillar(row, measures.get(row["id"], ())) for row in rows)


def _duties(ledger: Ledger, notice_id: str) -> dict[str, list[Responsibility]]:
    """Measure id → its active responsibilities in printed order."""
    found: dict[str, list[Responsibility]] = {}
    for row in ledger.query(
        "SELECT r.* FROM measures m JOIN responsibilities r ON r.measure_id = m.id"
        " WHERE m.notice_id = ? AND r.deactivated_at IS NULL ORDER BY r.measure_id, r.ordinal",
        notice_id,
    ):
        found.setdefault(row["measure_id"], []).append(
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
    return found


def _pillar(row: Row, measures: Sequence[Measure]) -> Pillar:
    active = row["deactivated_at"] is None
    return Pillar(row["id"], row["number"], row["title"], tuple(measures), active)


def _measure(row: Row, duties: Mapping[str, Sequence[Responsibility]]) -> Measure:
    printed = row["deadline_printed"]
    return Measure(
        id=row["id"],
        pillar_id=row["pillar_id"],
        number=row["number"],
        title=row["title"],
        heading=row["heading"],
        body=row["body"],
        deadline=Deadline(printed, _date(row["deadline_due_on"])) if printed else None,
        place=Place(row["place_line"], row["place_start"], row["place_end"], row["place_sha256"]),
        responsibilities=tuple(duties.get(row["id"], ())),
        ordinal=row["ordinal"],
        active=row["deactivated_at"] is None,
        previous_id=row["previous_id"],
    )


def add_doubts(ledger: Ledger, notice_id: str, doubts: Sequence[OpenDoubt]) -> None:
    """Keep the doubts of a notice, open until answered."""
    ledger.insert_many(
        "doubts",
        (
            *("id", "notice_id", "measure_id", "kind", "place"),
            *("line", "text", "choices", "names", "answer", "ordinal"),
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
                json.dumps(item.doubt.names, ensure_ascii=False),
                item.answer,
                ordinal,
            )
            for ordinal, item in enumerate(doubts)
        ],
    )


def open_doubts(ledger: Ledger, notice_id: str) -> tuple[OpenDoubt, ...]:
    """The doubts nobody has answered yet, in the order of the paper."""
    return tuple(item for item in doubts(ledger, notice_id) if item.answer is None)


def doubts(ledger: Ledger, notice_id: str) -> tuple[OpenDoubt, ...]:
    """All doubts of a notice with their answers, in the order of the paper."""
    rows = ledger.query("SELECT * FROM doubts WHERE notice_id = ? ORDER BY ordinal", notice_id)
    return tuple(
        OpenDoubt(
            row["id"],
            Doubt(
                DoubtKind(row["kind"]),
                row["place"],
                row["line"],
                row["text"],
                tuple(json.loads(row["choices"])),
                tuple(json.loads(row["names"] or "[]")),
            ),
            row["measure_id"],
            row["answer"],
        )
        for row in rows
    )


def set_answer(ledger: Ledger, doubt_id: str, answer: str) -> None:
    """Close a doubt with its answer."""
    ledger.execute("UPDATE doubts SET answer = ? WHERE id = ?", answer, doubt_id)


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
