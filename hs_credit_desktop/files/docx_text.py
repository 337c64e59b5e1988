"""The words of a Word document: paragraphs, generated numbers, tables, text boxes, in their order."""

import io
import zipfile
from typing import TYPE_CHECKING, Any

from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.guard import check_package, read_part

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CHARACTERS = 5_000_000
CELL_BREAK = "\v"
SAME_CELL = "〃"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {_W + "del", _W + "moveFrom", _FALLBACK, _W + "instrText", _W + "pPr", _W + "rPr"}
_BREAKS = {_W + "br": "\n", _W + "cr": "\n", _W + "tab": " ", _W + "noBreakHyphen": "-"}
"""Elements that stand for a character."""


def docx_text(name: str, data: bytes) -> str:
    """A line a paragraph, a table row a line with tabs between cells.

    A cell's paragraphs are parted by CELL_BREAK, a cell merged with the one above holds SAME_CELL.
    Deleted (tracked) words are left out. UserError when the file is no sound .docx.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UserError(
            f"“{name}”不是 Word 文档", "请用 Word 或 WPS 打开，另存为“.docx”后再试。"
        ) from error
    with package:
        check_package(name, package)
        if "word/document.xml" not in package.namelist():
            raise UserError(f"“{name}”不是 Word 文档", "请选择通知的 .docx 或 .txt 文件。")
        body = _parsed(name, read_part(name, package, "word/document.xml"))
        numbering = {}
        if "word/numbering.xml" in package.namelist():
            numbering = _numbering(_parsed(name, read_part(name, package, "word/numbering.xml")))
    text = "\n".join(_Walker(numbering).lines(body.find(_W + "body")))
    if len(text) > MAX_CHARACTERS:
        raise UserError(f"“{name}”的文字太多", "不像一份通知，没有读取，请核对是否选错了文件。")
    return text


def _parsed(name: str, xml: bytes) -> Any:
    """The root element; entities are never expanded and nothing is fetched."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise UserError(
            f"“{name}”的内容已损坏", "请用 Word 或 WPS 打开，另存为“.docx”后再试。"
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UserError(f"“{name}”含有外部引用", "不像正常的文档，没有打开，请联系来件单位重发。")
    return root


def _numbering(root: Any) -> dict[tuple[str, int], tuple[str, str, int]]:
    """(list id, level) → (format, pattern such as （%1）, first number)."""
    levels: dict[str, dict[int, tuple[str, str, int]]] = {}
    for abstract in root.iter(_W + "abstractNum"):
        levels[abstract.get(_W + "abstractNumId")] = {
            int(level.get(_W + "ilvl")): (
                _value(level, "numFmt", "decimal"),
                _value(level, "lvlText", ""),
                int(_value(level, "start", "1")),
            )
            for level in abstract.iter(_W + "lvl")
        }
    return {
        (number.get(_W + "numId"), depth): form
        for number in root.iter(_W + "num")
        for depth, form in levels.get(_value(number, "abstractNumId", ""), {}).items()
    }


def _value(element: Any, child: str, default: str) -> str:
    found = element.find(_W + child)
    return default if found is None else found.get(_W + "val", default)


class _Walker:
    """Walks the body once, keeping count of generated numbers."""

    def __init__(self, numbering: dict[tuple[str, int], tuple[str, str, int]]) -> None:
        self.numbering = numbering
        self.counts: dict[tuple[str, int], int] = {}

    def lines(self, parent: Any) -> "Iterator[str]":
        """Paragraphs and rows of a body, a cell or a content control."""
        for element in () if parent is None else parent:
            if element.tag == _W + "p":
                yield self.number(element) + self.words(element)
                for box in element.iter(_W + "txbxContent"):
                    if not any(each.tag == _FALLBACK for each in box.iterancestors()):
                        yield from self.lines(box)
            elif element.tag == _W + "tbl":
                for row in element.iter(_W + "tr"):
                    yield self.row(row)
            elif element.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml"):
                yield from self.lines(element)

    def words(self, element: Any) -> str:
        """The characters of a paragraph, without those of its text boxes."""
        parts: list[str] = []
        for child in element:
            if child.tag == _W + "t":
                parts.append(child.text or "")
            elif child.tag in _BREAKS:
                parts.append(_BREAKS[child.tag])
            elif child.tag not in _SKIPPED and child.tag != _W + "txbxContent":
                parts.append(self.words(child))
        return "".join(parts)

    def row(self, row: Any) -> str:
        """The cells of a row; a cell over several columns is followed by empty ones."""
        cells: list[str] = []
        for cell in row.iter(_W + "tc"):
            span, merged = cell.find(f"{_W}tcPr/{_W}gridSpan"), cell.find(f"{_W}tcPr/{_W}vMerge")
            same = merged is not None and merged.get(_W + "val", "continue") == "continue"
            words = CELL_BREAK.join(line for line in self.lines(cell) if line.strip())
            words = words.replace("\n", CELL_BREAK).replace("\t", " ")
            cells.append(SAME_CELL if same else words)
            cells += [""] * (int(span.get(_W + "val", "1")) - 1 if span is not None else 0)
        return "\t".join(cells) if len(cells) > 1 else "".join(cells)

    def number(self, paragraph: Any) -> str:
        """The number Word would show before a paragraph of a numbered list."""
        found = paragraph.find(f"{_W}pPr/{_W}numPr")
        if found is None:
            return ""
        key = (_value(found, "numId", "0"), int(_value(found, "ilvl", "0")))
        if key not in self.numbering:
            return ""
        kind, pattern, first = self.numbering[key]
        self.counts[key] = self.counts.get(key, first - 1) + 1
        for deeper in [each for each in self.counts if each[0] == key[0] and each[1] > key[1]]:
            del self.counts[deeper]
        shown = pattern
        for depth in range(key[1] + 1):
            count = self.counts.get((key[0], depth), 1)
            shown = shown.replace(f"%{depth + 1}", _shown(count, self.numbering[key[0], depth][0]))
        return "" if kind in ("bullet", "none") else shown


def _shown(count: int, kind: str) -> str:
    chinese = kind.startswith("chinese") or kind in ("ideographDigital", "japaneseCounting")
    return chinese_number(count) if chinese and 0 < count < 100 else str(count)
