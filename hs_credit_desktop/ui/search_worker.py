"""The search beside the window: only the newest question counts, the one before it is given up."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QThreadPool, Signal

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.find import Finder, Hit
from hs_credit_desktop.store.search import GivenUp

Answered = Callable[[Sequence[Hit]], object]


class SearchWorker(QObject):
    """Asks a Finder on one thread and answers on the main thread.

    failed: a UserError of a question nobody has replaced.
    """

    failed = Signal(object)
    _delivered = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._finder: Finder | None = None
        self._turn = 0
        self._delivered.connect(_call)

    def ask(self, finder: Finder, text: str, limit: int, answered: Answered) -> None:
        """Find `text`, at most `limit` of a kind; whatever was asked before is given up."""
        if self._finder is not finder:
            self.let_go()
        self._finder = finder
        self._turn += 1
        finder.give_up()
        turn = self._turn
        self._pool.start(lambda: self._work(turn, finder, text, limit, answered))

    def _work(self, turn: int, finder: Finder, text: str, limit: int, answered: Answered) -> None:
        if turn != self._turn:
            return
        try:
            hits = finder.find(text, limit=limit)
        except GivenUp:
            return
        except UserError as error:
            act: Callable[[], object] = partial(self.failed.emit, error)
        except Exception as error:
            act = partial(_raise, error)
        else:
            act = partial(answered, hits)
        self._delivered.emit(partial(self._answer, turn, act))

    def _answer(self, turn: int, act: Callable[[], object]) -> None:
        if turn == self._turn:
            act()

    def rest(self) -> None:
        """Give up what is under way; the ledger's file is let go of by and by."""
        self._turn += 1
        if self._finder is not None:
            self._finder.give_up()
            self._pool.start(self._finder.close)

    def let_go(self) -> None:
        """Give up what is under way and let go of the ledger's file now."""
        self.rest()
        self._pool.waitForDone()
        self._finder = None


def _call(act: Callable[[], object]) -> None:
    act()


def _raise(error: Exception) -> None:
    raise error
