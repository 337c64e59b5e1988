"""Units with how far each is: rows of 各单位进度."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.returns import ExpectedReturn
from hs_credit_desktop.domain.statistics import Progress
from hs_credit_desktop.store.return_pages import By
from hs_credit_desktop.ui.models.roles import Index, Role
from hs_credit_desktop.ui.models.rows import Cell, Column, RowsModel, lamp_cell, received_cell
from hs_credit_desktop.ui.widgets.chips import progress_words

BAR = 2


@dataclass(frozen=True)
class UnitRow:
    """A unit's return with its lamp and progress; an exempt one expects nothing."""

    expected: ExpectedReturn
    lamp: Lamp
    progress: Progress

    @property
    def id(self) -> str:
        """The expected return's id."""
        return self.expected.id


def _unit(row: UnitRow) -> Cell:
    return Cell(row.expected.unit_name, row.expected.ordinal)


def _share(row: UnitRow) -> Cell:
    done = row.progress.covered * 1000 // row.progress.expected if row.progress.expected else -1
    return Cell("", done)


def _count(row: UnitRow) -> Cell:
    words = f"{row.progress.covered}/{row.progress.expected}" if row.progress.expected else "—"
    return Cell(words, row.progress.expected, right=True)


COLUMNS: tuple[Column[UnitRow], ...] = (
    Column("单位", _unit, 210),
    Column("状态", lambda row: lamp_cell(row.lamp), 104, by=By.STATE),
    Column("进度", _share, 260, by=By.SHARE),
    Column("条数", _count, 76, "已覆盖条数／应反馈条数", right=True, by=By.ENTRIES),
    Column("收到", lambda row: received_cell(row.expected.first_received_on), 0, by=By.RECEIVED),
)


class UnitProgressModel(RowsModel[UnitRow]):
    """The rows; the cells of the column of bars know their progress."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and index.column() == BAR:
            progress = self.rows[index.row()].progress
            if role == Role.PROGRESS:
                return progress
            if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                return progress_words(progress)
        return super().data(index, role)
