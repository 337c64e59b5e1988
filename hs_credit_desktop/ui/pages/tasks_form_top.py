"""The head of the form: whose feedback, its lamp and version, and the way to the neighbours."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services.overview import EntryDetail
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.lamps import SIGNS
from hs_credit_desktop.ui.models.entries import duty_words
from hs_credit_desktop.ui.widgets.basics import IconButton, label
from hs_credit_desktop.ui.widgets.chips import Chip
from hs_credit_desktop.ui.widgets.elided import ElidedLabel

HEIGHT = 62


class FormTop(QFrame):
    """Two lines: unit, duty and lamp; measure, version and receipt. stepped: -1 or 1."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paneHead")
        self.setFixedHeight(HEIGHT)
        self.unit = ElidedLabel(1, theme.PANE_TITLE, bold=True)
        self.duty = label("", theme.CAPTION, ink="text2")
        self.lamp = Chip()
        self.version = ElidedLabel(1, theme.CAPTION, ink="text2")
        self.previous = IconButton("chevron_up", "上一条  Ctrl+PgUp", lambda: self._step(-1))
        self.following = IconButton("chevron_down", "下一条  Ctrl+PgDn", lambda: self._step(1))
        self._lay_out()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(theme.GAP)
        second.setSpacing(4)
        first.addWidget(self.unit, 1)
        first.addWidget(self.duty)
        first.addWidget(self.lamp)
        second.addWidget(self.version, 1)
        second.addWidget(self.previous)
        second.addWidget(self.following)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING, 6, theme.PADDING, 4)
        column.setSpacing(2)
        column.addLayout(first)
        column.addLayout(second)

    def _step(self, way: int) -> None:
        self.stepped.emit(way)

    def show_entry(self, detail: EntryDetail, lamp: Lamp) -> None:
        """Show an entry and its lamp."""
        self.unit.setText(detail.entry.unit_name)
        self.duty.setText(duty_words(detail.entry))
        sign = SIGNS[lamp]
        self.lamp.show_text(lamp.word, sign.ink, icon=sign.name, style=sign.style)
        self.version.setText(version_words(detail))


def version_words(detail: EntryDetail) -> str:
    """（十三） · 第 1 版 · 11月28日收到 · 电子邮件."""
    words = [f"（{chinese_number(detail.entry.measure_number)}）"]
    current = detail.current
    if current is None:
        words.append("尚未收到反馈")
    else:
        day = current.received_on
        words += [f"第 {current.version} 版", f"{day.month}月{day.day}日收到"]
        words.append(current.channel.label + ("（代报）" if current.on_behalf else ""))
        if detail.expected.state is ReturnState.SENT_BACK:
            words.append(f"已退回，再登记是第 {current.version + 1} 版")
    return " · ".join(words)
