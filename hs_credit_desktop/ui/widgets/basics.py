"""Labels, buttons, chips, number links and panes: the vocabulary of every page."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.ui import icons, theme

# The two spaces between words and key: en spaces, which no font draws too narrow to see.
KEY_GAP = "\u2002\u2002"


def label(
    text: str = "", points: float = theme.BODY, *, bold: bool = False, ink: str = "text"
) -> QLabel:
    """A line of text in one of the five sizes and one of the inks (text, text2, accent, ok …)."""
    made = QLabel(text)
    made.setFont(theme.font(points, bold=bold))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("ink", ink)
    return made


def set_ink(widget: QWidget, ink: str) -> None:
    """Change the colour ink of a label after it was made."""
    widget.setProperty("ink", ink)
    repolish(widget)


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at the widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Enter presses the button that has the keyboard, as Space does; whether it was Enter.

    Qt knows this for default buttons of boxes only, so in the window Enter would do nothing.
    """
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not plain:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True


class Button(QPushButton):
    """A button with its key printed after two spaces; primary ones are filled.

    name: icon of resources/icons (16 px) or empty. The shortcut works in the whole window.
    """

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        key: str = "",
        icon: str = "",
        primary: bool = False,
        bind_key: bool = True,
    ) -> None:
        super().__init__()
        self._icon_name = icon
        self._base, self._key = text, key
        if primary:
            self.setObjectName("primary")
        self.setFont(theme.font(bold=primary))
        self.set_text(text)
        self._tint()
        if key and bind_key:
            self.setShortcut(QKeySequence(key))
        if on_click:
            self.clicked.connect(lambda: on_click())

    def set_text(self, text: str) -> None:
        """Change the words and keep the key."""
        self._base = text
        shortcut = self.shortcut()
        gap = " " if self._icon_name else ""
        self.setText(gap + text + (KEY_GAP + self._key if self._key else ""))
        self.setAccessibleName(text)
        self.setShortcut(shortcut)

    def _tint(self) -> None:
        if self._icon_name:
            ink = "fill_text" if self.objectName() == "primary" else "text2"
            self.setIcon(icons.icon(self._icon_name, ink))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._tint()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() < self.sizeHint().width():
            self._paint_short()
        else:
            super().paintEvent(event)
        if self.hasFocus() and self.objectName() == "primary":
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().surface), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), 2.5, 2.5)

    def short_text(self) -> str:
        """The words where there is no room for the key too, cut where even they find none."""
        metrics, gap = self.fontMetrics(), " " if self._icon_name else ""
        around = self.sizeHint().width() - metrics.horizontalAdvance(self.text())
        room = max(self.width() - around, 0)
        return metrics.elidedText(gap + self._base, Qt.TextElideMode.ElideRight, room)

    def _paint_short(self) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.short_text()  # type: ignore[attr-defined]
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def event(self, event: QEvent) -> bool:
        """What is not written for want of room is said beside the mouse."""
        wanted = event.type() == QEvent.Type.ToolTip and not self.toolTip()
        if wanted and isinstance(event, QHelpEvent) and self.width() < self.sizeHint().width():
            QToolTip.showText(event.globalPos(), self.text().strip(), self)
            return True
        return super().event(event)


class LinkButton(Button):
    """A text link that is a real button; may carry an icon."""

    def __init__(
        self, text: str, on_click: Callable[[], object] | None = None, *, icon: str = ""
    ) -> None:
        super().__init__(text, on_click, icon=icon)
        self.setObjectName("link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tint()

    def _tint(self) -> None:
        if self._icon_name:
            self.setIcon(icons.icon(self._icon_name, "accent"))


class IconButton(QToolButton):
    """A button that is only an icon: its words are the tooltip and the accessible name."""

    def __init__(self, icon: str, words: str, on_click: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._icon_name = icon
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setIcon(icons.icon(icon))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if on_click:
            self.clicked.connect(lambda: on_click())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.setIcon(icons.icon(self._icon_name))
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)


class NumberLink(QAbstractButton):
    """A number that opens the list it counts: bold figure, dotted underline, keyboard focus.

    caption: the word before it (应报); ink: colour of the figure. A zero is plain: nothing waits.
    """

    def __init__(
        self,
        caption: str,
        ink: str = "accent",
        *,
        points: float = theme.PANE_TITLE,
        small: bool = False,
    ) -> None:
        super().__init__()
        self._caption, self._ink = caption, ink
        self._caption_font = theme.font(theme.CAPTION if small else theme.BODY)
        self._font = theme.figure_font(points, bold=True)
        self._number = "0"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_number(0)

    def set_number(self, number: int | str) -> None:
        """Show another number; the accessible name says caption and number."""
        self._number = str(number)
        self.setAccessibleName(f"{self._caption} {self._number}".strip())
        self.updateGeometry()
        self.update()

    @property
    def number(self) -> str:
        """What is shown."""
        return self._number

    def sizeHint(self) -> QSize:
        width = 6 + self._caption_width() + self._figure_width()
        return QSize(width, theme.px(theme.ROW))

    def _caption_width(self) -> int:
        if not self._caption:
            return 0
        return QFontMetrics(self._caption_font).horizontalAdvance(self._caption) + 4

    def _figure_width(self) -> int:
        return QFontMetrics(self._font).horizontalAdvance(self._number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._caption_font)
        painter.setPen(QColor(tokens.text2))
        painter.drawText(QRect(3, 0, self.width(), self.height()), middle, self._caption)
        left = 3 + self._caption_width()
        painter.setFont(self._font)
        ink = QColor(getattr(tokens, "text2" if self._number == "0" else self._ink))
        painter.setPen(ink)
        painter.drawText(QRect(left, 0, self.width(), self.height()), middle, self._number)
        style = Qt.PenStyle.SolidLine if self.underMouse() else Qt.PenStyle.DotLine
        painter.setPen(QPen(ink, 1, style))
        foot = self.height() - 4
        painter.drawLine(left, foot, left + self._figure_width(), foot)
        if self.hasFocus():
            paint_focus(painter, self.rect())


def paint_focus(painter: QPainter, rect: QRect, radius: int = 4) -> None:
    """The 2 px focus ring inside rect."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.current().accent), 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def line() -> QFrame:
    """A hairline across a layout."""
    made = QFrame()
    made.setObjectName("line")
    made.setFixedHeight(1)
    return made


class Pane(QFrame):
    """A white frame with a head (title, subtitle, room for tools), a body and an optional foot."""

    def __init__(self, title: str = "", subtitle: str = "") -> None:
        super().__init__()
        self.setObjectName("pane")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.setSpacing(0)
        self.title = label(title, theme.PANE_TITLE, bold=True)
        self.subtitle = label(subtitle, theme.CAPTION, ink="text2")
        self.head = QFrame()
        self.head.setObjectName("paneHead")
        self.head.setFixedHeight(theme.PANE_HEAD)
        self.tools = QHBoxLayout(self.head)
        self.tools.setContentsMargins(theme.PADDING, 0, theme.GAP, 0)
        self.tools.setSpacing(theme.GAP)
        self.tools.addWidget(self.title)
        self.tools.addWidget(self.subtitle)
        self.tools.addStretch(1)
        self.body.addWidget(self.head)
        self.head.setVisible(bool(title))
        if title:
            self.setAccessibleName(title)

    def add_foot(self) -> QHBoxLayout:
        """A footer bar for the pane's buttons; the primary goes last."""
        foot = QFrame()
        foot.setObjectName("paneFoot")
        foot.setFixedHeight(theme.FOOTER)
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.PADDING, 0, theme.PADDING, 0)
        row.setSpacing(theme.GAP)
        self.body.addWidget(foot)
        return row
