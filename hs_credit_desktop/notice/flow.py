"""A paper as one run of words, whatever its line and page breaks, with the way back to the paper."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from hs_credit_desktop.domain.notice import Place
from hs_credit_desktop.domain.text import narrow

ROW = "\x1e"
CELL_BREAK = "\v"
_LINE = re.compile(r"[^\n\r\f\x85\u2028\u2029]*")
_DROPPED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z0-9]")
_PAGE_NUMBER = re.compile(
    r"[—–－―\-]+\s*\d{1,3}\s*[—–－―\-]+|第\s*\d+\s*页(?:[\s，,/]*共\s*\d+\s*页)?"
)
_SENTENCE_END = "。；;：:！？!?〕］]】》"


@dataclass(frozen=True)
class Cell:
    """One cell of a table row: its words (paragraphs parted by CELL_BREAK) and offset in the paper."""

    text: str
    offset: int


@dataclass(frozen=True)
class Row:
    """One row of a table; `at` is where its mark ROW stands in the flow."""

    at: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Flow:
    """The words of a paper without line breaks or printed spacing.

    text: the words; starts: where a line of the paper begins; gaps: those of them after an empty
    line or a new page; rows: table rows, each one character ROW in text; left_out: page numbers as
    (line, words).
    """

    paper: str
    text: str
    starts: frozenset[int]
    gaps: frozenset[int]
    rows: tuple[Row, ...]
    left_out: tuple[tuple[int, str], ...]
    offsets: Sequence[int]
    line_offsets: Sequence[int]

    def offset(self, at: int) -> int:
        """The offset in the paper of the character at `at`; the paper's end after the last."""
        return self.offsets[at] if at < len(self.offsets) else len(self.paper)

    def line(self, at: int) -> int:
        """The line of the paper, from 1, of the character at `at`."""
        return self.line_at(self.offset(at))

    def line_at(self, offset: int) -> int:
        """The line of the paper, from 1, of a character offset of the paper."""
        return bisect_right(self.line_offsets, offset)

    def place(self, start: int, end: int) -> Place:
        """Where the words from start to before end stand in the paper; end is after start."""
        return self.place_at(self.offset(start), self.offset(end - 1) + 1)

    def place_at(self, start: int, end: int) -> Place:
        """The place of a stretch of the paper given by its offsets."""
        digest = sha256(self.paper[start:end].encode("utf-8", "surrogatepass")).hexdigest()
        return Place(self.line_at(start), start, end, digest)

    def begins(self, at: int) -> bool:
        """Whether a line of the paper begins here, or the words end."""
        return at in self.starts or at >= len(self.text)

    def doubled(self, start: int, end: int) -> list[int]:
        """Where a page begins, inside start–end, with the character the page before ended with."""
        return [
            at
            for at in self.lines_between(start, end)
            if at in self.gaps
            and self.text[at] == self.text[at - 1]
            and _CHINESE.match(self.text[at])
        ]

    def lines_between(self, start: int, end: int) -> list[int]:
        """Where lines begin strictly between start and end, in order."""
        return [at for at in range(start + 1, end) if at in self.starts]


class _Builder:
    """Gathers a Flow line by line."""

    def __init__(self, paper: str) -> None:
        self.paper = paper
        self.words: list[str] = []
        self.offsets: list[int] = []
        self.starts: set[int] = set()
        self.gaps: set[int] = set()
        self.rows: list[Row] = []
        self.left_out: list[tuple[int, str]] = []
        self.blank = True
        self.space = False

    def put(self, char: str, offset: int) -> None:
        """Adds one character; printed spacing survives only between two Latin words."""
        between = self.words and _WORD.match(self.words[-1]) and _WORD.match(char)
        if self.space and between:
            self.words.append(" ")
            self.offsets.append(offset - 1)
        self.words.append(char)
        self.offsets.append(offset)
        self.space = False

    def line(self, line: str, offset: int, number: int) -> None:
        """Takes in one line of the paper."""
        stripped = line.strip()
        if not stripped:
            self.blank = True
        elif _PAGE_NUMBER.fullmatch(stripped):
            self.left_out.append((number, stripped))
            self.blank = True
        elif "\t" in stripped:
            self.row(line, offset)
        else:
            self.prose(line, offset)

    def row(self, line: str, offset: int) -> None:
        """A line with tabs inside is a table row."""
        self.starts.add(len(self.words))
        cells = []
        for cell in line.split("\t"):
            cells.append(Cell(cell.strip(" \u3000\xa0"), offset))
            offset += len(cell) + 1
        self.rows.append(Row(len(self.words), tuple(cells)))
        self.put(ROW, offset - len(line) - 1)
        self.blank = True

    def prose(self, line: str, offset: int) -> None:
        """A line of running text."""
        start = len(self.words)
        for index, char in enumerate(narrow(line)):
            if char.isspace():
                self.space = True
            elif not _DROPPED.match(char):
                self.put(char, offset + index)
        self.starts.add(start)
        if self.blank:
            self.gaps.add(start)
        self.blank = False

    def flow(self, line_offsets: list[int]) -> Flow:
        """The finished flow."""
        return Flow(
            self.paper,
            "".join(self.words),
            frozenset(self.starts),
            frozenset(self.gaps),
            tuple(self.rows),
            tuple(self.left_out),
            self.offsets,
            line_offsets,
        )


def flow_of(paper: str) -> Flow:
    """Reads the words of a paper. Offsets and lines are those of `paper` as given."""
    builder = _Builder(paper)
    line_offsets: list[int] = []
    at = 0
    while at <= len(paper):
        found = _LINE.match(paper, at)
        assert found is not None
        line_offsets.append(at)
        builder.line(found.group(), at, len(line_offsets))
        at = found.end() + (2 if paper.startswith("\r\n", found.end()) else 1)
    return builder.flow(line_offsets)


def ends_sentence(flow: Flow, at: int) -> bool:
    """Whether the words before `at` end a sentence, a list or a table row, or there are none."""
    return at == 0 or flow.text[at - 1] in _SENTENCE_END + ROW
