"""The three panes of 任务 side by side: their widths, and the room the form moves into."""

from PySide6.QtWidgets import QFrame, QSplitter, QWidget

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.preferences import Preferences

PANES_KEY = "tasks_panes"
PANE_WIDTHS, NARROW_WIDTHS = (288, 610, 358), (262, 570, 336)
LEAST_WIDTHS = (220, 420, 320)
NARROW = 1240  # logical pixels of the page below which the tree gives up its bars
FORM = 2


class Panes(QSplitter):
    """Tree, table and an empty pane where the form will stand; widths are remembered."""

    def __init__(self, tree: QWidget, table: QWidget, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self.setHandleWidth(theme.GAP)
        self.setChildrenCollapsible(False)
        room = QFrame()
        room.setObjectName("pane")
        for pane, least in zip((tree, table, room), LEAST_WIDTHS, strict=True):
            pane.setMinimumWidth(least)
            self.addWidget(pane)
            self.setStretchFactor(self.count() - 1, int(pane is table))
        self.splitterMoved.connect(self._remember)

    def show_form(self, form: QWidget) -> None:
        """Put the form in its place, as wide as the room was."""
        form.setMinimumWidth(LEAST_WIDTHS[FORM])
        self.replaceWidget(FORM, form).deleteLater()

    def fit(self, width: int) -> None:
        """Share the width of the page as the clerk did last, else as proposed."""
        sizes = self._preferences.numbers(PANES_KEY)
        proposed = PANE_WIDTHS if width >= NARROW else NARROW_WIDTHS
        self.setSizes(sizes if len(sizes) == 3 else list(proposed))

    def _remember(self) -> None:
        self._preferences.put(PANES_KEY, self.sizes())
