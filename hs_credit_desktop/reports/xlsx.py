"""The ledger workbook (信用任务台账): lists of a round as Excel sheets, ready to print.

Texts stay texts: a unit's sentence that begins with = never becomes a formula. Row heights are
written, because a spreadsheet program cuts wrapped text where none stands.
"""

import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from hs_credit_desktop.domain.text import clean
from hs_credit_desktop.reports.cell_text import cut_text, text_lines
from hs_credit_desktop.reports.charts import bar_chart
from hs_credit_desktop.reports.sheets import Sheet, SheetColumn, Value

CREATOR = "信用任务台账"
_SIZE = 11.0
_LINE = 15.5  # points a line of 11 pt text takes, with the leading of the usual fonts
_TALLEST = 409.0  # points, the limit of Excel
_MOST_LINES = int((_TALLEST - 4.0) / _LINE)
_HEAD, _TEXT, _CENTRED, _DATE, _TITLE = "表头", "正文", "居中", "日期", "标题"
_FOOT = "说明"
_TITLE_ROW, _ABOUT_ROW = 1, 2
_A4 = 9


def render_xlsx(
    sheets: Sequence[Sheet],
    target: Path,
    title: str,
    on_sheet: Callable[[str], None] = lambda _: None,
    *,
    made_on: date = date(2000, 1, 1),
) -> None:
    """Write the sheets as one workbook; on_sheet is told each finished one, may raise to cancel.

    made_on: the day written into its properties; the PC's clock never is.
    """
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    book.properties.title = title
    book.properties.creator = CREATOR
    try:
        for sheet in sheets:
            _add(book, sheet)
            on_sheet(sheet.name)
    except BaseException:
        for page in book.worksheets:  # else the half-written sheets complain when they are freed
            page.close()
        raise
    _save(book, target, made_on)


class _SteadyZip(zipfile.ZipFile):
    """A zip whose entries carry no time, so that the same sheets are the same bytes every time."""

    def writestr(self, name: Any, data: Any, *_: Any) -> None:
        super().writestr(_entry(name), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        with Path(filename).open("rb") as source, self.open(_entry(arcname), "w") as entry:
            shutil.copyfileobj(source, entry)


def _entry(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)  # dated 1980, the first day a zip knows
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def _save(book: Workbook, target: Path, made_on: date) -> None:
    """What Workbook.save does, but for the moment: a frozen round prints again byte by byte."""
    moment = datetime.combine(made_on, time())  # openpyxl writes it as it stands
    book.properties.created = book.properties.modified = moment
    made = BytesIO()  # an archive that cannot be closed on a full disk complains when it is freed
    with _SteadyZip(made, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()
    target.write_bytes(made.getvalue())


def _styles() -> list[NamedStyle]:
    thin = Side(style="thin", color="808080")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    font = Font(name="宋体", size=_SIZE)
    bold = Font(name="宋体", size=_SIZE, bold=True)
    grey = PatternFill("solid", fgColor="E7E6E6")
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    text = Alignment(horizontal="left", vertical="center", wrap_text=True)
    return [
        NamedStyle(_HEAD, font=bold, border=box, fill=grey, alignment=middle),
        NamedStyle(_TEXT, font=font, border=box, alignment=text, number_format="@"),
        NamedStyle(_CENTRED, font=font, border=box, alignment=middle),
        NamedStyle(_DATE, font=font, border=box, alignment=middle, number_format="yyyy-mm-dd"),
        NamedStyle(_FOOT, font=font, alignment=text),
        NamedStyle(
            _TITLE,
            font=Font(name="宋体", size=16, bold=True),
            alignment=Alignment(horizontal="center", vertical="center"),
        ),
    ]


def _add(book: Any, sheet: Sheet) -> None:
    page = book.create_sheet(sheet.name)
    _set_up_page(page, sheet)
    _take_pairs(page)
    title, head = _style(page, _TITLE), _style(page, _HEAD)
    page.append([(sheet.title, title)])
    if sheet.about:
        page.append([(sheet.about, _style(page, _FOOT))])
    page.append([(column.title, head) for column in sheet.columns])
    styles = [_style(page, _CENTRED if one.centred else _TEXT) for one in sheet.columns]
    day = _style(page, _DATE)
    rows = chain.from_iterable(_in_pieces(row, sheet.columns) for row in sheet.rows)
    written = sheet.head_row
    for written, (row, height) in enumerate(rows, sheet.head_row + 1):
        page.row_dimensions[written].height = height
        page.append(
            [
                (value, day if isinstance(value, date) else style)
                for value, style in zip(row, styles, strict=True)
            ]
        )
    last = get_column_letter(len(sheet.columns))
    page.auto_filter.ref = f"A{sheet.head_row}:{last}{written}"
    _add_foot(page, sheet, written)


def _in_pieces(
    row: Sequence[Value], columns: Sequence[SheetColumn]
) -> list[tuple[Sequence[Value], float]]:
    """A row with its height; where a text is taller than a row may be, several of them.

    Those after the first say 续 beside the number; what was not too tall stands again in each.
    """
    height = row_height(row, columns)
    if height <= _TALLEST:
        return [(row, height)]
    cut = [
        cut_text(value, column.width, _MOST_LINES) if isinstance(value, str) else [value]
        for value, column in zip(row, columns, strict=True)
    ]
    found: list[tuple[Sequence[Value], float]] = []
    for at in range(max(map(len, cut))):
        part = [_piece(pieces, at) for pieces in cut]
        if at and isinstance(part[0], int):
            part[0] = f"{part[0]}续"
        found.append((part, row_height(part, columns)))
    return found


def _piece(pieces: Sequence[Value], at: int) -> Value:
    if len(pieces) == 1:
        return pieces[0]
    return pieces[at] if at < len(pieces) else ""


def _add_foot(page: Any, sheet: Sheet, below: int) -> None:
    """Lines over the whole width, a blank row above them, and the chart under the last."""
    last = len(sheet.columns)
    style = _style(page, _FOOT)
    width = sum(column.width for column in sheet.columns)
    if sheet.foot:
        page.append([])
    for at, line in enumerate(sheet.foot, below + 2):
        page.row_dimensions[at].height = text_lines(line, width) * _LINE + 4.0
        page.append([(line, style)])
        page.merged_cells.add(f"A{at}:{get_column_letter(last)}{at}")
    if sheet.chart:
        page.add_chart(
            bar_chart(page, sheet.chart, sheet.head_row), f"A{below + len(sheet.foot) + 3}"
        )


def _style(page: Any, name: str) -> Any:
    """What openpyxl keeps for a named style; looking it up for every cell takes half the time."""
    cell = WriteOnlyCell(page)
    cell.style = name
    return cell._style


def _take_pairs(page: Any) -> None:
    """Let the sheet append rows of (value, style) pairs.

    openpyxl would make each cell twice and look at its type again: half of the time of an export.
    A text is never taken for a formula.
    """
    cell = WriteOnlyCell(page)

    def cells(pairs: Sequence[tuple[Value, Any]], number: int) -> Iterator[Any]:
        cell.row = number
        for cell.column, (value, cell._style) in enumerate(pairs, 1):
            if isinstance(value, str):
                cell.data_type, value = "s", clean(value)
            else:
                cell.data_type = "d" if isinstance(value, date) else "n"
            cell._value = value
            yield cell

    page._values_to_row = cells


def _set_up_page(page: Any, sheet: Sheet) -> None:
    """Landscape A4, one page wide, head on every page, numbered foot, frozen head, filter."""
    last = get_column_letter(len(sheet.columns))
    for number, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.row_dimensions[_TITLE_ROW].height = 30
    if sheet.about:
        width = sum(column.width for column in sheet.columns)
        page.row_dimensions[_ABOUT_ROW].height = text_lines(sheet.about, width) * _LINE + 4.0
        page.merged_cells.add(f"A{_ABOUT_ROW}:{last}{_ABOUT_ROW}")
    page.row_dimensions[sheet.head_row].height = row_height(
        [column.title for column in sheet.columns], sheet.columns
    )
    page.merged_cells.add(f"A{_TITLE_ROW}:{last}{_TITLE_ROW}")
    page.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}{sheet.head_row + 1}"
    page.print_title_rows = f"{_TITLE_ROW}:{sheet.head_row}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, int(sheet.one_page)
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins = PageMargins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.print_options.horizontalCentered = True
    page.oddFooter.left.text = sheet.name
    page.oddFooter.center.text = "第 &P 页，共 &N 页"


def row_height(row: Sequence[object], columns: Sequence[SheetColumn]) -> float:
    """Points that the fullest cell of a row needs."""
    most = max(
        text_lines(str(value), column.width) for value, column in zip(row, columns, strict=True)
    )
    return most * _LINE + 4.0
