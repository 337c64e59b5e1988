"""A box that asks for a text: what for, a field, and the verb that takes it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.part_edit import PlainEdit
from hs_credit_desktop.ui.widgets.states import InlineError


class TextBox(QDialog):
    """`text` is what was written when the verb was pressed, '' when the box was left.

    missing: the sentence when nothing is written; name: what the field is called.
    """

    def __init__(
        self,
        parent: QWidget | None,
        what: str,
        advice: str,
        verb: str,
        *,
        name: str,
        missing: str,
        ready: str = "",
    ) -> None:
        super().__init__(parent)
        self.text, self._missing = "", missing
        self.setWindowTitle("信用任务台账")
        self.edit = PlainEdit()
        self.edit.setAccessibleName(name)
        self.edit.setPlainText(ready)
        self.said, self.error = label("", theme.CAPTION, ink="ok"), InlineError()
        self.verb = Button(verb, self.take, key="Ctrl+Enter", primary=True, bind_key=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, theme.PADDING)
        column.setSpacing(theme.GAP)
        title, below = label(what, theme.PANE_TITLE, bold=True), label(advice, ink="text2")
        for line in (title, below):
            line.setWordWrap(True)
            column.addWidget(line)
        column.addWidget(self.edit, 1)
        column.addWidget(self.error)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(theme.GAP)
        self.foot.addWidget(self.said)
        self.foot.addStretch(1)
        self.foot.addWidget(Button("取消", self.reject, key="Esc", bind_key=False))
        self.foot.addWidget(self.verb)
        column.addLayout(self.foot)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.take)
        self.edit.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(520, 250)

    def take(self) -> None:
        """Take the text as it stands; an empty one is asked for."""
        words = self.edit.toPlainText().strip()
        if not words:
            self.error.show_error(self._missing)
            self.edit.setFocus()
            return
        self.text = words
        self.accept()


class TypeBox(TextBox):
    """A longer text, typed from a paper beside it."""

    def sizeHint(self) -> QSize:
        return QSize(640, 440)
