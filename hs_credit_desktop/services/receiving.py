"""Taking in what units send: read every file, recognise it, and lay it in the inbox.

Reading touches no ledger and may run on a worker; staging is one transaction, so that a stopped or
killed program has staged all of a pile or none of it. Nothing here counts as reported.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from hs_credit_desktop.domain.matching import MeasureText, match_row, offer
from hs_credit_desktop.domain.reading import FileKind, Finding, FindingKind, Reading
from hs_credit_desktop.domain.recognition import (
    Candidate,
    Hints,
    Recognition,
    Register,
    recognise,
)
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.files.incoming import Incoming, open_all
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import codes, files, notices, staging, units
from hs_credit_desktop.store.ledger import new_id
from hs_credit_desktop.store.staging import Outcome, Proposal, StagedItem

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class ReadFile:
    """One single file with what was read from it."""

    file: Incoming
    reading: Reading


@dataclass(frozen=True)
class Inbound:
    """A pile as read: its single files, and names that were set aside."""

    files: tuple[ReadFile, ...]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class Batch:
    """What one drop brought into the inbox."""

    id: str
    items: tuple[StagedItem, ...]
    ignored: tuple[str, ...]


def read_files(
    paths: Sequence[Path], progress: Progress = lambda _done, _total, _label: None
) -> Inbound:
    """Read files, folders, zips and mails; no ledger is touched. progress may raise to stop."""
    opened = open_all(paths, progress)
    found = []
    for done, file in enumerate(opened.files, 1):
        progress(done, len(opened.files), file.name)
        found.append(ReadFile(file, _read(file)))
    return Inbound(tuple(found), tuple(opened.ignored))


def _read(file: Incoming) -> Reading:
    from hs_credit_desktop.files.read_return import read_return, read_text

    if file.refusal:
        refused = Finding(FindingKind.UNREADABLE, file.name, file.refusal)
        return Reading(FileKind.UNREADABLE, findings=(refused,))
    if file.mail_text is not None:
        return read_text(file.mail_text, FileKind.MAIL)
    return read_return(file.name, file.data, file.content)


def read_pasted(text: str) -> Inbound:
    """Read a text the clerk pasted, such as an answer from a chat."""
    from hs_credit_desktop.files.read_return import read_text

    return Inbound((ReadFile(Incoming("粘贴的文字.txt", text.encode()), read_text(text)),))


@dataclass(frozen=True)
class Tray:
    """What recognising needs, taken from the ledger before a worker begins."""

    folder: DataFolder
    register: Register
    round: Round
    received_on: date


@dataclass(frozen=True)
class Recognised:
    """A pile whose originals are kept and whose files are recognised; sizes: bytes of each."""

    round: Round
    items: tuple[StagedItem, ...]
    sizes: tuple[int, ...]
    ignored: tuple[str, ...]


def stage(
    ws: Workspace, inbound: Inbound, round_: Round, *, received_on: date | None = None
) -> Batch:
    """Lay a pile in the inbox of a round; originals are kept unmodified. One transaction.

    received_on: the day for files that did not come in a mail; default: today.
    """
    return lay_down(ws, recognise_all(tray_of(ws, round_, received_on), inbound))


def tray_of(ws: Workspace, round_: Round, received_on: date | None = None) -> Tray:
    """Everything that `recognise_all` needs of the ledger."""
    return Tray(ws.folder, register_of(ws, round_), round_, received_on or ws.today)


def recognise_all(
    tray: Tray, inbound: Inbound, progress: Progress = lambda _done, _total, _label: None
) -> Recognised:
    """Keep the originals and say whose each file is; no ledger is touched, so on a worker.

    progress may raise to stop: then nothing is in the inbox, kept originals do no harm.
    """
    items = []
    with files.Writing(tray.folder) as originals:
        for done, read in enumerate(inbound.files, 1):
            progress(done, len(inbound.files), read.file.name)
            sha256 = originals.keep(read.file.data) if read.file.data else None
            items.append(replace(_item(read, tray), ordinal=done, sha256=sha256))
    sizes = tuple(len(read.file.data) for read in inbound.files)
    return Recognised(tray.round, tuple(items), sizes, inbound.ignored)


def lay_down(ws: Workspace, pile: Recognised) -> Batch:
    """Write a recognised pile into the inbox of its round: all of it or nothing."""
    batch_id, now = new_id(), ws.clock.now()
    made: list[StagedItem] = []
    with ws.change("收件", pile.round.name, {"files": [item.name for item in pile.items]}):
        known = staging.known_files(ws.ledger)
        for size, item in zip(pile.sizes, pile.items, strict=True):
            placed = replace(item, batch_id=batch_id, staged_at=now.isoformat())
            made.append(_unless_known(placed, known))
            if item.sha256:
                files.note(ws.ledger, item.sha256, size, at=now)
                known.setdefault(item.sha256, placed)
        staging.add_items(ws.ledger, made)
    return Batch(batch_id, tuple(made), pile.ignored)


def _unless_known(item: StagedItem, known: dict[str, StagedItem]) -> StagedItem:
    """The same bytes a second time are no second return."""
    twin = known.get(item.sha256 or "")
    if twin is None or item.outcome is not Outcome.STAGED:
        return item
    words = f"与先前收到的“{twin.name}”内容完全相同，不重复登记。"
    return replace(item, outcome=Outcome.OTHER, proposal=Proposal.OTHER, reason=words)


def _item(read: ReadFile, tray: Tray) -> StagedItem:
    file, reading = read.file, read.reading
    register, round_ = tray.register, tray.round
    hints = Hints(file.name, file.sender, file.subject, file.source)
    refused = reading.kind is FileKind.UNREADABLE
    found = Recognition(None, None, "") if refused else recognise(reading, hints, register)
    unit = place_in_round(found.candidate, register)
    return StagedItem(
        id=new_id(),
        batch_id="",
        ordinal=0,
        round_id=round_.id,
        name=file.name,
        source=file.source,
        sender=file.sender,
        subject=file.subject,
        sha256=None,
        outcome=Outcome.REFUSED if refused else Outcome.STAGED,
        proposal=Proposal.REFUSE if refused else Proposal.ASK,
        how=found.how,
        why=found.why,
        expected_return_id=unit.expected_return_id if unit else None,
        received_on=file.sent_at.date() if file.sent_at else tray.received_on,
        received_at=file.sent_at.isoformat() if file.sent_at else None,
        reason=reading.findings[0].text if refused else "",
        reading=reading,
        assigned=assign(reading, unit, register),
        findings=(
            *_round_findings(found, round_),
            *_expected_findings(found, register, round_),
            *found.findings,
            *reading.findings,
        ),
        staged_at="",
    )


def _round_findings(found: Recognition, round_: Round) -> tuple[Finding, ...]:
    """A form of another round than the one being received."""
    unit = found.candidate
    if unit is None:
        return ()
    if unit.round_id != round_.id:
        words = (
            f"这是第 {unit.round_number} 轮的反馈表，不是{round_.name}的，没有登记。"
            f"请用{round_.name}的反馈表填报。"
        )
        return (Finding(FindingKind.OTHER_ROUND, "回执码", words),)
    return ()


def _expected_findings(
    found: Recognition, register: Register, round_: Round
) -> tuple[Finding, ...]:
    unit = found.candidate
    if unit is None or place_in_round(unit, register):
        return ()
    words = f"{unit.unit_name}不在{round_.name}的应报名单里，不能登记，请核对。"
    return (Finding(FindingKind.NOT_EXPECTED, unit.unit_name, words),)


def place_in_round(candidate: Candidate | None, register: Register) -> Candidate | None:
    """The unit's place in the round being received, whatever round its form is of."""
    if candidate is None:
        return None
    return next((item for item in register.candidates if item.unit_id == candidate.unit_id), None)


def assign(reading: Reading, unit: Candidate | None, register: Register) -> tuple[int | None, ...]:
    """The measure of each row, or of each paragraph of a free report."""
    if reading.rows:
        return tuple(match_row(row, register.measures) for row in reading.rows)
    if unit is None:
        return offer(reading.paragraphs, register.measures, by_words=False)
    own = [item for item in register.measures if item.number in unit.measures]
    return offer(reading.paragraphs, own)


def register_of(ws: Workspace, round_: Round) -> Register:
    """Everything that files are recognised against, for one round."""
    names = {
        unit.id: tuple(dict.fromkeys((unit.canonical_name, unit.short_name, *unit.aliases)))
        for unit in units.units(ws.ledger)
    }
    printed = codes.codes(ws.ledger)
    mine = {item.expected_return_id: item for item in _candidates(ws, round_, names)}
    others: dict[str, Candidate] = {}
    if any(place not in mine for place in printed.values()):
        for notice in notices.notices(ws.ledger):
            for other in overview.rounds(ws, notice.id):
                if other.id != round_.id:
                    others |= {
                        item.expected_return_id: item for item in _candidates(ws, other, names)
                    }
    everyone = mine | others
    measures = tuple(
        MeasureText(measure.number, measure.title, measure.body)
        for pillar in notices.tree(ws.ledger, round_.notice_id, round_.id)
        for measure in pillar.measures
    )
    return Register(
        tuple(mine.values()), {code: everyone[place] for code, place in printed.items()}, measures
    )


def _candidates(
    ws: Workspace, round_: Round, names: dict[str, tuple[str, ...]]
) -> Iterable[Candidate]:
    numbers = staging.measures_by_return(ws.ledger, round_.id)
    for item in (
        *overview.expected_returns(ws, round_),
        *overview.expected_returns(ws, round_, Status.EXEMPT),
    ):
        yield Candidate(
            item.id,
            round_.id,
            round_.number,
            item.unit_id,
            item.unit_name,
            tuple(dict.fromkeys((item.unit_name, *names[item.unit_id]))),
            frozenset(numbers.get(item.id, ())),
        )
