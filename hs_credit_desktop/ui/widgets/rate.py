"""A share with its word: 报送率 56.8%."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from hs_credit_desktop.ui.widgets.basics import label


class Rate(QWidget):
    """A share with its word; the tooltip says how it is counted."""

    def __init__(self, word: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.word, self.value = label(word, ink="text2"), label("", bold=True)
        row.addWidget(self.word)
        row.addWidget(self.value)

    def show_share(self, word: str, share: float, tip: str) -> None:
        """Show 56.8%."""
        self.word.setText(word)
        self.value.setText(f"{share:.1%}")
        self.setToolTip(tip)
        self.setAccessibleName(f"{word} {share:.1%}")
