"""Line breaking for Chinese official documents: where a line may end, and how it is made to fit.

Widths are in characters (1.0 = one full-width cell of the grid). A paragraph is set as a whole: of
all ways to break it, the one with the least squeezing and spreading wins (least total cost over
the lines), so that no line pays for the one before. Rules of GB/T 15834-2011 (5.1: which marks may
not stand at a line start or end, dashes and ellipses stay whole) and of official documents: a
number stays with its unit, Latin words and document numbers are not split.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from hs_credit_desktop.reports.pieces import whole_pieces

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
LOOSE = 0.1  # characters a gap may open before figures and words must open too
BEAM = 2
ORPHAN = 2.0  # a last line not wider than this is avoided
_EXACT = 1e-6
_WIDE = 0.9  # characters not wider are figures and letters
_MARKS = re.compile(f"[{re.escape(''.join(sorted(_CLOSERS | _OPENERS)))}]")


@dataclass(frozen=True, slots=True)
class Cell:
    """One character to be set: `font` draws it, `width` is its natural advance in characters.

    blank_left, blank_right: what an opening mark may move left, a closing one be cut on its right.
    """

    ch: str
    font: str
    width: float
    blank_left: float = field(init=False)
    blank_right: float = field(init=False)
    may_start: bool = field(init=False)
    may_end: bool = field(init=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "blank_left", HALF if self.ch in _OPENERS else 0.0)
        put(self, "blank_right", _BLANK.get(self.ch, HALF) if self.ch in _CLOSERS else 0.0)
        put(self, "may_start", self.ch not in NO_START and self.ch != " ")
        put(self, "may_end", self.ch not in NO_END)


@dataclass(frozen=True, slots=True)
class Line:
    """Cells start..end of the paragraph and how they are fitted; gap n follows cell n.

    share: what each gap opens (characters), but those in `stiff` and the last. tight: (gap, what it
    closes); a blank that hangs over the edge closes by its width.
    """

    start: int
    end: int
    width: float
    share: float = 0.0
    stiff: tuple[int, ...] = ()
    tight: tuple[tuple[int, float], ...] = ()
    last: bool = False

    def advances(self, cells: Sequence[Cell]) -> list[float]:
        """Advance of each cell of the line in characters, spacing included."""
        found = [cell.width for cell in cells[self.start : self.end]]
        if self.share:
            for at in range(len(found) - 1):
                found[at] += 0.0 if self.start + at in self.stiff else self.share
        for gap, amount in self.tight:
            found[gap - self.start] -= amount
        return found


def legal_breaks(cells: Sequence[Cell]) -> list[bool]:
    """Whether a line may end after each cell but the last."""
    breaker = _prepare(cells, 1.0, 1.0, spread=True)
    return [breaker.breaks(at) for at in range(1, len(cells))]


class _Squeeze:
    """The gaps of a paragraph that marks can close: few, so they are kept as a sparse list."""

    __slots__ = ("amounts", "gaps", "pairs", "sums")

    def __init__(self, text: str, cells: Sequence[Cell]) -> None:
        found: dict[int, float] = {}
        meeting: dict[int, int] = {}
        for match in _MARKS.finditer(text):
            at = match.start()
            cell = cells[at]
            for gap, blank in ((at - 1, cell.blank_left), (at, cell.blank_right)):
                meeting[gap] = meeting.get(gap, 0) + 1
                if blank:
                    found[gap] = min(found.get(gap, 0.0) + blank, _DEEPEST)
        self.gaps = sorted(found)
        self.amounts = [found[gap] for gap in self.gaps]
        self.sums = [0.0, *accumulate(self.amounts)]
        self.pairs = {gap for gap, marks in meeting.items() if marks > 1}

    def between(self, start: int, end: int) -> float:
        """What the gaps start..end can give together."""
        return self.sums[bisect_left(self.gaps, end)] - self.sums[bisect_left(self.gaps, start)]

    def limits(self, start: int, end: int) -> dict[int, float]:
        """Gap → what it can give, for the gaps start..end."""
        first, last = bisect_left(self.gaps, start), bisect_left(self.gaps, end)
        return dict(zip(self.gaps[first:last], self.amounts[first:last], strict=True))


@dataclass(frozen=True)
class _Breaker:
    """A paragraph prepared for breaking. whole: 1 where a gap lies inside an unbreakable piece."""

    text: str
    cells: Sequence[Cell]
    widths: Sequence[float]
    whole: bytearray
    first: float
    full: float
    spread: bool

    @cached_property
    def squeeze(self) -> _Squeeze:
        """What marks can give: reckoned when a line needs it."""
        return _Squeeze(self.text, self.cells)

    def room(self, start: int) -> float:
        """Width of the line that starts there."""
        return self.full if start else self.first

    def breaks(self, at: int) -> bool:
        """Whether a line may end before cell `at`."""
        return not self.whole[at - 1] and self.cells[at].may_start and self.cells[at - 1].may_end

    def visible(self, start: int, end: int) -> int:
        """The end of a line without the blanks that hang over."""
        while end > start + 1 and self.cells[end - 1].ch == " ":
            end -= 1
        return end

    def natural(self, start: int, end: int) -> float:
        """Width of a line before fitting."""
        if self.cells[end - 1].ch == " ":
            end = self.visible(start, end)
        return self.widths[end] - self.widths[start]

    def capacity(self, start: int, end: int) -> float:
        """What squeezing can win: every gap inside, a hair each, and the mark at the line's end."""
        inside = self.squeeze.between(start, end - 1) + HAIR * (end - start - 1)
        return inside + self.cells[end - 1].blank_right


def break_lines(
    cells: Sequence[Cell], width: float, *, first: float | None = None, spread: bool = True
) -> list[Line]:
    """Break a paragraph into lines of `width` characters (`first`: the first line, when indented).

    spread: full lines are made to end at the right edge; else they stay ragged. A piece wider than
    a line is split where the line ends.
    """
    room = width if first is None else first
    natural = sum([cell.width for cell in cells])
    if natural <= room:
        return [Line(0, len(cells), natural, last=True)] if cells else []
    breaker = _prepare(cells, width, room, spread)
    stops = _cheapest(breaker)
    return [_fit(breaker, start, end) for start, end in zip([0, *stops], stops, strict=False)]


def _prepare(cells: Sequence[Cell], full: float, first: float, spread: bool) -> _Breaker:
    text = "".join([cell.ch for cell in cells])
    widths = [0.0, *accumulate([cell.width for cell in cells])]
    whole = bytearray(len(cells))
    for start, end in whole_pieces(text):
        whole[start : end - 1] = b"\1" * (end - 1 - start)
    return _Breaker(text, cells, widths, whole, first, full, spread)


def _cheapest(breaker: _Breaker) -> tuple[int, ...]:
    """Ends of the lines on the cheapest way through the paragraph.

    Line by line only the BEAM cheapest ways so far go on: what a wider search would find differs by
    nothing the eye sees, and costs twice the time.
    """
    count = len(breaker.cells)
    best: tuple[float, tuple[int, ...]] | None = None
    ways: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    while ways:
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        for cost, stops in ways:
            for stop, more in _choices(breaker, stops[-1] if stops else 0):
                way = (cost + more, (*stops, stop))
                if stop not in longer or way < longer[stop]:
                    longer[stop] = way
        done = longer.pop(count, None)
        if done and (best is None or done < best):
            best = done
        ways = sorted(longer.values())[:BEAM]
    assert best is not None, "every way ends at the last cell"
    return best[1]


def _choices(breaker: _Breaker, start: int) -> list[tuple[int, float]]:
    """(end, cost) of the lines worth trying from `start`: the nearest squeezed and spread ones."""
    room = breaker.room(start)
    count = len(breaker.cells)
    fits = bisect_right(breaker.widths, breaker.widths[start] + room + _EXACT, lo=start + 1) - 1
    if fits >= count:
        return [(count, _last_cost(breaker, start))]
    loose = []
    for end in range(fits, start, -1):
        if breaker.breaks(end):
            short = room - breaker.natural(start, end)
            if short < _EXACT:
                return [(end, 0.0)]
            loose = [(end, 2.0 * short * short)]
            break
    squeezed = _squeezed(breaker, start, max(fits, start) + 1, room)
    return squeezed + loose or [(max(fits, start + 1), 100.0)]


def _squeezed(breaker: _Breaker, start: int, end: int, room: float) -> list[tuple[int, float]]:
    """Lines longer than the room that squeezing brings in; two at most."""
    found: list[tuple[int, float]] = []
    count = len(breaker.cells)
    while end <= count and len(found) < 2:
        over = max(breaker.natural(start, end) - room, 0.0)
        if over > 4 * HALF + _EXACT:
            break
        if end == count or breaker.breaks(end):
            capacity = breaker.capacity(start, end)
            if over <= capacity + _EXACT:
                found.append((end, over * over * (0.6 + over / capacity) if over else 0.0))
        end += 1
    return found


def _last_cost(breaker: _Breaker, start: int) -> float:
    """The last line costs nothing, unless a lone character is left over on it."""
    lonely = start and breaker.natural(start, len(breaker.cells)) <= ORPHAN
    return 1.5 if lonely else 0.0


def _fit(breaker: _Breaker, start: int, end: int) -> Line:
    """The line, squeezed into its room or spread over it."""
    visible = breaker.visible(start, end)
    hanging = [(at, breaker.cells[at].width) for at in range(visible, end)]
    natural = breaker.widths[visible] - breaker.widths[start]
    over = natural - breaker.room(start)
    last = end == len(breaker.cells)
    if over > _EXACT:
        tight = _tight(breaker, start, visible, over)
        width = natural - sum(tight.values())
        return Line(start, end, width, tight=(*tight.items(), *hanging), last=last)
    if last or not breaker.spread or over > -_EXACT:
        return Line(start, end, natural, tight=tuple(hanging), last=last)
    share, stiff = _share(breaker, start, visible, -over)
    stiff += tuple(range(visible - 1, end)) if hanging else ()
    width = natural - over if share else natural
    return Line(start, end, width, share, stiff, tuple(hanging))


def _tight(breaker: _Breaker, start: int, end: int, over: float) -> dict[int, float]:
    """Take `over` where two marks meet, then from all marks, the line's end, a hair anywhere."""
    given: dict[int, float] = {}
    for limits in _limits(breaker, start, end):
        left = {gap: limit - given.get(gap, 0.0) for gap, limit in limits.items()}
        total = sum(left.values())
        part = min(over / total, 1.0) if total else 0.0
        for gap, room in left.items():
            given[gap] = given.get(gap, 0.0) + room * part
        over -= total * part
        if over <= _EXACT:
            break
    return given


def _limits(breaker: _Breaker, start: int, end: int) -> Iterator[dict[int, float]]:
    """Gap → what it may give, wider and wider; most lines need the first or the second."""
    inside = breaker.squeeze.limits(start, end - 1)
    pairs = breaker.squeeze.pairs
    yield {gap: limit for gap, limit in inside.items() if gap in pairs}
    yield inside
    at_end = {end - 1: breaker.cells[end - 1].blank_right}
    yield inside | at_end
    yield {gap: inside.get(gap, 0.0) + HAIR for gap in range(start, end - 1)} | at_end


def _share(
    breaker: _Breaker, start: int, end: int, missing: float
) -> tuple[float, tuple[int, ...]]:
    """What each gap opens to win `missing`, and the gaps that stay; (0, ()) for a single piece.

    Numbers and words stay tight unless the gaps got so wide that readers take them for blanks.
    """
    inside = []
    gap = breaker.whole.find(1, start, end - 1)
    while gap >= 0:
        inside.append(gap)
        gap = breaker.whole.find(1, gap + 1, end - 1)
    marks = tuple(gap for gap in inside if breaker.cells[gap].ch in "—…")
    narrow = [gap for gap in inside if _both_narrow(breaker.cells, gap)]
    for stiff in ((*marks, *narrow), marks):
        places = end - 1 - start - len(stiff)
        if places and missing / places <= LOOSE:
            break
    return (missing / places, stiff) if places else (0.0, ())


def _both_narrow(cells: Sequence[Cell], gap: int) -> bool:
    return cells[gap].width < _WIDE and cells[gap + 1].width < _WIDE
