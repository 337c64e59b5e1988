"""A paper as one run of words, whatever its line and page breaks, and the way back to it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from hs_credit_desktop.domain.notice import Place
from hs_credit_desktop.domain.text import narrow
from hs_credit_desktop.notice.brackets import Brackets
from hs_credit_desktop.notice.tables import CELL_BREAK, Cell, Column, Table, Words, cells_of

_LINE = re.compile(r"[^\n\r\f\x85\u2028\u2029]*")
_DROPPED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z0-9]")
_PAGE_NUMBER = re.compile(
    r"[—–－―\-]+\s*\d{1,3}\s*[—–－―\-]+|第\s*\d+\s*页(?:[\s，,/]*共\s*\d+\s*页)?"
)
_ROW_HEADING = 30
_SENTENCE_END = "。；;：:！？!?〕］]】》"


@dataclass(frozen=True)
class Flow:
    """The words of a paper without line breaks or printed spacing.

    text: the words; starts: where a line of the paper begins; gaps: those of them after an empty
    line or a new page; headings: where marks stand that a table had no need to print; left_out:
    page numbers, and unread: tables that were not understood, both as (line, words). A table of
    tasks stands in text as sentences, each letter with its own offset.
    """

    paper: str
    text: str
    starts: frozenset[int]
    gaps: frozenset[int]
    headings: frozenset[int]
    left_out: tuple[tuple[int, str], ...]
    unread: tuple[tuple[int, str], ...]
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
        first, last = min(self.offsets[start:end]), max(self.offsets[start:end]) + 1
        digest = sha256(self.paper[first:last].encode("utf-8", "surrogatepass")).hexdigest()
        return Place(self.line_at(first), first, last, digest)

    @cached_property
    def brackets(self) -> Brackets:
        """The brackets of the words."""
        return Brackets(self.text)

    @cached_property
    def ordered(self) -> list[int]:
        """Where lines begin, in order."""
        return sorted(self.starts)

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
            and not self.text.startswith("市场", at)
        ]

    def lines_between(self, start: int, end: int) -> list[int]:
        """Where lines begin strictly between start and end, in order."""
        first, last = bisect_right(self.ordered, start), bisect_left(self.ordered, end)
        return self.ordered[first:last]


class _Builder:
    """Gathers a Flow line by line."""

    def __init__(self, paper: str) -> None:
        self.paper = paper
        self.words: list[str] = []
        self.offsets: list[int] = []
        self.starts: set[int] = set()
        self.gaps: set[int] = set()
        self.headings: set[int] = set()
        self.columns: list[Column] | None = None
        self.rows: list[tuple[int, list[Cell]]] = []
        self.left_out: list[tuple[int, str]] = []
        self.unread: list[tuple[int, str]] = []
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
        between = self.rows and 0 < len(stripped) <= _ROW_HEADING and "。" not in stripped
        if "\t" in stripped or between:
            self.rows.append((number, cells_of(line, offset)))
            return
        if stripped:
            self.table()
        if not stripped:
            self.blank = True
        elif _PAGE_NUMBER.fullmatch(stripped):
            self.left_out.append((number, stripped))
            self.blank = True
        else:
            self.prose(line, offset)

    def table(self) -> None:
        """Puts the table gathered so far; short lines below its last row are no headings in it."""
        rows, self.rows = self.rows, []
        below: list[Cell] = []
        while rows and len(rows[-1][1]) == 1:
            below += rows.pop()[1]
        if rows:
            self.told(rows)
        for cell in reversed(below):
            self.prose(cell.text, cell.offset)

    def told(self, rows: list[tuple[int, list[Cell]]]) -> None:
        """Puts the rows of a table as sentences; asks when they cannot be told."""
        table = Table.of([cells for _, cells in rows], self.columns)
        if table is None:
            number, cells = rows[0]
            self.unread.append((number, " ".join(cell.text for cell in cells)))
            return
        self.columns = table.columns
        for words in table.sentences():
            self.tell(words)
        lines = {cell.offset: number for number, cells in rows for cell in cells}
        self.left_out += [(lines[cell.offset], cell.text) for cell in table.others]
        self.blank = True

    def tell(self, words: Words) -> None:
        """Words of a table: printed letters keep their offsets, added ones share one."""
        if words.start:
            self.starts.add(len(self.words))
            self.gaps.add(len(self.words))
            if not words.printed:
                self.headings.add(len(self.words))
        for index, char in enumerate(narrow(words.text)):
            at = words.offset + (index if words.printed else 0)
            if char == CELL_BREAK:
                self.starts.add(len(self.words))
            elif char.isspace():
                self.space = True
            elif not _DROPPED.match(char):
                self.put(char, at)

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
        self.table()
        return Flow(
            self.paper,
            "".join(self.words),
            frozenset(self.starts),
            frozenset(self.gaps),
            frozenset(self.headings),
            tuple(self.left_out),
            tuple(self.unread),
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
    """Whether the words before `at` end a sentence or a list, or there are none."""
    return at == 0 or flow.text[at - 1] in _SENTENCE_END
