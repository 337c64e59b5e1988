"""From a workbook to a reading: every visible sheet with answers, all places of the identity."""

from collections.abc import Iterator, Sequence

from hs_credit_desktop.domain.reading import FileKind, Finding, FindingKind, Reading, ReadRow
from hs_credit_desktop.domain.revision import Mode, combined
from hs_credit_desktop.domain.similarity import core
from hs_credit_desktop.files.assembly import assemble, code_hints
from hs_credit_desktop.files.sheet import Book, Sheet, column_letters
from hs_credit_desktop.files.table import AROUND, Line, Table, find_head, paragraphs_of, read_table


def book_tables(book: Book) -> Reading:
    """The answers of all visible sheets; hidden ones only say who the form belongs to."""
    tables: list[Table] = []
    visible: list[Line] = []
    for sheet in book.sheets:
        if sheet.hidden or _is_example(sheet):
            continue
        lines = _lines(sheet)
        visible += lines
        table = read_table(lines, f"工作表“{sheet.name}”")
        if table is not None:
            _odd_cells(sheet, lines, table)
            tables.append(table)
    whole = _one(tables)
    # With a table only the lines around it are looked at: who the unit is.
    lines = [*visible[:AROUND], *visible[-AROUND:]] if whole else visible
    paragraphs = tuple(paragraphs_of(lines))
    return assemble(FileKind.WORKBOOK, whole, paragraphs, code_hints(_identity_places(book)))


def _is_example(sheet: Sheet) -> bool:
    """The sheet of instructions holds a filled-in row that is nobody's answer."""
    return "填写示例" in sheet.cells.values()


def _lines(sheet: Sheet) -> list[Line]:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in sheet.cells.items():
        if text.strip():
            rows.setdefault(row, {})[column] = text
    return [
        Line(row, f"工作表“{sheet.name}”第 {row} 行", dict(sorted(cells.items())))
        for row, cells in sorted(rows.items())
    ]


def _identity_places(book: Book) -> Iterator[tuple[str, str]]:
    for sheet in book.sheets:
        name = "隐藏的工作表" if sheet.hidden else f"工作表“{sheet.name}”"
        for text in sheet.cells.values():
            if "-" in text or "－" in text:
                yield name, text
        yield "页眉页脚", sheet.header
    yield "文件属性", book.properties
    yield "定义名称", book.names


def _odd_cells(sheet: Sheet, lines: Sequence[Line], table: Table) -> None:
    """What may have changed an answer without showing: hidden rows, formulas, merged cells."""
    head = find_head(lines)
    top = lines[head].number if head is not None else 0
    answered = {row.where: row for row in table.rows}
    numbers = {line.number: line.where for line in lines if line.where in answered}
    for row in sorted(sheet.hidden_rows & set(numbers)):
        table.note(FindingKind.HIDDEN_ROW, numbers[row], "这一行被隐藏，内容已照常读取。")
    for kind, cells, words in (
        (FindingKind.FORMULA, sheet.formulas, "是公式，按表里显示的结果读取。"),
        (FindingKind.FORMULA_EMPTY, sheet.unsolved, "是没有结果的公式，读不出内容，请对照原件。"),
    ):
        for row, column in sorted(place for place in cells if place[0] > top)[:20]:
            table.note(kind, f"工作表“{sheet.name}”", f"{column_letters(column)}{row} {words}")
    for merge in sheet.merges:
        covered = [row for row in numbers if merge.top <= row <= merge.bottom]
        if merge.top > top and len(covered) > 1:
            place = f"{column_letters(merge.left)}{merge.top}"
            table.note(
                FindingKind.MERGED_CELLS,
                f"工作表“{sheet.name}”",
                f"{place} 合并了 {len(covered)} 条措施的单元格，内容只计入第一条，请核对。",
            )


def _one(tables: list[Table]) -> Table | None:
    """Several sheets as one table: departments may have answered on sheets of their own."""
    if not tables:
        return None
    whole = tables[0]
    for other in tables[1:]:
        if not any(not row.parts.blank for row in other.rows):
            continue
        if not any(not row.parts.blank for row in whole.rows):
            whole, other = other, whole
        _merge_into(whole, other)
    return whole


def _merge_into(whole: Table, other: Table) -> None:
    known = {_key(row): at for at, row in enumerate(whole.rows)}
    clashes = 0
    for row in other.rows:
        at = known.get(_key(row))
        if at is None:
            whole.rows.append(row)
        elif not row.parts.blank:
            above = whole.rows[at]
            clashes += not above.parts.blank and above.parts != row.parts
            whole.rows[at] = ReadRow(
                above.where, above.number, above.title, combined(above.parts, row.parts, Mode.MERGE)
            )
    for key, value in other.footer.items():
        whole.footer.setdefault(key, value)
    whole.findings += other.findings
    whole.findings.append(
        Finding(FindingKind.SEVERAL_SHEETS, "文件", "有多张工作表填了内容，已合并读取。")
    )
    if clashes:
        words = f"两张工作表有 {clashes} 条措施都填了不同的内容，已上下合并，请核对。"
        whole.findings.append(Finding(FindingKind.DUPLICATE_ROW, "文件", words))


def _key(row: ReadRow) -> tuple[int | None, str]:
    """A row's measure; without a number its title decides."""
    return (row.number, "") if row.number is not None else (None, core(row.title))
