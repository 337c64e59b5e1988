"""Unit × measure as a model: units are known at once, their cells are read by the screenful."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from hs_credit_desktop.domain.returns import ExpectedReturn
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services.matrix import Cell, Cells
from hs_credit_desktop.services.overview import MeasureNode, PillarNode
from hs_credit_desktop.ui.models.roles import ROOT, Index, Role
from hs_credit_desktop.ui.models.rows import PagedRows
from hs_credit_desktop.ui.models.tree import title_of

BLOCK = 8  # units whose cells are read at once: a jump reads hardly more than is in sight
UNITS_KEPT = 2_000  # units whose cells are kept once they were read


@dataclass(frozen=True)
class Band:
    """A pillar over its columns: first to last."""

    words: str
    first: int
    last: int


class MatrixModel(QAbstractTableModel):
    """Rows are units, columns measures; Role.ID of a cell is its entry's id, '' for no task."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._units: Sequence[ExpectedReturn] = ()
        self._measures: tuple[MeasureNode, ...] = ()
        self._bands: tuple[Band, ...] = ()
        self._read: Callable[[Sequence[str]], Cells] = lambda _ids: {}
        self._cells: dict[str, Any] = {}

    @property
    def units(self) -> Sequence[ExpectedReturn]:
        """The rows."""
        return self._units

    @property
    def measures(self) -> tuple[MeasureNode, ...]:
        """The columns."""
        return self._measures

    @property
    def bands(self) -> tuple[Band, ...]:
        """The pillars over the columns."""
        return self._bands

    def show_round(
        self,
        units: Sequence[ExpectedReturn],
        pillars: Sequence[PillarNode],
        read: Callable[[Sequence[str]], Cells],
    ) -> None:
        """Show a round; `read` gives the cells of some expected returns when they are needed.

        Where rows and columns are the same as before, the current cell and the scroll stay.
        """
        measures = tuple(node for pillar in pillars for node in pillar.measures)
        same = _order(units) == _order(self._units) and [node.measure.id for node in measures] == [
            node.measure.id for node in self._measures
        ]
        if not same:
            self.beginResetModel()
        self._units, self._measures, self._read = units, measures, read
        self._bands = _bands(pillars)
        self._cells.clear()
        if not same:
            self.endResetModel()
        elif self._units and self._measures:
            last = self.index(len(self._units) - 1, len(measures) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell, None where the unit has no such task."""
        unit = self._units[row].id
        if unit not in self._cells:
            if len(self._cells) > UNITS_KEPT:
                self._cells.clear()
            first = row // BLOCK * BLOCK
            last = min(first + BLOCK, len(self._units))
            self._cells.update(self._read([self._units[at].id for at in range(first, last)]))
        found: Cell | None = self._cells[unit].get(self._measures[column].measure.id)
        return found

    def place_of(self, entry_id: str) -> QModelIndex:
        """The cell of an entry among those read so far; invalid when it is not there."""
        for unit_id, cells in self._cells.items():
            for column, node in enumerate(self._measures):
                cell = cells.get(node.measure.id)
                if cell is not None and cell.entry_id == entry_id:
                    return self.index(self._place(unit_id), column)
        return ROOT

    def _place(self, expected_return_id: str) -> int:
        if isinstance(self._units, PagedRows):
            return self._units.place(expected_return_id)
        return [item.id for item in self._units].index(expected_return_id)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._units)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._measures)

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if way is Qt.Orientation.Vertical:
            names = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
            return self._units[section].unit_name if role in names else None
        node = self._measures[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            over = next(band for band in self._bands if band.first <= section <= band.last)
            return f"{over.words}\n{title_of(node)}"
        return chinese_number(node.measure.number) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        spoken = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        if role in spoken:
            return self._words(index.row(), index.column())
        if role == Role.ID:
            cell = self.cell(index.row(), index.column())
            return cell.entry_id if cell is not None else ""
        return None

    def _words(self, row: int, column: int) -> str:
        cell = self.cell(row, column)
        name = f"{self._units[row].unit_name}，{title_of(self._measures[column])}"
        if cell is None:
            return f"{name}：无任务"
        level = f"，{cell.completion.label}" if cell.completion else ""
        return f"{name}：{'牵头，' if cell.lead else ''}{cell.lamp.word}{level}"


def _order(units: Sequence[ExpectedReturn]) -> object:
    """What tells whether two lists have the same units in the same order."""
    if isinstance(units, PagedRows):
        return units.order
    return [item.id for item in units]


def _bands(pillars: Sequence[PillarNode]) -> tuple[Band, ...]:
    found, first = [], 0
    for pillar in pillars:
        if pillar.measures:
            found.append(Band(title_of(pillar), first, first + len(pillar.measures) - 1))
            first += len(pillar.measures)
    return tuple(found)
