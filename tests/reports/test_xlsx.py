import shutil
import subprocess
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from hs_credit_desktop.domain.returns import Completion, FeedbackParts, ReturnState
from hs_credit_desktop.domain.summary import PillarFacts, UnitEntry
from hs_credit_desktop.reports.cell_text import cut_text, text_lines
from hs_credit_desktop.reports.readback import read_pages
from hs_credit_desktop.reports.sheets import (
    Sheet,
    SheetColumn,
    ledger_sheets,
    measure_number,
    workbook_title,
)
from hs_credit_desktop.reports.xlsx import render_xlsx
from tests.reports.facts import TODAY, entry, expected, facts, measure, parts

COLUMNS = (SheetColumn("序号", 6, centred=True), SheetColumn("内容", 20), SheetColumn("日期", 12))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "ledger.xlsx"


def written(file, *rows):
    """The one sheet of a workbook with these rows, read back."""
    render_xlsx([Sheet("表", "标题", COLUMNS, rows)], file, "题")
    return load_workbook(file)["表"]


def test_ledger_has_the_rows_of_the_lists():
    by_measure, by_unit, status, matrix, statistics = ledger_sheets(facts())
    assert [sheet.name for sheet in (by_measure, by_unit, status, matrix, statistics)] == [
        *("按措施", "按单位", "报送情况", "矩阵", "统计")
    ]
    assert len(by_measure.rows) == len(by_unit.rows) == facts().figures.entries_expected
    assert len(status.rows) == facts().figures.expected + facts().figures.exempt
    assert by_measure.rows[0] == (
        *(1, "（一）建立政府信用档案", "市发改委", "牵头", "推进中"),
        *("印发《工作方案》，归集信用信息12.6万条，同比增长8.5%。", "全市政务诚信水平稳步提升"),
        *("数据共享不够及时。", "继续推进系统对接。", "通过", date(2024, 11, 20)),
    )
    assert [row[1:3] for row in by_unit.rows[:3]] == [
        ("市发改委", "（一）建立政府信用档案"),
        ("市发改委", "（二）强化违约失信治理"),
        ("市乙局", "（一）建立政府信用档案"),
    ]
    assert by_measure.rows[-1][3:] == ("牵头（推定）", "", "", "", "", "", "未报", None)


def test_status_sheet_shows_punctuality_and_review():
    rows = ledger_sheets(facts())[2].rows
    assert rows[1] == (2, "市乙局", 1, 1, date(2024, 12, 1), "逾期报送", "待审", 0, None, "")
    assert rows[4] == (5, "市戊局", 1, 0, None, "免报", "", 0, None, "机构改革")


def test_matrix_shows_a_sign_for_every_responsibility():
    matrix = ledger_sheets(facts())[3]
    assert [column.title for column in matrix.columns] == ["序号", "单位", "一", "二", "三"]
    assert [row[1:] for row in matrix.rows] == [
        ("市发改委", "推", "推", ""),
        ("市乙局", "报·待审", "", ""),
        ("市丁局", "", "未报", "未报"),
        ("大丙县", "报", "", ""),
        ("市戊局（免报）", "", "", ""),
    ]


@pytest.mark.parametrize(("units", "pages"), [(60, 1), (61, 0)])
def test_a_matrix_is_printed_on_one_page_while_it_can_be_read(file, units, pages):
    returns = tuple(expected(f"市第{at}局", at, ReturnState.MISSING) for at in range(units))
    render_xlsx(ledger_sheets(facts(pillars=(), returns=returns))[3:4], file, "题")
    assert load_workbook(file)["矩阵"].page_setup.fitToHeight == pages


@pytest.mark.parametrize("level", list(Completion))
def test_matrix_signs_differ_for_every_completion(level):
    said = UnitEntry(entry("市发改委", 1, FeedbackParts("做了", completion=level)))
    pillar = PillarFacts(facts().pillars[0].pillar, (measure(1, said),))
    sheet = ledger_sheets(facts(pillars=(pillar,)))[3]
    assert sheet.rows[0][2] == level.label[0]
    assert f"{level.label[0]}={level.label}" in sheet.foot[0]


def test_matrix_says_when_an_answer_was_sent_back():
    said = UnitEntry(entry("市发改委", 1, parts("做了"), state=ReturnState.SENT_BACK))
    pillar = PillarFacts(facts().pillars[0].pillar, (measure(1, said),))
    assert ledger_sheets(facts(pillars=(pillar,)))[3].rows[0][2] == "报·退回"


def test_titles_say_the_round_the_day_and_practice():
    assert workbook_title(facts()) == "信用任务台账（第二轮）"
    assert ledger_sheets(facts())[0].title == "信用任务台账（第二轮）　按措施　截至2024年12月2日"
    assert "演示" in ledger_sheets(facts(practice=True))[0].title


def test_measures_beyond_ninety_nine_are_counted_in_figures():
    assert (measure_number(24), measure_number(100)) == ("（二十四）", "（100）")


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "#N/A", "1", ""]
)
def test_text_stays_text(file, text):
    cell = written(file, (1, text, None))["B3"]
    assert cell.data_type in ("s", "n" if text == "" else "s", "inlineStr")
    assert (cell.value or "") == text


def test_control_characters_are_cleaned(file):
    assert written(file, (1, "信\x00用\x0b\u200b建设\n二段", None))["B3"].value == "信用建设\n二段"


def test_numbers_and_dates_stay_numbers_and_dates(file):
    sheet = written(file, (7, "甲", TODAY))
    assert sheet["A3"].value == 7
    assert sheet["C3"].value.date() == TODAY
    assert sheet["C3"].number_format == "yyyy-mm-dd"


def test_print_set_up(file):
    sheet = written(file, (1, "甲", None))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.freeze_panes == "C3"
    assert sheet.auto_filter.ref == "A2:C3"
    assert "&P" in sheet.oddFooter.center.text
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:C1"]


def test_styles_are_named(file):
    sheet = written(file, (1, "甲", TODAY))
    assert [cell.style for cell in sheet[3]] == ["居中", "正文", "日期"]
    assert sheet["A2"].style == "表头"
    assert sheet["A1"].style == "标题"


def test_rows_are_as_tall_as_their_text(file):
    sheet = written(file, (1, "信" * 100, None), (2, "信", None))
    assert sheet.row_dimensions[3].height > 10 * 15
    assert sheet.row_dimensions[4].height < 25


LONG = "归集信用信息；" * 600


def test_a_text_taller_than_a_row_goes_on_in_further_rows_with_the_same_head(file):
    sheet = written(file, (7, LONG, TODAY), (8, "信", None))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    pieces = [row for row in rows if str(row[0]).startswith("7")]
    assert len(pieces) > 2
    assert [row[0] for row in pieces] == [7, *["7续"] * (len(pieces) - 1)]
    assert "".join(row[1] for row in pieces) == LONG
    assert all(row[1].endswith("；") for row in pieces)
    assert {row[2].date() for row in pieces} == {TODAY}
    assert rows[-1][0] == 8
    heights = [sheet.row_dimensions[at].height for at in range(3, 3 + len(rows))]
    assert max(heights) <= 409
    assert sheet.auto_filter.ref == f"A2:C{2 + len(rows)}"


def test_only_the_text_that_is_too_tall_is_cut(file):
    columns = (SheetColumn("内容", 20), SheetColumn("内容", 20), SheetColumn("日期", 12))
    rows = ((LONG, LONG[:2100], "短"),)
    render_xlsx([Sheet("表", "标题", columns, rows)], file, "题")
    read = [[cell.value or "" for cell in row] for row in load_workbook(file)["表"]["A3:C99"]]
    assert "".join(row[0] for row in read) == LONG
    assert "".join(row[1] for row in read) == LONG[:2100]
    assert [row[2] for row in read if row[0]] == ["短"] * len([row for row in read if row[0]])


@pytest.mark.parametrize("text", ["信" * 900, "信\n" * 90, "1" * 2000, "信，" * 400])
def test_texts_without_sentences_are_cut_where_the_row_is_full(text):
    pieces = cut_text(text, 20, 26)
    assert "".join(pieces) == text
    assert all(0 < text_lines(piece, 20) <= 27 for piece in pieces)
    assert len(pieces) > 1


def test_statistics_count_entries_by_pillar_and_completion_and_say_the_figures():
    sheet = ledger_sheets(facts())[4]
    assert sheet.rows == (
        (1, "树立政务诚信建设标杆", 2, 5, 4, 0, 2, 0, 0, 0),
        (2, "打造商务诚信建设高地", 1, 1, 0, 0, 0, 0, 0, 0),
        ("", "合计", 3, 6, 4, 0, 2, 0, 0, 0),
    )
    assert "应报4家" in sheet.foot[0]
    assert ledger_sheets(facts(pillars=()))[4].chart is None


def test_the_chart_stacks_the_columns_of_completion_with_patterns_and_greys(file):
    render_xlsx(ledger_sheets(facts())[4:], file, "题")
    [chart] = load_workbook(file)["统计"]._charts
    assert (chart.barDir, chart.grouping) == ("bar", "stacked")
    assert [one.tx.strRef.f for one in chart.series] == [f"'统计'!{at}2" for at in "FGHIJ"]
    assert {one.cat.numRef.f for one in chart.series} == {"'统计'!$B$3:$B$4"}
    looks = [one.graphicalProperties for one in chart.series]
    said = [(look.pattFill and look.pattFill.prst, look.solidFill) for look in looks]
    assert len({str(one) for one in said}) == 5
    sheet = load_workbook(file)["统计"]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    foot = [cell.value for (cell,) in sheet["A7:A9"] if cell.value]
    assert foot[0].startswith("根据")
    assert sheet.row_dimensions[7].height > 15


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 20, 1), ("信" * 8, 20, 1), ("信" * 10, 20, 2), ("甲\n乙", 20, 2), ("1" * 30, 20, 2)],
)
def test_lines_of_wrapped_text_are_never_reckoned_too_few(text, width, lines):
    assert text_lines(text, width) == lines


def test_each_finished_sheet_is_told(file):
    told = []
    render_xlsx(ledger_sheets(facts()), file, "题", told.append)
    assert told == ["按措施", "按单位", "报送情况", "矩阵", "统计"]


@pytest.mark.office
def test_printed_workbook_is_one_page_wide_and_nothing_is_cut(tmp_path):
    long = parts("信用信息归集共享。" * 140 + "完毕", completion=Completion.DONE)
    entries = [
        UnitEntry(entry(f"市{at}局", 1, long, expected_return_id="市发改委")) for at in range(9)
    ]
    pillars = (PillarFacts(facts().pillars[0].pillar, (measure(1, *entries),)),)
    file = tmp_path / "ledger.xlsx"
    render_xlsx(ledger_sheets(facts(pillars=pillars))[:1], file, "题")
    soffice = shutil.which("soffice")
    subprocess.run(
        [
            *(soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(tmp_path), str(file)),
        ],
        check=True,
        capture_output=True,
    )
    pages = read_pages(tmp_path / "ledger.pdf")
    words = "".join(page.text for page in pages)
    assert words.count("完毕") == 9
    assert words.count("续") == 9 * 2
    assert all("进展情况" in page.text and "下一步打算" in page.text for page in pages)


def test_a_cancelled_workbook_leaves_nothing_open(file):
    def cancel(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render_xlsx(ledger_sheets(facts()), file, "题", cancel)
    assert not file.exists()


def test_no_clock_of_the_pc_is_written_so_that_it_prints_again_the_same(file):
    render_xlsx(ledger_sheets(facts()), file, "题", made_on=date(2024, 8, 20))
    with zipfile.ZipFile(file) as book:
        assert {item.date_time for item in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    said = load_workbook(file).properties
    assert (said.created.date(), said.modified.date()) == (date(2024, 8, 20),) * 2
