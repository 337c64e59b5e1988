"""The left pane of 单位: the units of the round, found by name, pinyin initials or number."""

from enum import Enum
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from hs_credit_desktop.domain.returns import ExpectedReturn
from hs_credit_desktop.domain.units import Unit
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.returns import ReturnRow, UnitsModel
from hs_credit_desktop.ui.models.roles import Index, Role
from hs_credit_desktop.ui.pages.tasks_tree import UnitList
from hs_credit_desktop.ui.widgets.basics import NumberLink, Pane, label
from hs_credit_desktop.ui.widgets.states import EmptyState

FIGURE_SPACE = "\u2007"  # as wide as a digit: numbers of one and two digits stand in one column
_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class NumberedUnits(UnitsModel):
    """Units with their number in official order; found by number, names and initials."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names: dict[str, str] = {}

    def name_units(self, units: tuple[Unit, ...]) -> None:
        """Remember every name of the units, for the filter."""
        self._names = {unit.id: unit.search_text.lower() for unit in units}

    def number(self, row: int) -> int:
        """The unit's place in official order, from 1."""
        return row + 1

    def fits(self, row: int, words: str) -> bool:
        """Whether the unit has that number, or one of its names or initials those words."""
        if not words:
            return True
        if words.isdecimal():
            return str(self.number(row)).startswith(words)
        item = self.rows[row]
        names = self._names.get(item.expected.unit_id, "")
        return words in f"{item.expected.unit_name}\n{item.initials}\n{names}".lower()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and role == Qt.ItemDataRole.DisplayRole:
            name = self.rows[index.row()].expected.unit_name
            return f"{self.number(index.row()):{FIGURE_SPACE}>2}  {name}"
        return super().data(index, role)


class Paper(Enum):
    """Whose stamped paper copies (纸质盖章件) are listed."""

    ALL = "全部"
    CAME = "已收"
    OPEN = "未收"


class UnitFilter(QSortFilterProxyModel):
    """The units that fit what was typed."""

    def __init__(self, model: NumberedUnits) -> None:
        super().__init__(model)
        self._model, self._words = model, ""
        self.paper, self.came = Paper.ALL, frozenset[str]()
        self.setSourceModel(model)

    def look_for(self, words: str) -> None:
        """Show the units that fit these words."""
        self._words = words.strip().lower()
        self.invalidateFilter()

    def show_paper(self, paper: Paper, came: frozenset[str]) -> None:
        """Show the units whose stamped paper copy came or did not; came: expected return ids."""
        self.paper, self.came = paper, came
        self.invalidateFilter()

    def counts(self, item: ExpectedReturn, paper: Paper) -> bool:
        """Whether a number of the stamped copies counts the return; exempt ones owe none."""
        if paper is Paper.ALL:
            return True
        return not item.exempt and (item.id in self.came) is (paper is Paper.CAME)

    def filterAcceptsRow(self, row: int, _parent: QModelIndex | QPersistentModelIndex) -> bool:
        item = self._model.rows[row].expected
        return self.counts(item, self.paper) and self._model.fits(row, self._words)


class FilterField(QLineEdit):
    """The filter; arrow keys move in the list below while the keyboard stays here."""

    moved = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            down = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown)
            far = event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
            self.moved.emit((10 if far else 1) * (1 if down else -1))
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TypingList(UnitList):
    """The units; a letter or digit typed here goes to the filter."""

    typed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if event.text().strip() and event.text().isprintable() and not held:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class UnitListPane(Pane):
    """Filter and list. unit_chosen: expected return id; entered: Enter, the first hit is current.

    The filter is always there and takes the keyboard when the page is shown.
    """

    unit_chosen = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__("单位")
        self.model = NumberedUnits(self)
        self.filter = UnitFilter(self.model)
        self.field, self.list = FilterField(), TypingList()
        self._stepped = False
        self.doors = {paper: NumberLink(paper.value, small=True) for paper in Paper}
        self.list.setModel(self.filter)
        self.field.setFont(theme.font())
        self.field.setAccessibleName("筛选单位")
        self.field.setPlaceholderText("筛选：名称、拼音首字母、序号")
        self.field.setToolTip("输入名称、别名、拼音首字母或序号，Enter 打开；Ctrl+F 回到这里")
        self.nothing = EmptyState("search", "", "换个说法，或只写其中两三个字再试")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nothing)
        row = QVBoxLayout()
        row.setContentsMargins(theme.MARGIN, 6, theme.MARGIN, 6)
        row.addWidget(self.field)
        row.addLayout(self._paper_row())
        self.body.addLayout(row)
        self.body.addWidget(self._stack, 1)
        self._listen()

    def _paper_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)  # three numbers find room in the narrowest pane
        row.addWidget(label("盖章件", theme.CAPTION, ink="text2"))
        for paper, door in self.doors.items():
            door.setToolTip(f"纸质盖章件{paper.value}的单位；免报的不算")
            door.clicked.connect(partial(self.show_paper, paper))
            row.addWidget(door)
        self.doors[Paper.ALL].setToolTip("本轮的全部单位")
        row.addStretch(1)
        return row

    def _listen(self) -> None:
        self.field.textChanged.connect(self._filtered)
        self.field.returnPressed.connect(self._enter)
        self.field.moved.connect(self._step)
        self.field.left.connect(self.list.setFocus)
        self.list.entered.connect(self._enter)
        self.list.clicked.connect(self._chosen)
        self.list.typed.connect(self._typed)
        self.list.selectionModel().currentChanged.connect(self._chosen)

    def show_paper(self, paper: Paper) -> None:
        """List exactly the units that a number of the stamped copies counts."""
        self.filter.show_paper(paper, self.filter.came)
        self._count()
        self._say_nothing(self.field.text())

    def _count(self) -> None:
        items = [row.expected for row in self.model.rows]
        for paper, door in self.doors.items():
            door.set_number(sum(self.filter.counts(item, paper) for item in items))
        paper = self.filter.paper
        words = f"盖章件{paper.value} " if paper is not Paper.ALL else ""
        self.subtitle.setText(f"{words}{self.doors[paper].number} 家")

    def show_units(
        self, rows: list[ReturnRow], units: tuple[Unit, ...], came: frozenset[str] = frozenset()
    ) -> None:
        """Show the units of the round; the one that was current stays.

        came: expected return ids whose stamped paper copy came.
        """
        kept = self.current_id()
        self.model.name_units(units)
        self.list.selectionModel().blockSignals(True)
        self.model.show_rows(rows)
        self.filter.show_paper(self.filter.paper, came)
        self.list.selectionModel().blockSignals(False)
        self._count()
        self._say_nothing(self.field.text())
        self._keep(kept)

    def _keep(self, expected_return_id: str) -> None:
        """Stay with a unit; one that has left the list it was ticked in takes no list away."""
        place = self.model.row_of(expected_return_id)
        index = self.filter.mapFromSource(self.model.index(place, 0))
        if index.isValid():
            self.select(expected_return_id)
        elif self.filter.paper is not Paper.ALL:
            self.list.selectionModel().blockSignals(True)
            self.list.setCurrentIndex(QModelIndex())
            self.list.selectionModel().blockSignals(False)
        elif place >= 0:
            self.select(expected_return_id)

    def current_id(self) -> str:
        """The expected return of the current unit, '' when there is none."""
        index = self.list.currentIndex()
        return str(index.data(Role.ID)) if index.isValid() else ""

    def select(self, expected_return_id: str) -> bool:
        """Make a unit the current one, the filter cleared when it hides it; False: not there."""
        place = self.model.row_of(expected_return_id)
        if place < 0:
            return False
        index = self.filter.mapFromSource(self.model.index(place, 0))
        if not index.isValid():
            self.field.clear()
            self.show_paper(Paper.ALL)
            index = self.filter.mapFromSource(self.model.index(place, 0))
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        return True

    def select_first(self) -> None:
        """Make the first unit the current one."""
        self.list.setCurrentIndex(self.filter.index(0, 0))

    def neighbour(self, way: int) -> str:
        """Expected return id of the next (1) or previous (-1) unit of the list, '' at its end."""
        index = self.filter.index(self.list.currentIndex().row() + way, 0)
        return str(index.data(Role.ID)) if index.isValid() else ""

    def ask_filter(self) -> None:
        """Put the keyboard into the filter."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _filtered(self, words: str) -> None:
        self._stepped = False
        self.filter.look_for(words)
        self._say_nothing(words)

    def _say_nothing(self, words: str) -> None:
        found = self.filter.rowCount() > 0
        if words.strip():
            self.nothing.show_words(
                f"没有找到“{words.strip()}”", "换个说法，或只写其中两三个字再试"
            )
        else:
            what = f"没有盖章件{self.filter.paper.value}的单位"
            self.nothing.show_words(what, "点“全部”看本轮的全部单位")
        self._stack.setCurrentIndex(0 if found else 1)

    def _enter(self) -> None:
        """Enter opens what the arrow keys chose, else the first that fits what was typed."""
        if not self.filter.rowCount():
            return
        typed = bool(self.field.text().strip())
        if not self.list.currentIndex().isValid() or (typed and not self._stepped):
            self.list.setCurrentIndex(self.filter.index(0, 0))
        self.field.clear()
        self.list.scrollTo(self.list.currentIndex())
        self.entered.emit()

    def _step(self, way: int) -> None:
        last = self.filter.rowCount() - 1
        place = min(max(self.list.currentIndex().row() + way, 0), last)
        self.list.setCurrentIndex(self.filter.index(place, 0))
        self._stepped = True

    def _typed(self, text: str) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setText(text)

    def _chosen(self, index: QModelIndex, *_old: object) -> None:
        if index.isValid():
            self.unit_chosen.emit(index.data(Role.ID))
