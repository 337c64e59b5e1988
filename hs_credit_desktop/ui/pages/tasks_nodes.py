"""The tree of 任务: pillars with their measures, and its filter."""

from PySide6.QtCore import QRect, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from hs_credit_desktop.ui import icons, theme
from hs_credit_desktop.ui.models.roles import Index
from hs_credit_desktop.ui.models.tree import TreeModel
from hs_credit_desktop.ui.widgets.cells import TreeDelegate

INDENT = 18


class NodeTree(QTreeView):
    """The tree with chevrons of its own; Enter hands on to the table."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setIndentation(INDENT)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(TreeDelegate(self))
        self.setAccessibleName("大类和措施")

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        tokens = theme.current()
        if self.selectionModel().isSelected(index):
            painter.fillRect(rect, QColor(tokens.sel))
            ink = tokens.accent if self.hasFocus() else tokens.text3
            painter.fillRect(0, rect.top(), 3, rect.height(), QColor(ink))
        if self.model().hasChildren(index):
            name = "chevron_down" if self.isExpanded(index) else "chevron_right"
            top = rect.top() + (rect.height() - 16) // 2
            painter.drawPixmap(rect.right() - 17, top, icons.pixmap(name, "text2"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)


def filtered(model: TreeModel) -> QSortFilterProxyModel:
    """The nodes whose title holds what is looked for, with the pillars above and all below."""
    proxy = QSortFilterProxyModel(model)
    proxy.setSourceModel(model)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    proxy.setRecursiveFilteringEnabled(True)
    proxy.setAutoAcceptChildRows(True)
    return proxy
