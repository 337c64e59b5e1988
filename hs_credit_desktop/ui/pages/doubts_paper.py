"""The left pane of the doubts desk: the paper with line numbers and the places in question."""

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from hs_credit_desktop.domain.marking import Stretch, line_of
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.source_text import position_in
from hs_credit_desktop.ui.widgets.basics import IconButton, Pane, label

_GUTTER = 38


class Paper(QPlainTextEdit):
    """The words of the paper, read-only; every line that holds words has its number beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setObjectName("paper")
        self.setFont(theme.paper_font())
        self.setAccessibleName("通知原文")
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.gutter = _Gutter(self)
        self.setViewportMargins(_GUTTER, 0, 0, 0)
        self.updateRequest.connect(lambda *_: self.gutter.update())
        self.marked_line = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self.gutter.setGeometry(inside.left(), inside.top(), _GUTTER, inside.height())

    def paint_gutter(self, painter: QPainter) -> None:
        """Line numbers, and a bar beside the line in question."""
        tokens = theme.current()
        painter.fillRect(self.gutter.rect(), QColor(tokens.surface2))
        painter.setFont(theme.figure_font(theme.CAPTION))
        block = self.firstVisibleBlock()
        while block.isValid():
            spot = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if spot.top() > self.height():
                break
            here = block.blockNumber() + 1 == self.marked_line
            if here:
                top, height = round(spot.top()), round(spot.height())
                painter.fillRect(0, top, 3, height, QColor(tokens.accent))
            if block.text().strip():
                painter.setPen(QColor(tokens.accent if here else tokens.text2))
                room = QRect(0, round(spot.top()) + 2, _GUTTER - 8, 22)
                side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
                painter.drawText(room, side, str(block.blockNumber() + 1))
            block = block.next()


class _Gutter(QWidget):
    """The strip of line numbers."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self._paper = paper

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._paper.paint_gutter(QPainter(self))


class PaperPane(Pane):
    """原文: all places of a doubt are marked, one is in view; arrows go from one to the next."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__("原文")
        self._text, self._name = text, name
        self._places: list[Stretch] = []
        self.at = 0
        self.paper = Paper()
        self.paper.setPlainText(text)
        self.count = label("", theme.CAPTION, ink="text2")
        self.back = IconButton("chevron_up", "上一处", lambda: self.step(-1))
        self.on = IconButton("chevron_down", "下一处", lambda: self.step(1))
        for widget in (self.back, self.count, self.on):
            self.tools.addWidget(widget)
        self.body.addWidget(self.paper, 1)

    def show_places(self, places: list[Stretch], line: int = 0) -> None:
        """Mark these places and bring the first from `line` on into view."""
        self._places = places
        starts = [line_of(self._text, start) for start, _ in places]
        self.at = next((number for number, at in enumerate(starts) if at >= line), 0)
        self._show()

    def step(self, way: int) -> None:
        """Bring the next (1) or previous (-1) place into view, round and round."""
        if self._places:
            self.at = (self.at + way) % len(self._places)
            self._show()

    def _show(self) -> None:
        many = len(self._places) > 1
        self.count.setText(f"第 {self.at + 1} 处，共 {len(self._places)} 处" if many else "")
        for button in (self.back, self.on):
            button.setVisible(many)
        self.paper.setExtraSelections(
            [self._mark(place, number == self.at) for number, place in enumerate(self._places)]
        )
        if not self._places:
            return
        start = self._places[self.at][0]
        self.paper.marked_line = line_of(self._text, start)
        self.subtitle.setText(f"{self._name} · 第 {self.paper.marked_line} 行")
        cursor = QTextCursor(self.paper.document())
        cursor.setPosition(position_in(self._text, start))
        self.paper.setTextCursor(cursor)
        self.paper.centerCursor()
        # Lines far away are laid out on the way there, so the first jump may miss: once more then.
        QTimer.singleShot(0, self.paper, self.paper.centerCursor)
        self.paper.gutter.update()

    def _mark(self, place: Stretch, current: bool) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        if current:
            look.setBackground(QColor(theme.current().mark))
            look.setForeground(QColor(theme.current().mark_text))
        look.setFontUnderline(True)
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        look.setUnderlineColor(QColor(theme.current().warn))
        cursor = QTextCursor(self.paper.document())
        cursor.setPosition(position_in(self._text, place[0]))
        cursor.setPosition(position_in(self._text, place[1]), QTextCursor.MoveMode.KeepAnchor)
        made.format, made.cursor = look, cursor  # type: ignore[attr-defined]
        return made
