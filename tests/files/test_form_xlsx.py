"""The workbook form: what it holds, what is locked, and its identity in five places."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from hs_credit_desktop.domain.form import HIDDEN_SHEET, IDENTITY_NAME, find_identity
from hs_credit_desktop.domain.return_code import find
from hs_credit_desktop.files.form_xlsx import write_form
from hs_credit_desktop.files.read_return import read_return
from tests.files.samples import ANSWERS, CODE, TITLES, form, workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook


def test_reads_back_equal_with_its_identity_in_five_places() -> None:
    reading = read_return("x.xlsx", write_form(form()))
    assert {row.number: row.parts for row in reading.rows} == ANSWERS | {
        13: ANSWERS[13].__class__("分级监管 已开展", *ANSWERS[13].texts[1:], ANSWERS[13].completion)
    }
    assert [row.title for row in reading.rows] == list(TITLES.values())
    assert {place for place, words in reading.codes if CODE in words} == {
        "工作表“反馈表”",
        "页眉页脚",
        "隐藏的工作表",
        "文件属性",
        "定义名称",
    }
    assert (reading.filled_by, reading.phone, reading.unit_words) == (
        "乙某",
        "0000-1111111",
        "市财政局",
    )
    assert reading.findings == ()


def test_layout_locks_lists_and_pages() -> None:
    book = load_workbook(io.BytesIO(write_form(form())))
    sheet = book["反馈表"]
    assert sheet.protection.sheet
    assert sheet["E5"].protection.locked is False
    assert sheet["B5"].protection.locked
    assert {str(check.sqref) for check in sheet.data_validations.dataValidation} == {"I5:I7", "I8"}
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$4"
    assert CODE in sheet.oddHeader.right.text
    assert "上轮" not in (sheet["D6"].value or "")
    assert sheet["D5"].font.color.rgb == "FF6B7280"
    assert all(sheet.row_dimensions[row].height for row in range(1, 10))
    assert book[HIDDEN_SHEET].sheet_state == "veryHidden"
    assert sheet["E5"].data_type == "s"
    assert "盖章" in sheet["A9"].value
    assert book["填报说明"].sheet_state == "visible"


def test_a_form_without_number_answers_and_contact() -> None:
    data = write_form(form(doc_number=None, contact="", answers={}, filled_by="", phone=""))
    reading = read_return("x.xlsx", data)
    assert all(row.parts.blank for row in reading.rows)
    assert reading.filled_by == ""


def _no_cell(book: Workbook) -> None:
    book["反馈表"]["A2"].value = "报送单位"


def _no_header(book: Workbook) -> None:
    sheet = book["反馈表"]
    sheet.oddHeader.right.text = sheet.oddFooter.right.text = None


def _no_sheet(book: Workbook) -> None:
    book[HIDDEN_SHEET]["A1"].value = None


def _no_property(book: Workbook) -> None:
    book.custom_doc_props.props.clear()


def _no_name(book: Workbook) -> None:
    del book.defined_names[IDENTITY_NAME]


PLACES = {
    "工作表“反馈表”": _no_cell,
    "页眉页脚": _no_header,
    "隐藏的工作表": _no_sheet,
    "文件属性": _no_property,
    "定义名称": _no_name,
}


@pytest.mark.parametrize("kept", PLACES)
def test_each_place_alone_is_enough(kept: str) -> None:
    def strip(book: Workbook) -> None:
        steps: list[Callable[[Workbook], None]] = [
            step for place, step in PLACES.items() if place != kept
        ]
        for step in steps:
            step(book)

    reading = read_return("x.xlsx", workbook(strip))
    found = [place for place, words in reading.codes if find(words).valid]
    assert set(found) == {kept}


def test_identity_reads_back() -> None:
    identity = form().identity
    assert find_identity(f"“{identity}”") == identity
    assert find_identity("无") is None
