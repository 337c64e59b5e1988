"""Whether numbers count on, and whether a measure is printed twice."""

import re

import hs_credit_desktop.notice.doubts as doubts
from hs_credit_desktop.domain.notice import Doubt
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.notice.flow import Flow
from hs_credit_desktop.notice.grammar import ReadMeasure, ReadPillar
from hs_credit_desktop.notice.marks import Mark
from hs_credit_desktop.notice.tree import Item


def doubts_of(flow: Flow, top: list[Item], pillars: list[ReadPillar]) -> list[Doubt]:
    """Questions about skipped or repeated numbers and about measures with the same title."""
    measures = [measure for pillar in pillars for measure in pillar.measures]
    twice = _printed_twice(measures)
    repeated = {doubt.line for doubt in twice}
    skipped = [doubt for doubt in _numbering(flow, top, {}) if doubt.line not in repeated]
    return twice + skipped


def _printed_twice(measures: list[ReadMeasure]) -> list[Doubt]:
    first: dict[str, ReadMeasure] = {}
    found: list[Doubt] = []
    for measure in measures:
        earlier = first.setdefault(measure.title + measure.body, measure)
        if earlier is not measure:
            found.append(
                doubts.duplicate_measure(
                    measure.mark, measure.place.line, measure.title, earlier.place.line
                )
            )
    return found


def _numbering(flow: Flow, items: list[Item], last: dict[int, Mark]) -> list[Doubt]:
    """Numbers count on by one, or begin again at 1 under each heading; last: by level so far."""
    found: list[Doubt] = []
    before: Mark | None = None
    for item in items:
        mark = item.mark
        counted = last.get(mark.level)
        if mark.damaged:
            meant = f"（{chinese_number(mark.number)}）"
            found.append(doubts.damaged_mark(flow.line(mark.start), mark.printed, meant))
        if before and before.level != mark.level:
            before = None
        allowed = {before.number + 1} if before else {1, counted.number + 1 if counted else 1}
        if mark.number not in allowed:
            earlier = before or counted
            expected = _like(mark, max(allowed))
            line = flow.line(mark.start)
            name = earlier.printed if earlier else "开头"
            found.append(doubts.numbering(mark.printed, line, name, expected))
        before = last[mark.level] = mark
        found += _numbering(flow, item.children, last)
    return found


def _like(mark: Mark, number: int) -> str:
    """A number printed in the way of this mark: （十） → （十一）."""
    if re.search(r"\d", mark.printed):
        return re.sub(r"\d+", str(number), mark.printed)
    return re.sub("[一二三四五六七八九十]+", chinese_number(number), mark.printed)
