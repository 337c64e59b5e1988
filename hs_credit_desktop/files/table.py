"""From a grid of cells to answers: finds the head by its words, whatever was moved or renamed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hs_credit_desktop.domain.form import ANSWERS, HEADINGS
from hs_credit_desktop.domain.headings import (
    completion_of,
    footer_of,
    heading_key,
    measure_words,
    number_of,
)
from hs_credit_desktop.domain.reading import Finding, FindingKind, ReadRow
from hs_credit_desktop.domain.returns import TEXTS, FeedbackParts
from hs_credit_desktop.domain.revision import Mode, combined
from hs_credit_desktop.domain.text import clean, excerpt

_LEAST_HEADS = 3
AROUND = 6  # lines before and after a table that may name the unit


@dataclass(frozen=True)
class Line:
    """One row of a grid: its number, how to name it to the clerk, and column → text."""

    number: int
    where: str
    cells: dict[int, str]


@dataclass
class Table:
    """Answers found in one grid, with what stands under it and what was odd."""

    rows: list[ReadRow] = field(default_factory=list)
    footer: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def note(self, kind: FindingKind, where: str, text: str) -> None:
        """Keep a finding."""
        self.findings.append(Finding(kind, where, text))


def find_head(lines: Sequence[Line]) -> int | None:
    """Index of the row that heads the answers: a measure or number, and the progress or results."""
    for at, line in enumerate(lines):
        keys = {heading_key(text) for text in line.cells.values()} - {None}
        if len(keys) >= _LEAST_HEADS and keys & {"measure", "number"} and keys & set(TEXTS):
            return at
    return None


def read_table(lines: Sequence[Line], place: str) -> Table | None:
    """The answers of a grid, or None when it has no head. place: name of the sheet or table."""
    at = find_head(lines)
    if at is None:
        return None
    table = Table()
    columns = _columns(lines[at], lines[at + 1 :], place, table)
    for line in lines[at + 1 :]:
        if not _footer(line, table):
            _answer(line, columns, table)
    numbers = [row.number for row in table.rows if row.number is not None]
    if numbers != sorted(numbers):
        table.note(
            FindingKind.ROWS_MOVED, place, "表格的行重新排过序，已按措施序号还原，无须处理。"
        )
    return table


def _columns(head: Line, body: Sequence[Line], place: str, table: Table) -> dict[str, int]:
    """Key → column. A renamed column is taken when it is the only one that can be meant."""
    columns: dict[str, int] = {}
    others: list[int] = []
    for column, text in sorted(head.cells.items()):
        key = heading_key(text)
        if key is None or key in columns:
            others.append(column)
        else:
            columns[key] = column
    used = {column for line in body for column, text in line.cells.items() if text.strip()}
    others = [column for column in others if column in used]
    absent = [key for key in TEXTS if key not in columns]
    if len(absent) == 1 and len(others) == 1:
        columns[absent[0]] = others[0]
        _guessed(head, absent[0], others.pop(), place, table)
    known = [columns[key] for key in HEADINGS if key in columns]
    if known != sorted(known):
        table.note(FindingKind.COLUMN_MOVED, place, "列的顺序改动过，已按列名读取，无须处理。")
    _extra(head, others, place, table)
    return columns


def _guessed(head: Line, key: str, column: int, place: str, table: Table) -> None:
    said = head.cells[column].strip()
    table.note(
        FindingKind.COLUMN_GUESSED,
        place,
        f"“{said}”列当作“{HEADINGS[key]}”读取，请核对后再登记。",
    )


def _extra(head: Line, columns: Sequence[int], place: str, table: Table) -> None:
    for column in columns:
        name = excerpt(head.cells[column], 12)
        table.note(
            FindingKind.EXTRA_COLUMN,
            place,
            f"多出“{name}”列，内容已随原件保存，不计入反馈。",
        )


def _footer(line: Line, table: Table) -> bool:
    """Takes 填报人 and the like; True when the row held any."""
    found = False
    cells = [text for _, text in sorted(line.cells.items()) if text.strip()]
    for at, text in enumerate(cells):
        label = footer_of(text)
        if label is None:
            continue
        key, said = label
        found = True
        following = cells[at + 1] if at + 1 < len(cells) else ""
        value = said or ("" if footer_of(following) else following.strip())
        if value:
            table.footer.setdefault(key, value)
    return found


def _answer(line: Line, columns: dict[str, int], table: Table) -> None:
    said = {key: line.cells.get(column, "") for key, column in columns.items()}
    parts = parts_of(said, line.where, table)
    words = measure_words(said.get("measure", ""))
    number = number_of(said.get("number", ""))
    number = words.number if number is None else number
    if number is None and not words.title:
        _continue(line, parts, table)
    elif number is not None or not parts.blank:
        table.rows.append(ReadRow(line.where, number, words.title, parts))


def _continue(line: Line, parts: FeedbackParts, table: Table) -> None:
    """A row that names no measure goes on with the one above it."""
    if parts.blank:
        return
    if not table.rows:
        table.rows.append(ReadRow(line.where, None, "", parts))
        return
    above = table.rows[-1]
    table.rows[-1] = ReadRow(
        above.where, above.number, above.title, combined(above.parts, parts, Mode.MERGE)
    )
    table.note(
        FindingKind.FOREIGN_ROW, line.where, f"这一行没有写措施，已并入{above.where}，请核对。"
    )


def parts_of(said: dict[str, str], where: str, table: Table) -> FeedbackParts:
    """The answer in a row's words. 主要数据 has no place of its own: it closes 主要成效."""
    texts = {key: clean(said.get(key, "")) for key in ANSWERS}
    figures = texts["figures"]
    if figures and not any(figures in texts[key] for key in TEXTS):
        texts["results"] = "\n".join(filter(None, (texts["results"], f"主要数据：{figures}")))
    completion = completion_of(texts["completion"]) if texts["completion"] else None
    if texts["completion"] and completion is None:
        table.note(
            FindingKind.COMPLETION_UNKNOWN,
            where,
            f"完成情况写的是“{excerpt(texts['completion'], 20)}”，不在五个选项之内，请核对后选择。",
        )
    progress, results, problems, next_steps = (texts[key] for key in TEXTS)
    return FeedbackParts(progress, results, problems, next_steps, completion)


def read_labels(lines: Sequence[Line], place: str) -> Table | None:
    """Answers in blocks, label beside text under a line with the measure, as in the Word form."""
    table = Table()
    block: dict[str, str] = {}
    head = Line(0, place, {})
    found = False
    for line in lines:
        cells = [text.strip() for _, text in sorted(line.cells.items()) if text.strip()]
        key = heading_key(cells[0]) if cells else None
        if key in ANSWERS and len(line.cells) > 1:
            found = True
            block[key] = "\n".join(cells[1:])
        elif not _footer(line, table) and cells and measure_words(cells[0]).number is not None:
            _close(head, block, table)
            head, block = line, {"measure": cells[0]}
    _close(head, block, table)
    return table if found else None


def _close(head: Line, block: dict[str, str], table: Table) -> None:
    """Ends a block; one without any label was a mere paragraph."""
    if not set(block) & set(ANSWERS):
        return
    words = measure_words(block.get("measure", ""))
    table.rows.append(
        ReadRow(head.where, words.number, words.title, parts_of(block, head.where, table))
    )


def paragraphs_of(lines: Sequence[Line]) -> Iterator[str]:
    """All texts of a grid that is no table of answers, in reading order."""
    for line in lines:
        for _, text in sorted(line.cells.items()):
            if said := clean(text):
                yield said
