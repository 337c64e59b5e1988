"""Lists read by the page, and filters the clerk saved by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.domain.returns import Completion, ReturnState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import entry_lists, overview
from hs_credit_desktop.store import settings
from hs_credit_desktop.store.entry_filters import EntryFilter
from hs_credit_desktop.store.entry_pages import By
from hs_credit_desktop.store.lists import EntryQuery
from tests.ledgers import TODAY, record, round_number

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace

KEPT = EntryFilter((ReturnState.MISSING,), (Role.LEAD.value,), (Completion.DONE,), late=True)


def test_a_long_list_knows_its_rows_and_their_places(ws: Workspace) -> None:
    record(ws, "市数据局", 1, on=TODAY)
    round_ = round_number(ws)
    every = overview.entries(ws, round_)
    found = entry_lists.LongList(ws, round_, EntryQuery(round_.id))
    assert len(found) == len(every)
    assert found.read(2, 5) == every[2:5]
    assert [found.place(item.id) for item in every] == list(range(len(every)))
    assert found.place("nobody") == -1
    blank = entry_lists.LongList(ws, round_, EntryQuery(round_.id, covered=False))
    assert found.order == entry_lists.LongList(ws, round_, EntryQuery(round_.id)).order
    assert blank.order != found.order
    answered = next(item for item in every if item.covered)
    assert blank.place(answered.id) == -1
    assert len(blank) == len(every) - 1


def test_a_long_list_is_sorted_by_the_ledger(ws: Workspace) -> None:
    round_ = round_number(ws)
    found = entry_lists.LongList(ws, round_, EntryQuery(round_.id))
    falling = found.sorted(By.MEASURE, falling=True).read(0, len(found))
    numbers = [item.measure_number for item in falling]
    assert numbers == sorted(numbers, reverse=True)
    again = found.sorted(By.MEASURE, falling=True).sorted(None, falling=False)
    assert again.read(0, len(found)) == found.read(0, len(found))


def test_a_filter_is_saved_by_name_and_forgotten(ws: Workspace) -> None:
    assert entry_lists.save_filter(ws, " 牵头的空白 ", KEPT).settings
    assert entry_lists.saved_filters(ws) == {"牵头的空白": KEPT}
    entry_lists.save_filter(ws, "牵头的空白", EntryFilter(late=True))
    assert entry_lists.saved_filters(ws) == {"牵头的空白": EntryFilter(late=True)}
    assert entry_lists.forget_filter(ws, "牵头的空白").settings
    assert entry_lists.saved_filters(ws) == {}


@pytest.mark.parametrize(
    ("name", "kept", "said"),
    [
        (" ", KEPT, "还没有名称"),
        ("很" * 21, KEPT, "21 个字"),
        ("空", EntryFilter(), "没有条件"),
    ],
)
def test_a_filter_that_cannot_be_saved(
    ws: Workspace, name: str, kept: EntryFilter, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        entry_lists.save_filter(ws, name, kept)
    assert entry_lists.saved_filters(ws) == {}


@pytest.mark.parametrize("value", ["", "[]", "{}", '{"states": ["gone"], "roles": []}'])
def test_a_saved_filter_that_cannot_be_read_is_left_out(ws: Workspace, value: str) -> None:
    entry_lists.save_filter(ws, "好的", KEPT)
    with ws.change("写坏", "", {}):
        settings.put(ws.ledger, f"{entry_lists.PREFIX}坏的", value)
    assert list(entry_lists.saved_filters(ws)) == ["好的"]
