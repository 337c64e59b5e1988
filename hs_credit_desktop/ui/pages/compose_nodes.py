"""The left pane of 汇总: measures and chapters with their state, and 起草全部."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHeaderView, QVBoxLayout, QWidget

from hs_credit_desktop.services.composing_board import NodeState
from hs_credit_desktop.services.composing_outline import Outline
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.compose import NODE_COLUMNS, STATE_WIDTH, NodeRow
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.widgets.basics import Button, LinkButton, NumberLink, Pane, label
from hs_credit_desktop.ui.widgets.table import RowsTable


class NodesPane(Pane):
    """The list of nodes; its figures show only the rows they count.

    moved: id of the node that is current; compose_asked: 起草全部; heads_asked: the same with the
    first sentence of each unit; stopped: stop it.
    """

    moved = Signal(str)
    entered = Signal()
    compose_asked = Signal()
    again_asked = Signal()
    heads_asked = Signal()
    stopped = Signal()
    report_asked = Signal()

    def __init__(self) -> None:
        super().__init__("措施")
        self._rows: tuple[NodeRow, ...] = ()
        self._only: NodeState | None = None
        self._filling = False
        self.done, self.changed = NumberLink("已汇总"), NumberLink("已变更", "warn")
        self.all_link = LinkButton("全部", lambda: self.show_only(None))
        self.model: RowsModel[NodeRow] = RowsModel(NODE_COLUMNS, self)
        self.table = RowsTable("措施和章节")
        self.compose = Button(
            "起草全部", self.compose_asked.emit, key="Ctrl+G", primary=True, bind_key=False
        )
        self.again = Button("重新起草全部", self.again_asked.emit, key="Ctrl+G", bind_key=False)
        self.heads = Button("每家取首句", self.heads_asked.emit, key="Alt+G", bind_key=False)
        self.report = Button(
            "核对改过的报告…", self.report_asked.emit, key="Ctrl+O", bind_key=False
        )
        self.stop = Button("停止", self.stopped.emit)
        self.progress = label("", theme.CAPTION, ink="text2")
        self._build()

    def _build(self) -> None:
        self.done.clicked.connect(lambda: self.show_only(NodeState.COMPOSED))
        self.changed.clicked.connect(lambda: self.show_only(NodeState.STALE))
        for widget in (self.done, self.changed, self.all_link):
            self.tools.addWidget(widget)
        table = self.table
        table.show_model(self.model)
        head = table.horizontalHeader()
        head.hide()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(1, STATE_WIDTH)
        table.moved.connect(self._moved)
        table.opened.connect(lambda _id: self.entered.emit())
        table.escaped.connect(lambda: self.show_only(None))
        self.body.addWidget(table, 1)
        self.body.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("paneFoot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(theme.PADDING, theme.GAP, theme.PADDING, theme.GAP)
        column.setSpacing(6)
        for widget in (self.progress, self.stop, self.report, self.heads, self.again, self.compose):
            column.addWidget(widget)
        self.again.setToolTip("全部按单位现在的反馈重新起草；现有的稿子留作上一版，可以取回")
        self.report.setToolTip("把导出后在 WPS 里改过的 Word 报告拖到本页，或在这里选择")
        self.heads.setToolTip(
            "每家单位每条措施只采用第一句，报告短得多；其余句子留着，随时可以勾选"
        )
        self.progress.hide()
        self.stop.hide()
        return foot

    def show_outline(self, outline: Outline, typed: Sequence[str], locked: str) -> None:
        """Show the nodes; the current one stays. locked: why nothing can be composed."""
        self._rows = tuple(NodeRow(node, node.id in typed) for node in outline.nodes)
        measures, done = len(outline.measures), len(outline.composed)
        self.done.set_number(f"{done}／{measures}")
        self.changed.set_number(len(outline.stale))
        self.changed.setVisible(bool(outline.stale))
        left = measures - done
        self.compose.set_text(f"起草全部 {measures} 条" if not done else f"起草其余 {left} 条")
        self.compose.setVisible(left > 0)
        self.again.setVisible(not left)
        self.heads.set_text("每家取首句" if left else "重新每家取首句")
        for button in (self.compose, self.again, self.heads):
            button.setEnabled(not locked)
            if locked:
                button.setToolTip(locked)
        self._fill()

    def show_only(self, state: NodeState | None) -> None:
        """Show the measures a figure counts, or (None) every node."""
        self._only = state
        self._fill()
        if not self.table.current_id() and (ids := self.table.ids()):
            self.table.select(ids[0])
        self.table.setFocus()

    def _fill(self) -> None:
        kept = self.table.current_id()
        self._filling = True
        self.model.show_rows([row for row in self._rows if self._counts(row)])
        if kept:
            self.table.select(kept)
        self._filling = False
        self.all_link.setVisible(self._only is not None)
        if kept and not self.table.current_id() and (ids := self.table.ids()):
            self.table.select(ids[0])

    def _counts(self, row: NodeRow) -> bool:
        if self._only is None:
            return True
        if self._only is NodeState.COMPOSED:
            return row.node.is_measure and row.node.state is not NodeState.OPEN
        return row.node.state is self._only

    def _moved(self, node_id: str) -> None:
        if not self._filling:
            self.moved.emit(node_id)

    def show_busy(self, words: str) -> None:
        """Say how far the drafting is; "" when it is over."""
        self.progress.setText(words)
        self.progress.setVisible(bool(words))
        self.stop.setVisible(bool(words))
        for button in (self.compose, self.again, self.heads):
            button.setEnabled(not words)
