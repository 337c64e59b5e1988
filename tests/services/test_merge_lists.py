"""The lists behind the numbers of a merge, in the clerk's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.services import handover, merge_lists, office, returns
from hs_credit_desktop.store import merge_plan, merge_rows
from tests.benchmarks.safety.apart import second_pc
from tests.ledgers import entry, make_workspace, record, round_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hs_credit_desktop.services.merge_lists import MergeRow
    from hs_credit_desktop.services.workspace import Workspace


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """Two PCs with the same ledger, which have met."""
    one = make_workspace(tmp_path)
    record(one, "市数据局", 1, "从前的")
    two = second_pc(one, tmp_path)
    yield one, two
    one.close()
    two.close()


def _seen(source: Workspace, target: Workspace, folder: Path) -> handover.MergePreview:
    made = handover.handover(source, folder / "包.hspack")
    return handover.preview(target, made.file)


def _told(rows: tuple[MergeRow, ...]) -> set[tuple[str, str, str]]:
    return {(row.kind, row.where, row.what) for row in rows}


def test_every_table_that_is_merged_has_a_word(pair: tuple[Workspace, Workspace]) -> None:
    shapes = merge_rows.shapes(pair[0].ledger)
    assert {shape.name for shape in shapes} == set(merge_lists.KINDS)
    for shape in shapes:
        assert set(merge_lists.KINDS[shape.name][1]) <= set(shape.table.columns)


def test_what_is_new_and_what_changes_is_told_by_unit_and_measure(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    record(two, "市文旅局", 2, "新报的\n两行")
    office.set_office(two, {"office_name": "那边办"})
    (tmp_path / "证据.txt").write_text("证据", encoding="utf-8")
    kept = entry(two, "市文旅局", 2)
    returns.attach(two, entry_id=kept.id, paths=[tmp_path / "证据.txt"])
    with two.change("改", "措施", {}):
        two.ledger.execute("UPDATE measures SET title = '归集信息' WHERE number = 2")
        two.ledger.execute("UPDATE measures SET deadline_printed = NULL WHERE number = 1")
        two.ledger.execute("UPDATE rounds SET opened_at = '2024-08-21' WHERE number = 2")
        two.ledger.execute("UPDATE expected_returns SET exempt_reason = NULL")
    with one.change("改", "轮次", {}):
        one.ledger.execute("UPDATE expected_returns SET extended_to = '2024-09-09'")
    seen = _seen(two, one, tmp_path)
    new = _told(seen.added)
    assert ("反馈", "第一轮·市文旅局·（二）归集信用信息", "新报的 两行") in new
    assert ("佐证材料", "第一轮·市文旅局·（二）归集信用信息", "证据.txt") in new
    assert ("报送件", "第一轮·市文旅局", "2024-08-20") in new
    changed = _told(seen.updated)
    assert ("措施", "（二）归集信息", "标题：归集信息") in changed
    assert ("措施", "（一）完善信用制度", "完成时限：（空）") in changed
    assert ("轮次", "第二轮", "先后次序或时间") in changed
    assert any(
        (kind, where) == ("应报单位", "第一轮·市文旅局") and "报送件和审核：" in what
        for kind, where, what in changed
    )
    assert (seen.new, seen.changed) == (len(seen.added), len(seen.updated))
    assert len({row.id for row in (*seen.added, *seen.updated)}) == seen.new + seen.changed


def test_what_was_taken_away_there_is_told(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    with one.change("汇总", "", {}):
        one.ledger.insert(
            "summaries",
            id="共有",
            round_id=round_number(one).id,
            version=1,
            text="一段话",
            saved_at="2024-08-20",
        )
    made = handover.handover(one, tmp_path / "先.hspack")
    handover.merge_package(two, made.file)
    with two.change("汇总", "", {}):
        two.ledger.execute("DELETE FROM summaries")
    [gone] = _seen(two, one, tmp_path).updated
    assert (gone.kind, gone.where, gone.what) == ("汇总文字", "第一轮", "那边已去掉：一段话")


def test_a_parent_that_a_package_of_changes_leaves_out_is_known_here(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    for source, target in ((two, one), (one, two)):
        made = handover.handover(source, tmp_path / "先.hspack")
        handover.merge_package(target, made.file)
    record(two, "市商务局", 1, "只有改动")
    made = handover.handover(two, tmp_path / "改.hspack", changes_only=True)
    new = _told(handover.preview(one, made.file).added)
    assert ("反馈", "第一轮·市商务局·（一）完善信用制度", "只有改动") in new


def test_what_belongs_to_nothing_has_no_place(pair: tuple[Workspace, Workspace]) -> None:
    one, two = pair
    two.ledger.connection.execute("PRAGMA foreign_keys = OFF")
    with two.change("改", "联系人", {}):
        two.ledger.insert(
            "unit_contacts",
            id="游离",
            unit_id="没有",
            name="甲某",
            phone="",
            mailbox="",
            note="",
            since="2024",
        )
    plan = merge_plan.plan(one.ledger, two.ledger)
    [row] = merge_lists.added(one.ledger, two.ledger, plan)
    assert (row.kind, row.where, row.what) == ("联系人", "", "甲某")
