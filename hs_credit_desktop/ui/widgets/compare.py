"""Two texts side by side, part by part, with what differs marked in both."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hs_credit_desktop.domain.differences import Span, spans
from hs_credit_desktop.domain.returns import PART_LABELS, FeedbackParts
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import IconButton, label
from hs_credit_desktop.ui.widgets.diff_text import DiffText, Side
from hs_credit_desktop.ui.widgets.elided import ElidedLabel

GUTTER = 32
LEAST_ROW = 52
SHORT = {"results": "成效", "problems": "问题", "next_steps": "打算"}
NOT_FILLED = "（未填写）"


@dataclass(frozen=True)
class Compared:
    """What stands beside what. old None: there is nothing to compare with, one text is shown."""

    new_title: str
    new: FeedbackParts
    old_title: str = ""
    old: FeedbackParts | None = None


class Gutter(QWidget):
    """The name of a part, written downwards."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setFixedWidth(GUTTER)
        self.setAccessibleName(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(QColor(theme.current().text2))
        step = painter.fontMetrics().height()
        for place, sign in enumerate(self._words):
            spot = QRect(0, 8 + place * step, self.width(), step)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, sign)


class Rows(QWidget):
    """Four rows of gutter, old text and new text; hairlines between them."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(0)
        self.grid.setVerticalSpacing(1)
        self.olds: list[DiffText] = []
        self.news: list[DiffText] = []
        for place, (name, words) in enumerate(PART_LABELS.items()):
            old, new = DiffText(Side.OLD, f"{words}（对比）"), DiffText(Side.NEW, words)
            self.olds.append(old)
            self.news.append(new)
            self.grid.addWidget(Gutter(SHORT.get(name, words)), place, 0)
            self.grid.addWidget(old, place, 1)
            self.grid.addWidget(new, place, 2)
            self.grid.setRowStretch(place, 2 if place == 0 else 1)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(2, 1)

    def fit(self, width: int) -> None:
        """Give every row the height its longer text needs."""
        both = not self.olds[0].isHidden()
        column = (width - GUTTER) // 2 if both else width - GUTTER
        for old, new in zip(self.olds, self.news, strict=True):
            needed = max(new.needed(column), old.needed(column) if both else 0, LEAST_ROW)
            for text in (old, new):
                text.setMinimumHeight(needed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place in range(1, len(self.news)):
            top = self.news[place].y() - 1
            painter.fillRect(0, top, self.width(), 1, QColor(theme.current().border))


class CompareView(QWidget):
    """Two texts with their differences; `step` goes from one difference to the next.

    stepped: (number of the difference that is shown, how many there are).
    """

    stepped = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.old_title, self.new_title = (
            ElidedLabel(1, theme.BODY, bold=True),
            ElidedLabel(1, theme.BODY, bold=True),
        )
        self.rows, self.area = Rows(), QScrollArea()
        self.count = label("", theme.CAPTION, ink="text2")
        self.back = IconButton("chevron_up", "上一处差异  Shift+F8", lambda: self.step(-1))
        self.on = IconButton("chevron_down", "下一处差异  F8", lambda: self.step(1))
        self._places: list[tuple[int, int]] = []
        self._at = -1
        self._compared: Compared | None = None
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        heads = QHBoxLayout()
        heads.setContentsMargins(GUTTER + 8, 7, 8, 7)
        heads.setSpacing(16)
        heads.addWidget(self.old_title, 1)
        heads.addWidget(self.new_title, 1)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.rows)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("两份文字对比")
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column.addLayout(heads)
        column.addWidget(self.area, 1)
        self.legend = QWidget()
        legend = QHBoxLayout(self.legend)
        legend.setContentsMargins(theme.PADDING, 2, theme.GAP, 2)
        legend.setSpacing(theme.PADDING)
        for side, words in ((Span("", "新增"), "new"), (Span("删去", ""), "old")):
            legend.addWidget(_sample(side, words))
        legend.addWidget(_sample(Span("1", "数字变化"), "figure"))
        legend.addWidget(label("灰字为未改动", theme.CAPTION, ink="text3"))
        legend.addStretch(1)
        for widget in (self.count, self.back, self.on):
            legend.addWidget(widget)
        column.addWidget(self.legend)

    def show_texts(self, compared: Compared) -> None:
        """Show two texts, or one when there is nothing to compare with."""
        self._compared = compared
        both = compared.old is not None
        self.rows.grid.setColumnStretch(1, int(both))  # a hidden column keeps its room else
        self.new_title.setText(compared.new_title)
        self.old_title.setText(compared.old_title)
        self.old_title.setVisible(both)
        self.legend.setVisible(both)
        old = compared.old or FeedbackParts()
        self._places, self._at = [], -1
        pairs = zip(old.texts, compared.new.texts, strict=True)
        for row, (before, after) in enumerate(pairs):
            self.rows.olds[row].setVisible(both)
            self._show_row(row, spans(before, after) if both else (Span(after, after),), both)
        self._say()
        self._fit()
        self.area.verticalScrollBar().setValue(0)

    def _show_row(self, row: int, found: Sequence[Span], both: bool) -> None:
        changed = [place for place, span in enumerate(found) if not span.same]
        self._places += [(row, place) for place in changed]
        self.rows.olds[row].show_spans(found, NOT_FILLED)
        self.rows.news[row].show_spans(found, NOT_FILLED, calm=both)

    @property
    def differences(self) -> int:
        """How many places differ."""
        return len(self._places)

    def step(self, way: int) -> None:
        """Go to the next or previous difference, round at the ends."""
        if not self._places:
            return
        start = -1 if way > 0 else 0
        self._at = ((self._at if self._at >= 0 else start) + way) % len(self._places)
        row, span = self._places[self._at]
        for place in range(len(PART_LABELS)):
            for text in (self.rows.olds[place], self.rows.news[place]):
                text.mark(span if place == row else None)
        self._bring_into_sight(self.rows.news[row])
        self._say()

    def _bring_into_sight(self, text: DiffText) -> None:
        cursor = QTextCursor(text.document())
        cursor.setPosition(text.marked_at())
        spot = text.mapTo(self.rows, QPoint(0, text.cursorRect(cursor).center().y()))
        self.area.ensureVisible(0, spot.y(), 0, 60)

    def _say(self) -> None:
        total = len(self._places)
        words = f"差异 {total} 处" if self._at < 0 else f"第 {self._at + 1} 处，共 {total} 处"
        self.count.setText(words if total else "没有差异")
        for button in (self.back, self.on):
            button.setEnabled(total > 0)
        self.stepped.emit(self._at + 1, total)

    def _fit(self) -> None:
        self.rows.fit(self.area.viewport().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and getattr(self, "_compared", None):
            assert self._compared is not None
            self.show_texts(self._compared)  # the colours stand in the text itself


def _sample(span: Span, which: str) -> DiffText:
    """A word of the legend, drawn as in the texts."""
    made = DiffText(Side.OLD if which == "old" else Side.NEW, "")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setFont(theme.font(theme.CAPTION))
    words = span.old if which == "old" else span.new
    made.setAccessibleName(f"图例：{words}")
    made.document().setDocumentMargin(1)
    made.setProperty("sample", True)
    made.show_spans((Span("1", words),) if which == "figure" else (span,), "", figure=which)
    made.setFixedSize(made.fontMetrics().horizontalAdvance(words) + 8, 20)
    return made
