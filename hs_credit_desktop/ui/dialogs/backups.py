"""备份与还原: every backup with what was done since; back up now, look into one, put it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from hs_credit_desktop.services import backup_list, backups, second_copy
from hs_credit_desktop.services.backup_list import ListedBackup, moment_words, size_words
from hs_credit_desktop.services.workspace import Changes
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.dialogs.restore import RestoreBox
from hs_credit_desktop.ui.dialogs.workbox import WorkBox, present
from hs_credit_desktop.ui.models.rows import NOTHING, Cell, Column, RowsModel
from hs_credit_desktop.ui.opening import open_path
from hs_credit_desktop.ui.widgets.basics import Button, LinkButton, Pane, label
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.table import RowsTable

if TYPE_CHECKING:
    from hs_credit_desktop.services.backups import Made
    from hs_credit_desktop.ui.window import Window

KINDS = "台账备份 (*.hscredit)"


def _when(row: ListedBackup) -> Cell:
    return Cell(f"{row.at:%Y-%m-%d %H:%M}", row.at.isoformat())


def _returns(row: ListedBackup) -> Cell:
    return _count(row.contents.returns) if row.contents else Cell(NOTHING, -1, right=True)


def _entries(row: ListedBackup) -> Cell:
    return _count(row.contents.entries) if row.contents else Cell(NOTHING, -1, right=True)


def _count(count: int) -> Cell:
    return Cell(str(count), count, right=True)


def _since(row: ListedBackup) -> Cell:
    if row.since is None:
        return Cell(row.trouble or "现在的台账已损坏，无法比较", -1, ink="bad")
    words = f"此后又做了 {row.since} 项" if row.since else "和现在一样"
    return Cell(words, row.since, ink="text" if row.since else "ok")


COLUMNS: tuple[Column[ListedBackup], ...] = (
    Column("时间", _when, 150),
    Column("原因", lambda row: Cell(row.kind, row.kind), 90, "手动、定时、退出，或某项操作之前"),
    Column("大小", lambda row: Cell(size_words(row.size), row.size, right=True), 80, right=True),
    Column("报送件", _returns, 70, right=True),
    Column("反馈", _entries, 70, right=True),
    Column("和现在相比", _since, 0, "这份备份之后，日志里又记了多少项操作"),
)


class BackupsBox(WorkBox):
    """The table of backups; Enter opens the preview of the one chosen."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, "备份与还原")
        self.model: RowsModel[ListedBackup] = RowsModel(COLUMNS, self)
        self.table = RowsTable("备份")
        self.table.show_model(self.model)
        self.table.opened.connect(self.look)
        pane = Pane("备份", "最近 10 份，之后每天、每周、每月各留一份")
        pane.tools.addWidget(LinkButton("打开文件夹", self._open_folder, icon="folder_open"))
        pane.body.addWidget(self.table, 1)
        self.body.addWidget(pane, 1)
        self._add_second_place()
        self.make_button = Button("立即备份", self.make, key="Ctrl+S")
        self.file_button = Button("从文件还原…", self.choose, key="Ctrl+O")
        self.undo_button = Button("撤销上次还原", self.undo)
        self.look_button = Button(
            "看会失去什么，再还原…",
            lambda: self.look(self.table.current_id()),
            key="Enter",
            primary=True,
            bind_key=False,
        )
        self.add_foot(self.undo_button, self.file_button, self.make_button, self.look_button)
        self.run.changed.connect(self._changed)
        self.show_rows()

    def _changed(self, _changes: Changes) -> None:
        if self.isVisible() and not self.working:
            self.show_rows()

    def _add_second_place(self) -> None:
        self.second = ElidedLabel(1, theme.BODY)
        self.second_button = Button("选择…", self.choose_second)
        self.no_second = Button("不再使用", lambda: self._set_second(None))
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(label("第二份放到", ink="text2"))
        row.addWidget(self.second, 1)
        row.addWidget(self.second_button)
        row.addWidget(self.no_second)
        self.body.addLayout(row)
        self._show_second()

    def _show_second(self) -> None:
        place = second_copy.folder_of(self.ws.ledger)
        there = "" if place is None or place.parent.is_dir() else "（备份盘没有接上）"
        self.second.setText(f"{place}{there}" if place else "没有设置。建议选一个优盘或另一块硬盘")
        self.no_second.setVisible(place is not None)
        for button in (self.second_button, self.no_second):
            button.setEnabled(not self.ws.read_only)

    def show_rows(self) -> None:
        """Read the backups on a worker and list them."""
        self.work(lambda _job: backup_list.described(self.ws), self._listed, "正在读取备份…")

    def _listed(self, rows: tuple[ListedBackup, ...]) -> None:
        self.model.show_rows(rows)
        kinds = [row.kind for row in rows]
        self.undo_button.setVisible(backups.Kind.BEFORE_RESTORE.value in kinds)
        self.undo_button.setEnabled(not self.ws.read_only)
        self.look_button.setEnabled(bool(rows))
        if rows and not self.table.current_id():
            self.table.select(rows[0].id)
        newest = moment_words(rows[0].at, self.ws.today) if rows else ""
        self.said.say(f"共 {len(rows)} 份，最近一份 {newest}" if rows else backup_list.NONE_YET)
        self.table.setFocus()

    def make(self) -> None:
        """Back up now."""
        self.work(lambda _job: backups.make(self.ws), self._made, "正在备份…")

    def _made(self, made: Made) -> None:
        self.run.changed.emit(Changes())  # this list too is read again
        self.error.show_error(trouble_of(made))

    def look(self, row_id: str) -> None:
        """Show what restoring a backup would lose."""
        row = next((item for item in self.model.rows if item.id == row_id), None)
        if row is not None and not self.working:
            present(self.main, RestoreBox, row.file)

    def choose(self) -> None:
        """Look into a backup that lies elsewhere."""
        folder = second_copy.folder_of(self.ws.ledger) or Path.home()
        if file := messages.open_file(self, "从哪个备份还原", folder, KINDS):
            present(self.main, RestoreBox, file)

    def undo(self) -> None:
        """Show what taking the last restore back would do."""
        row = next(row for row in self.model.rows if row.kind == backups.Kind.BEFORE_RESTORE)
        self.look(row.id)

    def choose_second(self) -> None:
        """Choose where the second copies go."""
        if place := messages.choose_folder(self, "第二份备份放到哪里", Path.home()):
            self._set_second(place)

    def _set_second(self, place: Path | None) -> None:
        if self.command(second_copy.set_second_place, self.ws, place):
            self._show_second()

    def _open_folder(self) -> None:
        self.ws.folder.backups.mkdir(exist_ok=True)
        open_path(self.ws.folder.backups)


def trouble_of(made: Made) -> str:
    """What the clerk must know of a backup that was made; '' when all is well."""
    if made.findings:
        return (
            f"备份做好了，但台账检查发现 {made.findings} 个问题，这份标为“受损”。"
            "请打开“完整性检查”。"
        )
    return made.trouble
