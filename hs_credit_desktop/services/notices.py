"""From the paper to the ledger: reading a notice, then writing it once the clerk says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hs_credit_desktop import paths
from hs_credit_desktop.clock import Clock
from hs_credit_desktop.domain.notice import (
    Doubt,
    DraftMeasure,
    DraftNotice,
    DraftPillar,
    Measure,
    Notice,
    OpenDoubt,
    Pillar,
    Responsibility,
)
from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.domain.units import Unit, UnitGroup, kind_of
from hs_credit_desktop.files import notice_source
from hs_credit_desktop.notice import Seed, read
from hs_credit_desktop.services import office
from hs_credit_desktop.services.seed import load_seed
from hs_credit_desktop.services.workspace import Changes, Workspace, create_workspace
from hs_credit_desktop.store import files, ledger, notices, rounds, search, settings, units
from hs_credit_desktop.store.notices import NoticeSource

NOTICE = Changes(notice=True, returns=True, settings=True)
BUNDLED = "huangshi-2024-1.txt"


@dataclass(frozen=True)
class ReadNotice:
    """A notice as read, with the file it came from; nothing is written yet."""

    draft: DraftNotice
    name: str
    data: bytes
    text: str


def read_notice(path: Path, seed: Seed | None = None) -> ReadNotice:
    """Read a notice from a file; UserError when it cannot be read or holds no measures."""
    source = notice_source.read(path)
    return ReadNotice(
        read(source.text, seed=seed or load_seed()), source.name, source.data, source.text
    )


def read_pasted(text: str) -> ReadNotice:
    """Read a notice pasted as text."""
    return ReadNotice(read(text, seed=load_seed()), "粘贴的通知.txt", text.encode(), text)


def bundled_notice() -> Path:
    """The 2024 notice that comes with the program, without its contact."""
    return paths.resources() / "notices" / BUNDLED


def create_ledger(root: Path, clock: Clock, notice: ReadNotice) -> Workspace:
    """A new ledger in `root` from a notice; when it fails nothing is left behind."""
    ws = create_workspace(root, clock)
    try:
        add_notice(ws, notice)
    except BaseException:
        ws.close()
        ws.folder.ledger.unlink()
        raise
    return ws


def add_notice(ws: Workspace, source: ReadNotice) -> Changes:
    """Write a notice with its units, doubts and rounds, and open all rounds; one transaction."""
    draft = source.draft
    detail = {"doc_number": draft.doc_number, "counts": vars(draft.counts), "file": source.name}
    with ws.change("建立台账", draft.title, detail):
        sha256 = files.keep(ws.ledger, source.data, at=ws.clock.now())
        notice = _notice(draft)
        notices.add_notice(
            ws.ledger, notice, NoticeSource(source.name, sha256, source.text), at=ws.clock.now()
        )
        _fill_office(ws, draft)
        names = _register(ws, draft)
        pillars = tuple(_pillar(item, names) for item in draft.pillars)
        notices.add_pillars(ws.ledger, notice.id, pillars)
        doubts = [_open(item, source.text, pillars) for item in draft.doubts]
        notices.add_doubts(ws.ledger, notice.id, doubts)
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
    """Add the units and groups that the register does not know; ids by name."""
    known = {unit.canonical_name: unit.id for unit in units.units(ws.ledger)}
    known_groups = {group.name: group.id for group in units.groups(ws.ledger)}
    wanted = [(item.name, item.kind, item.aliases) for item in draft.units]
    wanted += [(name, kind_of(name), ()) for group in draft.groups for name in group.members]
    for name, kind, aliases in wanted:
        if name not in known:
            known[name] = ledger.new_id()
            ordinal = units.unit_count(ws.ledger)
            unit = Unit(known[name], name, name, kind, pinyin_initials(name), ordinal, aliases)
            units.add_unit(ws.ledger, unit)
            search.put(ws.ledger, "unit", unit.id, old="", new=unit.search_text)
    for group in draft.groups:
        if group.name not in known_groups:
            made = UnitGroup(
                ledger.new_id(), group.name, tuple(known[name] for name in group.members)
            )
            units.add_group(ws.ledger, made, group.aliases, len(known_groups))
            known_groups[group.name] = made.id
    return _Names(known, known_groups)


def pinyin_initials(name: str) -> str:
    """Pinyin initials for jumping: 市发改委 → sfgw; what is no Chinese character is left out."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore")).lower()


def _pillar(draft: DraftPillar, names: _Names) -> Pillar:
    pillar_id = ledger.new_id()
    measures = tuple(_measure(item, pillar_id, names) for item in draft.measures)
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


def _open(doubt: Doubt, text: str, pillars: tuple[Pillar, ...]) -> OpenDoubt:
    """The doubt beside the measure in whose words it stands; doubts of the head belong to none."""
    owners = (
        measure.id
        for pillar in pillars
        for measure in pillar.measures
        if measure.place.line <= doubt.line <= 1 + text.count("\n", 0, measure.place.end)
    )
    return OpenDoubt(ledger.new_id(), doubt, next(owners, None))


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
