"""After the start, while the clerk reads 今日: what the other pages need is loaded beside it.

Qt's Python classes are made when they are first named, and two threads must not make the same one:
so they are named first, on the main thread in slices; our own modules then load on a worker.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from importlib import import_module

from PySide6 import QtCore, QtGui, QtSvg, QtWidgets
from PySide6.QtCore import QObject, QTimer, Signal

from hs_credit_desktop.ui.pages.catalogue import BESIDES, MODULES

BEGIN_MS = 600  # the first picture has been looked at by then
PAUSE_MS, SLICE_S = 15, 0.008  # the window answers between two slices


class Warming(QObject):
    """Begins by itself, ends by itself or with `stop`; nothing waits for it.

    loaded: everything is there (not after `stop`).
    """

    loaded = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._classes = qt_classes()
        self._stopped = threading.Event()
        self._worker = threading.Thread(target=self._load, name="warming", daemon=True)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._name_some)
        self._timer.start(BEGIN_MS)

    def stop(self) -> None:
        """Load no further module; back when the one under way is loaded."""
        self._stopped.set()
        self._timer.stop()
        if self._worker.is_alive():
            self._worker.join()

    @property
    def done(self) -> bool:
        """Whether there is nothing left to load."""
        return not self._timer.isActive() and not self._worker.is_alive()

    def _name_some(self) -> None:
        self._timer.setInterval(PAUSE_MS)
        end = time.perf_counter() + SLICE_S
        for _ in self._classes:
            if time.perf_counter() > end:
                return
        self._timer.stop()
        self._worker.start()

    def _load(self) -> None:
        load((*MODULES, *BESIDES), self._stopped)
        if not self._stopped.is_set():
            self.loaded.emit()


def qt_classes() -> Iterator[str]:
    """Name every class of the Qt modules in use, one at each step."""
    for module in (QtCore, QtGui, QtSvg, QtWidgets):
        for name in dir(module):
            getattr(module, name, None)
            yield name


def load(names: Iterable[str], stopped: threading.Event) -> None:
    """Load these modules one after the other until stopped."""
    for name in names:
        if stopped.is_set():
            return
        import_module(name)
