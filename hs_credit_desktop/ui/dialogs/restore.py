"""还原: what a backup holds and what would be lost, by name, before it is put back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from hs_credit_desktop.services import backups
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.workbox import WorkBox
from hs_credit_desktop.ui.models.rows import Cell, Column, RowsModel
from hs_credit_desktop.ui.widgets.basics import Button, NumberLink, Pane, label
from hs_credit_desktop.ui.widgets.table import RowsTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hs_credit_desktop.services.backups import Preview
    from hs_credit_desktop.services.workspace import Changes
    from hs_credit_desktop.store.differences import Difference
    from hs_credit_desktop.ui.window import Window


@dataclass(frozen=True)
class LostRow:
    """A row of the list: what it is, of whom, and what becomes of it."""

    id: str
    name: str
    where: str
    what: str


COLUMNS: tuple[Column[LostRow], ...] = (
    Column("轮次或时间", lambda row: Cell(row.where, row.where, ink="text2"), 120),
    Column("名称", lambda row: Cell(row.name, row.name), 420),
    Column("还原以后", lambda row: Cell(row.what, row.what, ink="warn"), 0),
)
RETURNS, ENTRIES, LINES = range(3)
WORDS = ("报送件", "反馈", "操作")


class RestoreBox(WorkBox):
    """Three numbers, each the door to its list; the present is saved before anything changes."""

    def __init__(self, window: Window, file: Path) -> None:
        super().__init__(window, "还原备份")
        self.file = file
        self._lists: tuple[tuple[LostRow, ...], ...] = ((), (), ())
        self.holds = label("")
        self.holds.setWordWrap(True)
        self.doors = [NumberLink(f"会失去的{word}", "warn") for word in WORDS]
        row = QHBoxLayout()
        row.setSpacing(theme.PADDING)
        for place, door in enumerate(self.doors):
            door.clicked.connect(partial(self.show_list, place))
            row.addWidget(door)
        row.addStretch(1)
        self.model: RowsModel[LostRow] = RowsModel(COLUMNS, self)
        self.table = RowsTable("会失去的内容")
        self.table.show_model(self.model)
        self.pane = Pane("会失去的报送件")
        self.pane.body.addWidget(self.table, 1)
        self.body.addWidget(label(file.name, theme.PANE_TITLE, bold=True))
        self.body.addWidget(self.holds)
        self.body.addLayout(row)
        self.body.addWidget(self.pane, 1)
        self.go = Button(
            "先存下现在的，再还原", self.restore, key="Ctrl+Enter", primary=True, bind_key=False
        )
        self.bind_primary(self.go)
        self.back = Button("撤销这次还原", self.undo)
        self.back.hide()
        self.add_foot(self.back, self.go)
        self.go.setEnabled(False)
        self.work(lambda _job: backups.preview(self.ws, file), self.show_preview, "正在查看备份…")

    def show_preview(self, seen: Preview) -> None:
        """Show what the backup holds beside the present, and what would be lost."""
        self.holds.setText(_words(seen))
        for door in self.doors:
            door.setVisible(seen.present is not None)
        self.pane.setVisible(seen.present is not None)
        lines = tuple(
            LostRow(str(at), f"{line.action}　{line.subject}", f"{line.at:%m-%d %H:%M}", "撤销")
            for at, line in enumerate(seen.would_lose)
        )
        self._lists = (_rows(seen.returns), _rows(seen.entries), lines)
        for door, rows in zip(self.doors, self._lists, strict=True):
            door.set_number(len(rows))
        self.show_list(next((at for at in range(3) if self._lists[at]), RETURNS))
        self.go.setEnabled(not self.ws.read_only)
        self.go.setToolTip("台账是只读打开的，不能还原" if self.ws.read_only else "")
        self.table.setFocus()

    def show_list(self, place: int, _checked: object = None) -> None:
        """Show exactly what one of the numbers counts."""
        rows = self._lists[place]
        self.model.show_rows(rows)
        self.pane.title.setText(f"会失去的{WORDS[place]}")
        self.pane.subtitle.setText(f"{len(rows)} 项" if rows else "没有")
        if rows:
            self.table.select(rows[0].id)

    def restore(self) -> None:
        """Put the backup in place of the ledger."""
        if self.may_write():
            self.work(
                lambda _job: backups.restore(self.ws, self.file),
                self._restored,
                "正在还原…",
                locking=True,
            )

    def _restored(self, changes: Changes) -> None:
        self.announce(changes)
        self.go.hide()
        if self.pane.isHidden():  # what was there before is damaged: there is no way back to it
            self.said.say("已还原。受损的那份台账留在备份文件夹里备查。")
            return
        self.back.show()
        self.back.setFocus()
        self.said.say("已还原。还原前的台账已存成备份。")
        for door in self.doors:
            door.setEnabled(False)

    def undo(self) -> None:
        """Take the restore back."""
        if self.may_write():
            self.work(
                lambda _job: backups.undo_restore(self.ws),
                self._undone,
                "正在撤销还原…",
                locking=True,
            )

    def _undone(self, changes: Changes) -> None:
        self.announce(changes)
        self.back.hide()
        self.said.say("已撤销，台账和还原之前一样。")


def _words(seen: Preview) -> str:
    holds = f"备份里有报送件 {seen.contents.returns} 件、反馈 {seen.contents.entries} 条；"
    if seen.present is None:
        return (
            f"{holds}现在的台账已损坏，读不出来，所以列不出会失去什么："
            "备份以后录入的内容需要重新录入。受损的那份会留在备份文件夹里备查。"
        )
    return (
        f"{holds}现在有报送件 {seen.present.returns} 件、反馈 {seen.present.entries} 条。"
        "还原之前，现在的台账会先存成一份备份，随时可以撤销。"
    )


def _rows(found: Sequence[Difference]) -> tuple[LostRow, ...]:
    return tuple(
        LostRow(
            item.id,
            f"{item.unit_name}　{item.measure}".strip(),
            item.round_name,
            "没有了" if item.fresh else "回到以前的内容",
        )
        for item in found
    )
