"""The draft as it is edited: paper text with a gutter that says whose each paragraph is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from hs_credit_desktop.domain.text import clean
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.chip import ChipSign
from hs_credit_desktop.ui.widgets.chips import chip_width, paint_chip
from hs_credit_desktop.ui.widgets.part_edit import utf16

GUTTER = 110
CHIP_POINTS, CHIP_HEIGHT, CHIP_GAP = 8.25, 20, 3
LINE_HEIGHT, AFTER = 150.0, 8.0


@dataclass(frozen=True)
class Mark:
    """A stretch of the text (character offsets) with the colours it is drawn in, "" for none."""

    start: int
    end: int
    ground: str = ""
    ink: str = ""


class Gutter(QWidget):
    """Chips beside the paragraphs; a paragraph is dragged by them to another place."""

    def __init__(self, edit: "DraftEdit") -> None:
        super().__init__(edit)
        self._edit = edit
        self._from = -1
        self._over = -1
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip("点按看这一段的来源；按住拖动可以调整段落顺序，也可以按 Alt+↑、Alt+↓")
        self.setAccessibleName("每段的来源")

    def sizeHint(self) -> QSize:
        return QSize(GUTTER, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface2))
        for place, chips in enumerate(self._edit.chips):
            room = self._edit.paragraph_rect(place)
            if room.bottom() >= 0 and room.top() <= self.height():
                _paint_chips(painter, room, chips)
        if self._over >= 0:
            room = self._edit.paragraph_rect(self._over)
            edge = room.bottom() if self._over > self._from else room.top()
            painter.fillRect(0, edge - 1, self.width(), 3, QColor(tokens.accent))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._edit.isReadOnly():
            self._from = self._edit.paragraph_at(event.position().toPoint().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from >= 0:
            self._over = self._edit.paragraph_at(event.position().toPoint().y())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._from >= 0 and self._over >= 0 and self._over != self._from:
            self._edit.reordered.emit(self._from, self._over)
        elif self._from >= 0:
            self._edit.asked.emit(self._from)
        self._from = self._over = -1
        self.update()


def _paint_chips(painter: QPainter, room: QRect, chips: Sequence[ChipSign]) -> None:
    """Chips from the top right, as many rows as the paragraph is high; the rest is counted."""
    rows = max(1, (room.height() - 2) // (CHIP_HEIGHT + CHIP_GAP))
    right, top, row = GUTTER - 6, room.top() + 4, 0
    for at, chip in enumerate(chips):
        width = min(chip_width(chip.text, icon=chip.icon, points=CHIP_POINTS), GUTTER - 12)
        if right - width < 4:
            right, row = GUTTER - 6, row + 1
            top += CHIP_HEIGHT + CHIP_GAP
        last = row == rows - 1 and at < len(chips) - 1
        shown = chip
        if last and right - width - 40 < 4:
            shown = ChipSign(f"＋{len(chips) - at}", "text2")
            width = chip_width(shown.text, points=CHIP_POINTS)
        place = QRect(right - width, top, width, CHIP_HEIGHT)
        paint_chip(painter, place, shown.text, shown.ink, icon=shown.icon, points=CHIP_POINTS)
        if shown is not chip:
            return
        right -= width + CHIP_GAP


class DraftEdit(QTextEdit):
    """Plain text in the paper font.

    edited: the clerk changed the text; hovered: character offset under the mouse, -1 outside;
    reordered: a paragraph was dragged (from, to); stepped: Alt+↑/↓ with the way;
    asked: the chips of a paragraph were clicked.
    """

    edited = Signal()
    hovered = Signal(int)
    reordered = Signal(int, int)
    stepped = Signal(int)
    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("draft")
        self.setAccessibleName("汇总稿")
        self.setAcceptRichText(False)
        self.setFont(theme.paper_font(12))
        self.setTabChangesFocus(True)
        self.setMouseTracking(True)
        self.document().setDocumentMargin(10)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chips: tuple[tuple[ChipSign, ...], ...] = ()
        self._quiet = False
        self.gutter = Gutter(self)
        self.setViewportMargins(GUTTER, 0, 0, 0)
        self.verticalScrollBar().valueChanged.connect(self.gutter.update)
        self.textChanged.connect(self._changed)
        for key, way in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda way=way: self.stepped.emit(way))

    # Text

    @property
    def text(self) -> str:
        """The words, a line a paragraph."""
        return self.toPlainText()

    def show_text(self, text: str, *, keep_undo: bool = True) -> None:
        """Show other words; keep_undo: Ctrl+Z brings the former ones back."""
        if text == self.text:
            return
        self._quiet = True
        place = self.textCursor().position()
        if keep_undo:
            cursor = QTextCursor(self.document())
            cursor.beginEditBlock()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
            self._space(cursor)
            cursor.endEditBlock()
            moved = self.textCursor()
            moved.setPosition(min(place, self.document().characterCount() - 1))
            self.setTextCursor(moved)
        else:
            self.setPlainText(text)
            self._space(QTextCursor(self.document()))
            self.document().clearUndoRedoStacks()
        self._quiet = False
        self.gutter.update()

    def _space(self, cursor: QTextCursor) -> None:
        made = QTextBlockFormat()
        made.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        made.setBottomMargin(AFTER)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(made)

    def _changed(self) -> None:
        self.gutter.update()
        if not self._quiet:
            self.edited.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.textCursor().insertText(clean(source.text()))

    # Places

    def paragraph_rect(self, place: int) -> QRect:
        """Where a paragraph stands, in the coordinates of viewport and gutter."""
        block = self.document().findBlockByNumber(place)
        if not block.isValid():
            return QRect()
        rect = self.document().documentLayout().blockBoundingRect(block).toRect()
        return rect.translated(0, -self.verticalScrollBar().value())

    def paragraph_at(self, y: int) -> int:
        """The paragraph at a height of the viewport; the nearest one beyond the ends."""
        rects = [self.paragraph_rect(at) for at in range(self.document().blockCount())]
        return next((at for at, rect in enumerate(rects) if y <= rect.bottom()), len(rects) - 1)

    @property
    def paragraph(self) -> int:
        """The paragraph the cursor stands in."""
        return self.textCursor().blockNumber()

    def go_to(self, start: int, end: int | None = None) -> None:
        """Put the cursor at a character offset, selecting to `end`, and bring it into sight."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(utf16(self.text, start))
        if end is not None:
            cursor.setPosition(utf16(self.text, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Draw stretches of the text in their colours, later ones over earlier ones."""
        text, found = self.text, []
        whole = len(text) == utf16(text, len(text))
        for mark in marks:
            one = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            start, end = mark.start, mark.end
            cursor.setPosition(start if whole else utf16(text, start))
            cursor.setPosition(end if whole else utf16(text, end), QTextCursor.MoveMode.KeepAnchor)
            one.cursor = cursor  # type: ignore[attr-defined]
            one.format = _format(mark)  # type: ignore[attr-defined]
            found.append(one)
        self.setExtraSelections(found)

    def show_chips(self, chips: Sequence[Sequence[ChipSign]]) -> None:
        """Say beside each paragraph whose it is."""
        self.chips = tuple(tuple(one) for one in chips)
        self.gutter.update()

    # Mouse and size

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        cursor = self.cursorForPosition(event.position().toPoint())
        self.hovered.emit(cursor.position())

    def leaveEvent(self, event: object) -> None:
        self.hovered.emit(-1)
        super().leaveEvent(event)  # type: ignore[arg-type]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inner = self.viewport().geometry()
        self.gutter.setGeometry(
            QRect(QPoint(inner.left() - GUTTER, inner.top()), QSize(GUTTER, inner.height()))
        )
        self.gutter.update()


def _format(mark: Mark) -> QTextCharFormat:
    tokens, made = theme.current(), QTextCharFormat()
    if mark.ground:
        made.setBackground(QColor(getattr(tokens, mark.ground)))
    if mark.ink:
        made.setForeground(QColor(getattr(tokens, mark.ink)))
    if mark.ground == "mark":
        made.setForeground(QColor(tokens.mark_text))
        made.setFontUnderline(True)
    return made
