"""Lists of returns read by the page: numbers, names, and where a return stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import overview, return_lists, reviewing
from hs_credit_desktop.services.return_lists import ReturnList
from hs_credit_desktop.store.return_pages import By, ReturnQuery
from tests.ledgers import TODAY, exempt, expected, record, round_number

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace


def _list(ws: Workspace, words: str = "", paper: bool | None = None) -> ReturnList:
    round_ = round_number(ws)
    return ReturnList(ws, round_, ReturnQuery(round_.id, words=words, paper=paper))


def _numbers(found: ReturnList) -> list[int]:
    return list(found.numbers(0, len(found)))


def test_a_list_knows_its_rows_their_numbers_and_places(ws: Workspace) -> None:
    exempt(ws, "市商务局")
    found = _list(ws)
    listed = found.read(0, len(found))
    assert _numbers(found) == [1, 2, 3, 4, 5, 6]  # the exempt one keeps its own
    assert [found.place(item.id) for item in listed] == [0, 1, 2, 3, 4, 5]
    assert found.read(2, 4) == listed[2:4]
    assert found.place("nobody") == -1
    some = _list(ws, "区")
    assert _numbers(some) == [5, 6]
    assert some.place(listed[0].id) == -1


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("1", [1, 10, 11, 12]),
        (" 12 ", [12]),
        ("2", [2]),
        ("13", []),
        ("0", []),
        ("01", []),
        ("\uff10", []),
    ],
)
def test_a_unit_is_found_by_the_beginning_of_its_number(
    ws: Workspace, words: str, numbers: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _list(ws).order
    twice = whole + whole  # as if the round had twelve units
    monkeypatch.setattr(ReturnList, "_whole", twice)
    found = _list(ws, words)
    assert list(found.order) == [twice[number - 1] for number in numbers]


def test_a_number_is_looked_for_among_those_that_are_listed(ws: Workspace) -> None:
    first = overview.expected_returns(ws, round_number(ws))[0]
    assert _numbers(_list(ws, "1")) == [1]
    assert _numbers(_list(ws, "1", paper=True)) == []
    reviewing.tick_paper_copy(ws, first.id, TODAY)
    assert _numbers(_list(ws, "1", paper=True)) == [1]
    assert return_lists.paper_counts(ws, round_number(ws)) == (6, 1, 5)
    assert return_lists.paper_copy(ws, first.id) == TODAY


def test_a_list_is_sorted_by_the_ledger_and_back(ws: Workspace) -> None:
    record(ws, "市文旅局", 2)
    found = _list(ws)
    covered = found.sorted(By.COVERED, falling=True)
    assert covered.read(0, 1)[0].unit_name == "市文旅局"
    again = covered.sorted(None, falling=False)
    assert again.order == found.order
    assert covered.order != found.order


def test_whose_return_it_is(ws: Workspace) -> None:
    place = expected(ws, "东区")
    assert return_lists.of_unit(ws, round_number(ws), place.unit_id) == place
    assert return_lists.of_unit(ws, round_number(ws, 2), "nobody") is None
    assert return_lists.holds(ws, round_number(ws), place.id)
    assert not return_lists.holds(ws, round_number(ws, 2), place.id)


def test_a_list_has_what_its_figure_counts(ws: Workspace) -> None:
    record(ws, "市文旅局", 2)
    round_ = round_number(ws)
    for status, count in ((Status.RECEIVED, 1), (Status.MISSING, 5), (Status.EXEMPT, 0)):
        assert len(ReturnList(ws, round_, ReturnQuery(round_.id, status))) == count
