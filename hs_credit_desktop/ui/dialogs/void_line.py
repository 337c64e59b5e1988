"""Parts of the dialogs about papers: a wide column, Ctrl+Enter, the line that voids an entry."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button


def widen(table: QTableView, column: int) -> None:
    """Let one column take what is left, instead of the last."""
    head = table.horizontalHeader()
    head.setStretchLastSection(False)
    head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)


def on_ctrl_enter(box: QDialog, *buttons: QPushButton) -> None:
    """Ctrl+Enter, on the keys and on the number pad, presses the button; it says so itself.

    Of several it is the one that can be seen.
    """

    def press() -> None:
        shown = [button for button in buttons if len(buttons) == 1 or button.isVisible()]
        for button in shown:
            button.click()

    for key in ("Ctrl+Return", "Ctrl+Enter"):
        QShortcut(QKeySequence(key), box, press)


class VoidLine(QWidget):
    """agreed: the reason as it was written, maybe ''."""

    agreed = Signal(str)

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.reason = QLineEdit()
        self.reason.setAccessibleName("作废原因")
        self.reason.setPlaceholderText(hint)
        self.agree = Button("作废", self._agree, key="Ctrl+D")
        self.agree.setToolTip("作废的仍然留在登记里，不能恢复")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self.reason, 1)
        row.addWidget(self.agree)
        self.reason.returnPressed.connect(self._agree)

    def _agree(self) -> None:
        self.agreed.emit(self.reason.text())

    def allow(self, *, allowed: bool) -> None:
        """Whether the current row can be voided."""
        self.reason.setEnabled(allowed)
        self.agree.setEnabled(allowed)

    def clear(self) -> None:
        """The entry is voided."""
        self.reason.clear()
