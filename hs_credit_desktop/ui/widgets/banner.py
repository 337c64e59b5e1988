"""The line above a pane's contents that says what was noticed: glyph and sentence."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import label, repolish, set_ink
from hs_credit_desktop.ui.widgets.states import Glyph


class Banner(QFrame):
    """Bold words in the colour of what they say; hidden when there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 6, theme.PADDING, 6)
        row.setSpacing(theme.GAP)
        self._glyph = Glyph("info", "text2")
        self._words = label("", bold=True)
        self._words.setWordWrap(True)
        row.addWidget(self._glyph)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def show_words(self, words: str, icon: str, ink: str, style: str = "regular") -> None:
        """Say something, or hide when words is empty."""
        self.setVisible(bool(words))
        self._words.setText(words)
        self._glyph.show_icon(icon, ink, style)
        set_ink(self._words, ink)
        self.setProperty("state", ink)
        repolish(self)
