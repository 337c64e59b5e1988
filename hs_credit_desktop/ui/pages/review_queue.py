"""The left pane of 审核: which returns wait, which came back, and all that can be accepted."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.review import QUEUE_COLUMNS, WaitingRow
from hs_credit_desktop.ui.models.rows import PagedRows, RowsModel
from hs_credit_desktop.ui.widgets.basics import Button, Pane, label
from hs_credit_desktop.ui.widgets.fields import ComboBox
from hs_credit_desktop.ui.widgets.review_cells import QUEUE_ROW, QueueDelegate
from hs_credit_desktop.ui.widgets.states import EmptyState
from hs_credit_desktop.ui.widgets.table import RowsTable

LISTS = (Status.TO_REVIEW, Status.SENT_BACK, Status.ON_HOLD, Status.ACCEPTED)
COUNT_WIDTH = 52
SETTLED_MS = 150  # after which scrolling has come to rest
EVERY = 200  # rows; of a list that is longer only what is in sight is looked at by itself
KEYS = (
    "Ctrl+Enter　通过并看下一件",
    "Ctrl+R　退回补报　　Ctrl+D　存疑",
    "Ctrl+PgDn　下一件　　F8　下一处差异",
)


class QueuePane(Pane):
    """Returns of one state.

    moved: id of the return that is current; listed: another Status was asked for;
    bulk_asked: accept all without a flag, or stop doing so; notices_asked: the notices of return;
    scrolled: other rows have come into sight.
    """

    moved = Signal(str)
    entered = Signal()
    listed = Signal(object)
    bulk_asked = Signal()
    notices_asked = Signal()
    scrolled = Signal()

    def __init__(self) -> None:
        super().__init__("报送件")
        self.which = ComboBox("看哪些报送件")
        self.model: RowsModel[WaitingRow] = RowsModel(QUEUE_COLUMNS, self)
        self.table = RowsTable("报送件")
        self.empty = EmptyState("checkmark_circle", "这里没有报送件", "")
        self.bulk = Button("", self.bulk_asked.emit)
        self.notices = Button("退回通知…", self.notices_asked.emit, icon="document_text")
        self._filling = False
        self._working = ""
        self._settled = QTimer(self)
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
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self.scrolled)
        table.verticalScrollBar().valueChanged.connect(lambda _value: self._settled.start())
        # A taller window brings rows into sight that nobody has scrolled to.
        table.verticalScrollBar().rangeChanged.connect(lambda *_range: self._settled.start())
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
            line = label(words, theme.CAPTION, ink="text2")
            line.setWordWrap(True)
            column.addWidget(line)
        return foot

    @property
    def rows(self) -> Sequence[WaitingRow]:
        """The returns of the list."""
        return self.model.rows

    @property
    def status(self) -> Status:
        """Which list is shown."""
        return LISTS[self.which.currentIndex()]

    def show_rows(
        self, status: Status, rows: PagedRows[WaitingRow], counts: dict[Status, int]
    ) -> None:
        """Show a list; the row that is current stays current when it is still there."""
        self.which.setCurrentIndex(LISTS.index(status))
        for place, item in enumerate(LISTS):
            self.which.setItemText(place, f"{item.label} {counts[item]}")
        kept, top = self.table.current_id(), self.table.verticalScrollBar().value()
        self._filling = True
        self.model.show_rows(rows)
        if kept and self.table.select(kept):
            self.table.verticalScrollBar().setValue(top)
        self._filling = False
        self._stack.setCurrentIndex(0 if rows else 1)
        self.empty.show_words(f"没有{status.label}的报送件", "在上面可以换着看其他报送件")
        self.notices.set_text(f"退回通知 {counts[Status.SENT_BACK]} 件…")
        self.notices.setVisible(counts[Status.SENT_BACK] > 0)
        self.show_bulk()

    def look_again(self) -> None:
        """More flags are known."""
        self.model.look_again(self._seen())
        self.show_bulk()

    def looked_at(self) -> list[WaitingRow] | None:
        """All rows, when they are few and the flags of each are known."""
        if len(self.rows) > EVERY:
            return None
        every = list(self.rows)
        return every if all(row.looked_at for row in every) else None

    def show_bulk(self, working: str | None = None) -> None:
        """The button that accepts all without a flag. working: what it does now, '' nothing."""
        self._working = self._working if working is None else working
        every, many = self.looked_at(), len(self.rows) > 1
        clear = sum(not row.queued.blocked for row in every or ())
        if self._working:
            words, tip = f"停止　{self._working}", "已经通过的不再退回，其余留在待审"
        elif every is None:
            words, tip = "通过没有提示的…", "先逐件比对，再问一次；有提示的留下，逐件看"
        else:
            left = len(every) - clear
            words, tip = f"通过没有提示的 {clear} 件…", f"有提示的 {left} 件留下，逐件看"
            tip, many = tip if left else "", clear > 1
        self.bulk.set_text(words)
        self.bulk.setToolTip(tip)
        self.bulk.setVisible(bool(self._working) or (self.status is Status.TO_REVIEW and many))

    def to_look_at(self) -> list[str]:
        """The returns whose flags are wanted: those in sight first, all of a list that is short."""
        shown = [self.rows[at].id for at in self._seen()]
        return shown if len(self.rows) > EVERY else [*shown, *(row.id for row in self.rows)]

    def _seen(self) -> range:
        """The places of the rows in sight."""
        first, last = (self.table.rowAt(at) for at in (0, self.table.viewport().height() - 1))
        return range(max(first, 0), (last if last >= 0 else len(self.rows) - 1) + 1)

    def _moved(self, row_id: str) -> None:
        if not self._filling:
            self.moved.emit(row_id)

    def row(self, row_id: str) -> WaitingRow | None:
        """The row of a return, None when it is not in the list."""
        at = self.model.row_of(row_id) if row_id else -1
        return self.rows[at] if at >= 0 else None
