"""Tables of tasks, told as the sentences of other notices, so that one grammar reads both."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hs_credit_desktop.domain.text import chinese_number

CELL_BREAK = "\v"
_SAME = re.compile("[〃″]|同上")
_NONE = re.compile(r"[—–\-/／\s\v]*|无")
_HEADING_MARK = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:、|部分|章)|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_ITEM_MARK = re.compile(rf"{_HEADING_MARK.pattern}|\d{{1,2}}[.．、]|[（(]\d{{1,2}}[）)]")
_ENDED = re.compile("[。！？；]$")
_LONGEST_NUMBER = 99


class Column(StrEnum):
    """What a column holds, and the label its words get in a sentence."""

    PILLAR = "领域"
    ORDER = "序号"
    DEADLINE = "完成时限"
    LEAD = "牵头单位"
    CO = "配合单位"
    UNITS = "责任单位"
    TASK = "任务"
    OTHER = "其他"


_HEADS = (
    (Column.ORDER, re.compile("序号|编号|^号$")),
    (Column.DEADLINE, re.compile("时限|时间|期限|进度|节点")),
    (Column.LEAD, re.compile("牵头|主办")),
    (Column.CO, re.compile("配合|参[加与]|协[办同助]")),
    (Column.UNITS, re.compile("(?:责任|落实|承办|实施)(?:单位|部门|主体)")),
    (Column.PILLAR, re.compile("领域|类别|大类|板块|方面|项目类")),
    (Column.TASK, re.compile("任务|措施|事项|内容|举措|要求|项目")),
)
_LISTS = (Column.LEAD, Column.UNITS, Column.CO, Column.DEADLINE)


@dataclass(frozen=True)
class Cell:
    """One cell of a row: its words (paragraphs parted by CELL_BREAK) and offset in the paper."""

    text: str
    offset: int

    @property
    def same(self) -> bool:
        """Whether it repeats the cell above (merged cells)."""
        return _SAME.fullmatch(self.text) is not None

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return _NONE.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Words:
    """Words for the flow: printed ones begin at `offset`, added ones all stand there.

    start: a line begins with them.
    """

    text: str
    offset: int
    printed: bool = True
    start: bool = False


Row = Sequence[Cell]


def cells_of(line: str, offset: int) -> list[Cell]:
    """The cells of a row: a line with tabs between them that begins at `offset` of the paper."""
    cells = []
    for text in line.split("\t"):
        lead = len(text) - len(text.lstrip(" \u3000\xa0"))
        cells.append(Cell(text.strip(" \u3000\xa0"), offset + lead))
        offset += len(text) + 1
    return cells


def head_of(row: Row) -> list[Column] | None:
    """The columns a head row names; None when it names no task and no units."""
    columns = [_column(re.sub(r"\s", "", cell.text)) for cell in row]
    named = set(columns)
    return columns if Column.TASK in named and named & {Column.LEAD, Column.UNITS} else None


def _column(words: str) -> Column:
    short = len(words) <= 12
    return next((kind for kind, head in _HEADS if short and head.search(words)), Column.OTHER)


def _second_head(columns: list[Column], row: Row) -> list[Column] | None:
    """责任单位 over 牵头单位 and 配合单位: a second head row refines the first."""
    below = [_column(re.sub(r"\s", "", cell.text)) for cell in row]
    refined = {Column.LEAD, Column.CO} & set(below)
    blank = [cell.empty or cell.same for cell in row]
    plain = [kind in (Column.LEAD, Column.CO, Column.UNITS) for kind in below]
    if not refined or not all(map(max, blank, plain)) or len(row) != len(columns):
        return None
    return [new if said else old for old, new, said in zip(columns, below, plain, strict=True)]


class Table:
    """Tells one table row by row, keeping what merged cells carry on.

    others: after telling, the cells of columns that are not taken (备注, 责任人).
    """

    def __init__(self, columns: list[Column], above: Sequence[Row], rows: Sequence[Row]) -> None:
        self.columns = columns
        self.above = above
        self.rows = rows
        self.before: dict[int, Cell] = {}
        self.pillars = 0
        self.measures = 0
        self.others: list[Cell] = []

    @classmethod
    def of(cls, rows: Sequence[Row], columns: list[Column] | None) -> "Table | None":
        """The table these rows make; without a head row it goes on from `columns`, those of the
        table before. None when neither tells what the columns hold."""
        at = next((index for index, row in enumerate(rows) if head_of(row)), None)
        if at is None:
            return cls(columns, (), rows) if columns else None
        named = head_of(rows[at]) or []
        body = at + 1
        if body < len(rows) and (second := _second_head(named, rows[body])):
            named, body = second, body + 1
        return cls(named, rows[:at], rows[body:])

    def sentences(self) -> Iterator[Words]:
        """All words of the table."""
        for row in self.above:
            yield from (Words(cell.text, cell.offset, start=True) for cell in row if cell.text)
        for row in self.rows:
            if head_of(row) is None:
                yield from self.row(row)

    def row(self, row: Row) -> Iterator[Words]:
        """One row: a heading over all columns, or a measure with what stands beside it."""
        said = [cell for cell in row if not cell.empty and not cell.same]
        if len(said) == 1 and len(self.columns) > 2 and said[0] is row[0]:
            yield from self.heading(said[0])
            return
        for index in self.of_kind(Column.PILLAR, row):
            if not row[index].empty and not row[index].same:
                yield from self.heading(row[index])
        yield from self.measure(row)
        self.others += [row[at] for at in self.of_kind(Column.OTHER, row) if not row[at].empty]
        self.before = {index: self.cell(index, row) for index in range(len(row))}

    def of_kind(self, kind: Column, row: Row) -> list[int]:
        """Where the columns of a kind stand in this row."""
        return [at for at, column in enumerate(self.columns) if column is kind and at < len(row)]

    def cell(self, index: int, row: Row) -> Cell:
        """A cell, or the one above that it repeats."""
        return self.before.get(index, row[index]) if row[index].same else row[index]

    def heading(self, cell: Cell) -> Iterator[Words]:
        """A pillar, numbered when it is printed without a number."""
        self.pillars += 1
        if _HEADING_MARK.match(cell.text):
            yield Words(cell.text, cell.offset, start=True)
        else:
            mark = f"{chinese_number(min(self.pillars, _LONGEST_NUMBER))}、"
            yield Words(mark, cell.offset, printed=False, start=True)
            yield Words(cell.text, cell.offset)

    def measure(self, row: Row) -> Iterator[Words]:
        """Number, title, body, unit list; a row without a task of its own adds to the one above."""
        tasks = [row[at] for at in self.of_kind(Column.TASK, row)]
        fresh = [cell for cell in tasks if not cell.empty and not cell.same]
        if fresh:
            yield from self.number(fresh[0], row)
            for cell in fresh:
                yield Words(cell.text, cell.offset)
                if not _ENDED.search(cell.text):
                    yield Words("。", cell.offset + len(cell.text) - 1, printed=False)
        yield from self.lists(row)

    def number(self, task: Cell, row: Row) -> Iterator[Words]:
        """The number of a measure: its own mark, else that of the number column, else the next."""
        order = next((row[at].text for at in self.of_kind(Column.ORDER, row)), "")
        self.measures = int(order) if re.fullmatch(r"[1-9]\d?", order) else self.measures + 1
        if _ITEM_MARK.match(task.text):
            yield Words("", task.offset, printed=False, start=True)
        else:
            yield Words(f"{self.measures}.", task.offset, printed=False, start=True)

    def lists(self, row: Row) -> Iterator[Words]:
        """Unit lists and time limit, each behind its label in one pair of brackets."""
        cells = [(kind, self.cell(at, row)) for kind in _LISTS for at in self.of_kind(kind, row)]
        cells = [(kind, cell) for kind, cell in cells if not cell.empty and not cell.same]
        for index, (kind, cell) in enumerate(cells):
            opened = "〔" if index == 0 else "；"
            yield Words(f"{opened}{kind.value}：", cell.offset, printed=False)
            yield Words(re.sub(rf"(?<![，、；,;]){CELL_BREAK}", "、", cell.text), cell.offset)
        if cells:
            last = cells[-1][1]
            yield Words("〕", last.offset + len(last.text) - 1, printed=False)
