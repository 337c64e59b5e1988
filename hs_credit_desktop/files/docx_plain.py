"""The lines of a plain Word body in one pass: paragraphs and tables that do not nest.

Forms come back by the hundred and are nearly always plain. Whatever has tracked changes, fields,
boxes, numbers Word counts itself or nested tables is left to the full reading in files.docx_text,
which says the same of a plain body and takes four times as long.
"""

from typing import Any

from hs_credit_desktop.files.docx_numbers import W

CELL_BREAK = "\v"
SAME_CELL = "〃"
MOST_COLUMNS = 63
WRAPPERS = frozenset(
    W + tag for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)
SIGNS = {W + "br": "\n", W + "cr": "\n", W + "tab": " ", W + "noBreakHyphen": "-"}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _T, _TBL, _TR, _TC = (W + tag for tag in ("p", "t", "tbl", "tr", "tc"))
_SPAN, _MERGED, _RULER = W + "gridSpan", W + "vMerge", W + "tabs"
_READ = (_P, _T, _TBL, _TR, _TC, _SPAN, _MERGED, *SIGNS)
_MORE = (*(W + tag for tag in ("del", "moveFrom", "instrText", "txbxContent", "numPr")), FALLBACK)


def plain_lines(body: Any) -> list[str] | None:
    """A line a paragraph, a table row a line with tabs between cells; None: it is not plain."""
    if next(body.iter(*_MORE), None) is not None:
        return None
    reader = _Reader(body)
    if not all(reader.take(element.tag, element) for element in body.iter(*_READ)):
        return None
    reader.end_row()
    return ["".join(words) for words in reader.lines]


def row_line(cells: list[tuple[str, str]]) -> str:
    """The cells of a row as (words, columns they span); over several columns empty ones follow."""
    line: list[str] = []
    for words, width in cells:
        line.append(words.replace("\n", CELL_BREAK).replace("\t", " "))
        line += [""] * (min(int(width), MOST_COLUMNS) - 1 if width.isdecimal() else 0)
    return "\t".join(line)


class _Reader:
    """Takes the elements of a body in their order; a False ends it: the body is not plain."""

    def __init__(self, body: Any) -> None:
        self.lines: list[list[str]] = []
        self._body, self._table, self._row, self._cell = body, None, None, None
        self._words: list[str] = []  # of the paragraph under way
        self._paragraphs: list[list[str]] = []  # of the cell under way
        self._cells: list[tuple[list[list[str]], dict[str, str]]] = []  # of the row under way
        self._marks: dict[str, str] = {}  # gridSpan and vMerge of the cell under way

    def take(self, tag: str, element: Any) -> bool:
        """The next element; whether the body is plain so far."""
        if tag == _T:
            self._words.append(element.text or "")
        elif tag == _P:
            return self._paragraph(_home(element))
        elif tag in SIGNS:
            if element.getparent().tag != _RULER:  # the stops of a paragraph's ruler are no signs
                self._words.append(SIGNS[tag])
        elif tag in (_SPAN, _MERGED):
            self._marks[tag] = element.get(W + "val", "1" if tag == _SPAN else "continue")
            return element.getparent().getparent() is self._cell
        else:
            return self._place(tag, element, _home(element))
        return True

    def _paragraph(self, home: Any) -> bool:
        self._words = []
        if home is self._body:
            self.end_row()
            self.lines.append(self._words)
        else:
            self._paragraphs.append(self._words)
        return home is self._body or home is self._cell

    def _place(self, tag: str, element: Any, home: Any) -> bool:
        """A table, row or cell begins: each stands in the one before, tables in the body."""
        if tag == _TC:
            self._cell, self._paragraphs, self._marks = element, [], {}
            self._cells.append((self._paragraphs, self._marks))
            return home is self._row
        self.end_row()
        if tag == _TR:
            self._row = element
            return home is self._table
        self._table = element
        return home is self._body

    def end_row(self) -> None:
        """Make a line of the row under way, if there is one."""
        if self._row is None:
            return
        self.lines.append([row_line([_read_cell(*cell) for cell in self._cells])])
        self._row, self._cell, self._cells = None, None, []


def _read_cell(paragraphs: list[list[str]], marks: dict[str, str]) -> tuple[str, str]:
    """The words of a cell and how many columns it spans."""
    if marks.get(_MERGED) == "continue":
        return SAME_CELL, marks.get(_SPAN, "1")
    lines = ("".join(words) for words in paragraphs)
    return CELL_BREAK.join(line for line in lines if line.strip()), marks.get(_SPAN, "1")


def _home(element: Any) -> Any:
    """What an element stands in, content controls and tracked insertions left out."""
    home = element.getparent()
    while home.tag in WRAPPERS:
        home = home.getparent()
    return home
