"""The matrix agrees with the lists; levels add up; arrivals are counted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.deadlines import Lamp, Thresholds
from hs_credit_desktop.domain.returns import Completion, ReturnState
from hs_credit_desktop.domain.statistics import Figures, Progress, Status
from hs_credit_desktop.services import matrix, overview, returns
from hs_credit_desktop.services.matrix import Arrival
from tests.ledgers import (
    FIRST_DUE,
    TODAY,
    clock_at,
    entry,
    exempt,
    expected,
    extend,
    record,
    round_number,
)

if TYPE_CHECKING:
    from hs_credit_desktop.services.matrix import Cell
    from hs_credit_desktop.services.workspace import Workspace


def _all(ws: Workspace) -> dict[str, Cell]:
    """Entry id → its cell, for the whole round."""
    rows = [item.id for item in matrix.unit_returns(ws, round_number(ws)).read(0, 99)]
    found = matrix.cells(ws, round_number(ws), rows)
    assert list(found) == rows
    return {cell.entry_id: cell for row in found.values() for cell in row.values()}


def test_rows_are_all_units_in_official_order(ws: Workspace) -> None:
    exempt(ws, "市文旅局")
    names = [item.unit_name for item in matrix.unit_returns(ws, round_number(ws)).read(0, 99)]
    assert names == ["市数据局", "市商务局", "市文旅局", "市信用中心", "东区", "西区"]


def test_every_cell_is_the_entry_of_the_lists(ws: Workspace) -> None:
    record(ws, "市数据局", 1, completion=Completion.DONE)
    record(ws, "市商务局", 2)
    exempt(ws, "西区")
    extend(ws, "东区", date(2024, 9, 20))
    ws.clock = clock_at(date(2024, 9, 16))
    cells = _all(ws)
    listed = overview.entries(ws, round_number(ws))
    assert len(cells) == len(listed) == 11
    for item in listed:
        cell = cells[item.id]
        lamp = overview.lamp_of_entry(ws, item, FIRST_DUE, Thresholds())
        assert (cell.lamp, cell.covered, cell.exempt) == (lamp, item.covered, item.exempt)
        assert cell.completion == item.parts.completion
        assert cell.lead == returns.is_lead(item)
    assert cells[entry(ws, "市数据局", 1).id].lamp is Lamp.TO_REVIEW
    assert cells[entry(ws, "市数据局", 3).id].lamp is Lamp.OVERDUE
    assert cells[entry(ws, "东区", 1).id].lamp is Lamp.DUE_SOON
    assert cells[entry(ws, "西区", 1).id].lamp is Lamp.EXEMPT


def test_a_blank_entry_has_no_level(ws: Workspace) -> None:
    record(ws, "市数据局", 1, completion=Completion.DONE)
    record(ws, "市数据局", 1, "", completion=Completion.DONE)
    cell = _all(ws)[entry(ws, "市数据局", 1).id]
    assert (cell.covered, cell.completion) == (False, None)


def test_a_return_sent_back_keeps_its_new_date(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    returns.review(
        ws,
        expected_return_id=expected(ws, "市数据局").id,
        decision=ReturnState.SENT_BACK,
        reason="数字有误",
        resubmit_by=date(2024, 9, 2),
    )
    ws.clock = clock_at(date(2024, 9, 3))
    assert _all(ws)[entry(ws, "市数据局", 1).id].lamp is Lamp.OVERDUE


def test_levels_unsaid_and_missing_add_up_to_what_is_expected(ws: Workspace) -> None:
    record(ws, "市数据局", 1, completion=Completion.DONE)
    record(ws, "市数据局", 3, completion=Completion.ONGOING)
    record(ws, "市商务局", 1, completion=Completion.DONE)
    record(ws, "市文旅局", 2)
    exempt(ws, "西区")
    counted = matrix.completions(ws, round_number(ws))
    assert dict(counted.levels) == {
        Completion.NOT_STARTED: 0,
        Completion.IN_PROGRESS: 0,
        Completion.NEARLY_DONE: 0,
        Completion.DONE: 2,
        Completion.ONGOING: 1,
    }
    assert (counted.unsaid, counted.missing, counted.expected) == (1, 5, 9)
    assert counted.expected == overview.figures(ws, round_number(ws)).entries_expected


def test_arrivals_by_day_with_the_late_ones_named(ws: Workspace) -> None:
    record(ws, "市商务局", 1, on=date(2024, 8, 12))
    record(ws, "市数据局", 1)
    record(ws, "市数据局", 3)
    record(ws, "东区", 1)
    ws.clock = clock_at(date(2024, 9, 3))
    record(ws, "市文旅局", 2, on=date(2024, 9, 2))
    exempt(ws, "西区")
    found = matrix.arrivals(ws, round_number(ws))
    assert found.days == (
        Arrival(date(2024, 8, 12), 1, 1, late=False),
        Arrival(TODAY, 2, 3, late=False),
        Arrival(date(2024, 9, 2), 1, 4, late=True),
    )
    assert (found.expected, found.due_on, found.today) == (5, FIRST_DUE, date(2024, 9, 3))
    assert found.days[-1].total == overview.figures(ws, round_number(ws)).received


def test_an_exempt_unit_that_had_reported_is_no_arrival(ws: Workspace) -> None:
    record(ws, "东区", 1)
    exempt(ws, "东区")
    found = matrix.arrivals(ws, round_number(ws))
    assert (found.days, found.expected) == ((), 5)


def test_shares_of_what_is_expected(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    figures = overview.figures(ws, round_number(ws))
    assert matrix.shares(figures) == {
        Status.RECEIVED: 0.1667,
        Status.ON_TIME: 0.1667,
        Status.LATE: 0.0,
        Status.MISSING: 0.8333,
        Status.OVERDUE: 0.0,
    }
    assert matrix.covered_share(figures) == 0.0909
    assert matrix.shares(Figures()) == {}
    assert matrix.covered_share(Figures()) == 0.0


def test_progress_of_a_unit_is_that_of_its_entries_and_nothing_when_exempt(ws: Workspace) -> None:
    round_ = round_number(ws)
    record(ws, "市数据局", 1, "进展")
    done = overview.progress_by_return(ws, round_)
    for item in matrix.unit_returns(ws, round_).read(0, 99):
        assert matrix.progress_of(item) == done[item.id]
    exempted = replace(expected(ws, "市数据局"), exempt_reason="本轮不涉及")
    assert matrix.progress_of(exempted) == Progress()
