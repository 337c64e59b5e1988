"""Questions about the names of units: spellings, groups, look-alikes, each at its line."""

from dataclasses import dataclass

import hs_credit_desktop.notice.doubts as doubts
import hs_credit_desktop.notice.names as names
from hs_credit_desktop.domain.notice import Doubt
from hs_credit_desktop.notice.flow import Flow
from hs_credit_desktop.notice.grammar import ReadMeasure
from hs_credit_desktop.notice.seed import Seed

_MANY = 3


@dataclass(frozen=True)
class _Stand:
    """Where a printed name stands: the marks of its measures, and its first line."""

    marks: tuple[str, ...]
    line: int

    @property
    def where(self) -> str:
        """The marks in words, shortened when there are many."""
        if len(self.marks) > _MANY:
            return f"{self.marks[0]}等 {len(self.marks)} 处"
        return "、".join(self.marks)


def name_doubts(
    flow: Flow, measures: list[ReadMeasure], reconciled: names.Reconciled, seed: Seed, city: str
) -> list[Doubt]:
    """All questions about names, by kind."""
    stands = _stands(flow, measures)
    found: list[Doubt] = []
    for name, forms in reconciled.spellings.items():
        if names.is_group(name):
            found += _group_doubts(name, forms, stands, seed)
        elif new := [form for form in forms if form != name and form not in seed.same]:
            places = [(form, stands[form].where) for form in forms]
            other = stands[new[0]]
            found.append(
                doubts.unit_spelling(f"{other.marks[0]}责任单位", other.line, places, name)
            )
    units = [name for name in reconciled.spellings if not names.is_group(name)]
    for later, earlier in names.similar_pairs(units, seed, city):
        stand = stands[later]
        found.append(
            doubts.similar_units(
                f"{stand.marks[0]}责任单位", stand.line, later, earlier, stands[earlier].where
            )
        )
    for printed, known in names.registered_pairs(units, seed, city):
        stand = stands[reconciled.spellings[printed][0]]
        found.append(
            doubts.similar_units(f"{stand.marks[0]}责任单位", stand.line, printed, known, "台账里")
        )
    return found


def _stands(flow: Flow, measures: list[ReadMeasure]) -> dict[str, _Stand]:
    stands: dict[str, _Stand] = {}
    for measure in measures:
        for entry, _, _ in measure.entries:
            known = stands.get(entry.printed)
            marks = (*known.marks, measure.mark) if known else (measure.mark,)
            line = known.line if known else flow.line(entry.at)
            stands[entry.printed] = _Stand(marks, line)
    return stands


def _group_doubts(
    name: str, forms: tuple[str, ...], stands: dict[str, _Stand], seed: Seed
) -> list[Doubt]:
    found = [
        doubts.group_spelling(f"{stands[form].marks[0]}责任单位", stands[form].line, form, name)
        for form in forms
        if form != name and form not in seed.same
    ]
    if not names.group_members(name, seed):
        stand = stands[forms[0]]
        found.append(doubts.vague_group(f"{stand.marks[0]}责任单位", stand.line, name))
    return found
