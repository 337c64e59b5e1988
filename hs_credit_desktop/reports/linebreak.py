"""Line breaking for Chinese official documents: where a line may end, and how it is made to fit.

Widths are in characters (1.0 = one full-width cell of the grid). A paragraph is set as a whole: of
all ways to break it, the one with the least squeezing and spreading wins (least total cost over
the lines), so that no line pays for the one before. Rules of GB/T 15834-2011 (5.1: which marks may
not stand at a line start or end, dashes and ellipses stay whole) and of official documents: a
number stays with its unit, Latin words and document numbers are not split.
"""

import re
from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

NO_START = frozenset("，。、：；？！．）》〕”’】〉」』〗］｝…—·,.:;?!)]}%％‰℃°～")
NO_END = frozenset("（《〔“‘【〈「『〖［｛([{￥$＄№")
_CLOSERS = frozenset("，。、：；！）》〕”’】〉」』〗］｝？．")
_OPENERS = frozenset("（《〔“‘【〈「『〖［｛")
HALF = 0.5
# One gap never closes by more: readers of the file take a deeper overlap for the end of a line, and
# a copied paragraph would fall apart (measured with pdftotext: half a type size).
_DEEPEST = 0.49
HAIR = 0.002  # what any gap may close further, invisible, so that two marks make a whole character
# The question mark of our 仿宋 stands in the middle of its cell: only this much is blank beside it.
_BLANK = {"？": 0.3}
LONG_WORD = 16  # characters; anything longer (a web address) may be split anywhere
LOOSE = 0.1
ORPHAN = 2.0  # a last line not wider than this is avoided
_EXACT = 1e-6

_NUMBER = r"\d+(?:[.,:：/]\d+)*"
_UNITS = (
    r"(?:个?百分点|个?工作日|平方公里|平方米|立方米|公里|公顷|人次|个月|小时|分钟|周年|年度|季度"
    r"|[年月日号时分秒个家件条项人户次名起宗批份本册页张场期轮类级届岁天周元亩吨米所处座台套辆艘"
    r"字部版面等位门节章款])"
)
_ATOMS = re.compile(
    r"〔\d{4}〕(?:第?\d+号)?"
    r"|[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*(?:['’._/@:&#+~-]+[A-Za-z0-9]+)*"
    rf"|[第≥≤<>＜＞±]?{_NUMBER}(?:[-+—–~～至]+(?:{_NUMBER}|[A-Za-z]+))*[%％‰℃]?"
    rf"[十百千万亿]{{0,2}}[余多]?[万亿]?(?:{_UNITS}(?![A-Za-z]))?"
    r"|—{2,}|…{2,}"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One character to be set: `font` draws it, `width` is its natural advance in characters."""

    ch: str
    font: str
    width: float

    @property
    def blank_left(self) -> float:
        """How much an opening mark may move to the left: half a character."""
        return HALF if self.ch in _OPENERS else 0.0

    @property
    def blank_right(self) -> float:
        """How much a closing mark may be cut on its right: half a character where it is blank."""
        return _BLANK.get(self.ch, HALF) if self.ch in _CLOSERS else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """Cells start..end of the paragraph; advances: of each cell in characters, spacing included."""

    start: int
    end: int
    advances: tuple[float, ...]
    last: bool

    @property
    def width(self) -> float:
        """Width of the line in characters."""
        return sum(self.advances)


@dataclass(frozen=True, slots=True)
class _Gap:
    """Between two cells: may break, may give up to `squeeze`, is part of a pair, may be spread.

    spreads: 2 freely, 1 only in a very loose line (inside a number or word), 0 never (inside ——).
    """

    breaks: bool
    squeeze: float
    pair: bool
    spreads: int


@cache
def _gap(left: Cell, right: Cell, whole: bool) -> _Gap:
    """`whole`: both belong to one number, word, dash or ellipsis."""
    narrow = left.width < 0.9 and right.width < 0.9
    same_mark = left.ch == right.ch and left.ch in "—…"
    return _Gap(
        breaks=not (whole or right.ch in NO_START or left.ch in NO_END or right.ch == " "),
        squeeze=min(left.blank_right + right.blank_left, _DEEPEST),
        pair=_is_mark(left) and _is_mark(right),
        spreads=0 if same_mark else 1 if whole and narrow else 2,
    )


def _is_mark(cell: Cell) -> bool:
    return bool(cell.blank_left or cell.blank_right)


def whole_pieces(text: str) -> list[tuple[int, int]]:
    """(start, end) of every piece that stays on one line: numbers with unit, words, —— and ……."""
    spans = (match.span() for match in _ATOMS.finditer(text))
    return [(start, end) for start, end in spans if 1 < end - start <= LONG_WORD]


@dataclass(frozen=True, slots=True)
class _Breaker:
    """A paragraph prepared for breaking: sums of widths and of what its gaps can give."""

    cells: Sequence[Cell]
    gaps: Sequence[_Gap]
    widths: Sequence[float]
    slack: Sequence[float]
    first: float
    full: float
    spread: bool

    def room(self, start: int) -> float:
        """Width of the line that starts there."""
        return self.full if start else self.first

    def natural(self, start: int, end: int) -> float:
        """Width of a line before fitting; blanks at its end hang over."""
        while end > start + 1 and self.cells[end - 1].ch == " ":
            end -= 1
        return self.widths[end] - self.widths[start]

    def capacity(self, start: int, end: int) -> float:
        """What squeezing can win: every gap inside, and the mark at the line's end."""
        hairs = HAIR * (end - start - 1)
        return self.slack[end - 1] - self.slack[start] + self.cells[end - 1].blank_right + hairs


def break_lines(
    cells: Sequence[Cell], width: float, *, first: float | None = None, spread: bool = True
) -> list[Line]:
    """Break a paragraph into lines of `width` characters (`first`: the first line, when indented).

    spread: full lines are made to end at the right edge; else they stay ragged. A piece wider than
    a line is split where the line ends.
    """
    if not cells:
        return []
    breaker = _prepare(cells, width, width if first is None else first, spread)
    stops = _cheapest(breaker)
    return [_fit(breaker, start, end) for start, end in zip([0, *stops], stops, strict=False)]


def legal_breaks(cells: Sequence[Cell]) -> list[bool]:
    """Whether a line may end after each cell but the last."""
    return [gap.breaks for gap in _gaps(cells)]


def _gaps(cells: Sequence[Cell]) -> list[_Gap]:
    whole = bytearray(len(cells))
    for start, end in whole_pieces("".join(cell.ch for cell in cells)):
        whole[start : end - 1] = b"\1" * (end - 1 - start)
    return [
        _gap(left, right, bool(joined))
        for left, right, joined in zip(cells, cells[1:], whole, strict=False)
    ]


def _prepare(cells: Sequence[Cell], full: float, first: float, spread: bool) -> _Breaker:
    gaps = _gaps(cells)
    widths = [0.0, *accumulate(cell.width for cell in cells)]
    slack = [0.0, *accumulate(gap.squeeze for gap in gaps)]
    return _Breaker(cells, gaps, widths, slack, first, full, spread)


def _cheapest(breaker: _Breaker) -> list[int]:
    """Ends of the lines on the cheapest way through the paragraph."""
    end = len(breaker.cells)
    best: dict[int, tuple[float, int]] = {0: (0.0, 0)}
    waiting = [0]
    for start in waiting:
        for stop, cost in _choices(breaker, start) if start < end else ():
            total = best[start][0] + cost
            if stop not in best:
                insort(waiting, stop)
                best[stop] = (total, start)
            elif total < best[stop][0]:
                best[stop] = (total, start)
    stops = [end]
    while best[stops[-1]][1]:
        stops.append(best[stops[-1]][1])
    return stops[::-1]


def _choices(breaker: _Breaker, start: int) -> list[tuple[int, float]]:
    """(end, cost) of the lines worth trying from `start`: squeezed, and the nearest spread ones."""
    room = breaker.room(start)
    count = len(breaker.cells)
    fits = bisect_right(breaker.widths, breaker.widths[start] + room + _EXACT, lo=start + 1) - 1
    squeezed = _squeezed(breaker, start, max(fits, start) + 1, room)
    if fits >= count:
        return [(count, _last_cost(breaker, start))]
    loose = []
    for end in range(fits, start, -1):
        if breaker.gaps[end - 1].breaks:
            short = room - breaker.natural(start, end)
            loose.append((end, 2.0 * short * short))
            if len(loose) == 2 or short < _EXACT:
                break
    if loose and loose[0][1] < _EXACT:
        return loose[:1]
    return squeezed + loose or [(max(fits, start + 1), 100.0)]


def _squeezed(breaker: _Breaker, start: int, end: int, room: float) -> list[tuple[int, float]]:
    """Lines longer than the room that squeezing brings in."""
    found = []
    count = len(breaker.cells)
    while end <= count:
        over = max(breaker.natural(start, end) - room, 0.0)
        capacity = breaker.capacity(start, end)
        if over > 4 * HALF + _EXACT:
            break
        if over <= capacity + _EXACT and (end == count or breaker.gaps[end - 1].breaks):
            found.append((end, over * over * (0.6 + over / capacity) if over else 0.0))
        end += 1
    return found


def _last_cost(breaker: _Breaker, start: int) -> float:
    """The last line costs nothing, unless a lone character is left over on it."""
    lonely = start and breaker.natural(start, len(breaker.cells)) <= ORPHAN
    return 1.5 if lonely else 0.0


def _fit(breaker: _Breaker, start: int, end: int) -> Line:
    """The line with its advances: squeezed into the room or spread over it."""
    advances = [cell.width for cell in breaker.cells[start:end]]
    last = end == len(breaker.cells)
    visible = end - start
    while visible > 1 and breaker.cells[start + visible - 1].ch == " ":
        visible -= 1
        advances[visible] = 0.0
    over = sum(advances) - breaker.room(start)
    inner = breaker.gaps[start : start + visible - 1]
    if over > _EXACT:
        _squeeze(advances, inner, over, breaker.cells[start + visible - 1].blank_right)
    elif not last and breaker.spread:
        _spread(advances, inner, -over)
    return Line(start, end, tuple(advances), last)


def _squeeze(advances: list[float], gaps: Sequence[_Gap], over: float, at_end: float) -> None:
    """Take `over` where two marks meet, then from all marks, the line's end, a hair anywhere."""
    given = [0.0] * (len(gaps) + 1)
    inside = [gap.squeeze for gap in gaps]
    for limits in (
        [gap.squeeze if gap.pair else 0.0 for gap in gaps],
        inside,
        [*inside, at_end],
        [*(limit + HAIR for limit in inside), at_end],
    ):
        left = [limit - used for limit, used in zip(limits, given, strict=False)]
        wanted = min(over, sum(left))
        share = wanted / sum(left) if wanted > 0 else 0.0
        for at, room in enumerate(left):
            given[at] += room * share
        over -= wanted
    for at, amount in enumerate(given):
        advances[at] -= amount


def _spread(advances: list[float], gaps: Sequence[_Gap], missing: float) -> None:
    """Share `missing` evenly among the gaps that may open; a line of one piece stays short.

    Numbers and words stay tight unless the gaps got so wide that readers take them for blanks.
    """
    for least in (2, 1):
        places = [at for at, gap in enumerate(gaps) if gap.spreads >= least]
        if places and missing / len(places) <= LOOSE:
            break
    for at in places:
        advances[at] += missing / len(places)
