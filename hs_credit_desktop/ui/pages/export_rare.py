"""Characters that no font has, looked for among all texts of a round on a worker."""

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.services.rare_characters import RareCharacter, rare_in_round
from hs_credit_desktop.services.workspace import Workspace, reading
from hs_credit_desktop.ui.run import Job, Run


class RareLook(QObject):
    """found: the characters with their places. A new look stops the one under way."""

    found = Signal(object)

    def __init__(self, ws: Workspace, run: Run, parent: QObject) -> None:
        super().__init__(parent)
        self._ws, self._run = ws, run
        self._job: Job | None = None
        self._asked = 0

    def look(self, round_: Round) -> None:
        """Look through a round."""
        if self._job is not None:
            self._job.stop()
        ws = self._ws
        self._asked += 1
        asked = self._asked

        def work(job: Job) -> tuple[RareCharacter, ...]:
            with reading(ws) as own:
                return rare_in_round(own, round_, lambda: job.stopped)

        def done(found: tuple[RareCharacter, ...]) -> None:
            if isValid(self) and asked == self._asked:  # the ledger may have been closed meanwhile
                self._job = None
                self.found.emit(found)

        self._job = self._run.background(work, done)
