"""The list of 汇总 without texts, one node at a time, a long one a page at a time."""

import pytest

from hs_credit_desktop.domain.composing import NEXT_STEPS, OVERVIEW, PROBLEMS
from hs_credit_desktop.domain.composing_stale import Change, known_keys, still_stale
from hs_credit_desktop.domain.returns import Completion
from hs_credit_desktop.services import composing, composing_board, composing_outline
from hs_credit_desktop.services.composing_board import NodeReader, NodeState, board, stale_count
from hs_credit_desktop.services.composing_outline import (
    Opened,
    Outline,
    open_node,
    outline,
    page_of,
    turned,
)
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import composing as composing_store
from tests.ledgers import entry, record, round_number


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two entries make a node long, and two a page."""
    monkeypatch.setattr(composing_outline, "LONG", {"measure": 2, "chapter": 1})
    monkeypatch.setattr(composing_outline, "PAGE", {"measure": 2, "chapter": 1})


def listed(ws: Workspace) -> Outline:
    return outline(ws, round_number(ws))


def opened(ws: Workspace, at: int, typed: str = "") -> Opened:
    return open_node(ws, round_number(ws), listed(ws).nodes[at], typed)


def test_the_list_says_what_the_desk_says(told: Workspace) -> None:
    shown, whole = listed(told), board(told, round_number(told))
    assert [(line.id, line.label) for line in shown.nodes] == [
        (node.id, node.label) for node in whole.nodes
    ]
    assert [line.entries for line in shown.nodes] == [4, 3, 0, 1, 4, 4]
    assert {line.state for line in shown.nodes} == {NodeState.OPEN}
    composing.compose_all(told, round_number(told))
    record(told, "市商务局", 1, "开展培训5期。", next_steps="继续开展培训。")
    found = composing_board.stale_nodes(told, round_number(told))
    marked, whole = listed(told).with_stale(found), board(told, round_number(told))
    assert [line.state for line in marked.nodes] == [node.state for node in whole.nodes]
    assert [line.number for line in marked.composed] == [1, 3]
    assert [line.number for line in marked.stale] == [1]
    assert marked.with_stale(()).stale == ()
    assert marked.node(PROBLEMS).label == "存在问题"


def test_a_node_read_alone_is_the_node_of_the_desk(told: Workspace) -> None:
    composing.compose_all(told, round_number(told))
    record(told, "市商务局", 1, "开展培训5期。", next_steps="继续开展培训。")
    whole, reader = board(told, round_number(told)), NodeReader(told, round_number(told))
    for at, node in enumerate(whole.nodes):
        assert reader.node(node.id) == node
        assert opened(told, at).node == node
        assert opened(told, at).draft == node.draft
    assert opened(told, 1, "另，市商务局开展培训3期。").draft.text == "另，市商务局开展培训3期。"


@pytest.mark.usefixtures("short_pages")
def test_a_long_node_comes_a_page_at_a_time(told: Workspace) -> None:
    whole = board(told, round_number(told)).nodes[1]
    reader, first = NodeReader(told, round_number(told)), opened(told, 1)
    assert (first.pages, first.page, len(first.rows)) == (2, 2, 3)
    second = turned(reader, first, 1)
    assert (*first.node.sources, *second.node.sources) == whole.sources
    assert second.at == 1
    assert page_of(reader, first, entry(told, "东区", 1).id) == 1
    assert page_of(reader, first, entry(told, "市数据局", 1).id) == 0
    assert page_of(reader, second, entry(told, "东区", 3).id) == 1
    assert page_of(reader, second, "没有") == 1
    assert opened(told, 0).rows.tolist() == []
    assert opened(told, 0).node.id == OVERVIEW
    chapter = opened(told, 4)
    assert [source.unit for source in chapter.node.sources] == ["市数据局"]
    assert page_of(reader, chapter, entry(told, "东区", 3).id) == 2
    assert page_of(reader, chapter, "没有") == 0
    assert [source.unit for source in turned(reader, chapter, 2).node.sources] == ["东区"]
    assert opened(told, 1, "东区设立专窗。").draft.text == "东区设立专窗。"


@pytest.mark.usefixtures("short_pages")
def test_what_is_stale_in_a_long_node_is_found_among_all_sources(told: Workspace) -> None:
    round_ = round_number(told)
    composing.compose_all(told, round_)
    record(told, "东区", 1, "我区设立专窗5个。", problems="人手不足。")
    record(told, "西区", 1, "开展检查9次。")
    shown = opened(told, 1)
    assert "5个" not in "".join(source.text for source in shown.node.sources)
    changed, added = shown.node.stale
    assert (changed.change, added.change) == (Change.CHANGED, Change.ADDED)
    saved = shown.node.saved
    assert saved is not None
    assert still_stale(shown.node.stale, shown.draft, saved.known) == shown.node.stale
    seen = saved.known | known_keys(added.added)
    moved = type(shown.draft)(shown.draft.paragraphs[::-1])
    [left] = still_stale(shown.node.stale, moved, seen)
    assert left.at == (0, changed.at[1]) if changed.at else None
    assert still_stale((changed,), type(shown.draft)(), seen) == ()


def test_a_long_draft_is_prepared_whole(told: Workspace) -> None:
    round_ = round_number(told)
    node = board(told, round_).nodes[1]
    made = composing.draft_of(told, round_, node.id)
    assert made == composing.first_draft(node)
    assert composing.save(told, round_, node.id, made, known=None).drafts
    saved = board(told, round_).nodes[1].saved
    assert saved is not None
    assert saved.known == known_keys(node.sources)
    short = composing.draft_of(told, round_, NEXT_STEPS, heads=True)
    assert short.text == "市商务局：继续开展培训。"


def test_the_number_on_the_rail_of_a_large_round_is_what_was_last_found(
    told: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = round_number(told)
    composing.compose_all(told, round_)
    record(told, "市商务局", 1, "开展培训5期。", next_steps="继续开展培训。")
    assert stale_count(told, round_) == 1
    monkeypatch.setattr(composing_board, "LARGE", 1)
    assert stale_count(told, round_) == 0
    found = composing_board.stale_nodes(told, round_)
    composing_board.looked_at(told, round_, found)
    assert stale_count(told, round_) == 1


def test_what_was_completed_is_counted_alike_in_small_and_large_rounds(told: Workspace) -> None:
    with told.change("完成情况", "", {}):
        told.ledger.execute("UPDATE feedback SET completion = 'done' WHERE progress LIKE '%培训%'")
    few, many = (
        composing_store.levels(told.ledger, round_number(told).id, many=many)
        for many in (False, True)
    )
    assert few == many == {Completion.DONE: 1}
    said = "".join(source.text for source in board(told, round_number(told)).nodes[0].sources)
    assert "已完成1条" in said
