"""Two panes side by side whose widths are remembered."""

from PySide6.QtWidgets import QSplitter, QWidget

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.preferences import Preferences


def remembered_panes(
    left: QWidget, right: QWidget, preferences: Preferences, key: str, widths: tuple[int, int]
) -> QSplitter:
    """Left finds, right decides and takes what room there is; `widths` until the clerk moves it."""
    made = QSplitter()
    made.setHandleWidth(theme.GAP)
    made.setChildrenCollapsible(False)
    made.addWidget(left)
    made.addWidget(right)
    made.setStretchFactor(1, 1)
    sizes = preferences.numbers(key)
    made.setSizes(sizes if len(sizes) == 2 else list(widths))
    made.splitterMoved.connect(lambda: preferences.put(key, made.sizes()))
    return made
