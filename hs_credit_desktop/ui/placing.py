"""Where the window stands on the screen, and where in it the keyboard is."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from hs_credit_desktop.ui.preferences import Preferences

GEOMETRY = "geometry"
USUAL_SIZE = (1366, 697)
SMALL_SCREEN = 1440


def restore(window: QMainWindow, preferences: Preferences) -> None:
    """Put the window where it was, not on a screen that is gone; a small screen it fills."""
    numbers = preferences.numbers(GEOMETRY)
    if len(numbers) == 5 and _on_a_screen(QRect(*numbers[:4])):
        window.setGeometry(QRect(*numbers[:4]))
        maximized = bool(numbers[4])
    else:
        room = QGuiApplication.primaryScreen().availableGeometry()
        window.resize(min(USUAL_SIZE[0], room.width()), min(USUAL_SIZE[1], room.height()))
        maximized = room.width() <= SMALL_SCREEN
    if maximized:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def _on_a_screen(area: QRect) -> bool:
    screens = (screen.availableGeometry() for screen in QGuiApplication.screens())
    return any(room.intersects(area) for room in screens)


def remember(window: QMainWindow, preferences: Preferences) -> None:
    """Keep where the window stands."""
    area = window.normalGeometry()
    numbers = [area.x(), area.y(), area.width(), area.height(), int(window.isMaximized())]
    preferences.put(GEOMETRY, numbers)


def step_pane(panes: Sequence[QWidget], focused: QWidget | None, step: int) -> None:
    """Move the keyboard to the next pane (or the previous), going round at the ends."""
    inside = [
        place
        for place, pane in enumerate(panes)
        if focused is not None and (pane is focused or pane.isAncestorOf(focused))
    ]
    place = inside[-1] if inside else 0
    focus_into(panes[(place + step) % len(panes)])


def focus_into(pane: QWidget) -> None:
    """Give the keyboard to a pane, or to the first widget in it that takes it."""
    reason = Qt.FocusReason.TabFocusReason
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus or pane.focusProxy():
        pane.setFocus(reason)
        return
    inner = (
        child
        for child in pane.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.isVisibleTo(pane)
        and child.isEnabled()
    )
    first = next(inner, None)
    if first is not None:
        first.setFocus(reason)
