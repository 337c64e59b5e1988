"""Writes one unit's return form as a workbook: locked outside the answers, known by five places."""

import io
import math
from typing import TYPE_CHECKING, Any

from hs_credit_desktop.domain.form import (
    ANSWERS,
    CODE_LABEL,
    COMPLETIONS,
    EXAMPLE,
    EXAMPLE_SHEET,
    FOOTER_LABELS,
    HEADINGS,
    HIDDEN_SHEET,
    IDENTITY_NAME,
    SHEET,
    STAMP_LABEL,
    UNIT_LABEL,
    FormRow,
    ReturnForm,
    instructions,
)
from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.domain.text import clean

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

# Widths in characters: together they print at about 8.5 pt on A4 landscape.
WIDTHS = {
    "number": 5,
    "measure": 26,
    "role": 6,
    "last": 26,
    "progress": 34,
    "results": 22,
    "problems": 18,
    "next_steps": 20,
    "completion": 9,
    "figures": 13,
}
HEAD_ROW = 4
LEAST_HEIGHT, MOST_HEIGHT, LINE_HEIGHT = 96.0, 409.0, 13.2
_GREY, _SOFT, _FONT = "FF6B7280", "FFF1F3F6", "宋体"
_COLUMNS = list(HEADINGS)


def write_form(form: ReturnForm) -> bytes:
    """The workbook's bytes: no macros, no function newer than Excel 2010, no text a formula."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Worksheet = book.active
    sheet.title = SHEET
    _head(sheet, form)
    for offset, row in enumerate(form.rows, 1):
        _row(sheet, HEAD_ROW + offset, row, form.answers.get(row.number))
    last = HEAD_ROW + len(form.rows)
    _foot(sheet, last + 1, form)
    _page(sheet, form)
    _protect(sheet)
    _explain(book.create_sheet(EXAMPLE_SHEET), form)
    _hide(book, form)
    _checks(sheet, last)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _put(cell: "Cell", text: str) -> "Cell":
    """Text as text: a leading = stays a character."""
    cell.value = clean(text)
    cell.data_type = "s"
    return cell


def _look(
    cell: "Cell", *, size: float = 10, bold: bool = False, grey: bool = False, centre: bool = False
) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    line = Side(style="thin", color="FF9AA3AF")
    cell.font = Font(name=_FONT, size=size, bold=bold, color=_GREY if grey else "FF000000")
    cell.alignment = Alignment(
        wrap_text=True,
        vertical="center" if centre else "top",
        horizontal="center" if centre else "left",
    )
    cell.border = Border(left=line, right=line, top=line, bottom=line)


def _fill(cell: "Cell") -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", start_color=_SOFT)


def _open(cell: "Cell") -> None:
    from openpyxl.styles import Protection

    cell.protection = Protection(locked=False)


def _head(sheet: "Worksheet", form: ReturnForm) -> None:
    width = len(_COLUMNS)
    unit = f"{UNIT_LABEL}：{form.unit_name}　│　{form.round_name}　{form.due_words}"
    lines = (
        (1, f"{form.title}", 16, 28),
        (
            2,
            f"{unit}　│　{CODE_LABEL}：{form.identity.code}",
            11,
            20,
        ),
        (3, f"对应通知：{form.notice_title}{_number(form)}", 9, 16),
    )
    for row, text, size, height in lines:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        cell = _put(sheet.cell(row, 1), text)
        _look(cell, size=size, bold=row == 1, grey=row == 3, centre=True)
        sheet.row_dimensions[row].height = height
    for column, key in enumerate(_COLUMNS, 1):
        cell = _put(sheet.cell(HEAD_ROW, column), HEADINGS[key])
        _look(cell, bold=True, centre=True)
        _fill(cell)
        sheet.column_dimensions[cell.column_letter].width = WIDTHS[key]
    sheet.row_dimensions[HEAD_ROW].height = 30
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 3)


def _number(form: ReturnForm) -> str:
    return f"（{form.doc_number}）" if form.doc_number else ""


def _row(sheet: "Worksheet", at: int, row: FormRow, answer: FeedbackParts | None) -> None:
    given = {
        "number": str(row.number),
        "measure": f"{row.heading}\n{row.text}",
        "role": row.role,
        "last": row.last_words,
    }
    if answer is not None:
        given |= {key: getattr(answer, key) for key in ANSWERS[:4]}
        given["completion"] = answer.completion.label if answer.completion else ""
    for column, key in enumerate(_COLUMNS, 1):
        cell = sheet.cell(at, column)
        if given.get(key):
            _put(cell, given[key])
        small = key in ("measure", "last")
        _look(
            cell,
            size=9 if small else 10,
            grey=key == "last",
            centre=key in ("number", "role", "completion"),
        )
        if key in ANSWERS:
            _open(cell)
        else:
            _fill(cell)
    tallest = max(_lines(given.get(key, ""), WIDTHS[key]) for key in _COLUMNS)
    sheet.row_dimensions[at].height = min(MOST_HEIGHT, max(LEAST_HEIGHT, tallest * LINE_HEIGHT + 6))


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in `width` narrow characters, two to a Chinese one."""
    return sum(max(1, math.ceil(_narrow_width(line) / (width - 1))) for line in text.split("\n"))


def _narrow_width(line: str) -> int:
    return sum(1 if ord(char) < 0x2E80 else 2 for char in line)


def _foot(sheet: "Worksheet", at: int, form: ReturnForm) -> None:
    """One line for who filled it in, and room for the unit's stamp."""
    given = {"filled_by": form.filled_by, "phone": form.phone, "checked_by": "", "day": ""}
    labels = {**FOOTER_LABELS, "day": "填报日期"}
    places = {"filled_by": (2, 3), "phone": (4, 5), "checked_by": (6, 7), "day": (8, 9)}
    for key, (label_at, answer_at) in places.items():
        _look(_put(sheet.cell(at, label_at), labels[key]), bold=True, centre=True)
        answer = sheet.cell(at, answer_at)
        if key == "day":
            answer.number_format = "yyyy-mm-dd"
        elif given[key]:
            _put(answer, given[key])
        _look(answer, centre=True)
        _open(answer)
    sheet.row_dimensions[at].height = 24
    sheet.merge_cells(start_row=at + 1, end_row=at + 1, start_column=1, end_column=len(_COLUMNS))
    cell = _put(sheet.cell(at + 1, 1), STAMP_LABEL + "　　　　年　　月　　日")
    _look(cell, size=11)
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(horizontal="right", vertical="bottom", indent=6)
    sheet.row_dimensions[at + 1].height = 130


def _page(sheet: "Worksheet", form: ReturnForm) -> None:
    """A4 landscape, one page wide, heads and code on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{HEAD_ROW}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.75
    sheet.page_margins.header = sheet.page_margins.footer = 0.35
    sheet.oddHeader.right.text = f"{CODE_LABEL}：{form.identity.code}"
    sheet.oddFooter.left.text = form.unit_name
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.oddFooter.right.text = f"{CODE_LABEL}：{form.identity.code}"


def _protect(sheet: "Worksheet") -> None:
    """Guards against slips, not against people: rows may be inserted and resized."""
    guard = sheet.protection
    guard.sheet = True
    guard.formatColumns = guard.formatRows = guard.insertRows = guard.sort = False


def _explain(sheet: "Worksheet", form: ReturnForm) -> None:
    """The instructions, and one row filled in as an example."""
    keys = list(EXAMPLE)
    at = 1
    for line in ("怎样填写", *instructions(form), "填写示例"):
        sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=len(keys))
        cell = _put(sheet.cell(at, 1), line)
        _look(cell, size=12 if line in ("怎样填写", "填写示例") else 11, bold=len(line) == 4)
        sheet.row_dimensions[at].height = 20 * _lines(line, 130)
        at += 1
    for column, key in enumerate(keys, 1):
        head = _put(sheet.cell(at, column), HEADINGS[key])
        _look(head, bold=True, centre=True)
        _fill(head)
        _look(_put(sheet.cell(at + 1, column), EXAMPLE[key]), grey=True)
        sheet.column_dimensions[head.column_letter].width = WIDTHS[key]
    sheet.row_dimensions[at + 1].height = 110
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.protection.sheet = True


def _hide(book: "Workbook", form: ReturnForm) -> None:
    """The identity where nobody edits: very-hidden sheet, custom property, defined name."""
    from openpyxl.packaging.custom import StringProperty
    from openpyxl.workbook.defined_name import DefinedName

    said = str(form.identity)
    hidden = book.create_sheet(HIDDEN_SHEET)
    hidden.sheet_state = "veryHidden"
    _put(hidden["A1"], said)
    for at, word in enumerate(COMPLETIONS, 1):
        _put(hidden.cell(at, 2), word)
    book.custom_doc_props.append(StringProperty(name=IDENTITY_NAME, value=said))
    names: Any = book.defined_names
    names.add(DefinedName(IDENTITY_NAME, attr_text=f'"{said}"'))
    names.add(DefinedName("hs_completions", attr_text=f"{HIDDEN_SHEET}!$B$1:$B${len(COMPLETIONS)}"))


def _checks(sheet: "Worksheet", last: int) -> None:
    """The list of 完成情况 and a date check; both only warn about slips."""
    from openpyxl.worksheet.datavalidation import DataValidation

    done = DataValidation(type="list", formula1="=hs_completions", allow_blank=True)
    done.error, done.errorTitle = "请从列表中选一项。", "完成情况"
    day = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)
    day.error, day.errorTitle = "请按“2024-12-02”的格式填写日期。", "填报日期"
    for check in (done, day):
        check.showErrorMessage = True
        sheet.add_data_validation(check)
    letter = sheet.cell(HEAD_ROW, _COLUMNS.index("completion") + 1).column_letter
    done.add(f"{letter}{HEAD_ROW + 1}:{letter}{last}")
    day.add(sheet.cell(last + 1, 9).coordinate)
