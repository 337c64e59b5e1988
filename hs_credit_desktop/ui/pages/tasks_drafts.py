"""The strip that offers back what was typed and not saved the last time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, IconButton, label
from hs_credit_desktop.ui.widgets.states import Glyph


class DraftStrip(QFrame):
    """上次有 2 条反馈没有登记: 查看 goes to the next one, 不要了 forgets them after a question."""

    look_asked = Signal()
    discard_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setProperty("state", "info")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 3, 6, 3)
        row.setSpacing(theme.GAP)
        self.headline = label("", bold=True, ink="accent")
        row.addWidget(Glyph("info", "accent"))
        row.addWidget(self.headline)
        row.addWidget(label("草稿都留着，看过以后再登记。"), 1)
        row.addWidget(Button("查看", self.look_asked.emit))
        row.addWidget(Button("不要了…", self.discard_asked.emit))
        row.addWidget(IconButton("dismiss", "收起提示，草稿留着", self.hide))
        self.hide()

    def offer(self, count: int) -> None:
        """Offer this many drafts; 0 puts the strip away."""
        self.headline.setText(f"上次有 {count} 条反馈没有登记。")
        self.setVisible(count > 0)
