"""Text on the character grid: paragraphs become rows of runs, and rows become a ReportLab flowable.

ReportLab's own Chinese wrapping ignores full-width marks at line starts and every rule for line
ends, and does not fill lines; so lines come from `linebreak` and are drawn run by run, each with
one character spacing (PDF operator Tc), which keeps copied text whole.
"""

from bisect import bisect_right
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, groupby
from typing import Any, Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from hs_credit_desktop.reports import fonts
from hs_credit_desktop.reports.fonts import Face
from hs_credit_desktop.reports.linebreak import Cell, Line, break_lines

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


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that one font draws with one spacing (points added after each character)."""

    font: str
    spacing: float
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a bookmark leads to; level counts from 0."""

    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line ready to be drawn. x from the left edge, height and baseline from its top: points.

    glue: no page may end after this row. text rows carry runs, blank rows none.
    """

    height: float
    runs: tuple[Run, ...] = ()
    x: float = 0.0
    baseline: float = 0.0
    size: float = 0.0
    glue: bool = False
    mark: Mark | None = None


@cache
def cell(ch: str, face: Face) -> Cell:
    """The character as the first face that has it draws it; 〓 for one that no face has."""
    if fonts.missing(ch):
        ch = MISSING_MARK
    [(chosen, _)] = fonts.runs(ch, face)
    width = pdfmetrics.getFont(chosen.value).face.getCharWidth(ord(ch)) / 1000
    return Cell(ch, chosen.value, width)


def cells(pieces: Sequence[Piece], face: Face) -> list[Cell]:
    """All characters of a paragraph, each in its face."""
    return [cell(ch, piece.face or face) for piece in pieces for ch in piece.text]


def typeset(pieces: Sequence[Piece], style: Style, width: float) -> list[Row]:
    """Set one paragraph into `width` points; an empty one is a blank row.

    The fonts must be registered.
    """
    chars = cells(pieces, style.face)
    if not chars:
        return [Row(style.leading)]
    room = width / style.pitch - style.left - style.right
    lines = break_lines(chars, room, first=room - style.indent, spread=style.align == "full")
    return [_row(chars[line.start : line.end], line, style, room) for line in lines]


def _row(chars: Sequence[Cell], line: Line, style: Style, room: float) -> Row:
    indent = style.indent if line.start == 0 else 0.0
    free = max(room - indent - line.width, 0.0)
    shift = {"center": free / 2, "right": free}.get(style.align, 0.0)
    return Row(
        height=style.leading,
        runs=tuple(_runs(chars, line.advances, style)),
        x=(style.left + indent + shift) * style.pitch,
        baseline=style.drop + style.size * ASCENT,
        size=style.size,
    )


def _runs(chars: Sequence[Cell], advances: Sequence[float], style: Style) -> list[Run]:
    """Neighbours with the same font and spacing together: one text operator each."""
    spaced = (
        (one.font, round(advance * style.pitch - one.width * style.size, 3), one.ch)
        for one, advance in zip(chars, advances, strict=True)
    )
    return [
        Run(font, spacing, "".join(ch for _, _, ch in group))
        for (font, spacing), group in groupby(spaced, key=lambda item: item[:2])
    ]


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
        """Draw the rows downwards from the top."""
        top = self.height
        for row in self.rows[self.first : self.end]:
            if row.mark:
                _set_mark(self.canv, row.mark, top)
            if row.runs:
                draw_row(self.canv, row, row.x, top - row.baseline)
            top -= row.height


def _set_mark(canvas: Any, mark: Mark, top: float) -> None:
    """Bookmark and entry of the outline; keys count up so that equal titles stay apart."""
    key = f"mark{canvas.getPageNumber()}-{round(top * 100)}"
    canvas.bookmarkHorizontal(key, 0, top)
    canvas.addOutlineEntry(mark.title, key, mark.level, closed=mark.level > 0)


def draw_row(canvas: Any, row: Row, x: float, baseline: float) -> None:
    """Draw the runs of a row from x (points), one text operator a run."""
    text = canvas.beginText(x, baseline)
    font, spacing = "", 0.0
    for run in row.runs:
        if run.font != font:
            font = run.font
            text.setFont(font, row.size)
        if run.spacing != spacing:
            spacing = run.spacing
            text.setCharSpace(spacing)
        text.textOut(run.text)
    if spacing:
        text.setCharSpace(0)
    canvas.drawText(text)


class GridParagraph(GridRows):
    """A paragraph set to the width it is given: for table cells and single blocks."""

    def __init__(self, text: str, style: Style) -> None:
        super().__init__(())
        self.text = text
        self.style = style

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Set the text (line ends begin new paragraphs) and return its size in points."""
        rows = [
            row
            for line in self.text.split("\n")
            for row in typeset([Piece(line)], self.style, available_width)
        ]
        GridRows.__init__(self, rows)
        return super().wrap(available_width, available_height)
