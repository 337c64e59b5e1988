"""One window a data folder: a second double-click brings the first window forward.

A local socket (a named pipe on Windows), reachable by this user on this PC only; no network. Its
library loads when it is needed: never before the first paint of an ordinary start.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from hs_credit_desktop.ui.first_paint import after_first_paint

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

    from hs_credit_desktop.ui.window import Window

LOCK_NAME = "ledger.lock"  # store.lock: it says who has the ledger open, and is empty when none has
ANSWERS_WITHIN = 500  # milliseconds; a running program answers at once, a dead one never
ANY_PROCESS = -1  # ASFW_ANY of Windows


def socket_name(folder: Path) -> str:
    """The name both starts agree on: this user, this data folder."""
    from hashlib import sha256  # not before the first paint: it loads OpenSSL

    place = f"{Path.home()}\0{folder.resolve()}"
    return f"hs-credit-{sha256(place.encode()).hexdigest()[:24]}"


def call_first(folder: Path, package: Path | None = None) -> bool:
    """Ask the window that has this folder open to come forward; False when there is none.

    package: a hand-over package it shall look at.
    """
    try:
        if not (folder / LOCK_NAME).stat().st_size:
            return False
    except OSError:
        return False
    import ctypes

    from PySide6.QtNetwork import QLocalSocket

    windows = getattr(ctypes, "windll", None)
    if windows:  # the program that was clicked may hand the foreground on, nobody else may
        windows.user32.AllowSetForegroundWindow(ANY_PROCESS)
    socket = QLocalSocket()
    socket.connectToServer(socket_name(folder))
    if not socket.waitForConnected(ANSWERS_WITHIN):
        return False
    if package is not None:
        socket.write(bytes(package.absolute()))
        socket.waitForBytesWritten(ANSWERS_WITHIN)
    socket.disconnectFromServer()
    return True


class Doorbell(QObject):
    """Listens for later starts on a data folder.

    rung: one of them asked for the window. package_brought: and for a look at this package.
    """

    rung = Signal()
    package_brought = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._name = socket_name(folder)
        self._server: QLocalServer | None = None

    def listen(self) -> None:
        """Begin to listen; a name left behind by a crash is taken over."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
        self._server.newConnection.connect(self._answer)

    def _answer(self) -> None:
        """Take what the other start says: nothing, or the path of a package; it says it at once."""
        from PySide6.QtNetwork import QLocalSocket

        assert self._server is not None
        connection = self._server.nextPendingConnection()
        if connection.state() != QLocalSocket.LocalSocketState.UnconnectedState:
            connection.waitForDisconnected(ANSWERS_WITHIN)
        said = bytes(connection.readAll().data())
        connection.close()
        connection.deleteLater()
        self.rung.emit()
        if said:
            self.package_brought.emit(Path(os.fsdecode(said)))

    def close(self) -> None:
        """Stop listening, so that the next start opens a window of its own."""
        if self._server:
            self._server.close()


def answer_later_starts(window: QWidget, folder: Path) -> Doorbell:
    """Have later starts bring `window` forward, from the first free moment after its paint."""
    bell = Doorbell(folder)
    bell.setParent(window)
    bell.rung.connect(lambda: bring_forward(window))
    bell.package_brought.connect(lambda package: open_package(window, package))
    after_first_paint(window, bell.listen)
    return bell


def open_package(window: QWidget, package: Path) -> None:
    """Have the window look at a hand-over package that was double-clicked."""
    from hs_credit_desktop.ui.dialogs import hand_over

    hand_over.open_package(cast("Window", window), package)


def bring_forward(window: QWidget) -> None:
    """Show a window over all others, out of the task bar if it lies there."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
