"""Finds where a sentence stands in an original file: the cell of a sheet, or the line of a text."""

from collections.abc import Iterator

from hs_credit_desktop.domain.form import HEADINGS
from hs_credit_desktop.domain.similarity import core
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.docx_plain import CELL_BREAK
from hs_credit_desktop.files.docx_text import docx_text
from hs_credit_desktop.files.kinds import Content, content_of, decoded
from hs_credit_desktop.files.pdf_text import pdf_text
from hs_credit_desktop.files.sheet import column_letters, read_xlsx

SPAN = 12  # lines of a printed page that one sentence may fill


def locate(name: str, data: bytes, sentence: str) -> str:
    """工作表“反馈表”单元格 E7, 第 12 段, 第 3 行; '' when it is not there or cannot be read."""
    wanted = core(sentence)
    if not wanted:
        return ""
    try:
        return next((place for place, text in _places(name, data) if wanted in core(text)), "")
    except UserError:
        return ""


def _quotes(text: str) -> bool:
    """Whether this heads last round's answer, which our forms print beside the new one."""
    return text.startswith(HEADINGS["last"])


def _places(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    content = content_of(data)
    if content is Content.XLSX:
        for sheet in read_xlsx(name, data).sheets:
            quoted = {column for (_, column), text in sheet.cells.items() if _quotes(text)}
            for (row, column), text in sheet.cells.items():
                if column not in quoted:
                    yield f"工作表“{sheet.name}”单元格 {column_letters(column)}{row}", text
    elif content is Content.DOCX:
        for number, line in enumerate(docx_text(name, data).split("\n"), 1):
            if not _quotes(line):
                yield f"第 {number} 段", line.replace(CELL_BREAK, "\n")
    elif content is Content.PDF:
        # A sentence may go on in the next lines: the last line from which it is found begins it.
        lines = pdf_text(name, data).split("\n")
        for number in reversed(range(len(lines))):
            yield f"第 {number + 1} 行", "".join(lines[number : number + SPAN])
    elif content is Content.TEXT:
        for number, line in enumerate((decoded(data) or "").splitlines(), 1):
            yield f"第 {number} 行", line
