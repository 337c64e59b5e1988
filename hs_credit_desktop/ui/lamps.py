"""Lamps: one glyph, one word and one colour for each state, drawn together."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.ui import icons, theme

GLYPH = 16
WORD_GAP = 5


@dataclass(frozen=True)
class Sign:
    """How a lamp is drawn: icon name and style, and the colour ink of glyph and word."""

    name: str
    style: str
    ink: str


SIGNS = {
    Lamp.NOT_DUE: Sign("circle", "regular", "text3"),
    Lamp.DUE_SOON: Sign("clock", "filled", "warn"),
    Lamp.OVERDUE: Sign("warning", "filled", "bad"),
    Lamp.LATE: Sign("calendar_clock", "filled", "warn"),
    Lamp.TO_REVIEW: Sign("circle_half_fill", "filled", "accent"),
    Lamp.ACCEPTED: Sign("checkmark_circle", "filled", "ok"),
    Lamp.SENT_BACK: Sign("arrow_hook_up_left", "filled", "back"),
    Lamp.ON_HOLD: Sign("question_circle", "regular", "hold"),
    Lamp.EXEMPT: Sign("subtract_circle", "regular", "text3"),
    Lamp.STALE: Sign("arrow_sync", "filled", "warn"),
}


def paint_lamp(
    painter: QPainter,
    rect: QRect,
    lamp: Lamp,
    *,
    word: bool = True,
    selected: bool = False,
    font: QFont | None = None,
) -> None:
    """Draw a lamp left-aligned in rect, the word elided to what fits.

    selected: the row is selected, where hints take text2 and high contrast takes its own ink.
    """
    lamp = Lamp(lamp)  # a StrEnum comes back from an item model as a plain str
    sign = SIGNS[lamp]
    ink = ink_of(sign.ink, selected=selected)
    top = rect.top() + (rect.height() - GLYPH) // 2
    painter.drawPixmap(rect.left(), top, icons.pixmap(sign.name, ink, GLYPH, sign.style))
    if not word:
        return
    painter.setFont(font or theme.font())
    painter.setPen(QColor(getattr(theme.current(), ink)))
    space = rect.adjusted(GLYPH + WORD_GAP, 0, 0, 0)
    text = painter.fontMetrics().elidedText(lamp.word, Qt.TextElideMode.ElideRight, space.width())
    painter.drawText(space, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def ink_of(ink: str, *, selected: bool) -> str:
    """The ink that stays readable on a selected row."""
    if selected and theme.current().high_contrast:
        return "sel_text"
    return "text2" if selected and ink == "text3" else ink
