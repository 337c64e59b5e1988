"""Flags of returns found on a worker: those asked for last come first, what is known is kept."""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import count

from PySide6.QtCore import QObject, Signal

from hs_credit_desktop.domain.flags import Flag
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import flagging
from hs_credit_desktop.services.flagging import Grounds
from hs_credit_desktop.services.workspace import Workspace, reading
from hs_credit_desktop.ui.run import Job, Run, if_there

Flags = tuple[Flag, ...]

SLICE = 0.4  # seconds of looking before what was found is told
# A thread that never rests keeps the window waiting at every turn it takes to paint.
TEXTS_A_TURN, REST = 8, 0.0005
LET_BE = 0.2  # seconds of rest when the clerk does something: the window is painted meanwhile


class Turns:
    """Whose turn it is: the window's while the clerk acts, else the worker's."""

    def __init__(self) -> None:
        self._resting_until = 0.0

    def rest(self) -> None:
        """The clerk acts: the worker rests for a while."""
        self._resting_until = time.monotonic() + LET_BE

    def stopped(self, job: Job) -> Callable[[], bool]:
        """Whether a job shall stop; to be asked at every text, for it lets the window have a turn.

        A rest ends early when the job shall stop.
        """
        texts = count()

        def asked() -> bool:
            if next(texts) % TEXTS_A_TURN == 0:
                time.sleep(REST)
                while not job.stopped and time.monotonic() < self._resting_until:
                    time.sleep(20 * REST)
            return job.stopped

        return asked


class FlagFinder(QObject):
    """Looks for what to say about returns, beside the window.

    flags: return id → its flags, of the returns that were looked at; found: some more are known.
    """

    found = Signal()

    def __init__(self, parent: QObject, ws: Workspace, run: Run) -> None:
        super().__init__(parent)
        self._ws, self._run = ws, run
        self.flags: dict[str, Flags] = {}
        self._entries: dict[str, Flags] = {}
        self._wanted: list[str] = []
        self._job: Job | None = None
        self._busy = False
        self._turn, self._turns = 0, Turns()
        self._grounds: Grounds | None = None

    def begin(self, grounds: Grounds) -> None:
        """Forget what was known: texts have changed, or it is another round."""
        self._turn += 1
        self._grounds = grounds
        self.flags.clear()
        self._entries = {}
        self.rest()

    def want(self, ids: Sequence[str]) -> None:
        """Look at these returns, the first one first; what was wanted before is given up."""
        self._wanted = list(dict.fromkeys(ids))
        self.let_be()
        self._go()

    def let_be(self) -> None:
        """The clerk does something: looking waits a little."""
        if not self._run.at_once:
            self._turns.rest()

    def rest(self) -> None:
        """Stop looking, until something is wanted again."""
        self._wanted = []
        if self._job is not None:
            self._job.stop()

    def _go(self) -> None:
        wanted = [key for key in self._wanted if key not in self.flags]
        if self._busy or not wanted or self._grounds is None:
            return
        self._busy = True
        work = partial(_look, self._ws, self._grounds, self._turns, wanted, dict(self._entries))
        self._job = self._run.background(
            work,
            if_there(self, partial(self._came, self._turn)),
            on_error=if_there(self, self._failed),
        )

    def _came(self, turn: int, came: tuple[Mapping[str, Flags], Mapping[str, Flags]]) -> None:
        entries, whole = came
        self._busy = False
        if turn == self._turn:
            self._entries.update(entries)
            self.flags.update(whole)
            if whole:
                self.found.emit()
        self._go()

    def _failed(self, error: UserError) -> None:
        self._busy, self._wanted = False, []
        self._run.show_error(error)


def _look(
    ws: Workspace,
    grounds: Grounds,
    turns: Turns,
    wanted: Sequence[str],
    done: dict[str, Flags],
    job: Job,
) -> tuple[Mapping[str, Flags], Mapping[str, Flags]]:
    """(entry id → flags, return id → flags) of what could be looked at in a while."""
    end, fresh = time.monotonic() + SLICE, dict[str, Flags]()
    with reading(ws) as own:
        for part in flagging.by_measure(
            own, grounds, wanted, done=done, stopped=turns.stopped(job)
        ):
            fresh.update(part)
            if time.monotonic() > end:
                break
        return fresh, flagging.whole(own, wanted, done | fresh)
