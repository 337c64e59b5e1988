"""数字台账: every figure of the round's texts, checked one by one, each leading to its original."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hs_credit_desktop.domain.figure_ledger import FigureLine, MarkState, sums
from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import figure_ledger
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.workbox import WorkBox
from hs_credit_desktop.ui.models.figures import COLUMNS, FigureRow
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.opening import copy_of, open_path
from hs_credit_desktop.ui.pages.names import TASKS
from hs_credit_desktop.ui.widgets.basics import Button, NumberLink, Pane, label
from hs_credit_desktop.ui.widgets.fields import ComboBox
from hs_credit_desktop.ui.widgets.splitter import box_panes
from hs_credit_desktop.ui.widgets.states import EmptyState
from hs_credit_desktop.ui.widgets.table import RowsTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from hs_credit_desktop.services.workspace import Changes
    from hs_credit_desktop.ui.window import Window

ALL = "全部"
# Word → which lines it counts.
_SCOPES: dict[str, Callable[[FigureRow], bool]] = {
    ALL: lambda _row: True,
    "待核对": lambda row: row.line.mark.state is MarkState.OPEN,
    "有疑问": lambda row: row.line.mark.state is MarkState.DOUBTED,
    "比上轮下降": lambda row: row.line.fell,
    "少于配合单位合计": lambda row: row.check is not None and not row.check.agrees,
}


class FiguresBox(WorkBox):
    """The numbers above are doors to the lines they count; below, where the chosen one is from."""

    SIZE = (1120, 620)

    def __init__(self, window: Window) -> None:
        super().__init__(window, "数字台账")
        assert window.round is not None
        self.round = window.round
        self.rows: tuple[FigureRow, ...] = ()
        self.scope = ALL
        self.model: RowsModel[FigureRow] = RowsModel(COLUMNS, self)
        self.table, self.measure = RowsTable("数字台账"), ComboBox("措施")
        self.doors = {word: NumberLink(word, "accent") for word in _SCOPES}
        self.listed, self.note = label("", theme.CAPTION, ink="text2"), QLineEdit()
        self.nothing = EmptyState("search", "这里没有数字", "换一项条件，或等报送件登记后再看")
        self.origin = Pane("这个数从哪来")
        self.steps = label("", ink="text2")
        self.open_original = Button("打开原件", self._open_original, icon="document")
        self._original = ("", "")
        self.confirm = Button("已核对", partial(self._mark, MarkState.CONFIRMED), key="F2")
        self.doubt = Button("有疑问", partial(self._mark, MarkState.DOUBTED), key="Ctrl+D")
        self.no_result = Button("不是成果数字", partial(self._mark, MarkState.NO_RESULT), key="F4")
        self.all_right = Button(
            "所列的都已核对", self._confirm_all, key="Ctrl+Enter", primary=True, bind_key=False
        )
        self._build()
        self._connect()
        self.read()
        self.table.setFocus()

    # Building

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.PADDING)
        for door in self.doors.values():
            top.addWidget(door)
        top.addStretch(1)
        top.addWidget(self.listed)
        top.addWidget(self.measure)
        self.measure.setMinimumWidth(260)
        self.body.addLayout(top)
        self.table.show_model(self.model)
        lists = QWidget()
        column = QVBoxLayout(lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.nothing, 1)
        both = (lists, self._origin_pane())
        panes = box_panes("数字", both, (), Qt.Orientation.Vertical)
        panes.setStretchFactor(0, 1)
        self.body.addWidget(panes, 1)
        self.note.setPlaceholderText("疑问在哪里，例如“与上轮口径不一致”")
        self.note.setAccessibleName("疑问")
        self.body.addWidget(self.note)
        self.add_foot(self.no_result, self.doubt, self.confirm, self.all_right)

    def _origin_pane(self) -> Pane:
        self.steps.setWordWrap(True)
        self.steps.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QHBoxLayout()
        inside.setContentsMargins(theme.PADDING, 8, theme.PADDING, 8)
        inside.addWidget(self.steps, 1)
        inside.addWidget(self.open_original, 0, Qt.AlignmentFlag.AlignBottom)
        inside.addWidget(
            Button("打开这一条", self._open_entry, key="Enter", bind_key=False),
            0,
            Qt.AlignmentFlag.AlignBottom,
        )
        self.origin.body.addLayout(inside)
        return self.origin

    def _connect(self) -> None:
        for word, door in self.doors.items():
            door.clicked.connect(partial(self.show_scope, word))
        self.measure.activated.connect(lambda _at: self._show())
        self.table.moved.connect(lambda _id: self._show_origin())
        self.table.opened.connect(lambda _id: self._open_entry())
        self.run.changed.connect(self._hear)  # a bound method: the connection goes with the box
        self.bind_primary(self.all_right)
        QShortcut(QKeySequence("F8"), self, lambda: self.show_scope("比上轮下降"))

    # Showing

    def read(self) -> None:
        """Read the ledger again; the chosen line stays."""
        lines = figure_ledger.figure_lines(self.ws, self.round)
        checks = {one.lead.key: one for one in sums(lines)}
        self.rows = tuple(FigureRow(line, checks.get(line.key)) for line in lines)
        chosen = self.measure.currentText()
        self.measure.clear()
        self.measure.addItem("全部措施", "")
        for title, measure_id in {
            line.entry.measure_title: line.entry.measure_id for line in lines
        }.items():
            self.measure.addItem(title, measure_id)
        self.measure.setCurrentIndex(max(self.measure.findText(chosen), 0))
        self._show()

    def _hear(self, _changes: Changes) -> None:
        if self.isVisible():
            self.read()

    def show_scope(self, word: str) -> None:
        """Show exactly the lines that a number counts."""
        self.scope = word
        self._show()
        self.table.setFocus()

    def _show(self) -> None:
        measure_id = self.measure.currentData()
        mine = [
            row for row in self.rows if not measure_id or row.line.entry.measure_id == measure_id
        ]
        for word, door in self.doors.items():
            count = sum(map(_SCOPES[word], mine))
            door.set_number(count)
        self.listed.setText(f"所列：{self.scope}")
        shown = [row for row in mine if _SCOPES[self.scope](row)]
        kept = self.table.current_id()
        self.model.show_rows(shown)
        self.table.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        if shown and not self.table.select(kept):
            self.table.select(shown[0].id)
        self._allow(there=bool(shown))
        self._show_origin()

    def _allow(self, *, there: bool) -> None:
        why = ""
        if self.ws.read_only:
            why = "台账是只读打开的，只能查看"
        elif self.round.state is RoundState.FROZEN:
            why = f"{self.round.name}已封存，只能查看"
        for button in (self.confirm, self.doubt, self.no_result, self.all_right):
            button.setEnabled(there and not why)
            button.setToolTip(why)

    def current(self) -> FigureLine | None:
        """The chosen line."""
        row = self.model.row_of(self.table.current_id())
        return self.model.rows[row].line if row >= 0 else None

    def _show_origin(self) -> None:
        line = self.current()
        self.open_original.setVisible(False)
        if line is None:
            self.steps.setText("")
            return
        found = figure_ledger.origin(self.ws, self.round, line.key)
        self._original = (found.sha256, found.name)
        self.open_original.setVisible(bool(found.sha256))
        self.steps.setText("\n".join(f"{what}：{words}" for what, words in found.steps))

    # Doing

    def _mark(self, state: MarkState) -> None:
        line = self.current()
        if line is None or not self.confirm.isEnabled():
            return
        following = self.table.neighbour(1)
        note = self.note.text() if state is MarkState.DOUBTED else ""
        if self.command(figure_ledger.mark, self.ws, self.round, [line], state, note):
            self.note.clear()
            self.table.select(following)
        elif state is MarkState.DOUBTED:
            self.note.setFocus()

    def _confirm_all(self) -> None:
        lines = [row.line for row in self.model.rows if row.line.mark.state is MarkState.OPEN]
        if not lines:
            self.said.say("所列的没有待核对的数字")
            return
        if self.command(figure_ledger.mark, self.ws, self.round, lines, MarkState.CONFIRMED):
            self.said.say(f"{len(lines)} 个数字标为已核对，可以撤销")

    def _open_entry(self) -> None:
        if (line := self.current()) and self.main.show_page(TASKS) and self.main.page:
            self.main.page.open_entry(line.key.entry_id, line.figure.printed)
            self.main.activateWindow()

    def _open_original(self) -> None:
        try:
            open_path(copy_of(self.ws, *self._original))
        except UserError as error:
            self.show_refusal(error)
