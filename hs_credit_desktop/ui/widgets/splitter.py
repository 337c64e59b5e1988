"""Panes side by side, or one above the other, whose sizes are remembered."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from hs_credit_desktop.ui import columns, theme
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


def box_panes(
    name: str,
    panes: tuple[QWidget, ...],
    sizes: tuple[int, ...],
    way: Qt.Orientation = Qt.Orientation.Horizontal,
) -> QSplitter:
    """The panes of a box or a desk, which knows no preferences: kept where columns are kept.

    name: the one name of these panes on this PC; sizes: logical pixels until
    they are moved, () for what the panes ask for themselves.
    """
    made, preferences, key = QSplitter(way), columns.kept(), f"panes:{name}"
    made.setHandleWidth(theme.GAP)
    made.setChildrenCollapsible(False)
    for pane in panes:
        made.addWidget(pane)
    found = preferences.numbers(key) if preferences is not None else []
    fits = len(found) == len(panes) and min(found) > 0
    if fits or sizes:
        made.setSizes(found if fits else list(sizes))
    if preferences is not None:
        made.splitterMoved.connect(lambda: preferences.put(key, made.sizes()))
    return made
