"""Writes the delivery list (交付清单): which form is for whom, with columns to tick when sent."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEADS = (
    ("序号", 6),
    ("单位", 30),
    ("文件", 44),
    ("回执码", 18),
    ("措施数", 8),
    ("上轮报送", 12),
    ("发送日期", 14),
    ("发送方式", 14),
    ("接收人", 14),
    ("备注", 20),
)


@dataclass(frozen=True)
class DeliveryLine:
    """One unit's form: number in official order, unit, file name, code, how many measures."""

    number: int
    unit: str
    file: str
    code: str
    measures: int
    last_round: str


def write_delivery(title: str, lines: Sequence[DeliveryLine]) -> bytes:
    """The delivery list's bytes."""
    return write_table(title, _HEADS, [(*vars(line).values(), "", "", "", "") for line in lines])


def write_table(
    title: str, heads: Sequence[tuple[str, int]], rows: Sequence[tuple[str | int, ...]]
) -> bytes:
    """A printed table: A4 landscape, head repeated on every page. heads: (words, width)."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side

    book = Workbook()
    sheet = book.active
    sheet.title = title[:30]
    edge = Side(style="thin", color="FF9AA3AF")
    frame = Border(left=edge, right=edge, top=edge, bottom=edge)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(heads))
    sheet["A1"] = title
    sheet["A1"].font = Font(name="宋体", size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 30
    for at, row in enumerate([tuple(words for words, _ in heads), *rows], 2):
        sheet.row_dimensions[at].height = 20
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # a name that starts with = stays a name
            cell.font = Font(name="宋体", size=11, bold=at == 2)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            cell.border = frame
    for column, (_, width) in enumerate(heads, 1):
        sheet.column_dimensions[sheet.cell(2, column).column_letter].width = width
    _page(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _page(sheet: "Worksheet") -> None:
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
