"""What the window asks of every page."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run


class Page(QWidget):
    """A page of the rail: it shows one round, reloads by flags and names its panes for F6.

    ws, run, preferences are given by the window; round_asked, page_asked and status_asked ask
    the window for another round (its id), page (its name) or list (a Status); tasks_asked for
    任务 and hands over what shall be done there, a function of that page; doubts_asked for the
    doubts desk at a measure (its id, '' for the first doubt of all).
    """

    round_asked = Signal(str)
    start_asked = Signal()
    page_asked = Signal(str)
    status_asked = Signal(object)
    tasks_asked = Signal(object)
    units_asked = Signal(object)  # the same for 单位
    doubts_asked = Signal(str)

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("page")
        self.ws, self.run, self.preferences = ws, run, preferences

    def show_round(self, round_: Round) -> None:
        """Show this round; called on opening and whenever the clerk chooses another."""

    def reload(self, changes: Changes) -> None:
        """Read again what a command changed."""

    def open_status(self, status: Status) -> None:
        """Show exactly the returns a figure of the header counts."""

    def open_unit(self, unit_id: str) -> None:
        """Show a unit's entries (a hit of the search box)."""

    def open_measure(self, node_id: str, which: Counted | None = None) -> None:
        """Show a measure or pillar, all of it or the entries a number of it counts."""

    def open_entry(self, entry_id: str, needle: str = "") -> None:
        """Show one entry in the form (a hit of the search box), the words searched for marked."""

    def list_words(self, name: str) -> tuple[str, str]:
        """What the list called `name` shows and what it is filtered by, for paper and files."""
        return name, ""

    def find_root(self) -> QWidget | None:
        """Where Ctrl+F and F3 look for words; None where the page filters a list of its own."""
        return self

    def panes(self) -> list[QWidget]:
        """The widgets F6 moves the keyboard to, from left to right."""
        return []

    def first_pane(self) -> QWidget | None:
        """Where the keyboard goes when the page is shown."""
        return next(iter(self.panes()), None)

    def may_leave(self) -> bool:
        """Save what is being typed; False keeps the window open (a save that failed)."""
        return True


class CountingPage(Page):
    """A page that counts all of its round: it reads when it is seen, not while another is."""

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self.round: Round | None = None
        self._unread = False

    def read(self, round_: Round) -> None:
        """Read and show everything of the round."""

    def show_round(self, round_: Round) -> None:
        """Show what is counted of a round."""
        self.round = round_
        self._refresh()

    def reload(self, _changes: Changes) -> None:
        """Whatever changed, something here may count it."""
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _refresh(self) -> None:
        self._unread = True
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        if self._unread and self.round is not None:
            self._unread = False
            self.read(self.round)


class Beginning(QWidget):
    """What the window asks of the start page.

    opened: hands over the ledger (a Workspace) that was made or opened; resumed: the one that is
    open already was chosen.
    """

    opened = Signal(Workspace)
    resumed = Signal()

    def panes(self) -> list[QWidget]:
        """The widgets F6 moves the keyboard to."""
        return []

    def take_focus(self) -> None:
        """Take the keyboard to what is usually done first."""

    def refuse(self, root: Path, error: UserError) -> None:
        """Say why the ledger of a folder was not opened for writing, and the ways out."""

    def refusal(self) -> str:
        """What is said about a ledger that was not opened; empty when nothing is."""
        return ""

    def confirming(self) -> bool:
        """Whether the draft of a notice is being looked at."""
        return False

    def open_ledger(self, folder: Path) -> None:
        """Open the ledger of a data folder."""

    def practice(self) -> None:
        """Open the practice ledger, made if need be."""
