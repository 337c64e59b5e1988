"""Why a file is refused or filed as other: a ready sentence that can be edited and copied."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from hs_credit_desktop.ui.dialogs.text_box import TextBox
from hs_credit_desktop.ui.widgets.basics import Button


class ReasonBox(TextBox):
    """`text` is the reason."""

    def __init__(
        self, parent: QWidget | None, what: str, advice: str, ready: str, verb: str
    ) -> None:
        missing = "请写明理由，可直接发给来件单位。"
        super().__init__(parent, what, advice, verb, name="理由", missing=missing, ready=ready)
        self.foot.insertWidget(self.foot.count() - 1, Button("复制理由", self.copy))

    def copy(self) -> None:
        """Put the reason on the clipboard, for the reply to the unit."""
        QGuiApplication.clipboard().setText(self.edit.toPlainText().strip())
        self.said.setText("已复制，可直接粘贴到回复里")
