"""The strip that offers back what was typed and not saved the last time."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout

from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.widgets.basics import Button, IconButton, label
from hs_credit_desktop.ui.widgets.states import Glyph

if TYPE_CHECKING:
    from hs_credit_desktop.ui.pages.tasks_view import TasksView


class DraftStrip(QFrame):
    """上次有 2 条反馈没有登记: 查看 goes to the next one, 不要了 forgets all after a question."""

    def __init__(self, page: "TasksView") -> None:
        super().__init__()
        self._page = page
        self.setObjectName("strip")
        self.setProperty("state", "info")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 3, 6, 3)
        row.setSpacing(theme.GAP)
        self.headline = label("", bold=True, ink="accent")
        row.addWidget(Glyph("info", "accent"))
        row.addWidget(self.headline)
        row.addWidget(label("草稿都留着，看过以后再登记。"), 1)
        row.addWidget(Button("查看", self.look))
        row.addWidget(Button("不要了…", self.discard))
        row.addWidget(IconButton("dismiss", "收起提示，草稿留着", self.hide))
        self.hide()

    def offer(self, count: int) -> None:
        """Offer this many drafts; 0 puts the strip away."""
        self.headline.setText(f"上次有 {count} 条反馈没有登记。")
        self.setVisible(count > 0)

    def look(self) -> None:
        """Open the next draft that is not in the form already."""
        contents = self._page.form.contents
        current = contents.detail.entry.id if contents else ""
        others = [draft for draft in self._page.desk.known_drafts() if draft != current]
        if others:
            self._page.open_entry(others[0])
        self.offer(len(others[1:]))

    def discard(self) -> None:
        """Ask, then forget all drafts."""
        count = len(self._page.desk.known_drafts())
        said = f"丢弃 {count} 条草稿"
        advice = "丢弃以后找不回来；已登记的反馈不受影响。"
        if messages.ask(self, said, advice, "丢弃草稿"):
            self._page.desk.discard_all(self._page.reader)
            self.offer(0)
            if self._page.table.scope is not None:
                self._page.fill(self._page.table.scope)
