"""The right pane of 导出: the layout rules measured in the finished report."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.rows import Cell, Column, RowsModel
from hs_credit_desktop.ui.widgets.basics import Pane, label, repolish, set_ink
from hs_credit_desktop.ui.widgets.states import EmptyState, Glyph
from hs_credit_desktop.ui.widgets.table import RowsTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hs_credit_desktop.reports.layout_check import LayoutFinding
    from hs_credit_desktop.services.rare_characters import RareCharacter

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


@dataclass(frozen=True)
class RareRow:
    """A character that no font has."""

    item: "RareCharacter"

    @property
    def id(self) -> str:
        """Entry and character, which together name it."""
        return f"{self.item.entry.id}|{self.item.part}|{self.item.character}"


RARE_COLUMNS: tuple[Column[RareRow], ...] = (
    Column("字", lambda row: Cell(row.item.character, row.item.character), 44),
    Column("编码", lambda row: Cell(row.item.code, row.item.code, ink="text2"), 76),
    Column("在哪里", lambda row: Cell(row.item.where, row.item.where), 0),
)
RARE_HEIGHT = 118
_NONE, _AGAIN, _TABLE = range(3)


class ChecksPane(Pane):
    """One line that says whether the report can be stamped, and every rule under it.

    entry_opened: (id of an entry, the character in it that no font has).
    """

    entry_opened = Signal(str, str)

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
        self._stack.addWidget(
            EmptyState("info", "上次的自检没有保留", "重新导出，就再逐项核对一遍", size=20)
        )
        self._stack.addWidget(self.table)
        self.rare_words = label("", theme.CAPTION, ink="warn")
        self.rare_words.setContentsMargins(theme.PADDING, 6, theme.PADDING, 2)
        self.rare_words.setWordWrap(True)
        self.rare_model: RowsModel[RareRow] = RowsModel(RARE_COLUMNS, self)
        self.rare = RowsTable("没有字体的字")
        self.rare.show_model(self.rare_model)
        self.rare.setMaximumHeight(RARE_HEIGHT)
        self.rare.opened.connect(self._open_rare)
        self.body.addWidget(self.rare_words)
        self.body.addWidget(self.rare)
        self.show_rare(())
        self.body.addWidget(self.verdict)
        self.body.addWidget(self._stack, 1)
        self.show_findings(())

    def show_rare(self, found: "Sequence[RareCharacter]") -> None:
        """Name the characters that would be printed as 〓; none: nothing is said."""
        self.rare_model.show_rows([RareRow(item) for item in found])
        count = len({item.character for item in found})
        self.rare_words.setText(
            f"有 {count} 个字没有字体，会印成〓。请打开这一条改写，或与单位核对。"
        )
        self.rare_words.setVisible(bool(found))
        self.rare.setVisible(bool(found))

    def _open_rare(self, row_id: str) -> None:
        item = self.rare_model.rows[self.rare_model.row_of(row_id)].item
        self.entry_opened.emit(item.entry.id, item.character)

    def show_findings(self, findings: "Sequence[LayoutFinding]", *, exported: bool = False) -> None:
        """Show the rules of a report; none: nothing was measured yet.

        exported: there is a report, of an earlier session.
        """
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
        self._stack.setCurrentIndex(_TABLE if rows else _AGAIN if exported else _NONE)
