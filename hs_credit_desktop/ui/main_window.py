"""The window put together: its pages, the keys of its commands, the menu and the search."""

from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui.dropping import Dropping
from hs_credit_desktop.ui.first_paint import after_first_paint
from hs_credit_desktop.ui.pages.base import Beginning, Page
from hs_credit_desktop.ui.pages.catalogue import make_page
from hs_credit_desktop.ui.window import Window


class MainWindow(Window):
    """What the window is made of is loaded here, most of it when it is first used."""

    _keys_set = _searched = False

    def _connect(self) -> None:
        super()._connect()
        self.rail.more.clicked.connect(self._show_more)
        self.header.search.textChanged.connect(self._first_search)
        Dropping(self)
        after_first_paint(self, self._set_keys)

    def make_page(self, name: str, ws: Workspace) -> Page:
        """The page of that name, connected to this window."""
        made = make_page(name, ws, self.task_run, self.preferences)
        made.round_asked.connect(self.show_round)
        made.page_asked.connect(self.show_page)
        made.status_asked.connect(self.open_status)
        made.tasks_asked.connect(self.open_tasks)
        made.units_asked.connect(self.open_units)
        made.doubts_asked.connect(self._open_doubts)
        made.start_asked.connect(self.show_start)
        if self._keys_set:
            self._bind_keys(made)
        return made

    def make_start(self) -> Beginning:
        """The start page, for this window's folder."""
        from hs_credit_desktop.ui.pages.start import StartPage

        shown = self.ws.folder.root if self.ws is not None else None
        return StartPage(
            self.root,
            self.clock,
            self.task_run,
            self.preferences,
            today=self.today,
            shown=shown,
        )

    def _open_doubts(self, measure_id: str) -> None:
        from hs_credit_desktop.ui.commands import notice

        notice.doubts(self, measure_id)

    def _first_search(self) -> None:
        """The results are made when something is typed for the first time."""
        from hs_credit_desktop.ui.finding import make_results

        if not self._searched:
            self._searched = True
            self.results = make_results(self)

    def _show_more(self) -> None:
        from hs_credit_desktop.ui.more import show_menu

        show_menu(self, self.rail.more)

    def _set_keys(self) -> None:
        """The keys of the commands, when the window has been painted."""
        from hs_credit_desktop.ui.more import set_keys

        set_keys(self)
        self._keys_set = True
        for page in self.made.values():
            self._bind_keys(page)

    def _bind_keys(self, page: Page) -> None:
        """The keys every page has: 撤销, 重做 (a text field with the keyboard is first), F3."""
        from hs_credit_desktop.ui.commands.undo import bind_keys
        from hs_credit_desktop.ui.widgets.find_bar import find_in

        bind_keys(page, self)
        root = page.find_root()
        if root is not None:
            find_in(root, page)
