"""The words of a PDF with a text layer: characters put into lines by where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from threading import Lock
from typing import Any

from hs_credit_desktop.errors import UserError

# pdfium is not made for several threads: a notice and a pile of returns may be read at once.
_ONE_AT_A_TIME = Lock()
MAX_PAGES = 200
MAX_CHARACTERS = 200_000
_BREAKS = "\r\n\x02\ufffe\ufeff\x00"
_WIDE_GAP = 1.7  # line heights between two lines with a blank line between them


class NoTextError(UserError):
    """The PDF is sound and has no text layer: a scan."""


@dataclass
class _Line:
    """Characters on one height: `middle` and `height` in points, places in parts from the left."""

    middle: float
    height: float
    parts: list[tuple[float, str]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The characters from left to right."""
        return "".join(char for _, char in sorted(self.parts, key=lambda part: part[0])).strip()


def pdf_text(name: str, data: bytes) -> str:
    """A line a line of the paper, a blank line between pages and where the paper leaves one.

    UserError when the file is damaged, protected, too long, or has no text layer (a scan).
    pdfium loads here, when it is used.
    """
    with _ONE_AT_A_TIME:
        pages = _read(name, data)
    if not any(pages):
        raise NoTextError(f"“{name}”里没有文字", "可能是扫描件，请先转成文字再试。")
    return "\n\n".join("\n".join(page) for page in pages if page)


def _read(name: str, data: bytes) -> list[list[str]]:
    import pypdfium2

    try:  # a damaged file may open and fail at any page
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > MAX_PAGES:
                words = f"“{name}”有 {len(document)} 页，没有读取"
                raise UserError(words, "请核对是否选错了文件。")
            return _pages(name, document)
    except pypdfium2.PdfiumError as error:
        raise UserError(
            f"“{name}”打不开，可能已损坏或设有密码", "请用阅读器打开核对，去掉密码后再试。"
        ) from error


def _pages(name: str, document: Any) -> list[list[str]]:
    """The lines of every page."""
    pages, left = [], MAX_CHARACTERS
    for page in document:
        text = page.get_textpage()
        left -= text.count_chars()
        if left < 0:
            raise UserError(f"“{name}”的文字太多，没有读取", "请核对是否选错了文件。")
        pages.append(_spaced(_lines(text)))
        text.close()
        page.close()
    return pages


def _characters(text: Any) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Each character with its box (left, bottom, right, top) in points; line ends left out."""
    words = text.get_text_range()
    for place, char in enumerate(words[: text.count_chars()]):
        if char not in _BREAKS:
            yield char, text.get_charbox(place, loose=True)


def _lines(text: Any) -> list[_Line]:
    """Lines from top to bottom, whatever the order in which the file draws them."""
    lines: list[_Line] = []
    for char, (left, bottom, _, top) in _characters(text):
        middle, height = (bottom + top) / 2, top - bottom
        line = lines[-1] if lines else None
        if line is None or abs(line.middle - middle) > max(line.height, height) / 2:
            # Back on a height that was drawn before (a number set beside its text), or a new one.
            line = next((e for e in lines if abs(e.middle - middle) < e.height / 3), None)
            if line is None:
                line = _Line(middle, height)
                lines.append(line)
        line.height = max(line.height, height)
        line.parts.append((left, char))
    lines = [line for line in lines if line.words]
    return sorted(lines, key=lambda line: -line.middle)


def _spaced(lines: list[_Line]) -> list[str]:
    """The words of the lines, with an empty one where the paper leaves room for one."""
    spaced: list[str] = []
    gaps = [above.middle - below.middle for above, below in pairwise(lines)]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else 0.0
    for line, gap in zip(lines, [0.0, *gaps], strict=False):
        if gap > usual * _WIDE_GAP:
            spaced.append("")
        spaced.append(line.words)
    return spaced
