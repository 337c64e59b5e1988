"""The one window as its pages, boxes and commands know it: the ledger it shows, and its pages."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from hs_credit_desktop.clock import Clock
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import LEDGER_NAME
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.workspace import Changes, Workspace, open_workspace
from hs_credit_desktop.ui import placing
from hs_credit_desktop.ui.pages.base import Beginning, Page
from hs_credit_desktop.ui.pages.names import NAMES, TASKS, UNITS
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.window_frame import TITLE, WindowFrame
from hs_credit_desktop.ui.window_head import show_due, show_head, warn_when_opened

if TYPE_CHECKING:
    from hs_credit_desktop.domain.rounds import Round


class Window(WindowFrame):
    """Everything the clerk sees; `ws` is the open ledger or None on the start page.

    may_close: asked last before the window closes. MainWindow says how pages are made.
    """

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
        self.root, self.clock, self.today = root, clock, today
        self.task_run, self.preferences = run, preferences
        self.ws: Workspace | None = None
        self.round: Round | None = None
        self._pages: dict[str, Page] = {}
        self.start: Beginning | None = None
        self.may_close: Callable[[], bool] = lambda: True
        self._connect()
        placing.restore(self, preferences)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_page)
        self.header.round_chosen.connect(self.show_round)
        self.header.status_opened.connect(self.open_status)
        self.header.search.given_back.connect(lambda: placing.focus_into(self.page_panes()[0]))
        self.task_run.changed.connect(self._changed)
        self.task_run.failed.connect(self._failed)
        self.task_run.told.connect(lambda what, advice: self.tell(what, advice, "ok"))
        self.task_run.busy.connect(self.status.show_work)

    def make_page(self, name: str, ws: Workspace) -> Page:
        """The page of that name, connected to this window."""
        raise NotImplementedError

    def make_start(self) -> Beginning:
        """The start page, for this window's folder."""
        raise NotImplementedError

    # The start page and the ledger

    def show_first(self) -> None:
        """Show the ledger of the data folder; the start page when there is none or it fails."""
        if (self.root / LEDGER_NAME).exists():
            try:
                self.open(self.open_root())
                return
            except UserError as error:
                self._close_ledger()
                self.show_start()
                assert self.start is not None
                self.start.refuse(self.root, error)
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
        return open_workspace(self.root, self.clock, today=self.today)

    def show_start(self) -> None:
        """Show the start page; a ledger that is open stays open until another one is."""
        if self.page is not None and not self.page.may_leave():
            return
        if self.start is not None:
            self.pages.removeWidget(self.start)
            self.start.deleteLater()
        self.start = self.make_start()
        self.start.opened.connect(self.open)
        self.start.resumed.connect(lambda: self.show_page(TASKS))
        self.pages.addWidget(self.start)
        self.pages.setCurrentWidget(self.start)
        self.header.hide()
        self.strip.hide()
        self.fit_strips()
        self.rail.show_current("")
        for name in self.rail.names:
            self.rail.item(name).setEnabled(self.ws is not None)
        self.setWindowTitle(TITLE)
        self.status.show_facts("数据只保存在本机文件夹")
        self.start.take_focus()

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
        title = notice.doc_number or notice.title
        kept = "练习台账（演示）" if ws.practice else f"{title}    {notice.title}"
        self.preferences.opened(ws.folder.root, kept, self.clock.today().isoformat())
        for name in self.rail.names:
            self.rail.item(name).setEnabled(True)
        self.header.show()
        self.show_page(NAMES[0])
        self._show_around()
        warn_when_opened(self, ws, self.round, real_day=self.today is None)
        self.ledger_opened.emit()

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

    @property
    def made(self) -> dict[str, Page]:
        """Name → page, of those that were made."""
        return dict(self._pages)

    def show_page(self, name: str) -> bool:
        """Show a page of the rail, made when it is first asked for; False when it may not be."""
        if self.ws is None or self.round is None:
            return False
        if self.page is not None and not self.page.may_leave():
            self.rail.show_current(self._name_of(self.page))
            return False
        self.prepare(name)
        self.pages.setCurrentWidget(self._pages[name])
        self._leave_start()
        self.rail.show_current(name)
        if first := self._pages[name].first_pane():
            placing.focus_into(first)
        return True

    def prepare(self, name: str) -> None:
        """Make a page of the open ledger without showing it; nothing when it was made before."""
        if self.ws is None or self.round is None or name in self._pages:
            return
        self._pages[name] = self.make_page(name, self.ws)
        self.pages.addWidget(self._pages[name])
        self._pages[name].show_round(self.round)

    def _leave_start(self) -> None:
        """The start page goes, and the head of the open ledger comes (back)."""
        if self.start is None:
            return
        self.pages.removeWidget(self.start)
        self.start.deleteLater()
        self.start = None
        self.header.show()
        self._show_around()

    def _name_of(self, page: Page) -> str:
        return next(name for name, item in self._pages.items() if item is page)

    def page_panes(self) -> list[QWidget]:
        """The panes of the page, or of the start page."""
        if self.page is not None:
            return self.page.panes()
        return self.start.panes() if self.start is not None else []

    def open_status(self, status: Status) -> None:
        """Show the list a figure counts, on the page of tasks."""
        self.open_tasks(lambda page: page.open_status(status))

    def open_tasks(self, act: Callable[[Page], object]) -> None:
        """Show 任务 and do something there."""
        if self.show_page(TASKS):
            act(self._pages[TASKS])

    def open_units(self, act: Callable[[Page], object]) -> None:
        """Show 单位 and do something there."""
        if self.show_page(UNITS):
            act(self._pages[UNITS])

    # The round

    def show_round(self, round_id: str) -> None:
        """Show another round, of this or another notice, on every page."""
        assert self.ws is not None
        assert self.round is not None
        if self.page is not None and not self.page.may_leave():
            return
        every = overview.rounds_by_notice(self.ws)
        self.round = next(item for _, rounds in every for item in rounds if item.id == round_id)
        for page in self._pages.values():
            page.show_round(self.round)
        self._show_around()

    def show_newest_notice(self) -> None:
        """Show the notice that was read last, at the round that runs."""
        assert self.ws is not None
        self.show_round(overview.round_of(self.ws, overview.notice(self.ws).id).id)

    def _show_head(self) -> None:
        assert self.ws is not None
        assert self.round is not None
        clock_day = self.clock.today() if self.today is None else None
        self.round = show_head(self, self.ws, self.round, clock_day)

    def _show_around(self) -> None:
        """The head, and the strip of a round that is near its end."""
        self._show_head()
        assert self.ws is not None
        assert self.round is not None
        show_due(self, self.ws, self.round)

    # What happens elsewhere

    def _changed(self, changes: Changes) -> None:
        self.news.hide()
        if self.ws is not None:
            before = self.round
            if self.strip.isHidden():
                self._show_head()
            else:
                self._show_around()
            for page in self._pages.values():
                if self.round is not None and self.round != before:
                    page.show_round(self.round)  # frozen, opened again, or with another date
                page.reload(changes)
        self.fit_strips()

    def _failed(self, what: str, advice: str) -> None:
        self.tell(what, advice)

    def closeEvent(self, event: QCloseEvent) -> None:
        if (self.page is not None and not self.page.may_leave()) or not self.may_close():
            event.ignore()
            return
        placing.remember(self, self.preferences)
        self.task_run.wait()
        self._close_ledger()
        event.accept()
