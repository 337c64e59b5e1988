"""Delegates of 审核: a return with its chip and count, an entry with the glyph of its flag."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from hs_credit_desktop.ui import icons, theme
from hs_credit_desktop.ui.models.review import icon_style
from hs_credit_desktop.ui.models.roles import Index, Role
from hs_credit_desktop.ui.widgets.cells import (
    ink_on,
    is_selected,
    paint_ground,
    paint_text,
    rect_of,
)
from hs_credit_desktop.ui.widgets.chips import chip_width, paint_chip

QUEUE_ROW = 28
LEFT = 12


class QueueDelegate(QStyledItemDelegate):
    """Unit at the left, the chip of its flags at the right end of the first column."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, theme.px(QUEUE_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, chosen, first = rect_of(option), is_selected(option), index.column() == 0
        paint_ground(painter, option, bar_at=rect.left() if first else None)
        _line_below(painter, rect)
        room = rect.adjusted(LEFT if first else 0, 0, -8, -1)
        chip = index.data(Role.CHIP)
        if chip is not None:
            width = chip_width(chip.text, icon=chip.icon)
            top = room.top() + (room.height() - theme.CHIP) // 2
            place = QRect(room.right() - width + 4, top, width, theme.CHIP)
            style = icon_style(chip.icon)
            paint_chip(painter, place, chip.text, chip.ink, icon=chip.icon, style=style)
            room.setRight(place.left() - 6)
        ink = ink_on(index.data(Role.INK), selected=chosen)
        bold = chosen and first
        paint_text(painter, room, str(index.data()), ink, bold=bold, right=not first)
        painter.restore()


class EntryDelegate(QStyledItemDelegate):
    """A measure; the glyph of its first flag at the right edge."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, theme.px(theme.ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, chosen = rect_of(option), is_selected(option)
        paint_ground(painter, option, bar_at=rect.left())
        _line_below(painter, rect)
        room = rect.adjusted(LEFT - 4, 0, -8, -1)
        if chip := index.data(Role.CHIP):
            top = room.top() + (room.height() - 16) // 2
            ink = ink_on(chip.ink, selected=chosen)
            glyph = icons.pixmap(chip.icon, ink, 16, icon_style(chip.icon))
            painter.drawPixmap(room.right() - 16, top, glyph)
            room.setRight(room.right() - 22)
        ink = ink_on(index.data(Role.INK), selected=chosen)
        paint_text(painter, room, str(index.data()), ink, bold=chosen)
        painter.restore()


def _line_below(painter: QPainter, rect: QRect) -> None:
    colour = QColor(theme.current().border)
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour)
