"""Applies the clerk's decisions to a draft: names, groups, rounds, leads, measures."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from itertools import count

from hs_credit_desktop.domain.deciding_rounds import decided_rounds, is_past
from hs_credit_desktop.domain.decisions import (
    NAMED,
    Answer,
    Decisions,
    checked,
    open_places,
)
from hs_credit_desktop.domain.draft import (
    DraftGroup,
    DraftMeasure,
    DraftNotice,
    DraftPillar,
    DraftResponsibility,
    DraftUnit,
)
from hs_credit_desktop.domain.notice import Doubt, DoubtKind, Role
from hs_credit_desktop.domain.units import kind_of

_Answered = list[tuple[Doubt, Answer]]


def decide(draft: DraftNotice, decisions: Decisions) -> DraftNotice:
    """The draft with every decision applied; its doubts are those still open.

    The draft is what the paper says with all proposals in force: deciding again from it with other
    decisions undoes the first. UserError when an answer is none of those a doubt takes.
    """
    answered = [
        (draft.doubts[place], checked(draft.doubts[place], answer))
        for place, answer in sorted(decisions.answers.items())
    ]
    names = _names(draft, answered)
    pillars = _each_measure(draft.pillars, partial(_renamed, names=names))
    pillars = _measures_kept(_with_leads(_referred(pillars, answered), decisions), answered)
    rounds = decisions.rounds if decisions.rounds is not None else decided_rounds(draft, answered)
    still_open = (draft.doubts[place] for place in open_places(draft, decisions))
    return replace(
        draft,
        pillars=pillars,
        units=_units(draft, pillars, _one_body(names, answered)),
        groups=_groups(draft, pillars, _members(decisions, answered)),
        rounds=rounds,
        doubts=tuple(doubt for doubt in still_open if not is_past(doubt, rounds)),
    )


def _duties(pillars: tuple[DraftPillar, ...]) -> list[DraftResponsibility]:
    return [
        duty
        for pillar in pillars
        for measure in pillar.measures
        for duty in measure.responsibilities
    ]


# Names


def _names(draft: DraftNotice, answered: _Answered) -> dict[str, str]:
    """Printed name → the unit or group it now stands for."""
    names = {duty.printed: duty.unit for duty in _duties(draft.pillars)}
    for doubt, answer in sorted(answered, key=lambda item: item[0].kind is DoubtKind.SIMILAR_UNITS):
        if doubt.kind is DoubtKind.GROUP_SPELLING and answer.choice == doubt.choices[1]:
            names[doubt.names[0]] = doubt.names[0]
        elif doubt.kind is DoubtKind.UNIT_SPELLING:
            _spell(names, doubt, answer.choice)
        elif doubt.kind is DoubtKind.SIMILAR_UNITS and answer.choice != doubt.choices[0]:
            _merge(names, doubt, answer.choice)
    return names


def _spell(names: dict[str, str], doubt: Doubt, choice: str) -> None:
    """One name for all spellings, or each its own."""
    apart = choice == doubt.choices[-1]
    names.update({printed: printed if apart else choice for printed in doubt.names})


def _merge(names: dict[str, str], doubt: Doubt, choice: str) -> None:
    """Two units become one under either name, or under a third that was typed."""
    later, earlier = doubt.names
    picked = {doubt.choices[1]: later, doubt.choices[2]: earlier}.get(choice, choice)
    # A spelling that was given another name before still belongs to its unit.
    both = {later, earlier, names.get(later, later), names.get(earlier, earlier)}
    target = names.get(picked, picked)
    names.update({printed: target for printed, name in names.items() if name in both})


def _renamed(measure: DraftMeasure, names: Mapping[str, str]) -> DraftMeasure:
    duties = tuple(replace(duty, unit=names[duty.printed]) for duty in measure.responsibilities)
    return replace(measure, responsibilities=duties)


_OneBody = list[tuple[str, tuple[str, ...]]]


def _one_body(names: Mapping[str, str], answered: _Answered) -> _OneBody:
    """(name, both names) of look-alikes that are one; one of them may be known, not printed."""
    return [
        (names.get(doubt.names[0], ""), doubt.names)
        for doubt, answer in answered
        if doubt.kind is DoubtKind.SIMILAR_UNITS and answer.choice != doubt.choices[0]
    ]


def _units(
    draft: DraftNotice,
    pillars: tuple[DraftPillar, ...],
    one_body: _OneBody,
) -> tuple[DraftUnit, ...]:
    """The concrete units by first appearance, with every other spelling as an alias."""
    kinds = {unit.name: unit.kind for unit in draft.units}
    forms = _forms(draft, pillars, group=False)
    for name, both in one_body:
        if name in forms:
            forms[name] += both
    known = {unit.name: (unit.name, *unit.aliases) for unit in draft.units}
    for name, others in _moved(draft, pillars, known).items():
        forms[name] = [*forms.get(name, ()), *others]
    return tuple(
        DraftUnit(
            name,
            kinds.get(name) or kind_of(name),
            tuple(form for form in dict.fromkeys(printed) if form != name),
        )
        for name, printed in forms.items()
    )


def _groups(
    draft: DraftNotice, pillars: tuple[DraftPillar, ...], members: Mapping[str, tuple[str, ...]]
) -> tuple[DraftGroup, ...]:
    known = {group.name: group for group in draft.groups}
    return tuple(
        DraftGroup(
            name,
            members.get(name, known[name].members if name in known else ()),
            tuple(form for form in dict.fromkeys(printed) if form != name),
        )
        for name, printed in _forms(draft, pillars, group=True).items()
    )


def _forms(
    draft: DraftNotice, pillars: tuple[DraftPillar, ...], *, group: bool
) -> dict[str, list[str]]:
    """Name → the forms in which it is printed, by first appearance."""
    forms: dict[str, list[str]] = {}
    for duty in _duties(pillars):
        if duty.group is group:
            forms.setdefault(duty.unit, []).append(duty.printed)
    printed = {form for others in forms.values() for form in others}
    for known in draft.groups:
        if known.name in forms:
            forms[known.name] += [each for each in known.aliases if each not in printed]
    return forms


def _moved(
    draft: DraftNotice,
    pillars: tuple[DraftPillar, ...],
    known: Mapping[str, tuple[str, ...]],
) -> dict[str, list[str]]:
    """Names not printed in this paper (from earlier ones) go with the unit they belonged to."""
    now = {duty.printed: duty.unit for duty in _duties(pillars)}
    moved: dict[str, list[str]] = {}
    for unit, names in known.items():
        duties = [duty for duty in _duties(draft.pillars) if duty.unit == unit]
        targets = {now[duty.printed] for duty in duties if duty.printed in now}
        if not duties:  # named by no measure: it stays as it is
            targets = {unit}
        if len(targets) == 1:
            moved.setdefault(targets.pop(), []).extend(n for n in names if n not in now)
    return moved


def _members(decisions: Decisions, answered: _Answered) -> dict[str, tuple[str, ...]]:
    """Members of groups: those given with an answer, then those corrected by hand."""
    given = {
        doubt.names[0]: answer.members
        for doubt, answer in answered
        if answer.members and answer.choice == doubt.choices[1] and doubt.kind not in NAMED
    }
    return {**given, **decisions.members}


# Measures


def _referred(pillars: tuple[DraftPillar, ...], answered: _Answered) -> tuple[DraftPillar, ...]:
    """A 下同 note taken at its word: its unit joins every later measure."""
    for doubt, answer in answered:
        if doubt.kind is DoubtKind.REFERENCE and doubt.names and answer.choice == doubt.choices[1]:
            duty = next((each for each in _duties(pillars) if each.printed == doubt.names[0]), None)
            if duty is None:
                continue
            joined = partial(
                _joined, duty=replace(duty, role=Role.CO, suggested=False), doubt=doubt
            )
            pillars = _each_measure(pillars, joined)
    return pillars


def _each_measure(
    pillars: tuple[DraftPillar, ...], change: Callable[[DraftMeasure], DraftMeasure]
) -> tuple[DraftPillar, ...]:
    return tuple(
        replace(pillar, measures=tuple(map(change, pillar.measures))) for pillar in pillars
    )


def _joined(measure: DraftMeasure, *, duty: DraftResponsibility, doubt: Doubt) -> DraftMeasure:
    named = any(each.unit == duty.unit for each in measure.responsibilities)
    if named or measure.place.line <= doubt.line:
        return measure
    return replace(measure, responsibilities=(*measure.responsibilities, duty))


def _measures_kept(
    pillars: tuple[DraftPillar, ...], answered: _Answered
) -> tuple[DraftPillar, ...]:
    """Without the measures that are none, or stand twice."""
    gone = {
        doubt.line
        for doubt, answer in answered
        if answer.choice == doubt.choices[-1] and answer.choice in ("不作为措施", "只保留第一条")
    }
    return tuple(
        replace(
            pillar,
            measures=tuple(each for each in pillar.measures if each.place.line not in gone),
        )
        for pillar in pillars
    )


def _with_leads(pillars: tuple[DraftPillar, ...], decisions: Decisions) -> tuple[DraftPillar, ...]:
    """Leads as named by the clerk; suggested ones confirmed where all were."""
    places = count()

    def led(measure: DraftMeasure) -> DraftMeasure:
        return _led(measure, decisions.leads.get(next(places)), decisions.leads_confirmed)

    return _each_measure(pillars, led)


def _led(measure: DraftMeasure, leads: tuple[str, ...] | None, confirmed: bool) -> DraftMeasure:
    if leads is not None:
        duties = tuple(
            replace(duty, role=_role(duty, leads), suggested=False)
            for duty in measure.responsibilities
        )
    else:
        duties = tuple(
            replace(duty, suggested=duty.suggested and not confirmed)
            for duty in measure.responsibilities
        )
    return replace(measure, responsibilities=duties)


def _role(duty: DraftResponsibility, leads: tuple[str, ...]) -> Role:
    return Role.LEAD if duty.unit in leads or duty.printed in leads else Role.CO
