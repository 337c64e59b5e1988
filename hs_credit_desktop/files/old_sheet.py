"""Reads .xls and .et (WPS) tables, which share the old binary format."""

import io
from typing import Any

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.compound import check_old_sheet
from hs_credit_desktop.files.sheet import Book, Sheet, plain_number

_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“.xlsx”后再试。"


def read_old_sheet(name: str, data: bytes) -> Book:
    """All sheets of an old workbook. UserError when it is damaged, oversized or carries macros."""
    import python_calamine

    check_old_sheet(name, data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = tuple(
            _sheet(meta, book.get_sheet_by_name(meta.name))
            for meta in book.sheets_metadata
            if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        )
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise UserError(f"“{name}”已损坏或不是表格", _SAVE_AS) from error
    return Book(sheets)


def _sheet(meta: Any, sheet: Any) -> Sheet:
    import python_calamine

    top, left = sheet.start or (0, 0)
    cells = {
        (top + row, left + column): text
        for row, values in enumerate(sheet.to_python(skip_empty_area=True), 1)
        for column, value in enumerate(values, 1)
        if (text := _text(value))
    }
    return Sheet(meta.name, meta.visible != python_calamine.SheetVisibleEnum.Visible, cells)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return plain_number(repr(value)) if isinstance(value, float) else str(value)
