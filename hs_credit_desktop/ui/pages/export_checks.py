"""The right pane of 导出: the layout rules measured in the finished report."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.rows import Cell, Column, RowsModel
from hs_credit_desktop.ui.widgets.basics import Pane, label, repolish, set_ink
from hs_credit_desktop.ui.widgets.states import EmptyState, Glyph
from hs_credit_desktop.ui.widgets.table import RowsTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hs_credit_desktop.reports.layout_check import LayoutFinding

_GOOD, _BAD = ("checkmark_circle", "ok", "filled"), ("warning", "warn", "filled")


@dataclass(frozen=True)
class CheckRow:
    """A rule with what was measured and what it must be."""

    rule: str
    measured: str
    limit: str
    ok: bool

    @property
    def id(self) -> str:
        """The rule is the row."""
        return self.rule


def _rule(row: CheckRow) -> Cell:
    return Cell(row.rule, row.rule, icon=_GOOD if row.ok else _BAD)


def _measured(row: CheckRow) -> Cell:
    return Cell(row.measured, row.measured, ink="text" if row.ok else "warn")


def _limit(row: CheckRow) -> Cell:
    return Cell(row.limit, row.limit, ink="text2")


class ChecksPane(Pane):
    """One line that says whether the report can be stamped, and every rule under it."""

    def __init__(self) -> None:
        super().__init__("版式自检", "取自生成的 PDF")
        self.model: RowsModel[CheckRow] = RowsModel(
            (
                Column("项目", _rule, 134),
                Column("实测", _measured, 108),
                Column("要求", _limit, 0),
            ),
            self,
        )
        self.table = RowsTable("版式自检")
        self.table.show_model(self.model)
        self.verdict = QFrame()
        self.verdict.setObjectName("strip")
        row = QHBoxLayout(self.verdict)
        row.setContentsMargins(theme.PADDING, 5, theme.PADDING, 5)
        row.setSpacing(theme.GAP)
        self._glyph = Glyph(*_GOOD[:2], 16, _GOOD[2])
        self.words = label("", bold=True, ink="ok")
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState("info", "还没有报告", "导出报告以后，逐项核对版式", size=20)
        )
        self._stack.addWidget(self.table)
        self.body.addWidget(self.verdict)
        self.body.addWidget(self._stack, 1)
        self.show_findings(())

    def show_findings(self, findings: "Sequence[LayoutFinding]") -> None:
        """Show the rules of a report; none: nothing was measured yet."""
        rows = [CheckRow(item.rule, item.measured, item.limit, item.ok) for item in findings]
        self.model.show_rows(rows)
        bad = sum(not row.ok for row in rows)
        good = len(rows) - bad
        self.words.setText(
            f"{good} 项合格，{bad} 项请核对" if bad else f"{good} 项全部合格，可以打印盖章"
        )
        self.verdict.setProperty("state", "" if bad else "ok")
        repolish(self.verdict)
        set_ink(self.words, "warn" if bad else "ok")
        name, ink, style = _BAD if bad else _GOOD
        self._glyph.show_icon(name, ink, style)
        self.verdict.setVisible(bool(rows))
        self._stack.setCurrentIndex(1 if rows else 0)
