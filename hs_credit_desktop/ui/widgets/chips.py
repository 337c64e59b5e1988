"""Chips (a word on a soft ground) and segmented progress bars, as widgets and as painters."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from hs_credit_desktop.domain.statistics import Progress
from hs_credit_desktop.ui import icons, theme

_PAD, _ICON, _ICON_GAP = 7, 16, 4


def chip_width(text: str, *, icon: str = "", points: float = theme.CAPTION) -> int:
    """Logical pixels a chip needs, so that a delegate can lay out what stands beside it."""
    extra = _ICON + _ICON_GAP if icon else 0
    return QFontMetrics(theme.font(points)).horizontalAdvance(text) + 2 * _PAD + extra


def paint_chip(
    painter: QPainter,
    rect: QRect,
    text: str,
    ink: str = "text2",
    *,
    icon: str = "",
    style: str = "filled",
    points: float = theme.CAPTION,
) -> None:
    """Draw a chip that fills rect; ink names the colour, its ground is the matching soft colour."""
    tokens = theme.current()
    ground = getattr(tokens, f"{ink}_s", tokens.soft if ink == "accent" else tokens.surface2)
    colour = QColor(getattr(tokens, ink))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(ground))
    painter.setPen(QPen(_edge(ink, colour), 1))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    left = rect.left() + _PAD
    if icon:
        top = rect.top() + (rect.height() - _ICON) // 2
        painter.drawPixmap(left, top, icons.pixmap(icon, ink, _ICON, style))
        left += _ICON + _ICON_GAP
    painter.setPen(colour)
    painter.setFont(theme.font(points))
    space = QRect(left, rect.top(), rect.right() - left, rect.height())
    painter.drawText(space, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()


def _edge(ink: str, colour: QColor) -> QColor:
    """Half the colour, so that the chip keeps a shape without its ground (grey print)."""
    if theme.current().high_contrast:
        return QColor(theme.current().text)
    edge = QColor(theme.current().control if ink == "text2" else colour)
    edge.setAlpha(130)
    return edge


class Chip(QWidget):
    """A chip that stands in a layout: words, colour ink and an optional icon."""

    def __init__(
        self, text: str = "", ink: str = "text2", *, icon: str = "", style: str = "filled"
    ) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_text(text, ink, icon=icon, style=style)

    def show_text(
        self, text: str, ink: str = "text2", *, icon: str = "", style: str = "filled"
    ) -> None:
        """Change what the chip says."""
        self._text, self._ink, self._icon, self._style = text, ink, icon, style
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """The words."""
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._text, icon=self._icon), theme.px(theme.CHIP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._text, self._ink, icon=self._icon, style=self._style)


def bar_segments(progress: Progress) -> list[tuple[str, int]]:
    """(colour ink, entries) from left to right; they add up to progress.expected.

    存疑 stands with 待审: both wait for the office.
    """
    parts = [
        ("bar_ok", progress.accepted),
        ("bar_review", progress.to_review + progress.on_hold),
        ("bar_back", progress.sent_back),
    ]
    rest = max(0, progress.expected - sum(count for _, count in parts))
    return [part for part in (*parts, ("bar_none", rest)) if part[1]]


def paint_bar(painter: QPainter, rect: QRect, progress: Progress) -> None:
    """Draw the segments in rect with round ends; the caller draws the count beside it."""
    tokens = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(rect), rect.height() / 2, rect.height() / 2)
    painter.fillPath(shape, QColor(tokens.bar_none))
    painter.setClipPath(shape)
    left = float(rect.left())
    for ink, count in bar_segments(progress):
        width = rect.width() * count / max(progress.expected, 1)
        painter.fillRect(
            QRectF(left, rect.top(), width, rect.height()), QColor(getattr(tokens, ink))
        )
        left += width
    painter.restore()


class ProgressBar(QWidget):
    """A segmented bar in a layout; its words say every segment."""

    def __init__(self, progress: Progress | None = None) -> None:
        super().__init__()
        self.setFixedHeight(8)
        self.setMinimumWidth(34)
        self.show_progress(progress or Progress())

    def show_progress(self, progress: Progress) -> None:
        """Change what the bar shows."""
        self._progress = progress
        self.setToolTip(progress_words(progress))
        self.setAccessibleName(progress_words(progress))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_bar(QPainter(self), self.rect(), self._progress)


def progress_words(progress: Progress) -> str:
    """The bar as a sentence: 应反馈 17 条，已覆盖 10 条（通过 8，待审 2…）."""
    whole = f"应反馈 {progress.expected} 条，已覆盖 {progress.covered} 条"
    waiting = f"待审 {progress.to_review}，退回 {progress.sent_back}，存疑 {progress.on_hold}"
    return f"{whole}（通过 {progress.accepted}，{waiting}）"
