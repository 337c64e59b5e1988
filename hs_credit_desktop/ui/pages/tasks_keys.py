"""The foot of the form and the keys of 任务."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QWidget

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, IconButton

SPACING = 6


class FoldingButton(Button):
    """A button that can do without its printed key."""

    def show_key(self, shown: bool) -> None:
        """Print the key behind the words, or only the words."""
        if shown:
            self.set_text(self._base)
        else:
            self.setText(self._base)


class FormFoot(QFrame):
    """撤销, 重做, 保存, and the primary 登记，看下一条."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paneFoot")
        self.setFixedHeight(theme.FOOTER)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 0, theme.PADDING, 0)
        row.setSpacing(SPACING)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.undo = IconButton("arrow_undo", "撤销  Ctrl+Z")
        self.redo = IconButton("arrow_redo", "重做  Ctrl+Y")
        self.save = FoldingButton("保存", key="Ctrl+S", bind_key=False)
        self.record = FoldingButton(
            "登记，看下一条", key="Ctrl+Enter", primary=True, bind_key=False
        )
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addWidget(self.save)
        row.addStretch(1)
        row.addWidget(self.record)
        self._locked = ""
        self.show_undo("")

    def minimumSizeHint(self) -> QSize:
        """As narrow as the pane: the parts give way, they do not push."""
        return QSize(0, theme.px(theme.FOOTER))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow foot does without 重做 (Ctrl+Y works), then without the keys on the buttons.

        What fits is measured, not fixed: the fonts of Windows are wider than others.
        """
        super().resizeEvent(event)
        for redo, save, record in ((True,) * 3, (False, True, True), (False, False, True)):
            if self._fits(redo=redo, save=save, record=record):
                return
        self._fits(redo=False, save=False, record=False)

    def _fits(self, *, redo: bool, save: bool, record: bool) -> bool:
        """Show these parts; whether every button has the room it asks for."""
        self.redo.setVisible(redo)
        self.save.show_key(save)
        self.record.show_key(record)
        shown = [self.undo, *([self.redo] if redo else []), self.save, self.record]
        needed = sum(button.sizeHint().width() + SPACING for button in shown)
        return needed <= self.width() - 2 * theme.PADDING

    def lock(self, sentence: str) -> None:
        """Nothing can be saved, for the reason in the sentence; '' opens again."""
        self._locked = sentence
        for button, tip in (
            (self.save, "保存这条反馈，留在这里  Ctrl+S"),
            (self.record, "保存这条反馈，接着填下一条"),
        ):
            button.setEnabled(not sentence)
            button.setToolTip(sentence or tip)

    def show_undo(self, what: str, again: str = "") -> None:
        """Say what 撤销 takes back and 重做 does again; '' when there is nothing."""
        for button, word, key, step in (
            (self.undo, "撤销", "Ctrl+Z", what),
            (self.redo, "重做", "Ctrl+Y", again),
        ):
            button.setEnabled(bool(step))
            button.setToolTip(
                f"{word}：{step}  {key}" if step else f"{word}  {key}：还没有可以{word}的操作"
            )


def bind(page: QWidget, keys: dict[str, Callable[[], object]]) -> None:
    """Keys that work wherever the keyboard is on the page.

    Shortcuts, never an event filter: an input method that is composing sees the keys first.
    """
    for key, act in keys.items():
        shortcut = QShortcut(QKeySequence(key), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
