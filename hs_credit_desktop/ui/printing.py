"""Printing a finished PDF: its pages as pictures at the printer's resolution."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QMarginsF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPainter, QPen
from PySide6.QtPrintSupport import QPrinter

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import preview
from hs_credit_desktop.ui.run import Job

if TYPE_CHECKING:
    from hs_credit_desktop.reports.pages import PageImage

MOST_DPI = 300.0  # sharper than this no reader sees, and pictures stay below 27 MB
MM_AN_INCH = 25.4
MOST_OFFSET = 20.0  # millimetres: more is no calibration but another sheet of paper


@dataclass(frozen=True)
class Way:
    """How to print: offset in mm to the right and down (pre-printed red heads), grey or not."""

    right: float = 0.0
    down: float = 0.0
    grey: bool = False


def parse_pages(text: str, last: int) -> tuple[int, int]:
    """First and last page of 全部, '', 3 or 2-5; UserError for pages that are not there."""
    said = text.strip()
    if said in ("", "全部"):
        return 1, last
    match = re.fullmatch(r"(\d+)\s*(?:[-—~至到]\s*(\d+))?", said)
    first = int(match[1]) if match else 0
    end = int(match[2] or match[1]) if match else 0
    if not 1 <= first <= end <= last:
        raise UserError(
            f"页码“{said}”不对，没有打印", f"这份文件共 {last} 页，请写成“全部”“1”或“1-{last}”。"
        )
    return first, end


def parse_offset(text: str) -> float:
    """Millimetres as typed, 0 for nothing; UserError for what is none or too many."""
    try:
        found = float(text.strip().replace("，", ".").replace("。", ".") or 0)
    except ValueError:
        found = MOST_OFFSET + 1
    if abs(found) > MOST_OFFSET:
        raise UserError(
            f"校准“{text.strip()}”不对", f"请填毫米数，-{MOST_OFFSET:.0f} 到 {MOST_OFFSET:.0f}。"
        )
    return found


def to_qimage(page: "PageImage") -> QImage:
    """The page's pixels as an image that owns them."""
    form = QImage.Format.Format_RGB888
    return QImage(page.rgb, page.width, page.height, page.stride, form).copy()


def make_printer() -> QPrinter:
    """A printer set to A4 upright, drawing to the edge of the paper: the PDF has the margins."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
    )
    printer.setFullPage(True)
    return printer


def print_file(file: Path, printer: QPrinter, job: Job, way: Way | None = None) -> int:
    """Print the chosen pages, on a worker; the number printed. UserError when the printer refuses.

    Pages and copies are those of the printer; where it cannot make copies itself they are printed
    one after the other. A stop asked for through `job` ends the printing after the page under way.
    """
    last = preview.page_count(file)
    first = printer.fromPage() or 1
    numbers = range(first, min(printer.toPage() or last, last) + 1)
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    painter = _begin(printer)
    try:
        return _paint(painter, printer, file, list(numbers) * copies, job, way or Way())
    finally:
        painter.end()


def _begin(printer: QPrinter) -> QPainter:
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("打印机没有响应", "没有打印。请检查打印机是否开机、连接，再试一次。")
    return painter


def _paint(
    painter: QPainter, printer: QPrinter, file: Path, numbers: list[int], job: Job, way: Way
) -> int:
    paper = _moved(printer.pageLayout().fullRectPixels(printer.resolution()), printer, way)
    dpi = min(float(printer.resolution()), MOST_DPI)
    done = 0
    for number in numbers:
        if job.stopped:
            printer.abort()
            break
        if done and not printer.newPage():
            raise UserError(f"打印到第 {number} 页时停了", "请检查纸张和连接，再打印其余各页。")
        job.report(f"正在打印 {done + 1}/{len(numbers)}…")
        image = to_qimage(preview.page_image(file, number, dpi))
        if way.grey:
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        painter.drawImage(paper, image)
        done += 1
    return done


def _moved(paper: QRect, printer: QPrinter, way: Way) -> QRect:
    """The paper moved by the calibration."""
    dots = printer.resolution() / MM_AN_INCH
    return paper.translated(round(way.right * dots), round(way.down * dots))


CROSS = 50.0  # millimetres from the left and the upper edge
RULER = 180  # length of the rulers in millimetres
_SAID = (
    "打印校准页",
    "横尺从纸的左边缘量起，竖尺从纸的上边缘量起，单位毫米。",
    "用尺子量十字到左边缘、上边缘的距离，都应为 50 毫米。",
    "量得左边 a 毫米：“向右”在现有数值上加 50－a。",
    "量得上边 b 毫米：“向下”在现有数值上加 50－b。",
    "本页已按向右 {right:g} 毫米、向下 {down:g} 毫米打印。",
)


def print_rulers(printer: QPrinter, way: Way) -> None:
    """Print the calibration sheet: rulers along two edges and a cross 50 mm from both."""
    painter = _begin(printer)
    try:
        dots = printer.resolution() / MM_AN_INCH
        painter.scale(dots, dots)  # from here on everything is in millimetres
        draw_rulers(painter, way)
    finally:
        painter.end()


def draw_rulers(painter: QPainter, way: Way) -> None:
    """Draw the calibration sheet; the painter's unit is a millimetre."""
    painter.translate(way.right, way.down)
    painter.setPen(QPen(Qt.GlobalColor.black, 0.2))
    font = QFont(painter.font())
    font.setPixelSize(4)
    painter.setFont(font)
    for at in range(10, RULER + 1):
        long = 6.0 if at % 10 == 0 else (4.5 if at % 5 == 0 else 3.0)
        painter.drawLine(QLineF(at, 10, at, 10 + long))
        painter.drawLine(QLineF(10, at, 10 + long, at))
        if at % 10 == 0:
            painter.drawText(QPointF(at - 2, 21), str(at))
            painter.drawText(QPointF(17.5, at + 1.5), str(at))
    painter.drawLine(QLineF(CROSS - 8, CROSS, CROSS + 8, CROSS))
    painter.drawLine(QLineF(CROSS, CROSS - 8, CROSS, CROSS + 8))
    font.setPixelSize(5)
    painter.setFont(font)
    for line, said in enumerate(_SAID):
        place = QRectF(45, 80 + 9 * line, 150, 9)
        painter.drawText(place, said.format(right=way.right, down=way.down))
