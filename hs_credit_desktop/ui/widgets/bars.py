"""A column of segmented bars in a table."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.roles import Index, Role
from hs_credit_desktop.ui.widgets.cells import paint_ground, rect_of
from hs_credit_desktop.ui.widgets.chips import paint_bar


class BarDelegate(QStyledItemDelegate):
    """Draws the progress of a cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect = rect_of(option)
        paint_ground(painter, option, bar_at=None)
        room = QRect(rect.left() + 8, rect.center().y() - 3, rect.width() - 16, 8)
        paint_bar(painter, room, index.data(Role.PROGRESS))
        painter.fillRect(
            rect.left(), rect.bottom(), rect.width(), 1, QColor(theme.current().border)
        )
        painter.restore()
