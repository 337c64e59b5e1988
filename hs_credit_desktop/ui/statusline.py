"""The status line: what is true of the program now, and the two keys that always work."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import KEY_GAP, LinkButton, label, set_ink

OFFLINE = "本机离线 · 不联网"


class StatusLine(QFrame):
    """Facts on the left, separated by bars; work under way in their place while it runs.

    At the right the newest backup and what a check found: doors, hidden while there is nothing.
    """

    backup_opened = Signal()
    check_opened = Signal()

    def __init__(self, elide_to: Callable[[], int] | None = None) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self.setFixedHeight(theme.STATUS + 1)
        self._elide_to = elide_to
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 0, theme.PADDING, 0)
        self._facts = label("", theme.CAPTION, ink="text2")
        self.stop = LinkButton("", lambda: self._stop())
        self._stop: Callable[[], object] = lambda: None
        self._keys = label("F1 帮助    F6 切换窗格", theme.CAPTION, ink="text2")
        self.check = LinkButton("", self.check_opened.emit)
        self.backup = LinkButton("", self.backup_opened.emit)
        row.setSpacing(theme.PADDING)
        row.addWidget(self._facts, 1)
        for door in (self.stop, self.check, self.backup):
            door.setObjectName("statusDoor")
            door.setFont(theme.font(theme.CAPTION))
            door.setFixedHeight(theme.STATUS - 2)
            door.hide()
            row.addWidget(door)
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

    def show_stop(self, stop: Callable[[], object] | None, key: str = "") -> None:
        """Offer 停止 for work that has no place of its own, and its key; None takes it away."""
        self._stop = stop or (lambda: None)
        self._say(self.stop, f"停止{KEY_GAP}{key}" if stop else "", "accent")

    def show_backup(self, words: str, *, trouble: bool = False) -> None:
        """Say when the newest backup was made (备份 17:20); '' on the start page."""
        self._say(self.backup, words, "bad" if trouble else "text2")
        self.backup.setToolTip("打开备份列表" if words else "")

    def show_check(self, words: str) -> None:
        """Say that a check found something, until it is put right."""
        self._say(self.check, words, "bad")

    def _say(self, door: LinkButton, words: str, ink: str) -> None:
        door.set_text(words)
        door.setVisible(bool(words))
        set_ink(door, ink)

    @property
    def text(self) -> str:
        """What stands on the left."""
        return self._facts.text()
