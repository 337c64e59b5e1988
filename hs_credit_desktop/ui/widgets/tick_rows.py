"""Rows of a list with a tick box that can be seen in every look; Space and a click turn it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from hs_credit_desktop.ui import icons, theme
from hs_credit_desktop.ui.widgets.cells import (
    ink_on,
    is_selected,
    paint_ground,
    paint_text,
    rect_of,
)
from hs_credit_desktop.ui.widgets.tick import BOX, GAP, SIDE

Index = QModelIndex | QPersistentModelIndex


class TickRows(QStyledItemDelegate):
    """Draws box and words; the place of the box is where the style looks for a click."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.CHIP + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, chosen, tokens = rect_of(option), is_selected(option), theme.current()
        paint_ground(painter, option, bar_at=None)
        box = QRect(rect.left() + SIDE, rect.top() + (rect.height() - BOX) // 2, BOX, BOX)
        state = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        ticked = state is Qt.CheckState.Checked
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tokens.fill if ticked else tokens.surface))
        painter.setPen(QPen(QColor(tokens.fill if ticked else tokens.control), 1))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if ticked:
            painter.drawPixmap(box.topLeft(), icons.pixmap("checkmark", "fill_text"))
        room = rect.adjusted(SIDE + BOX + GAP, 0, -SIDE, 0)
        paint_text(painter, room, str(index.data()), ink_on("text", selected=chosen))
        painter.restore()
