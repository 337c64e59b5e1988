"""The one window: rail, header, strips, pages and status line, and how they hear of each other."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from hs_credit_desktop.clock import Clock
from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import LEDGER_NAME
from hs_credit_desktop.services import folders, office, overview, pc_date
from hs_credit_desktop.services.workspace import Changes, Workspace, open_workspace
from hs_credit_desktop.ui import placing, theme
from hs_credit_desktop.ui.dropping import Dropping
from hs_credit_desktop.ui.first_paint import after_first_paint
from hs_credit_desktop.ui.header import Header
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.pages.catalogue import NAMES, TASKS, UNITS, badges, make_page
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.rail import Rail
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.statusline import StatusLine
from hs_credit_desktop.ui.strip import Strip

if TYPE_CHECKING:
    from hs_credit_desktop.domain.notice import Notice
    from hs_credit_desktop.ui.hooks import Hooks
    from hs_credit_desktop.ui.pages.start import StartPage
    from hs_credit_desktop.ui.search import SearchResults

TITLE = "信用任务台账"
LEAST_SIZE = (1180, 600)


class MainWindow(QMainWindow):
    """Everything the clerk sees; `ws` is the open ledger or None on the start page.

    ledger_opened: another ledger is shown; ledger_closing: the one that was open goes.
    may_close: asked last before the window closes.
    """

    ledger_opened = Signal()
    ledger_closing = Signal()

    def __init__(
        self,
        *,
        root: Path,
        clock: Clock,
        run: Run,
        preferences: Preferences,
        today: date | None = None,
    ) -> None:
        super().__init__()
        self.root, self._clock, self._today = root, clock, today
        self.task_run, self.preferences = run, preferences
        self.ws: Workspace | None = None
        self.round: Round | None = None
        self._notice: Notice | None = None
        self._pages: dict[str, Page] = {}
        self.start: StartPage | None = None
        self.may_close: Callable[[], bool] = lambda: True
        self.hooks: Hooks | None = None
        self._results: SearchResults | None = None
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*LEAST_SIZE)
        self._build()
        self._connect()
        placing.restore(self, preferences)
        after_first_paint(self, self._set_keys)

    def _build(self) -> None:
        self.rail = Rail(NAMES)
        self.header = Header()
        self.news, self.strip = Strip(), Strip()
        self.pages = QStackedWidget()
        self.status = StatusLine()
        self._strips = QWidget()
        strips = QVBoxLayout(self._strips)
        strips.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, 0)
        strips.addWidget(self.news)
        strips.addWidget(self.strip)
        central = QWidget()
        central.setObjectName("central")
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        for widget in (self.header, self._strips, self.pages, self.status):
            column.addWidget(widget, 1 if widget is self.pages else 0)
        self.setCentralWidget(central)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_page)
        self.rail.more.clicked.connect(self._show_more)
        self.header.round_chosen.connect(self.show_round)
        self.header.status_opened.connect(self.open_status)
        self.task_run.changed.connect(self._changed)
        self.task_run.failed.connect(self._failed)
        self.task_run.told.connect(lambda what, advice: self.tell(what, advice, "ok"))
        self.task_run.busy.connect(self.status.show_work)
        for strip in (self.news, self.strip):
            strip.dismissed.connect(self._fit_strips)
        for key, act in (
            ("F6", lambda: self.step_pane(1)),
            ("Shift+F6", lambda: self.step_pane(-1)),
        ):
            QShortcut(QKeySequence(key), self, act)
        self.header.search.textChanged.connect(self._first_search)
        Dropping(self)

    # The start page and the ledger

    def show_first(self) -> None:
        """Show the ledger of the data folder; the start page when there is none or it fails."""
        if (self.root / LEDGER_NAME).exists():
            try:
                self.open(open_workspace(self.root, self._clock, today=self._today))
                return
            except UserError as error:
                self._close_ledger()
                self.show_start()
                assert self.start is not None
                self.start.refused.refuse(self.root, error)
                return
        self.show_start()

    def put_away(self) -> bool:
        """Close the ledger for work that needs it closed; False when the page may not be left."""
        if self.page is not None and not self.page.may_leave():
            return False
        self.task_run.wait()
        self._close_ledger()
        self.show_start()
        return True

    def open_root(self) -> Workspace:
        """The ledger of the data folder, opened anew; show it with `open`."""
        return open_workspace(self.root, self._clock, today=self._today)

    def show_start(self) -> None:
        """Show the start page; a ledger that is open stays open until another one is."""
        from hs_credit_desktop.ui.pages.start import StartPage

        if self.page is not None and not self.page.may_leave():
            return
        if self.start is not None:
            self.pages.removeWidget(self.start)
            self.start.deleteLater()
        self.start = StartPage(
            self.root,
            self._clock,
            self.task_run,
            self.preferences,
            today=self._today,
            shown=self.ws.folder.root if self.ws is not None else None,
        )
        self.start.opened.connect(self.open)
        self.start.resumed.connect(lambda: self.show_page(TASKS))
        self.pages.addWidget(self.start)
        self.pages.setCurrentWidget(self.start)
        self.header.hide()
        self.strip.hide()
        self._fit_strips()
        self.rail.show_current("")
        for name in self.rail.names:
            self.rail.item(name).setEnabled(self.ws is not None)
        self.setWindowTitle(TITLE)
        self.status.show_facts("数据只保存在本机文件夹")
        self.start.choose_button.setFocus()

    def open(self, ws: Workspace) -> None:
        """Show a ledger that was opened; the one before is closed.

        A ledger without a notice or rounds is let go again, and the start page says why.
        """
        if self.page is not None and not self.page.may_leave():
            ws.close()
            return
        self._close_ledger()
        self.ws = ws
        self.news.hide()
        try:
            notice = overview.notice(ws)
            self.round = overview.round_of(ws, notice.id)
        except UserError as error:
            self._close_ledger()
            self.show_start()
            self._failed(error.what, error.advice)
            return
        self._notice = notice
        title = notice.doc_number or notice.title
        kept = "练习台账（演示）" if ws.practice else f"{title}    {notice.title}"
        self.preferences.opened(ws.folder.root, kept, self._clock.today().isoformat())
        for name in self.rail.names:
            self.rail.item(name).setEnabled(True)
        self.header.show()
        self.show_page(NAMES[0])
        self._show_head()
        self._show_strip()
        self._warn_when_opened(ws)
        self.ledger_opened.emit()

    def _warn_when_opened(self, ws: Workspace) -> None:
        """Say once when a ledger is opened what is amiss with its folder or the PC's date."""
        assert self.round is not None
        if warned := folders.here(ws.folder.root):
            self.news.show_message(warned.what, warned.advice, "warn")
        elif self._today is None and (doubted := pc_date.doubt(ws, self.round)):
            self.news.show_message(doubted.what, doubted.advice, "warn")
        elif ws.read_only:
            advice = "要修改，请等那边关闭以后，重新打开这本台账。"
            self.news.show_message("只读打开，可以查看和导出，不能修改", advice, "info")
        self._fit_strips()

    def _close_ledger(self) -> None:
        for page in self._pages.values():
            self.pages.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        if self.ws is not None:
            self.ledger_closing.emit()
            self.ws.close()
            self.ws = None

    # Pages

    @property
    def page(self) -> Page | None:
        """The page that is shown; None on the start page."""
        shown = self.pages.currentWidget()
        return shown if isinstance(shown, Page) else None

    def show_page(self, name: str) -> bool:
        """Show a page of the rail, made when it is first asked for; False when it may not be."""
        if self.ws is None or self.round is None:
            return False
        if self.page is not None and not self.page.may_leave():
            self.rail.show_current(self._name_of(self.page))
            return False
        if name not in self._pages:
            self._pages[name] = self._make(name, self.ws)
            self.pages.addWidget(self._pages[name])
            self._pages[name].show_round(self.round)
        self.pages.setCurrentWidget(self._pages[name])
        self._leave_start()
        self.rail.show_current(name)
        if first := self._pages[name].first_pane():
            placing.focus_into(first)
        return True

    def _leave_start(self) -> None:
        """The start page goes, and the head of the open ledger comes (back)."""
        if self.start is None:
            return
        self.pages.removeWidget(self.start)
        self.start.deleteLater()
        self.start = None
        self.header.show()
        self._show_head()
        self._show_strip()

    def _make(self, name: str, ws: Workspace) -> Page:
        from hs_credit_desktop.ui.commands import notice
        from hs_credit_desktop.ui.commands.undo import bind_keys

        made = make_page(name, ws, self.task_run, self.preferences)
        bind_keys(made, self)
        made.round_asked.connect(self.show_round)
        made.page_asked.connect(self.show_page)
        made.status_asked.connect(self.open_status)
        made.tasks_asked.connect(self.open_tasks)
        made.units_asked.connect(self.open_units)
        made.doubts_asked.connect(lambda measure: notice.doubts(self, measure))
        made.start_asked.connect(self.show_start)
        return made

    def _name_of(self, page: Page) -> str:
        return next(name for name, item in self._pages.items() if item is page)

    def show_round(self, round_id: str) -> None:
        """Show another round, of this or another notice, on every page."""
        assert self.ws is not None
        assert self.round is not None
        if self.page is not None and not self.page.may_leave():
            return
        every = overview.rounds_by_notice(self.ws)
        self._notice, self.round = next(
            (notice, item) for notice, rounds in every for item in rounds if item.id == round_id
        )
        for page in self._pages.values():
            page.show_round(self.round)
        self._show_head()
        self._show_strip()

    def show_newest_notice(self) -> None:
        """Show the notice that was read last, at the round that runs."""
        assert self.ws is not None
        self.show_round(overview.round_of(self.ws, overview.notice(self.ws).id).id)

    def open_status(self, status: Status) -> None:
        """Show the list a figure counts, on the page of tasks."""
        if self.show_page(TASKS):
            self._pages[TASKS].open_status(status)

    def open_tasks(self, act: Callable[[Page], object]) -> None:
        """Show 任务 and do something there."""
        if self.show_page(TASKS):
            act(self._pages[TASKS])

    def open_units(self, act: Callable[[Page], object]) -> None:
        """Show 单位 and do something there."""
        if self.show_page(UNITS):
            act(self._pages[UNITS])

    # The head

    def _show_head(self) -> None:
        assert self.ws is not None
        assert self.round is not None
        every = overview.rounds_by_notice(self.ws)
        # A notice whose import was taken back is gone: the newest one is shown.
        here = (item for item in every if item[0].id == self.round.notice_id)
        self._notice, mine = next(here, every[0])
        # A round that was added by hand may have been taken back.
        self.round = next((item for item in mine if item.id == self.round.id), mine[-1])
        self.header.selector.show_rounds(
            [(notice.doc_number or notice.title, rounds) for notice, rounds in every], self.round
        )
        if self.round.state is RoundState.FROZEN:
            self.header.show_frozen()
        else:
            days = (self.round.due_on - self.ws.today).days
            words = overview.countdown(self.ws, self.round)
            self.header.show_countdown(words, days, office.thresholds(self.ws).due_soon_days)
        figures = overview.figures(self.ws, self.round)
        self.header.show_figures(figures)
        for name, count in badges(self.ws, self.round, figures).items():
            self.rail.item(name).set_badge(count)
        if self._notice is not None:
            self.setWindowTitle(f"{TITLE} — {self._notice.doc_number or self._notice.title}")
        self._show_facts(self.ws, self.round)

    def _show_facts(self, ws: Workspace, round_: Round) -> None:
        reckoned = f"日期按 {ws.today.isoformat()} 计算"
        self.status.show_facts(
            f"{round_.name}：{round_.state.label}",
            "只读打开，不能修改" if ws.read_only else "",
            "演示数据：反馈内容均为虚构" if ws.practice else "",
            reckoned if ws.today != self._clock.today() or self._today else "",
        )

    def _show_strip(self) -> None:
        assert self.ws is not None
        assert self.round is not None
        open_round = self.round.state is RoundState.OPEN
        self.strip.show_due(overview.strip(self.ws, self.round) if open_round else None)
        self._fit_strips()

    def _fit_strips(self) -> None:
        self._strips.setHidden(self.news.isHidden() and self.strip.isHidden())

    def _changed(self, changes: Changes) -> None:
        self.news.hide()
        if self.ws is not None:
            before = self.round
            self._show_head()
            if not self.strip.isHidden():
                self._show_strip()
            for page in self._pages.values():
                if self.round is not None and self.round != before:
                    page.show_round(self.round)  # frozen, opened again, or with another date
                page.reload(changes)
        self._fit_strips()

    def _failed(self, what: str, advice: str) -> None:
        self.tell(what, advice)

    def tell(
        self,
        what: str,
        advice: str,
        kind: str = "bad",
        door: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show news under the header: bad, warn, info or ok; door: a link and where it leads."""
        self.news.show_message(what, advice, kind, door)
        self._fit_strips()

    # Finding and keys

    def _first_search(self) -> None:
        """The results are made when something is typed for the first time."""
        from hs_credit_desktop.ui.finding import make_results

        if self._results is None:
            self._results = make_results(self)

    def _show_more(self) -> None:
        from hs_credit_desktop.ui.more import show_menu

        show_menu(self, self.rail.more)

    def step_pane(self, step: int) -> None:
        """Move the keyboard to the next pane: rail, header, then the page's own."""
        panes = [self.rail, *self._own_panes()]
        if self.header.isVisible():
            panes.insert(1, self.header.selector)
        placing.step_pane(panes, self.focusWidget(), step)

    def _own_panes(self) -> list[QWidget]:
        if self.page is not None:
            return self.page.panes()
        return self.start.panes() if self.start is not None else []

    def _set_keys(self) -> None:
        """The keys of the commands, when the window has been painted."""
        from hs_credit_desktop.ui.more import set_keys

        set_keys(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        if (self.page is not None and not self.page.may_leave()) or not self.may_close():
            event.ignore()
            return
        placing.remember(self, self.preferences)
        self.task_run.wait()
        self._close_ledger()
        event.accept()
