"""Pages of a finished PDF as grey images, for preview and for printing to any device."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

POINTS_PER_INCH = 72


@dataclass(frozen=True)
class PageImage:
    """One page: width and height in pixels, one byte a pixel row by row (0 black, 255 white)."""

    width: int
    height: int
    pixels: bytes

    @property
    def blank(self) -> bool:
        """Whether nothing is drawn on the page."""
        return self.pixels.count(b"\xff") == len(self.pixels)


def page_images(pdf: Path, dots_per_inch: int) -> Iterator[PageImage]:
    """The pages of a PDF in order, one at a time: a page of 600 dots per inch takes 35 MB.

    pdfium is imported here, not above: only who prints needs it.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            bitmap = page.render(
                scale=dots_per_inch / POINTS_PER_INCH, grayscale=True, may_draw_forms=False
            )
            rows = memoryview(bitmap.buffer).cast("B")
            wide, stride = bitmap.width, bitmap.stride
            pixels = b"".join(
                rows[line * stride : line * stride + wide] for line in range(bitmap.height)
            )
            yield PageImage(wide, bitmap.height, pixels)
            bitmap.close()
            page.close()
