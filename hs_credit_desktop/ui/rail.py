"""The rail: which page, by icon and word, with the keys Alt+1 … Alt+9."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QSizePolicy,
    QVBoxLayout,
)

from hs_credit_desktop.ui import icons, theme
from hs_credit_desktop.ui.widgets.basics import paint_focus

ITEM_HEIGHT, ITEM_GAP, ITEM_SIDE = 52, 4, 5
ICON, WORD = 20, 22  # heights of what stands in an item


@dataclass(frozen=True)
class Place:
    """A page as the rail shows it: its name, icon (20 px) and key."""

    name: str
    icon: str
    key: str


# Every page the program will have; a window shows only those it is given.
PLACES = (
    Place("今日", "calendar_ltr", "Alt+1"),
    Place("任务", "text_bullet_list_square", "Alt+2"),
    Place("单位", "building", "Alt+3"),
    Place("收件", "mail_inbox", "Alt+4"),
    Place("审核", "clipboard_checkmark", "Alt+5"),
    Place("汇总", "document_text", "Alt+6"),
    Place("统计", "data_histogram", "Alt+7"),
    Place("导出", "print", "Alt+8"),
    Place("设置", "settings", "Alt+9"),
)

# No page: the commands that belong to none.
MORE = Place("更多", "more_horizontal", "Alt+0")


class RailItem(QAbstractButton):
    """One page: filled icon, accent bar and bold word when it is the one shown."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self._badge = 0
        self.setCheckable(place is not MORE)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(place.name)
        self.setToolTip(f"{place.name}  {place.key}")
        self.setShortcut(QKeySequence(place.key))

    def set_badge(self, count: int) -> None:
        """Show how many things wait on that page; 0 hides it."""
        self._badge = count
        self.setAccessibleDescription(f"{count} 项待办" if count else "")
        self.update()

    def event(self, event: QEvent) -> bool:
        """Its key acts at once: after the wait of an animated click, letters typed were lost."""
        if event.type() == QEvent.Type.Shortcut:
            self.click()
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.RAIL - 2 * ITEM_SIDE, theme.px(ITEM_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Icon and word one under the other: larger texts take the room of the gaps first."""
        return QSize(theme.RAIL - 2 * ITEM_SIDE, ICON + 4 + theme.px(WORD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or (self.underMouse() and self.isEnabled()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.surface if self.isChecked() else tokens.hover))
            painter.drawRoundedRect(self.rect(), 6, 6)
        if self.isChecked():
            painter.fillRect(QRect(0, (self.height() - 18) // 2, 3, 18), QColor(tokens.accent))
        ink = "accent" if self.isChecked() else ("text2" if self.isEnabled() else "text3")
        style = "filled" if self.isChecked() else "regular"
        left, line = (self.width() - ICON) // 2, theme.px(WORD)
        top = max(2, self.height() - line - ICON - 3)
        painter.setOpacity(1.0 if self.isEnabled() else 0.6)
        painter.drawPixmap(left, top, icons.pixmap(self.place.icon, ink, ICON, style))
        painter.setOpacity(1.0)
        painter.setFont(theme.font(bold=self.isChecked()))
        painter.setPen(QColor(getattr(tokens, ink)))
        painter.drawText(
            QRect(0, self.height() - line - 2, self.width(), line),
            Qt.AlignmentFlag.AlignCenter,
            self.place.name,
        )
        if self._badge:
            self._paint_badge(painter)
        if self.hasFocus():
            paint_focus(painter, self.rect(), 6)

    def _paint_badge(self, painter: QPainter) -> None:
        tokens = theme.current()
        words = str(self._badge) if self._badge < 100 else "99+"
        painter.setFont(theme.figure_font(8.25, bold=True))
        width = max(18, painter.fontMetrics().horizontalAdvance(words) + 8)
        spot = QRect(self.width() - width - 1, 1, width, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.fill))
        painter.drawRoundedRect(spot, 8, 8)
        painter.setPen(QColor(tokens.fill_text))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, words)


class Rail(QFrame):
    """The pages from top to bottom, 更多 and 设置 at the foot; `chosen` names a page."""

    chosen = Signal(str)

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(theme.RAIL)
        self.setAccessibleName("页面")
        column = QVBoxLayout(self)
        column.setContentsMargins(ITEM_SIDE, 6, ITEM_SIDE, 6)
        column.setSpacing(ITEM_GAP)
        self._group = QButtonGroup(self)
        self._items: dict[str, RailItem] = {}
        self.more = RailItem(MORE)
        for place in PLACES:
            if place.name == "设置":
                column.addStretch(1)
                column.addWidget(self.more)
            if place.name in names:
                self._items[place.name] = self._add(place)
                column.addWidget(self._items[place.name])

    def _add(self, place: Place) -> RailItem:
        item = RailItem(place)
        self._group.addButton(item)
        item.clicked.connect(lambda: self.chosen.emit(place.name))
        return item

    def item(self, name: str) -> RailItem:
        """The item of a page (its badge, whether it can be used)."""
        return self._items[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The pages the rail shows, from top to bottom."""
        return tuple(self._items)

    def show_current(self, name: str) -> None:
        """Mark the page that is shown; a name the rail does not have marks none."""
        self._group.setExclusive(False)
        for key, item in self._items.items():
            item.setChecked(key == name)
        self._group.setExclusive(True)
