"""The middle pane of 汇总: what the units sent, lead first, a tick before every sentence."""

from collections.abc import Collection
from functools import lru_cache

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from hs_credit_desktop.domain.composing import Draft
from hs_credit_desktop.domain.composing_stale import Stale
from hs_credit_desktop.domain.figures import figures
from hs_credit_desktop.services.composing_board import Node
from hs_credit_desktop.ui import icons, lamps, theme
from hs_credit_desktop.ui.models.compose import (
    LAMPS,
    RowKind,
    SourceRow,
    SourcesModel,
    source_rows,
)
from hs_credit_desktop.ui.models.roles import Index
from hs_credit_desktop.ui.widgets.basics import Button, Pane, paint_focus
from hs_credit_desktop.ui.widgets.cells import is_selected, paint_ground, rect_of
from hs_credit_desktop.ui.widgets.chips import chip_width, paint_chip
from hs_credit_desktop.ui.widgets.states import EmptyState

HEAD_HEIGHT, LEFT, BOX, TEXT_LEFT, SIDE, LEAST = 30, 12, 16, 40, 10, 34
LINE = 1.35


@lru_cache(maxsize=4000)
def _height(text: str, width: int, zoom: float) -> int:
    """Logical pixels of a wrapped sentence with its padding."""
    del zoom  # part of the key: fonts follow it
    return max(LEAST, round(_layout(text, width).boundingRect().height()) + 12)


def _layout(text: str, width: int) -> QTextLayout:
    layout = QTextLayout(text, theme.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += line.height() * LINE
    layout.endLayout()
    return layout


class SourceDelegate(QStyledItemDelegate):
    """A unit's head with role and lamp; a sentence with tick, figures in the accent colour."""

    def __init__(self, view: "SourceList", model: SourcesModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model

    def _room(self, row: SourceRow) -> int:
        note = chip_width(_note(row), icon=_icon(row)) + 8 if _note(row) else 0
        return max(80, self._view.viewport().width() - TEXT_LEFT - SIDE - note)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._model.row_at(index)
        if row is None or row.kind is RowKind.HEAD:
            return QSize(0, HEAD_HEIGHT)
        return QSize(0, _height(row.text, self._room(row), theme.font().pointSizeF()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row_at(index)
        if row is None:
            return
        painter.save()
        if row.kind is RowKind.HEAD:
            self._paint_head(painter, rect_of(option), row)
        else:
            lit = index.row() in self._view.lit
            self._paint_sentence(painter, option, row, lit=lit)
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRect, row: SourceRow) -> None:
        tokens = theme.current()
        painter.fillRect(rect, QColor(tokens.surface2))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.border))
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(tokens.text))
        words = painter.fontMetrics().horizontalAdvance(row.text)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(LEFT, 0, 0, 0), middle, row.text)
        if row.note:
            width = chip_width(row.note)
            place = QRect(rect.left() + LEFT + words + 8, rect.top() + 5, width, 20)
            paint_chip(painter, place, row.note, "accent" if row.source.lead else "text2")
        lamp = QRect(rect.right() - 84, rect.top(), 80, rect.height())
        lamps.paint_lamp(painter, lamp, LAMPS[row.source.state])

    def _paint_sentence(
        self, painter: QPainter, option: QStyleOptionViewItem, row: SourceRow, *, lit: bool
    ) -> None:
        tokens, rect = theme.current(), rect_of(option)
        if row.fresh or lit:
            painter.fillRect(rect, QColor(tokens.sel if lit else tokens.warn_s))
        paint_ground(painter, option, bar_at=rect.left())
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.border))
        _paint_tick(painter, QRect(rect.left() + LEFT, rect.top() + 8, BOX, BOX), taken=row.taken)
        layout = _layout(row.text, self._room(row))
        chosen = lit or is_selected(option)
        ink = tokens.sel_text if chosen else tokens.text if row.taken else tokens.text2
        painter.setPen(QColor(ink))
        # On the selection of a high-contrast desktop no other colour can be read.
        plain = chosen and tokens.high_contrast
        layout.draw(
            painter,
            QPointF(rect.left() + TEXT_LEFT, rect.top() + 6),
            [] if plain else _figures(row.text),
        )
        if _note(row):
            width = chip_width(_note(row), icon=_icon(row))
            place = QRect(rect.right() - width - 6, rect.top() + 6, width, 20)
            paint_chip(
                painter, place, _note(row), "warn" if row.fresh else "text2", icon=_icon(row)
            )
        if is_selected(option) and self._view.hasFocus():
            paint_focus(painter, rect)


def _note(row: SourceRow) -> str:
    return "已改" if row.fresh else row.note


def _icon(row: SourceRow) -> str:
    return "arrow_sync" if row.fresh else ""


def _figures(text: str) -> list[QTextLayout.FormatRange]:
    """The figures of a sentence in the accent colour."""
    found = []
    for figure in figures(text):
        one, ink = QTextLayout.FormatRange(), QTextCharFormat()
        ink.setForeground(QColor(theme.current().accent))
        one.start, one.length, one.format = figure.start, figure.end - figure.start, ink  # type: ignore[attr-defined]
        found.append(one)
    return found


def _paint_tick(painter: QPainter, box: QRect, *, taken: bool) -> None:
    tokens = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(tokens.fill if taken else tokens.surface))
    painter.setPen(QPen(QColor(tokens.fill if taken else tokens.control), 1))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if taken:
        painter.drawPixmap(box.topLeft(), icons.pixmap("checkmark", "fill_text"))
    painter.restore()


class SourceList(QListView):
    """Sentences; toggled: tick box or Space; opened: Enter or a double click on a sentence."""

    toggled = Signal(object)
    opened = Signal(object)
    looked = Signal(object)

    def __init__(self, model: SourcesModel) -> None:
        super().__init__()
        self.lit: frozenset[int] = frozenset()
        self.setAccessibleName("各单位反馈")
        self._model = model
        self.setModel(model)
        self.setItemDelegate(SourceDelegate(self, model))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._open)

    def show_lit(self, places: Collection[int]) -> None:
        """Light the rows that the sentence under the mouse goes back to."""
        self.lit = frozenset(places)
        self.viewport().update()

    def row(self) -> SourceRow | None:
        """The current row."""
        return self._model.row_at(self.currentIndex())

    def currentChanged(self, index: Index, old: Index) -> None:
        super().currentChanged(index, old)
        if row := self._model.row_at(index):
            self.looked.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.row()
        if row and event.key() == Qt.Key.Key_Space:
            self._toggle(row)
        elif row and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        row = self._model.row_at(self.indexAt(place))
        if row and place.x() < TEXT_LEFT - 4 and event.button() is Qt.MouseButton.LeftButton:
            self._toggle(row)

    def _toggle(self, row: SourceRow) -> None:
        if row.kind is RowKind.SENTENCE:
            self.toggled.emit(row)

    def _open(self, index: QModelIndex) -> None:
        if row := self._model.row_at(index):
            self.opened.emit(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()
        super().changeEvent(event)

    def show_row(self, place: int) -> None:
        """Make a row the current one and bring it into sight."""
        index = self._model.index(place)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def point_of(self, place: int) -> QPoint:
        """The middle of a row's tick box, for tests and the mouse."""
        return self.visualRect(self._model.index(place)).topLeft() + QPoint(LEFT + 8, 16)


class SourcesPane(Pane):
    """The sources of a node. toggled(row), opened(row), original(row), all_taken()."""

    toggled = Signal(object)
    opened = Signal(object)
    original = Signal(object)
    looked = Signal(object)
    all_taken = Signal()

    def __init__(self) -> None:
        super().__init__("各单位反馈")
        self.model = SourcesModel(self)
        self.view = SourceList(self.model)
        self.take_all = Button("全部采用", self.all_taken.emit, key="Ctrl+B", bind_key=False)
        self.take_all.setToolTip("按各单位现在的反馈重新起草这一条；可以在稿子里按 Ctrl+Z 找回")
        self.tools.addWidget(self.take_all)
        self.empty = EmptyState("document_text", "这条措施还没有单位反馈", "有单位报送后就能汇总")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)
        self.entry = Button("看反馈", self._open, key="Enter", bind_key=False)
        self.file = Button("打开原件", self._original, key="Ctrl+J", bind_key=False)
        foot = self.add_foot()
        foot.addWidget(self.entry)
        foot.addStretch(1)
        foot.addWidget(self.file)
        self.view.toggled.connect(self.toggled)
        self.view.opened.connect(self.opened)
        self.view.looked.connect(self._look)

    def show_node(self, node: Node, draft: Draft, found: tuple[Stale, ...], locked: str) -> None:
        """Show the sentences of a node, ticked as the draft takes them."""
        self.model.show_rows(source_rows(node, draft, found))
        units = len({source.unit for source in node.sources})
        said = f"{units} 家，{'牵头在前' if node.is_measure else '按正式排序'}"
        self.subtitle.setText(said if node.sources and node.sources[0].unit else "台账数字")
        self._stack.setCurrentIndex(0 if node.sources else 1)
        self.take_all.setEnabled(bool(node.sources) and not locked)
        self._look(self.view.row())

    def _look(self, row: SourceRow | None) -> None:
        real = row is not None and bool(row.source.entry_id)
        self.entry.setEnabled(real)
        self.file.setEnabled(real)
        if row is not None:
            self.looked.emit(row)

    def _open(self) -> None:
        if row := self.view.row():
            self.opened.emit(row)

    def _original(self) -> None:
        if row := self.view.row():
            self.original.emit(row)
