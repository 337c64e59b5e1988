"""Pieces of 单位名册: a preview in place, finding a unit, a table with its model."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.services import register_matching, register_units
from hs_credit_desktop.services.register_preview import Preview
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.rows import Column, HasId, RowsModel
from hs_credit_desktop.ui.widgets.basics import NumberLink, label
from hs_credit_desktop.ui.widgets.table import RowsTable
from hs_credit_desktop.ui.widgets.tick import TickBox

AnyRow = TypeVar("AnyRow", bound=HasId)
ID = Qt.ItemDataRole.UserRole
_WIDEST = 700  # a round with long names must not widen the window


def table_of(name: str, columns: Sequence[Column[AnyRow]]) -> tuple[RowsTable, RowsModel[AnyRow]]:
    """A table under these columns, with its model."""
    table = RowsTable(name)
    model: RowsModel[AnyRow] = RowsModel(columns, table)
    table.show_model(model)
    return table, model


def small_list(name: str) -> QListWidget:
    """A plain list in the body's size."""
    made = QListWidget()
    made.setAccessibleName(name)
    made.setFont(theme.font())
    made.setUniformItemSizes(True)
    made.setFrameShape(QFrame.Shape.StyledPanel)
    made.setProperty("outlined", True)
    return made


def labelled(words: str, *fields: QWidget, stretch: int = 1) -> QHBoxLayout:
    """A caption of one width before its fields."""
    row = QHBoxLayout()
    row.setSpacing(theme.GAP)
    caption = label(words, ink="text2")
    caption.setFixedSize(96, theme.FIELD)
    row.addWidget(caption, 0, Qt.AlignmentFlag.AlignTop)
    for place, field in enumerate(fields):
        row.addWidget(field, stretch if place == 0 else 0)
    return row


class PreviewView(QWidget):
    """What a change would touch: a sentence, numbers that open their lists, rounds to tick."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = label("", bold=True)
        self.sentence.setWordWrap(True)
        self.numbers: list[NumberLink] = []
        self.ticks: dict[str, TickBox] = {}
        self.list = small_list("预览里的清单")
        self.list_title = label("", theme.CAPTION, ink="text2")
        self._numbers, self._rounds = QHBoxLayout(), QVBoxLayout()
        self._numbers.setSpacing(theme.PADDING)
        self._rounds.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.sentence)
        column.addLayout(self._numbers)
        column.addWidget(self.list_title)
        column.addWidget(self.list, 1)
        column.addLayout(self._rounds)
        self.hide()

    def show_preview(self, preview: Preview | None) -> None:
        """Show another preview; ticks already set stay, the list of the first number is open."""
        self.setVisible(preview is not None)
        ticked = {round_id for round_id, box in self.ticks.items() if box.isChecked()}
        _clear(self._numbers)
        _clear(self._rounds)
        self.numbers, self.ticks = [], {}
        if preview is None:
            return
        self.sentence.setText(preview.sentence)
        for count in preview.counts:
            link = NumberLink(count.caption)
            link.set_number(count.number)
            link.clicked.connect(
                lambda _on=False, shown=count: self._open(shown.caption, shown.items)
            )
            self.numbers.append(link)
            self._numbers.addWidget(link)
        self._numbers.addStretch(1)
        if preview.asks:
            self._rounds.addWidget(label("进行中的轮次，勾选的才跟着改：", ink="text2"))
        for ask in preview.asks:
            box = TickBox(f"{ask.round.name}（{ask.round.due_on} 截止）：{ask.words}")
            box.setChecked(ask.round.id in ticked)
            box.setToolTip(box.text())
            box.setMaximumWidth(_WIDEST)
            self.ticks[ask.round.id] = box
            self._rounds.addWidget(box)
        before: QWidget = self.list
        for widget in (*self.numbers, *self.ticks.values()):
            QWidget.setTabOrder(before, widget)
            before = widget
        first = next((item for item in preview.counts if item.number), preview.counts[0])
        self._open(first.caption, first.items)

    def _open(self, caption: str, items: Sequence[str]) -> None:
        self.list_title.setText(f"{caption}　{len(items)}")
        self.list.clear()
        self.list.addItems(list(items))

    @property
    def follow(self) -> tuple[str, ...]:
        """Ids of the rounds that are ticked."""
        return tuple(round_id for round_id, box in self.ticks.items() if box.isChecked())


def _clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()


class UnitFinder(QWidget):
    """A line and the units it may mean, the likeliest first, each with its reason.

    chosen: the id of the unit that is current in the list, '' for none.
    """

    chosen = Signal(str)

    def __init__(self, ws: Workspace, name: str) -> None:
        super().__init__()
        self._ws, self._leave_out = ws, ""
        self.edit = FinderLine(self._step)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText("名称、别名或拼音首字母")
        self.list = small_list(f"{name}的候选")
        self.list.setFixedHeight(4 * theme.ROW)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.edit)
        column.addWidget(self.list)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._fill)
        self.list.currentItemChanged.connect(lambda *_: self.chosen.emit(self.unit_id))

    def start(self, leave_out: str) -> None:
        """Begin anew; leave_out: a unit that is no answer."""
        self._leave_out = leave_out
        self.edit.clear()
        self._fill("")

    @property
    def unit_id(self) -> str:
        """The id of the current unit, '' for none."""
        item = self.list.currentItem()
        return str(item.data(ID)) if item else ""

    def _fill(self, typed: str) -> None:
        typed = typed.strip()
        found = {
            item.unit.id: f"{item.unit.canonical_name}　{item.words}"
            for item in (
                register_matching.candidates(self._ws, typed, self._ws.today) if typed else ()
            )
        }
        for row in register_units.rows(self._ws):
            if row.unit.active and row.matches(typed):
                found.setdefault(row.id, row.unit.canonical_name)
        self.list.clear()
        for unit_id, words in found.items():
            if unit_id != self._leave_out:
                item = QListWidgetItem(words)
                item.setData(ID, unit_id)
                self.list.addItem(item)
        if typed:
            self.list.setCurrentRow(0)
        self.chosen.emit(self.unit_id)

    def _step(self, step: int) -> None:
        place = self.list.currentRow() + step
        self.list.setCurrentRow(min(max(place, 0), self.list.count() - 1))


class FinderLine(QLineEdit):
    """Up and down move in the list below while one types."""

    def __init__(self, step: Callable[[int], None]) -> None:
        super().__init__()
        self._step = step

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
