"""What can wait until the window has been seen for the first time."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


def after_first_paint(window: QWidget, act: Callable[[], object]) -> None:
    """Do it once, when the window has been painted and the event loop is free again.

    A timer of 0 ms set when the window is shown is no such moment: on a real screen it ends before
    the paint, since the screen answers later. Nothing is done when the window goes before.
    """
    _Watcher(window, act)


class _Watcher(QObject):
    def __init__(self, window: QWidget, act: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._act = window, act
        window.installEventFilter(self)

    def eventFilter(self, seen: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and seen is self._window:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._do)  # when the paint that begins now is over
        return False

    def _do(self) -> None:
        self.deleteLater()
        self._act()
