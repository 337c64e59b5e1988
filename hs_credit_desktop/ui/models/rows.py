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
CELLS_KEPT = 20_000
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
    by: str = ""  # what a list read by the page is sorted by, in the ledger's words


class PagedRows(Sequence[AnyRow]):
    """Rows that are read a page at a time; the pages seen last are kept.

    read: the rows from a place to before another; place: where an id stands, -1 nowhere;
    resorted: the same rows in the order of Column.by, "" for the official one; order: what tells
    another list of the same rows in the same order, None where they are not compared.
    """

    PAGE, KEPT = 64, 24  # a page fills any window; more would be read for nothing at every jump

    def __init__(
        self,
        count: int,
        read: Callable[[int, int], Sequence[AnyRow]],
        place: Callable[[str], int],
        resorted: Callable[[str, bool], "PagedRows[AnyRow]"],
        order: object = None,
    ) -> None:
        self._count, self._read = count, read
        self.place, self.resorted, self.order = place, resorted, order
        self._pages: dict[int, Sequence[AnyRow]] = {}

    def forget(self) -> None:
        """What was read may have changed: read it again when it is asked for."""
        self._pages.clear()

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: Any) -> Any:
        number, offset = divmod(at, self.PAGE)
        if not 0 <= at < self._count:
            raise IndexError(at)
        if number not in self._pages:
            start = number * self.PAGE
            while len(self._pages) >= self.KEPT:
                del self._pages[next(iter(self._pages))]
            self._pages[number] = self._read(start, min(start + self.PAGE, self._count))
        return self._pages[number][offset]


class RowsModel(QAbstractTableModel, Generic[AnyRow]):
    """Rows under columns; new rows with the same ids change in place."""

    def __init__(self, columns: Sequence[Column[AnyRow]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column[AnyRow], ...] = tuple(columns)
        self._rows: Sequence[AnyRow] = ()
        self._cells: dict[tuple[int, int], Cell] = {}

    @property
    def rows(self) -> Sequence[AnyRow]:
        """The rows as they were given."""
        return self._rows

    @property
    def paged(self) -> bool:
        """Whether the rows are read by the page: then the ledger sorts them, not the window."""
        return isinstance(self._rows, PagedRows)

    def resort(self, column: int, *, falling: bool) -> None:
        """Have rows read by the page in the order of a column, -1 for the official one."""
        if isinstance(self._rows, PagedRows):
            by = self.columns[column].by if column >= 0 else ""
            self._show(self._rows.resorted(by, falling))

    def show_rows(self, rows: Sequence[AnyRow]) -> None:
        """Show these rows; where only contents changed, selection and scroll stay."""
        fresh = rows if isinstance(rows, PagedRows) else tuple(rows)
        if self._alike(fresh):
            self._rows = fresh
            self.look_again()
            return
        self._show(fresh)

    def read_again(self) -> None:
        """The contents of rows read by the page have changed, their order has not."""
        if isinstance(self._rows, PagedRows):
            self._rows.forget()
            self.look_again()

    def look_again(self, seen: range | None = None) -> None:
        """The same rows say something else now. seen: those in sight; the others tell nobody."""
        self._cells.clear()
        rows = range(len(self._rows)) if seen is None else seen
        if rows:
            end = self.index(rows[-1], len(self.columns) - 1)
            self.dataChanged.emit(self.index(rows[0], 0), end)

    def _alike(self, fresh: Sequence[AnyRow]) -> bool:
        """Whether the rows are those shown, in their order, with other contents."""
        if isinstance(self._rows, PagedRows) and isinstance(fresh, PagedRows):
            return fresh.order is not None and fresh.order == self._rows.order
        if self.paged or isinstance(fresh, PagedRows):
            return False
        return [row.id for row in fresh] == [row.id for row in self._rows]

    def _show(self, rows: Sequence[AnyRow]) -> None:
        self.beginResetModel()
        self._cells.clear()
        self._rows = rows
        self.endResetModel()

    def _cell(self, row: int, column: int) -> Cell:
        """The cell, made once for all the roles a delegate asks for."""
        key = (row, column)
        if key not in self._cells:
            if len(self._cells) > CELLS_KEPT:
                self._cells.clear()
            self._cells[key] = self.columns[column].cell(self._rows[row])
        return self._cells[key]

    def row_of(self, row_id: str) -> int:
        """The row with that id, -1 when it is not there."""
        if isinstance(self._rows, PagedRows):
            return self._rows.place(row_id)
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
