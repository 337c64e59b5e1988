"""The strip under the header: what is due, or what went wrong, with one way to put it away."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from hs_credit_desktop.domain.deadlines import Notification
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.lamps import SIGNS
from hs_credit_desktop.ui.widgets.basics import IconButton, LinkButton, label, repolish, set_ink
from hs_credit_desktop.ui.widgets.states import Glyph

_LOOKS = {
    "warn": ("warning", "warn", "filled"),
    "bad": ("warning", "bad", "filled"),
    "info": ("info", "accent", "regular"),
    "ok": ("checkmark_circle", "ok", "filled"),
}


class Strip(QFrame):
    """One line of news: glyph, bold headline, plain sentence, ×. Not modal, never in the way."""

    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setMinimumHeight(36)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 4, 6, 4)
        row.setSpacing(theme.GAP)
        self._glyph = Glyph("clock", "warn", 16, "filled")
        self._headline = label("", bold=True, ink="warn")
        self._detail = label("")
        self._detail.setWordWrap(True)
        self.door = LinkButton("", lambda: self._act())
        self.door.hide()
        self._act: Callable[[], object] = self.dismiss
        self._close = IconButton("dismiss", "收起提示", self.dismiss)
        row.addWidget(self._glyph)
        row.addWidget(self._headline)
        row.addWidget(self._detail, 1)
        row.addWidget(self.door)
        row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """What the strip says, empty when it is put away."""
        return "" if self.isHidden() else f"{self._headline.text()}{self._detail.text()}"

    def show_due(self, news: Notification | None) -> None:
        """Show what is due in the colours of its lamp, or nothing."""
        if news is None:
            self.hide()
            return
        sign = SIGNS[news.lamp]
        self._show(news.headline, news.detail, sign.ink, (sign.name, sign.ink, sign.style))

    def show_message(
        self,
        what: str,
        advice: str,
        kind: str = "bad",
        door: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show news of a kind (bad, warn, info, ok); door: words of a link, and where it leads."""
        self._show(
            f"{what}。" if advice and what[-1:] not in "。？" else what, advice, kind, _LOOKS[kind]
        )
        if door is not None:
            self.door.set_text(door[0])
            self._act = door[1]
            self.door.show()

    def _show(self, headline: str, detail: str, kind: str, glyph: tuple[str, str, str]) -> None:
        self._glyph.show_icon(*glyph)
        self._headline.setText(headline)
        self._detail.setText(detail)
        set_ink(self._headline, glyph[1])
        self.door.hide()
        self.setProperty("state", kind)
        repolish(self)
        self.setAccessibleName(f"{headline}{detail}")
        self.show()

    def dismiss(self) -> None:
        """Put the strip away until there is other news."""
        self.hide()
        self.dismissed.emit()
