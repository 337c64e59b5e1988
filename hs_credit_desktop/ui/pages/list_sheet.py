"""A table as it is shown, drawn on sheets of paper: the same rows, columns and order."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.pages.stats_sheet import EDGE, TITLE, Sheet
from hs_credit_desktop.ui.widgets.table import RowsTable

WIDTH, ROWS_A_SHEET = 1040, 46  # an upright A4 page, the rows as high as in the window
LAST_LEAST = 160
FOOT = 16


def list_sheets(table: RowsTable, title: str, subtitle: str) -> list[Sheet]:
    """A sheet for every 46 rows of what the table lists now."""
    count = table.proxy.rowCount()
    starts = range(0, max(count, 1), ROWS_A_SHEET)
    widths = _widths(table)
    sheets = []
    for number, start in enumerate(starts, 1):
        rows = range(start, min(start + ROWS_A_SHEET, count))
        page = f"　第 {number} 页，共 {len(starts)} 页" if len(starts) > 1 else ""
        height = theme.ROW * (len(rows) + 1) + FOOT
        sheets.append(
            Sheet(
                title,
                f"{subtitle}　共 {count} 行{page}",
                QSize(sum(widths) + 2 * EDGE, TITLE + 8 + height + EDGE),
                lambda painter, rows=rows: _paint(painter, table, widths, rows),  # type: ignore[misc]
            )
        )
    return sheets


def _widths(table: RowsTable) -> list[int]:
    """The columns from left to right; the last one takes what the paper leaves."""
    head = table.horizontalHeader()
    fixed = [head.sectionSize(head.logicalIndex(at)) for at in range(head.count() - 1)]
    return [*fixed, max(WIDTH - sum(fixed), LAST_LEAST)]


def _cells(table: RowsTable, widths: list[int], top: int) -> Iterator[tuple[int, QRect]]:
    left = 0
    for place, width in enumerate(widths):
        yield table.horizontalHeader().logicalIndex(place), QRect(left, top, width, theme.ROW)
        left += width


def _paint(painter: QPainter, table: RowsTable, widths: list[int], rows: range) -> None:
    tokens, whole = theme.current(), sum(widths)
    painter.setFont(theme.font(theme.CAPTION, bold=True))
    painter.fillRect(0, 0, whole, theme.ROW, QColor(tokens.surface2))
    for column, rect in _cells(table, widths, 0):
        painter.setPen(QColor(tokens.text2))
        words = str(table.proxy.headerData(column, Qt.Orientation.Horizontal) or "")
        painter.drawText(rect.adjusted(8, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, words)
    delegate = table.itemDelegate()
    for place, row in enumerate(rows, 1):
        for column, rect in _cells(table, widths, place * theme.ROW):
            option = QStyleOptionViewItem()
            option.rect = rect  # type: ignore[attr-defined]
            option.font = theme.font()  # type: ignore[attr-defined]
            painter.save()
            painter.setClipRect(rect)
            delegate.paint(painter, option, table.proxy.index(row, column))
            painter.restore()
        painter.setPen(QColor(tokens.border))
        painter.drawLine(0, (place + 1) * theme.ROW - 1, whole, (place + 1) * theme.ROW - 1)
