"""Rows of 数字台账: a figure of the texts, its sentence, how it changed, what was said of it."""

from dataclasses import dataclass

from hs_credit_desktop.domain.figure_ledger import FigureLine, MarkState, SumCheck
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.ui.models.chip import ChipSign
from hs_credit_desktop.ui.models.rows import LAST, NOTHING, Cell, Column

_SIGNS = {
    MarkState.OPEN: ("circle", "text3", "regular"),
    MarkState.CONFIRMED: ("checkmark_circle", "ok", "filled"),
    MarkState.DOUBTED: ("question_circle", "hold", "regular"),
    MarkState.NO_RESULT: ("subtract_circle", "text3", "regular"),
}


@dataclass(frozen=True)
class FigureRow:
    """A line of the figure ledger; check: the sum its total stands beside, when it is a lead's."""

    line: FigureLine
    check: SumCheck | None = None

    @property
    def id(self) -> str:
        """Entry, part, sentence and place, which together name it."""
        key = self.line.key
        return f"{key.entry_id}|{key.part}|{key.place}|{key.sentence}"


def _measure(row: FigureRow) -> Cell:
    entry = row.line.entry
    return Cell(f"（{chinese_number(entry.measure_number)}）", entry.measure_number, ink="text2")


def _figure(row: FigureRow) -> Cell:
    figure = row.line.figure
    words = f"累计 {figure.printed}" if figure.total else figure.printed
    return Cell(words, f"{int(figure.value):020d}", right=True)


def _change(row: FigureRow) -> Cell:
    change, before = row.line.change, row.line.before
    if change is None or before is None:
        return Cell(NOTHING, LAST, ink="text3", right=True)
    words = f"上轮 {before.printed}（{change:+.1f}%）".replace("-", "−")
    if not row.line.fell:
        return Cell(words, f"b{int(change):+08d}", ink="text2", right=True)
    return Cell(words, "a", ink="back", right=True, icon=("arrow_trending_down", "back", "regular"))


def _state(row: FigureRow) -> Cell:
    mark = row.line.mark
    words = f"{mark.state.label}：{mark.note}" if mark.note else mark.state.label
    icon, ink, style = _SIGNS[mark.state]
    return Cell(words, words, icon=(icon, ink, style), ink=ink)


def _sum(row: FigureRow) -> Cell:
    if row.check is None:
        return Cell("", "")
    words = f"{len(row.check.others)} 家合计 {row.check.total:f}"
    chip = None if row.check.agrees else ChipSign("少于合计", "warn", "warning")
    return Cell(words, words, chip=chip, ink="text2")


COLUMNS: tuple[Column[FigureRow], ...] = (
    Column("措施", _measure, 70),
    Column("单位", lambda row: Cell(row.line.entry.unit_name, row.line.entry.unit_name), 120),
    Column("数字", _figure, 116, "按数值大小排序，万、亿已换算", right=True),
    Column("比上轮", _change, 170, "同一事项的累计数与上一轮相比", right=True),
    Column("核对", _state, 120),
    Column("配合单位合计", _sum, 160, "牵头单位的累计数，与配合单位同一事项的累计数之和对照"),
    Column("所在句子", lambda row: Cell(row.line.key.sentence, row.line.key.sentence), 0),
)
