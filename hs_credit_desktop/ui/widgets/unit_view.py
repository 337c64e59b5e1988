"""The list of a round's units: read by the page, so that it opens and scrolls at any length."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.returns import ReturnRow, UnitsModel
from hs_credit_desktop.ui.models.roles import Role
from hs_credit_desktop.ui.models.rows import PagedRows
from hs_credit_desktop.ui.widgets.cells import UnitDelegate

# What was typed in the filter, and whose stamped paper copies → the units that fit.
ReadUnits = Callable[[str, bool | None], PagedRows[ReturnRow]]


class UnitView(QTableView):
    """A table of one column: a QListView asks the model for every row before it shows the first.

    chosen: expected return id of the unit that became current or was clicked.

    entered: Enter; typed: a letter or digit, which belongs into the filter.
    """

    chosen = Signal(str)
    entered = Signal()
    typed = Signal(str)

    def __init__(self, *, numbered: bool = False) -> None:
        super().__init__()
        self.units = UnitsModel(self, numbered=numbered)
        self._filling = False
        self.setModel(self.units)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(UnitDelegate(self))
        self.setAccessibleName("单位")
        self.clicked.connect(self._chosen)
        self.selectionModel().currentChanged.connect(self._chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.select_row(0 if event.key() == Qt.Key.Key_Home else self.count() - 1)
        elif event.text().strip() and event.text().isprintable() and not held:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def show_units(self, rows: PagedRows[ReturnRow]) -> bool:
        """Show these units; the current one stays current when it is among them, else False."""
        kept = self.current_id()
        self._filling = True
        self.units.show_rows(rows)
        place = self.units.row_of(kept) if kept else -1
        if place != self.currentIndex().row():
            self.setCurrentIndex(self.units.index(place, 0))
        self._filling = False
        return place >= 0

    def read_again(self) -> None:
        """The contents of the units have changed, their order has not."""
        self.units.read_again()

    def count(self) -> int:
        """How many units are shown."""
        return self.units.rowCount()

    def current_id(self) -> str:
        """The expected return of the current unit, '' when there is none."""
        index = self.currentIndex()
        return str(index.data(Role.ID)) if index.isValid() else ""

    def id_at(self, row: int) -> str:
        """The expected return in a row, '' when there is no such row."""
        index = self.units.index(row, 0)
        return str(index.data(Role.ID)) if index.isValid() else ""

    def select(self, expected_return_id: str) -> bool:
        """Make a unit the current one; False when it is not shown."""
        place = self.units.row_of(expected_return_id)
        return place >= 0 and self.select_row(place)

    def select_row(self, row: int) -> bool:
        """Make the unit of a row the current one and bring it in sight; always True."""
        index = self.units.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def deselect(self) -> None:
        """No unit is the current one."""
        self.selectionModel().clear()

    def _chosen(self, index: QModelIndex, *_old: object) -> None:
        if index.isValid() and not self._filling:
            self.chosen.emit(index.data(Role.ID))
