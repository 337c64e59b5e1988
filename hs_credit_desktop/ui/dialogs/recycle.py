"""回收: everything that was taken out of use, and bringing it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from hs_credit_desktop.services import recycle
from hs_credit_desktop.ui.dialogs.workbox import WorkBox
from hs_credit_desktop.ui.models.rows import Cell, Column, RowsModel
from hs_credit_desktop.ui.widgets.basics import Button, Pane
from hs_credit_desktop.ui.widgets.states import EmptyState
from hs_credit_desktop.ui.widgets.table import RowsTable

if TYPE_CHECKING:
    from hs_credit_desktop.store.recycle import Deactivated
    from hs_credit_desktop.ui.window import Window


@dataclass(frozen=True)
class RecycledRow:
    """A row of the list."""

    item: Deactivated

    @property
    def id(self) -> str:
        """Table and id, which together name it."""
        return f"{self.item.table}|{self.item.id}"


def _kind(row: RecycledRow) -> Cell:
    words = recycle.kind_of(row.item)
    return Cell(words, words, ink="text2")


def _at(row: RecycledRow) -> Cell:
    return Cell(f"{row.item.at:%Y-%m-%d %H:%M}", row.item.at.isoformat(), ink="text2")


COLUMNS: tuple[Column[RecycledRow], ...] = (
    Column("类别", _kind, 110),
    Column("停用时间", _at, 150),
    Column("名称", lambda row: Cell(row.item.name, row.item.name), 0),
)


class RecycleBox(WorkBox):
    """The newest first; Enter brings the chosen one back."""

    SIZE = (720, 460)

    def __init__(self, window: Window) -> None:
        super().__init__(window, "回收")
        self.model: RowsModel[RecycledRow] = RowsModel(COLUMNS, self)
        self.table = RowsTable("停用的内容")
        self.table.show_model(self.model)
        self.table.opened.connect(lambda _id: self.bring_back())
        self.pane = Pane("停用的内容", "没有删除，随时可以恢复")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            EmptyState("checkmark_circle", "没有停用的内容", "停用的单位、措施、佐证等会列在这里")
        )
        self.pane.body.addWidget(self._stack, 1)
        self.body.addWidget(self.pane, 1)
        self.go = Button("恢复使用", self.bring_back, key="Enter", primary=True, bind_key=False)
        self.add_foot(self.go)
        self.show_rows()

    def show_rows(self) -> None:
        """Read the list again; the place in it stays."""
        place = self.table.currentIndex().row()
        rows = tuple(RecycledRow(item) for item in recycle.recycled(self.ws))
        self.model.show_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.pane.subtitle.setText(f"{len(rows)} 项，没有删除，随时可以恢复" if rows else "")
        self.go.setEnabled(bool(rows) and not self.ws.read_only)
        self.go.setToolTip("台账是只读打开的，不能恢复" if self.ws.read_only else "")
        if rows:
            self.table.select(rows[min(max(place, 0), len(rows) - 1)].id)
            self.table.setFocus()

    def bring_back(self) -> None:
        """Bring the chosen one back into use."""
        chosen = next((row for row in self.model.rows if row.id == self.table.current_id()), None)
        if chosen is None or not self.go.isEnabled() or not self.may_write():
            return
        if self.command(recycle.bring_back, self.ws, chosen.item):
            self.show_rows()
            self.said.say(f"{recycle.kind_of(chosen.item)}“{chosen.item.name}”已恢复使用")
