"""The left pane of 单位: the units of the round, found by name, pinyin initials or number."""

from enum import Enum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import NumberLink, Pane, label
from hs_credit_desktop.ui.widgets.find_places import step_row
from hs_credit_desktop.ui.widgets.states import EmptyState
from hs_credit_desktop.ui.widgets.unit_view import ReadUnits, UnitView

_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Paper(Enum):
    """Whose stamped paper copies (纸质盖章件) are listed."""

    ALL = "全部"
    CAME = "已收"
    OPEN = "未收"

    @property
    def came(self) -> bool | None:
        """What the ledger is asked for; None asks for all."""
        return None if self is Paper.ALL else self is Paper.CAME


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


class UnitListPane(Pane):
    """Filter and list. unit_chosen: expected return id; entered: Enter, the first hit is current.

    The filter is always there and takes the keyboard when the page is shown.
    """

    unit_chosen = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__("单位")
        self.field, self.list = FilterField(), UnitView(numbered=True)
        self.paper = Paper.ALL
        self._read: ReadUnits | None = None
        self._stepped = False
        self.doors = {paper: NumberLink(paper.value, small=True) for paper in Paper}
        self.field.setFont(theme.font())
        self.field.setAccessibleName("筛选单位")
        self.field.setPlaceholderText("筛选：名称、拼音首字母、序号")
        self.field.setToolTip(
            "输入名称、别名、拼音首字母或序号，Enter 打开；F3 下一家；Ctrl+F 回到这里"
        )
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
        self.list.chosen.connect(self.unit_chosen)
        self.list.typed.connect(self._typed)

    def show_paper(self, paper: Paper) -> None:
        """List exactly the units that a number of the stamped copies counts."""
        self.paper = paper
        self._fill()
        self._say_count()

    def show_units(self, read: ReadUnits, counts: tuple[int, int, int]) -> None:
        """Show the units of the round; the one that was current stays.

        counts: how many units there are, whose stamped paper copy came, and whose did not.
        """
        self._read = read
        for door, count in zip(self.doors.values(), counts, strict=True):
            door.set_number(count)
        kept = self.list.current_id()
        self._say_count()
        # One that has left the list it was ticked in takes no list away.
        if not self._fill() and kept and self.paper is Paper.ALL:
            self.select(kept)

    def _fill(self) -> bool:
        """Read what fits; False when the unit that was current is not among it."""
        assert self._read is not None
        kept = self.list.show_units(self._read(self.field.text(), self.paper.came))
        self._say_nothing()
        return kept

    def _say_count(self) -> None:
        words = f"盖章件{self.paper.value} " if self.paper is not Paper.ALL else ""
        self.subtitle.setText(f"{words}{self.doors[self.paper].number} 家")

    def current_id(self) -> str:
        """The expected return of the current unit, '' when there is none."""
        return self.list.current_id()

    def select(self, expected_return_id: str) -> bool:
        """Make a unit the current one, the filter cleared when it hides it; False: not there."""
        if self.list.select(expected_return_id):
            return True
        if not self.field.text() and self.paper is Paper.ALL:
            return False
        self.field.clear()
        self.show_paper(Paper.ALL)
        return self.list.select(expected_return_id)

    def select_first(self) -> None:
        """Make the first unit the current one."""
        self.list.select_row(0)

    def neighbour(self, way: int) -> str:
        """Expected return id of the next (1) or previous (-1) unit of the list, '' at its end."""
        return self.list.id_at(self.list.currentIndex().row() + way)

    def ask_filter(self) -> None:
        """Put the keyboard into the filter."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def step_found(self, way: int) -> None:
        """The next (1) or previous (-1) unit of the list as it is filtered."""
        step_row(self.list, way)
        self._stepped = True

    def _filtered(self) -> None:
        self._stepped = False
        if self._read is not None:
            self._fill()

    def _say_nothing(self) -> None:
        if words := self.field.text().strip():
            self.nothing.show_words(f"没有找到“{words}”", "换个说法，或只写其中两三个字再试")
        else:
            what = f"没有盖章件{self.paper.value}的单位"
            self.nothing.show_words(what, "点“全部”看本轮的全部单位")
        self._stack.setCurrentIndex(0 if self.list.count() else 1)

    def _enter(self) -> None:
        """Enter opens what the arrow keys chose, else the first that fits what was typed."""
        if not self.list.count():
            return
        typed = bool(self.field.text().strip())
        if not self.list.currentIndex().isValid() or (typed and not self._stepped):
            self.list.select_row(0)
        self.field.clear()
        self.list.scrollTo(self.list.currentIndex())
        self.entered.emit()

    def _step(self, way: int) -> None:
        last = self.list.count() - 1
        self.list.select_row(min(max(self.list.currentIndex().row() + way, 0), last))
        self._stepped = True

    def _typed(self, text: str) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setText(text)
