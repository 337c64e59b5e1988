"""One of the four texts of a feedback: plain text, a live count, the hit of a search marked."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from hs_credit_desktop.domain.text import clean
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import label
from hs_credit_desktop.ui.widgets.marked import places


class PlainEdit(QPlainTextEdit):
    """A text field: pasting brings clean text only, Tab moves on, dropped files go to the form."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.font())
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.canInsertFromMimeData(source):
            self.textCursor().insertText(clean(source.text()))
            self.ensureCursorVisible()

    def sizeHint(self) -> QSize:
        """No more than the least: a form that wraps a sentence must not grow its fields for it."""
        return QSize(120, self.minimumHeight())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ensureCursorVisible()


class PartEdit(QWidget):
    """Caption, count of characters and the field. edited: the clerk changed the text."""

    edited = Signal()

    def __init__(self, caption: str, *, lines: int = 2) -> None:
        super().__init__()
        self.edit = PlainEdit()
        self.edit.setAccessibleName(caption)
        line = self.edit.fontMetrics().lineSpacing()
        self.edit.setMinimumHeight(line * lines + 14)
        self.count = label("0 字", theme.CAPTION, ink="text2")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        name = label(caption, theme.BODY, bold=True)
        name.setBuddy(self.edit)
        head.addWidget(name)
        head.addStretch(1)
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.edit, 1)
        self.setFocusProxy(self.edit)
        self._quiet = False
        self.edit.textChanged.connect(self._changed)

    @property
    def text(self) -> str:
        """The text as it stands."""
        return self.edit.toPlainText()

    def show_text(self, text: str, *, needle: str = "", empty: str = "") -> None:
        """Show another text; needle is marked in it, `empty` stands in an empty field."""
        self._quiet = True
        if text != self.text:
            self.edit.setPlainText(text)
        self._quiet = False
        self.edit.setPlaceholderText(empty)
        self.mark(needle)

    def mark(self, needle: str) -> bool:
        """Mark every place of needle; True when there is one, which is then in sight."""
        text = self.text
        marks, found = (
            [],
            [(utf16(text, start), utf16(text, end)) for start, end in places(text, needle)],
        )
        for start, end in found:
            mark = QTextEdit.ExtraSelection()
            mark.format = _mark_format()  # type: ignore[attr-defined]
            cursor = QTextCursor(self.edit.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor  # type: ignore[attr-defined]
            marks.append(mark)
        self.edit.setExtraSelections(marks)
        if found:
            cursor = QTextCursor(self.edit.document())
            cursor.setPosition(found[0][0])
            self.edit.setTextCursor(cursor)
        return bool(found)

    def _changed(self) -> None:
        self.count.setText(f"{len(''.join(self.text.split()))} 字")
        if not self._quiet:
            self.edited.emit()


def utf16(text: str, offset: int) -> int:
    """A character offset as a position of Qt's document, which counts UTF-16 units."""
    return len(text[:offset].encode("utf-16-le")) // 2


def _mark_format() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setBackground(QColor(theme.current().mark))
    made.setForeground(QColor(theme.current().mark_text))
    return made
