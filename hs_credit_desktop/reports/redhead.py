"""The red head of a paper: document form (文件, GB/T 9704-2012, 7.2) and letter form (函, 10.1)."""

from typing import Any

from hs_credit_desktop.reports.content import Head
from hs_credit_desktop.reports.fonts import Face
from hs_credit_desktop.reports.grid import ASCENT, Piece, Style, cells, typeset
from hs_credit_desktop.reports.ink import draw_row
from hs_credit_desktop.reports.page import A4_HEIGHT, A4_WIDTH, MM, Layout
from hs_credit_desktop.reports.tags import Element, marked

_RED = (0.87, 0.0, 0.0)
MARK_BELOW = 35.0  # millimetres from the top of the 版心 to the mark of a document
_LETTER_MARK = 30.0  # millimetres from the top of the page to the mark of a letter
_RULE_BELOW = 4.0  # millimetres below the last element of the head
_LETTER_RULE = 170.0  # millimetres long, centred on the page
_LETTER_FOOT = 20.0  # millimetres from the foot of the page to the second rule
_TALLEST, _NARROWEST = 42.0, 0.6  # points; share of its width that a mark is squeezed to at most
_LETTER_TALLEST = 34.0
_THICK, _THIN, _APART = 1.6, 0.6, 2.2  # points
_NUMBER_GAP = 7 / 8  # of a character below the rule of a letter
BLANK_LINES = 2  # between the head and the title


def head_depth(head: Head, layout: Layout) -> float:
    """Points from the top of the 版心 that the head takes, blank lines above the title included."""
    if not head.mark:
        return BLANK_LINES * layout.leading
    blank = BLANK_LINES * layout.leading - (layout.leading - layout.size)
    if head.letter:
        number = (1 + _NUMBER_GAP) * layout.size if head.number else 0.0
        return (_letter_rule(head, layout) - layout.top * MM) + number + blank
    return _document_rule(head, layout) + blank


def mark_size(head: Head, layout: Layout) -> tuple[float, float]:
    """(type size, share of its natural width) so that the mark fits the width of the 版心."""
    tallest = _LETTER_TALLEST if head.letter else _TALLEST
    natural = sum(one.width for one in cells([Piece(head.mark)], Face.TITLE))
    squeeze = max(min(layout.width / (natural * tallest), 1.0), _NARROWEST)
    return min(tallest, layout.width / (natural * squeeze)), squeeze


def _letter_rule(head: Head, layout: Layout) -> float:
    """Points from the top of the page to the first rule of a letter."""
    return (_LETTER_MARK + _RULE_BELOW) * MM + mark_size(head, layout)[0]


def _document_rule(head: Head, layout: Layout) -> float:
    """Points from the top of the 版心 to the rule: mark, number two lines below, 4 mm."""
    size, _ = mark_size(head, layout)
    number = 2 * layout.leading + layout.size if head.number else 0.0
    return (MARK_BELOW + _RULE_BELOW) * MM + size + number


def draw_head(canvas: Any, head: Head, layout: Layout) -> None:
    """Draw the head on the first page; on pre-printed paper only the number is drawn."""
    if not head.mark:
        _number(canvas, head, layout, A4_HEIGHT - layout.top * MM - layout.size, "center")
    elif head.letter:
        _draw_letter(canvas, head, layout)
    else:
        _draw_document(canvas, head, layout)


def _draw_document(canvas: Any, head: Head, layout: Layout) -> None:
    left, top = layout.left(1), A4_HEIGHT - layout.top * MM
    rule = top - _document_rule(head, layout)
    if head.printed:
        _mark(canvas, head, layout, top - MARK_BELOW * MM)
        _line(canvas, left, rule, layout.width, _THICK)
    _number(canvas, head, layout, rule + _RULE_BELOW * MM, "center")


def _draw_letter(canvas: Any, head: Head, layout: Layout) -> None:
    left = (A4_WIDTH - _LETTER_RULE * MM) / 2
    rule = A4_HEIGHT - _letter_rule(head, layout)
    below = rule - (1 + _NUMBER_GAP) * layout.size
    if head.printed:
        _mark(canvas, head, layout, A4_HEIGHT - _LETTER_MARK * MM)
        foot = _LETTER_FOOT * MM
        for y, width in (
            *((rule, _THICK), (rule - _APART, _THIN)),
            *((foot + _APART, _THIN), (foot, _THICK)),
        ):
            _line(canvas, left, y, _LETTER_RULE * MM, width)
    _number(canvas, head, layout, below, "right")


def _mark(canvas: Any, head: Head, layout: Layout, top: float) -> None:
    """The mark in red 小标宋, centred, its upper edge at `top`."""
    size, squeeze = mark_size(head, layout)
    [row] = typeset([Piece(head.mark)], Style(Face.TITLE, size, size, size, align="left"), 9999)
    natural = sum(one.width for one in cells([Piece(head.mark)], Face.TITLE)) * size * squeeze
    canvas.saveState()
    canvas.setFillColorRGB(*_RED)
    canvas.translate(layout.left(1) + (layout.width - natural) / 2, top - size * ASCENT)
    canvas.scale(squeeze, 1)
    with marked(canvas, Element("P")):
        draw_row(canvas, row, 0, 0)
    canvas.restoreState()


def _number(canvas: Any, head: Head, layout: Layout, bottom: float, align: Any) -> None:
    """The document number in body type, its lower edge at `bottom`."""
    style = Style(Face.BODY, layout.size, layout.pitch, layout.leading, align=align)
    for row in typeset([Piece(head.number)], style, layout.width) if head.number else ():
        with marked(canvas, Element("P")):
            draw_row(canvas, row, layout.left(1) + row.x, bottom + (1 - ASCENT) * layout.size)


def _line(canvas: Any, left: float, y: float, length: float, width: float) -> None:
    canvas.saveState()
    canvas.setStrokeColorRGB(*_RED)
    canvas.setLineWidth(width)
    with marked(canvas):
        canvas.line(left, y, left + length, y)
    canvas.restoreState()
