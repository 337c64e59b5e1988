"""各大类进度: a segmented bar a pillar, the covered and expected entries as doors, a legend."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from hs_credit_desktop.services.overview import Counted, PillarNode
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.tree import title_of
from hs_credit_desktop.ui.widgets.basics import NumberLink, Pane, label
from hs_credit_desktop.ui.widgets.chips import ProgressBar
from hs_credit_desktop.ui.widgets.elided import ElidedLabel

LEGEND = (
    ("bar_ok", "通过"),
    ("bar_review", "待审、存疑"),
    ("bar_back", "退回补报"),
    ("bar_none", "未报"),
)
ROW = 23
_TIPS = {
    Counted.COVERED: "已覆盖：四个部分里至少填写了一项的条数",
    Counted.EXPECTED: "应反馈：应当反馈的条数，免报的不算",
}


class Legend(QWidget):
    """What the four lightnesses of a bar mean."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("图例：" + "、".join(word for _, word in LEGEND))

    def sizeHint(self) -> QSize:
        return QSize(200, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_legend(painter, QRect(0, 0, self.width(), self.height()))


def paint_legend(painter: QPainter, rect: QRect) -> None:
    """Draw the legend left-aligned in rect."""
    tokens, font = theme.current(), theme.font(theme.CAPTION)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    left = rect.left()
    for ink, word in LEGEND:
        painter.setPen(QColor(tokens.control))
        painter.setBrush(QColor(getattr(tokens, ink)))
        painter.drawRoundedRect(left, rect.center().y() - 3, 15, 8, 3, 3)
        width = QFontMetrics(font).horizontalAdvance(word)
        painter.setPen(QColor(tokens.text2))
        place = QRect(left + 21, rect.top(), width + 4, rect.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, word)
        left += 21 + width + 14
    painter.restore()


class PillarPane(Pane):
    """A row a pillar; opened is emitted with (pillar id, Counted) when a number is pressed."""

    opened = Signal(str, object)

    def __init__(self, title: str = "各大类反馈进度", *, words: int = 190) -> None:
        super().__init__(title, "已覆盖条数／应反馈条数")
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(theme.PADDING, 4, theme.PADDING, 2)
        self._grid.setHorizontalSpacing(2)
        self._grid.setVerticalSpacing(0)
        self._ids: tuple[str, ...] = ()
        self.rows: list[tuple[ElidedLabel, ProgressBar, NumberLink, NumberLink]] = []
        self._strokes: list[QWidget] = []
        self.body.addWidget(self._inside)
        self._grid.addWidget(Legend(), 99, 0, 1, 5)
        self._grid.setColumnMinimumWidth(0, words)
        self._grid.setColumnStretch(1, 1)

    def show_tree(self, pillars: Sequence[PillarNode]) -> None:
        """Show these pillars; where only the numbers changed, the rows and the keyboard stay."""
        ids = tuple(node.pillar.id for node in pillars)
        if ids != self._ids:
            self._ids = ids
            self._make_rows(pillars)
        for (_, bar, covered, expected), node in zip(self.rows, pillars, strict=True):
            bar.show_progress(node.progress)
            covered.set_number(node.progress.covered)
            expected.set_number(node.progress.expected)

    def _make_rows(self, pillars: Sequence[PillarNode]) -> None:
        for parts in self.rows:
            for part in parts:
                part.deleteLater()
        for stroke in self._strokes:
            stroke.deleteLater()
        self.rows, self._strokes = [], []
        for place, node in enumerate(pillars):
            name = ElidedLabel(1)
            name.setText(title_of(node))
            covered = self._door(node, Counted.COVERED)
            expected = self._door(node, Counted.EXPECTED)
            bar = ProgressBar()
            self._grid.addWidget(name, place, 0)
            self._grid.addWidget(bar, place, 1, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(covered, place, 2, Qt.AlignmentFlag.AlignRight)
            self._strokes.append(label("／", theme.CAPTION, ink="text3"))
            self._grid.addWidget(self._strokes[-1], place, 3)
            self._grid.addWidget(expected, place, 4, Qt.AlignmentFlag.AlignRight)
            self._grid.setRowMinimumHeight(place, ROW)
            self.rows.append((name, bar, covered, expected))

    def _door(self, node: PillarNode, which: Counted) -> NumberLink:
        door = NumberLink("", "accent" if which is Counted.COVERED else "text2", points=theme.BODY)
        door.setFixedHeight(ROW)
        door.setToolTip(_TIPS[which])
        door.clicked.connect(lambda: self.opened.emit(node.pillar.id, which))
        return door
