"""What waits for the first paint: done once, after it, and not when the window goes before."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hs_credit_desktop.ui.first_paint import after_first_paint


class _Paints(QObject):
    """Writes down the paints of a window."""

    def __init__(self, window: QWidget, said: list[str]) -> None:
        super().__init__(window)
        self._window, self._said = window, said
        window.installEventFilter(self)

    def eventFilter(self, seen: QObject, event: QEvent) -> bool:
        if seen is self._window and event.type() == QEvent.Type.Paint:
            self._said.append("paint")
        return False


def test_it_is_done_once_when_the_window_has_been_painted(qtbot: QtBot) -> None:
    window, said = QWidget(), list[str]()
    qtbot.addWidget(window)
    after_first_paint(window, lambda: said.append("done"))
    _Paints(window, said)
    qtbot.wait(20)
    assert said == []
    window.show()
    qtbot.waitUntil(lambda: "done" in said)
    assert said[0] == "paint"
    window.repaint()
    qtbot.wait(20)
    assert said.count("done") == 1


def test_a_window_that_was_never_seen_does_nothing(qtbot: QtBot) -> None:
    window, said = QWidget(), list[str]()
    after_first_paint(window, lambda: said.append("done"))
    window.deleteLater()
    qtbot.wait(20)
    assert said == []
