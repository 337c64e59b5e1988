"""Ctrl+F, F3 and Shift+F3: a strip that goes from one place of the words to the next."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QSortFilterProxyModel, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QTreeView,
    QWidget,
)

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.widgets.basics import Button, IconButton, label
from hs_credit_desktop.ui.widgets.marked import places
from hs_credit_desktop.ui.widgets.part_edit import utf16
from hs_credit_desktop.ui.widgets.table import RowsTable

MOST_ROWS = 2_000  # of a list that is read whole; longer ones have filters and Ctrl+K
_FIELD_WIDTH = 200
TEXT = Qt.ItemDataRole.DisplayRole.value


class Hit(NamedTuple):
    """A place of the words: in a text from start to end (UTF-16), in a list the row `start`."""

    where: QWidget
    start: int
    end: int


def hits(root: QWidget, *words: str) -> list[Hit]:
    """Every place of the words in what is shown below `root`, pane by pane from the left.

    Tables count where no text holds the words: another row would change the texts beside it.
    Lists that read their rows by the page are left out: they must not read everything.
    """
    readable = [*root.findChildren(QTextEdit), *root.findChildren(QPlainTextEdit)]
    found = _all_in([root, *readable, *root.findChildren(QListView)], words)
    return found or _all_in(root.findChildren(RowsTable), words)


def _all_in(widgets: Sequence[QWidget], words: tuple[str, ...]) -> list[Hit]:
    found = []
    for widget in sorted((one for one in widgets if one.isVisible()), key=_corner):
        if isinstance(widget, QTextEdit | QPlainTextEdit):
            found += _in_text(widget, words)
        elif isinstance(widget, RowsTable | QListView) and not _paged(widget):
            found += _in_list(widget, words)
    return found


def _corner(widget: QWidget) -> tuple[int, int]:
    at = widget.mapToGlobal(QPoint(0, 0))
    return at.x(), at.y()


def _in_text(widget: QTextEdit | QPlainTextEdit, words: tuple[str, ...]) -> list[Hit]:
    text = widget.toPlainText()
    found = sorted({place for word in words for place in places(text, word)})
    return [Hit(widget, utf16(text, start), utf16(text, end)) for start, end in found]


def _paged(view: QAbstractItemView) -> bool:
    model = view.proxy.sourceModel() if isinstance(view, RowsTable) else view.model()
    if model is None or (isinstance(model, RowsModel) and model.paged):
        return True
    return model.rowCount() > MOST_ROWS


def _in_list(view: QAbstractItemView, words: tuple[str, ...]) -> list[Hit]:
    model = view.model()
    cells = view.proxy.columnCount() if isinstance(view, RowsTable) else 1
    said = (
        "\n".join(str(model.index(row, at).data() or "") for at in range(cells))
        for row in range(model.rowCount())
    )
    return [
        Hit(view, row, row)
        for row, text in enumerate(said)
        if any(places(text, word) for word in words)
    ]


def show_hit(hit: Hit) -> None:
    """Bring a place into sight: selected in a text, the current row of a list."""
    where = hit.where
    if isinstance(where, QAbstractItemView):
        index = where.model().index(hit.start, 0)
        where.setCurrentIndex(index)
        where.scrollTo(index)
        return
    assert isinstance(where, QTextEdit | QPlainTextEdit)
    cursor = QTextCursor(where.document())
    cursor.setPosition(hit.start)
    cursor.setPosition(hit.end, QTextCursor.MoveMode.KeepAnchor)
    where.setTextCursor(cursor)
    where.ensureCursorVisible()
    _scroll_around(where)


def _scroll_around(where: QTextEdit | QPlainTextEdit) -> None:
    """A text that is shown at full height stands in an area that scrolls."""
    parent = where.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if parent is not None:
        spot = where.viewport().mapTo(parent.widget(), where.cursorRect().center())
        parent.ensureVisible(spot.x(), spot.y(), 20, 60)


def step_row(view: QAbstractItemView, way: int, words: str = "") -> None:
    """Make the next (1) or previous (-1) row of a list current, round and round.

    words: what a tree is filtered by; branches that are shown only for what is below are passed.
    """
    if isinstance(view, QTreeView):
        _step_branch(view, way, words)
        return
    count, at = view.model().rowCount(), view.currentIndex()
    if count:
        row = (at.row() + way) % count if at.isValid() else (0 if way > 0 else count - 1)
        index = view.model().index(row, 0)
        view.setCurrentIndex(index)
        view.scrollTo(index)


def _step_branch(view: QTreeView, way: int, words: str) -> None:
    model = view.model()
    role = model.filterRole() if isinstance(model, QSortFilterProxyModel) else TEXT
    shown, index = [], model.index(0, 0)
    while index.isValid():
        shown.append(index)
        index = view.indexBelow(index)
    now = next((at for at, one in enumerate(shown) if one == view.currentIndex()), -1)
    fits = [at for at, one in enumerate(shown) if not words or places(str(one.data(role)), words)]
    wanted = [at for at in fits if (at - now) * way > 0] or fits
    if wanted:
        view.setCurrentIndex(shown[wanted[0] if way > 0 else wanted[-1]])
        view.scrollTo(view.currentIndex())


def bind_steps(root: QWidget, ask: Callable[[], object], step: Callable[[int], object]) -> None:
    """Ctrl+F asks for words, F3 and Shift+F3 step, wherever the keyboard is below `root`."""
    for key, act in (("Ctrl+F", ask), ("F3", partial(step, 1)), ("Shift+F3", partial(step, -1))):
        shortcut = QShortcut(QKeySequence(key), root)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)


def find_in(root: QWidget, around: QWidget | None = None) -> None:
    """Let the keys find what is shown below `root`; the strip is made when it is first asked for.

    around: the keys work while the keyboard is in this, when it may be beside `root`.
    """
    made: list[FindBar] = []

    def bar() -> FindBar:
        if not made:
            made.append(FindBar(root))
        return made[0]

    bind_steps(around or root, lambda: bar().ask(), lambda way: bar().step(way))


class FindBar(QFrame):
    """Asks for words and shows their places below `root`; it lies over its upper right corner."""

    def __init__(self, root: QWidget) -> None:
        super().__init__(root)
        self._root, self.at = root, 0
        self._before: QWidget | None = None
        self.setObjectName("pane")
        self.setAutoFillBackground(True)
        self.field = QLineEdit()
        self.field.setPlaceholderText("在本页查找")
        self.field.setAccessibleName("在本页查找")
        self.field.setFixedWidth(theme.px(_FIELD_WIDTH))
        self.field.textChanged.connect(self._typed)
        self.count = label("", theme.CAPTION, ink="text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP, 6, theme.GAP, 6)
        row.setSpacing(theme.GAP)
        row.addWidget(self.field)
        row.addWidget(self.count)
        row.addWidget(Button("上一处", lambda: self.step(-1), key="Shift+F3", bind_key=False))
        row.addWidget(Button("下一处", lambda: self.step(1), key="F3", bind_key=False))
        row.addWidget(IconButton("dismiss", "关闭  Esc", self.hide))
        root.installEventFilter(self)  # sizes only: keys belong to the input method first
        self.hide()

    def ask(self) -> None:
        """Show the strip and put the keyboard into it."""
        held = QApplication.focusWidget()
        if held is not None and not self.isAncestorOf(held):
            self._before = held
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._place()

    def step(self, way: int) -> None:
        """Show the next (1) or previous (-1) place; without words ask for them."""
        if not self.field.text().strip():
            self.ask()
            return
        self.show()
        self._show(self.at + way)

    def _typed(self, words: str) -> None:
        """The first place in a text is shown while typing; rows are left to F3 and Enter."""
        found = hits(self._root, words.strip()) if words.strip() else []
        if found and not isinstance(found[0].where, QAbstractItemView):
            self._show(0)
            return
        self.at = -1
        some = f"共 {len(found)} 处" if found else "没有找到"
        self.count.setText(some if words.strip() else "")
        self._place()

    def _show(self, at: int) -> None:
        """Show the place `at`, round and round; the texts may have changed since."""
        words = self.field.text().strip()
        found = hits(self._root, words) if words else []
        self.at = at % len(found) if found else 0
        if found:
            show_hit(found[self.at])
            self.count.setText(f"第 {self.at + 1} 处，共 {len(found)} 处")
        else:
            self.count.setText("没有找到" if words else "")
        self._place()

    def _place(self) -> None:
        """Where it hides least; as wide as its words ask for."""
        self.adjustSize()
        right = self._root.width() - self.width() - theme.MARGIN
        self.move(max(right, 0), theme.MARGIN)
        self.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        """Esc puts the strip away before it closes the box the strip stands in."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
            return event.isAccepted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """The keyboard goes back to where it was."""
        held = QApplication.focusWidget()
        if self._before is not None and (held is None or self.isAncestorOf(held)):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        super().hideEvent(event)
