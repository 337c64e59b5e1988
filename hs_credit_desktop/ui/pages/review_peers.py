"""Other units' answers to the measure that is shown, looked for beside the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from hs_credit_desktop.domain.returns import Entry
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.services import flagging
from hs_credit_desktop.services.flagging import Other
from hs_credit_desktop.services.workspace import Workspace, reading
from hs_credit_desktop.ui.pages.review_flags import Turns
from hs_credit_desktop.ui.run import Job, Run, if_there

MOST = 100  # of the units of a measure, the most alike


class PeerFinder(QObject):
    """Only the newest question counts, the one before it is given up."""

    def __init__(self, parent: QObject, ws: Workspace, run: Run) -> None:
        super().__init__(parent)
        self._ws, self._run = ws, run
        self._job: Job | None = None
        self._turn = 0

    def ask(
        self, round_: Round, entry: Entry, answered: Callable[[tuple[Other, ...]], object]
    ) -> None:
        """Find the units that said the most alike; `answered` gets them, the most alike first."""
        self.rest()
        turn = self._turn

        def work(job: Job) -> tuple[Other, ...]:
            with reading(self._ws) as own:
                return flagging.others(own, round_, entry, MOST, stopped=Turns().stopped(job))

        def done(found: tuple[Other, ...]) -> None:
            if turn == self._turn:
                answered(found)

        self._job = self._run.background(work, if_there(self, done))

    def rest(self) -> None:
        """Give up what was asked."""
        self._turn += 1
        if self._job is not None:
            self._job.stop()
