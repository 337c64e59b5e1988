"""Long lists by the page and filters hold the same rows as the whole list read at once."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.domain.returns import Completion, ReturnState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.store import entry_pages, lists, waiting
from hs_credit_desktop.store.entry_filters import EntryFilter
from hs_credit_desktop.store.entry_pages import By
from hs_credit_desktop.store.lists import EntryQuery
from tests.ledgers import FIRST_DUE, SECOND_DUE, TODAY, record, round_number

if TYPE_CHECKING:
    from hs_credit_desktop.domain.returns import Entry
    from hs_credit_desktop.services.workspace import Workspace

FILTERS = [
    EntryFilter(),
    EntryFilter(states=(ReturnState.MISSING,)),
    EntryFilter(states=(ReturnState.TO_REVIEW, ReturnState.ACCEPTED)),
    EntryFilter(roles=(Role.LEAD.value,)),
    EntryFilter(levels=(Completion.IN_PROGRESS,)),
    EntryFilter(late=True),
    EntryFilter(states=(ReturnState.TO_REVIEW,), roles=(Role.CO.value,)),
]


def _query(ws: Workspace) -> EntryQuery:
    return EntryQuery(round_number(ws).id, due_on=FIRST_DUE, today=SECOND_DUE)


def _holds(kept: EntryFilter, entry: Entry) -> bool:
    """The filter in plain words."""
    return (
        (not kept.states or (entry.lamp_state in kept.states and not entry.exempt))
        and (not kept.roles or entry.role in kept.roles)
        and (not kept.levels or entry.parts.completion in kept.levels)
        and (
            not kept.late
            or (entry.first_received_on is not None and entry.first_received_on > FIRST_DUE)
        )
    )


@pytest.fixture
def mixed(ws: Workspace) -> Workspace:
    """Some answered, one late, the rest blank."""
    record(ws, "市数据局", 1, on=TODAY)
    record(ws, "市文旅局", 2, on=TODAY)
    late = record(ws, "西区", 3, on=TODAY)
    with ws.change("改期", "西区", {}):
        ws.ledger.execute(
            "UPDATE expected_returns SET first_received_on = ? WHERE id = ?",
            date(2024, 9, 2).isoformat(),
            late.expected_return_id,
        )
        ws.ledger.execute(
            "UPDATE feedback SET completion = 'in_progress' WHERE expected_entry_id = ?", late.id
        )
    return ws


@pytest.mark.parametrize("kept", FILTERS)
def test_a_filter_keeps_what_it_says(mixed: Workspace, kept: EntryFilter) -> None:
    every = lists.entries(mixed.ledger, _query(mixed))
    found = lists.entries(mixed.ledger, replace(_query(mixed), kept=kept))
    assert found == tuple(item for item in every if _holds(kept, item))
    assert len({_holds(kept, item) for item in every}) == (1 if kept == EntryFilter() else 2)


@pytest.mark.parametrize("covered", [True, False])
def test_covered_or_blank(mixed: Workspace, covered: bool) -> None:
    found = lists.entries(mixed.ledger, replace(_query(mixed), covered=covered))
    assert found
    assert {item.covered for item in found} == {covered}


@pytest.mark.parametrize("kept", FILTERS)
def test_pages_in_printed_order_are_the_whole_list(mixed: Workspace, kept: EntryFilter) -> None:
    query = replace(_query(mixed), kept=kept)
    rows = entry_pages.order(mixed.ledger, query)
    pages = [
        entry_pages.page(mixed.ledger, rows[start : start + 2]) for start in range(0, len(rows), 2)
    ]
    assert tuple(itertools.chain(*pages)) == lists.entries(mixed.ledger, query)


@pytest.mark.parametrize("node", ["measure_id", "pillar_id", None])
def test_a_node_is_read_by_its_places_without_an_order(mixed: Workspace, node: str | None) -> None:
    entry = lists.entries(mixed.ledger, _query(mixed))[2]
    query = _query(mixed)
    if node is not None:
        query = replace(query, **{node: getattr(entry, node)})
    assert entry_pages.in_printed_order(query, None)
    every = lists.entries(mixed.ledger, query)
    assert entry_pages.count(mixed.ledger, query) == len(every)
    pages = [
        entry_pages.stretch(mixed.ledger, query, start, start + 2)
        for start in range(0, len(every), 2)
    ]
    assert tuple(itertools.chain(*pages)) == every
    places = [entry_pages.place(mixed.ledger, query, item.id) for item in every]
    assert places == list(range(len(every)))
    assert entry_pages.place(mixed.ledger, query, "nobody") == -1


def test_what_is_filtered_or_sorted_or_of_one_return_has_an_order(mixed: Workspace) -> None:
    query = _query(mixed)
    for other in (
        replace(query, covered=True),
        replace(query, status=Status.EXPECTED),
        replace(query, kept=FILTERS[1]),
        replace(query, expected_return_id="one"),
    ):
        assert not entry_pages.in_printed_order(other, None)
    assert not entry_pages.in_printed_order(query, By.UNIT)


@pytest.mark.parametrize("by", list(By))
def test_sorting_turns_round_and_keeps_every_row(mixed: Workspace, by: By) -> None:
    def key(entry: Entry) -> object:
        return {
            By.MEASURE: entry.measure_number,
            By.STATE: entry.covered,
            By.COMPLETION: entry.parts.completion is None,
            By.RECEIVED: (entry.received_on is None, entry.received_on),
            By.TEXT: not entry.covered,
        }.get(by, initials[entry.unit_id])

    initials = {
        row["id"]: row["initials"] for row in mixed.ledger.query("SELECT id, initials FROM units")
    }
    query = _query(mixed)
    rising = entry_pages.page(mixed.ledger, entry_pages.order(mixed.ledger, query, by))
    falling = entry_pages.page(
        mixed.ledger, entry_pages.order(mixed.ledger, query, by, falling=True)
    )
    every = lists.entries(mixed.ledger, query)
    assert {item.id for item in rising} == {item.id for item in falling}
    assert len(rising) == len(every)
    groups = [k for k, _ in itertools.groupby(map(key, rising))]
    assert len(groups) == len(set(groups))
    assert [k for k, _ in itertools.groupby(map(key, falling))] == groups[::-1]


def test_where_an_entry_stands(mixed: Workspace) -> None:
    rows = entry_pages.order(mixed.ledger, _query(mixed))
    every = lists.entries(mixed.ledger, _query(mixed))
    assert entry_pages.row_number(mixed.ledger, every[3].id) == rows[3]
    assert entry_pages.row_number(mixed.ledger, "nobody") is None


def test_the_nodes_wait_for_what_is_blank_or_sent_back(mixed: Workspace) -> None:
    every = lists.entries(mixed.ledger, _query(mixed))
    found = waiting.waiting(mixed.ledger, _query(mixed).round_id)
    assert {item.measure_id for item in found} == {
        item.measure_id for item in every if not item.covered and not item.exempt
    }
    assert {item.state for item in found} == {ReturnState.MISSING}
