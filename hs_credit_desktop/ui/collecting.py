"""Garbage is looked for on the main thread only: a widget that ends on a worker ends the program.

Old objects are left alone while workers are at work: a worker that reads a whole ledger makes
millions of them, and looking through all of them holds the window for up to five seconds.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 50  # the young objects of so short a time are looked through in a millisecond or two


class Collecting(QObject):
    """Takes the place of the collector's own choice of time, from now until the parent ends.

    busy: whether workers are at work. What the start has made is never garbage and not looked at.
    """

    def __init__(self, parent: QObject, busy: Callable[[], bool]) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._busy = busy
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY_MS)

    def look(self) -> None:
        """Collect the oldest generation that is due, by the collector's own thresholds."""
        due = [age for age, (count, most) in enumerate(self._counts()) if count > most]
        if self._busy():
            due = [age for age in due if age < 2]
        if due:
            gc.collect(due[-1])

    @staticmethod
    def _counts() -> list[tuple[int, int]]:
        return list(zip(gc.get_count(), gc.get_threshold(), strict=True))
