"""完整性检查: what is not as it was saved, each with its way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from hs_credit_desktop.services import integrity, second_copy
from hs_credit_desktop.services.integrity import Action
from hs_credit_desktop.services.workspace import Changes
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.workbox import WorkBox, present
from hs_credit_desktop.ui.models.rows import Cell, Column, RowsModel
from hs_credit_desktop.ui.widgets.basics import Button, Pane, label
from hs_credit_desktop.ui.widgets.states import EmptyState
from hs_credit_desktop.ui.widgets.table import RowsTable

if TYPE_CHECKING:
    from hs_credit_desktop.services.integrity import Finding
    from hs_credit_desktop.ui.run import Job
    from hs_credit_desktop.ui.window import Window


@dataclass(frozen=True)
class FindingRow:
    """A row of the list."""

    place: int
    finding: Finding

    @property
    def id(self) -> str:
        """Its place among the findings."""
        return str(self.place)


COLUMNS: tuple[Column[FindingRow], ...] = (
    Column("哪里", lambda row: Cell(row.finding.where, row.place), 240),
    Column("怎么了", lambda row: Cell(row.finding.text, row.finding.text, ink="bad"), 330),
    Column("怎么办", lambda row: Cell(row.finding.action.label, row.finding.action.label), 0),
)


class CheckBox(WorkBox):
    """Checks when it opens; the primary button takes the way out of the row chosen."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, "完整性检查")
        self.model: RowsModel[FindingRow] = RowsModel(COLUMNS, self)
        self.table = RowsTable("检查发现的问题")
        self.table.show_model(self.model)
        self.table.moved.connect(lambda _id: self._show_current())
        self.table.opened.connect(lambda _id: self.mend())
        self.pane = Pane("检查结果")
        self.whole = EmptyState("checkmark_circle", "正在检查…", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.whole)
        self._stack.addWidget(self.table)
        self.pane.body.addWidget(self._stack, 1)
        self.advice = label("", theme.BODY)
        self.advice.setWordWrap(True)
        self.body.addWidget(self.pane, 1)
        self.body.addWidget(self.advice)
        self.again = Button("重新检查", self.check, key="F5")
        self.go = Button("处理", self.mend, key="Enter", primary=True, bind_key=False)
        self.add_foot(self.again, self.go)
        self.go.hide()
        self.check()

    def check(self) -> None:
        """Check the ledger again, on a worker."""
        self.work(self._check, self._checked, "正在检查台账、原件和日志…")

    def _check(self, job: Job) -> list[Finding] | None:
        found = integrity.check(self.ws, stopped=lambda: job.stopped)
        return None if job.stopped else found

    def _checked(self, found: list[Finding] | None) -> None:
        if found is None:
            self.whole.show_words("检查没有做完", "按 F5 重新检查")
            self._stack.setCurrentIndex(0)
            return
        self.model.show_rows([FindingRow(place, item) for place, item in enumerate(found)])
        self._stack.setCurrentIndex(1 if found else 0)
        self.pane.subtitle.setText(f"{len(found)} 个问题" if found else "")
        self.main.ledger_checked.emit(found)
        if found:
            self.table.select("0")
            self.table.setFocus()
        else:
            self.whole.show_words(
                "台账完好", "数据库、每条记录、操作日志、原件、计数和查找索引都和保存时一致"
            )
        self._show_current()

    def current(self) -> Finding | None:
        """The finding that is chosen."""
        rows = {row.id: row.finding for row in self.model.rows}
        return rows.get(self.table.current_id())

    def _show_current(self) -> None:
        found = self.current()
        self.advice.setText(found.advice if found else "")
        self.go.setVisible(found is not None)
        if found is not None:
            self.go.set_text(found.action.label)
            may = found.action is Action.RESTORE or not self.ws.read_only
            self.go.setEnabled(may)

    def mend(self) -> None:
        """Take the way out of the chosen finding, then check again."""
        found = self.current()
        if found is None or self.working or not self.go.isEnabled() or not self.may_write():
            return
        if found.action is Action.RESTORE:
            from hs_credit_desktop.ui.dialogs.backups import BackupsBox

            present(self.main, BackupsBox)
            return
        fix = {
            Action.REBUILD_SEARCH: lambda: integrity.rebuild_search(self.ws),
            Action.RECOUNT: lambda: integrity.recount(self.ws),
            Action.SET_ASIDE: self._fetch,
        }[found.action]
        self.work(lambda _job: fix(), self._mended, "正在处理…", locking=True)

    def _fetch(self) -> Changes:
        second_copy.fetch_files(self.ws.ledger)
        return Changes(returns=True)

    def _mended(self, changes: Changes) -> None:
        self.run.changed.emit(changes)
        self.check()
