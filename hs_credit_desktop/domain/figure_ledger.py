"""Figure ledger (数字台账): every figure of the texts with its sentence, checked by the clerk."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hs_credit_desktop.domain.figures import Figure, figures, same_thing
from hs_credit_desktop.domain.returns import PART_LABELS, TEXTS, Entry

_STOP = re.compile(r"[。！？；!?;\n]")


class MarkState(StrEnum):
    """What the clerk said about a figure."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DOUBTED = "doubted"
    NO_RESULT = "no_result"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return _LABELS[self]


_LABELS = {
    MarkState.OPEN: "待核对",
    MarkState.CONFIRMED: "已核对",
    MarkState.DOUBTED: "有疑问",
    MarkState.NO_RESULT: "不是成果数字",
}


@dataclass(frozen=True)
class FigureKey:
    """A figure of a round: entry, part, its sentence, and its place in the sentence from 0."""

    entry_id: str
    part: str
    sentence: str
    place: int


@dataclass(frozen=True)
class Mark:
    """What was said about a figure, by whom and when (ISO moment)."""

    state: MarkState
    note: str = ""
    actor: str = ""
    marked_at: str = ""


@dataclass(frozen=True)
class FigureLine:
    """A line of the figure ledger; before: the total of the same thing in the round before."""

    key: FigureKey
    entry: Entry
    figure: Figure
    mark: Mark
    before: Figure | None = None

    @property
    def part_label(self) -> str:
        """进展情况, 主要成效 …"""
        return PART_LABELS[self.key.part]

    @property
    def change(self) -> Decimal | None:
        """How much a total changed since the round before, in per cent; None without one."""
        if self.before is None or not self.before.value:
            return None
        return (self.figure.value - self.before.value) / self.before.value * 100

    @property
    def fell(self) -> bool:
        """Whether a total is below that of the round before."""
        return self.before is not None and self.figure.value < self.before.value


def sentence_around(text: str, start: int, end: int) -> tuple[str, int]:
    """The sentence that holds text[start:end], and where it begins in the text."""
    begin = max((match.end() for match in _STOP.finditer(text, 0, start)), default=0)
    stop = _STOP.search(text, end)
    sentence = text[begin : stop.end() if stop else len(text)]
    return sentence.strip(), begin + len(sentence) - len(sentence.lstrip())


def lines(
    entries: Iterable[Entry],
    before: Mapping[tuple[str, str], Entry],
    marks: Mapping[FigureKey, Mark],
) -> Iterator[FigureLine]:
    """The ledger of these entries, in their order.

    before: (unit id, measure id) → the entry of the round before, where there was one.
    """
    for entry in entries:
        last = before.get((entry.unit_id, entry.measure_id))
        totals = [item for text in _texts(last) for item in figures(text) if item.total]
        for part in TEXTS:
            for key, figure in _of_part(entry, part):
                earlier = same_thing(figure, totals) if figure.total else None
                mark = marks.get(key, Mark(MarkState.OPEN))
                yield FigureLine(key, entry, figure, mark, earlier)


def _texts(entry: Entry | None) -> list[str]:
    return [getattr(entry.parts, part) for part in TEXTS] if entry else []


def _of_part(entry: Entry, part: str) -> Iterator[tuple[FigureKey, Figure]]:
    text = getattr(entry.parts, part)
    seen: dict[tuple[str, int], int] = {}
    for figure in figures(text):
        sentence, begin = sentence_around(text, figure.start, figure.end)
        place = seen[sentence, begin] = seen.get((sentence, begin), -1) + 1
        yield FigureKey(entry.id, part, sentence, place), figure


@dataclass(frozen=True)
class SumCheck:
    """A lead's total beside the sum of what the others of its measure report for the same thing."""

    lead: FigureLine
    others: tuple[FigureLine, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the others."""
        return sum((line.figure.value for line in self.others), Decimal(0))

    @property
    def agrees(self) -> bool:
        """Whether the lead's total is at least that sum: it may count more, never less."""
        return self.lead.figure.value >= self.total


def sums(found: Sequence[FigureLine]) -> tuple[SumCheck, ...]:
    """For each total of a lead: the totals of the same thing of two or more others, if any.

    Shares (%, ‰) are not added up, and of each unit only the first such total counts.
    """
    totals = [
        line
        for line in found
        if line.figure.total
        and line.figure.unit not in ("%", "‰", "个百分点")
        and line.mark.state is not MarkState.NO_RESULT
    ]
    made = []
    for lead in (line for line in totals if line.entry.role == "lead"):
        others: dict[str, FigureLine] = {}
        for line in totals:
            of_other = line.entry.measure_id == lead.entry.measure_id and line.entry.role != "lead"
            if of_other and same_thing(line.figure, [lead.figure]):
                others.setdefault(line.entry.unit_id, line)
        if len(others) > 1:
            made.append(SumCheck(lead, tuple(others.values())))
    return tuple(made)
