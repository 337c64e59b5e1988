"""Two PCs compose apart: each chapter and measure is a series of its own, every version is kept."""

from pathlib import Path

import pytest

from hs_credit_desktop.domain.composing import NEXT_STEPS, PROBLEMS
from hs_credit_desktop.domain.composing_changes import remap
from hs_credit_desktop.services import composing, integrity
from hs_credit_desktop.services.composing_board import board
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store.merge import Choice
from tests.ledgers import record, round_number
from tests.services.test_handover import bring, pair

__all__ = ["pair"]
Pair = tuple[Workspace, Workspace]


def rewrite(ws: Workspace, node_id: str, text: str) -> None:
    """A sentence of the office's own at the end of a draft."""
    node = board(ws, round_number(ws)).node(node_id)
    edited = remap(f"{node.draft.text}\n{text}", node.draft, node.sources)
    composing.save(ws, round_number(ws), node_id, edited, known=frozenset())


@pytest.fixture
def composed(pair: Pair, tmp_path: Path) -> Pair:
    """Both have the drafts that one of them made."""
    one, two = pair
    record(one, "市商务局", 1, "开展培训3期。", problems="人手不足。", next_steps="继续培训。")
    composing.compose_all(one, round_number(one))
    assert bring(one, two, tmp_path).conflicts == ()
    return one, two


def test_drafts_come_over_with_their_sources(composed: Pair) -> None:
    one, two = composed
    assert board(two, round_number(two)) == board(one, round_number(one))


def test_chapters_written_apart_do_not_meet(composed: Pair, tmp_path: Path) -> None:
    one, two = composed
    rewrite(one, PROBLEMS, "甲写的。")
    rewrite(two, NEXT_STEPS, "乙写的。")
    assert bring(two, one, tmp_path).conflicts == ()
    shown = board(one, round_number(one))
    assert shown.node(PROBLEMS).draft.text.endswith("甲写的。")
    assert shown.node(NEXT_STEPS).draft.text.endswith("乙写的。")
    assert integrity.check(one) == []


def test_the_same_chapter_written_apart_is_asked_about(composed: Pair, tmp_path: Path) -> None:
    one, two = composed
    rewrite(one, PROBLEMS, "甲写的。")
    rewrite(two, PROBLEMS, "乙写的。")
    seen = bring(two, one, tmp_path, otherwise=Choice.THERE)
    [asked] = seen.conflicts
    assert (asked.where, asked.field) == ("汇总·存在问题", "汇总文字")
    kept = composing.versions(one, round_number(one), PROBLEMS)
    assert [saved.version for saved in kept] == [3, 2, 1]
    assert kept[0].draft.text.endswith("乙写的。")
    assert kept[1].draft.text.endswith("甲写的。")
