"""合并交接包: what merging would do, each conflict to decide, then all of it or nothing."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from hs_credit_desktop.services import handover
from hs_credit_desktop.services.workspace import reading
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.conflicts import ConflictsPane
from hs_credit_desktop.ui.dialogs.hand_over_passphrase import ask_passphrase, needs_passphrase
from hs_credit_desktop.ui.dialogs.workbox import WorkBox
from hs_credit_desktop.ui.models.rows import Cell, Column, RowsModel
from hs_credit_desktop.ui.widgets.basics import Button, NumberLink, Pane, label
from hs_credit_desktop.ui.widgets.states import EmptyState
from hs_credit_desktop.ui.widgets.table import RowsTable

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.errors import UserError
    from hs_credit_desktop.services.handover import MergePreview
    from hs_credit_desktop.services.merge_lists import MergeRow
    from hs_credit_desktop.ui.run import Job
    from hs_credit_desktop.ui.window import Window


COLUMNS: tuple[Column[MergeRow], ...] = (
    Column("内容", lambda row: Cell(row.kind, row.kind, ink="text2"), 100),
    Column("哪里", lambda row: Cell(row.where, row.where), 380),
    Column("写着什么，或改成什么", lambda row: Cell(row.what, row.what), 0),
)
DOORS = (("新增", "accent"), ("更新", "accent"), ("冲突", "warn"))
CONFLICTS = 2


class MergeBox(WorkBox):
    """The dry run stands here until the clerk merges; Esc leaves everything as it was."""

    SIZE = (940, 600)

    def __init__(self, window: Window, file: Path) -> None:
        super().__init__(window, "合并交接包")
        self.file, self.passphrase = file, ""
        self.seen: MergePreview | None = None
        self._lists: tuple[tuple[MergeRow, ...], ...] = ((), ())
        self.by = label("", ink="text2")
        self.doors = [NumberLink(words, ink) for words, ink in DOORS]
        self.counted = label("", ink="text2")
        row = QHBoxLayout()
        row.addWidget(label(file.name, theme.PANE_TITLE, bold=True))
        row.addStretch(1)
        row.addWidget(self.by)
        self.body.addLayout(row)
        self._add_doors()
        self.conflicts = ConflictsPane()
        self.conflicts.decided.connect(self._fit_go)
        self.calm = EmptyState("checkmark_circle", "正在比对…", "")
        self.model: RowsModel[MergeRow] = RowsModel(COLUMNS, self)
        self.table = RowsTable("会增加或改动的内容")
        self.table.show_model(self.model)
        self.pane = Pane("会新增的内容")
        self.pane.body.addWidget(self.table, 1)
        self._stack = QStackedWidget()
        for page in (self.calm, self.conflicts, self.pane):
            self._stack.addWidget(page)
        self.body.addWidget(self._stack, 1)
        self.go = Button("合并", self.merge, key="Ctrl+Enter", primary=True, bind_key=False)
        self.bind_primary(self.go)
        self.add_foot(self.go)
        self.go.setEnabled(False)
        self.look()

    def _add_doors(self) -> None:
        """Three numbers, each the door to exactly what it counts."""
        row = QHBoxLayout()
        row.setSpacing(theme.PADDING)
        for place, door in enumerate(self.doors):
            door.clicked.connect(partial(self.show_list, place))
            door.setEnabled(False)
            row.addWidget(door)
        row.addWidget(self.counted)
        row.addStretch(1)
        self.body.addLayout(row)

    def look(self) -> None:
        """Compare on a worker; nothing is written."""
        self.work(
            self._compare,
            self.show_preview,
            "正在比对交接包…",
            failed=self._refused,
        )

    def _compare(self, _job: Job) -> MergePreview:
        with reading(self.ws) as own:
            return handover.preview(own, self.file, passphrase=self.passphrase or None)

    def _refused(self, error: UserError) -> None:
        if needs_passphrase(error) and (said := ask_passphrase(self, error)):
            self.passphrase = said
            self.look()
            return
        self.calm.show_words("没有合并", "台账没有改动")
        self.show_refusal(error)

    def show_preview(self, seen: MergePreview) -> None:
        """Show the dry run."""
        self.seen = seen
        made = datetime.fromisoformat(seen.made_at)
        self.by.setText(f"由 {seen.made_by} 制作于 {made:%Y-%m-%d %H:%M}")
        self._count(seen)
        self.conflicts.show_conflicts(seen.conflicts)
        self._stack.setCurrentWidget(self.conflicts if seen.conflicts else self.calm)
        if seen.new + seen.changed:
            self.calm.show_words("没有冲突，可以合并", "合并之前会先做一份备份，全部成功才算数")
        else:
            self.calm.show_words("两边已经一样", "合并不会改变内容，只记下对方已有哪些")
        self._fit_go()
        if not seen.conflicts:
            self.go.setFocus()

    def _count(self, seen: MergePreview) -> None:
        """Show the numbers, and keep what they count."""
        self._lists = (seen.added, seen.updated)
        numbers = (seen.new, seen.changed, len(seen.conflicts))
        for door, number in zip(self.doors, numbers, strict=True):
            door.set_number(number)
            door.setEnabled(bool(number))
        self.counted.setText("其余内容两边一样" if seen.same else "")

    def show_list(self, place: int, _checked: object = None) -> None:
        """Show exactly what one of the numbers counts."""
        if place == CONFLICTS:
            self._stack.setCurrentWidget(self.conflicts)
            self.conflicts.table.setFocus()
            return
        rows = self._lists[place]
        self.model.show_rows(rows)
        self.pane.title.setText(f"会{DOORS[place][0]}的内容")
        self.pane.subtitle.setText(f"{len(rows)} 条")
        self._stack.setCurrentWidget(self.pane)
        if rows:
            self.table.select(rows[0].id)
        self.table.setFocus()

    def _fit_go(self) -> None:
        left = self.conflicts.open
        self.go.set_text(f"合并（还有 {left} 处未选定）" if left else "合并")
        self.go.setEnabled(self.seen is not None and not left and not self.ws.read_only)
        if self.ws.read_only:
            self.go.setToolTip("台账是只读打开的，只能查看")

    def merge(self) -> None:
        """Merge in one transaction, after a backup."""
        if self.seen is None or not self.go.isEnabled() or not self.may_write():
            return
        choices = dict(self.conflicts.choices)
        self.work(
            lambda _job: handover.merge_package(
                self.ws, self.file, passphrase=self.passphrase or None, choices=choices
            ),
            self._merged,
            "正在备份并合并…",
            locking=True,
        )

    def _merged(self, seen: MergePreview) -> None:
        self.announce(handover.MERGED)
        self.seen = None
        self.go.setEnabled(False)
        self._count(seen)
        self._stack.setCurrentWidget(self.calm)
        self.calm.show_words("已合并", "两边要完全一致，请再从本机制作交接包带回去合并。")
