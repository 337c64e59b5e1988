"""Columns of 历年对照: units by round, totals by round, and the rounds of a unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from hs_credit_desktop.domain.years import TotalLine
from hs_credit_desktop.services import years_paper
from hs_credit_desktop.services.years import Stop, UnitLine, UnitStop
from hs_credit_desktop.ui.models.rows import NOTHING, Cell, Column

_INKS = {NOTHING: "text3", "未报": "warn", "逾期未报": "bad", "逾期报送": "warn"}


def _cell(words: str, *, right: bool = False) -> Cell:
    return Cell(words, words, ink=_INKS.get(words, "text"), right=right)


def state_columns(stops: Sequence[Stop]) -> tuple[Column[UnitLine], ...]:
    """The unit, then what each round has of it."""

    def of(at: int) -> Column[UnitLine]:
        return Column(
            stops[at].name,
            lambda row: _cell(years_paper.state_words(row.entries[at])),
            150,
            f"截止 {stops[at].round.due_on}",
        )

    unit: Column[UnitLine] = Column("单位", lambda row: Cell(row.name, ""), 200)
    return (unit, *map(of, range(len(stops))))


@dataclass(frozen=True)
class TotalRow:
    """A total of a unit over the rounds."""

    unit: UnitLine
    line: TotalLine
    place: int

    @property
    def id(self) -> str:
        """Unit and place of the line."""
        return f"{self.unit.id}:{self.place}"


def total_columns(stops: Sequence[Stop]) -> tuple[Column[TotalRow], ...]:
    """The unit, what is counted, its value in each round, how much the newest changed."""

    def of(at: int) -> Column[TotalRow]:
        return Column(
            stops[at].name,
            lambda row: _cell(years_paper.total_words(row.line)[at + 1], right=True),
            120,
            right=True,
        )

    def change(row: TotalRow) -> Cell:
        words = years_paper.change_words(row.line)
        return Cell(words, words, ink="warn" if row.line.fell else "text2", right=True)

    unit: Column[TotalRow] = Column("单位", lambda row: Cell(row.unit.name, ""), 180)
    counted: Column[TotalRow] = Column(
        "累计", lambda row: _cell(years_paper.total_words(row.line)[0]), 180
    )
    return (
        unit,
        counted,
        *map(of, range(len(stops))),
        Column("变化", change, 80, "最近一次比前一次", right=True),
    )


_UNIT_HEADS = ("轮次", "截止日期", "报送", "首次收到", "审核", "覆盖条数", "退回", "催报")
_UNIT_WIDTHS = (220, 100, 100, 100, 100, 90, 70, 70)


def unit_columns() -> tuple[Column[UnitStop], ...]:
    """A round of a unit: the columns of its paper."""

    def of(at: int) -> Column[UnitStop]:
        right = at > 4
        return Column(
            _UNIT_HEADS[at],
            lambda row: _cell(years_paper.unit_words(row)[at], right=right),
            _UNIT_WIDTHS[at],
            right=right,
        )

    return tuple(map(of, range(len(_UNIT_HEADS))))
