"""The left pane of 审核: which returns wait, which came back, and all that can be accepted."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services.reviewing import QueueRow
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.review import QUEUE_COLUMNS, WaitingRow
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.widgets.basics import Button, Pane, label
from hs_credit_desktop.ui.widgets.fields import ComboBox
from hs_credit_desktop.ui.widgets.review_cells import QUEUE_ROW, QueueDelegate
from hs_credit_desktop.ui.widgets.states import EmptyState
from hs_credit_desktop.ui.widgets.table import RowsTable

LISTS = (Status.TO_REVIEW, Status.SENT_BACK, Status.ON_HOLD, Status.ACCEPTED)
COUNT_WIDTH = 52
KEYS = (
    "Ctrl+Enter　通过并看下一件",
    "Ctrl+R　退回补报　　Ctrl+D　存疑",
    "Ctrl+PgDn　下一件　　F8　下一处差异",
)


class QueuePane(Pane):
    """Returns of one state.

    moved: id of the return that is current; listed: another Status was asked for;
    bulk_asked: accept all without a flag; notices_asked: the notices of return.
    """

    moved = Signal(str)
    entered = Signal()
    listed = Signal(object)
    bulk_asked = Signal()
    notices_asked = Signal()

    def __init__(self) -> None:
        super().__init__("报送件")
        self.rows: tuple[QueueRow, ...] = ()
        self.which = ComboBox("看哪些报送件")
        self.model: RowsModel[WaitingRow] = RowsModel(QUEUE_COLUMNS, self)
        self.table = RowsTable("报送件")
        self.empty = EmptyState("checkmark_circle", "这里没有报送件", "")
        self.bulk = Button("", self.bulk_asked.emit)
        self.notices = Button("退回通知…", self.notices_asked.emit, icon="document_text")
        self._filling = False
        self._build()

    def _build(self) -> None:
        for status in LISTS:
            self.which.addItem(status.label, status)
        self.which.activated.connect(lambda place: self.listed.emit(LISTS[place]))
        self.which.setFixedWidth(124)
        self.tools.addWidget(self.which)
        table = self.table
        table.setItemDelegate(QueueDelegate(table))
        table.verticalHeader().setMinimumSectionSize(QUEUE_ROW)
        table.verticalHeader().setDefaultSectionSize(QUEUE_ROW)
        table.show_model(self.model)
        head = table.horizontalHeader()
        head.hide()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(1, COUNT_WIDTH)
        table.moved.connect(self._moved)
        table.opened.connect(lambda _id: self.entered.emit())
        self._stack = QStackedWidget()
        self._stack.addWidget(table)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("paneFoot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(theme.PADDING, theme.GAP, theme.PADDING, theme.GAP)
        column.setSpacing(4)
        column.addWidget(self.bulk)
        column.addWidget(self.notices)
        for words in KEYS:
            column.addWidget(label(words, theme.CAPTION, ink="text2"))
        return foot

    @property
    def status(self) -> Status:
        """Which list is shown."""
        return LISTS[self.which.currentIndex()]

    def show_rows(
        self, status: Status, rows: Sequence[QueueRow], counts: dict[Status, int]
    ) -> None:
        """Show a list; the row that is current stays current when it is still there."""
        self.rows = tuple(rows)
        self.which.setCurrentIndex(LISTS.index(status))
        for place, item in enumerate(LISTS):
            self.which.setItemText(place, f"{item.label} {counts[item]}")
        kept = self.table.current_id()
        self._filling = True
        self.model.show_rows([WaitingRow(row) for row in rows])
        if kept:
            self.table.select(kept)
        self._filling = False
        self._stack.setCurrentIndex(0 if rows else 1)
        self.empty.show_words(f"没有{status.label}的报送件", "在上面可以换着看其他报送件")
        self._show_buttons(status, rows, counts)

    def _show_buttons(
        self, status: Status, rows: Sequence[QueueRow], counts: dict[Status, int]
    ) -> None:
        clear = sum(not row.blocked for row in rows)
        self.bulk.set_text(f"通过没有提示的 {clear} 件…")
        self.bulk.setVisible(status is Status.TO_REVIEW and clear > 1)
        left = len(rows) - clear
        self.bulk.setToolTip(f"有提示的 {left} 件留下，逐件看" if left else "")
        self.notices.set_text(f"退回通知 {counts[Status.SENT_BACK]} 件…")
        self.notices.setVisible(counts[Status.SENT_BACK] > 0)

    def _moved(self, row_id: str) -> None:
        if not self._filling:
            self.moved.emit(row_id)

    def row(self, row_id: str) -> QueueRow | None:
        """The row of a return, None when it is not in the list."""
        return next((row for row in self.rows if row.expected.id == row_id), None)
