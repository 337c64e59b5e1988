"""Text on the character grid: paragraphs become rows of runs, and rows become a ReportLab flowable.

ReportLab's own Chinese wrapping ignores full-width marks at line starts and every rule for line
ends, and does not fill lines; so lines come from `linebreak` and are drawn run by run, each with
one character spacing (PDF operator Tc), which keeps copied text whole.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from typing import Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from hs_credit_desktop.reports import fonts
from hs_credit_desktop.reports.fonts import Face
from hs_credit_desktop.reports.ink import Row, Run, draw_row, set_mark
from hs_credit_desktop.reports.linebreak import Cell, Line, break_lines
from hs_credit_desktop.reports.tags import Element, marked

MISSING_MARK = "〓"  # the printers' sign for a character nobody has; the layout check names it
# Share of the type size above the base line: our tallest marks reach it, so the first line of a
# page touches the top of the 版心.
ASCENT = 0.80
Align = Literal["full", "left", "center", "right"]


@dataclass(frozen=True)
class Style:
    """How a paragraph is set. size, pitch (advance of a full character), leading: points.

    indent (first line), left, right: characters. full: every line but the last ends at the right
    edge. drop: points that the type stands below the top of its line.
    """

    face: Face
    size: float
    pitch: float
    leading: float
    align: Align = "full"
    indent: float = 0.0
    left: float = 0.0
    right: float = 0.0
    drop: float = 0.0


@dataclass(frozen=True)
class Piece:
    """A stretch of text in one face; None: the paragraph's own."""

    text: str
    face: Face | None = None


class _Cells(dict[str, Cell]):
    """Character → cell in one face: a paragraph asks for a thousand, most of them known."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.face = face

    def __missing__(self, ch: str) -> Cell:
        drawn = MISSING_MARK if fonts.missing(ch) else ch
        [(chosen, _)] = fonts.runs(drawn, self.face)
        width = pdfmetrics.getFont(chosen.value).face.getCharWidth(ord(drawn)) / 1000
        self[ch] = Cell(drawn, chosen.value, width)
        return self[ch]


_KNOWN = {face: _Cells(face) for face in Face}


def cells(pieces: Sequence[Piece], face: Face) -> list[Cell]:
    """All characters of a paragraph as the first face that has them draws them.

    〓 stands for one that no face has. The fonts must be registered.
    """
    found: list[Cell] = []
    for piece in pieces:
        known = _KNOWN[piece.face or face]
        found += [known[ch] for ch in piece.text]
    return found


def typeset(
    pieces: Sequence[Piece], style: Style, width: float, element: Element | None = None
) -> list[Row]:
    """Set one paragraph into `width` points; an empty one is a blank row.

    element: what the rows are part of. The fonts must be registered.
    """
    chars = cells(pieces, style.face)
    if not chars:
        return [Row(style.leading)]
    room = width / style.pitch - style.left - style.right
    lines = break_lines(chars, room, first=room - style.indent, spread=style.align == "full")
    text = "".join([one.ch for one in chars])
    changes = _changes(chars)
    return [
        Row(
            height=style.leading,
            runs=tuple(_runs(chars, text, changes, line, style)),
            x=_left(line, style, room),
            baseline=style.drop + style.size * ASCENT,
            size=style.size,
            element=element,
        )
        for line in lines
    ]


def _changes(chars: Sequence[Cell]) -> list[int]:
    """Places where font or natural width change, the paragraph's end included."""
    kinds = list(map(_kind_of, chars))
    return [*(at for at, (one, two) in enumerate(pairwise(kinds), 1) if one != two), len(kinds)]


_kind_of = attrgetter("font", "width")


def _left(line: Line, style: Style, room: float) -> float:
    """Where the line begins, in points."""
    indent = style.indent if line.start == 0 else 0.0
    free = max(room - indent - line.width, 0.0)
    shift = {"center": free / 2, "right": free}.get(style.align, 0.0)
    return (style.left + indent + shift) * style.pitch


def _runs(
    chars: Sequence[Cell], text: str, changes: Sequence[int], line: Line, style: Style
) -> Iterator[Run]:
    """The line cut where font or spacing change: one text operator each."""
    share, pitch, size = line.share, style.pitch, style.size
    special = dict.fromkeys(line.stiff, 0.0) if share else {}
    special.update((gap, -amount) for gap, amount in line.tight)
    begun = line.start
    cuts = set(changes[bisect_right(changes, begun) : bisect_left(changes, line.end)])
    cuts.update(special, [gap + 1 for gap in special])
    cuts.discard(line.end)
    cuts.discard(begun)
    one = chars[begun]
    font, spacing = one.font, _spacing(one.width, special.get(begun, share), pitch, size)
    for start in sorted(cuts):
        one = chars[start]
        wanted = _spacing(one.width, special.get(start, share), pitch, size)
        if wanted != spacing or one.font != font:
            yield Run(font, spacing, text[begun:start])
            begun, font, spacing = start, one.font, wanted
    yield Run(font, spacing, text[begun : line.end])


def _spacing(width: float, extra: float, pitch: float, size: float) -> float:
    """Points after a character that is `width` of its type wide and advances by so much more."""
    return round((width + extra) * pitch - width * size, 3)


def glued(rows: Sequence[Row]) -> list[Row]:
    """The rows with no page break between them or after the last."""
    return [replace(row, glue=True) for row in rows]


def with_orphans_kept(rows: list[Row]) -> list[Row]:
    """No first line alone at the foot of a page, no last line alone at the head of the next.

    At most one line moves, so a page keeps 21 of its 22 lines: three lines may be cut 2 + 1.
    """
    if len(rows) < 2:
        return rows
    kept = list(rows)
    kept[0] = replace(kept[0], glue=True)
    if len(rows) > 3:
        kept[-2] = replace(kept[-2], glue=True)
    return kept


class GridRows(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Rows on the page; splits only where no row is glued to the next.

    The parts of a split share their rows, so that a thousand pages cost a thousand times one.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self.rows = rows
        self.first, self.end = 0, len(rows)
        self.tops = [0.0, *accumulate(row.height for row in rows)]

    def part(self, first: int, end: int) -> "GridRows":
        """Rows first..end of all as a flowable of their own."""
        made = copy(self)
        made.first, made.end = first, end
        return made

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Size in points for the width at hand."""
        self.width = available_width
        self.height = self.tops[self.end] - self.tops[self.first]
        return self.width, self.height

    def split(self, _available_width: float, available_height: float) -> list["GridRows"]:
        """What fits and the rest; nothing when no break is allowed before the end of the room."""
        at = self._last_break(available_height)
        return [self.part(self.first, at), self.part(at, self.end)] if at > self.first else []

    def without_blank_top(self) -> "GridRows":
        """The rows from the first that carries text: a page does not begin with a blank line."""
        rows = range(self.first, self.end)
        return self.part(next((at for at in rows if self.rows[at].runs), self.end), self.end)

    def cut(self, room: float) -> list["GridRows"]:
        """As many rows as fit and the rest, whatever is glued; at least one row."""
        at = max(self._fitting(room), self.first + 1)
        return [self.part(self.first, at), self.part(at, self.end)]

    def _fitting(self, room: float) -> int:
        """End of the rows that go into `room` points."""
        return bisect_right(self.tops, self.tops[self.first] + room + 0.01, hi=self.end + 1) - 1

    def _last_break(self, room: float) -> int:
        at = self._fitting(room)
        while at > self.first and self.rows[at - 1].glue:
            at -= 1
        return at

    def draw(self) -> None:
        """Draw the rows downwards from the top, each with its place in the structure."""
        top = self.height
        for element, rows in groupby(self.rows[self.first : self.end], key=_element_of):
            if element is None:
                top = self._draw(rows, top)
            else:
                with marked(self.canv, element):
                    top = self._draw(rows, top)

    def _draw(self, rows: Iterable[Row], top: float) -> float:
        for row in rows:
            if row.mark:
                set_mark(self.canv, row.mark, top)
            if row.runs:
                draw_row(self.canv, row, row.x, top - row.baseline)
            top -= row.height
        return top


_element_of = attrgetter("element")


class GridParagraph(GridRows):
    """A paragraph set to the width it is given: for table cells and single blocks."""

    def __init__(self, text: str, style: Style, element: Element | None = None) -> None:
        super().__init__(())
        self.text = text
        self.style = style
        self.element = element

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Set the text (line ends begin new paragraphs) and return its size in points."""
        rows = [
            row
            for line in self.text.split("\n")
            for row in typeset([Piece(line)], self.style, available_width, self.element)
        ]
        GridRows.__init__(self, rows)
        return super().wrap(available_width, available_height)
