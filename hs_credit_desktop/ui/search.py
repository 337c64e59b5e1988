"""The results under the search field: units, measures and texts of all rounds, while typing."""

from collections.abc import Callable, Sequence
from functools import partial

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
MORE = "more"  # kind of the row that stands for the hits which are not listed yet
DELAY_MS = 30  # the search runs beside the window, so a key need not wait for the next one
SLOW_MS = 250  # from here on it is said that the search is under way
FIRST, MOST = 50, 1_000  # hits of a kind that are listed: at first, and when asked for more
_ICONS = {
    "unit": "folder",
    "measure": "bookmark",
    "feedback": "document_text",
    "command": "chevron_right",
    MORE: "chevron_down",
}
_KINDS = {"unit": "单位", "measure": "措施", "feedback": "反馈", "command": "命令", MORE: ""}
_ONE_LINE = ("unit", MORE)


# (text, most hits of a kind, who is told): asks, and tells at once or later.
Ask = Callable[[str, int, Callable[[Sequence[Hit]], object]], object]


def title_of(hit: Hit) -> str:
    """The first line of a hit."""
    if hit.kind == "feedback":
        return f"{hit.unit}    第 {hit.round} 轮    {hit.measure}"
    if hit.kind == "command":
        return hit.ref
    if hit.kind == MORE:
        return more_words(hit)
    return (hit.unit if hit.kind == "unit" else hit.measure) or ""


def more_words(hit: Hit) -> str:
    """What the row of kind MORE says: how many are listed and what can be done."""
    kind, listed = _KINDS[hit.ref], int(hit.excerpt)
    if listed < MOST:
        return f"{kind}还有更多，现在列出前 {listed} 条：列到 {MOST} 条"
    return f"{kind}多于 {listed} 条，只列出前 {listed} 条：请多写几个字"


class HitDelegate(QStyledItemDelegate):
    """Icon, title and excerpt in two lines, the searched words marked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.searched = ""

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        hit: Hit = index.data(HIT)
        return QSize(200, theme.px(theme.ROW if hit.kind in _ONE_LINE else 46))

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
        if hit.kind not in _ONE_LINE:
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

    ↑ ↓ move, Enter opens, Esc puts the list away; Esc once more empties the field and gives the
    keyboard back to the page.
    """

    opened = Signal(object)
    put_away = Signal()

    def __init__(self, window: QWidget, field: SearchField, ask: Ask) -> None:
        super().__init__(window)
        self.setObjectName("pane")
        self._window, self._field, self._ask = window, field, ask
        self._asked = self._shown = ""
        self._open_first = False
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
        self._timer = self._waiter(DELAY_MS, self.search)
        self._slow = self._waiter(SLOW_MS, self._say_searching)
        field.textChanged.connect(lambda: self._timer.start())
        field.key_pressed.connect(self._key)
        field.left.connect(self._leave)
        self.list.itemClicked.connect(self._open)
        self.hide()

    def _waiter(self, milliseconds: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    def search(self) -> None:
        """Find what the field says; it is shown as soon as it is found."""
        self._timer.stop()
        text = self._field.text().strip()
        if not text:
            self._leave()
            return
        self._ask_for(text, FIRST)

    def _ask_for(self, text: str, limit: int, row: int = 0) -> None:
        self._asked = text
        self._slow.start()
        self._ask(text, limit, partial(self._show_hits, text, row))

    def _leave(self) -> None:
        """Put the list away; whatever is still being found is of no use any more."""
        self._timer.stop()
        self._slow.stop()
        self._asked = self._shown = ""
        self._open_first = False
        self.list.clear()
        self.hide()
        self.put_away.emit()

    def _say_searching(self) -> None:
        self.list.clear()
        self._shown = ""
        self._say(f"正在查找“{self._asked}”…")

    def _say(self, words: str) -> None:
        self.list.hide()
        self._none.setText(words)
        self._none.show()
        self._place()

    def _show_hits(self, text: str, row: int, hits: Sequence[Hit]) -> None:
        """Show what was found, the row `row` chosen; answers nobody waits for are dropped."""
        if text != self._asked:
            return
        self._slow.stop()
        self._shown = text
        self._delegate.searched = text
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem(title_of(hit))
            item.setData(HIT, hit)
            self.list.addItem(item)
        if not hits:
            self._open_first = False
            self._say(f"没有找到“{text}”。换个说法，或只写其中两三个字再试。")
            return
        self._none.hide()
        self.list.show()
        self._place()
        self.list.setCurrentRow(row)
        if self._open_first:
            self._open(self.list.item(0))

    def _place(self) -> None:
        """Right under the field, as high as the hits need, inside the window."""
        window = self._window
        below = self._field.mapTo(window, self._field.rect().bottomRight())
        rows = [self.list.sizeHintForRow(row) for row in range(self.list.count())]
        height = min(sum(rows) + 12, window.height() - below.y() - 60) if rows else 48
        width = 460
        self.setGeometry(below.x() - width + 1, below.y() + 4, width, height)
        self.show()
        self.raise_()

    def _key(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            over = self.isHidden()  # the first Esc puts the results away, the second the words
            if over:
                self._field.clear()
            self._leave()
            if over:
                self._field.give_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif step and self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())

    def _enter(self) -> None:
        """Open the chosen hit, or the first as soon as there is one."""
        text = self._field.text().strip()
        if text and text == self._shown and not self.isHidden():
            if item := self.list.currentItem():
                self._open(item)
            return
        self._open_first = bool(text)
        if text != self._asked or self._timer.isActive():
            self.search()

    def _open(self, item: QListWidgetItem) -> None:
        hit: Hit = item.data(HIT)
        if hit.kind == MORE:
            if int(hit.excerpt) < MOST:
                self._ask_for(self._shown, MOST, self.list.row(item))
            return
        self._leave()
        self.opened.emit(hit)
