"""Rows of 导出: how papers are set up, what came out, what of an earlier session is gone."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hs_credit_desktop.services.export import ExportedFile
from hs_credit_desktop.services.paper_setup import PAGES, HeadForm, PaperSetup
from hs_credit_desktop.services.papers_publish import Former
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.pages.tasks_evidence import size_words
from hs_credit_desktop.ui.widgets.basics import LinkButton, label
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.fields import ComboBox
from hs_credit_desktop.ui.widgets.states import Glyph


class SetupRows(QWidget):
    """What becomes of the red head, and which page papers have. chosen: the PaperSetup."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.head, self.page = ComboBox("红头"), ComboBox("版面")
        for form in HeadForm:
            self.head.addItem(form.label)
        self.page.addItems(PAGES)
        self.head.setToolTip("催报函、通报和登记了文号的报告；不用红头时，文号仍印在首行")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 6)
        column.setSpacing(4)
        for words, field in (("红头", self.head), ("版面", self.page)):
            row = QHBoxLayout()
            row.setSpacing(theme.GAP)
            row.addWidget(label(words, bold=True))
            row.addWidget(field, 1)
            column.addLayout(row)
            field.activated.connect(
                lambda _: self.chosen.emit(
                    PaperSetup(list(HeadForm)[self.head.currentIndex()], self.page.currentIndex())
                )
            )

    def show_setup(self, setup: PaperSetup) -> None:
        """Show what is chosen."""
        self.head.setCurrentIndex(list(HeadForm).index(setup.head))
        self.page.setCurrentIndex(setup.page)
        self.page.setToolTip(setup.layout.name)


class LostRow(QWidget):
    """The name of a file that was exported before, and why it cannot be shown."""

    def __init__(self, gone: Former) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(theme.GAP)
        words = QVBoxLayout()
        words.setSpacing(0)
        name = ElidedLabel(1, theme.BODY, middle=True)
        name.setText(gone.path.name)
        why = label(gone.words, theme.CAPTION, ink="warn")
        why.setWordWrap(True)
        words.addWidget(name)
        words.addWidget(why)
        row.addWidget(Glyph("warning", "warn", 16, "filled"))
        row.addLayout(words, 1)


class ResultRow(QWidget):
    """Name, size and pages of a finished file, and the links that show and open it.

    shown: the ExportedFile; opened: its path.
    """

    shown = Signal(object)
    opened = Signal(Path)

    def __init__(self, made: ExportedFile) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(theme.GAP)
        words = QVBoxLayout()
        words.setSpacing(0)
        name = ElidedLabel(1, theme.BODY, middle=True)
        name.setText(made.path.name)
        pages = f"{made.pages} 页 · " if made.pages else ""
        size = size_words(made.path.stat().st_size)
        words.addWidget(name)
        words.addWidget(label(f"{pages}{size}", theme.CAPTION, ink="text2"))
        row.addWidget(Glyph("checkmark_circle", "ok", 16, "filled"))
        row.addLayout(words, 1)
        if made.path.suffix == ".pdf":
            row.addWidget(LinkButton("预览", partial(self.shown.emit, made)))
        row.addWidget(LinkButton("打开", partial(self.opened.emit, made.path)))
