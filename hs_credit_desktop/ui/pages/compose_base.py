"""What 汇总 consists of: its three panes, the round, words not saved; the desks work on these."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter

from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.drafts import drafts_of
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.pages.compose_draft import DraftPane
from hs_credit_desktop.ui.pages.compose_nodes import NodesPane
from hs_credit_desktop.ui.pages.compose_sources import SourcesPane
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

PANES_KEY = "compose_panes"
PANE_WIDTHS, LEAST_WIDTHS = (292, 410, 558), (240, 380, 420)
TYPING_PAUSE = 200  # milliseconds after the last key until sentences look for their sources


class ComposeBase(Page):
    """The panes beside each other; `pause` runs from the last key to the look at what was typed."""

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self.round: Round | None = None
        self.typed = drafts_of(ws.folder.root, writable=not ws.read_only)
        self.nodes, self.sources, self.pane = NodesPane(), SourcesPane(), DraftPane()
        self.report_window: QDialog | None = None
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(TYPING_PAUSE)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        self.splitter = QSplitter()
        self.splitter.setHandleWidth(theme.GAP)
        self.splitter.setChildrenCollapsible(False)
        for pane, least in zip((self.nodes, self.sources, self.pane), LEAST_WIDTHS, strict=True):
            pane.setMinimumWidth(least)
            self.splitter.addWidget(pane)
        self.splitter.setStretchFactor(2, 1)
        sizes = self.preferences.numbers(PANES_KEY)
        self.splitter.setSizes(sizes if len(sizes) == 3 else list(PANE_WIDTHS))
        self.splitter.splitterMoved.connect(
            lambda: self.preferences.put(PANES_KEY, self.splitter.sizes())
        )
        row.addWidget(self.splitter)

    def locked(self) -> str:
        """Why nothing can be changed, '' when it can."""
        if self.ws.read_only:
            return "台账是只读打开的，只能查看"
        if self.round is not None and self.round.state is RoundState.FROZEN:
            return f"{self.round.name}已封存，只能查看；如需修改请先解封"
        return ""
