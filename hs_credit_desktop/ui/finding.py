"""What the search box finds and where it leads: units, measures, texts of all rounds, commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.services.find import Hit, find, round_of
from hs_credit_desktop.ui import more
from hs_credit_desktop.ui.commands import all_commands, named
from hs_credit_desktop.ui.pages.catalogue import TASKS, UNITS
from hs_credit_desktop.ui.search import SearchResults

if TYPE_CHECKING:
    from hs_credit_desktop.ui.main_window import MainWindow


def make_results(window: MainWindow) -> SearchResults:
    """The list under the search field, first searched with what stands in it."""
    field = window.header.search
    results = SearchResults(window, field, lambda text: hits(window, text))
    results.opened.connect(lambda hit: open_hit(window, hit))
    results.search()
    return results


def hits(window: MainWindow, text: str) -> list[Hit]:
    """What the ledger has for `text`, then the commands of that name."""
    found = find(window.ws, text) if window.ws is not None else []
    return found + [
        Hit("command", command.name, None, None, None, command.hint)
        for command in all_commands()
        if command.matches(text)
    ]


def open_hit(window: MainWindow, hit: Hit) -> None:
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


def _show_round_of(window: MainWindow, hit: Hit) -> None:
    """Show the round a hit belongs to, of whichever notice; the one shown where it does as well."""
    assert window.ws is not None
    assert window.round is not None
    wanted = round_of(window.ws, hit, window.round)
    if wanted != window.round.id:
        window.show_round(wanted)
