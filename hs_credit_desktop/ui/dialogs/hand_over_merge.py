"""合并交接包: what merging would do, each conflict to decide, then all of it or nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from hs_credit_desktop.services import handover
from hs_credit_desktop.services.workspace import reading
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.conflicts import ConflictsPane
from hs_credit_desktop.ui.dialogs.hand_over_passphrase import ask_passphrase, needs_passphrase
from hs_credit_desktop.ui.dialogs.workbox import WorkBox
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.errors import UserError
    from hs_credit_desktop.services.handover import MergePreview
    from hs_credit_desktop.ui.run import Job
    from hs_credit_desktop.ui.window import Window


class MergeBox(WorkBox):
    """The dry run stands here until the clerk merges; Esc leaves everything as it was."""

    SIZE = (940, 600)

    def __init__(self, window: Window, file: Path) -> None:
        super().__init__(window, "合并交接包")
        self.file, self.passphrase = file, ""
        self.seen: MergePreview | None = None
        self.by = label("", ink="text2")
        self.counts = label("", theme.PANE_TITLE, bold=True)
        row = QHBoxLayout()
        row.addWidget(label(file.name, theme.PANE_TITLE, bold=True))
        row.addStretch(1)
        row.addWidget(self.by)
        self.body.addLayout(row)
        self.body.addWidget(self.counts)
        self.conflicts = ConflictsPane()
        self.conflicts.decided.connect(self._fit_go)
        self.calm = EmptyState("checkmark_circle", "正在比对…", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.calm)
        self._stack.addWidget(self.conflicts)
        self.body.addWidget(self._stack, 1)
        self.go = Button("合并", self.merge, key="Ctrl+Enter", primary=True, bind_key=False)
        self.bind_primary(self.go)
        self.add_foot(self.go)
        self.go.setEnabled(False)
        self.look()

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
        self.counts.setText(
            f"新增 {seen.new}　更新 {seen.changed}　相同 {seen.same}　冲突 {len(seen.conflicts)}"
        )
        self.conflicts.show_conflicts(seen.conflicts)
        self._stack.setCurrentIndex(1 if seen.conflicts else 0)
        if seen.new + seen.changed:
            self.calm.show_words("没有冲突，可以合并", "合并之前会先做一份备份，全部成功才算数")
        else:
            self.calm.show_words("两边已经一样", "合并不会改变内容，只记下对方已有哪些")
        self._fit_go()
        if not seen.conflicts:
            self.go.setFocus()

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
        self._stack.setCurrentIndex(0)
        done = (
            f"新增 {seen.new} 条，更新 {seen.changed} 条，按选定处理冲突 {len(seen.conflicts)} 处"
        )
        self.calm.show_words("已合并", f"{done}。两边要完全一致，请再从本机制作交接包带回去合并。")
