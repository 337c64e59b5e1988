"""What the search box finds and where it leads: units, measures, texts of all rounds, commands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hs_credit_desktop.services import folders
from hs_credit_desktop.services.find import Finder, Hit, find, round_of
from hs_credit_desktop.ui import more
from hs_credit_desktop.ui.commands import all_commands, named
from hs_credit_desktop.ui.pages.names import TASKS, UNITS
from hs_credit_desktop.ui.search import MORE, SearchResults
from hs_credit_desktop.ui.search_worker import Answered, SearchWorker

if TYPE_CHECKING:
    from hs_credit_desktop.ui.window import Window


class Finding:
    """Answers the questions of the search box for a window, whichever ledger it shows."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        self._finder: Finder | None = None
        self.worker = SearchWorker(window)
        self.worker.failed.connect(window.task_run.show_error)
        window.ledger_closing.connect(self.let_go)

    def let_go(self) -> None:
        """Nothing of the ledger is held any more."""
        self.worker.let_go()
        self._finder = None

    def ask(self, text: str, limit: int, answered: Answered) -> None:
        """Find `text` and hand over at most `limit` hits of each kind, and the commands."""

        def whole(found: Sequence[Hit]) -> None:
            answered(cut(found, limit) + _commands(text))

        ws = self._window.ws
        if ws is None:
            whole([])
        elif self._window.task_run.at_once or (ws.read_only and folders.here(ws.folder.root)):
            whole(find(ws, text, limit=limit + 1))  # what lies on a network was borrowed whole
        else:
            self._finder = self._finder or Finder(ws)
            self.worker.ask(self._finder, text, limit + 1, whole)


def make_results(window: "Window") -> SearchResults:
    """The list under the search field, first searched with what stands in it."""
    field = window.header.search
    finding = Finding(window)
    results = SearchResults(window, field, finding.ask)
    results.opened.connect(lambda hit: open_hit(window, hit))
    results.put_away.connect(finding.worker.rest)
    results.search()
    return results


def cut(found: Sequence[Hit], limit: int) -> list[Hit]:
    """At most `limit` hits of each kind; where there are more, a row of kind MORE says so."""
    kept: list[Hit] = []
    for kind in dict.fromkeys(hit.kind for hit in found):
        mine = [hit for hit in found if hit.kind == kind]
        kept += mine[:limit]
        if len(mine) > limit:
            kept.append(Hit(MORE, kind, None, None, None, str(limit)))
    return kept


def _commands(text: str) -> list[Hit]:
    """The commands of that name."""
    return [
        Hit("command", command.name, None, None, None, command.hint)
        for command in all_commands()
        if command.matches(text)
    ]


def open_hit(window: "Window", hit: Hit) -> None:
    """Show what a hit found, or run the command."""
    if hit.kind == "command":
        more.run(window, named(hit.ref))
        return
    if not window.show_page(UNITS if hit.kind == "unit" else TASKS):
        return
    _show_round_of(window, hit)
    page = window.page
    assert page is not None
    if hit.kind == "unit":
        page.open_unit(hit.ref)
    elif hit.kind == "measure":
        page.open_measure(hit.ref)
    else:
        page.open_entry(hit.ref, window.header.search.text().strip())


def _show_round_of(window: "Window", hit: Hit) -> None:
    """Show the round a hit belongs to, of whichever notice; the one shown where it does as well."""
    assert window.ws is not None
    assert window.round is not None
    wanted = round_of(window.ws, hit, window.round)
    if wanted != window.round.id:
        window.show_round(wanted)
