"""What 汇总 reads of the ledger: the list at once, long nodes and what is stale on a worker."""

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from hs_credit_desktop.services.composing_board import LARGE, looked_at, stale_nodes
from hs_credit_desktop.services.composing_outline import Line, Opened, Outline, open_node, outline
from hs_credit_desktop.services.workspace import Changes, reading
from hs_credit_desktop.ui.pages.compose_base import ComposeBase


class Reading(QObject):
    """listed: the Outline; marked: the same with what is stale; opened: an Opened.

    opened(None): a long node is being read. `at`: the node asked for; `typed`: its words not saved
    as they were then. An answer that comes after another question is left.
    """

    listed = Signal(object)
    marked = Signal(object)
    opened = Signal(object)

    def __init__(self, page: ComposeBase) -> None:
        super().__init__(page)
        self._page = page
        self._lists = self._nodes = 0
        self._stale: frozenset[str] = frozenset()
        self.at = self.typed = ""

    def read(self) -> None:
        """Read the list; what is stale is marked as it was known until it has been looked at."""
        page, round_ = self._page, self._page.round
        assert round_ is not None
        self._lists += 1
        asked, found = self._lists, outline(page.ws, round_)
        self.listed.emit(found.with_stale(self._stale))
        drafted = found.with_stale([line.id for line in found.nodes]).stale
        if found.nodes[0].entries <= LARGE or not drafted:
            self._mark(asked, found, stale_nodes(page.ws, round_) if drafted else frozenset())
            return
        ws = page.ws

        def look(_job: object) -> frozenset[str]:
            with reading(ws) as own:
                return stale_nodes(own, round_)

        def looked(stale: frozenset[str]) -> None:
            known = self._stale
            looked_at(ws, round_, stale)
            self._mark(asked, found, stale)
            if stale != known:
                page.run.changed.emit(Changes())  # the number on the rail

        page.run.background(look, looked)

    def _mark(self, asked: int, found: Outline, stale: frozenset[str]) -> None:
        if asked == self._lists and isValid(self):
            self._stale = stale
            self.marked.emit(found.with_stale(stale))

    def open(self, line: Line, typed: str) -> None:
        """Read a node; typed: the words of its draft that are not saved."""
        page, round_ = self._page, self._page.round
        assert round_ is not None
        again = self.at == line.id
        self.at, self.typed = line.id, typed
        self._nodes += 1
        asked, ws = self._nodes, page.ws
        if not line.long:
            self.opened.emit(open_node(ws, round_, line, typed))
            return
        if not again:
            self.opened.emit(None)

        def look(_job: object) -> Opened:
            with reading(ws) as own:
                return open_node(own, round_, line, typed)

        page.run.background(look, lambda opened: self._open(asked, opened), words="正在读取…")

    def _open(self, asked: int, opened: Opened) -> None:
        if asked == self._nodes and isValid(self):
            self.opened.emit(opened)

    def forget(self) -> None:
        """Another round is shown: nothing of the former one is known of it."""
        self._stale, self.at = frozenset(), ""
        self._lists += 1
        self._nodes += 1
