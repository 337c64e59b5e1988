"""Goal 8: a table of a million rows is shown in ≤ 1.25× the time of one of 60 rows, in ≤ +10 MB.

The floor is the same table with 60 rows. Each round fills the model, shows it and paints once; the
rows are read by the page, as those of the window's long lists. What reading them from the ledger
takes is goal 6.
"""

from __future__ import annotations

import os
import resource
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hs_credit_desktop.services import overview
from hs_credit_desktop.store.lists import EntryQuery
from tests.benchmarks.pairs import Result, pairs
from tests.benchmarks.scale import ledgers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hs_credit_desktop.domain.returns import Entry
    from hs_credit_desktop.ui.models.entries import EntryRow
    from hs_credit_desktop.ui.models.rows import PagedRows

GOAL, MOST_MB = 1.25, 10.0
FEW, LONGEST, MANY = 60, 200_000, 1_000_000  # LONGEST: of the window, in a ledger of a million


def run() -> Iterator[Result]:
    """Three figures: time of many rows and of the longest list against few, memory of many."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from hs_credit_desktop import app as program
    from hs_credit_desktop.ui import theme

    app = program.application()
    theme.apply(app, theme.Mode.LIGHT)
    with ledgers() as (small, _large):
        round_ = overview.round_of(small, overview.notice(small).id)
        found = overview.entries(small, round_, EntryQuery(round_.id))
        few, many = (_shown(_rows(found, count)) for count in (FEW, MANY))
        few()
        before = _megabytes()
        many()
        more = _megabytes() - before
        longest = _shown(_rows(found, LONGEST))
        yield pairs(few, longest, name=f"table of {LONGEST} rows", goal=GOAL)
        yield pairs(few, many, name=f"table of {MANY} rows", goal=GOAL)
        yield Result(
            f"memory of {MANY} rows, more than {FEW}",
            1,
            MOST_MB / 1000,
            more / 1000,
            more / MOST_MB,
            1.0,
            1.0,
            "MB",
        )


def _megabytes() -> float:
    """What the process holds now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _rows(found: tuple[Entry, ...], count: int) -> PagedRows[EntryRow]:
    from hs_credit_desktop.domain.deadlines import Lamp
    from hs_credit_desktop.ui.models.entries import EntryRow
    from hs_credit_desktop.ui.models.rows import PagedRows

    def read(start: int, stop: int) -> list[EntryRow]:
        return [
            EntryRow(replace(found[place % len(found)], id=str(place)), Lamp.ACCEPTED)
            for place in range(start, stop)
        ]

    return PagedRows(count, read, int, lambda _by, _falling: _rows(found, count))


def _shown(rows: PagedRows[EntryRow]) -> Callable[[], None]:
    """Fill a table with the rows and paint what is in sight."""
    from hs_credit_desktop.ui.models.entries import entry_columns
    from hs_credit_desktop.ui.models.rows import RowsModel
    from hs_credit_desktop.ui.widgets.table import RowsTable

    table = RowsTable("反馈")
    table.resize(900, 600)
    model: RowsModel[EntryRow] = RowsModel(entry_columns(unit=True, measure=True), table)

    def show() -> None:
        model.show_rows([])
        model.show_rows(rows)
        table.show_model(model)
        table.select(rows[0].id)
        table.grab()

    return show
