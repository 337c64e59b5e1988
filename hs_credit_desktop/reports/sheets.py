"""What the sheets of the ledger workbook hold: the same rows as the lists in the window."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.composing import CHAPTERS, NEXT_STEPS, OVERVIEW, PROBLEMS, split
from hs_credit_desktop.domain.notice import Measure, Role
from hs_credit_desktop.domain.returns import Completion, Entry, ReturnState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.domain.summary import RoundFacts, UnitEntry, chinese_date, overview
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.reports.execution import PRACTICE_NOTICE, punctuality
from hs_credit_desktop.reports.stamped import pillar_counts

MOST_IN_ROW = 700  # characters; Excel shows no row higher than 409 points
Value = str | int | float | date | None


@dataclass(frozen=True)
class SheetColumn:
    """A column; width in characters of Excel: a digit is 1, a Chinese character 2."""

    title: str
    width: float
    centred: bool = False


@dataclass(frozen=True)
class Chart:
    """Stacked bars below a sheet: a bar for each of the first `bars` rows, labelled by column 1.

    first, last: the columns (from 0) whose numbers are stacked.
    """

    title: str
    bars: int
    first: int
    last: int


@dataclass(frozen=True)
class Sheet:
    """A sheet with a title row, a head row and rows; the first `frozen` columns stay in sight.

    about: a line of text between title and head, "" for none. foot: lines of text below the rows;
    chart: below the foot. one_page: made smaller rather than printed on two.
    """

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[tuple[Value, ...]]
    frozen: int = 2
    foot: tuple[str, ...] = ()
    chart: Chart | None = None
    one_page: bool = False
    about: str = ""

    @property
    def head_row(self) -> int:
        """The number of the row with the names of the columns."""
        return 3 if self.about else 2


_ENTRY_COLUMNS = {
    "measure": SheetColumn("措施", 17),
    "unit": SheetColumn("责任单位", 14),
    "role": SheetColumn("分工", 8, centred=True),
    "completion": SheetColumn("完成情况", 9, centred=True),
    "progress": SheetColumn("进展情况", 42),
    "results": SheetColumn("主要成效", 27),
    "problems": SheetColumn("存在问题", 22),
    "next_steps": SheetColumn("下一步打算", 22),
    "state": SheetColumn("审核", 9, centred=True),
    "received": SheetColumn("收到日期", 12, centred=True),
}
_STATUS_COLUMNS = (
    SheetColumn("序号", 6, centred=True),
    SheetColumn("单位", 34),
    SheetColumn("应反馈", 9, centred=True),
    SheetColumn("已反馈", 9, centred=True),
    SheetColumn("收到日期", 13, centred=True),
    SheetColumn("报送", 12, centred=True),
    SheetColumn("审核", 12, centred=True),
    SheetColumn("催报次数", 10, centred=True),
    SheetColumn("延期至", 13, centred=True),
    SheetColumn("免报原因", 30),
)
_GIVEN_WITHOUT_LEVEL, _NOT_GIVEN = "报", "未报"
_ONE_PAGE = 60  # rows of the matrix that stay readable on one page
_LEGEND = "未=未启动　推=推进中　基=基本完成　已=已完成　长=长期坚持　报=未填完成情况　空白=不承担"


def ledger_sheets(facts: RoundFacts) -> tuple[Sheet, ...]:
    """按措施, 按单位, 报送情况, 矩阵, 统计: the ledger of a round; 汇总稿 once there is one."""
    return (
        _entry_sheet(facts, "按措施", ("measure", "unit"), facts.entries),
        _entry_sheet(facts, "按单位", ("unit", "measure"), _by_unit(facts)),
        Sheet("报送情况", _title(facts, "报送情况"), _STATUS_COLUMNS, _status_rows(facts)),
        _matrix(facts),
        _statistics(facts),
        *_composed(facts),
    )


def _composed(facts: RoundFacts) -> tuple[Sheet, ...]:
    """汇总稿: a row a paragraph; one too long for the height of a row is cut between sentences."""
    if not facts.composed:
        return ()
    titles = {item.measure.id: _measure_title(item.measure) for item in facts.measures}
    order = (OVERVIEW, *titles, PROBLEMS, NEXT_STEPS)
    rows = [
        ((CHAPTERS | titles)[node], piece)
        for node in order
        for line in facts.composed.get(node, "").splitlines()
        for piece in _fitting(line)
    ]
    columns = (
        SheetColumn("序号", 6, centred=True),
        SheetColumn("章节、措施", 30),
        SheetColumn("汇总稿", 100),
    )
    numbered = tuple((number, *row) for number, row in enumerate(rows, 1))
    return (Sheet("汇总稿", _title(facts, "汇总稿"), columns, numbered),)


def _measure_title(measure: Measure) -> str:
    return f"{measure_number(measure.number)}{measure.title}"


def _fitting(line: str) -> list[str]:
    """A paragraph in pieces that a row of Excel can show whole."""
    pieces = [""]
    for sentence in split(line):
        if pieces[-1] and len(pieces[-1]) + len(sentence) > MOST_IN_ROW:
            pieces.append("")
        pieces[-1] += sentence
    return [piece for piece in pieces if piece]


def workbook_title(facts: RoundFacts) -> str:
    """信用任务台账（第二轮）."""
    return f"信用任务台账（{facts.round.name}）"


def _title(facts: RoundFacts, name: str) -> str:
    practice = f"　{PRACTICE_NOTICE}" if facts.practice else ""
    return f"{workbook_title(facts)}　{name}　截至{chinese_date(facts.today)}{practice}"


def _entry_sheet(
    facts: RoundFacts, name: str, first: tuple[str, str], entries: Sequence[UnitEntry]
) -> Sheet:
    names = (*first, *(key for key in _ENTRY_COLUMNS if key not in first))
    rows = tuple(
        (number, *(_entry_value(key, item.entry) for key in names))
        for number, item in enumerate(entries, 1)
    )
    columns = (
        SheetColumn("序号", 6, centred=True),
        *(_ENTRY_COLUMNS[key] for key in names),
    )
    return Sheet(name, _title(facts, name), columns, rows, frozen=3)


def _entry_value(key: str, entry: Entry) -> Value:
    match key:
        case "measure":
            return f"{measure_number(entry.measure_number)}{entry.measure_title}"
        case "unit":
            return entry.unit_name
        case "role":
            return _role(entry)
        case "completion":
            return entry.parts.completion.label if entry.parts.completion else ""
        case "state":
            return entry.lamp_state.label
        case "received":
            return entry.received_on
        case _:
            return str(getattr(entry.parts, key))


def measure_number(number: int) -> str:
    """（三）: as the notice prints it; beyond 99 in figures."""
    return f"（{chinese_number(number)}）" if number < 100 else f"（{number}）"


def _role(entry: Entry) -> str:
    role = Role(entry.role)
    return "牵头（推定）" if role is Role.LEAD and entry.suggested else role.label


def _by_unit(facts: RoundFacts) -> tuple[UnitEntry, ...]:
    """The same entries in official order of units, measures in printed order."""
    places = {item.id: place for place, item in enumerate(facts.returns)}
    return tuple(sorted(facts.entries, key=lambda item: places[item.entry.expected_return_id]))


def _status_rows(facts: RoundFacts) -> tuple[tuple[Value, ...], ...]:
    standing = punctuality(facts)
    return tuple(
        (
            number,
            item.unit_name,
            item.entries,
            item.covered,
            item.first_received_on,
            standing[item.id],
            "" if item.exempt or item.return_id is None else item.state.label,
            item.chases,
            item.extended_to,
            item.exempt_reason or "",
        )
        for number, item in enumerate(facts.returns, 1)
    )


def _matrix(facts: RoundFacts) -> Sheet:
    """Units down, measures across: first character of 完成情况, or a word where there is none."""
    signs = {
        (item.entry.expected_return_id, item.entry.measure_id): _sign(item.entry)
        for item in facts.entries
    }
    measures = [item.measure for item in facts.measures]
    exempt = {item.id for item in facts.units(Status.EXEMPT)}
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            number,
            item.unit_name + ("（免报）" if item.id in exempt else ""),
            *(signs.get((item.id, measure.id), "") for measure in measures),
        )
        for number, item in enumerate(facts.returns, 1)
    )
    columns = (
        SheetColumn("序号", 6, centred=True),
        SheetColumn("单位", 34),
        *(SheetColumn(measure_number(one.number)[1:-1], 7, centred=True) for one in measures),
    )
    whole = len(rows) <= _ONE_PAGE
    title = _title(facts, "矩阵")
    return Sheet("矩阵", title, columns, rows, foot=(_LEGEND,), one_page=whole)


def _sign(entry: Entry) -> str:
    if not entry.covered:
        return _NOT_GIVEN
    level = entry.parts.completion
    said = level.label[0] if level else _GIVEN_WITHOUT_LEVEL
    settled = entry.state is ReturnState.ACCEPTED
    return said if settled else f"{said}·{entry.state.label[:2]}"


_PILLAR_COLUMNS = (
    SheetColumn("序号", 6, centred=True),
    SheetColumn("大类", 36),
    *(SheetColumn(title, 10, centred=True) for title in ("措施", "应反馈", "已反馈")),
    *(SheetColumn(level.label, 10, centred=True) for level in Completion),
)
_FIRST_LEVEL = 5  # the column after 已反馈


def _statistics(facts: RoundFacts) -> Sheet:
    """Entries by pillar and completion with their total, the figures in words, a chart."""
    counted: list[tuple[Value, ...]] = [
        (number, pillar.pillar.title, *pillar_counts((pillar,)))
        for number, pillar in enumerate(facts.pillars, 1)
    ]
    total: tuple[Value, ...] = ("", "合计", *pillar_counts(facts.pillars))
    last = len(_PILLAR_COLUMNS) - 1
    chart = Chart("各大类完成情况（条）", len(facts.pillars), _FIRST_LEVEL, last)
    return Sheet(
        "统计",
        _title(facts, "统计"),
        _PILLAR_COLUMNS,
        (*counted, total),
        foot=overview(facts),
        chart=chart if facts.pillars else None,
        one_page=True,
    )
