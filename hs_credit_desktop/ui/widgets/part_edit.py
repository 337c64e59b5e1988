"""One of the four texts of a feedback: plain text, a live count, figures and hits marked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
)
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from hs_credit_desktop.domain.figures import figures
from hs_credit_desktop.domain.pasting import pasted
from hs_credit_desktop.ui import text_size, theme
from hs_credit_desktop.ui.widgets.basics import label
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.marked import places

if TYPE_CHECKING:
    from collections.abc import Callable


class FigureMarks(QSyntaxHighlighter):
    """Figures of a text in bold and accent, as they are read for the report."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.look()

    def look(self) -> None:
        """Take the colours of the look that is in force."""
        self._format = QTextCharFormat()
        self._format.setFontWeight(QFont.Weight.Bold)
        self._format.setForeground(QColor(theme.current().accent))
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for figure in figures(text):
            start, end = utf16(text, figure.start), utf16(text, figure.end)
            self.setFormat(start, end - start, self._format)


class PlainEdit(QPlainTextEdit):
    """A text field: pasting brings clean text only, Tab moves on, dropped files go to the form.

    takes_paste: asked first about the clean text of a paste; True when it was put elsewhere.
    """

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.font())
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.takes_paste: Callable[[str], bool] | None = None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return (source.hasText() or source.hasHtml()) and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.canInsertFromMimeData(source):
            plain = source.text() or QTextDocumentFragment.fromHtml(source.html()).toPlainText()
            text = pasted(plain)
            if self.takes_paste is None or not self.takes_paste(text):
                self.textCursor().insertText(text)
            self.ensureCursorVisible()

    def sizeHint(self) -> QSize:
        """No more than the least: a form that wraps a sentence must not grow its fields for it."""
        return QSize(120, self.minimumHeight())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ensureCursorVisible()
        self.entered.emit()


class PartEdit(QWidget):
    """Caption, count of characters, the field, and what was said last time in grey below it.

    edited: the clerk changed the text; entered: the keyboard came. last_lines: lines of the last
    text that are shown, 0: it stands elsewhere.
    """

    edited = Signal()
    entered = Signal()

    def __init__(self, caption: str, *, lines: int = 2, last_lines: int = 0) -> None:
        super().__init__()
        self.edit = PlainEdit()
        self._marks = FigureMarks(self.edit.document())
        self.edit.entered.connect(self.entered)
        self._last_lines = last_lines
        self.last = ElidedLabel(max(last_lines, 1), theme.CAPTION, ink="text3")
        self.last.hide()
        self.edit.setAccessibleName(caption)
        line = self.edit.fontMetrics().lineSpacing()
        self.edit.setMinimumHeight(line * lines + 14)
        text_size.made_to_measure(self.edit)
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
        column.addWidget(self.last)
        self._quiet, self._shown = False, ""
        self.edit.textChanged.connect(self._changed)

    @property
    def text(self) -> str:
        """The text as it stands."""
        return self.edit.toPlainText()

    def show_last(self, round_name: str, text: str) -> None:
        """Show in grey what was said in the round before; nothing when it said nothing."""
        self.last.setText(f"{round_name}：{text}" if text else "")
        self.last.setVisible(bool(text) and self._last_lines > 0)

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
        if self.text == self._shown:
            return  # only the colours of figures
        self._shown = self.text
        self.count.setText(f"{len(''.join(self._shown.split()))} 字")
        if not self._quiet:
            self.edited.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_shown"):
            self._marks.look()
        super().changeEvent(event)


def utf16(text: str, offset: int) -> int:
    """A character offset as a position of Qt's document, which counts UTF-16 units."""
    return len(text[:offset].encode("utf-16-le")) // 2


def _mark_format() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setBackground(QColor(theme.current().mark))
    made.setForeground(QColor(theme.current().mark_text))
    return made
