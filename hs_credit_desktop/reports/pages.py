"""Pictures of a finished PDF's pages for preview and printing: plain bytes, no window library."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.reports.readback import PDFIUM

POINTS_PER_INCH = 72


@dataclass(frozen=True)
class PageImage:
    """A page as pixels: rows of `stride` bytes from the top, red, green and blue each a byte."""

    width: int
    height: int
    stride: int
    rgb: bytes

    @property
    def blank(self) -> bool:
        """Whether nothing is drawn on the page."""
        return self.rgb.count(b"\xff") == len(self.rgb)


def page_count(file: Path) -> int:
    """Number of pages; UserError when the file is no readable PDF."""
    with PDFIUM:
        document = _open(file)
        count = len(document)
        document.close()
    return count


def page_images(file: Path, dpi: float, *, first: int = 1, last: int = 0) -> Iterator[PageImage]:
    """Pages first..last (from 1; 0: to the end) at `dpi` pixels an inch, one at a time.

    UserError when the file is no readable PDF.
    """
    with PDFIUM:
        document = _open(file)
    try:
        for number in range(first - 1, last or len(document)):
            yield _image(document, number, dpi)
    finally:
        with PDFIUM:
            document.close()


def _image(document: pypdfium2.PdfDocument, number: int, dpi: float) -> PageImage:
    with PDFIUM:
        page = document[number]
        bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True)
        image = PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        page.close()
        return image


def _open(file: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(file)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise UserError(f"“{file.name}”打不开", "请重新导出这份文件，再预览或打印。") from error
