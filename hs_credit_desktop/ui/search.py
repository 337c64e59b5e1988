"""The results under the search field: units, measures and texts of all rounds, while typing."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.services.find import Hit
from hs_credit_desktop.ui import icons, theme
from hs_credit_desktop.ui.header import SearchField
from hs_credit_desktop.ui.widgets.basics import label

HIT = Qt.ItemDataRole.UserRole
DELAY_MS = 120
_ICONS = {
    "unit": "folder",
    "measure": "bookmark",
    "feedback": "document_text",
    "command": "chevron_right",
}
_KINDS = {"unit": "单位", "measure": "措施", "feedback": "反馈", "command": "命令"}


def title_of(hit: Hit) -> str:
    """The first line of a hit."""
    if hit.kind == "feedback":
        return f"{hit.unit}    第 {hit.round} 轮    {hit.measure}"
    if hit.kind == "command":
        return hit.ref
    return (hit.unit if hit.kind == "unit" else hit.measure) or ""


class HitDelegate(QStyledItemDelegate):
    """Icon, title and excerpt in two lines, the searched words marked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.searched = ""

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        hit: Hit = index.data(HIT)
        return QSize(200, theme.ROW if hit.kind == "unit" else 46)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        hit: Hit = index.data(HIT)
        tokens = theme.current()
        rect = option.rect  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.fillRect(rect, QColor(tokens.sel if chosen else tokens.surface))
        icon_top = rect.top() + 6
        painter.drawPixmap(rect.left() + 10, icon_top, icons.pixmap(_ICONS[hit.kind], "text2"))
        space = rect.adjusted(34, 0, -10, 0)
        first = QRect(space.left(), space.top() + 3, space.width() - 44, 22)
        painter.setFont(theme.font())
        self._line(painter, first, title_of(hit), tokens.sel_text if chosen else tokens.text)
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(QColor(tokens.sel_text if chosen else tokens.text3))
        painter.drawText(first.adjusted(0, 0, 44, 0), Qt.AlignmentFlag.AlignRight, _KINDS[hit.kind])
        if hit.kind != "unit":
            second = QRect(space.left(), space.top() + 24, space.width(), 18)
            self._line(painter, second, hit.excerpt, tokens.sel_text if chosen else tokens.text2)

    def _line(self, painter: QPainter, rect: QRect, text: str, colour: str) -> None:
        """One elided line with the searched words on the marker's yellow."""
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        place = shown.lower().find(self.searched.lower()) if self.searched else -1
        if place >= 0:
            left = rect.left() + metrics.horizontalAdvance(shown[:place])
            width = metrics.horizontalAdvance(shown[place : place + len(self.searched)])
            mark = QRect(left, rect.top() + 1, width, rect.height() - 2)
            painter.fillRect(mark, QColor(theme.current().mark))
        painter.setPen(QColor(colour))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, middle, shown)
        if place >= 0:
            painter.setPen(QColor(theme.current().mark_text))
            painter.drawText(mark, middle, shown[place : place + len(self.searched)])


class SearchResults(QFrame):
    """A list under the field that never takes the keyboard.

    ↑ ↓ move, Enter opens, Esc puts the list away, once more Esc the words.
    """

    opened = Signal(object)

    def __init__(
        self, window: QWidget, field: SearchField, find: Callable[[str], Sequence[Hit]]
    ) -> None:
        super().__init__(window)
        self.setObjectName("pane")
        self._window, self._field, self._find = window, field, find
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("搜索结果")
        self._delegate = HitDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self._none = label("", ink="text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 4)
        column.addWidget(self._none)
        column.addWidget(self.list, 1)
        self._none.setContentsMargins(12, 6, 12, 6)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.search)
        field.textChanged.connect(lambda: self._timer.start())
        field.key_pressed.connect(self._key)
        field.left.connect(self.hide)
        self.list.itemClicked.connect(self._open)
        self.hide()

    def search(self) -> None:
        """Find what the field says and show it."""
        self._timer.stop()
        text = self._field.text().strip()
        self.list.clear()
        if not text:
            self.hide()
            return
        hits = self._find(text)
        self._delegate.searched = text
        for hit in hits:
            item = QListWidgetItem(title_of(hit))
            item.setData(HIT, hit)
            self.list.addItem(item)
        self.list.setVisible(bool(hits))
        self._none.setVisible(not hits)
        self._none.setText(f"没有找到“{text}”。换个说法，或只写其中两三个字再试。")
        self._place()

    def _place(self) -> None:
        """Right under the field, as high as the hits need, inside the window."""
        window = self._window
        below = self._field.mapTo(window, self._field.rect().bottomRight())
        rows = [self.list.sizeHintForRow(row) for row in range(self.list.count())]
        height = min(sum(rows) + 12, window.height() - below.y() - 60) if rows else 48
        width = 460
        self.setGeometry(below.x() - width + 1, below.y() + 4, width, height)
        if self.list.count():
            self.list.setCurrentRow(0)
        self.show()
        self.raise_()

    def _key(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            if self.isHidden():  # the first Esc puts the results away, the second the words
                self._field.clear()
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.isHidden() or self._timer.isActive():
                self.search()
            if item := self.list.currentItem():
                self._open(item)
        elif step and self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())

    def _open(self, item: QListWidgetItem) -> None:
        hit = item.data(HIT)
        self.hide()
        self.opened.emit(hit)
