"""The words of a Word document: paragraphs with their numbers, tables, text boxes, in order."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.docx_numbers import Counter, W, levels_of, style_lists
from hs_credit_desktop.files.docx_plain import (
    CELL_BREAK,
    FALLBACK,
    SAME_CELL,
    SIGNS,
    WRAPPERS,
    plain_lines,
    row_line,
)
from hs_credit_desktop.files.guard import check_package, read_part
from hs_credit_desktop.files.xml import parsed

MAX_CHARACTERS = 5_000_000
_BOX = W + "txbxContent"
_SKIPPED = {FALLBACK, _BOX, *(W + tag for tag in ("del", "moveFrom", "instrText", "pPr", "rPr"))}
_SAVE_AGAIN = "请用 Word 或 WPS 打开，另存为“.docx”后再试。"


def docx_text(name: str, data: bytes) -> str:
    """A line a paragraph, a table row a line with tabs between cells.

    A cell's paragraphs are parted by CELL_BREAK, a cell merged with the one above holds SAME_CELL.
    Deleted (tracked) words are left out. UserError when the file is no sound .docx.
    """
    with open_docx(name, data) as package:
        return text_of(name, package)


@contextmanager
def open_docx(name: str, data: bytes) -> Iterator[zipfile.ZipFile]:
    """The checked package of a Word document. UserError when it is none."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UserError(f"“{name}”不是 Word 文档", _SAVE_AGAIN) from error
    with package:
        check_package(name, package)
        yield package


def text_of(name: str, package: zipfile.ZipFile) -> str:
    """The words of a checked package; see docx_text."""
    body = _part(name, package, "word/document.xml")
    if body is None:
        raise UserError(f"“{name}”不是 Word 文档", _SAVE_AGAIN)
    numbering = _part(name, package, "word/numbering.xml")
    styles = _part(name, package, "word/styles.xml")
    counter = Counter(
        {} if numbering is None else levels_of(numbering),
        {} if styles is None else style_lists(styles),
    )
    text = "\n".join(line for part in body.iter(W + "body") for line in _all_lines(part, counter))
    if len(text) > MAX_CHARACTERS:
        raise UserError(f"“{name}”的文字太多", "不像一份通知，没有读取，请核对是否选错了文件。")
    return text


def _part(name: str, package: zipfile.ZipFile, part: str) -> Any:
    """The root element of a part, None when the package has none of this name."""
    if part not in package.NameToInfo:
        return None
    return parsed(name, read_part(name, package, part))


def _children(parent: Any) -> Iterator[Any]:
    """Child elements, those in content controls and tracked insertions included."""
    for child in parent:
        if child.tag in WRAPPERS:
            yield from _children(child)
        else:
            yield child


def _all_lines(body: Any, counter: Counter) -> Iterable[str]:
    """The lines of a body: in one pass where it is plain and no style numbers its paragraphs."""
    plain = None if counter.styles else plain_lines(body)
    return _lines(body, counter) if plain is None else plain


def _lines(parent: Any, counter: Counter) -> Iterator[str]:
    """Paragraphs, text boxes and table rows of a body, a cell or a box."""
    for element in _children(parent):
        if element.tag == W + "p":
            yield counter.number(element) + _words(element)
            for box in element.iter(_BOX):
                if not any(each.tag == FALLBACK for each in box.iterancestors()):
                    yield from _lines(box, counter)
        elif element.tag == W + "tbl":
            for row in _children(element):
                if row.tag == W + "tr":
                    yield _row(row, counter)


def _words(element: Any) -> str:
    """The characters of a paragraph or run, without those of its text boxes."""
    parts: list[str] = []
    for child in element:
        if child.tag == W + "t":
            parts.append(child.text or "")
        elif child.tag in SIGNS:
            parts.append(SIGNS[child.tag])
        elif child.tag not in _SKIPPED:
            parts.append(_words(child))
    return "".join(parts)


def _row(row: Any, counter: Counter) -> str:
    """The cells of a row; a cell over several columns is followed by empty ones."""
    cells: list[tuple[str, str]] = []
    for cell in (each for each in _children(row) if each.tag == W + "tc"):
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        words = CELL_BREAK.join(line for line in _lines(cell, counter) if line.strip())
        if merged is not None and merged.get(W + "val", "continue") == "continue":
            words = SAME_CELL
        cells.append((words, span.get(W + "val", "1") if span is not None else "1"))
    return row_line(cells)
