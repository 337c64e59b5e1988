"""The passphrase of a package: asked for when it is needed, and again when it was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hs_credit_desktop.errors import UserError


def needs_passphrase(error: UserError) -> bool:
    """Whether the package was refused for want of the right passphrase."""
    return "口令" in error.what


class PassphraseBox(QDialog):
    """`said` is the passphrase, '' when the box was left."""

    def __init__(self, parent: QWidget, error: UserError) -> None:
        super().__init__(parent)
        self.said = ""
        self.setWindowTitle("交接包的口令")
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName("口令")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, theme.PADDING)
        column.setSpacing(theme.GAP)
        what = label(error.what, theme.PANE_TITLE, bold=True)
        what.setWordWrap(True)
        column.addWidget(what)
        column.addWidget(label("请输入制作交接包时设的口令。"))
        column.addWidget(self.field)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(Button("取消", self.reject, key="Esc", bind_key=False))
        go = Button("打开", self.take, key="Enter", primary=True, bind_key=False)
        go.setDefault(True)
        foot.addWidget(go)
        column.addLayout(foot)
        self.field.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(440, 170)

    def take(self) -> None:
        """Take what was typed."""
        self.said = self.field.text()
        self.accept()


def ask_passphrase(parent: QWidget, error: UserError) -> str:
    """Ask for the passphrase; '' when the clerk left the box."""
    box = PassphraseBox(parent, error)
    box.exec()
    return box.said
