"""The one door for commands and long work: errors, changes and results all come out here."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal
from shiboken6 import isValid

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.log import LOGGER
from hs_credit_desktop.services.workspace import Changes

Result = TypeVar("Result")


class Job:
    """A piece of long work: the worker reports progress and asks whether it should stop."""

    def __init__(self, reported: Callable[[str], None]) -> None:
        self._reported = reported
        self._stop = threading.Event()

    def report(self, words: str) -> None:
        """Say how far the work is (正在导出 12/44…); called on the worker."""
        self._reported(words)

    def stop(self) -> None:
        """Ask the work to stop; called on the main thread."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether the clerk asked to stop; the work then returns early and leaves nothing half."""
        return self._stop.is_set()


class Run(QObject):
    """Runs service commands and background work for every page.

    changed: emitted once after each command with its Changes; pages reload by its flags.
    failed: a UserError (what, advice) nobody handled; the window shows it in its message bar.
    told: what was done and how to take it back, for the same bar.
    busy: words of the work under way, empty when all is done.
    at_once: run background work on the spot, for tests.
    """

    changed = Signal(Changes)
    failed = Signal(str, str)
    told = Signal(str, str)
    busy = Signal(str)
    _delivered = Signal(object)

    def __init__(self, *, at_once: bool = False) -> None:
        super().__init__()
        self._at_once = at_once
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(2)
        self._under_way = 0
        self._delivered.connect(_call)

    def command(
        self,
        fn: Callable[..., Changes],
        *args: Any,
        on_error: Callable[[UserError], object] | None = None,
        **kwargs: Any,
    ) -> bool:
        """Run a short service command now; True when it was done and its changes were announced."""
        try:
            changes = fn(*args, **kwargs)
        except UserError as error:
            self.show_error(error, on_error)
            return False
        self.changed.emit(changes)
        return True

    def show_error(
        self, error: UserError, on_error: Callable[[UserError], object] | None = None
    ) -> None:
        """Hand a UserError to the page, or to the window's message bar; it is logged either way."""
        LOGGER.warning("user error: %s", type(error).__name__)
        if on_error:
            on_error(error)
        else:
            self.failed.emit(error.what, error.advice)

    def background(
        self,
        fn: Callable[[Job], Result],
        on_done: Callable[[Result], object],
        *,
        on_error: Callable[[UserError], object] | None = None,
        on_progress: Callable[[str], object] | None = None,
        words: str = "",
    ) -> Job:
        """Run long work on a worker; on_done gets its result on the main thread.

        Anything but a UserError is raised again on the main thread, where the crash dialog waits.
        words: shown in the status line while the work is under way.
        """

        def reported(said: str) -> None:
            self._deliver(lambda: self._tell(said, on_progress))

        job = Job(reported)
        self._under_way += 1
        self.busy.emit(words)

        def work() -> None:
            act = self._outcome(fn, job, on_done, on_error)
            self._deliver(lambda: self._finish(act))

        if self._at_once:
            work()
        else:
            self._pool.start(work)
        return job

    def _outcome(
        self,
        fn: Callable[[Job], Result],
        job: Job,
        on_done: Callable[[Result], object],
        on_error: Callable[[UserError], object] | None,
    ) -> Callable[[], object]:
        """Do the work here; what the main thread shall do about it."""
        try:
            result = fn(job)
        except UserError as error:
            return partial(self.show_error, error, on_error)
        except Exception as error:
            return partial(_raise, error)
        return partial(on_done, result)

    def _deliver(self, act: Callable[[], object]) -> None:
        if self._at_once:
            act()
        else:
            self._delivered.emit(act)

    def _tell(self, words: str, on_progress: Callable[[str], object] | None) -> None:
        self.busy.emit(words)
        if on_progress:
            on_progress(words)

    def _finish(self, act: Callable[[], object]) -> None:
        self._under_way -= 1
        if not self._under_way:
            self.busy.emit("")
        act()

    @property
    def working(self) -> bool:
        """Whether long work is under way; the window asks before it closes."""
        return self._under_way > 0

    @property
    def at_once(self) -> bool:
        """Whether long work is done on the spot."""
        return self._at_once

    def wait(self, milliseconds: int = -1) -> bool:
        """Wait until the workers are done; True when they are."""
        return self._pool.waitForDone(milliseconds)


def if_there(owner: QObject, act: Callable[..., object]) -> Callable[..., object]:
    """Do it only while `owner` is there: its ledger may be closed before the work is done."""

    def called(*values: object) -> object:
        return act(*values) if isValid(owner) else None

    return called


def _call(act: Callable[[], object]) -> None:
    act()


def _raise(error: Exception) -> None:
    raise error
