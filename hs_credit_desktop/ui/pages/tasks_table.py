"""The middle pane of 任务: heading, numbers that are doors, and the table."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.store.entry_filters import NO_FILTER
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.entries import EntryRow, entry_columns
from hs_credit_desktop.ui.models.returns import RETURN_COLUMNS, ReturnRow
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.pages.tasks_filter import FilterBar
from hs_credit_desktop.ui.pages.tasks_scope import Heading, Kind, Scope
from hs_credit_desktop.ui.widgets.basics import Button, IconButton, LinkButton, NumberLink, Pane
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.states import EmptyState
from hs_credit_desktop.ui.widgets.table import RowsTable

HEAD_HEIGHT = 84
_INKS = {Counted.EXPECTED: "accent", Counted.COVERED: "accent", Counted.BLANK: "warn"}
_TIPS = {
    Counted.EXPECTED: "应反馈：这里应当反馈的条数，免报的不算",
    Counted.COVERED: "已覆盖：四个部分里至少填写了一项的条数",
    Counted.BLANK: "未报：还没有收到，或收到了但是空白的条数",
}


class Doors(QWidget):
    """应反馈 已覆盖 未报; each opens the entries it counts."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        self.links = {}
        for which in Counted:
            link = NumberLink(which.label, _INKS[which])
            link.setToolTip(_TIPS[which])
            link.clicked.connect(lambda _down=False, said=which: self.opened.emit(said))
            row.addWidget(link)
            self.links[which] = link

    def show_numbers(self, heading: Heading) -> None:
        """Show the numbers of a node or unit; nothing for a list."""
        self.setVisible(heading.progress is not None)
        if heading.progress is not None:
            expected, covered = heading.progress.expected, heading.progress.covered
            for which, number in zip(Counted, (expected, covered, expected - covered), strict=True):
                self.links[which].set_number(number)


class TablePane(Pane):
    """Rows of a scope.

    entry_moved: the current entry changed; entry_opened: Enter or a double click on an entry;
    return_opened: the same on a return; door_opened: a number was pressed; back: Esc or the link
    back; text_asked: 查看原文 of a measure; menu_asked: (id, global place) of a context menu.
    """

    entry_moved = Signal(str)
    entry_opened = Signal(str)
    return_opened = Signal(str)
    door_opened = Signal(object)
    back = Signal()
    text_asked = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.scope: Scope | None = None
        self._heading: Heading | None = None
        self._filling = False
        self.models: dict[Kind, RowsModel[EntryRow]] = {
            Kind.PILLAR: RowsModel(entry_columns(unit=True, measure=True), self),
            Kind.MEASURE: RowsModel(entry_columns(unit=True, measure=False), self),
            Kind.UNIT: RowsModel(entry_columns(unit=False, measure=True), self),
        }
        self.returns: RowsModel[ReturnRow] = RowsModel(RETURN_COLUMNS, self)
        self.filter = FilterBar()
        self.print = IconButton("print", "打印这张表  Ctrl+P（存成 Excel：F12）")
        self.table = RowsTable("反馈")
        self.title = ElidedLabel(1, theme.PANE_TITLE, bold=True)  # type: ignore[assignment]
        self.detail = ElidedLabel(2, theme.CAPTION, ink="text2")
        self.doors = Doors()
        self.back_link = LinkButton("返回", self.back.emit, icon="chevron_left")
        self.only = Button("", self.back.emit, icon="dismiss")
        self.text_link = LinkButton("查看原文", self._ask_text)
        self.nothing = EmptyState("search", "", "", "看全部", self.back.emit)
        self._build()
        self._listen()

    def _build(self) -> None:
        head = QFrame()
        head.setObjectName("paneHead")
        head.setFixedHeight(HEAD_HEIGHT)
        column = QVBoxLayout(head)
        column.setContentsMargins(theme.PADDING, 8, theme.PADDING, 6)
        column.setSpacing(2)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(theme.GAP)
        second.setSpacing(theme.PADDING)
        first.addWidget(self.back_link)
        first.addWidget(self.title, 1)
        first.addWidget(self.doors)
        second.addWidget(self.detail, 1)
        second.addWidget(self.only, 0, Qt.AlignmentFlag.AlignVCenter)
        second.addWidget(self.text_link, 0, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.filter.button, self.print):
            second.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(first)
        column.addLayout(second, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        self.body.addWidget(head)
        self.body.addWidget(self.filter)
        self.body.addWidget(self._stack, 1)
        self.body.setContentsMargins(1, 1, 1, 6)
        self.text_link.setToolTip("在通知原文里看这条措施")

    def _listen(self) -> None:
        self.table.moved.connect(self._moved)
        self.table.opened.connect(self._opened)
        self.table.escaped.connect(self.back)
        self.doors.opened.connect(self.door_opened)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)

    @property
    def listing(self) -> bool:
        """Whether a list of returns is shown."""
        return self.scope is not None and self.scope.kind is Kind.LIST

    @property
    def keeps_order(self) -> bool:
        """Whether a save changes neither which rows there are nor their order."""
        scope = self.scope
        if scope is None or scope.kind is Kind.LIST or scope.which is not None:
            return False
        in_order = self.table.horizontalHeader().sortIndicatorSection() < 0
        return in_order and self.filter.kept == NO_FILTER and self.models[scope.kind].paged

    def read_again(self, heading: Heading) -> None:
        """Show again what the rows and the numbers over them say."""
        assert self.scope is not None
        self.doors.show_numbers(heading)
        self.models[self.scope.kind].read_again()

    def show_entries(self, scope: Scope, heading: Heading, rows: Sequence[EntryRow]) -> None:
        """Show the entries of a node or unit."""
        self._show_heading(scope, heading, len(rows))
        self.filter.button.setEnabled(True)
        self.filter.setVisible(self.filter.kept != NO_FILTER)
        self.filter.show_count(len(rows))
        model = self.models[scope.kind]
        self._show_rows(model, rows)

    def show_returns(self, scope: Scope, heading: Heading, rows: Sequence[ReturnRow]) -> None:
        """Show the returns of a list."""
        self.filter.hide()
        self.filter.button.setEnabled(False)
        self._show_heading(scope, heading, len(rows))
        self._show_rows(self.returns, rows)

    def _show_rows(self, model: RowsModel, rows: Sequence) -> None:  # type: ignore[type-arg]
        """Fill the model; the row that was current stays current, the scroll stays."""
        kept, top = self.table.current_id(), self.table.verticalScrollBar().value()
        self._filling = True
        model.show_rows(rows)
        self.table.show_model(model)
        if model.paged:
            self.table.sort_again()
        if kept and model.row_of(kept) >= 0:
            self.table.select(kept)
            self.table.verticalScrollBar().setValue(top)
        self._filling = False
        self._stack.setCurrentIndex(0 if rows else 1)

    def _show_heading(self, scope: Scope, heading: Heading, count: int) -> None:
        self.scope, self._heading = scope, heading
        listed = f" {count} 家" if scope.kind is Kind.LIST else ""
        self.title.setText(heading.title + listed)
        self.detail.setText(heading.detail)
        self.doors.show_numbers(heading)
        self.text_link.setVisible(heading.measure_id is not None)
        came = scope.came_from
        self.back_link.setVisible(came is not None)
        if came is not None:
            self.back_link.set_text(f"{came.label}单位")
        self.only.setVisible(scope.which is not None)
        if scope.which is not None:
            self.only.set_text(f"只看{scope.which.label} {count} 条")
            self.only.setToolTip("看全部  Esc")
        self._say_nothing(scope)

    def _say_nothing(self, scope: Scope) -> None:
        filtered = self.filter.kept != NO_FILTER
        if filtered and scope.kind is not Kind.LIST:
            self.nothing.show_words("没有符合条件的反馈", "少选一项条件，或清除条件再看")
        elif scope.kind is Kind.LIST:
            self.nothing.show_words("这里没有单位", "这个数是 0，没有可以列出的单位")
        elif scope.which is Counted.BLANK:
            self.nothing.show_words("全部都已反馈", "这里没有空白，也没有未报")
        else:
            self.nothing.show_words("这里没有反馈", "这个数是 0，没有可以列出的反馈")
        self.nothing.button.setVisible(scope.which is not None and not filtered)

    def _moved(self, row_id: str) -> None:
        if not self.listing and not self._filling:
            self.entry_moved.emit(row_id)

    def _opened(self, row_id: str) -> None:
        (self.return_opened if self.listing else self.entry_opened).emit(row_id)

    def _ask_text(self) -> None:
        if self._heading and self._heading.measure_id:
            self.text_asked.emit(self._heading.measure_id)

    def _menu(self, place: QPoint) -> None:
        if row_id := self.table.current_id():
            self.menu_asked.emit(row_id, self.table.viewport().mapToGlobal(place))
