"""Rows under columns: the one table model, and cells that several tables share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.ui.models.chip import ChipSign
from hs_credit_desktop.ui.models.roles import ROOT, Index, Role

NOTHING = "—"
LAST = "\uffff"  # sorts after every Chinese character: what is unknown stands last
_LAMP_ORDER = {lamp: place for place, lamp in enumerate(Lamp)}


class HasId(Protocol):
    """A row that can be told from the others."""

    @property
    def id(self) -> str:
        """What makes it this row."""


AnyRow = TypeVar("AnyRow", bound=HasId)


@dataclass(frozen=True)
class Cell:
    """What one cell shows and sorts by."""

    text: str = ""
    sort: int | str = ""
    lamp: Lamp | None = None
    chip: ChipSign | None = None
    ink: str = "text"
    right: bool = False
    icon: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Column(Generic[AnyRow]):
    """A column: its head, how a row becomes a cell, and its width (0: takes what is left)."""

    head: str
    cell: Callable[[AnyRow], Cell]
    width: int
    tip: str = ""
    right: bool = False


class RowsModel(QAbstractTableModel, Generic[AnyRow]):
    """Rows under columns; new rows with the same ids change in place."""

    def __init__(self, columns: Sequence[Column[AnyRow]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column[AnyRow], ...] = tuple(columns)
        self._rows: tuple[AnyRow, ...] = ()
        self._cells: dict[tuple[int, int], Cell] = {}

    @property
    def rows(self) -> tuple[AnyRow, ...]:
        """The rows as they were given."""
        return self._rows

    def show_rows(self, rows: Sequence[AnyRow]) -> None:
        """Show these rows; where only contents changed, selection and scroll stay."""
        fresh = tuple(rows)
        self._cells.clear()
        if [row.id for row in fresh] == [row.id for row in self._rows]:
            self._rows = fresh
            if fresh:
                end = self.index(len(fresh) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), end)
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def _cell(self, row: int, column: int) -> Cell:
        """The cell, made once for all the roles a delegate asks for."""
        key = (row, column)
        if key not in self._cells:
            self._cells[key] = self.columns[column].cell(self._rows[row])
        return self._cells[key]

    def row_of(self, row_id: str) -> int:
        """The row with that id, -1 when it is not there."""
        return next((at for at, row in enumerate(self._rows) if row.id == row_id), -1)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if way is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or "点按表头排序，再点一次反向，第三次恢复正式排序"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return column.head if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Role.ID:
            return row.id
        cell = self._cell(index.row(), index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return cell.text or (cell.lamp.word if cell.lamp else "")
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ToolTipRole:
                return cell.text if len(cell.text) > 8 else None
            case Role.SORT:
                return cell.sort
            case Role.LAMP:
                return cell.lamp
            case Role.CHIP:
                return cell.chip
            case Role.ICON:
                return cell.icon
            case Role.INK:
                return cell.ink
            case _:
                return None


def short_day(day: date | None) -> str:
    """11-29 as dates stand in tables, — when there is none."""
    return day.strftime("%m-%d") if day else NOTHING


def lamp_cell(lamp: Lamp) -> Cell:
    """A lamp, sorted by how lamps are listed."""
    return Cell(sort=_LAMP_ORDER[lamp], lamp=lamp)


def received_cell(day: date | None) -> Cell:
    """A day of receipt; the unknown stands last."""
    return Cell(short_day(day), day.isoformat() if day else LAST, ink="text2" if day else "text3")
