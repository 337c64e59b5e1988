"""Two or three words side by side, one of them chosen: 措施 | 单位."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import paint_focus

HEIGHT = 24


class Segment(QAbstractButton):
    """One word; soft ground and accent outline when chosen."""

    def __init__(self, words: str, tip: str) -> None:
        super().__init__()
        self.setText(words)
        self.setToolTip(tip)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(theme.CAPTION, bold=True))
        return QSize(metrics.horizontalAdvance(self.text()) + 16, theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = theme.current(), QPainter(self)
        chosen = self.isChecked()
        over = self.underMouse() and self.isEnabled()
        ground = tokens.soft if chosen else (tokens.hover if over else tokens.surface)
        painter.setBrush(QColor(ground if self.isEnabled() else tokens.surface2))
        painter.setPen(QPen(QColor(tokens.accent if chosen else tokens.control), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(theme.font(theme.CAPTION, bold=chosen))
        plain = tokens.text if self.isEnabled() else tokens.text3
        painter.setPen(QColor(tokens.accent if chosen else plain))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            paint_focus(painter, self.rect(), 2)


class Segments(QWidget):
    """The words as exclusive buttons; chosen is emitted with the place of the one pressed."""

    chosen = Signal(int)

    def __init__(self, words: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.group = QButtonGroup(self)
        for place, (word, tip) in enumerate(words):
            segment = Segment(word, tip)
            self.group.addButton(segment, place)
            row.addWidget(segment)
        self.group.button(0).setChecked(True)
        self.group.idClicked.connect(self.chosen)

    def choose(self, place: int) -> None:
        """Show a place as chosen without emitting anything."""
        self.group.button(place).setChecked(True)
