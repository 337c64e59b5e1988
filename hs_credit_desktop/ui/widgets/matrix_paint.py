"""How a cell of the matrix looks: on the screen, in the picture and on paper alike.

完成情况 is one hue in five steps of lightness with the first character in it; the state is the
lamp's own glyph. Nothing is told by colour alone, so a grey copy says the same.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygon

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.returns import Completion
from hs_credit_desktop.services.matrix import Cell
from hs_credit_desktop.ui import icons, lamps, theme
from hs_credit_desktop.ui.tokens import luminance

CELL_WIDTH, CELL_HEIGHT, NAME_WIDTH = 30, 21, 164
BAND_HEIGHT, NUMERAL_HEIGHT = 22, 52
HEAD_HEIGHT = BAND_HEIGHT + NUMERAL_HEIGHT
SMALL = 8.25  # points: nothing in the window is smaller
UNSAID = "—"
# (ground, ink) from 未启动 to 长期坚持; more is darker on light ground and lighter on dark ground.
_LIGHT = (
    ("#FFFFFF", "#18212D"),
    ("#D2E3F6", "#18212D"),
    ("#86B2E4", "#18212D"),
    ("#2B67B0", "#FFFFFF"),
    ("#12365F", "#FFFFFF"),
)
_DARK = (
    ("#22272F", "#E9EDF3"),
    ("#2C4566", "#E9EDF3"),
    ("#2F66A8", "#FFFFFF"),
    ("#86B2E4", "#18212D"),
    ("#D2E3F6", "#18212D"),
)
_LETTERS = dict(zip(Completion, "未推基成长", strict=True))


class Colouring(StrEnum):
    """What the cells show."""

    COMPLETION = "completion"
    STATE = "state"


@dataclass(frozen=True)
class Face:
    """A cell as it is drawn: colours, and a character or a glyph (icon name, style).

    hollow: the outlined triangle of what is missing.
    """

    ground: str
    ink: str
    edge: str
    text: str = ""
    glyph: tuple[str, str] | None = None
    hollow: bool = False


def heat(level: Completion) -> tuple[str, str]:
    """(ground, ink) of a level in the look that is in force."""
    tokens = theme.current()
    if tokens.high_contrast:
        return tokens.surface, tokens.text
    steps = _DARK if tokens.dark else _LIGHT
    return steps[list(Completion).index(level)]


def face(cell: Cell, colouring: Colouring) -> Face:
    """How a cell is drawn."""
    if cell.exempt or colouring is Colouring.STATE:
        return lamp_face(cell.lamp)
    if not cell.covered:
        return missing_face(overdue=cell.lamp is Lamp.OVERDUE)
    return level_face(cell.completion)


def level_face(level: Completion | None) -> Face:
    """The face of a level; None: covered, but the unit did not say."""
    tokens = theme.current()
    if level is None:
        return Face(tokens.surface, tokens.text2, tokens.control, UNSAID)
    ground, ink = heat(level)
    outlined = tokens.high_contrast or level is Completion.NOT_STARTED
    return Face(ground, ink, tokens.control if outlined else ground, _LETTERS[level])


def missing_face(*, overdue: bool) -> Face:
    """未报: an outlined triangle, filled and red when it is overdue."""
    tokens = theme.current()
    if overdue:
        return Face(tokens.bad_s, tokens.bad, tokens.bad, glyph=("warning", "filled"))
    return Face(tokens.surface, tokens.text3, tokens.border, hollow=True)


def lamp_face(lamp: Lamp) -> Face:
    """A lamp's glyph on its soft ground."""
    tokens, sign = theme.current(), lamps.SIGNS[lamp]
    soft = tokens.soft if sign.ink == "accent" else tokens.surface
    ground = str(getattr(tokens, f"{sign.ink}_s", soft))
    edge = tokens.control if tokens.high_contrast else tokens.border
    return Face(ground, str(getattr(tokens, sign.ink)), edge, glyph=(sign.name, sign.style))


def paint_face(painter: QPainter, rect: QRect, shown: Face, *, lead: bool = False) -> None:
    """Draw a face in rect, one pixel inside it."""
    box = rect.adjusted(1, 1, -1, -1)
    painter.fillRect(box, QColor(shown.ground))
    if shown.edge != shown.ground:
        painter.setPen(QPen(QColor(shown.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0, 0, -1, -1))
    if shown.glyph is not None:
        size = min(16, box.height() - 2)
        place = QRect(0, 0, size, size)
        place.moveCenter(box.center())
        icons.paint(painter, place, *shown.glyph, shown.ink)
    elif shown.hollow:
        _paint_triangle(painter, box, shown.ink)
    else:
        painter.setPen(QColor(shown.ink))
        painter.setFont(theme.font(theme.CAPTION))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown.text)
    if lead:
        _paint_corner(painter, box, shown.ground)


def _paint_triangle(painter: QPainter, box: QRect, ink: str) -> None:
    middle, top = box.center().x(), box.center().y() - 5
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(ink), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(
        QPolygon([QPoint(middle, top), QPoint(middle + 6, top + 10), QPoint(middle - 6, top + 10)])
    )
    painter.restore()


def _paint_corner(painter: QPainter, box: QRect, ground: str) -> None:
    """The dark corner of a lead; white in a dark cell."""
    colour = "#18212D" if luminance(ground) > 0.2 else "#FFFFFF"
    alike = abs(luminance(colour) - luminance(theme.current().surface)) < 0.05
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    spot, side = box.topLeft(), 8
    if alike and ground != theme.current().surface:  # else the cell only looks cut off
        spot, side = spot + QPoint(2, 2), 7
    painter.drawPolygon(QPolygon([spot, spot + QPoint(side, 0), spot + QPoint(0, side)]))


def paint_numeral(painter: QPainter, rect: QRect, words: str, *, current: bool) -> None:
    """A measure's number, character under character."""
    tokens = theme.current()
    painter.setFont(theme.font(SMALL, bold=current))
    painter.setPen(QColor(tokens.accent if current else tokens.text2))
    height = 15
    top = rect.center().y() - height * len(words) // 2 + 1
    for place, letter in enumerate(words):
        room = QRect(rect.left(), top + place * height, rect.width(), height)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, letter)
    if current:
        painter.fillRect(rect.left(), rect.bottom() - 2, rect.width(), 3, QColor(tokens.accent))


def paint_band(painter: QPainter, rect: QRect, words: str) -> None:
    """A pillar's name over its measures."""
    tokens = theme.current()
    painter.fillRect(rect, QColor(tokens.surface2))
    painter.fillRect(rect.left(), rect.top(), 1, rect.height(), QColor(tokens.control))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.border))
    painter.setFont(theme.font(SMALL, bold=True))
    painter.setPen(QColor(tokens.text))
    room = rect.adjusted(5, 0, -2, 0)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
