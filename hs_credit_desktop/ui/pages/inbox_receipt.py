"""How a file is taken in: its day, its way, and what it does to an older version."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from hs_credit_desktop.domain.returns import Channel
from hs_credit_desktop.domain.revision import Mode
from hs_credit_desktop.services.look import Look
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import label, repolish
from hs_credit_desktop.ui.widgets.fields import ComboBox, SelectAllLineEdit, parse_date
from hs_credit_desktop.ui.widgets.segments import Segments

MODE_TIPS = {
    Mode.REPLACE: "填写了的以新版为准，空白的保留原来的",
    Mode.SUPPLEMENT: "只把原来空白的部分补上",
    Mode.MERGE: "两份内容上下合并，用于两个科室分别报送",
}


class ReceiptBar(QFrame):
    """收到日期, 来件方式, and for a second version 以新代旧 / 只补空白 / 合并两份.

    dated: another day that can be read; refused: a sentence about one that cannot;
    mode_chosen: another Mode.
    """

    dated = Signal(object)
    refused = Signal(str)
    mode_chosen = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today, self._day = today, today
        self.setObjectName("paneHead")
        self.setFixedHeight(38)
        self.day, self.channel = SelectAllLineEdit(), ComboBox("来件方式")
        self.day.setAccessibleName("收到日期")
        self.day.setFixedWidth(104)
        self.channel.setFixedWidth(104)
        for channel in Channel:
            self.channel.addItem(channel.label, channel)
        self.modes = Segments(tuple((mode.label, MODE_TIPS[mode]) for mode in Mode))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 4, theme.PADDING, 4)
        row.setSpacing(theme.GAP)
        row.addWidget(label("收到日期", theme.CAPTION, ink="text2"))
        row.addWidget(self.day)
        row.addWidget(label("来件方式", theme.CAPTION, ink="text2"))
        row.addWidget(self.channel)
        row.addStretch(1)
        row.addWidget(self.modes)
        self.day.editingFinished.connect(self._check)
        self.modes.chosen.connect(lambda _place: self.mode_chosen.emit())

    def show_look(self, look: Look, *, fresh: bool) -> None:
        """Show how a file came; fresh: it is another file than before, so the mode is 以新代旧."""
        self._day = look.item.received_on or self._today
        self.day.setText(self._day.isoformat())
        self._mark("")
        again = look.expected is not None and look.expected.version > 0
        self.modes.setVisible(again)
        if fresh:
            self.modes.choose(0)

    @property
    def mode(self) -> Mode:
        """What the file does to what is there."""
        return tuple(Mode)[self.modes.group.checkedId()]

    @property
    def chosen_channel(self) -> Channel:
        """How it came."""
        return tuple(Channel)[self.channel.currentIndex()]

    def _check(self) -> None:
        try:
            day = parse_date(self.day.text(), self._today)
        except ValueError as problem:
            self._mark("error")
            self.refused.emit(str(problem))
            return
        self._mark("")
        if day != self._day:
            self.dated.emit(day)

    def _mark(self, state: str) -> None:
        self.day.setProperty("state", state)
        repolish(self.day)
