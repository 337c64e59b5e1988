"""审核: the queue on the left, one return on the right, decided by keys."""

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.review import EntryLine
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.pages.review_desk import ReviewDesk
from hs_credit_desktop.ui.pages.review_flags import FlagFinder
from hs_credit_desktop.ui.pages.review_queue import LISTS, QueuePane
from hs_credit_desktop.ui.pages.review_reader import ReviewReader
from hs_credit_desktop.ui.pages.review_reason import ReasonLine
from hs_credit_desktop.ui.pages.review_return import ReturnPane
from hs_credit_desktop.ui.pages.review_showing import Showing
from hs_credit_desktop.ui.pages.tasks_keys import bind
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Pane
from hs_credit_desktop.ui.widgets.splitter import remembered_panes
from hs_credit_desktop.ui.widgets.states import EmptyState

PANES_KEY = "review_panes"
PANE_WIDTHS = (286, 980)


class ReviewPage(Page):
    """Which return, which entry, compared with what; the clerk decides."""

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self.round: Round | None = None
        self._status = Status.TO_REVIEW
        self._stale = False
        self.finder = FlagFinder(self, ws, run)
        self.reader = ReviewReader(ws, self.finder.flags)
        self.queue, self.reason = QueuePane(), ReasonLine(ws.today)
        self.shown = ReturnPane(self.reason)
        self.showing = Showing(ws, run, self.reader, self.shown)
        self.desk = ReviewDesk(ws, run, self, self.queue, self.reason)
        self.done = EmptyState("checkmark_circle", "待审的都审完了", "", "", self._go_on)
        self._build()
        self._listen()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        finished = Pane()
        finished.body.addWidget(self.done)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.shown)
        self._stack.addWidget(finished)
        self.queue.setMinimumWidth(240)
        self._stack.setMinimumWidth(640)
        self.splitter = remembered_panes(
            self.queue, self._stack, self.preferences, PANES_KEY, PANE_WIDTHS
        )
        row.addWidget(self.splitter)

    def _listen(self) -> None:
        self.queue.moved.connect(self.show_return)
        self.queue.scrolled.connect(self._look_on)
        self.shown.entry_moved.connect(lambda _id: self.let_be())
        self.finder.found.connect(self.queue.look_again)
        self.finder.found.connect(self.showing.look_again)
        self.queue.entered.connect(self.shown.entries.setFocus)
        self.queue.listed.connect(self.show_list)
        self.queue.bulk_asked.connect(self.desk.accept_clear)
        self.queue.notices_asked.connect(self.desk.show_notices)
        self.shown.head.paper.clicked.connect(self.desk.tick_paper)
        self.reason.accepted.connect(self.desk.accept)
        self.reason.sent_back.connect(self.desk.send_back)
        self.reason.held.connect(self.desk.hold)
        bind(
            self,
            {
                "Ctrl+Return": self.desk.accept,
                "Ctrl+Enter": self.desk.accept,
                "Ctrl+R": self.desk.send_back,
                "Ctrl+D": self.desk.hold,
                "F8": lambda: self.shown.texts.step(1),
                "Shift+F8": lambda: self.shown.texts.step(-1),
                "Ctrl+PgUp": lambda: self.step(-1),
                "Ctrl+PgDown": lambda: self.step(1),
            },
        )

    # What the window asks

    def show_round(self, round_: Round) -> None:
        """Show the returns of a round that wait."""
        self.round, self._status, self._stale = round_, Status.TO_REVIEW, True
        if self.isVisible():
            self._read()

    def reload(self, changes: Changes) -> None:
        """Read again after a command; the return that is shown stays."""
        if not (changes.returns or changes.notice or changes.settings):
            return
        self._stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()
        elif self.round is not None:
            self._look_on()

    def hideEvent(self, event: QHideEvent) -> None:
        self.finder.rest()
        self.showing.peers.rest()
        super().hideEvent(event)

    def may_leave(self) -> bool:
        """Nothing keeps the clerk; what is looked for beside the window is given up."""
        self.finder.rest()
        self.showing.peers.rest()
        self.desk.stop()
        return super().may_leave()

    def open_status(self, status: Status) -> None:
        """Show a list by its state."""
        if status in LISTS:
            self.show_list(status)

    def list_words(self, _name: str) -> tuple[str, str]:
        """Which of the returns are listed."""
        return f"{self.queue.status.label}的报送件", ""

    def panes(self) -> list[QWidget]:
        """Queue, entries, texts, reason."""
        return [self.queue.table, self.shown.entries, self.shown.texts.area, self.reason.reason]

    # Showing

    def _read(self) -> None:
        """Read the ledger; after a decision of this page no text has changed."""
        if self.round is None:
            return
        self._stale = False
        self.reader.read(self.round)
        if not self.desk.deciding:
            self.finder.begin(self.reader.grounds)
        self._fill()

    def show_list(self, status: Status) -> None:
        """Show the returns of another state."""
        self.let_be()
        self._status = status
        self._fill()
        self.queue.table.setFocus()

    def _fill(self) -> None:
        assert self.round is not None
        counted = overview.figures(self.ws, self.round)
        counts = {status: int(getattr(counted, status.value)) for status in LISTS}
        gone = self.desk.gone
        rows = self.reader.rows(self._status) if gone is None else self.reader.rows_after(gone)
        self.queue.show_rows(self._status, rows, counts)
        kept = self.queue.table.current_id()
        if not rows:
            self._show_nothing(counted.missing)
        elif self.queue.model.row_of(kept) >= 0:
            self.show_return(kept)
        elif not self.queue.table.select(self.desk.following):
            self.queue.table.select(rows[0].id)
        self._look_on()

    def _look_on(self) -> None:
        """Have the return that is shown looked at, then the others."""
        first = self.queue.table.current_id()
        self.finder.want([*([first] if first else []), *self.queue.to_look_at()])

    def _show_nothing(self, missing: int) -> None:
        self._stack.setCurrentIndex(1)
        waiting = self._status is Status.TO_REVIEW
        fact = "待审的都审完了" if waiting else f"没有{self._status.label}的报送件"
        step = f"下一步可以催报未报的 {missing} 家单位" if missing else "应报的单位都已报送"
        self.done.show_words(fact, step)
        self.done.button.setText(f"看未报的 {missing} 家")
        self.done.button.setVisible(missing > 0)

    def _go_on(self) -> None:
        self.status_asked.emit(Status.MISSING)

    def show_return(self, row_id: str) -> None:
        """Show a return, beginning with its first entry that has a flag."""
        row = self.queue.row(row_id)
        if row is None or self.round is None:
            return
        self.let_be()
        self._stack.setCurrentIndex(0)
        self.showing.show(self.round, row)
        if not row.looked_at:
            self._look_on()

    def line(self) -> EntryLine | None:
        """The entry that is shown."""
        return self.shown.line()

    @property
    def can_decide(self) -> bool:
        """Whether a return is shown and may be decided."""
        return not self.showing.locked() and self._stack.currentWidget() is self.shown

    def let_be(self) -> None:
        """The clerk acts: what is looked for beside the window waits a little."""
        self.finder.let_be()

    def step(self, way: int) -> None:
        """The next or previous return."""
        if target := self.queue.table.neighbour(way):
            self.queue.table.select(target)
