"""The steps of a longer job in a row: done ones ticked, the present one filled."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from hs_credit_desktop.ui import icons, theme

_DISC, _GAP, _LINE = 22, 8, 30


class Stepper(QWidget):
    """Shows which of the steps the clerk is at; it is not clicked."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        super().__init__()
        self._steps, self._at = steps, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    def show_step(self, at: int) -> None:
        """Steps before `at` (from 0) are done, `at` is the present one."""
        self._at = at
        self.setAccessibleName(f"第 {at + 1} 步，共 {len(self._steps)} 步：{self._steps[at]}")
        self.updateGeometry()
        self.update()

    @property
    def at(self) -> int:
        """The present step, from 0."""
        return self._at

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words = sum(metrics.horizontalAdvance(step) + 8 for step in self._steps)
        return QSize(words + len(self._steps) * (_DISC + _GAP + _LINE + _GAP), 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, top = 0, (self.height() - _DISC) // 2
        for place, words in enumerate(self._steps):
            now = place == self._at
            if place < self._at:
                mark = icons.pixmap("checkmark_circle", "ok", 16, "filled")
                painter.drawPixmap(left + 3, top + 3, mark)
            else:
                painter.setPen(QPen(QColor(tokens.fill if now else tokens.border), 1))
                painter.setBrush(QColor(tokens.fill if now else tokens.surface2))
                painter.drawEllipse(left, top, _DISC, _DISC)
                painter.setPen(QColor(tokens.fill_text if now else tokens.text2))
                painter.setFont(theme.figure_font(bold=now))
                spot = QRect(left, top, _DISC, _DISC)
                painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, str(place + 1))
            left += _DISC + _GAP
            painter.setFont(theme.font(bold=now))
            painter.setPen(QColor(tokens.text if place <= self._at else tokens.text2))
            width = painter.fontMetrics().horizontalAdvance(words) + 4
            room = QRect(left, 0, width, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
            left += width + _GAP
            if place < len(self._steps) - 1:
                painter.setPen(QPen(QColor(tokens.control), 1))
                painter.drawLine(left, self.height() // 2, left + _LINE - 12, self.height() // 2)
                left += _LINE - 12 + _GAP
