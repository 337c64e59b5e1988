"""Pasting a table of contacts from a spreadsheet: what each line would do, then doing it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import register_contacts
from hs_credit_desktop.services.register_contacts import LineState
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.register_pieces import UnitFinder, labelled, table_of
from hs_credit_desktop.ui.models.register import PLAN_COLUMNS
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Button, NumberLink, label
from hs_credit_desktop.ui.widgets.states import InlineError
from hs_credit_desktop.ui.widgets.tick import TickBox

HINT = "单位\t联系人\t电话\t邮箱\t备注（可带表头，列的先后不限；从 Excel 复制后在这里粘贴）"


class PastePanel(QWidget):
    """The text above, the lines below; a line whose unit is not known is asked about."""

    finished = Signal()

    def __init__(self, ws: Workspace, run: Run) -> None:
        super().__init__()
        self._ws, self._run = ws, run
        self._chosen: dict[int, str] = {}
        self._only: LineState | None = None
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("联系人表格")
        self.text.setPlaceholderText(HINT)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(120)
        self.replace = TickBox("表里没有的联系人一并停用", "只对表里出现的单位；停用的留在历史里")
        self.table, self.model = table_of("粘贴的联系人", PLAN_COLUMNS)
        self.numbers = {state: NumberLink(state.label) for state in LineState}
        self.finder = UnitFinder(ws, "这一行是哪家单位")
        self.this_one = Button("就是这家", self.choose, key="Enter", bind_key=False)
        self.error = InlineError()
        self.sure = Button("登记", self.do, key="Ctrl+Enter", primary=True, bind_key=False)
        self.back = Button("取消", self.finished.emit, key="Esc", bind_key=False)
        self._build()
        self.text.textChanged.connect(self._fresh)
        self.replace.toggled.connect(self.look)
        self.finder.edit.returnPressed.connect(self.choose)
        self.table.moved.connect(self._line_moved)
        for state, link in self.numbers.items():
            link.clicked.connect(lambda _on=False, wanted=state: self.show_only(wanted))

    def _build(self) -> None:
        column, counts, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(theme.PADDING, 10, theme.PADDING, theme.PADDING)
        column.setSpacing(theme.GAP)
        column.addWidget(label("粘贴联系人表格", theme.PANE_TITLE, bold=True))
        column.addWidget(self.text)
        counts.setSpacing(theme.PADDING)
        for link in self.numbers.values():
            counts.addWidget(link)
        counts.addStretch(1)
        counts.addWidget(self.replace)
        column.addLayout(counts)
        column.addWidget(self.table, 1)
        self.ask = QWidget()
        row = labelled("指定单位", self.finder, self.this_one)
        row.setContentsMargins(0, 0, 0, 0)
        self.ask.setLayout(row)
        column.addWidget(self.ask)
        column.addWidget(self.error)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.sure)
        column.addLayout(foot)

    def start(self) -> None:
        """Begin anew, with the table that waits on the clipboard if it is one."""
        waiting = QGuiApplication.clipboard().text()
        self.text.setPlainText(waiting if "\t" in waiting else "")
        self._fresh()
        self.text.setFocus()

    def _fresh(self) -> None:
        self._chosen.clear()
        self._only = None
        self.look()

    def look(self, *_: object) -> None:
        """Show what each line would do."""
        self._plan = register_contacts.plan(
            self._ws,
            self.text.toPlainText(),
            replace_others=self.replace.isChecked(),
            chosen=self._chosen,
        )
        counts = dict.fromkeys(LineState, 0)
        for item in self._plan:
            counts[item.state] += 1
        for state, link in self.numbers.items():
            link.set_number(counts[state])
        writing = counts[LineState.NEW] + counts[LineState.CHANGED]
        self.sure.set_text(f"登记 {writing} 行" if writing else "登记")
        self.sure.setEnabled(writing > 0)
        self.sure.setToolTip("" if writing else "表里没有要新增或更新的联系人")
        self.error.show_error("")
        self._show()

    def show_only(self, state: LineState) -> None:
        """Only the lines a number counts; the same number again shows all."""
        self._only = None if self._only is state else state
        self._show()

    def _show(self) -> None:
        shown = [item for item in self._plan if self._only in (None, item.state)]
        self.model.show_rows(shown)
        asked = next((item for item in shown if item.state is LineState.ASK), None)
        self.ask.setVisible(asked is not None)
        if asked is not None and self.table.current_id() != asked.id:
            self.table.select(asked.id)
        self._line_moved(self.table.current_id())

    def _line_moved(self, row_id: str) -> None:
        at = self.model.row_of(row_id)
        asked = at >= 0 and self.model.rows[at].state is LineState.ASK
        self.ask.setVisible(asked)
        if asked:
            self.finder.start("")
            self.finder.edit.setText(self.model.rows[at].line.unit)

    def choose(self) -> None:
        """The current line is of the unit found."""
        at = self.model.row_of(self.table.current_id())
        if at >= 0 and self.finder.unit_id:
            self._chosen[self.model.rows[at].line.number] = self.finder.unit_id
            self.look()

    def do(self) -> None:
        """Write the lines; what is wrong is said below them."""

        def refused(error: UserError) -> None:
            self.error.show_error(f"{error.what}。{error.advice}")

        if self.sure.isEnabled() and self._run.command(
            register_contacts.apply, self._ws, self._plan, on_error=refused
        ):
            self.finished.emit()
