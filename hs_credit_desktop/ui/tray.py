"""The reminder in the corner of the screen while the program runs; no service behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

if TYPE_CHECKING:
    from hs_credit_desktop.services.reminding import Reminder
    from hs_credit_desktop.ui.preferences import Preferences
    from hs_credit_desktop.ui.window import Window

KEY, OFF, ON = "reminder", "off", "on"
REMINDED = "reminded"
HOUR_MS = 60 * 60 * 1000
FIRST_MS = 4000  # the window is painted and used by then
SHOWN_MS = 15_000


def wanted(preferences: Preferences) -> bool:
    """Whether the clerk wants to be reminded."""
    return preferences.text(KEY, ON) != OFF


class Tray(QObject):
    """Says once a day what is due in the round shown; a click brings the window forward.

    The icon is there only while there is something to say, so nothing stays behind in the corner.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.icon: QSystemTrayIcon | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(HOUR_MS)
        self.timer.timeout.connect(self.remind)
        window.ledger_opened.connect(self._opened)
        window.ledger_closing.connect(self._closing)

    def _opened(self) -> None:
        self.timer.start()
        QTimer.singleShot(FIRST_MS, self, self.remind)

    def _closing(self) -> None:
        self.timer.stop()
        if self.icon is not None:
            self.icon.hide()

    def remind(self) -> None:
        """Say what is due, once a day for each ledger; nothing in a practice ledger."""
        from hs_credit_desktop.services import reminding  # not before the first paint

        ws, round_ = self._window.ws, self._window.round
        if ws is None or round_ is None or ws.practice or not wanted(self._window.preferences):
            return
        once = f"{ws.today.isoformat()} {ws.folder.root}"
        if self._window.preferences.text(REMINDED) == once:
            return
        found = reminding.reminder(ws, round_)
        if found is not None and self._available():
            self._show(found)
            self._window.preferences.put(REMINDED, once)

    def _available(self) -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    def _show(self, found: Reminder) -> None:
        if self.icon is None:
            self.icon = QSystemTrayIcon(self._window.windowIcon(), self)
            self.icon.activated.connect(self._forward)
            self.icon.messageClicked.connect(self._forward)
        self.icon.setToolTip(found.what)
        self.icon.show()
        self.icon.showMessage(
            found.what, found.detail, QSystemTrayIcon.MessageIcon.Information, SHOWN_MS
        )

    def _forward(self, *_reason: object) -> None:
        minimized = Qt.WindowState.WindowMinimized
        self._window.setWindowState(self._window.windowState() & ~minimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
