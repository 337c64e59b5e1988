"""The left pane of 导出: what to export and where to, how far it is, and what came out."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hs_credit_desktop.services.export import LEDGER, REPORT, SUMMARY, WORD, ExportedFile
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.pages.tasks_evidence import size_words
from hs_credit_desktop.ui.widgets.basics import Button, LinkButton, Pane, label, line
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.states import Glyph
from hs_credit_desktop.ui.widgets.tick import TickBox

CHOICES = {
    REPORT: ("执行情况报告（PDF）", "公文版式，可以直接打印盖章"),
    WORD: ("执行情况报告（Word）", "同一份报告，可以在 WPS 或 Word 里修改"),
    SUMMARY: ("盖章汇总表（PDF）", "一页：数字、各大类进度、未报和逾期单位"),
    LEDGER: ("信用任务台账（Excel）", "按措施、按单位、报送情况、矩阵四张表"),
}


class OptionsPane(Pane):
    """started: the kinds ticked; opened: a path; the other signals are buttons."""

    started = Signal(list)
    stopped = Signal()
    print_asked = Signal()
    folder_asked = Signal()
    opened = Signal(Path)

    def __init__(self) -> None:
        super().__init__("导出内容")
        self.ticks = {kind: TickBox(name) for kind, (name, _) in CHOICES.items()}
        self.folder = ElidedLabel(1, theme.BODY)
        self.progress = label("", theme.CAPTION, ink="text2")
        self.stale = label("导出之后台账又有改动，重新导出才是最新的。", theme.CAPTION, ink="warn")
        self.results = QVBoxLayout()
        self.stop = Button("停止", self.stopped.emit)
        self.print = Button("打印", self.print_asked.emit, key="Ctrl+P", icon="print")
        self.export = Button("导出", self.start, key="Ctrl+E", primary=True)
        self._build()
        self.show_idle()
        self.show_results(())

    def _build(self) -> None:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        column.setSpacing(4)
        for kind, (_, words) in CHOICES.items():
            tick = self.ticks[kind]
            tick.setChecked(True)
            tick.toggled.connect(self._count)
            note = label(words, theme.CAPTION, ink="text2")
            note.setContentsMargins(27, 0, 0, theme.GAP)
            column.addWidget(tick)
            column.addWidget(note)
        column.addWidget(line())
        column.addSpacing(4)
        column.addWidget(label("保存到", bold=True))
        column.addWidget(self.folder)
        where = QHBoxLayout()
        where.setContentsMargins(0, 2, 0, theme.GAP)
        self.change = Button("换文件夹…", self.folder_asked.emit, icon="folder")
        where.addWidget(self.change)
        where.addStretch(1)
        column.addLayout(where)
        column.addWidget(line())
        column.addSpacing(4)
        under_way = QHBoxLayout()
        under_way.addWidget(self.progress, 1)
        under_way.addWidget(self.stop)
        column.addLayout(under_way)
        self.stale.setWordWrap(True)
        column.addWidget(self.stale)
        column.addLayout(self.results)
        column.addStretch(1)
        self.body.addWidget(sheet, 1)
        foot = self.add_foot()
        foot.addWidget(self.print)
        foot.addStretch(1)
        foot.addWidget(self.export)

    def chosen(self) -> list[str]:
        """The kinds that are ticked."""
        return [kind for kind, tick in self.ticks.items() if tick.isChecked()]

    def _count(self) -> None:
        count = len(self.chosen())
        self.export.set_text(f"导出 {count} 项" if count else "导出")
        self.export.setEnabled(count > 0 and self.stop.isHidden())
        self.export.setToolTip("" if count else "先勾选要导出的内容")

    def start(self) -> None:
        """Ask for what is ticked."""
        if self.export.isEnabled():
            self.started.emit(self.chosen())

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

    def show_results(self, files: Sequence[ExportedFile], *, stale: bool = False) -> None:
        """List what came out, each with a way to open it."""
        while item := self.results.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for made in files:
            self.results.addWidget(_ResultRow(made, self))
        if files:
            folder = files[0].path.parent
            button = Button("打开文件夹", partial(self.opened.emit, folder), icon="folder_open")
            self.results.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.stale.setVisible(stale and bool(files))


class _ResultRow(QWidget):
    """Name, size and pages of a finished file, and the link that opens it."""

    def __init__(self, made: ExportedFile, pane: OptionsPane) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(theme.GAP)
        words = QVBoxLayout()
        words.setSpacing(0)
        name = ElidedLabel(1, theme.BODY)
        name.setText(made.path.name)
        pages = f"{made.pages} 页 · " if made.pages else ""
        size = size_words(made.path.stat().st_size)
        words.addWidget(name)
        words.addWidget(label(f"{pages}{size}", theme.CAPTION, ink="text2"))
        row.addWidget(Glyph("checkmark_circle", "ok", 16, "filled"))
        row.addLayout(words, 1)
        row.addWidget(LinkButton("打开文件", partial(pane.opened.emit, made.path)))
