"""The office's own picture of its seal, put at the seal place of a finished PDF, when asked."""

import io
from pathlib import Path

import pypdfium2
from PIL import Image, UnidentifiedImageError

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.reports.page import MM, STANDARD
from hs_credit_desktop.reports.readback import PDFIUM, read_pages
from hs_credit_desktop.reports.seal import seal_place

LARGEST = 4000  # pixels a side: 42 mm at 2400 dpi


def check_picture(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels; UserError when it is none or beyond all measure."""
    size = _size(png)
    if size is None:
        raise UserError("印章图不是 PNG 图片，没有保存", "请用底色透明的 PNG。")
    if max(size) > LARGEST:
        raise UserError(
            f"印章图有 {size[0]}×{size[1]} 点，太大了，没有保存", f"每边请不超过 {LARGEST} 点。"
        )
    return size


def _size(png: bytes) -> tuple[int, int] | None:
    """The size a PNG says it has, without decoding it."""
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            return opened.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def put_seal(source: Path, target: Path, png: bytes, width: float) -> int:
    """Write `source` to `target` with the seal over issuer and date; the page it is on.

    width: of the picture in mm. UserError when the paper has no place for a seal.
    """
    place = seal_place(read_pages(source), STANDARD, width)
    if place is None:
        raise UserError(
            f"“{source.name}”没有落款和日期，不知道印章盖在哪里", "没有写出文件。请选要盖章的文书。"
        )
    with PDFIUM, Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
        across = width * MM
        down = across * picture.height / picture.width
        document = pypdfium2.PdfDocument(source)
        try:
            page = document[place.page - 1]
            made = pypdfium2.PdfImage.new(document)
            made.set_bitmap(pypdfium2.PdfBitmap.from_pil(picture.convert("RGBA")))
            matrix = pypdfium2.PdfMatrix().scale(across, down)
            made.set_matrix(matrix.translate(place.x - across / 2, place.y - down / 2))
            page.insert_obj(made)
            page.gen_content()
            document.save(target)
        finally:
            document.close()
    return place.page
