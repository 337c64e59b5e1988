"""Reading a finished PDF back: which characters stand where, as the printer will see them."""

import ctypes
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

# Two threads must not enter the library: an export checks its pages while another is looked at.
PDFIUM = threading.RLock()
_CLOCKWISE = 90
_SAME_LINE = 1.0  # points that base lines of one line may differ


@dataclass(frozen=True, slots=True)
class Char:
    """A printed character: origin x and base line y from the lower left corner, in points."""

    ch: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class TextLine:
    """Characters on one base line, from left to right; top: upper edge of the ink, in points."""

    chars: tuple[Char, ...]
    top: float
    font: str

    @property
    def text(self) -> str:
        """The words of the line; the library gives a rare character in two halves (UTF-16)."""
        halves = "".join(char.ch for char in self.chars).encode("utf-16-le", "surrogatepass")
        return halves.decode("utf-16-le", "replace")

    @property
    def x(self) -> float:
        """Left edge."""
        return self.chars[0].x

    @property
    def y(self) -> float:
        """Base line."""
        return self.chars[0].y

    @property
    def size(self) -> float:
        """Type size of the first character."""
        return self.chars[0].size


@dataclass(frozen=True)
class PageText:
    """One page: its size in points and its lines from top to bottom, left to right.

    turned: lines of a landscape page, in points of the page as it is read, turned clockwise; its
    size and `lines` (the page number) are those of the paper as it lies with the others.
    """

    width: float
    height: float
    lines: tuple[TextLine, ...]
    turned: tuple[TextLine, ...] = ()

    @cached_property
    def text(self) -> str:
        """All lines of the page."""
        return "\n".join(line.text for line in (*self.turned, *self.lines))


def read_pages(file: Path) -> tuple[PageText, ...]:
    """All pages with their characters; the file is closed again."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(file)
    try:
        return tuple(_page(document, number) for number in range(len(document)))
    finally:
        with PDFIUM:
            document.close()


def _page(document: Any, number: int) -> PageText:
    with PDFIUM:
        return _page_text(document[number])


def _page_text(page: Any) -> PageText:
    textpage = page.get_textpage()
    handle = textpage.raw
    found = [
        (_char(handle, at), at)
        for at in range(pdfium.FPDFText_CountChars(handle))
        if not pdfium.FPDFText_IsGenerated(handle, at)
    ]
    width, height = page.get_size()
    turned: tuple[TextLine, ...] = ()
    if page.get_rotation() == _CLOCKWISE:
        width, height = height, width
        across = [(_turn(one, width), at) for one, at in found if _is_turned(handle, at)]
        found = [(one, at) for one, at in found if not _is_turned(handle, at)]
        turned = tuple(_lines(handle, across, lambda at: width - _box(handle, at)[0]))
    lines = tuple(_lines(handle, found, lambda at: _box(handle, at)[3]))
    textpage.close()
    page.close()
    return PageText(width, height, lines, turned)


def _is_turned(handle: Any, at: int) -> bool:
    return bool(pdfium.FPDFText_GetCharAngle(handle, at) > 1.0)


def _turn(char: Char, width: float) -> Char:
    return Char(char.ch, char.y, width - char.x, char.size)


def _char(handle: Any, at: int) -> Char:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(handle, at, x, y)
    size = pdfium.FPDFText_GetFontSize(handle, at)
    return Char(chr(pdfium.FPDFText_GetUnicode(handle, at)), x.value, y.value, size)


def _lines(
    handle: Any, found: list[tuple[Char, int]], top: Callable[[int], float]
) -> Iterator[TextLine]:
    """Cut where the base line changes; text of one line is drawn in one go by our renderer."""
    found = sorted(found, key=lambda item: (-round(item[0].y / _SAME_LINE), item[0].x))
    cuts = [
        at
        for at, (one, two) in enumerate(pairwise(found), 1)
        if abs(one[0].y - two[0].y) > _SAME_LINE
    ]
    for start, end in pairwise([0, *cuts, len(found)]):
        if piece := found[start:end]:
            chars = tuple(char for char, _ in piece)
            highest = max(top(at) for _, at in piece)
            yield TextLine(chars, highest, _font(handle, piece[0][1]))


def _box(handle: Any, at: int) -> tuple[float, float, float, float]:
    """Left, right, bottom and top edge of the ink."""
    edges = tuple(ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(handle, at, *edges)
    left, right, bottom, top = (edge.value for edge in edges)
    return left, right, bottom, top


def _font(handle: Any, at: int) -> str:
    """Name of the font of a character, without the tag of its subset."""
    buffer = ctypes.create_string_buffer(80)
    pdfium.FPDFText_GetFontInfo(handle, at, buffer, len(buffer), ctypes.c_int())
    return buffer.value.decode("utf-8", "replace").partition("+")[2] or buffer.value.decode()


def font_embedding(file: Path) -> dict[str, bool]:
    """Name of every font in the file → whether its program is embedded, used or not.

    Reads the dictionaries of our own renderer, which stand uncompressed in the file.
    """
    objects = file.read_bytes().split(b"endobj")
    fonts = [item for item in objects if b"/Type /Font" in item and b"/FontDescriptor" not in item]
    bare = {_base_font(item) for item in fonts if b"/BaseFont" in item}
    whole = {
        _base_font(item)
        for item in objects
        if b"/BaseFont" in item and b"/FontDescriptor" in item and b"/Type /Font" in item
    }
    return dict.fromkeys(sorted(whole), True) | dict.fromkeys(sorted(bare), False)


def _base_font(item: bytes) -> str:
    return item.partition(b"/BaseFont /")[2].split(maxsplit=1)[0].decode("ascii", "replace")
