"""A tick box drawn like the other fields."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from hs_credit_desktop.ui import icons, theme
from hs_credit_desktop.ui.widgets.basics import paint_focus

BOX, GAP, SIDE = 16, 6, 5


class TickBox(QCheckBox):
    """A box of 16 px with its words; the whole of it can be clicked."""

    def __init__(self, words: str, tip: str = "") -> None:
        super().__init__(words)
        self.setFont(theme.font())
        self.setToolTip(tip)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(SIDE + BOX + GAP + words + SIDE, theme.px(theme.FIELD))

    def hitButton(self, _place: object) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = theme.current(), QPainter(self)
        box = QRect(SIDE, (self.height() - BOX) // 2, BOX, BOX)
        ticked, enabled = self.isChecked(), self.isEnabled()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = tokens.fill if ticked and enabled else tokens.surface
        edge = (
            tokens.control
            if enabled and not ticked
            else (tokens.fill if enabled else tokens.border)
        )
        painter.setBrush(QColor(ground if enabled else tokens.surface2))
        painter.setPen(QPen(QColor(edge), 1))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if ticked:
            ink = "fill_text" if enabled else "text3"
            painter.drawPixmap(box.topLeft(), icons.pixmap("checkmark", ink))
        painter.setFont(self.font())
        painter.setPen(QColor(tokens.text if enabled else tokens.text3))
        space = self.rect().adjusted(SIDE + BOX + GAP, 0, 0, 0)
        painter.drawText(space, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            paint_focus(painter, self.rect())
