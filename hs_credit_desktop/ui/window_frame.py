"""The frame of the one window: rail, header, strips, room for a page, and status line."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from hs_credit_desktop.ui import placing, theme
from hs_credit_desktop.ui.header import Header
from hs_credit_desktop.ui.pages.names import NAMES
from hs_credit_desktop.ui.rail import Rail
from hs_credit_desktop.ui.statusline import StatusLine
from hs_credit_desktop.ui.strip import Strip

TITLE = "信用任务台账"
LEAST_SIZE = (1180, 600)


class WindowFrame(QMainWindow):
    """The parts of the window, where they stand, and how the keyboard goes round them.

    ledger_opened: another ledger is shown; ledger_closing: the one that was open goes.
    ledger_checked: with what a check of the ledger found.
    """

    ledger_opened = Signal()
    ledger_closing = Signal()
    ledger_checked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*LEAST_SIZE)
        self.rail = Rail(NAMES)
        self.header = Header()
        self.news, self.strip = Strip(), Strip()
        self.pages = QStackedWidget()
        self.status = StatusLine()
        self._strips = QWidget()
        self._lay_out()
        for strip in (self.news, self.strip):
            strip.dismissed.connect(self.fit_strips)
        for key, step in (("F6", 1), ("Shift+F6", -1)):
            QShortcut(QKeySequence(key), self, lambda way=step: self.step_pane(way))

    def _lay_out(self) -> None:
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

    def fit_strips(self) -> None:
        """Without a strip there is no room kept for one."""
        self._strips.setHidden(self.news.isHidden() and self.strip.isHidden())

    def tell(
        self,
        what: str,
        advice: str,
        kind: str = "bad",
        door: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show news under the header: bad, warn, info or ok; door: a link and where it leads."""
        self.news.show_message(what, advice, kind, door)
        self.fit_strips()

    def step_pane(self, step: int) -> None:
        """Move the keyboard to the next pane: rail, header, then the page's own."""
        panes = [self.rail, *self.page_panes()]
        if self.header.isVisible():
            panes.insert(1, self.header.selector)
        placing.step_pane(panes, self.focusWidget(), step)

    def page_panes(self) -> list[QWidget]:
        """The panes of what is shown in the middle, from left to right."""
        return []
