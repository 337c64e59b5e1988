"""The right side of 编辑任务: the form of a pillar, a measure with its units, or a round."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.domain.notice import Deadline, Role
from hs_credit_desktop.services.editing_plan import Duty, MeasureForm, form_of
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.fields import ComboBox, DateField

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QKeyEvent

    from hs_credit_desktop.domain.notice import Measure, Pillar
    from hs_credit_desktop.domain.rounds import Round

_ID = Qt.ItemDataRole.UserRole


def _rows(widget: QWidget) -> QFormLayout:
    form = QFormLayout(widget)
    form.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
    form.setSpacing(theme.GAP)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return form


def _line(name: str, width: int = 0) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    if width:
        made.setFixedWidth(width)
    return made


def _number(text: str) -> int:
    """The number typed, 0 where it is none, which no form takes."""
    return int(text) if text.strip().isdecimal() else 0


class PillarForm(QWidget):
    """Number and title of a pillar."""

    def __init__(self) -> None:
        super().__init__()
        self.number, self.title = _line("大类序号", 80), _line("大类标题")
        form = _rows(self)
        form.addRow(label("序号"), self.number)
        form.addRow(label("大类标题"), self.title)

    def show_pillar(self, pillar: Pillar) -> None:
        """Show a pillar."""
        self.number.setText(str(pillar.number))
        self.title.setText(pillar.title)

    def said(self) -> tuple[int, str]:
        """Number and title as typed."""
        return _number(self.number.text()), self.title.text()


class RoundForm(QWidget):
    """Name and due date of a round."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.name = _line("轮次名称")
        self.due = DateField("截止日期", today)
        form = _rows(self)
        form.addRow(label("轮次名称"), self.name)
        form.addRow(label("截止日期"), self.due)

    def show_round(self, name: str, due_on: date | None) -> None:
        """Show a round, or a proposal for a new one."""
        self.name.setText(name)
        self.due.set_date(due_on)


class DutyTable(QTableWidget):
    """Units of a measure in printed order; a click or Space changes 牵头 and 配合."""

    def __init__(self) -> None:
        super().__init__(0, 2)
        self.setAccessibleName("责任单位")
        self.setHorizontalHeaderLabels(["责任单位或群组", "分工"])
        head = self.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setFont(theme.font(theme.CAPTION))
        self.setColumnWidth(1, 72)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.cellClicked.connect(lambda row, column: self.turn(row) if column == 1 else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space turns the role of the current row; Enter and F2 open its name for typing."""
        if event.key() == Qt.Key.Key_Space:
            self.turn(self.currentRow())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (item := self.item(self.currentRow(), 0)) is not None:
                self.editItem(item)
        else:
            super().keyPressEvent(event)

    def turn(self, row: int) -> None:
        """牵头 becomes 配合, and the other way round."""
        if (lead := self.item(row, 1)) is not None:
            other = Role.CO if lead.text() == Role.LEAD.label else Role.LEAD
            lead.setText(other.label)

    def show_duties(self, duties: tuple[Duty, ...]) -> None:
        """Show these units."""
        self.setRowCount(0)
        for duty in duties:
            self.add(duty)
        if duties:
            self.setCurrentCell(0, 0)

    def add(self, duty: Duty) -> None:
        """One row more at the end."""
        at = self.rowCount()
        self.insertRow(at)
        name, lead = QTableWidgetItem(duty.name), QTableWidgetItem()
        name.setData(_ID, duty.id)
        lead.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        lead.setText(duty.role.label)
        lead.setToolTip("单击或按空格键，在牵头和配合之间改换")
        self.setItem(at, 0, name)
        self.setItem(at, 1, lead)

    def add_blank(self) -> None:
        """A row to type a unit into."""
        self.add(Duty("", Role.CO))
        self.setCurrentCell(self.rowCount() - 1, 0)
        if (item := self.currentItem()) is not None:
            self.editItem(item)

    def take_off(self) -> None:
        """The current row goes."""
        if self.currentRow() >= 0:
            self.removeRow(self.currentRow())

    def shift(self, way: int) -> None:
        """The current row goes up (-1) or down (1)."""
        at, to = self.currentRow(), self.currentRow() + way
        if 0 <= at < self.rowCount() and 0 <= to < self.rowCount():
            duties = list(self.duties())
            duties[at], duties[to] = duties[to], duties[at]
            self.show_duties(tuple(duties))
            self.setCurrentCell(to, 0)

    def duties(self) -> tuple[Duty, ...]:
        """The units as the table has them, what is being typed too."""
        typing = self.indexWidget(self.currentIndex())
        if typing is not None and self.state() is QAbstractItemView.State.EditingState:
            self.commitData(typing)
            self.closeEditor(typing, QAbstractItemDelegate.EndEditHint.NoHint)
        made = []
        for at in range(self.rowCount()):
            name, lead = self.item(at, 0), self.item(at, 1)
            assert name is not None
            assert lead is not None
            role = Role.LEAD if lead.text() == Role.LEAD.label else Role.CO
            made.append(Duty(name.text(), role, name.data(_ID)))
        return tuple(made)


class MeasurePane(QWidget):
    """Words, due date and units of a measure. moved: the id of the pillar chosen for it."""

    moved = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.number, self.title = _line("措施序号", 80), _line("措施标题")
        self.pillar = ComboBox("所在大类")
        self.body = QPlainTextEdit()
        self.body.setAccessibleName("措施正文")
        self.body.setTabChangesFocus(True)
        self.deadline = _line("完成时限")
        self.deadline.setPlaceholderText("照原文写，例如 8月底前；没有就空着")
        self.duties = DutyTable()
        self._deadline: Deadline | None = None
        self._build()
        self.pillar.activated.connect(lambda _: self.moved.emit(self.pillar.currentData()))

    def _build(self) -> None:
        form = _rows(self)
        top = QHBoxLayout()
        top.addWidget(self.number)
        top.addWidget(label("所在大类", ink="text2"))
        top.addWidget(self.pillar, 1)
        form.addRow(label("序号"), top)
        form.addRow(label("措施标题"), self.title)
        form.addRow(label("正文"), self.body)
        form.addRow(label("完成时限"), self.deadline)
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        column.addWidget(self.duties)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        self.add_button = Button("增加单位", self.duties.add_blank, key="Alt+A", icon="add")
        self.off_button = Button("去掉", self.duties.take_off, key="Alt+D")
        up = Button("上移", lambda: self.duties.shift(-1), key="Alt+U")
        down = Button("下移", lambda: self.duties.shift(1), key="Alt+J")
        for button in (self.add_button, self.off_button, up, down):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        form.addRow(label("责任单位"), column)

    def show_measure(self, measure: Measure, pillars: tuple[Pillar, ...]) -> None:
        """Show a measure; it may be moved to one of these pillars."""
        self.show_form(form_of(measure))
        self.pillar.clear()
        for pillar in pillars:
            self.pillar.addItem(pillar.title, pillar.id)
        self.pillar.setCurrentIndex(self.pillar.findData(measure.pillar_id))
        self.pillar.setEnabled(True)

    def show_new(self, number: int, pillar: Pillar) -> None:
        """An empty form for a new measure of a pillar."""
        self.show_form(MeasureForm(number, "", "", None, ()))
        self.pillar.clear()
        self.pillar.addItem(pillar.title, pillar.id)
        self.pillar.setEnabled(False)
        self.title.setFocus()

    def show_form(self, form: MeasureForm) -> None:
        """Show what can be written."""
        self._deadline = form.deadline
        self.number.setText(str(form.number))
        self.title.setText(form.title)
        self.body.setPlainText(form.body)
        self.deadline.setText(form.deadline.printed if form.deadline else "")
        self.duties.show_duties(form.duties)

    def said(self) -> MeasureForm:
        """The form as it is filled in."""
        return MeasureForm(
            _number(self.number.text()),
            self.title.text(),
            self.body.toPlainText(),
            self._due(),
            self.duties.duties(),
        )

    def _due(self) -> Deadline | None:
        """The due date as typed; its day is known only where the words stayed as they were."""
        words = self.deadline.text().strip()
        if self._deadline is not None and words == self._deadline.printed:
            return self._deadline
        return Deadline(words) if words else None

    def halves(self, number: int) -> tuple[MeasureForm, MeasureForm] | None:
        """The form cut at the cursor of the body; None when nothing stands on one side of it."""
        whole, at = self.said(), self.body.textCursor().position()
        first, rest = whole.body[:at].strip(), whole.body[at:].strip()
        if not first or not rest:
            return None
        title = rest.split("。")[0][:30]
        return replace(whole, body=first), replace(whole, number=number, title=title, body=rest)


def round_proposal(rounds: tuple[Round, ...]) -> str:
    """第三轮, as the next round would be called."""
    from hs_credit_desktop.domain.text import chinese_number

    return f"第{chinese_number(max((item.number for item in rounds), default=0) + 1)}轮"
