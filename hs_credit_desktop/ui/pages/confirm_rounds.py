"""The step 确认轮次: the reporting dates as read, to be corrected, added to or removed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hs_credit_desktop.domain.deadlines import WorkCalendar, weekday_name
from hs_credit_desktop.domain.decisions import Decisions
from hs_credit_desktop.domain.draft import DraftRound
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, IconButton, Pane, label, line
from hs_credit_desktop.ui.widgets.fields import DateField
from hs_credit_desktop.ui.widgets.states import InlineError


class RoundRow(QWidget):
    """A round: its name, its due date, what falls on a day off."""

    def __init__(
        self, round_: DraftRound | None, number: int, today: date, calendar: WorkCalendar
    ) -> None:
        super().__init__()
        self._calendar = calendar
        self.name = QLineEdit(round_.name if round_ else f"第{chinese_number(number)}轮")
        self.name.setAccessibleName("轮次名称")
        self.name.setFixedWidth(140)
        self.day = DateField("截止日期", today)
        self.day.set_date(round_.due_on if round_ else None)
        self.day.setFixedWidth(180)
        self.said = label("", theme.BODY, ink="text2")
        self.remove = IconButton("delete", "去掉这一轮")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 8, theme.PADDING, 8)
        row.setSpacing(theme.PADDING)
        for widget in (self.name, self.day, label("前报送", ink="text2"), self.said):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.remove)
        self.say()

    def say(self) -> None:
        """The weekday, and when the reminder comes."""
        day = self.day.date()
        if day is None:
            self.said.setText("")
            return
        before = self._calendar.workday_on_or_before(day)
        words = weekday_name(day)
        if before != day:
            near = f"{before.month}月{before.day}日（{weekday_name(before)}）"
            words += f"，是休息日：提醒提前到{near}，截止日期不变"
        self.said.setText(words)

    def round_(self) -> DraftRound | None:
        """The round as it stands, None when its date cannot be read."""
        day = self.day.date()
        return (
            DraftRound(self.name.text().strip(), day) if day and self.name.text().strip() else None
        )


class RoundsStep(QWidget):
    """decided: the Decisions with the rounds as the clerk left them."""

    decided = Signal(object)

    def __init__(self, today: date, calendar: WorkCalendar, on_next: Callable[[], object]) -> None:
        super().__init__()
        self._today, self._calendar, self._on_next = today, calendar, on_next
        self._decisions = Decisions()
        self._shown: tuple[DraftRound, ...] | None = None
        self.rows: list[RoundRow] = []
        self.pane = Pane("报送轮次", "到期前按工作日提醒，统计始终按截止日期计算")
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.pane.body.addLayout(self._column)
        self.error = InlineError()
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.PADDING, 0, theme.PADDING, 0)
        inner.addWidget(self.error)
        self.pane.body.addLayout(inner)
        self.pane.body.addStretch(1)
        foot = self.pane.add_foot()
        self.more = Button("增加一轮", lambda: self._add(None), icon="add")
        self.sure = Button("轮次无误，下一步", self.confirm, primary=True)
        foot.addWidget(self.more)
        foot.addStretch(1)
        foot.addWidget(self.sure)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pane)

    def show_rounds(self, decisions: Decisions, rounds: tuple[DraftRound, ...]) -> None:
        """Show the rounds as decided so far."""
        self._decisions = decisions
        if rounds == self._shown:
            return
        self._shown = rounds
        for row in list(self.rows):
            self._drop(row)
        for item in rounds:
            self._add(item)

    def _add(self, round_: DraftRound | None) -> None:
        row = RoundRow(round_, len(self.rows) + 1, self._today, self._calendar)
        row.remove.clicked.connect(lambda: self._drop(row))
        row.day.edit.textChanged.connect(row.say)
        self.rows.append(row)
        self._column.addWidget(row)
        self._column.addWidget(line())
        if round_ is None:
            row.day.setFocus()

    def _drop(self, row: RoundRow) -> None:
        place = self.rows.index(row)
        self.rows.remove(row)
        for _ in range(2):
            item = self._column.takeAt(2 * place)
            if item and (widget := item.widget()):
                widget.deleteLater()

    def confirm(self) -> None:
        """Take the rounds as they stand and go on; a wrong date is said."""
        rounds = [row.round_() for row in self.rows]
        kept = tuple(sorted((r for r in rounds if r), key=lambda each: each.due_on))
        if len(kept) < len(rounds):
            self.error.show_error("有一轮没有名称，或日期不对。请按“2024-12-02”的格式填写。")
            return
        if len({each.due_on for each in kept}) < len(kept):
            self.error.show_error("有两轮的截止日期相同，请改其中一轮。")
            return
        self.error.show_error("")
        if kept != self._shown:
            self._shown = None
            self.decided.emit(replace(self._decisions, rounds=kept))
        self._on_next()
