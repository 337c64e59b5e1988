"""Printing a finished PDF: its pages as pictures at the printer's resolution."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRect
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import preview
from hs_credit_desktop.ui.run import Job

if TYPE_CHECKING:
    from hs_credit_desktop.reports.pages import PageImage

MOST_DPI = 300.0  # sharper than this no reader sees, and pictures stay below 27 MB


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


def print_file(file: Path, printer: QPrinter, job: Job) -> int:
    """Print the chosen pages, on a worker; the number printed. UserError when the printer refuses.

    A stop asked for through `job` ends the printing after the page under way.
    """
    last = preview.page_count(file)
    first = printer.fromPage() or 1
    numbers = range(first, min(printer.toPage() or last, last) + 1)
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("打印机没有响应", "没有打印。请检查打印机是否开机、连接，再试一次。")
    try:
        return _paint(painter, printer, file, numbers, job)
    finally:
        painter.end()


def _paint(painter: QPainter, printer: QPrinter, file: Path, numbers: range, job: Job) -> int:
    paper: QRect = printer.pageLayout().fullRectPixels(printer.resolution())
    dpi = min(float(printer.resolution()), MOST_DPI)
    done = 0
    for number in numbers:
        if job.stopped:
            printer.abort()
            break
        if done and not printer.newPage():
            raise UserError(f"打印到第 {number} 页时停了", "请检查纸张和连接，再打印其余各页。")
        job.report(f"正在打印 {done + 1}/{len(numbers)}…")
        painter.drawImage(paper, to_qimage(preview.page_image(file, number, dpi)))
        done += 1
    return done
