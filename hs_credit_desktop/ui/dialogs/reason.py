"""Why a file is refused or filed as other: a ready sentence that can be edited and copied."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.part_edit import PlainEdit
from hs_credit_desktop.ui.widgets.states import InlineError


class ReasonBox(QDialog):
    """`reason` is what was written when the verb was pressed, '' when the box was left."""

    def __init__(
        self, parent: QWidget | None, what: str, advice: str, ready: str, verb: str
    ) -> None:
        super().__init__(parent)
        self.reason = ""
        self.setWindowTitle("信用任务台账")
        self.edit = PlainEdit()
        self.edit.setAccessibleName("理由")
        self.edit.setPlainText(ready)
        self.said, self.error = label("", theme.CAPTION, ink="ok"), InlineError()
        self.verb = Button(verb, self.take, key="Ctrl+Enter", primary=True, bind_key=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, theme.PADDING)
        column.setSpacing(theme.GAP)
        title = label(what, theme.PANE_TITLE, bold=True)
        title.setWordWrap(True)
        column.addWidget(title)
        column.addWidget(label(advice, theme.CAPTION, ink="text2"))
        column.addWidget(self.edit, 1)
        column.addWidget(self.error)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        foot.addWidget(self.said)
        foot.addStretch(1)
        foot.addWidget(Button("取消", self.reject, key="Esc", bind_key=False))
        foot.addWidget(Button("复制理由", self.copy))
        foot.addWidget(self.verb)
        column.addLayout(foot)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.take)
        self.edit.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(520, 250)

    def copy(self) -> None:
        """Put the reason on the clipboard, for the reply to the unit."""
        QGuiApplication.clipboard().setText(self.edit.toPlainText().strip())
        self.said.setText("已复制，可直接粘贴到回复里")

    def take(self) -> None:
        """Take the reason as it stands; an empty one is asked for."""
        words = self.edit.toPlainText().strip()
        if not words:
            self.error.show_error("请写明理由，可直接发给来件单位。")
            self.edit.setFocus()
            return
        self.reason = words
        self.accept()
