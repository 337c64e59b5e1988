"""Ctrl+F, F3 and Shift+F3: a strip that goes from one place of the words to the next."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, IconButton, label
from hs_credit_desktop.ui.widgets.find_places import hits, show_hit, texts, unmark

_FIELD_WIDTH = 200


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
        row.addWidget(IconButton("dismiss", "关闭  Esc", self.put_away))
        root.installEventFilter(self)  # of its keys none: they belong to the input method first
        self.field.installEventFilter(self)
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
        unmark(texts(self._root))
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
        unmark(texts(self._root))
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the field puts the strip away before it closes the box the strip stands in."""
        if event.type() == QEvent.Type.Resize and watched is self._root and self.isVisible():
            self._place()
        if watched is not self.field or event.type() != QEvent.Type.ShortcutOverride:
            return False
        esc = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        event.setAccepted(esc)
        return esc

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def put_away(self) -> None:
        """The mark goes, the keyboard goes back to where it was."""
        unmark(texts(self._root))
        held = QApplication.focusWidget()
        if self._before is not None and (held is None or self.isAncestorOf(held)):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.hide()
