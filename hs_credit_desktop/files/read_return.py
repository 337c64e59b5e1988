"""Reads one file that a unit sent, whatever it is: rows, free paragraphs, codes, odd things."""

import re
import zipfile
from collections.abc import Iterator

from hs_credit_desktop.domain.form import PLACEHOLDER
from hs_credit_desktop.domain.reading import FileKind, Finding, FindingKind, Reading
from hs_credit_desktop.domain.text import clean
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.assembly import assemble, code_hints
from hs_credit_desktop.files.docx_plain import CELL_BREAK, SAME_CELL
from hs_credit_desktop.files.docx_text import open_docx, text_of
from hs_credit_desktop.files.guard import read_part
from hs_credit_desktop.files.kinds import ADVICE, Content, content_of, decoded
from hs_credit_desktop.files.pdf_text import NoTextError, pdf_text
from hs_credit_desktop.files.sheet_rows import book_tables
from hs_credit_desktop.files.table import AROUND, Line, paragraphs_of, read_labels, read_table
from hs_credit_desktop.files.xml import parsed

MAX_ATTRIBUTES = 100  # of the root of a hidden part; ours has three
NEARLY = 0.85  # of the longest line: squeezed punctuation and an indent make a full line shorter
_IDENTITY_PARTS = re.compile(
    r"docProps/custom\.xml|customXml/item\d+\.xml|word/(?:header|footer)\d*\.xml"
)


def read_return(name: str, data: bytes, content: Content | None = None) -> Reading:
    """What a file holds. Bad content never raises: it is UNREADABLE with a finding.

    content: what the bytes are, where whoever opened them has looked already.
    """
    content = content or content_of(data)
    if content not in _READERS:
        return _not_read(content if content in ADVICE else Content.UNKNOWN)
    try:
        return _READERS[content](name, data)
    except UserError as error:
        return Reading(
            FileKind.UNREADABLE,
            findings=(Finding(FindingKind.UNREADABLE, name, f"{error.what}。{error.advice}"),),
        )


def _not_read(content: Content) -> Reading:
    unknown = content is Content.UNKNOWN
    kind = FileKind.UNKNOWN if unknown else FileKind.UNREADABLE
    return Reading(kind, findings=(Finding(FindingKind.UNREADABLE, "文件", ADVICE[content]),))


def read_text(text: str, kind: FileKind = FileKind.TEXT) -> Reading:
    """An answer in plain words: a pasted text, a .txt, or the text of a mail; tabs part columns."""
    lines = [
        Line(number, f"第 {number} 行", dict(enumerate(line.split("\t"), 1)))
        for number, line in enumerate(clean_lines(text), 1)
    ]
    return _from_lines(kind, [("文字", lines)], code_hints([("正文", text)]))


def clean_lines(text: str) -> list[str]:
    """Lines with their tabs kept."""
    return [
        "\t".join(clean(cell) for cell in line.split("\t"))
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]


def _text(_name: str, data: bytes) -> Reading:
    return read_text(decoded(data) or "")


def _pdf(name: str, data: bytes) -> Reading:
    """The text layer of a PDF as a free report; without one it is a scan."""
    try:
        text = joined(pdf_text(name, data))
    except NoTextError:
        return _scan(name, data)
    return _from_lines(
        FileKind.DOCUMENT,
        [("文档", [Line(at, f"第 {at} 段", {1: line}) for at, line in enumerate(text, 1)])],
        code_hints([("正文", "\n".join(text))]),
    )


def joined(text: str) -> list[str]:
    """The paragraphs of a text whose lines are those of the paper.

    A line that reaches the right edge (is nearly as long as the longest) goes on in the next.
    """
    lines = [line.strip() for line in text.split("\n")]
    full = max(map(len, lines)) * NEARLY
    paragraphs = [""]
    for line in lines:
        paragraphs[-1] += line
        if len(line) < full:
            paragraphs.append("")
    return [paragraph for paragraph in paragraphs if paragraph]


def _scan(_name: str, _data: bytes) -> Reading:
    words = "扫描件或照片读不出文字，请按 F2 照着原件录入内容，或请单位补发电子版。"
    return Reading(FileKind.SCAN, findings=(Finding(FindingKind.TO_TYPE, "文件", words),))


def _book(name: str, data: bytes) -> Reading:
    from hs_credit_desktop.files.sheet import read_xlsx

    return book_tables(read_xlsx(name, data))


def _old_book(name: str, data: bytes) -> Reading:
    from hs_credit_desktop.files.old_sheet import read_old_sheet

    return book_tables(read_old_sheet(name, data))


def _document(name: str, data: bytes) -> Reading:
    with open_docx(name, data) as package:
        text = text_of(name, package)
        places = [("正文", text), *_hidden_places(name, package)]
    numbered = enumerate(text.split("\n"), 1)
    lines = [_docx_line(number, line) for number, line in numbered]
    return _from_lines(FileKind.DOCUMENT, [("文档", lines)], code_hints(places))


def _docx_line(number: int, line: str) -> Line:
    cells = [
        "" if cell in (SAME_CELL, PLACEHOLDER) else cell.replace(CELL_BREAK, "\n")
        for cell in line.split("\t")
    ]
    return Line(number, f"第 {number} 段", dict(enumerate(cells, 1)))


def _hidden_places(name: str, package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The parts of a Word file, other than its text, that carry the identity."""
    for part in package.namelist():
        if _IDENTITY_PARTS.fullmatch(part):
            root = parsed(name, read_part(name, package, part))
            # lxml takes quadratic time over the attributes of one element.
            said = root.attrib.values() if len(root.attrib) <= MAX_ATTRIBUTES else ()
            yield _place(part), " ".join(["".join(root.itertext()), *said])


def _place(part: str) -> str:
    """The place of a part in words."""
    folder = part.split("/", 1)[0]
    inside = "页眉" if "header" in part else "页脚"
    return {"docProps": "文件属性", "customXml": "隐藏数据"}.get(folder, inside)


def _from_lines(
    kind: FileKind, grids: list[tuple[str, list[Line]]], codes: tuple[tuple[str, str], ...]
) -> Reading:
    place, lines = grids[0]
    filled = [line for line in lines if any(text.strip() for text in line.cells.values())]
    table = read_table(filled, place) or read_labels(filled, place)
    # With a table only the lines around it are looked at: who the unit is.
    around = filled if table is None else [*filled[:AROUND], *filled[-AROUND:]]
    paragraphs = tuple(paragraphs_of(around))
    return assemble(kind, table, paragraphs, codes)


_READERS = {
    Content.XLSX: _book,
    Content.OLD_SHEET: _old_book,
    Content.DOCX: _document,
    Content.TEXT: _text,
    Content.PDF: _pdf,
    Content.SCAN: _scan,
}
