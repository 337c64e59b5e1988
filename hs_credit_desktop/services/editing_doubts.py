"""Doubts left open when the ledger was made: the saved notice, and answers given later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from hs_credit_desktop.domain.deciding import decide
from hs_credit_desktop.domain.decisions import Answer, Decisions, checked, settles
from hs_credit_desktop.domain.draft import (
    DraftGroup,
    DraftMeasure,
    DraftNotice,
    DraftPillar,
    DraftResponsibility,
    DraftRound,
    DraftUnit,
)
from hs_credit_desktop.domain.notice import (
    Doubt,
    DoubtKind,
    Measure,
    Notice,
    OpenDoubt,
    Pillar,
    Responsibility,
)
from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.domain.units import Unit, UnitGroup, kind_of
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.notice import read
from hs_credit_desktop.services import memory, register
from hs_credit_desktop.services.editing import Edit
from hs_credit_desktop.services.notices import VOID, ReadNotice
from hs_credit_desktop.services.seed import load_seed
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import editing, ledger, notices, units


@dataclass(frozen=True)
class SavedNotice:
    """A notice of the ledger as if it had just been read; source.draft holds all its doubts.

    source has no bytes: the file lies among the originals. doubts: as the ledger has them, in the
    order of source.draft.doubts.
    """

    notice: Notice
    source: ReadNotice
    doubts: tuple[OpenDoubt, ...]
    pillars: tuple[Pillar, ...]
    rounds: tuple[Round, ...]


def saved(ws: Workspace, notice: Notice) -> SavedNotice:
    """The plan as it stands with its doubts; what is answered stands among the decisions."""
    paper = notices.source_of(ws.ledger, notice.id)
    doubts = _named(notices.doubts(ws.ledger, notice.id), paper.text)
    pillars = notices.tree(ws.ledger, notice.id)
    rounds = notices.rounds(ws.ledger, notice.id)
    draft = _draft(ws, notice, pillars, rounds, tuple(item.doubt for item in doubts))
    draft = replace(draft, left_out=_again(paper.text)[1])
    members = {group.name: group.members for group in draft.groups}
    answers = {
        at: Answer(item.answer, _first(members.get(name, ()) for name in item.doubt.names))
        for at, item in enumerate(doubts)
        if item.answer
    }
    source = ReadNotice(
        draft,
        paper.name,
        b"",
        paper.text,
        Decisions(MappingProxyType(answers)),
    )
    return SavedNotice(notice, source, doubts, pillars, rounds)


def _first(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return next(filter(None, found), ())


@lru_cache(maxsize=4)
def _again(text: str) -> tuple[tuple[Doubt, ...], tuple[tuple[int, str], ...]]:
    """Doubts and words left out, read from the kept words once more; none where that fails."""
    try:
        draft = read(text, seed=load_seed())
    except UserError:
        return (), ()
    return draft.doubts, draft.left_out


def _named(doubts: tuple[OpenDoubt, ...], text: str) -> tuple[OpenDoubt, ...]:
    """The doubts with the names they are about; ledgers of the first release kept none."""
    names = {(each.kind, each.line, each.where): each.names for each in _again(text)[0]}
    return tuple(
        replace(
            item, doubt=replace(item.doubt, names=item.doubt.names or names.get(_key(item), ()))
        )
        for item in doubts
    )


def _key(item: OpenDoubt) -> tuple[DoubtKind, int, str]:
    return item.doubt.kind, item.doubt.line, item.doubt.where


def _draft(
    ws: Workspace,
    notice: Notice,
    pillars: tuple[Pillar, ...],
    rounds: tuple[Round, ...],
    doubts: tuple[Doubt, ...],
) -> DraftNotice:
    """The plan of the ledger as a draft, units under the names of the register."""
    known = {unit.id: unit for unit in units.units(ws.ledger)}
    groups = {group.id: group for group in units.groups(ws.ledger)}
    duties = [d for p in pillars for m in p.measures for d in m.responsibilities]
    named = dict.fromkeys(duty.unit_id for duty in duties if duty.unit_id)
    grouped = dict.fromkeys(duty.group_id for duty in duties if duty.group_id)
    aliases = units.group_aliases(ws.ledger)
    return DraftNotice(
        title=notice.title,
        doc_number=notice.doc_number,
        issued_on=notice.issued_on,
        issuer=notice.issuer,
        addressees=notice.addressees,
        contact=notice.contact,
        rounds=tuple(DraftRound(item.name, item.due_on) for item in rounds),
        pillars=tuple(_pillar(item, known, groups) for item in pillars),
        units=tuple(_unit(known[unit_id]) for unit_id in named),
        groups=tuple(
            DraftGroup(
                groups[group_id].name,
                tuple(known[unit_id].canonical_name for unit_id in groups[group_id].member_ids),
                aliases.get(group_id, ()),
            )
            for group_id in grouped
        ),
        doubts=doubts,
    )


def _unit(unit: Unit) -> DraftUnit:
    return DraftUnit(unit.canonical_name, unit.kind, unit.aliases)


def _pillar(
    pillar: Pillar, known: Mapping[str, Unit], groups: Mapping[str, UnitGroup]
) -> DraftPillar:
    measures = tuple(_measure(item, known, groups) for item in pillar.measures)
    return DraftPillar(pillar.number, pillar.title, measures)


def _measure(
    measure: Measure, known: Mapping[str, Unit], groups: Mapping[str, UnitGroup]
) -> DraftMeasure:
    def duty(item: Responsibility) -> DraftResponsibility:
        name = (
            known[item.unit_id].canonical_name if item.unit_id else groups[item.group_id or ""].name
        )
        group = item.group_id is not None
        return DraftResponsibility(item.printed, name, item.role, item.suggested, group)

    return DraftMeasure(
        measure.number,
        measure.title,
        measure.heading,
        measure.body,
        measure.deadline,
        tuple(duty(item) for item in measure.responsibilities),
        measure.place,
    )


# Answers


def answer(
    book: SavedNotice,
    place: int,
    said: Answer,
    members: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Edit:
    """Answer one open doubt for good; as `answer_all`."""
    return answer_all(book, {place: said}, members)


def answer_all(
    book: SavedNotice,
    said: Mapping[int, Answer],
    members: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Edit:
    """Answer open doubts by their places for good, in one step.

    UserError for an answer that is none, or for a doubt answered before.
    members: of groups that the clerk corrected with the answer, by name.
    What an answer means is what deciding it on the draft changes: names of units and groups,
    members, rounds, measures that are none. Frozen rounds keep their dates.
    """
    asked = {place: book.doubts[place] for place in said}
    if any(item.answer is not None for item in asked.values()):
        raise UserError(
            "这条疑点已经核对过", "要改，请先撤销，或在“编辑任务”里修改措施、单位和轮次。"
        )
    draft, decisions = book.source.draft, Decisions(members=members)
    for place, item in asked.items():
        decisions = decisions.with_answer(place, checked(item.doubt, said[place]))
    decided = decide(draft, decisions)

    def write(ws: Workspace) -> None:
        _write_plan(ws, book, decided)
        _write_rounds(ws, book, decided)
        memory.remember_apart(ws, draft, decisions)
        _settle(ws, book, decisions, decided)

    where = "、".join(dict.fromkeys(item.doubt.where for item in asked.values()))
    kind = next(iter(asked.values())).doubt.kind.label
    return Edit(book.notice.id, "核对疑点", f"{where} {kind}", write)


def _settle(ws: Workspace, book: SavedNotice, decisions: Decisions, decided: DraftNotice) -> None:
    """Note the answers that close their doubts, and the doubts they made pointless."""
    for place, item in enumerate(book.doubts):
        said = decisions.answers.get(place)
        if said is not None:
            if settles(item.doubt, said):
                notices.set_answer(ws.ledger, item.id, said.choice)
        elif item.answer is None and item.doubt not in decided.doubts:
            notices.set_answer(ws.ledger, item.id, VOID)


def _write_plan(ws: Workspace, book: SavedNotice, decided: DraftNotice) -> None:
    """Names, groups and measures as decided, where they are otherwise in the ledger."""
    units_now = {unit.name: unit for unit in book.source.draft.units}
    ids = {}
    for unit in decided.units:
        aliases = unit.aliases if units_now.get(unit.name) != unit else ()
        ids[unit.name] = register.put_unit(ws, unit.name, unit.kind, aliases)
    group_ids = {group.name: _put_group(ws, group) for group in decided.groups}
    # A measure's first line and number tell it from every other one.
    after = {_spot(item): item for item in decided.measures}
    for measure, draft in zip(
        (m for p in book.pillars for m in p.measures), book.source.draft.measures, strict=True
    ):
        now = after.get(_spot(draft))
        if now is None:
            editing.deactivate(ws.ledger, "measures", measure.id, at=ws.clock.now())
        elif now.responsibilities != draft.responsibilities:
            _write_duties(ws, measure, now, ids, group_ids)


def _spot(measure: DraftMeasure) -> tuple[object, ...]:
    return measure.place, measure.number, measure.title


def _put_group(ws: Workspace, group: DraftGroup) -> str:
    members = tuple(register.put_unit(ws, name, kind_of(name), ()) for name in group.members)
    return register.put_group(ws, group, members)


def _write_duties(
    ws: Workspace,
    measure: Measure,
    now: DraftMeasure,
    ids: Mapping[str, str],
    group_ids: Mapping[str, str],
) -> None:
    """Point a measure's responsibilities to the units decided; those of a 下同 note are added."""
    for place, duty in enumerate(now.responsibilities):
        unit_id = None if duty.group else ids[duty.unit]
        group_id = group_ids[duty.unit] if duty.group else None
        if place < len(measure.responsibilities):
            row_id = measure.responsibilities[place].id
            fields = {"unit_id": unit_id, "group_id": group_id}
            editing.set_fields(ws.ledger, "responsibilities", row_id, **fields)
        else:
            made = Responsibility(
                ledger.new_id(),
                measure.id,
                unit_id,
                group_id,
                duty.printed,
                duty.role,
                duty.suggested,
                place,
            )
            notices.add_responsibilities(ws.ledger, [made])


def _write_rounds(ws: Workspace, book: SavedNotice, decided: DraftNotice) -> None:
    for round_, now in zip(book.rounds, decided.rounds, strict=True):
        if now.due_on != round_.due_on and round_.state is not RoundState.FROZEN:
            due = now.due_on.isoformat()
            editing.set_fields(ws.ledger, "rounds", round_.id, due_on=due)
