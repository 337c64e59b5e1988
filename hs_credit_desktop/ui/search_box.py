"""The results under the search field: grouped, the hit marked, chosen by keyboard or mouse."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from hs_credit_desktop.services.find import Hit
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.hits import HitsModel
from hs_credit_desktop.ui.models.roles import Index, Role
from hs_credit_desktop.ui.widgets.basics import label
from hs_credit_desktop.ui.widgets.marked import paint_marked

WAIT = 60  # milliseconds after a key before searching, so that a fast typist searches once
WIDTH, HEIGHT = 460, 420
HEAD_ROW, ONE_LINE, TWO_LINES = 26, 30, 46


class HitDelegate(QStyledItemDelegate):
    """A group head, or a hit in one or two lines with the searched words marked."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(Role.KIND) == "head":
            return QSize(0, HEAD_ROW)
        return QSize(0, TWO_LINES if index.data(Qt.ItemDataRole.ToolTipRole) else ONE_LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.current()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        if index.data(Role.KIND) == "head":
            painter.fillRect(rect, QColor(tokens.surface2))
            painter.setFont(theme.font(theme.CAPTION))
            painter.setPen(QColor(tokens.text2))
            words = str(index.data())
            painter.drawText(rect.adjusted(12, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        else:
            self._paint_hit(painter, rect, index, chosen=_chosen(option))
        painter.restore()

    def _paint_hit(self, painter: QPainter, rect: QRect, index: Index, *, chosen: bool) -> None:
        tokens = theme.current()
        if chosen:
            painter.fillRect(rect, QColor(tokens.sel))
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(tokens.accent))
        needle, excerpt = index.data(Role.NEEDLE), index.data(Qt.ItemDataRole.ToolTipRole)
        space = rect.adjusted(12, 0, -12, 0)
        ink = tokens.sel_text if chosen else tokens.text
        first = QRect(space.left(), rect.top() + 3, space.width(), 20) if excerpt else space
        paint_marked(painter, first, str(index.data()), needle, theme.font(bold=chosen), ink)
        if excerpt:
            ink = tokens.sel_text if chosen and tokens.high_contrast else tokens.text2
            second = QRect(space.left(), rect.top() + 23, space.width(), 19)
            paint_marked(painter, second, excerpt, needle, theme.font(theme.CAPTION), ink)


def _chosen(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]


class SearchPopup(QFrame):
    """Hangs under the search field while the keyboard stays in the field.

    find: the search, at most some tens of hits. hit_chosen: the hit and the words searched for.
    """

    hit_chosen = Signal(object, str)

    def __init__(self, field: QLineEdit, find: Callable[[str], Sequence[Hit]]) -> None:
        super().__init__(field.window())
        self._field, self._find = field, find
        self.setObjectName("pane")
        self.model = HitsModel(self)
        self.view = QListView()
        self._nothing: QLabel = label("", theme.CAPTION, ink="text2")
        self._foot = label("↑ ↓ 选择    Enter 打开    Esc 收起", theme.CAPTION, ink="text3")
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self.search_now)
        self._listen()
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 6)
        column.setSpacing(4)
        self._nothing.setContentsMargins(theme.PADDING, 4, theme.PADDING, 4)
        self._nothing.setWordWrap(True)
        self._foot.setContentsMargins(theme.PADDING, 0, theme.PADDING, 0)
        self.view.setModel(self.model)
        self.view.setItemDelegate(HitDelegate(self.view))
        self.view.setMouseTracking(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName("搜索结果")
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(self._clicked)
        column.addWidget(self._nothing)
        column.addWidget(self.view, 1)
        column.addWidget(self._foot)

    def _listen(self) -> None:
        self._field.textEdited.connect(self._typed)
        self._field.returnPressed.connect(self._entered)
        for key, step in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)):
            self._shortcut(key).activated.connect(lambda way=step: self._step(way))
        self._shortcut(Qt.Key.Key_Escape).activated.connect(self._escape)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def _shortcut(self, key: Qt.Key) -> QShortcut:
        """A key of the field only; a shortcut, so that an input method sees keys first."""
        return QShortcut(QKeySequence(key), self._field, context=Qt.ShortcutContext.WidgetShortcut)

    def _typed(self, text: str) -> None:
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self.hide()

    def search_now(self) -> None:
        """Search for what stands in the field and show it, the first hit chosen."""
        self._timer.stop()
        words = self._field.text().strip()
        if not words:
            self.hide()
            return
        hits = self._find(words)
        self.model.show_hits(hits, words)
        self._nothing.setText(f"没有找到“{words}”。换个说法，或只写其中两三个字再试。")
        self._nothing.setVisible(not hits)
        self.view.setVisible(bool(hits))
        self._foot.setVisible(bool(hits))
        self._choose(self.model.next_hit(-1, 1))
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        window = self._field.window()
        if self.parent() is not window:
            self.setParent(window)
        rows = range(self.model.rowCount())
        option = QStyleOptionViewItem()
        delegate = self.view.itemDelegate()
        wanted = sum(delegate.sizeHint(option, self.model.index(row)).height() for row in rows)
        foot = QFontMetrics(self._foot.font()).height() + 18
        height = min(wanted + foot, HEIGHT) if wanted else foot + 24
        width = max(WIDTH, self._field.width())
        corner = self._field.mapTo(window, QPoint(self._field.width(), self._field.height() + 4))
        self.setGeometry(max(corner.x() - width, 0), corner.y(), width, height)

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))
            self.view.scrollTo(self.model.index(row))

    def _step(self, way: int) -> None:
        if not self.isVisible():
            self.search_now()
            return
        self._choose(self.model.next_hit(self.view.currentIndex().row(), way))

    def _entered(self) -> None:
        if self._timer.isActive() or not self.isVisible():
            self.search_now()
        self._open(self.view.currentIndex())

    def _clicked(self, index: QModelIndex) -> None:
        self._open(index)

    def _open(self, index: Index) -> None:
        row = self.model.row(index)
        if self.isVisible() and row and row.hit:
            self.hide()
            self.hit_chosen.emit(row.hit, self._field.text().strip())

    def _escape(self) -> None:
        if self.isVisible():
            self.hide()
        else:
            self._field.clear()

    def _focus_moved(self, _old: object, new: object) -> None:
        if new is not self._field:
            self._timer.stop()
            self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.doItemsLayout()
