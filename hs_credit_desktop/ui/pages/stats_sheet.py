"""The matrix and the progress of a round as pictures, for a file or for paper: always light."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtPrintSupport import QPrinter

from hs_credit_desktop.domain.statistics import Progress
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.matrix import Arrivals
from hs_credit_desktop.services.overview import PillarNode
from hs_credit_desktop.store.faults import plain_words
from hs_credit_desktop.store.whole_files import whole
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.matrix import MatrixModel
from hs_credit_desktop.ui.models.progress import UnitRow
from hs_credit_desktop.ui.models.tree import title_of
from hs_credit_desktop.ui.tokens import LIGHT
from hs_credit_desktop.ui.widgets.chips import paint_bar
from hs_credit_desktop.ui.widgets.matrix_legend import paint_matrix_legend
from hs_credit_desktop.ui.widgets.matrix_paint import (
    BAND_HEIGHT,
    CELL_HEIGHT,
    CELL_WIDTH,
    HEAD_HEIGHT,
    NAME_WIDTH,
    Colouring,
    face,
    paint_band,
    paint_face,
    paint_numeral,
)
from hs_credit_desktop.ui.widgets.pillars import paint_legend
from hs_credit_desktop.ui.widgets.timeline import paint_timeline

EDGE, TITLE, LEGEND = 24, 56, 30
ROWS_A_SHEET = 48
# Pixels of a picture to one of the layout: 192 dots to the inch on a screen, 288 on paper.
FILE_SCALE, PAPER_SCALE = 2, 3
DOTS_A_METRE = 3780  # 96 dots to the inch, for which sizes in points are reckoned
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Sheet:
    """One picture: logical size, title and line under it, and what draws the rest below `TITLE`."""

    title: str
    subtitle: str
    size: QSize
    paint: Callable[[QPainter], None]


@contextmanager
def _light() -> Iterator[None]:
    """Paper is white, whatever the window looks like."""
    kept = theme.current()
    theme.use(LIGHT)
    try:
        yield
    finally:
        theme.use(kept)


def image_of(sheet: Sheet, scale: int) -> QImage:
    """The sheet as a picture, `scale` pixels to one of the layout."""
    made = QImage(sheet.size * scale, QImage.Format.Format_RGB32)
    made.setDotsPerMeterX(DOTS_A_METRE)
    made.setDotsPerMeterY(DOTS_A_METRE)
    made.fill(Qt.GlobalColor.white)
    with _light():
        painter = QPainter(made)
        painter.scale(scale, scale)
        painter.setPen(QColor(theme.current().text))
        painter.setFont(theme.font(theme.PAGE_TITLE, bold=True))
        painter.drawText(QRect(EDGE, 12, sheet.size.width(), 26), _MIDDLE, sheet.title)
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(QColor(theme.current().text2))
        painter.drawText(QRect(EDGE, 38, sheet.size.width(), 18), _MIDDLE, sheet.subtitle)
        painter.translate(EDGE, TITLE + 8)
        sheet.paint(painter)
        painter.end()
    return made


def matrix_sheets(
    title: str,
    subtitle: str,
    model: MatrixModel,
    colouring: Colouring,
) -> list[Sheet]:
    """The matrix, a sheet for every 48 units."""
    starts = range(0, max(1, model.rowCount()), ROWS_A_SHEET)
    sheets = []
    for number, start in enumerate(starts, 1):
        rows = range(start, min(start + ROWS_A_SHEET, model.rowCount()))
        page = f"　第 {number} 页，共 {len(starts)} 页" if len(starts) > 1 else ""
        width = NAME_WIDTH + CELL_WIDTH * model.columnCount()
        height = HEAD_HEIGHT + CELL_HEIGHT * len(rows) + LEGEND
        sheets.append(
            Sheet(
                title,
                subtitle + page,
                QSize(width + 2 * EDGE, TITLE + height + EDGE),
                _matrix_painter(model, rows, colouring),
            )
        )
    return sheets


def _matrix_painter(
    model: MatrixModel, rows: range, colouring: Colouring
) -> Callable[[QPainter], None]:
    def paint(painter: QPainter) -> None:
        _paint_heads(painter, model, len(rows))
        for at, row in enumerate(rows):
            _paint_row(painter, model, row, HEAD_HEIGHT + at * CELL_HEIGHT, colouring)
        foot = HEAD_HEIGHT + CELL_HEIGHT * len(rows)
        width = NAME_WIDTH + CELL_WIDTH * model.columnCount()
        paint_matrix_legend(painter, QRect(0, foot + 4, width, LEGEND - 4), colouring)

    return paint


def _paint_heads(painter: QPainter, model: MatrixModel, rows: int) -> None:
    tokens, down = theme.current(), HEAD_HEIGHT + rows * CELL_HEIGHT
    for band in model.bands:
        left = NAME_WIDTH + band.first * CELL_WIDTH
        span = (band.last - band.first + 1) * CELL_WIDTH
        paint_band(painter, QRect(left, 0, span, BAND_HEIGHT), band.words)
        painter.fillRect(left, 0, 1, down, QColor(tokens.control))
    for column in range(model.columnCount()):
        words = str(model.headerData(column, Qt.Orientation.Horizontal))
        spot = QRect(NAME_WIDTH + column * CELL_WIDTH, BAND_HEIGHT, CELL_WIDTH, 50)
        paint_numeral(painter, spot, words, current=False)
    painter.fillRect(
        0, HEAD_HEIGHT - 1, NAME_WIDTH + model.columnCount() * CELL_WIDTH, 1, QColor(tokens.control)
    )


def _paint_row(
    painter: QPainter, model: MatrixModel, row: int, top: int, colouring: Colouring
) -> None:
    tokens = theme.current()
    painter.setFont(theme.font(theme.CAPTION))
    painter.setPen(QColor(tokens.text))
    name = model.units[row].unit_name
    shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, NAME_WIDTH - 8)
    painter.drawText(QRect(0, top, NAME_WIDTH - 4, CELL_HEIGHT), _MIDDLE, shown)
    width = NAME_WIDTH + model.columnCount() * CELL_WIDTH
    painter.fillRect(0, top + CELL_HEIGHT - 1, width, 1, QColor(tokens.border))
    for column in range(model.columnCount()):
        cell = model.cell(row, column)
        if cell is not None:
            spot = QRect(NAME_WIDTH + column * CELL_WIDTH, top, CELL_WIDTH, CELL_HEIGHT)
            paint_face(painter, spot, face(cell, colouring), lead=cell.lead)


PROGRESS_WIDTH, BAR_ROW, CHART = 884, 20, 190


def progress_sheets(
    title: str,
    subtitle: str,
    pillars: Sequence[PillarNode],
    units: Sequence[UnitRow],
    arrivals: Arrivals,
) -> list[Sheet]:
    """Arrivals, pillars, and the first units in two columns; more units on further sheets."""
    first = TITLE + CHART + (len(pillars) + 3) * BAR_ROW + 40
    sheets = []
    starts = range(0, max(1, len(units)), ROWS_A_SHEET)
    for number, start in enumerate(starts, 1):
        mine = range(start, min(start + ROWS_A_SHEET, len(units)))
        height = (len(mine) + 1) // 2 * BAR_ROW + (first if number == 1 else TITLE) + 2 * EDGE
        page = f"　第 {number} 页，共 {len(starts)} 页" if len(starts) > 1 else ""
        above = (pillars, arrivals) if number == 1 else None
        sheets.append(
            Sheet(
                title,
                subtitle + page,
                QSize(PROGRESS_WIDTH + 2 * EDGE, height),
                _progress_painter(above, units, mine),
            )
        )
    return sheets


def _progress_painter(
    above: "tuple[Sequence[PillarNode], Arrivals] | None", units: Sequence[UnitRow], mine: range
) -> Callable[[QPainter], None]:
    def paint(painter: QPainter) -> None:
        top = 0
        if above is not None:
            pillars, arrivals = above
            top = _caption(painter, top, "报送时间（家）：竖条为当天收到，折线为累计，斜线为逾期")
            paint_timeline(painter, QRect(0, top, PROGRESS_WIDTH, CHART), arrivals)
            top = _caption(painter, top + CHART + 10, "各大类：已覆盖条数／应反馈条数")
            for node in pillars:
                _bar(painter, QRect(0, top, PROGRESS_WIDTH, BAR_ROW), title_of(node), node.progress)
                top += BAR_ROW
            top += 10
        top = _caption(painter, top, "各单位：已覆盖条数／应反馈条数")
        half, column = (len(mine) + 1) // 2, PROGRESS_WIDTH // 2
        for place, number in enumerate(mine):
            row = units[number]
            left, at = (place // half) * (column + 8), top + (place % half) * BAR_ROW
            spot = QRect(left, at, column - 8, BAR_ROW)
            _bar(painter, spot, row.expected.unit_name, row.progress, named=164)
        legend = QRect(0, top + half * BAR_ROW + 4, PROGRESS_WIDTH, 20)
        paint_legend(painter, legend)

    return paint


def _caption(painter: QPainter, top: int, words: str) -> int:
    painter.setFont(theme.font(theme.BODY, bold=True))
    painter.setPen(QColor(theme.current().text))
    painter.drawText(QRect(0, top, PROGRESS_WIDTH, 22), _MIDDLE, words)
    return top + 24


def _bar(painter: QPainter, spot: QRect, words: str, progress: Progress, named: int = 220) -> None:
    """A name, its bar and the two numbers."""
    tokens = theme.current()
    painter.setFont(theme.font(theme.CAPTION))
    painter.setPen(QColor(tokens.text))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, named - 8)
    painter.drawText(QRect(spot.left(), spot.top(), named, spot.height()), _MIDDLE, shown)
    room = spot.adjusted(named, 6, -52, -6)
    paint_bar(painter, room, progress)
    painter.setPen(QColor(tokens.text2))
    right = _MIDDLE | Qt.AlignmentFlag.AlignRight
    painter.drawText(spot, right, f"{progress.covered}/{progress.expected}")


def save(pictures: Sequence[QImage], target: Path) -> list[Path]:
    """Write pictures as PNG: 名.png, further ones 名-2.png …; UserError when the disk refuses."""
    made = []
    for number, picture in enumerate(pictures, 1):
        file = target if number == 1 else target.with_stem(f"{target.stem}-{number}")
        with plain_words(file, "没有导出"), whole(file) as draft:
            if not QImageWriter(str(draft), QByteArray(b"PNG")).write(picture):
                raise OSError(f"{draft} cannot be written")
        made.append(file)
    return made


def print_sheets(sheets: Sequence[Sheet], printer: QPrinter) -> int:
    """Print the sheets, a page each, as large as the paper allows; the number printed.

    UserError when the printer refuses.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("打印机没有响应", "没有打印。请检查打印机是否开机、连接，再试一次。")
    try:
        for number, sheet in enumerate(sheets):
            if number:
                printer.newPage()
            picture = image_of(sheet, PAPER_SCALE)
            room = printer.pageLayout().paintRectPixels(printer.resolution())
            size = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left = (room.width() - size.width()) // 2
            painter.drawImage(QRect(left, 0, size.width(), size.height()), picture)
    finally:
        painter.end()
    return len(sheets)
