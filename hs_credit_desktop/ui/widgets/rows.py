"""Rows that are buttons: an icon, two lines and a chevron, as in 最近打开; and numbered steps."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from hs_credit_desktop.ui import icons, theme
from hs_credit_desktop.ui.widgets.basics import paint_focus


class RowButton(QAbstractButton):
    """A row 50 px high that opens something."""

    def __init__(self, icon: str, title: str, detail: str, on_click: Callable[[], object]) -> None:
        super().__init__()
        self._icon, self._title, self._detail = icon, title, detail
        self.setFixedHeight(50)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{title}，{detail}")
        self.setToolTip(detail)
        self.clicked.connect(lambda: on_click())

    def sizeHint(self) -> QSize:
        return QSize(300, theme.px(50))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), QColor(tokens.sel if self.isDown() else tokens.hover))
        painter.drawPixmap(13, 15, icons.pixmap(self._icon, "text2", 20))
        self._line(painter, QRect(44, 5, self.width() - 76, 22), self._title, "text", theme.BODY)
        self._line(
            painter, QRect(44, 26, self.width() - 76, 18), self._detail, "text2", theme.CAPTION
        )
        painter.drawPixmap(self.width() - 28, 17, icons.pixmap("chevron_right", "text2"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), QColor(tokens.border))
        if self.hasFocus():
            paint_focus(painter, self.rect())

    def _line(self, painter: QPainter, rect: QRect, text: str, ink: str, points: float) -> None:
        painter.setFont(theme.font(points))
        painter.setPen(QColor(getattr(theme.current(), ink)))
        # A folder says most at both ends, a title at its beginning.
        side = Qt.TextElideMode.ElideMiddle if ink == "text2" else Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(text, side, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class Steps(QWidget):
    """Numbered steps side by side: a soft disc with the number, a bold word, a sentence."""

    def __init__(self, steps: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._steps = steps
        self.setFixedHeight(42)
        said = "；".join(f"{number} {name}，{text}" for number, (name, text) in enumerate(steps, 1))
        self.setAccessibleName(said)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() // len(self._steps)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for place, (name, text) in enumerate(self._steps):
            left = place * width
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.soft))
            painter.drawEllipse(left, 8, 24, 24)
            painter.setPen(QColor(tokens.accent))
            painter.setFont(theme.figure_font(bold=True))
            painter.drawText(QRect(left, 8, 24, 24), Qt.AlignmentFlag.AlignCenter, str(place + 1))
            painter.setPen(QColor(tokens.text))
            painter.setFont(theme.font(bold=True))
            painter.drawText(QRect(left + 34, 0, width - 38, 22), middle, name)
            painter.setPen(QColor(tokens.text2))
            painter.setFont(theme.font(theme.CAPTION))
            painter.drawText(QRect(left + 34, 21, width - 38, 18), middle, text)
