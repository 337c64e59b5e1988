"""What comes back is damaged: each way has its outcome, and no answer goes to a wrong measure."""

from __future__ import annotations

import io
import re
from copy import copy
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from hs_credit_desktop.domain.reading import FileKind, FindingKind
from hs_credit_desktop.domain.returns import Completion
from hs_credit_desktop.files.read_return import read_return
from tests.files.samples import ANSWERS, rezip, workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from hs_credit_desktop.domain.reading import Reading

SHEET = "反馈表"


def _read(change: Callable[[Worksheet], object], **changes: object) -> Reading:
    return read_return("表.xlsx", workbook(lambda book: change(book[SHEET]), **changes))


def _kinds(reading: Reading) -> set[FindingKind]:
    return {item.kind for item in reading.findings}


def _same(reading: Reading) -> bool:
    return {row.number: row.parts.progress for row in reading.rows} == {
        2: "归集1.2万条。\n=1+1",
        5: "建立台账",
        13: "分级监管 已开展",
    }


def _swap_rows(sheet: Worksheet, one: int, other: int) -> None:
    for column in range(1, 11):
        first, second = sheet.cell(one, column), sheet.cell(other, column)
        first.value, second.value = second.value, first.value
        first.data_type = second.data_type = "s"


def test_rows_sorted() -> None:
    reading = _read(lambda sheet: _swap_rows(sheet, 5, 7))
    assert _same(reading)
    assert _kinds(reading) == {FindingKind.ROWS_MOVED}


def test_blank_row_and_column_inserted() -> None:
    def insert(sheet: Worksheet) -> None:
        sheet.unmerge_cells("A1:J1")
        sheet.insert_rows(6)
        sheet.insert_cols(6)
        sheet["F4"] = "备注"
        sheet["F5"] = "另附材料"

    reading = _read(insert)
    assert _same(reading)
    assert _kinds(reading) == {FindingKind.EXTRA_COLUMN}
    assert "备注" in reading.findings[0].text


def test_a_row_that_goes_on_with_the_one_above() -> None:
    def insert(sheet: Worksheet) -> None:
        sheet.insert_rows(6)
        sheet["E6"] = "另：补充一句。"

    reading = _read(insert)
    assert reading.rows[0].parts.progress.endswith("\n另：补充一句。")
    assert FindingKind.FOREIGN_ROW in _kinds(reading)


def test_an_answer_above_all_measures_is_kept() -> None:
    def insert(sheet: Worksheet) -> None:
        sheet.insert_rows(5)
        sheet["E5"] = "总的来说很好。"

    reading = _read(insert)
    assert (reading.rows[0].number, reading.rows[0].parts.progress) == (None, "总的来说很好。")


def test_columns_moved() -> None:
    def move(sheet: Worksheet) -> None:
        for row in range(4, 8):
            one, other = sheet.cell(row, 5), sheet.cell(row, 8)
            one.value, other.value = other.value, one.value
            one.data_type = other.data_type = "s"

    reading = _read(move)
    assert _same(reading)
    assert FindingKind.COLUMN_MOVED in _kinds(reading)


@pytest.mark.parametrize("name", ["工作开展情况", "落实情况", "主要做法"])
def test_column_renamed_to_a_known_word(name: str) -> None:
    reading = _read(lambda sheet: sheet["E4"].__setattr__("value", name))
    assert _same(reading)


def test_column_renamed_beyond_words_is_guessed_and_asked() -> None:
    reading = _read(lambda sheet: sheet["E4"].__setattr__("value", "内容"))
    assert _same(reading)
    assert FindingKind.COLUMN_GUESSED in _kinds(reading)


def test_sheet_renamed_and_copied_into_a_new_book() -> None:
    source = load_workbook(io.BytesIO(workbook()))[SHEET]
    book = Workbook()
    target = book.active
    target.title = "Sheet1"
    for row in source.iter_rows():
        for cell in row:
            target.cell(cell.row, cell.column).value = copy(cell.value)
            target.cell(cell.row, cell.column).data_type = cell.data_type
    stream = io.BytesIO()
    book.save(stream)
    reading = read_return("表.xlsx", stream.getvalue())
    assert _same(reading)
    assert [place for place, _ in reading.codes] == ["工作表“Sheet1”"]


def test_text_numbers_full_width_digits_and_trailing_blanks() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A5"] = "２"
        sheet["A6"] = "（五）"
        sheet["A7"] = 13
        sheet["E6"] = "  建立台账 \n\n"

    assert _same(_read(change))


def test_formulas_are_read_as_shown_or_asked() -> None:
    def with_value(name: str, body: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return body
        assert b"</f><v" in body
        return re.sub(rb"</f><v ?/?>(</v>)?", b"</f><v>12.6</v>", body)

    def formula(book: Workbook) -> None:
        book[SHEET]["F6"].value = "=6.3*2"

    raw = workbook(formula)
    unsolved = read_return("表.xlsx", raw)
    assert FindingKind.FORMULA_EMPTY in _kinds(unsolved)
    assert "F6" in next(item.text for item in unsolved.findings)
    solved = read_return("表.xlsx", rezip(raw, with_value))
    assert FindingKind.FORMULA in _kinds(solved)
    assert [row.parts.results for row in solved.rows][1] == "12.6"


def test_hidden_row_is_read_and_said() -> None:
    reading = _read(lambda sheet: sheet.row_dimensions[6].__setattr__("hidden", True))
    assert _same(reading)
    assert _kinds(reading) == {FindingKind.HIDDEN_ROW}


def test_cells_merged_over_two_measures_ask() -> None:
    reading = _read(lambda sheet: sheet.merge_cells("E5:E6"))
    assert reading.rows[1].parts.progress == ""
    assert FindingKind.MERGED_CELLS in _kinds(reading)


def test_merge_beside_the_answers_says_nothing() -> None:
    assert _kinds(_read(lambda sheet: sheet.merge_cells("E5:F5"))) == set()


def test_completion_in_other_words() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["I5"], sheet["I6"], sheet["I7"] = "正在推进", "差不多", "常态化"

    reading = _read(change)
    assert [row.parts.completion for row in reading.rows] == [
        Completion.IN_PROGRESS,
        None,
        Completion.ONGOING,
    ]
    assert FindingKind.COMPLETION_UNKNOWN in _kinds(reading)


def test_figures_close_the_results() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["J5"], sheet["J6"] = "累计1.2万条", "建立台账"

    rows = _read(change).rows
    assert rows[0].parts.results == "准确率96%\n主要数据：累计1.2万条"
    assert rows[1].parts.results == ""


def test_two_sheets_of_two_departments_are_merged() -> None:
    def two(book: Workbook) -> None:
        twin = book.copy_worksheet(book[SHEET])
        for cell in ("E5", "F5", "H5", "I5"):
            book[SHEET][cell].value = None
        twin["E6"] = "乙科室的内容"
        twin["B7"] = "（二十）别的措施"
        twin["A7"] = 20
        twin["C8"], twin["G8"] = "甲", "丙"

    reading = read_return("表.xlsx", workbook(two))
    assert reading.rows[0].parts.progress == "归集1.2万条。\n=1+1"
    assert reading.rows[1].parts.progress == "建立台账\n乙科室的内容"
    assert [row.number for row in reading.rows] == [2, 5, 13, 20]
    assert {FindingKind.SEVERAL_SHEETS, FindingKind.DUPLICATE_ROW} <= _kinds(reading)
    assert reading.checked_by == "丙"


def test_a_blank_twin_sheet_changes_nothing() -> None:
    def two(book: Workbook) -> None:
        twin = book.copy_worksheet(book[SHEET])
        for row in twin.iter_rows(5, 7, 5, 10):
            for cell in row:
                cell.value = None

    assert _kinds(read_return("表.xlsx", workbook(two))) == set()

    def first_blank(book: Workbook) -> None:
        book.copy_worksheet(book[SHEET])
        for row in book[SHEET].iter_rows(5, 7, 5, 10):
            for cell in row:
                cell.value = None

    assert _same(read_return("表.xlsx", workbook(first_blank)))


def test_sheets_without_numbers_are_matched_by_title() -> None:
    def change(book: Workbook) -> None:
        twin = book.copy_worksheet(book[SHEET])
        for sheet in (book[SHEET], twin):
            for row in (5, 6, 7):
                sheet.cell(row, 1).value = None
                sheet.cell(row, 2).value = str(sheet.cell(row, 2).value).split("）", 1)[1]
        twin["E5"] = "另一份"

    reading = read_return("表.xlsx", workbook(change))
    assert [row.number for row in reading.rows] == [None] * 3
    assert reading.rows[0].parts.progress.endswith("另一份")


def test_a_workbook_that_is_no_form() -> None:
    book = Workbook()
    book.active.append(["座位", "姓名"])
    stream = io.BytesIO()
    book.save(stream)
    reading = read_return("座次.xlsx", stream.getvalue())
    assert (reading.rows, reading.paragraphs, reading.kind) == (
        (),
        ("座位", "姓名"),
        FileKind.WORKBOOK,
    )


def test_blank_cells_and_a_measure_left_without_number_and_answer() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A6"], sheet["B6"] = None, "没有编号的标题"
        for column in range(5, 11):
            sheet.cell(6, column).value = " "

    assert [row.number for row in _read(change).rows] == [2, 13]


def test_who_filled_it_in_may_stand_in_one_cell() -> None:
    def change(sheet: Worksheet) -> None:
        for column in range(2, 9):
            sheet.cell(8, column).value = None
        sheet["B8"], sheet["D8"], sheet["F8"] = "联系人：丙某", "电话：", "审核人"
        sheet["H8"] = "日期"

    reading = _read(change)
    assert (reading.filled_by, reading.phone, reading.checked_by) == ("丙某", "", "")


def test_all_answers_survive_unchanged() -> None:
    assert _read(lambda _sheet: None).rows[1].parts == ANSWERS[5]
