"""A list as an Excel file: what stands in it and how it is set up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.list_file import ListColumn, ShownList, sheet_name, write_list

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = (ListColumn("单位", 210), ListColumn("应反馈", 76, right=True), ListColumn("备注", 10))
ROWS = (
    ("市财政局", "12", "=1+1"),
    ("市数据局", "95.5", "007"),
    ("市商务局", "007", ""),
    ("市税务局", "—", "3"),
)
DAY = date(2024, 12, 2)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    shown = ShownList("逾期未报：单位", "第二轮　条件：牵头", COLUMNS, ROWS)
    return write_list(shown, tmp_path / "列表.xlsx", made_on=DAY)


def test_rows_columns_and_filter_stand_as_they_were_shown(written: Path) -> None:
    sheet = load_workbook(written).active
    assert sheet["A1"].value == "逾期未报：单位"
    assert sheet["A2"].value == "第二轮 条件：牵头 共 4 行 2024年12月2日导出"
    assert [cell.value for cell in sheet[3]] == ["单位", "应反馈", "备注"]
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert rows == [
        ["市财政局", 12, "=1+1"],
        ["市数据局", 95.5, "007"],
        ["市商务局", "007", ""],
        ["市税务局", "—", "3"],
    ]
    assert sheet["C4"].data_type == "s"
    assert sheet["B4"].data_type == "n"


def test_it_is_set_up_for_paper(written: Path) -> None:
    sheet = load_workbook(written).active
    assert sheet.title == "逾期未报：单位"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == "A3:C7"
    assert sheet.column_dimensions["A"].width == 30
    assert sheet.column_dimensions["C"].width == 6


def test_an_empty_list_without_a_filter(tmp_path: Path) -> None:
    made = write_list(ShownList("单位", "", COLUMNS, ()), tmp_path / "空.xlsx", made_on=DAY)
    sheet = load_workbook(made).active
    assert sheet["A2"].value == "共 0 行 2024年12月2日导出"
    assert sheet.max_row == 3


def test_who_is_told_of_the_rows_may_stop_and_no_file_is_left(tmp_path: Path) -> None:
    told: list[int] = []

    def reached(row: int) -> None:
        told.append(row)
        if row:
            raise LookupError

    shown = ShownList("单位", "", COLUMNS, [ROWS[0]] * 501)
    with pytest.raises(LookupError):
        write_list(shown, tmp_path / "列表.xlsx", made_on=DAY, reached=reached)
    assert told == [0, 500]
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    (tmp_path / "列表.xlsx").mkdir()
    with pytest.raises(UserError, match="没有写成"):
        write_list(ShownList("单位", "", COLUMNS, ROWS), tmp_path / "列表.xlsx", made_on=DAY)
    assert [item.name for item in tmp_path.iterdir()] == ["列表.xlsx"]


@pytest.mark.parametrize(
    ("title", "name"),
    [("[甲]/乙*丙?:", "甲  乙 丙"), ("", "列表"), ("一" * 40, "一" * 31)],
)
def test_names_that_excel_takes(title: str, name: str) -> None:
    assert sheet_name(title) == name
