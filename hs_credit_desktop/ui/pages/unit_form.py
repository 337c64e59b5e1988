"""An entry opened in its place among the others of the return: the four parts side by side."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services.overview import EntryDetail
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.pages.tasks_form import FormPane
from hs_credit_desktop.ui.pages.tasks_form_parts import FormContents
from hs_credit_desktop.ui.pages.tasks_form_top import FormTop
from hs_credit_desktop.ui.pages.unit_strip import WIDE
from hs_credit_desktop.ui.widgets.basics import label

HEIGHT, NARROW_HEIGHT = 276, 316
TOP_HEIGHT = 36


class UnitFormTop(FormTop):
    """One line: the measure instead of the unit, whose name stands above."""

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 0, theme.PADDING, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self.unit, 3)
        row.addWidget(self.version, 2)
        for part in (self.duty, self.lamp, self.previous, self.following):
            row.addWidget(part)

    def show_entry(self, detail: EntryDetail, lamp: Lamp) -> None:
        super().show_entry(detail, lamp)
        entry = detail.entry
        self.unit.setText(f"（{chinese_number(entry.measure_number)}）{entry.measure_title}")


class UnitForm(FormPane):
    """The form of 任务, laid out across the page: four columns, three where it is narrow."""

    # 主要成效 and 存在问题 may stand over each other, so each has a line less.
    LAST_LINES: Mapping[str, int] = {"progress": 3, "results": 2, "problems": 2, "next_steps": 3}

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _make_top(self) -> FormTop:
        return UnitFormTop()

    def _build(self) -> None:
        self._sheet = QWidget()
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.top.setFixedHeight(TOP_HEIGHT)
        self.top.previous.setToolTip("上一条措施")
        self.top.following.setToolTip("下一条措施")
        column.addWidget(self.top)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.PADDING, 6, theme.PADDING, 6)
        inner.setSpacing(4)
        inner.addWidget(self.locked)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.GAP)
        self._wide: bool | None = None
        inner.addLayout(self._grid, 1)
        inner.addWidget(self.blank_error)
        inner.addWidget(self.received.error)
        inner.addLayout(self._last_row())
        column.addLayout(inner, 1)
        self.body.addWidget(self._sheet, 1)
        self.body.addWidget(self._empty, 1)
        self.locked.hide()
        self.last_said.setParent(self._sheet)  # each part has its own
        self.last_said.hide()
        self._place(wide=True)

    def show_entry(self, contents: FormContents) -> None:
        """Show an entry; what stands in the head above the form is not said again."""
        super().show_entry(contents)
        words = self.top.version.text.split(" · ", 1)
        self.top.version.setText(words[-1])

    def _last_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        self.completion.setFixedWidth(104)
        self.received.setFixedWidth(104)
        self.channel.setFixedWidth(100)
        top = Qt.AlignmentFlag.AlignTop
        for words, field in (("完成情况", self.completion), ("收到", self.received)):
            name = label(words, ink="text2")
            name.setBuddy(field)
            row.addWidget(name)
            row.addWidget(field, 0, top)
        for part in (self.channel, self.on_behalf, self.evidence):
            row.addWidget(part)
        row.addWidget(self.novelty, 1)
        return row

    def _place(self, *, wide: bool) -> None:
        """进展情况 beside the others; 主要成效 over 存在问题 where it is narrow."""
        if wide == self._wide:
            return
        self._wide = wide
        self._fit_height()
        progress, results, problems, next_steps = self.parts.values()
        self._grid.addWidget(progress, 0, 0, 2, 1)
        if wide:
            for place, part in enumerate((results, problems, next_steps), 1):
                self._grid.addWidget(part, 0, place, 2, 1)
        else:
            self._grid.addWidget(results, 0, 1)
            self._grid.addWidget(problems, 1, 1)
            self._grid.addWidget(next_steps, 0, 2, 2, 1)
        shares = (5, 3, 3, 3) if wide else (5, 4, 3, 0)
        for place, share in enumerate(shares):
            self._grid.setColumnStretch(place, share)

    def _fit_height(self) -> None:
        self.setFixedHeight(theme.px(HEIGHT if self._wide else NARROW_HEIGHT))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_wide"):
            self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(wide=self.width() >= WIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The accent bar of what is selected, at the left edge."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, 3, self.height(), QColor(theme.current().accent))

    def focus_progress(self) -> None:
        """Put the keyboard into 进展情况."""
        self.parts["progress"].edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark(self, needle: str) -> None:
        """Mark the words that were searched for."""
        for part in self.parts.values():
            part.mark(needle)
