"""Conflicts of a merge, one field at a time: ours at the left, theirs at the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from hs_credit_desktop.services.handover import Choice
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.rows import Cell, Column, RowsModel
from hs_credit_desktop.ui.widgets.basics import Button, Pane
from hs_credit_desktop.ui.widgets.table import RowsTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hs_credit_desktop.services.conflicts import ConflictShown

CHOICES = {Choice.HERE: "用这边的", Choice.THERE: "用那边的"}


@dataclass(frozen=True)
class ConflictRow:
    """A row of the list with what was decided."""

    conflict: ConflictShown
    choice: Choice | None

    @property
    def id(self) -> str:
        """The conflict's id."""
        return self.conflict.id


def _decided(row: ConflictRow) -> Cell:
    if row.choice is None:
        return Cell("未选定", 0, ink="warn")
    return Cell(CHOICES[row.choice], row.choice.value, ink="ok")


COLUMNS: tuple[Column[ConflictRow], ...] = (
    Column("哪里", lambda row: Cell(row.conflict.where, row.conflict.where), 330),
    Column("哪一项", lambda row: Cell(row.conflict.field, row.conflict.field), 120),
    Column("选定", _decided, 0),
)


class ConflictsPane(QWidget):
    """The list over both texts. decided: a choice was made."""

    decided = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._conflicts: tuple[ConflictShown, ...] = ()
        self.choices: dict[str, Choice] = {}
        self.model: RowsModel[ConflictRow] = RowsModel(COLUMNS, self)
        self.table = RowsTable("两边都改过的内容")
        self.table.show_model(self.model)
        self.table.moved.connect(lambda _id: self._show_current())
        self.pane = Pane("两边都改过", "逐处选定用哪一边的；没有选用的一边记在日志里")
        self.pane.body.addWidget(self.table, 1)
        self.sides = {Choice.HERE: _Side("这边（本机）"), Choice.THERE: _Side("那边（交接包）")}
        keys = {Choice.HERE: "Ctrl+Left", Choice.THERE: "Ctrl+Right"}
        printed = {Choice.HERE: "Ctrl+←", Choice.THERE: "Ctrl+→"}
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        for choice, side in self.sides.items():
            row.addWidget(side, 1)
            foot = side.add_foot()
            foot.addWidget(Button(f"全部{CHOICES[choice]}", partial(self.choose_all, choice)))
            foot.addStretch(1)
            pick = Button(
                CHOICES[choice],
                partial(self.choose, choice),
                key=printed[choice],
                bind_key=False,
            )
            foot.addWidget(pick)
            QShortcut(QKeySequence(keys[choice]), self, partial(self.choose, choice))
        for key, way in (("F8", 1), ("Shift+F8", -1)):
            QShortcut(QKeySequence(key), self, lambda way=way: self.step(way))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.pane, 2)
        column.addLayout(row, 3)

    def show_conflicts(self, conflicts: Sequence[ConflictShown]) -> None:
        """Show these, none of them decided."""
        self._conflicts, self.choices = tuple(conflicts), {}
        self._show()
        if conflicts:
            self.table.select(conflicts[0].id)
            self.table.setFocus()

    @property
    def open(self) -> int:
        """How many are not decided yet."""
        return len(self._conflicts) - len(self.choices)

    def _show(self) -> None:
        self.model.show_rows(
            [ConflictRow(item, self.choices.get(item.id)) for item in self._conflicts]
        )
        self._show_current()

    def _show_current(self) -> None:
        row = next((item for item in self.model.rows if item.id == self.table.current_id()), None)
        if row is None:
            return
        shown = row.conflict
        self.sides[Choice.HERE].show_text(shown.here, shown.here_by, shown.here_at)
        self.sides[Choice.THERE].show_text(shown.there, shown.there_by, shown.there_at)
        for choice, side in self.sides.items():
            side.mark(chosen=row.choice is choice)

    def choose(self, choice: Choice) -> None:
        """Decide the current one and go on to the next that is open."""
        current = self.table.current_id()
        if not current:
            return
        self.choices[current] = choice
        self._show()
        ids = self.table.ids()
        later = ids[ids.index(current) + 1 :] + ids[: ids.index(current)]
        if left := next((item for item in later if item not in self.choices), ""):
            self.table.select(left)
        self.decided.emit()

    def choose_all(self, choice: Choice) -> None:
        """Decide all that are open."""
        for item in self._conflicts:
            self.choices.setdefault(item.id, choice)
        self._show()
        self.decided.emit()

    def step(self, way: int) -> None:
        """The next or previous conflict."""
        if target := self.table.neighbour(way):
            self.table.select(target)


class _Side(Pane):
    """One side's text with who wrote it and when."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._title = title
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(theme.font())
        self.text.setAccessibleName(title)
        self.body.addWidget(self.text, 1)

    def show_text(self, words: str, who: str, when: str) -> None:
        """Show a value; an empty one is said in words."""
        self.text.setPlainText(words or "（空）")
        moment = f"{datetime.fromisoformat(when):%m-%d %H:%M}" if when else ""
        self.subtitle.setText("　".join(part for part in (who, moment) if part))

    def mark(self, *, chosen: bool) -> None:
        """Say in the title whether this side was chosen."""
        self.title.setText(f"{self._title} ✓ 选用" if chosen else self._title)
