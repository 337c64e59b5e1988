"""The status line: what is true of the program now, and the two keys that always work."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import label

OFFLINE = "本机离线 · 不联网"


class StatusLine(QFrame):
    """Facts on the left, separated by bars; work under way in their place while it runs."""

    def __init__(self, elide_to: Callable[[], int] | None = None) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self.setFixedHeight(theme.STATUS + 1)
        self._elide_to = elide_to
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 0, theme.PADDING, 0)
        self._facts = label("", theme.CAPTION, ink="text2")
        self._keys = label("F1 帮助    F6 切换窗格", theme.CAPTION, ink="text2")
        row.addWidget(self._facts, 1)
        row.addWidget(self._keys)
        self._said: tuple[str, ...] = ()
        self.show_facts()

    def show_facts(self, *facts: str) -> None:
        """Show facts after 本机离线; empty ones are left out."""
        self._said = (OFFLINE, *(fact for fact in facts if fact))
        self._facts.setText("    ｜    ".join(self._said))

    def show_work(self, words: str) -> None:
        """Show work under way, or the facts again when words is empty."""
        self._facts.setText(words or "    ｜    ".join(self._said))

    @property
    def text(self) -> str:
        """What stands on the left."""
        return self._facts.text()
