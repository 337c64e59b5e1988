"""审核: the queue on the left, one return on the right, decided by keys."""

from datetime import date, timedelta

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import freezing, office, overview, reviewing
from hs_credit_desktop.services.reviewing import QueueRow
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.review import EntryLine
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.pages.review_desk import ReviewDesk
from hs_credit_desktop.ui.pages.review_queue import LISTS, QueuePane
from hs_credit_desktop.ui.pages.review_reader import LAST_VERSION, OTHER_UNIT, ReviewReader
from hs_credit_desktop.ui.pages.review_reason import ReasonLine
from hs_credit_desktop.ui.pages.review_return import COMPARISONS, ReturnPane
from hs_credit_desktop.ui.pages.review_words import history_words, version_words
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
        self.desk = ReviewDesk(self)
        self.reader = ReviewReader(ws)
        self.queue, self.reason = QueuePane(), ReasonLine(ws.today)
        self.shown = ReturnPane(self.reason)
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
        self.queue.entered.connect(self.shown.entries.setFocus)
        self.queue.listed.connect(self.show_list)
        self.queue.bulk_asked.connect(self.desk.accept_clear)
        self.queue.notices_asked.connect(self.desk.show_notices)
        self.shown.entry_moved.connect(lambda _id: self._show_entry())
        self.shown.compared.connect(self._compare)
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

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._stale:
            self._read()

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
        self.reader.read(self.round, keep_flags=self.desk.deciding)
        self._fill()

    def show_list(self, status: Status) -> None:
        """Show the returns of another state."""
        self._status = status
        self._fill()
        self.queue.table.setFocus()

    def _fill(self) -> None:
        assert self.round is not None
        counted = overview.figures(self.ws, self.round)
        counts = {status: int(getattr(counted, status.value)) for status in LISTS}
        rows = self.reader.rows(self._status)
        self.queue.show_rows(self._status, rows, counts)
        kept = self.queue.table.current_id()
        if not rows:
            self._show_nothing(counted.missing)
        elif self.queue.row(kept) is None:
            self.queue.table.select(rows[0].expected.id)
        else:
            self.show_return(kept)

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
        if row is None:
            return
        self._stack.setCurrentIndex(0)
        lines = self.reader.lines(row_id)
        told = reviewing.history(self.ws, row_id)
        self.shown.head.show_return(
            row, self._lamp(row), version_words(row, told), history_words(told)
        )
        came = reviewing.paper_copies(self.ws, self.round).get(row_id) if self.round else None
        self.shown.head.show_paper(came, self._locked())
        blocking = [flag.reason for flag in row.flags]
        suggested = reviewing.ready_reason(row.flags)
        self.reason.show_return(suggested, blocking, self.next_due(), self._locked())
        kept = self.shown.entries.current_id()
        self.shown.show_lines(lines)
        first = self.reader.start(lines, row.expected)
        self.shown.entries.select(kept if any(line.id == kept for line in lines) else first)
        self._show_entry()

    def _lamp(self, row: QueueRow) -> Lamp:
        assert self.round is not None
        limits = office.thresholds(self.ws)
        return overview.lamp_of_return(self.ws, row.expected, self.round.due_on, limits)

    def _locked(self) -> str:
        assert self.round is not None
        if self.ws.read_only:
            return "台账是只读打开的，只能查看"
        if freezing.shut(self.ws, self.round):
            return f"{self.round.name}已封存，只能查看；如需修改请先解封"
        return ""

    def next_due(self) -> date:
        """The first working day after today and after the due date."""
        assert self.round is not None
        calendar = office.work_calendar(self.ws)
        day = max(self.ws.today, self.round.due_on) + timedelta(days=1)
        while not calendar.is_workday(day):
            day += timedelta(days=1)
        return day

    def _show_entry(self) -> None:
        """Show the current entry beside the text that says most about it."""
        line, row = self.shown.line(), self.queue.row(self.queue.table.current_id())
        if line is None or row is None:
            return
        entry = line.entry
        self.reason.measure = entry.measure_number
        self.shown.show_flags(line)
        peers = self.reader.peers(entry)
        combo = self.shown.head.peer
        combo.clear()
        for alike, other in peers:
            combo.addItem(f"{other.unit_name}　相似度 {alike:.2f}", other.id)
        group = self.shown.head.how.group
        for place, there, why in (
            (LAST_VERSION, row.resubmission, "本轮只报过这一版"),
            (OTHER_UNIT, bool(peers), "同一措施还没有其他单位的反馈"),
        ):
            group.button(place).setEnabled(there)
            group.button(place).setToolTip(COMPARISONS[place][1] if there else why)
        self.shown.head.how.choose(self.reader.best(line, row.expected))
        self._compare()

    def _compare(self) -> None:
        line = self.shown.line()
        if line is None:
            return
        how = self.shown.head.how.group.checkedId()
        self.shown.head.peer.setVisible(how == OTHER_UNIT)
        peer = str(self.shown.head.peer.currentData() or "")
        self.shown.texts.show_texts(self.reader.compared(line.entry, how, peer))

    def line(self) -> EntryLine | None:
        """The entry that is shown."""
        return self.shown.line()

    @property
    def can_decide(self) -> bool:
        """Whether a return is shown and may be decided."""
        return not self._locked() and self._stack.currentWidget() is self.shown

    def step(self, way: int) -> None:
        """The next or previous return."""
        if target := self.queue.table.neighbour(way):
            self.queue.table.select(target)
