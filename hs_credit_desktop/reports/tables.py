"""Tables of the PDF: cells set by our line breaking, head repeated, rows taller than a page cut."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from reportlab.platypus import LongTable

from hs_credit_desktop.reports.content import Column, Table
from hs_credit_desktop.reports.fonts import Face
from hs_credit_desktop.reports.grid import GridRows, Piece, Style, typeset
from hs_credit_desktop.reports.ink import Row
from hs_credit_desktop.reports.tags import Element, begin, end, marked

CONTINUED = "续"  # below the first cell of a row that goes on with a text too long for one
_SIZE, _SMALL_SIZE, _LEADING = 12.0, 10.5, 1.42  # points, points, type sizes
_PADDING, _ABOVE = 4.0, 2.0  # points beside and above the text of a cell
_TALLEST = 0.65  # share of a page that a row takes at most: it goes below the title of an annex
_STYLE = [
    ("FONT", (0, 0), (-1, -1), Face.BODY.value, _SIZE),  # else an unembedded Helvetica stays
    ("GRID", (0, 0), (-1, -1), 0.5, "#000000"),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
    ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
    ("TOPPADDING", (0, 0), (-1, -1), _ABOVE),
    ("BOTTOMPADDING", (0, 0), (-1, -1), _ABOVE),
]


class _HeadCell(GridRows):
    """A cell of the head: part of the structure once, on later pages an artifact."""

    def draw(self) -> None:
        """Draw it; the first time as what it is."""
        if all(row.element and row.element.placed for row in self.rows):
            with marked(self.canv):
                self._draw(self.rows, self.height)
        else:
            super().draw()


def table(block: Table, width: float, height: float) -> LongTable:
    """A table over the whole `width`; height: of a page, two thirds of which a row may take."""
    size = _SMALL_SIZE if block.small else _SIZE
    weights = sum(column.weight for column in block.columns)
    widths = [width * column.weight / weights for column in block.columns]
    most = int((height * _TALLEST - 2 * _ABOVE) / (size * _LEADING))
    whole = Element("Table")
    head = _head(block.columns, widths, size, whole)
    styles = [_style(Face.BODY, size, column.align) for column in block.columns]
    rows = chain.from_iterable(_cells(row, styles, widths, most, whole) for row in block.rows)
    return LongTable(
        [head, *rows], colWidths=widths, repeatRows=1, style=_STYLE, renderCB=_lines_as_artifact
    )


def _head(
    columns: Sequence[Column], widths: Sequence[float], size: float, whole: Element
) -> list[GridRows]:
    style = _style(Face.HEI, size, "center")
    row = Element("TR", whole)
    return [
        _HeadCell(_set(column.title, style, width, Element("TH", row)))
        for column, width in zip(columns, widths, strict=True)
    ]


def _cells(
    texts: Sequence[str],
    styles: Sequence[Style],
    widths: Sequence[float],
    most: int,
    whole: Element,
) -> list[list[GridRows]]:
    """The cells of a row; where a text has more than `most` lines, of several.

    In those after the first the short texts stand again, 续 below the first of them.
    """
    row = Element("TR", whole)
    found = [
        _set(text, style, width, Element("TD", row))
        for text, style, width in zip(texts, styles, widths, strict=True)
    ]
    parts = max(-(-len(lines) // most) for lines in found)
    rows = [[GridRows(lines[:most]) for lines in found]]
    for at in range(1, parts):
        again = Element("TR", whole)
        short = [
            _set(text, style, width, Element("TD", again))
            for text, style, width in zip(_continued(texts), styles, widths, strict=True)
        ]
        rows.append(
            [
                GridRows(lines[at * most : (at + 1) * most] if len(lines) > most else brief)
                for lines, brief in zip(found, short, strict=True)
            ]
        )
    return rows


def _continued(texts: Sequence[str]) -> list[str]:
    return [f"{texts[0]}\n{CONTINUED}", *texts[1:]]


def _set(text: str, style: Style, width: float, element: Element) -> list[Row]:
    """The lines of a cell; line ends begin new paragraphs."""
    return [
        row
        for line in text.split("\n")
        for row in typeset([Piece(line)], style, width - 2 * _PADDING, element)
    ]


def _style(face: Face, size: float, align: Any) -> Style:
    leading = size * _LEADING
    return Style(face, size, size, leading, align=align, drop=(leading - size) / 2)


def _lines_as_artifact(made: LongTable, event: str, *_: object) -> None:
    """Rules of a table say nothing."""
    if event == "startLines":
        begin(made.canv, None)
    elif event == "endLines" and getattr(made.canv, "tags", None):
        end(made.canv)
