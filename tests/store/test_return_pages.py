"""Long lists of returns hold, in their order, the same rows as the whole list read at once."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import office, overview, returns, reviewing
from hs_credit_desktop.store import return_pages, units
from hs_credit_desktop.store.return_pages import By, ReturnQuery
from tests.ledgers import FIRST_DUE, TODAY, clock_at, exempt, expected, extend, record, round_number

if TYPE_CHECKING:
    from hs_credit_desktop.domain.returns import ExpectedReturn
    from hs_credit_desktop.services.workspace import Workspace

DAYS = (FIRST_DUE - timedelta(days=20), FIRST_DUE - timedelta(days=2), FIRST_DUE + timedelta(2))


@pytest.fixture
def mixed(ws: Workspace) -> Workspace:
    """One received, one sent back, one with more time, one exempt, the rest missing."""
    record(ws, "市数据局", 1)
    record(ws, "市商务局", 1)
    returns.review(
        ws,
        expected_return_id=expected(ws, "市商务局").id,
        decision=ReturnState.SENT_BACK,
        reason="请核对",
        resubmit_by=FIRST_DUE + timedelta(days=1),
    )
    exempt(ws, "西区")
    extend(ws, "东区", FIRST_DUE + timedelta(days=9))
    reviewing.tick_paper_copy(ws, expected(ws, "市数据局").id, TODAY)
    return ws


def _query(ws: Workspace, status: Status | None = None) -> ReturnQuery:
    soon = ws.today + timedelta(days=office.thresholds(ws).due_soon_days)
    return ReturnQuery(round_number(ws).id, status, due_on=FIRST_DUE, today=ws.today, soon=soon)


def _read(ws: Workspace, query: ReturnQuery, **how: object) -> tuple[ExpectedReturn, ...]:
    rows = return_pages.order(ws.ledger, query, **how)  # type: ignore[arg-type]
    return return_pages.page(ws.ledger, rows)


def _names(found: tuple[ExpectedReturn, ...]) -> list[str]:
    return [item.unit_name for item in found]


@pytest.mark.parametrize("status", list(Status))
def test_pages_in_official_order_are_the_whole_list(mixed: Workspace, status: Status) -> None:
    rows = return_pages.order(mixed.ledger, _query(mixed, status))
    pages = [
        return_pages.page(mixed.ledger, rows[start : start + 2]) for start in range(0, len(rows), 2)
    ]
    whole = overview.expected_returns(mixed, round_number(mixed), status)
    assert tuple(itertools.chain(*pages)) == whole


def test_without_a_status_the_exempt_are_there_too(mixed: Workspace) -> None:
    found = _read(mixed, _query(mixed))
    assert len(found) == 6
    assert [item.ordinal for item in found] == sorted(item.ordinal for item in found)
    assert "西区" in _names(found)


@pytest.mark.parametrize("by", list(By))
def test_sorting_turns_round_and_keeps_every_row(mixed: Workspace, by: By) -> None:
    rising, falling = (_read(mixed, _query(mixed), by=by, falling=way) for way in (False, True))
    assert {item.id for item in rising} == {item.id for item in falling}
    assert len(rising) == 6


@pytest.mark.parametrize("today", DAYS)
def test_the_state_is_sorted_as_the_lamps_are(mixed: Workspace, today: date) -> None:
    mixed.clock = clock_at(today)
    limits, places = office.thresholds(mixed), list(Lamp)
    for falling in (False, True):
        found = _read(mixed, _query(mixed), by=By.STATE, falling=falling)
        shown = [
            places.index(overview.lamp_of_return(mixed, item, FIRST_DUE, limits)) for item in found
        ]
        assert shown == sorted(shown, reverse=falling)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("商务", ["市商务局"]),
        ("SWJ", ["市商务局"]),
        ("区", ["东区", "西区"]),
        ("旧称", ["市文旅局"]),
        ("%", []),
        ("_", []),
        ("!", []),
        ("没有这家", []),
    ],
)
def test_a_unit_is_found_by_any_of_its_names(
    mixed: Workspace, words: str, found: list[str]
) -> None:
    with mixed.change("别名", "市文旅局", {}):
        units.add_alias(mixed.ledger, expected(mixed, "市文旅局").unit_id, "旧称文化局")
    assert sorted(_names(_read(mixed, replace(_query(mixed), words=words)))) == sorted(found)


def test_stamped_copies_are_counted_as_they_are_listed(mixed: Workspace) -> None:
    came, still = (
        _names(_read(mixed, replace(_query(mixed), paper=paper))) for paper in (True, False)
    )
    assert came == ["市数据局"]
    assert len(still) == 4  # the exempt one owes none
    assert "西区" not in still
    assert return_pages.paper_counts(mixed.ledger, round_number(mixed).id) == (6, 1, 4)
    day = return_pages.paper_copy(mixed.ledger, expected(mixed, "市数据局").id)
    assert day == TODAY
    assert return_pages.paper_copy(mixed.ledger, expected(mixed, "东区").id) is None


def test_where_a_return_stands_and_whose_it_is(mixed: Workspace) -> None:
    round_, place = round_number(mixed), expected(mixed, "东区")
    rows = return_pages.order(mixed.ledger, _query(mixed))
    whole = _read(mixed, _query(mixed))
    number = return_pages.row_number(mixed.ledger, place.id)
    assert number is not None
    assert whole[rows.index(number)].id == place.id
    assert return_pages.row_number(mixed.ledger, "nobody") is None
    assert return_pages.of_unit(mixed.ledger, round_.id, place.unit_id) == place
    assert return_pages.of_unit(mixed.ledger, round_.id, "nobody") is None
    assert return_pages.round_of(mixed.ledger, place.id) == round_.id
    assert return_pages.round_of(mixed.ledger, "nobody") is None
