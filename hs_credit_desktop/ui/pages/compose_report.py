"""核对改过的报告: what an edited .docx says otherwise than the ledger, in a window that stays."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QVBoxLayout

from hs_credit_desktop.domain.edited_report import Difference
from hs_credit_desktop.services import edited_report
from hs_credit_desktop.services.edited_report import Compared, Comparison
from hs_credit_desktop.services.workspace import reading
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.rows import Cell, Column, RowsModel
from hs_credit_desktop.ui.pages.compose_base import ComposeBase
from hs_credit_desktop.ui.run import Job
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.states import EmptyState
from hs_credit_desktop.ui.widgets.table import RowsTable

_SIGNS = {
    Difference.FIGURE: ("warning", "bad", "filled"),
    Difference.CHANGED: ("edit", "warn", "regular"),
    Difference.NEW: ("add", "accent", "regular"),
    Difference.GONE: ("subtract_circle", "text2", "regular"),
}


@dataclass(frozen=True)
class FindingRow:
    """A difference of the list."""

    id: str
    compared: Compared


def _kind(row: FindingRow) -> Cell:
    kind = row.compared.finding.kind
    return Cell(kind.label, list(Difference).index(kind), icon=_SIGNS[kind])


def _what(row: FindingRow) -> Cell:
    finding = row.compared.finding
    said = "；".join(
        f"报告写 {theirs or '（无）'}，台账是 {ours or '（无）'}"
        for theirs, ours in finding.numbers
    )
    return Cell(said or finding.edited or finding.ledger, ink="text")


def _where(row: FindingRow) -> Cell:
    return Cell(row.compared.finding.where or "标题", ink="text2")


COLUMNS: tuple[Column[FindingRow], ...] = (
    Column("差别", _kind, 150),
    Column("内容", _what, 0),
    Column("位置", _where, 240),
)


def compare(page: ComposeBase, path: Path) -> None:
    """Compare on a worker; the window with what differs opens when it is done."""
    if page.round is None:
        return
    ws, round_ = page.ws, page.round

    def work(job: Job) -> Comparison:
        job.report(f"正在核对“{path.name}”…")
        with reading(ws) as own:
            return edited_report.compare_report(own, round_, path)

    page.run.background(work, lambda found: _show(page, found), words="正在核对…")


def _show(page: ComposeBase, found: Comparison) -> None:
    page.report_window = ReportWindow(page, found)
    page.report_window.show()


class ReportWindow(QDialog):
    """The differences, figures first; nothing is changed until a paragraph is taken over."""

    def __init__(self, page: ComposeBase, found: Comparison) -> None:
        super().__init__(page)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._page, self.found = page, found
        self._taken: set[str] = set()
        self.setWindowTitle(f"核对改过的报告：{found.name}")
        self.head = label(_summary(found), theme.PANE_TITLE, bold=True)
        self.hint = label(
            "台账和汇总稿都没有改动。数字以台账为准；要采用报告里的写法，请逐段确认。",
            theme.CAPTION,
            ink="text2",
        )
        self.model: RowsModel[FindingRow] = RowsModel(COLUMNS, self)
        self.table = RowsTable("报告与台账的差别")
        self.theirs, self.ours, self.origin = (ElidedLabel(2) for _ in range(3))
        self.look = Button("看这一条", self.open_node, key="Enter", bind_key=False)
        self.take = Button(
            "采用这一段", self.take_over, key="Ctrl+Enter", primary=True, bind_key=False
        )
        self.resize(1060, 600)
        self._build()
        self.model.show_rows([FindingRow(str(at), item) for at, item in enumerate(found.items)])
        if found.items:
            self.table.select("0")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        column.setSpacing(theme.GAP)
        column.addWidget(self.head)
        column.addWidget(self.hint)
        self.table.show_model(self.model)
        head = self.table.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(2, 240)
        self.table.moved.connect(self._show_row)
        self.table.opened.connect(lambda _id: self.open_node())
        empty = EmptyState("checkmark_circle", "没有差别", "报告与台账、汇总稿一致")
        self.table.setVisible(bool(self.found.items))
        empty.setVisible(not self.found.items)
        column.addWidget(self.table, 1)
        column.addWidget(empty, 1)
        for caption, shown in (
            ("报告里", self.theirs),
            ("台账里", self.ours),
            ("来源", self.origin),
        ):
            row = QHBoxLayout()
            name = label(caption, theme.CAPTION, ink="text2")
            name.setFixedWidth(52)
            row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(shown, 1)
            column.addLayout(row)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        foot.addWidget(Button("关闭", self.close, key="Esc", bind_key=False))
        foot.addStretch(1)
        foot.addWidget(self.look)
        foot.addWidget(self.take)
        column.addLayout(foot)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.take_over)

    def row(self) -> FindingRow | None:
        """The current difference."""
        at = self.model.row_of(self.table.current_id())
        return self.model.rows[at] if at >= 0 else None

    def _show_row(self, _id: str) -> None:
        row = self.row()
        if row is None:
            return
        finding = row.compared.finding
        self.theirs.setText(finding.edited.replace("\t", "　") or "（没有这一句）")
        self.ours.setText(finding.ledger.replace("\t", "　") or "（没有这一句）")
        self.origin.setText(_origin_words(row.compared))
        taken, locked = row.id in self._taken, self._page.locked()
        self.take.setEnabled(row.compared.can_take and not taken and not locked)
        self.take.set_text("已采用" if taken else "采用这一段")
        self.take.setToolTip(locked or "报告里的这一段写进汇总稿，旧稿留作上一版")
        self.look.setEnabled(bool(finding.node))

    def open_node(self) -> None:
        """Show the node of the difference on the page behind."""
        row = self.row()
        if row is not None and row.compared.finding.node:
            self._page.open_measure(row.compared.finding.node)

    def take_over(self) -> None:
        """Take the paragraph of the file into the draft."""
        row, page = self.row(), self._page
        if row is None or page.round is None or not self.take.isEnabled():
            return
        if page.run.command(edited_report.take_over, page.ws, page.round, row.compared.finding):
            self._taken.add(row.id)
            self.hint.setText("已写进汇总稿，旧稿留作上一版。")
            self._show_row(row.id)


def _summary(found: Comparison) -> str:
    """2 处数字与台账不一致，新增 1 句，删去 0 句，改动 3 句."""
    counts = dict.fromkeys(Difference, 0)
    for item in found.items:
        counts[item.finding.kind] += 1
    return (
        f"{found.numbers} 处数字与台账不一致；新增 {counts[Difference.NEW]} 句，"
        f"删去 {counts[Difference.GONE]} 句，改动 {counts[Difference.CHANGED]} 句"
    )


def _origin_words(compared: Compared) -> str:
    if not compared.finding.ledger:
        return "各单位反馈里没有，是报告里新写的"
    if not compared.origins:
        return "台账的报送情况" if not compared.finding.node else "台账数字"
    return "；".join(f"{one.unit or '台账'}：{one.text}" for one in compared.origins)
