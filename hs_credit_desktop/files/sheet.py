"""Reads the sheets of an .xlsx sparsely: texts, merges, hidden rows, formulas, and where codes lie.

A declared size of a sheet is never believed and nothing is filled in between cells, so that a file
of one kilobyte cannot ask for gigabytes.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from hs_credit_desktop.domain.form import EXAMPLE_SHEET
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.guard import check_package, read_part
from hs_credit_desktop.files.xml import parsed

MAX_CELLS = 200_000
MAX_SHEETS = 60
MAX_MERGES = 5_000
MAX_CHARACTERS = 5_000_000
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_V, _F, _IS, _T = _S + "v", _S + "f", _S + "is", _S + "t"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“.xlsx”后再试。"


@dataclass(frozen=True)
class Merge:
    """Merged cells, rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: (row, column) from 1 → text. header: words of page headers and footers."""

    name: str
    hidden: bool
    cells: dict[tuple[int, int], str]
    hidden_rows: frozenset[int] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()
    unsolved: frozenset[tuple[int, int]] = frozenset()
    merges: tuple[Merge, ...] = ()
    header: str = ""


@dataclass(frozen=True)
class Book:
    """A workbook as read; `names` and `properties` are the texts that may hold the identity."""

    sheets: tuple[Sheet, ...]
    names: str = ""
    properties: str = ""


@dataclass
class _Budget:
    """What may still be read before the file is called oversized."""

    name: str
    cells: int = MAX_CELLS
    characters: int = MAX_CHARACTERS
    strings: list[str] = field(default_factory=list)

    def spend(self, text: str) -> str:
        self.cells -= 1
        self.characters -= len(text)
        if self.cells < 0 or self.characters < 0:
            raise UserError(
                f"“{self.name}”的内容太多", "不像一份反馈表，没有读取，请核对是否选错了文件。"
            )
        return text


def read_xlsx(name: str, data: bytes) -> Book:
    """All sheets of a workbook, hidden ones too. UserError when it is no sound .xlsx."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UserError(f"“{name}”不是完整的表格文件", _SAVE_AS) from error
    with package:
        check_package(name, package)
        parts = set(package.namelist())
        if "xl/workbook.xml" not in parts:
            raise UserError(f"“{name}”不是完整的表格文件", _SAVE_AS)
        book = _root(name, package, "xl/workbook.xml")
        budget = _Budget(name)
        if "xl/sharedStrings.xml" in parts:
            strings = _root(name, package, "xl/sharedStrings.xml")
            budget.strings = [_string(item) for item in strings.findall(_S + "si")]
        sheets = tuple(_sheets(name, package, book, budget))
        properties = ""
        if "docProps/custom.xml" in parts:
            custom = parsed(name, read_part(name, package, "docProps/custom.xml"))
            properties = " ".join(custom.itertext())
    named = " ".join(item.text or "" for item in book.iter(_S + "definedName"))
    return Book(sheets, named, properties)


def _root(name: str, package: zipfile.ZipFile, part: str) -> Any:
    """The root of a part; the strict spelling of the format is read like the usual one."""
    xml = read_part(name, package, part)
    if b"purl.oclc.org" in xml[:2000]:
        xml = xml.replace(_STRICT[1:-1].encode(), _S[1:-1].encode())
    return parsed(name, xml)


def _sheets(name: str, package: zipfile.ZipFile, book: Any, budget: _Budget) -> Iterator[Sheet]:
    targets = {}
    if "xl/_rels/workbook.xml.rels" in package.namelist():
        links = parsed(name, read_part(name, package, "xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = package.NameToInfo
    found = list(book.iter(_S + "sheet"))
    if len(found) > MAX_SHEETS:
        raise UserError(f"“{name}”的工作表太多", "不像一份反馈表，没有读取，请核对是否选错了文件。")
    for item in found:
        link = item.get(_R) or item.get(
            "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
        )
        target = targets.get(link, "").lstrip("/").removeprefix("xl/")
        part = f"xl/{target}"
        example = item.get("name") == EXAMPLE_SHEET  # our own instructions: nobody's answer
        if target.startswith("worksheets/") and part in parts and not example:
            root = _root(name, package, part)
            hidden = item.get("state", "visible") != "visible"
            yield _sheet(item.get("name", ""), hidden, root, budget)


def _sheet(title: str, hidden: bool, root: Any, budget: _Budget) -> Sheet:
    cells: dict[tuple[int, int], str] = {}
    formulas: set[tuple[int, int]] = set()
    unsolved: set[tuple[int, int]] = set()
    hidden_rows: set[int] = set()
    row_number = 0
    for row in root.iterfind(f"{_S}sheetData/{_S}row"):
        row_number = _number(row.get("r"), row_number + 1)
        if row.get("hidden") in ("1", "true"):
            hidden_rows.add(row_number)
        column = 0
        for cell in row.iterchildren(_S + "c"):
            column = _column(cell.get("r")) or column + 1
            place = (row_number, column)
            text, formula = _text(cell, budget)
            if formula:
                (formulas if text else unsolved).add(place)
            if text:
                cells[place] = budget.spend(text)
    header = " ".join(
        item.text or "" for block in root.iterfind(_S + "headerFooter") for item in block
    )
    return Sheet(
        title,
        hidden,
        cells,
        frozenset(hidden_rows),
        frozenset(formulas),
        frozenset(unsolved),
        tuple(_merges(root)),
        header,
    )


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else default


@lru_cache(maxsize=8192)
def _column(reference: str | None) -> int:
    """B7 → 2; 0 when the cell does not say where it stands. Cached: all forms use the same few."""
    match = _REFERENCE.fullmatch(reference or "")
    return column_number(match[1]) if match else 0


def column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _text(cell: Any, budget: _Budget) -> tuple[str, bool]:
    """The words of a cell, and whether a formula made them."""
    kind, value, formula = cell.get("t", "n"), "", False
    for child in cell:
        if child.tag == _V:
            value = child.text or ""
        elif child.tag == _F:
            formula = True
        elif child.tag == _IS:
            value = _string(child)
    if kind == "s":
        at = _number(value.strip(), len(budget.strings))
        value = budget.strings[at] if at < len(budget.strings) else ""
    elif kind == "b":
        value = "是" if value.strip() == "1" else "否"
    elif kind == "n":
        value = plain_number(value)
    elif kind == "e":
        value = ""
    elif kind == "str":
        value = _unescaped(value)
    return value, formula


def plain_number(value: str) -> str:
    """A stored number as a person would write it: 12.0 → 12, 11.899999999999999 → 11.9."""
    try:
        number = float(value)
    except ValueError:
        return value.strip()
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.12g}"


def _string(item: Any) -> str:
    """A shared or inline string: plain or in runs, without phonetic hints."""
    words = []
    for child in item:
        if child.tag == _T:
            words.append(child.text or "")
        elif child.tag == _S + "r":
            words += [text.text or "" for text in child.iterchildren(_T)]
    return _unescaped("".join(words))


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPE.sub(_escaped, text).replace("\r\n", "\n")


def _escaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "" if 0xD800 <= code < 0xE000 else chr(code)


def _merges(root: Any) -> Iterator[Merge]:
    for count, item in enumerate(root.iterfind(f"{_S}mergeCells/{_S}mergeCell")):
        if count >= MAX_MERGES:
            return
        ends = [_REFERENCE.fullmatch(end) for end in item.get("ref", "").split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            first, last = ends[0], ends[1]
            yield Merge(
                int(first[2]), column_number(first[1]), int(last[2]), column_number(last[1])
            )
