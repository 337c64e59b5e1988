"""The matrix on the screen: frozen names on the left, pillar bands and vertical numerals above."""

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.matrix import MatrixModel
from hs_credit_desktop.ui.models.roles import Index, Role
from hs_credit_desktop.ui.widgets.basics import label
from hs_credit_desktop.ui.widgets.cells import rect_of
from hs_credit_desktop.ui.widgets.matrix_paint import (
    BAND_HEIGHT,
    CELL_HEIGHT,
    CELL_WIDTH,
    HEAD_HEIGHT,
    NAME_WIDTH,
    Colouring,
    face,
    paint_band,
    paint_face,
    paint_numeral,
)

LEAST_CELL = 24


class MeasuresHead(QHeaderView):
    """Vertical numerals under the bands of their pillars."""

    def __init__(self, view: "MatrixView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setFixedHeight(HEAD_HEIGHT)
        self.setMinimumSectionSize(LEAST_CELL)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        tokens = theme.current()
        painter.save()
        painter.fillRect(rect, QColor(tokens.surface2))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.border))
        edge = tokens.control if self._view.starts_band(section) else tokens.border
        below = rect.adjusted(0, BAND_HEIGHT, 0, 0)
        painter.fillRect(below.left(), below.top(), 1, below.height(), QColor(edge))
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        current = self._view.currentIndex().column() == section
        paint_numeral(painter, below, words, current=current)
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for band in self._view.matrix.bands:
            left = self.sectionViewportPosition(band.first)
            last = self.sectionViewportPosition(band.last) + self.sectionSize(band.last)
            paint_band(painter, QRect(left, 0, last - left, BAND_HEIGHT), band.words)


class UnitsHead(QHeaderView):
    """The frozen column of names."""

    def __init__(self, view: "MatrixView") -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.setFixedWidth(NAME_WIDTH)
        self.setMinimumSectionSize(CELL_HEIGHT)
        self.setDefaultSectionSize(CELL_HEIGHT)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        tokens = theme.current()
        current = self._view.currentIndex().row() == section
        painter.save()
        painter.fillRect(rect, QColor(tokens.sel if current else tokens.surface))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), QColor(tokens.control))
        if current:
            ink = tokens.accent if self._view.hasFocus() else tokens.text3
            bar = QColor(tokens.sel_text if tokens.high_contrast else ink)
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), bar)
        painter.setFont(theme.font(theme.CAPTION, bold=current))
        painter.setPen(QColor(tokens.sel_text if current else tokens.text))
        room = rect.adjusted(10, 0, -6, 0)
        words = str(self.model().headerData(section, Qt.Orientation.Vertical))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class _Cells(QStyledItemDelegate):
    def __init__(self, view: "MatrixView") -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, tokens = rect_of(option), theme.current()
        painter.save()
        if self._view.starts_band(index.column()):
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), QColor(tokens.control))
        cell = self._view.matrix.cell(index.row(), index.column())
        if cell is not None:
            paint_face(painter, rect, face(cell, self._view.colouring), lead=cell.lead)
        if index == self._view.currentIndex():
            ring = tokens.accent if self._view.hasFocus() else tokens.text3
            painter.setPen(QPen(QColor(ring), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()


class MatrixView(QTableView):
    """moved, opened: the entry's id; '' when the current cell holds no task."""

    moved = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("单位 × 措施")
        self.matrix = MatrixModel(self)
        self.colouring = Colouring.COMPLETION
        self.setHorizontalHeader(MeasuresHead(self))
        self.setVerticalHeader(UnitsHead(self))
        self.setModel(self.matrix)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._corner = _corner(self)
        self.doubleClicked.connect(lambda index: self._open(index))
        self.selectionModel().currentChanged.connect(self._moved)
        self.matrix.modelReset.connect(self._fit)

    def starts_band(self, column: int) -> bool:
        """Whether a pillar begins with that column."""
        return any(band.first == column for band in self.matrix.bands)

    def show_colouring(self, colouring: Colouring) -> None:
        """Show completion or state."""
        self.colouring = colouring
        self.viewport().update()

    def _fit(self) -> None:
        """Cells take what room there is, 24 to 30 pixels each."""
        columns = max(1, self.matrix.columnCount())
        room = self.width() - NAME_WIDTH - 12
        width = max(LEAST_CELL, min(CELL_WIDTH, room // columns))
        self.horizontalHeader().setDefaultSectionSize(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._corner.setGeometry(0, 0, NAME_WIDTH, HEAD_HEIGHT)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if entry_id := index.data(Role.ID):
            self.opened.emit(entry_id)

    def _moved(self, index: QModelIndex, _old: QModelIndex) -> None:
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.viewport().update()
        self.moved.emit(str(index.data(Role.ID) or "") if index.isValid() else "")


def _corner(parent: QWidget) -> QLabel:
    made = label("单位　╲　措施", theme.CAPTION, ink="text2")
    made.setParent(parent)
    made.setObjectName("matrixCorner")
    made.setContentsMargins(10, BAND_HEIGHT, 0, 0)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made
