"""The edited report over the ledger: refused files, origins, what is taken over."""

from pathlib import Path
from unittest.mock import patch

import pytest

from hs_credit_desktop.domain.edited_report import Difference, Finding
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import composing, edited_report
from hs_credit_desktop.services.composing_board import board
from hs_credit_desktop.services.edited_report import Comparison, compare_report, take_over
from hs_credit_desktop.services.export import WORD, export
from hs_credit_desktop.services.workspace import Workspace
from tests.ledgers import record, round_number


@pytest.fixture
def told(ws: Workspace) -> Workspace:
    record(
        ws, "市数据局", 1, "我局印发方案。归集信息1200条。\n核查信息3次。", problems="人手不足。"
    )
    record(ws, "市商务局", 1, "开展培训3期。")
    return ws


def report(ws: Workspace, folder: Path) -> Path:
    [word] = export(ws, round_number(ws), folder, (WORD,))
    return word.path


def compared(ws: Workspace, path: Path, *changes: tuple[str, str]) -> Comparison:
    """Compare as if the file had been edited so."""
    whole = edited_report.docx_text(path.name, path.read_bytes())
    for old, new in changes:
        assert old in whole
        whole = whole.replace(old, new)
    with patch.object(edited_report, "docx_text", lambda _name, _data: whole):
        return compare_report(ws, round_number(ws), path)


def test_an_untouched_report_has_no_findings(told: Workspace, tmp_path: Path) -> None:
    assert compared(told, report(told, tmp_path)).items == ()
    composing.compose_all(told, round_number(told))
    assert compared(told, report(told, tmp_path)).items == ()


def test_each_figure_says_whose_it_is(told: Workspace, tmp_path: Path) -> None:
    found = compared(
        told, report(told, tmp_path), ("1200条", "1300条"), ("应报6家", "应报7家"), ("3期", "4期")
    )
    assert found.numbers == 3
    assert [[one.unit for one in item.origins] for item in found.figures] == [
        [""],
        ["市数据局"],
        ["市商务局"],
    ]
    assert found.figures[1].origins[0].text == "归集信息1200条。"


def test_a_number_of_the_annex_goes_back_to_no_draft(told: Workspace, tmp_path: Path) -> None:
    [item] = compared(told, report(told, tmp_path), ("市数据局\t2\t1", "市数据局\t2\t2")).items
    assert item.origins == ()
    assert not item.can_take
    with pytest.raises(UserError, match="不在汇总稿里"):
        take_over(told, round_number(told), item.finding)


def test_a_paragraph_is_taken_over_as_the_next_version(told: Workspace, tmp_path: Path) -> None:
    round_ = round_number(told)
    composing.compose_all(told, round_)
    path = report(told, tmp_path)
    [item] = compared(told, path, ("开展培训3期。", "开展培训3期。成效明显。")).items
    assert item.finding.kind is Difference.NEW
    assert item.can_take
    take_over(told, round_, item.finding)
    node = board(told, round_).measures[0]
    assert node.saved.version == 2
    assert node.draft.text.endswith("\n市商务局开展培训3期。成效明显。")
    assert [one.text for one in node.draft.without_source] == ["成效明显。"]


def test_a_node_without_draft_is_composed_first(told: Workspace, tmp_path: Path) -> None:
    path = report(told, tmp_path)
    [item] = compared(told, path, ("开展培训3期", "累计开展培训3期")).items
    take_over(told, round_number(told), item.finding)
    node = board(told, round_number(told)).measures[0]
    assert node.saved.version == 1
    assert node.draft.text.endswith("：累计开展培训3期。")
    assert node.draft.text.startswith("市数据局印发方案。")
    assert node.draft.without_source == ()


def test_a_measure_nobody_spoke_of_takes_what_was_written(told: Workspace) -> None:
    two = board(told, round_number(told)).measures[1]
    made = Finding(Difference.NEW, two.id, "", "", "甲。", edited_paragraph="甲。")
    take_over(told, round_number(told), made)
    assert board(told, round_number(told)).measures[1].draft.text == "甲。"


def test_files_that_are_not_the_report(told: Workspace, tmp_path: Path) -> None:
    round_ = round_number(told)
    with pytest.raises(UserError, match="读不出来"):
        compare_report(told, round_, tmp_path / "没有.docx")
    path = report(told, tmp_path)
    with (
        patch.object(edited_report, "docx_text", lambda _name, _data: "别的文件。"),
        pytest.raises(UserError, match="不像第一轮的执行情况报告"),
    ):
        compare_report(told, round_, path)
    with patch.object(edited_report, "MOST_BYTES", 10), pytest.raises(UserError, match="超过"):
        compare_report(told, round_, path)
    path.write_bytes(b"no zip")
    with pytest.raises(UserError, match="不是 Word 文档"):
        compare_report(told, round_, path)
