"""Goal 6: every dashboard and list of a large ledger ≤ 2× its time in the practice ledger.

The floor is the same question put to the practice ledger. A list of rows is compared a row: the
large ledger's list has more of them, and the window reads a list whole.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import overview, today
from hs_credit_desktop.store.lists import EntryQuery
from tests.benchmarks.pairs import Result, pairs
from tests.benchmarks.scale import ledgers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hs_credit_desktop.services.workspace import Workspace

GOAL = 2.0
TIMES = 20  # one look takes less than a millisecond


def run() -> Iterator[Result]:
    """One figure for each dashboard and list."""
    with ledgers() as (small, large):
        of_small, of_large = _looks(small), _looks(large)
        for name, look in of_small.items():
            many, few = partial(_often, of_large[name]), partial(_often, look)
            yield pairs(few, many, 25, name=name, goal=GOAL)


def _often(look: Callable[[], object]) -> None:
    for _ in range(TIMES):
        look()


def _looks(ws: Workspace) -> dict[str, Callable[[], object]]:
    round_ = overview.round_of(ws, overview.notice(ws).id)
    missing = overview.expected_returns(ws, round_, Status.MISSING)
    unit = EntryQuery(round_.id, expected_return_id=missing[0].id)
    entry = overview.entries(ws, round_, unit)[0]
    return {
        "figures of the header": partial(overview.figures, ws, round_),
        "tree with progress": partial(overview.tree, ws, round_),
        "agenda of today": partial(today.agenda, ws, round_),
        "missing units": partial(overview.expected_returns, ws, round_, Status.MISSING),
        "entries of a unit": partial(overview.entries, ws, round_, unit),
        "one entry in the form": partial(overview.entry_detail, ws, entry.id),
    }
