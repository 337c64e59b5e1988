"""第 41–80 家，共 4,175 家, with a way back and on: a long list that is shown a page at a time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import IconButton, label


class Pager(QFrame):
    """One line over a list; not to be seen while all of the list is shown. turned: -1 or 1."""

    turned = Signal(int)

    def __init__(self, unit: str, back: str, on: str) -> None:
        """unit: what is counted (家, 条, 段); back, on: the keys, for the tooltips."""
        super().__init__()
        self.setObjectName("pager")
        self._unit = unit
        self.words = label("", theme.CAPTION, ink="text2")
        self.back = IconButton("chevron_up", f"上一部分  {back}", lambda: self.turned.emit(-1))
        self.on = IconButton("chevron_down", f"下一部分  {on}", lambda: self.turned.emit(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 2, theme.GAP, 2)
        row.setSpacing(4)
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.on)
        self.hide()

    def show_place(self, first: int, shown: int, count: int) -> None:
        """Say that `shown` of `count` from `first` on (from 0) are to be seen."""
        last = min(first + shown, count)
        self.setVisible(shown < count)
        self.words.setText(f"第 {first + 1:,}–{last:,} {self._unit}，共 {count:,} {self._unit}")
        self.back.setEnabled(first > 0)
        self.on.setEnabled(last < count)
