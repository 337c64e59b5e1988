"""The table of the middle pane: rows of 28 px, sorted by its heads, driven by the keyboard."""

from PySide6.QtCore import QModelIndex, QRect, QSignalBlocker, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from hs_credit_desktop.ui import columns, icons, text_size, theme
from hs_credit_desktop.ui.models.roles import Role
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.widgets.cells import CellDelegate

LEAST_COLUMN = 44


class Head(QHeaderView):
    """Captions on surface2, with a chevron at the column that is sorted by.

    Columns are widened, moved (but for the first) and sorted by; arranged: the mouse has let go.
    """

    arranged = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(False)
        self.setSortIndicatorClearable(True)
        self.setFixedHeight(theme.ROW)
        self.setMinimumSectionSize(LEAST_COLUMN)
        # The last column takes what is left, and is never narrower than this: 100 px ran out of
        # the pane beside a scroll bar, and its words were cut instead of elided.
        self.setDefaultSectionSize(LEAST_COLUMN)
        self.setStretchLastSection(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.arranged.emit()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        tokens, edge = theme.current(), QColor(theme.current().border)
        painter.save()
        painter.fillRect(rect, QColor(tokens.surface2))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, edge)
        if self.visualIndex(section) < self.count() - 1:
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), edge)
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(QColor(tokens.text2))
        sorted_by = self.sortIndicatorSection() == section
        side = self.model().headerData(
            section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        room = rect.adjusted(8, 0, -22 if sorted_by else -8, 0)
        painter.drawText(room, side, words)
        if sorted_by:
            down = self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
            name = "chevron_down" if down else "chevron_up"
            painter.drawPixmap(rect.right() - 20, rect.top() + 6, icons.pixmap(name, "accent"))
        painter.restore()


class RowsTable(QTableView):
    """A RowsModel behind a sorting proxy.

    moved: id of the current row; opened: id of the row that Enter or a double click opens;
    escaped: Esc was pressed.
    """

    moved = Signal(str)
    opened = Signal(str)
    escaped = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSortRole(Role.SORT)
        self.proxy.setSortLocaleAware(True)
        head = Head(self)
        head.arranged.connect(self._keep_columns)
        self.setHorizontalHeader(head)
        head.setFirstSectionMovable(False)  # a table lets it move when it takes the head
        self.setModel(self.proxy)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.ROW)
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(Role.ID)))
        self.selectionModel().currentRowChanged.connect(self._current_moved)

    def show_model(self, model: RowsModel) -> None:  # type: ignore[type-arg]
        """Show another model with its own columns, in its own order or as it was left."""
        if self.proxy.sourceModel() is model:
            return
        self.proxy.setSourceModel(model)
        head = self.horizontalHeader()
        if head.sortIndicatorSection() >= 0:  # rows come in official order
            with QSignalBlocker(head):
                head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            # Asked for only here: the first viewport of a program makes Qt name all its widgets.
            head.viewport().update()
        self.proxy.sort(-1)
        for place, column in enumerate(model.columns):
            if column.width:
                self.setColumnWidth(place, round(column.width * text_size.fitted(self)))
        section, order = columns.restore(self)
        if section >= 0:
            columns.show_sorted(head, section, order)
            self._sort(section, order)

    def _keep_columns(self) -> None:
        columns.keep(self)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        model = self.proxy.sourceModel()
        if not isinstance(model, RowsModel) or not model.paged:
            self.proxy.sort(column, order)
            return
        kept = self.current_id()
        model.resort(column, falling=order is Qt.SortOrder.DescendingOrder)
        if kept:
            self.select(kept)

    def sort_again(self) -> None:
        """Rows that came anew take the order shown in the head."""
        head = self.horizontalHeader()
        model = self.proxy.sourceModel()
        if not isinstance(model, RowsModel):
            return
        if model.paged and self.proxy.sortColumn() >= 0:
            self.proxy.sort(-1)
        if not model.paged or head.sortIndicatorSection() >= 0:
            self._sort(head.sortIndicatorSection(), head.sortIndicatorOrder())

    def ids(self) -> list[str]:
        """Ids of the rows as they stand now."""
        rows = range(self.proxy.rowCount())
        return [str(self.proxy.index(row, 0).data(Role.ID)) for row in rows]

    def current_id(self) -> str:
        """Id of the current row, '' when there is none."""
        index = self.currentIndex()
        return str(index.data(Role.ID)) if index.isValid() else ""

    def select(self, row_id: str) -> bool:
        """Make a row the current one; False when it is not there."""
        model = self.proxy.sourceModel()
        row = model.row_of(row_id) if isinstance(model, RowsModel) else -1
        if row < 0:
            return False
        index = self.proxy.mapFromSource(model.index(row, 0))
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def select_row(self, row: int) -> None:
        """Make the row at that place the current one and bring it in sight."""
        index = self.proxy.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def neighbour(self, step: int) -> str:
        """Id of the row `step` rows away from the current one, '' at the end of the list."""
        current = self.currentIndex()
        index = self.proxy.index(current.row() + step if current.isValid() else 0, 0)
        return str(index.data(Role.ID)) if index.isValid() else ""

    def select_first(self) -> None:
        """Make the first row the current one when none is."""
        if not self.current_id() and self.proxy.rowCount():
            self.setCurrentIndex(self.proxy.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.opened.emit(self.current_id())
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self.proxy.rowCount() - 1
            self.setCurrentIndex(self.proxy.index(0 if event.key() == Qt.Key.Key_Home else last, 0))
        else:
            super().keyPressEvent(event)

    def _current_moved(self, index: QModelIndex, _old: QModelIndex) -> None:
        if index.isValid():
            self.moved.emit(index.data(Role.ID))
