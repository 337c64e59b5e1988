"""From the paper to the ledger: reading a notice, then writing it once the clerk says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from hs_credit_desktop import paths
from hs_credit_desktop.clock import Clock
from hs_credit_desktop.domain.deciding import decide
from hs_credit_desktop.domain.decisions import Decisions, settles
from hs_credit_desktop.domain.draft import DraftMeasure, DraftNotice, DraftPillar
from hs_credit_desktop.domain.notice import (
    Measure,
    Notice,
    OpenDoubt,
    Pillar,
    Place,
    Responsibility,
)
from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.domain.units import kind_of
from hs_credit_desktop.files import notice_source
from hs_credit_desktop.notice import read
from hs_credit_desktop.services import memory, office, register
from hs_credit_desktop.services.memory import Carried
from hs_credit_desktop.services.preview import ONE_AT_A_TIME
from hs_credit_desktop.services.seed import load_seed
from hs_credit_desktop.services.workspace import Changes, Workspace, create_workspace
from hs_credit_desktop.store import files, ledger, notices, rounds, search, settings, units
from hs_credit_desktop.store.notices import NoticeSource

NOTICE = Changes(notice=True, returns=True, settings=True)
# The answer of a doubt that another answer has made pointless.
VOID = "不再适用"
BUNDLED = "huangshi-2024-1.txt"
SUFFIXES = notice_source.READ + notice_source.CONVERTED


@dataclass(frozen=True)
class ReadNotice:
    """A notice as read, with the file it came from and what was decided; nothing is written yet.

    draft: what the paper says, all proposals in force; `decided` is what the ledger will hold.
    carried: what an earlier ledger knew, with which the paper was read.
    """

    draft: DraftNotice
    name: str
    data: bytes
    text: str
    decisions: Decisions = field(default_factory=Decisions)
    carried: Carried | None = None

    @property
    def decided(self) -> DraftNotice:
        """The draft with every decision applied; its doubts are those still open."""
        return decide(self.draft, self.decisions)


def read_notice(path: Path, carried: Carried | None = None) -> ReadNotice:
    """Read a notice from a file; UserError when it cannot be read or holds no measures."""
    with ONE_AT_A_TIME:  # a PDF is read by the library that draws previews
        source = notice_source.read(path)
    return _read(source.text, source.name, source.data, carried)


def read_pasted(text: str, carried: Carried | None = None) -> ReadNotice:
    """Read a notice pasted as text."""
    return _read(text, "粘贴的通知.txt", text.encode(), carried)


def _read(text: str, name: str, data: bytes, carried: Carried | None) -> ReadNotice:
    draft = read(text, seed=carried.seed if carried else load_seed())
    return ReadNotice(draft, name, data, text, carried=carried)


def bundled_notice() -> Path:
    """The 2024 notice that comes with the program, without its contact."""
    return paths.resources() / "notices" / BUNDLED


def create_ledger(root: Path, clock: Clock, notice: ReadNotice) -> Workspace:
    """A new ledger in `root` from a notice; when it fails nothing is left behind."""
    ws = create_workspace(root, clock)
    try:
        add_notice(ws, notice)
        if notice.carried:
            memory.carry(ws, notice.carried)
    except BaseException:
        ws.close()
        ws.folder.ledger.unlink()
        raise
    return ws


def add_notice(
    ws: Workspace, source: ReadNotice, previous: Mapping[Place, str] = MappingProxyType({})
) -> Changes:
    """Write a notice with its units, doubts and rounds, and open all rounds; one transaction.

    previous: place of a measure → id of the measure of an earlier notice that it goes on with.
    """
    draft = source.decided
    detail = {
        "doc_number": draft.doc_number,
        "counts": vars(draft.counts),
        "file": source.name,
        "decisions": _said(source),
    }
    with ws.change("建立台账", draft.title, detail):
        sha256 = files.keep(ws.ledger, source.data, at=ws.clock.now())
        notice = _notice(draft)
        notices.add_notice(
            ws.ledger, notice, NoticeSource(source.name, sha256, source.text), at=ws.clock.now()
        )
        _fill_office(ws, draft)
        names = _register(ws, draft)
        pillars = tuple(_pillar(item, names, previous) for item in draft.pillars)
        notices.add_pillars(ws.ledger, notice.id, pillars)
        notices.add_doubts(ws.ledger, notice.id, _doubts(source, pillars))
        memory.remember_apart(ws, source.draft, source.decisions)
        _index(ws, pillars)
        _open_rounds(ws, notice, draft)
    return NOTICE


def _notice(draft: DraftNotice) -> Notice:
    return Notice(
        ledger.new_id(),
        draft.title,
        draft.doc_number,
        draft.issued_on,
        draft.issuer,
        draft.addressees,
        draft.contact,
    )


def _fill_office(ws: Workspace, draft: DraftNotice) -> None:
    """The notice's issuer and contact become the office's, where the clerk has set none."""
    said = (draft.issuer, draft.contact.name, draft.contact.phone, draft.contact.mailbox)
    for key, value in zip(office.OFFICE_KEYS, said, strict=True):
        if value and not settings.get(ws.ledger, key):
            settings.put(ws.ledger, key, value)


@dataclass(frozen=True)
class _Names:
    """Reconciled name → id, for units and for groups."""

    units: Mapping[str, str]
    groups: Mapping[str, str]


def _register(ws: Workspace, draft: DraftNotice) -> _Names:
    """Add the units, groups and names that the register does not know; ids by name."""
    known: dict[str, str] = {}
    wanted = [(item.name, item.kind, item.aliases) for item in draft.units]
    wanted += [(name, kind_of(name), ()) for group in draft.groups for name in group.members]
    for name, kind, aliases in wanted:
        if name not in known:
            known[name] = register.put_unit(ws, name, kind, aliases)
    known_groups: dict[str, str] = {}
    for group in draft.groups:
        members = tuple(known[name] for name in group.members)
        known_groups[group.name] = register.put_group(ws, group, members)
    return _Names(known, known_groups)


def _pillar(draft: DraftPillar, names: _Names, previous: Mapping[Place, str]) -> Pillar:
    pillar_id = ledger.new_id()
    measures = tuple(
        replace(_measure(item, pillar_id, names), previous_id=previous.get(item.place))
        for item in draft.measures
    )
    return Pillar(pillar_id, draft.number, draft.title, measures)


def _measure(draft: DraftMeasure, pillar_id: str, names: _Names) -> Measure:
    measure_id = ledger.new_id()
    duties = tuple(
        Responsibility(
            id=ledger.new_id(),
            measure_id=measure_id,
            unit_id=None if item.group else names.units[item.unit],
            group_id=names.groups[item.unit] if item.group else None,
            printed=item.printed,
            role=item.role,
            suggested=item.suggested,
            ordinal=ordinal,
        )
        for ordinal, item in enumerate(draft.responsibilities)
    )
    return Measure(
        measure_id,
        pillar_id,
        draft.number,
        draft.title,
        draft.heading,
        draft.body,
        draft.deadline,
        draft.place,
        duties,
    )


def _said(source: ReadNotice) -> list[str]:
    """Every answer in words, for the log."""
    doubts = source.draft.doubts
    return [
        f"第{doubts[place].line}行 {doubts[place].kind.label}：{answer.choice}"
        for place, answer in sorted(source.decisions.answers.items())
    ]


def _doubts(source: ReadNotice, pillars: tuple[Pillar, ...]) -> list[OpenDoubt]:
    """Every doubt with its final answer, beside the measure in whose words it stands.

    Doubts of the head belong to no measure.
    """
    made = []
    still_open = source.decided.doubts
    for place, doubt in enumerate(source.draft.doubts):
        owners = (
            measure.id
            for pillar in pillars
            for measure in pillar.measures
            if measure.place.line <= doubt.line
            if doubt.line <= 1 + source.text.count("\n", 0, measure.place.end)
        )
        said = source.decisions.answers.get(place)
        answer = said.choice if said and settles(doubt, said) else None
        if answer is None and doubt not in still_open:
            answer = VOID
        made.append(OpenDoubt(ledger.new_id(), doubt, next(owners, None), answer))
    return made


def _index(ws: Workspace, pillars: tuple[Pillar, ...]) -> None:
    for pillar in pillars:
        for measure in pillar.measures:
            search.put(ws.ledger, "measure", measure.id, old="", new=measure.search_text)


def _open_rounds(ws: Workspace, notice: Notice, draft: DraftNotice) -> None:
    made = [
        Round(ledger.new_id(), notice.id, number, item.name, item.due_on, RoundState.PREPARING)
        for number, item in enumerate(draft.rounds, 1)
    ]
    notices.add_rounds(ws.ledger, made)
    measures = [m for pillar in notices.tree(ws.ledger, notice.id) for m in pillar.measures]
    expected = rounds.shares(measures, units.units(ws.ledger), units.groups(ws.ledger))
    for item in made:
        rounds.open_round(ws.ledger, item.id, expected, at=ws.clock.now())
