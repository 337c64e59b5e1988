"""The middle pane of 汇总: what the units sent, lead first, a tick before every sentence."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedWidget,
)

from hs_credit_desktop.domain.composing_part import DraftPart
from hs_credit_desktop.domain.composing_stale import Stale
from hs_credit_desktop.services.composing_outline import Opened
from hs_credit_desktop.ui.models.compose import (
    RowKind,
    SourceRow,
    SourcesModel,
    source_rows,
)
from hs_credit_desktop.ui.models.roles import Index
from hs_credit_desktop.ui.pages.compose_rows import LEFT, TEXT_LEFT, SourceDelegate
from hs_credit_desktop.ui.widgets.basics import Button, Pane
from hs_credit_desktop.ui.widgets.pager import Pager
from hs_credit_desktop.ui.widgets.states import EmptyState


class SourceList(QListView):
    """Sentences; toggled: tick box or Space; opened: Enter or a double click on a sentence."""

    toggled = Signal(object)
    opened = Signal(object)
    looked = Signal(object)

    def __init__(self, model: SourcesModel) -> None:
        super().__init__()
        self.setAccessibleName("各单位反馈")
        self._model = model
        self.setModel(model)
        self._delegate = SourceDelegate(self, model)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._open)

    @property
    def lit(self) -> frozenset[int]:
        """The rows that are lit."""
        return self._delegate.lit

    def show_lit(self, places: Collection[int]) -> None:
        """Light the rows that the sentence under the mouse goes back to."""
        self._delegate.lit = frozenset(places)
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
    """The sources of a node. toggled(row), opened(row), original(row), all_taken() ..."""

    toggled = Signal(object)
    opened = Signal(object)
    original = Signal(object)
    looked = Signal(object)
    all_taken = Signal()
    heads_taken = Signal()

    def __init__(self) -> None:
        super().__init__("各单位反馈")
        self.model = SourcesModel(self)
        self.view = SourceList(self.model)
        self.take_all = Button("全部采用", self.all_taken.emit, key="Ctrl+B", bind_key=False)
        self.take_all.setToolTip("按各单位现在的反馈重新起草这一条；可以在稿子里按 Ctrl+Z 找回")
        self.take_heads = Button("取首句", self.heads_taken.emit, key="Alt+B", bind_key=False)
        self.take_heads.setToolTip("每家单位只采用第一句；其余句子留着，随时可以勾选")
        self.tools.addWidget(self.take_all)
        self.empty = EmptyState("document_text", "这条措施还没有单位反馈", "有单位报送后就能汇总")
        self._stack = QStackedWidget()
        self.waiting = EmptyState("document_text", "正在读取各单位反馈…", "可以先看别的措施")
        for widget in (self.view, self.empty, self.waiting):
            self._stack.addWidget(widget)
        self.pager = Pager("家", "Alt+PgUp", "Alt+PgDn")
        self.body.addWidget(self.pager)
        self.body.addWidget(self._stack, 1)
        self.entry = Button("看反馈", self._open, key="Enter", bind_key=False)
        self.file = Button("打开原件", self._original, key="Ctrl+J", bind_key=False)
        foot = self.add_foot()
        foot.addWidget(self.entry)
        foot.addWidget(self.file)
        foot.addStretch(1)
        foot.addWidget(self.take_heads)
        self.view.toggled.connect(self.toggled)
        self.view.opened.connect(self.opened)
        self.view.looked.connect(self._look)

    def show_node(
        self, opened: Opened, part: DraftPart, found: tuple[Stale, ...], locked: str
    ) -> None:
        """Show the sentences of a node, ticked as the draft takes them."""
        node = opened.node
        self.model.show_rows(source_rows(node, part, found))
        units = len({source.unit for source in node.sources})
        said = f"{units} 家，{'牵头在前' if node.is_measure else '按正式排序'}"
        self.subtitle.setText(said if node.sources and node.sources[0].unit else "台账数字")
        if opened.rows:
            self.subtitle.setText("牵头在前" if node.is_measure else "按正式排序")
        self.pager.show_place(opened.at * opened.page, opened.page, len(opened.rows))
        self._stack.setCurrentWidget(self.view if node.sources else self.empty)
        for button in (self.take_all, self.take_heads):
            button.setEnabled(bool(node.sources) and not locked)
        self._look(self.view.row())

    def show_waiting(self) -> None:
        """The node is being read."""
        self.model.show_rows(())
        self.subtitle.setText("")
        self.pager.hide()
        self._stack.setCurrentWidget(self.waiting)
        for button in (self.take_all, self.take_heads, self.entry, self.file):
            button.setEnabled(False)

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
