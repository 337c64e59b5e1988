"""Each number at the head of a node or unit opens exactly the entries it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.services import overview
from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.store.lists import EntryQuery
from tests import ledgers

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace


def test_numbers_of_every_measure_open_their_entries(ws: Workspace) -> None:
    ledgers.record(ws, "市数据局", 1)
    ledgers.record(ws, "市文旅局", 2)
    ledgers.exempt(ws, "东区")
    round_ = ledgers.round_number(ws)
    for pillar in overview.tree(ws, round_):
        for node in pillar.measures:
            query = EntryQuery(round_.id, measure_id=node.measure.id)
            lists = {which: overview.counted(ws, round_, query, which) for which in Counted}
            assert len(lists[Counted.EXPECTED]) == node.progress.expected
            assert len(lists[Counted.COVERED]) == node.progress.covered
            both = {*lists[Counted.COVERED], *lists[Counted.BLANK]}
            assert both == set(lists[Counted.EXPECTED])
            assert all(item.covered for item in lists[Counted.COVERED])
            assert "东区" not in {item.unit_name for item in lists[Counted.EXPECTED]}


def test_the_words_are_those_on_the_page() -> None:
    assert [which.label for which in Counted] == ["应反馈", "已覆盖", "未报"]
