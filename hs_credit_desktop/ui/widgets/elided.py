"""Text cut with … where it does not fit; the whole of it is the tooltip."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from hs_credit_desktop.ui import theme

LEADING = 1.25  # line height over the font's own; 1.4 of the size in the families we use


class ElidedLabel(QWidget):
    """Text of one size and ink in at most `lines` lines.

    middle: cut in the middle, for names of files and folders, whose ends tell them apart.
    """

    def __init__(
        self,
        lines: int = 1,
        points: float = theme.BODY,
        *,
        bold: bool = False,
        ink: str = "text",
        middle: bool = False,
    ) -> None:
        super().__init__()
        self._lines, self._points, self._bold, self._ink = lines, points, bold, ink
        self._cut = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another text."""
        self._text = " ".join(text.split())
        self.setToolTip(_wrapped(self._text))
        self.setAccessibleName(self._text)
        self.update()

    def _line_height(self) -> float:
        self.setFont(theme.font(self._points, bold=self._bold))
        spacing = self.fontMetrics().height() if self._lines == 1 else 0
        return spacing or self.fontMetrics().ascent() * LEADING + self.fontMetrics().descent()

    def sizeHint(self) -> QSize:
        return QSize(120, round(self._line_height() * self._lines + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = self._line_height()
        painter.setFont(self.font())
        painter.setPen(QColor(getattr(theme.current(), self._ink)))
        layout = QTextLayout(self._text, self.font())
        # One line stands in the middle, as in the labels and buttons beside it.
        first = (self.height() - height) / 2 if self._lines == 1 else 0.0
        layout.beginLayout()
        for number in range(self._lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(self.width())
            start = line.textStart()
            if number == self._lines - 1 and start + line.textLength() < len(self._text):
                rest = self.fontMetrics().elidedText(self._text[start:], self._cut, self.width())
                top = first + number * height + self.fontMetrics().ascent()
                painter.drawText(QPointF(0, top), rest)
            else:
                line.draw(painter, QPointF(0, first + number * height - line.y()))
        layout.endLayout()


class Hint(QLabel):
    """A short message at the right of a row: it never widens the row, whatever it says."""

    def __init__(self, points: float = theme.CAPTION, ink: str = "text2") -> None:
        super().__init__()
        self.setFont(theme.font(points))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("ink", ink)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, words: str) -> None:
        """Show another message."""
        self.setText(words)
        self.setToolTip(_wrapped(words))
        self.setAccessibleName(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(getattr(theme.current(), str(self.property("ink")))))
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(
            self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown
        )


def _wrapped(text: str, width: int = 40) -> str:
    """A tooltip in lines of at most `width` characters."""
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))
