"""One line of text with the searched words on the mark colour."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from hs_credit_desktop.ui import theme


def paint_marked(
    painter: QPainter, rect: QRect, text: str, needle: str, font: QFont, ink: str
) -> None:
    """Draw text left-aligned and elided; every place of needle (any case) stands on the mark."""
    tokens = theme.current()
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font)
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.setPen(QColor(ink))
    painter.drawText(rect, middle, shown)
    height = metrics.height()
    top = rect.top() + (rect.height() - height) // 2
    for start, end in places(shown, needle):
        left = rect.left() + metrics.horizontalAdvance(shown[:start])
        width = metrics.horizontalAdvance(shown[start:end])
        painter.fillRect(left, top, width, height, QColor(tokens.mark))
        painter.setPen(QColor(tokens.mark_text))
        painter.drawText(QRect(left, rect.top(), width, rect.height()), middle, shown[start:end])


def places(text: str, needle: str) -> list[tuple[int, int]]:
    """(start, end) of each place of needle in text, whatever the case of Latin letters."""
    if not needle:
        return []
    found = []
    low, wanted = text.lower(), needle.lower()
    at = low.find(wanted) if len(low) == len(text) else text.find(needle)
    while at >= 0:
        found.append((at, at + len(needle)))
        at = low.find(wanted, at + len(needle))
    return found
