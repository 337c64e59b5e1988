import pytest

from hs_credit_desktop.reports.linebreak import Cell
from hs_credit_desktop.reports.titles import break_title

ROOM = 20.1


def lines(text: str, room: float = ROOM) -> list[str]:
    return break_title([Cell(ch, "F", 0.6 if ch.isascii() else 1.0) for ch in text], room)


@pytest.mark.parametrize(
    "broken",
    [
        "报送情况表",
        "关于《全面推进“信用甲省”建设的|若干措施（2024年版）》任务分解|2024年第二轮执行情况的报告",
        "关于未按时报送社会信用体系建设|任务执行情况的通报",
        "甲市社会信用体系建设领导小组办公室|关于催报执行情况的函",
    ],
)
def test_titles_are_broken_where_the_sense_allows(broken):
    assert lines(broken.replace("|", "")) == broken.split("|")


def test_no_line_is_too_wide_and_nothing_is_lost():
    title = "关于" + "进一步优化营商环境" * 8 + "的通知"
    found = lines(title)
    assert "".join(found) == title
    assert all(len(line) <= ROOM for line in found)


def test_a_title_that_cannot_be_broken_legally_is_cut_where_lines_are_full():
    assert [len(line) for line in lines("）" * 45)] == [20, 20, 5]


def test_an_hourglass_is_dearer_than_a_trapezium():
    found = lines("甲" * 14 + "，" + "乙" * 8 + "，" + "丙" * 15, 20)
    widths = [len(line) for line in found]
    assert not (len(widths) == 3 and widths[1] < min(widths[0], widths[2]))


def test_a_short_rest_is_not_left_alone():
    assert len(lines("甲" * 22, 20)[-1]) >= 4
