"""Returns of a list of the header, and the units of a round."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.returns import ExpectedReturn
from hs_credit_desktop.store.return_pages import By
from hs_credit_desktop.ui.models.roles import Index, Role
from hs_credit_desktop.ui.models.rows import (
    LAST,
    NOTHING,
    Cell,
    Column,
    RowsModel,
    lamp_cell,
    received_cell,
    short_day,
)

FIGURE_SPACE = "\u2007"  # as wide as a digit: numbers of one and two digits stand in one column


@dataclass(frozen=True)
class ReturnRow:
    """A unit's return with its lamp; number: the unit's place in official order, from 1."""

    expected: ExpectedReturn
    lamp: Lamp
    number: int = 0

    @property
    def id(self) -> str:
        """The expected return's id."""
        return self.expected.id


def _return_unit(row: ReturnRow) -> Cell:
    return Cell(row.expected.unit_name, row.expected.ordinal)


def _return_expected(row: ReturnRow) -> Cell:
    return Cell(str(row.expected.entries), row.expected.entries, right=True)


def _return_covered(row: ReturnRow) -> Cell:
    covered = row.expected.covered
    return Cell(str(covered), covered, right=True, ink="text" if covered else "text3")


def _return_received(row: ReturnRow) -> Cell:
    return received_cell(row.expected.first_received_on)


def _return_note(row: ReturnRow) -> Cell:
    expected = row.expected
    if expected.exempt_reason is not None:
        return Cell(f"免报：{expected.exempt_reason}", "免报", ink="text2")
    if expected.extended_to:
        return Cell(f"延期至 {short_day(expected.extended_to)}", "延期", ink="text2")
    if expected.resubmit_by:
        return Cell(f"补报期限 {short_day(expected.resubmit_by)}", "补报", ink="text2")
    if expected.chases:
        return Cell(f"已催 {expected.chases} 次", f"催{expected.chases:03}", ink="text2")
    return Cell(NOTHING, LAST, ink="text3")


RETURN_COLUMNS: tuple[Column[ReturnRow], ...] = (
    Column("单位", _return_unit, 210),
    Column("应反馈", _return_expected, 76, right=True, by=By.ENTRIES),
    Column("已反馈", _return_covered, 76, right=True, by=By.COVERED),
    Column("状态", lambda row: lamp_cell(row.lamp), 104, by=By.STATE),
    Column("收到", _return_received, 64, "第一次有效报送的日期，按时与否以它为准", by=By.RECEIVED),
    Column("备注", _return_note, 0, by=By.NOTE),
)


def _listed_unit(row: ReturnRow) -> Cell:
    return Cell(row.expected.unit_name, row.expected.ordinal, lamp=row.lamp)


class UnitsModel(RowsModel[ReturnRow]):
    """The units of the round in one column; numbered: their number stands before the name."""

    def __init__(self, parent: QObject | None = None, *, numbered: bool = False) -> None:
        super().__init__((Column("单位", _listed_unit, 0),), parent)
        self._numbered = numbered

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Role.PROGRESS:
                return (row.expected.covered, row.expected.entries)
            case Qt.ItemDataRole.DisplayRole if self._numbered:
                return f"{row.number:{FIGURE_SPACE}>2}  {row.expected.unit_name}"
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                counts = f"应反馈 {row.expected.entries} 条，已覆盖 {row.expected.covered} 条"
                return f"{row.expected.unit_name}，{row.lamp.word}，{counts}"
            case _:
                return super().data(index, role)
