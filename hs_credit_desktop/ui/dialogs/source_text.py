"""The notice's own text in a window of its own, the place of a measure marked."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from hs_credit_desktop.domain.notice import Place
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, label
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
        foot.addWidget(Button("关闭", self.close, key="Esc", bind_key=False))
        column.addLayout(foot)
        QShortcut(QKeySequence("Esc"), self, self.close)

    def sizeHint(self) -> QSize:
        return QSize(720, 560)

    def show_place(self, place: Place, words: str) -> None:
        """Mark a place and bring it to the upper third of the window."""
        mark = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(QColor(theme.current().mark))
        look.setForeground(QColor(theme.current().mark_text))
        cursor = QTextCursor(self.paper.document())
        cursor.setPosition(position_in(self._text, place.start))
        cursor.setPosition(position_in(self._text, place.end), QTextCursor.MoveMode.KeepAnchor)
        mark.format, mark.cursor = look, cursor  # type: ignore[attr-defined]
        self.paper.setExtraSelections([mark])
        self.where.setText(f"标出的是{words}，原文第 {place.line} 行起")
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


def position_in(text: str, offset: int) -> int:
    """A character offset of the text as a position of Qt's document (UTF-16, LF line ends)."""
    before = text[:offset].replace("\r\n", "\n")
    return utf16(before, len(before))
