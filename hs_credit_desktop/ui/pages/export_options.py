"""The left pane of 导出: every paper with its state, where to, how far it is, what came out."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.services.export import ExportedFile
from hs_credit_desktop.services.paper_setup import PaperSetup
from hs_credit_desktop.services.papers_publish import NUMBERED, Former, PaperState
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.pages.export_rows import LostRow, ResultRow, SetupRows
from hs_credit_desktop.ui.widgets.basics import Button, LinkButton, Pane, label, line
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.tick import TickBox

# What each paper is for; the tooltip of its tick.
HINTS = {
    PaperKind.REPORT: "公文版式，可以直接打印盖章；Word 可以在 WPS 里修改",
    PaperKind.SUMMARY: "一页：数字、各大类进度、未报和逾期单位",
    PaperKind.LEDGER: "按措施、按单位、报送情况、矩阵四张表",
    PaperKind.CHASE_LETTER: "给全部未报的单位；只给几家请在“今日”里勾选",
    PaperKind.MISSING_LIST: "未报的单位、催过几次、怎样答复",
    PaperKind.ONE_PAGE_LIST: "给分管领导：未报和退回的单位，一页",
    PaperKind.CIRCULAR: "各单位历次报送的数字，不评价",
    PaperKind.RETURN_NOTICE: "每家退回补报的单位一份",
}
LAID_OUT = 100  # milliseconds after which new rows surely have their places
USUAL = (PaperKind.REPORT, PaperKind.SUMMARY, PaperKind.LEDGER)


def state_words(state: PaperState) -> str:
    """PDF、Word · 11-29 17:02 · 黄信用办函〔2024〕1号 · 已用印 2 份，扫描件 1 件."""
    parts = [state.formats]
    if state.last:
        parts.append(f"{state.last.published_at:%m-%d %H:%M} 导出")
    if state.number:
        parts.append(state.number)
    if state.copies:
        scans = f"，扫描件 {state.scans} 件" if state.scans else "，未存扫描件"
        parts.append(f"已用印 {state.copies} 份{scans}")
    return " · ".join(parts)


class PaperRow(QWidget):
    """A paper: its tick, and under it formats, last export, number and seal state."""

    def __init__(self, kind: PaperKind) -> None:
        super().__init__()
        self.kind = kind
        self.tick = TickBox(kind.label, HINTS[kind])
        self.tick.setChecked(kind in USUAL)
        self.number = LinkButton("取文号…")
        self.number.setToolTip("登记一个文号，导出时印在文件上")
        self.state = ElidedLabel(1, theme.CAPTION, ink="text2")
        column, top = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        top.addWidget(self.tick)
        top.addStretch(1)
        top.addWidget(self.number)
        column.addLayout(top)
        under = QHBoxLayout()
        under.addSpacing(27)
        under.addWidget(self.state, 1)
        column.addLayout(under)
        self.number.setVisible(kind in NUMBERED)

    def show_state(self, state: PaperState, reason: str) -> None:
        """Show how far the paper is; reason: why it cannot be written now, '' when it can."""
        words = state_words(state)
        self.state.setText(reason or words)
        self.state.setToolTip(words)
        self.number.set_text("换文号…" if state.number else "取文号…")
        self.tick.setEnabled(not reason)
        if reason:
            self.tick.setChecked(False)


class OptionsPane(Pane):
    """started: the kinds ticked; opened: a path; number_asked: a PaperKind; others are buttons.

    set_up: the PaperSetup chosen.
    """

    started = Signal(object)  # as a list Qt would make plain words of the kinds
    stopped = Signal()
    print_asked = Signal()
    folder_asked = Signal()
    opened = Signal(Path)
    shown = Signal(object)
    number_asked = Signal(object)
    seals_asked = Signal()
    set_up = Signal(object)

    def __init__(self) -> None:
        super().__init__("导出内容")
        self.rows = {kind: PaperRow(kind) for kind in HINTS}
        self.ticks = {kind: row.tick for kind, row in self.rows.items()}
        self.folder = ElidedLabel(1, theme.BODY, middle=True)
        self.progress = label("", theme.CAPTION, ink="text2")
        self.stale = label("导出之后台账又有改动，重新导出才是最新的。", theme.CAPTION, ink="warn")
        self.results = QVBoxLayout()
        self.area = QScrollArea()
        self.area.setAccessibleName("导出选项")
        self.stop = Button("停止", self.stopped.emit)
        # These two act on the paper on view and stand under it.
        self.print = Button("打印…", self.print_asked.emit, key="Ctrl+P", icon="print")
        self.seals = Button("用印登记…", self.seals_asked.emit, key="Ctrl+G", icon="certificate")
        self.seals.setToolTip("用印登记：谁用的印、盖了几份；盖章后的扫描件存在这里")
        self.export = Button("导出", self.start, key="Ctrl+E", primary=True)
        self._build()
        self.show_idle()
        self.show_results(())

    def _build(self) -> None:
        sheet, area = QWidget(), self.area
        sheet.setObjectName("scrolled")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(theme.PADDING, theme.GAP, theme.PADDING, theme.PADDING)
        column.setSpacing(0)
        for kind, row in self.rows.items():
            row.tick.toggled.connect(self._count)
            row.number.clicked.connect(lambda _=False, asked=kind: self.number_asked.emit(asked))
            column.addWidget(row)
        column.addWidget(line())
        self.setup = SetupRows()
        self.setup.chosen.connect(self.set_up)
        column.addWidget(self.setup)
        column.addLayout(self._where())
        under_way = QHBoxLayout()
        under_way.addWidget(self.progress, 1)
        under_way.addWidget(self.stop)
        column.addLayout(under_way)
        self.progress.setWordWrap(True)
        self.stale.setWordWrap(True)
        column.addWidget(self.stale)
        column.addLayout(self.results)
        column.addStretch(1)
        area.setWidget(sheet)
        self.body.addWidget(area, 1)
        foot = self.add_foot()
        foot.addStretch(1)
        foot.addWidget(self.export)

    def _where(self) -> QVBoxLayout:
        """Where the files go, and the door to another folder."""
        column, where = QVBoxLayout(), QHBoxLayout()
        column.setSpacing(4)
        column.addWidget(line())
        where.setSpacing(theme.GAP)
        where.addWidget(label("保存到", bold=True))
        where.addWidget(self.folder, 1)
        self.change = Button("换…", self.folder_asked.emit, icon="folder")
        self.change.setAccessibleName("换文件夹")
        self.change.setToolTip("换一个文件夹")
        where.addWidget(self.change)
        column.addLayout(where)
        column.addWidget(line())
        return column

    def chosen(self) -> list[PaperKind]:
        """The kinds that are ticked."""
        return [kind for kind, tick in self.ticks.items() if tick.isChecked()]

    def show_states(self, states: Sequence[PaperState], *, missing: int, sent_back: int) -> None:
        """Show how far each paper is; missing, sent_back: how many units it would be about."""
        for state in states:
            row = self.rows.get(state.kind)
            if row is None:
                continue
            reason = ""
            if state.kind is PaperKind.CHASE_LETTER and not missing:
                reason = "没有未报的单位"
            elif state.kind is PaperKind.RETURN_NOTICE and not sent_back:
                reason = "没有退回补报的单位"
            row.show_state(state, reason)

    def _count(self) -> None:
        count = len(self.chosen())
        self.export.set_text(f"导出 {count} 项" if count else "导出")
        self.export.setEnabled(count > 0 and self.stop.isHidden())
        self.export.setToolTip("" if count else "先勾选要导出的内容")

    def start(self) -> None:
        """Ask for what is ticked."""
        if self.export.isEnabled():
            self.started.emit(self.chosen())

    def show_setup(self, setup: PaperSetup) -> None:
        """Show the red head and the page that papers have."""
        self.setup.show_setup(setup)

    def show_folder(self, folder: Path) -> None:
        """Show where the files will lie."""
        self.folder.setText(str(folder))

    def show_busy(self, words: str) -> None:
        """Show how far the work is, with 停止 beside it."""
        self.progress.setText(words)
        self._busy(True)

    def show_idle(self, words: str = "") -> None:
        """The work is over; words say how it ended."""
        self.progress.setText(words)
        self._busy(False)

    def _busy(self, busy: bool) -> None:
        self.stop.setVisible(busy)
        self.progress.setVisible(busy or bool(self.progress.text()))
        self.change.setEnabled(not busy)
        self.print.setEnabled(not busy)
        self._count()

    def show_results(
        self, files: Sequence[ExportedFile], lost: Sequence[Former] = (), *, stale: bool = False
    ) -> None:
        """List what came out, each with a way to see and to open it.

        lost: files of an earlier session that are not there any more, or not what they were.
        """
        while item := self.results.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for made in files:
            row = ResultRow(made)
            row.shown.connect(self.shown)
            row.opened.connect(self.opened)
            self.results.addWidget(row)
        for gone in lost:
            self.results.addWidget(LostRow(gone))
        if files:
            folder = files[0].path.parent
            button = Button("打开文件夹", partial(self.opened.emit, folder), icon="folder_open")
            self.results.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.stale.setVisible(stale and bool(files))

    def show_what_came_out(self) -> None:
        """Scroll down to the files, once they have their places."""
        bar = self.area.verticalScrollBar()
        for wait in (LAID_OUT, 5 * LAID_OUT):  # on a busy PC the places come late
            QTimer.singleShot(wait, self, lambda: bar.setValue(bar.maximum()))
