"""The colophon (版记, GB/T 9704-2012, 7.4) at the foot of the last page; letters have no rules."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hs_credit_desktop.reports.content import Colophon
from hs_credit_desktop.reports.fonts import Face
from hs_credit_desktop.reports.grid import Piece, Style, typeset
from hs_credit_desktop.reports.ink import Row, draw_row
from hs_credit_desktop.reports.page import MM, Layout
from hs_credit_desktop.reports.tags import Element, marked

SIZE = 14.0  # 4号
_AFTER_LABEL = 3.0  # characters: further lines stand under the first name, not under 抄送：
_THICK, _THIN = 0.35 * MM, 0.25 * MM


def colophon_height(colophon: Colophon, layout: Layout) -> float:
    """Points from its first rule to the bottom of the 版心."""
    return layout.leading * (len(_copies(colophon, layout)) + bool(colophon.printed_by))


def _style(layout: Layout) -> Style:
    """One character free on both sides."""
    return Style(
        Face.BODY, SIZE, SIZE, layout.leading, left=1.0, right=1.0, drop=(layout.leading - SIZE) / 2
    )


def _copies(colophon: Colophon, layout: Layout) -> list[Row]:
    """抄送：甲，乙。, hanging."""
    style = replace(_style(layout), indent=-_AFTER_LABEL, left=1.0 + _AFTER_LABEL)
    line = colophon.copies_line
    return typeset([Piece(line)], style, layout.width, Element("P")) if line else []


def draw_colophon(canvas: Any, colophon: Colophon, layout: Layout, page: int) -> None:
    """Draw it with its last rule on the bottom of the 版心 of the page."""
    left, bottom = layout.left(page), layout.bottom * MM
    top = bottom + colophon_height(colophon, layout)
    copies = _copies(colophon, layout)
    for at, row in enumerate(copies):
        _draw(canvas, row, left, top - at * layout.leading)
    if colophon.printed_by:
        _printed(canvas, colophon, layout, left, bottom + layout.leading)
        rules = [(top, _THICK), (bottom, _THICK)]
        rules += [(bottom + layout.leading, _THIN)] if copies else []
        _rules(canvas, left, layout.width, rules)


def _printed(canvas: Any, colophon: Colophon, layout: Layout, left: float, top: float) -> None:
    """Printing office left, day right, on one line."""
    office, day = colophon.printed_line
    style = _style(layout)
    [row] = typeset([Piece(office)], style, layout.width, Element("P"))
    _draw(canvas, row, left, top)
    [row] = typeset([Piece(day)], replace(style, align="right"), layout.width, Element("P"))
    _draw(canvas, row, left, top)


def _draw(canvas: Any, row: Row, left: float, top: float) -> None:
    with marked(canvas, row.element):
        draw_row(canvas, row, left + row.x, top - row.baseline)


def _rules(canvas: Any, left: float, length: float, rules: Sequence[tuple[float, float]]) -> None:
    canvas.saveState()
    with marked(canvas):
        for y, width in rules:
            canvas.setLineWidth(width)
            canvas.line(left, y, left + length, y)
    canvas.restoreState()
