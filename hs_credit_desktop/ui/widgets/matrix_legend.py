"""What the cells of the matrix mean, under it: every face with its word and how many there are."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.returns import Completion
from hs_credit_desktop.services.matrix import Completions
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.matrix_paint import (
    Colouring,
    Face,
    lamp_face,
    level_face,
    missing_face,
    paint_face,
)

_STATES = (
    Lamp.NOT_DUE,
    Lamp.DUE_SOON,
    Lamp.OVERDUE,
    Lamp.TO_REVIEW,
    Lamp.ACCEPTED,
    Lamp.SENT_BACK,
    Lamp.ON_HOLD,
    Lamp.EXEMPT,
)
BOX = QSize(24, 19)


def legend_items(colouring: Colouring, counted: Completions | None) -> list[tuple[Face, str]]:
    """(face, words) from left to right; the counts add up to the entries expected."""
    if colouring is Colouring.STATE:
        return [(lamp_face(lamp), lamp.word) for lamp in _STATES]
    counts = counted.levels if counted else {}

    def words(word: str, count: int | None) -> str:
        return word if count is None else f"{word} {count}"

    items = [(level_face(level), words(level.label, counts.get(level))) for level in Completion]
    if counted and counted.unsaid:
        items.append((level_face(None), f"未说明 {counted.unsaid}"))
    items.append((missing_face(overdue=False), words("未报", counted.missing if counted else None)))
    items.append((missing_face(overdue=True), "逾期未报"))
    return items


def paint_matrix_legend(
    painter: QPainter, rect: QRect, colouring: Colouring, counted: Completions | None = None
) -> None:
    """Draw the legend left-aligned in rect."""
    left, top = rect.left(), rect.top() + (rect.height() - BOX.height()) // 2
    for shown, words in legend_items(colouring, counted):
        paint_face(painter, QRect(left, top, BOX.width(), BOX.height()), shown)
        left = _words(painter, left + BOX.width() + 4, rect, words) + 12
    blank = Face(theme.current().surface, theme.current().text, theme.current().border)
    paint_face(painter, QRect(left, top, BOX.width(), BOX.height()), blank, lead=True)
    left = _words(painter, left + BOX.width() + 4, rect, "牵头") + 12
    _words(painter, left, rect, "空白＝无任务")


def _words(painter: QPainter, left: int, rect: QRect, words: str) -> int:
    painter.setFont(theme.font(theme.CAPTION))
    painter.setPen(QColor(theme.current().text2))
    width = painter.fontMetrics().horizontalAdvance(words)
    room = QRect(left, rect.top(), width + 4, rect.height())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
    return left + width


class MatrixLegend(QWidget):
    """The legend at the foot of the pane."""

    def __init__(self) -> None:
        super().__init__()
        self.colouring = Colouring.COMPLETION
        self._counted: Completions | None = None
        self.setFixedHeight(theme.FOOTER - 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, colouring: Colouring, counted: Completions | None) -> None:
        """Show the faces of that colouring."""
        self.colouring, self._counted = colouring, counted
        said = "、".join(words for _, words in legend_items(colouring, counted))
        self.setAccessibleName(f"图例：{said}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        room = self.rect().adjusted(theme.PADDING, 0, 0, 0)
        paint_matrix_legend(QPainter(self), room, self.colouring, self._counted)
