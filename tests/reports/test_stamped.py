import pytest

from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.reports.content import Paragraph, Table
from hs_credit_desktop.reports.layout_check import check_layout
from hs_credit_desktop.reports.pdf import render_pdf
from hs_credit_desktop.reports.stamped import stamped_summary
from tests.reports.facts import DUE, expected, facts


def tables(document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def test_figures_are_those_of_the_round():
    figures, _ = tables(stamped_summary(facts()))
    shown = dict(zip((column.title for column in figures.columns), figures.rows[0], strict=True))
    assert shown == {
        "应报": "4",
        "已报": "3",
        "按时": "2",
        "逾期报送": "1",
        "未报": "1",
        "免报": "1",
        "报送率": "75.0%",
        "按时率": "50.0%",
    }


def test_pillars_add_up_to_the_total():
    document = stamped_summary(facts())
    _, pillars = tables(document)
    assert [column.title for column in pillars.columns][4:] == [
        *("未启动", "推进中", "基本\n完成", "已完成", "长期\n坚持")
    ]
    assert pillars.rows == (
        ("一、树立政务诚信建设标杆", "2", "5", "4", "0", "2", "0", "0", "0"),
        ("二、打造商务诚信建设高地", "1", "1", "0", "0", "0", "0", "0", "0"),
        ("合计", "3", "6", "4", "0", "2", "0", "0", "0"),
    )
    assert document.title == "2024年第二轮执行情况汇总表"


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        ({}, ["逾期未报单位（1家）：市丁局。", "逾期报送单位（1家）：市乙局。"]),
        ({"today": DUE}, ["未报单位（1家）：市丁局。", "逾期报送单位（1家）：市乙局。"]),
        ({"returns": ()}, ["逾期未报单位：无。", "逾期报送单位：无。"]),
    ],
)
def test_missing_and_late_units_are_named(more, lines):
    blocks = stamped_summary(facts(**more)).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == lines


@pytest.mark.parametrize("missing", [0, 1, 20])
def test_it_is_one_page_that_can_be_stamped(tmp_path, missing):
    units = tuple(expected(f"市第{at}局", at, ReturnState.MISSING) for at in range(missing))
    pillars = facts().pillars * 4
    document = stamped_summary(facts(pillars=pillars[:7], returns=units, practice=True))
    assert render_pdf(document, tmp_path / "a.pdf") == 1
    found = check_layout(tmp_path / "a.pdf")
    assert [one for one in found if not one.ok] == []
    assert "盖章页有正文" in {one.rule for one in found}
