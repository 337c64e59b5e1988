"""Goal 8: a table of many rows is shown in ≤ 1.25× the time of one of 60 rows.

The floor is the same table with 60 rows. Each round fills the model, shows it and paints once.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from hs_credit_desktop.services import overview
from hs_credit_desktop.store.lists import EntryQuery
from tests.benchmarks.pairs import Result, pairs
from tests.benchmarks.scale import ledgers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hs_credit_desktop.domain.returns import Entry
    from hs_credit_desktop.ui.models.entries import EntryRow

GOAL = 1.25
FEW, MANY = 60, 20_000


def run() -> Iterator[Result]:
    """One figure: many rows against few."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from hs_credit_desktop import app as program
    from hs_credit_desktop.ui import theme

    app = program.application()
    theme.apply(app, theme.Mode.LIGHT)
    with ledgers() as (small, _large):
        round_ = overview.round_of(small, overview.notice(small).id)
        found = overview.entries(small, round_, EntryQuery(round_.id))
        few, many = (_shown(_rows(found, count)) for count in (FEW, MANY))
        yield pairs(few, many, name=f"table of {MANY} rows", goal=GOAL)


def _rows(found: tuple[Entry, ...], count: int) -> list[EntryRow]:
    from hs_credit_desktop.domain.deadlines import Lamp
    from hs_credit_desktop.ui.models.entries import EntryRow

    return [
        EntryRow(replace(found[place % len(found)], id=str(place)), Lamp.ACCEPTED)
        for place in range(count)
    ]


def _shown(rows: list[EntryRow]) -> Callable[[], None]:
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
