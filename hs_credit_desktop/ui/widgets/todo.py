"""A thing to do as a row: icon on its soft ground, what and how many, the word that opens it."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from hs_credit_desktop.ui import icons, theme
from hs_credit_desktop.ui.widgets.basics import paint_focus, pressed_by_enter

HEIGHT, SIDE, TILE = 48, 12, 32
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_CUT = Qt.TextElideMode.ElideRight


@dataclass(frozen=True)
class Todo:
    """What a row says. icon: (name, size, style); verb: what pressing does, '' opens nothing."""

    icon: tuple[str, int, str]
    ink: str
    title: str
    detail: str
    verb: str = ""


class TodoRow(QAbstractButton):
    """A row 48 px high; without a verb it is plain text and takes no keyboard."""

    def __init__(self, todo: Todo) -> None:
        super().__init__()
        self.todo = todo
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        opens = bool(todo.verb)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("，".join(part for part in (todo.title, todo.detail) if part))
        self.setAccessibleDescription(todo.verb)
        self.setToolTip(todo.detail)

    def sizeHint(self) -> QSize:
        return QSize(300, theme.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = theme.current(), QPainter(self)
        if self.todo.verb and (self.underMouse() or self.isDown()):
            painter.fillRect(self.rect(), QColor(tokens.sel if self.isDown() else tokens.hover))
        self._paint_tile(painter)
        right = self._paint_verb(painter)
        left = SIDE + TILE + 10
        room = QRect(left, 5, right - left - 8, 21)
        self._line(painter, room, self.todo.title, "text", theme.font(bold=True))
        self._line(
            painter, room.translated(0, 19), self.todo.detail, "text2", theme.font(theme.CAPTION)
        )
        painter.fillRect(QRect(0, HEIGHT - 1, self.width(), 1), QColor(tokens.border))
        if self.hasFocus():
            paint_focus(painter, self.rect())

    def _paint_tile(self, painter: QPainter) -> None:
        tokens, ink = theme.current(), self.todo.ink
        ground = getattr(tokens, f"{ink}_s", tokens.soft if ink == "accent" else tokens.surface2)
        tile = QRect(SIDE, (HEIGHT - TILE) // 2, TILE, TILE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(ground))
        painter.setPen(
            QColor(tokens.border) if tokens.high_contrast or ink == "text2" else QColor(ground)
        )
        painter.drawRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.restore()
        name, size, style = self.todo.icon
        inset = (TILE - size) // 2
        spot = tile.topLeft()
        painter.drawPixmap(spot.x() + inset, spot.y() + inset, icons.pixmap(name, ink, size, style))

    def _paint_verb(self, painter: QPainter) -> int:
        """Draw the verb and its chevron; the x where they begin."""
        if not self.todo.verb:
            return self.width()
        painter.setFont(theme.font())
        width = painter.fontMetrics().horizontalAdvance(self.todo.verb)
        left = self.width() - SIDE - 14 - width
        painter.setPen(QColor(theme.current().accent))
        painter.drawText(QRect(left, 0, width + 4, HEIGHT), _MIDDLE, self.todo.verb)
        top = (HEIGHT - 16) // 2
        painter.drawPixmap(left + width + 2, top, icons.pixmap("chevron_right", "accent"))
        return left

    def _line(self, painter: QPainter, room: QRect, text: str, ink: str, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(QColor(getattr(theme.current(), ink)))
        shown = painter.fontMetrics().elidedText(text, _CUT, room.width())
        painter.drawText(room, _MIDDLE | Qt.AlignmentFlag.AlignLeft, shown)
