"""The drop zone: takes dragged files of the right kinds and says so when they are not."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from hs_credit_desktop.ui import theme


class DropZone(QWidget):
    """A dashed frame; solid and soft while a file hangs over it, red while a refused kind does.

    suffixes: lower-case endings that are taken. dropped: the one file that was let go here.
    """

    dropped = Signal(Path)
    hovered = Signal(str)

    def __init__(self, suffixes: tuple[str, ...]) -> None:
        super().__init__()
        self._suffixes = suffixes
        self._over = ""
        self.setAcceptDrops(True)

    @property
    def over(self) -> str:
        """What hangs over it: "", "fits" or "refused"."""
        return self._over

    def _set_over(self, over: str) -> None:
        if over != self._over:
            self._over = over
            self.hovered.emit(over)
            self.update()

    def file_of(self, mime: QMimeData) -> Path | None:
        """The one local file of a kind that is taken, else None."""
        urls = mime.urls()
        if len(urls) != 1 or not urls[0].isLocalFile():
            return None
        path = Path(urls[0].toLocalFile())
        return path if path.suffix.lower() in self._suffixes else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Taken even when refused, or Qt would not tell when it leaves; dragMove then says no.
        event.acceptProposedAction()
        self._set_over("fits" if self.file_of(event.mimeData()) else "refused")

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setAccepted(self._over == "fits")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over("")
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over("")
        if path := self.file_of(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(path)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tokens.soft if self._over == "fits" else tokens.surface))
        pen = QPen(QColor(tokens.bad if self._over == "refused" else tokens.accent), 2)
        if not self._over:
            pen.setDashPattern([6, 4])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
