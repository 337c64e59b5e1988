"""The notice's own text in a window of its own, the place of a measure marked."""

import hashlib

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from hs_credit_desktop.domain.notice import Measure, Place
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.opening import copy_of, open_path
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.find_bar import find_in
from hs_credit_desktop.ui.widgets.part_edit import utf16


class SourceTextWindow(QDialog):
    """The paper, read-only; not modal, so that the form can be filled beside it."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("通知原文")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.paper = QPlainTextEdit()
        self.paper.setReadOnly(True)
        self.paper.setFont(theme.paper_font())
        self.paper.setAccessibleName("通知原文")
        self.paper.document().setDocumentMargin(24)
        self.paper.setPlainText(text)
        self._text = text
        self.where = label("", theme.CAPTION, ink="text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        column.setSpacing(theme.GAP)
        column.addWidget(self.paper, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.where)
        foot.addStretch(1)
        self.open_button = Button("打开原件", key="Ctrl+O", icon="open")
        self.open_button.hide()
        foot.addWidget(self.open_button)
        foot.addWidget(Button("关闭", self.close, key="Esc", bind_key=False))
        column.addLayout(foot)
        QShortcut(QKeySequence("Esc"), self, self.close)
        find_in(self)

    def offer_file(self, sha256: str, name: str, ws: Workspace) -> None:
        """Let a copy of the file itself be opened."""
        self.open_button.show()
        self.open_button.clicked.connect(lambda: self._open(ws, sha256, name))

    def _open(self, ws: Workspace, sha256: str, name: str) -> None:
        try:
            open_path(copy_of(ws, sha256, name))
        except UserError as error:
            self.where.setText(f"{error.what}。{error.advice}")

    def sizeHint(self) -> QSize:
        return QSize(720, 560)

    def show_place(self, place: Place, words: str) -> None:
        """Mark a place and bring it to the upper third of the window.

        What no longer hashes to what was read is said; so is what stands nowhere.
        """
        if not place.line:
            self.where.setText(f"{words}是手工增加的，原文里没有")
            return
        mark = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(QColor(theme.current().mark))
        look.setForeground(QColor(theme.current().mark_text))
        cursor = QTextCursor(self.paper.document())
        cursor.setPosition(position_in(self._text, place.start))
        cursor.setPosition(position_in(self._text, place.end), QTextCursor.MoveMode.KeepAnchor)
        mark.format, mark.cursor = look, cursor  # type: ignore[attr-defined]
        self.paper.setExtraSelections([mark])
        found = self._text[place.start : place.end].encode()
        same = hashlib.sha256(found).hexdigest() == place.sha256
        checked = "" if same else "；这几行和读入时不一致，请打开原件核对"
        self.where.setText(f"标出的是{words}，原文第 {place.line} 行起{checked}")
        start = QTextCursor(self.paper.document())
        start.setPosition(position_in(self._text, place.start))
        self.paper.setTextCursor(start)
        self.paper.centerCursor()
        self.paper.setFocus()


def open_place(parent: QWidget, text: str, place: Place, words: str) -> SourceTextWindow:
    """Open the paper beside the page with a place marked."""
    window = SourceTextWindow(parent, text)
    window.show()
    window.show_place(place, words)
    return window


def open_measure(
    parent: QWidget, ws: Workspace, notice_id: str, measure: Measure
) -> SourceTextWindow:
    """The paper of a notice with a measure marked; its file can be opened from there."""
    from hs_credit_desktop.services.editing_plan import paper as paper_of

    paper = paper_of(ws, notice_id)
    words = f"（{chinese_number(measure.number)}）{measure.title}"
    window = open_place(parent, paper.text, measure.place, words)
    window.offer_file(paper.sha256, paper.name, ws)
    return window


def position_in(text: str, offset: int) -> int:
    """A character offset of the text as a position of Qt's document (UTF-16, LF line ends)."""
    before = text[:offset].replace("\r\n", "\n")
    return utf16(before, len(before))
