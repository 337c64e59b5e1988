"""The right side of 统计: figures that open their lists, the cell that is chosen, arrivals."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.statistics import Figures, Status
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services.overview import EntryDetail
from hs_credit_desktop.services.returns import is_lead
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.header import RULES
from hs_credit_desktop.ui.lamps import SIGNS
from hs_credit_desktop.ui.widgets.basics import Button, LinkButton, NumberLink, Pane, label
from hs_credit_desktop.ui.widgets.chips import Chip
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.states import Glyph

# (status, lamp whose glyph stands before it, ink of the number)
_ROWS = (
    (Status.EXPECTED, Lamp.NOT_DUE, "accent"),
    (Status.RECEIVED, Lamp.ACCEPTED, "accent"),
    (Status.ON_TIME, Lamp.ACCEPTED, "ok"),
    (Status.LATE, Lamp.LATE, "warn"),
    (Status.MISSING, Lamp.DUE_SOON, "warn"),
    (Status.OVERDUE, Lamp.OVERDUE, "bad"),
    (Status.EXEMPT, Lamp.EXEMPT, "text2"),
)
ROW = 22


class FiguresPane(Pane):
    """应报 … 免报, each a door, with its share of 应报."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__("报送情况", "单位（家）")
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(theme.PADDING, 4, theme.PADDING, 4)
        grid.setVerticalSpacing(0)
        grid.setHorizontalSpacing(theme.GAP)
        grid.setColumnStretch(1, 1)
        self.doors: dict[Status, NumberLink] = {}
        self.shares: dict[Status, QWidget] = {}
        for place, (status, lamp, ink) in enumerate(_ROWS):
            sign = SIGNS[lamp]
            door = NumberLink("", ink, points=theme.BODY)
            door.setFixedHeight(ROW)
            door.setToolTip(f"{status.label}：{RULES[status]}")
            door.clicked.connect(lambda _=False, said=status: self.opened.emit(said))
            share = label("", theme.CAPTION, ink="text2")
            share.setMinimumWidth(52)
            grid.addWidget(Glyph(sign.name, sign.ink, 16, sign.style), place, 0)
            grid.addWidget(label(status.label), place, 1)
            grid.addWidget(door, place, 2)
            grid.addWidget(share, place, 3)
            grid.setRowMinimumHeight(place, ROW)
            self.doors[status], self.shares[status] = door, share
        self.body.addWidget(inside)

    def show_figures(self, figures: Figures, shares: Mapping[Status, float]) -> None:
        """Show the figures; a share stands where it says something."""
        for status, door in self.doors.items():
            door.set_number(getattr(figures, status.value))
            share = shares.get(status)
            self.shares[status].setText("" if share is None else f"{share:.1%}")  # type: ignore[attr-defined]


class CellPane(Pane):
    """What the chosen cell stands for; opened: its entry, unit_opened: its unit's id."""

    opened = Signal(str)
    unit_opened = Signal(str)

    def __init__(self) -> None:
        super().__init__("选一格看详情")
        self._detail: EntryDetail | None = None
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.PADDING, theme.GAP, theme.PADDING, theme.GAP)
        column.setSpacing(6)
        self.measure = ElidedLabel(1, bold=True)
        self.lamp, self.role, self.level = Chip(), Chip(), Chip()
        self.words = ElidedLabel(2, theme.CAPTION, ink="text2")
        chips, buttons = QHBoxLayout(), QHBoxLayout()
        for layout in (chips, buttons):
            layout.setSpacing(theme.GAP)
        for chip in (self.lamp, self.role, self.level):
            chips.addWidget(chip)
        chips.addStretch(1)
        self.open = Button("打开这条反馈", self._open, key="Enter", bind_key=False)
        self.unit = LinkButton("看这家单位", self._open_unit)
        buttons.addWidget(self.open)
        buttons.addWidget(self.unit)
        buttons.addStretch(1)
        column.addWidget(self.measure)
        column.addLayout(chips)
        column.addWidget(self.words)
        column.addLayout(buttons)
        self.body.addWidget(inside)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No cell is chosen, or one without a task."""
        self._detail = None
        self.title.setText("选一格看详情")
        self.measure.setText("空白的格子没有任务")
        self.words.setText("方向键移动，按 Enter 打开这一条反馈")
        for part in (self.lamp, self.role, self.level, self.open, self.unit):
            part.hide()

    def show_entry(self, detail: EntryDetail, lamp: Lamp) -> None:
        """Show an entry in short."""
        self._detail = detail
        entry, sign = detail.entry, SIGNS[lamp]
        self.title.setText(f"{entry.unit_name}（{chinese_number(entry.measure_number)}）")
        self.measure.setText(entry.measure_title)
        self.lamp.show_text(lamp.word, sign.ink, icon=sign.name, style=sign.style)
        role = "牵头" if is_lead(entry) else "配合"
        guessed = "（推定）" if is_lead(entry) and entry.suggested else ""
        self.role.show_text(role + guessed)
        level = entry.parts.completion if entry.covered else None
        self.level.show_text(level.label if level else "", "accent")
        self.words.setText(entry.parts.progress or _missing_words(detail))
        for part in (self.lamp, self.role, self.open, self.unit):
            part.show()
        self.level.setVisible(level is not None)

    def _open(self) -> None:
        if self._detail is not None:
            self.opened.emit(self._detail.entry.id)

    def _open_unit(self) -> None:
        if self._detail is not None:
            self.unit_opened.emit(self._detail.entry.unit_id)


def _missing_words(detail: EntryDetail) -> str:
    expected = detail.expected
    if expected.exempt:
        return f"本轮免报：{expected.exempt_reason}"
    chased = f"，已催报 {expected.chases} 次" if expected.chases else ""
    until = f"，延期至 {expected.extended_to:%m-%d}" if expected.extended_to else ""
    return f"这一条还没有反馈{chased}{until}"
