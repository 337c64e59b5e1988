"""The head of a unit's return: who it is, what came when, whom to call, and what is missing."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.notice import Role as Duty
from hs_credit_desktop.domain.returns import Channel
from hs_credit_desktop.services.unit_return import UnitReturn
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.lamps import SIGNS
from hs_credit_desktop.ui.widgets.basics import Button, LinkButton, NumberLink, label
from hs_credit_desktop.ui.widgets.chips import Chip
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.fields import DateField
from hs_credit_desktop.ui.widgets.states import Glyph
from hs_credit_desktop.ui.widgets.tick import TickBox


class Fact(QWidget):
    """An icon with a bold line over a grey one."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.title = ElidedLabel(1, theme.BODY, bold=True)
        self.detail = ElidedLabel(1, theme.CAPTION, ink="text2")
        row, lines = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        lines.setSpacing(0)
        row.addWidget(Glyph(icon), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(lines, 1)
        lines.addWidget(self.title)
        lines.addWidget(self.detail)

    def show_words(self, title: str, detail: str) -> None:
        """Show both lines."""
        self.title.setText(title)
        self.detail.setText(detail)


class UnitHead(QFrame):
    """stepped: -1 or 1, another unit; blank_opened: the number of blanks was pressed.

    paper_said: the day on which the stamped paper copy came, None: it did not;
    register_asked: the contact is to be entered.
    """

    stepped = Signal(int)
    blank_opened = Signal()
    paper_said = Signal(object)
    register_asked = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.paper = TickBox("纸质盖章件")
        self.paper_day = DateField("纸质盖章件收到的日期", today)
        self.paper_day.setFixedWidth(100)
        self.paper.clicked.connect(lambda on: self.paper_said.emit(self._today if on else None))
        self.paper_day.edit.editingFinished.connect(self._say_day)
        self.register = LinkButton("登记联系人", lambda: self.register_asked.emit())
        self.register.setToolTip("打开单位名册里这家单位的联系人")
        self._came: date | None = None
        self.setObjectName("paneHead")
        self.name = label("", theme.PAGE_TITLE, bold=True)
        self.lamp, self.late = Chip(), Chip()
        self.names = ElidedLabel(1, theme.CAPTION, ink="text2")
        self.filled = label("", theme.CAPTION, ink="text2")
        self.blank = NumberLink("空白", "warn")
        self.blank.setToolTip("空白：四个部分都没有填写的条数；点按到第一条空白")
        self.blank.clicked.connect(lambda: self.blank_opened.emit())
        self.facts = {
            "version": Fact("document_text"),
            "contact": Fact("mail"),
            "chases": Fact("call"),
            "evidence": Fact("attach"),
        }
        self.previous = Button(
            "上一家", lambda: self.stepped.emit(-1), key="Ctrl+PgUp", bind_key=False
        )
        self.following = Button(
            "下一家", lambda: self.stepped.emit(1), key="Ctrl+PgDn", bind_key=False
        )
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING, 8, theme.PADDING, 8)
        column.setSpacing(6)
        first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        first.setSpacing(theme.GAP)
        for part in (self.name, self.lamp, self.late):
            first.addWidget(part)
        first.addStretch(1)
        first.addWidget(self.previous)
        first.addWidget(self.following)
        second.addWidget(self.names, 1)
        second.addWidget(self.paper)
        second.addWidget(self.paper_day)
        second.addWidget(self.filled)
        second.addWidget(self.blank)
        third.setSpacing(theme.GAP)
        for name, fact in self.facts.items():
            third.addWidget(fact, 1)
            if name == "contact":
                third.addWidget(self.register)
        for row in (first, second, third):
            column.addLayout(row)

    def show_return(self, found: UnitReturn, lamp: Lamp, late: bool | None) -> None:
        """Show a return; late None: not received."""
        expected, sign = found.expected, SIGNS[lamp]
        self.name.setText(expected.unit_name)
        self.lamp.show_text(lamp.word, sign.ink, icon=sign.name, style=sign.style)
        self.late.setVisible(late is not None)
        if late:
            self.late.show_text("逾期报送", "warn", icon="calendar_clock")
        else:
            self.late.show_text("按时报送", "ok", icon="checkmark_circle")
        self.names.setText(" · ".join(_names(found)))
        covered = expected.entries - found.blank
        self.filled.setText(f"已填 {covered} 条，共 {len(found.entries)} 条")
        self.blank.set_number(found.blank)
        self.blank.setVisible(found.blank > 0)
        self.facts["version"].show_words(*_version(found))
        self.facts["contact"].show_words(*_contact(found))
        self.register.setVisible(not found.contacts)
        self.facts["chases"].show_words(*_chases(found))
        self.facts["evidence"].show_words(
            f"佐证材料 {found.evidence} 件", "拖到某一条上，或在那一条里添加"
        )

    def show_paper(self, came: date | None, locked: str) -> None:
        """Show whether and when the stamped paper copy came; locked: why it cannot be ticked."""
        self._came = came
        self.paper.setChecked(came is not None)
        self.paper_day.setVisible(came is not None)
        if came is not None:
            self.paper_day.set_date(came)
        for field in (self.paper, self.paper_day):
            field.setEnabled(not locked)
            field.setToolTip(locked or "收到盖章的纸质件后在这里打钩，日期可以改")

    def _say_day(self) -> None:
        day = self.paper_day.date()
        if day is not None and day != self._came:
            self.paper_said.emit(day)


def _names(found: UnitReturn) -> list[str]:
    words = [f"规范名称：{found.unit.canonical_name}"]
    if found.unit.aliases:
        words.append(f"别名：{'、'.join(found.unit.aliases)}")
    words.append(f"拼音：{found.unit.initials}")
    leads = sum(entry.role == Duty.LEAD.value for entry in found.entries)
    words.append(f"反馈 {len(found.entries)} 条（牵头 {leads}，配合 {len(found.entries) - leads}）")
    if found.expected.exempt:
        words.append(f"本轮免报：{found.expected.exempt_reason}")
    return words


def _version(found: UnitReturn) -> tuple[str, str]:
    if not found.versions:
        return "还没有收到", "填写后即为第 1 版"
    last = found.versions[-1]
    day = f"{last.received_on.month}月{last.received_on.day}日"
    name = f" · {last.original_name}" if last.original_name else ""
    return f"第 {last.version} 版（当前）", f"{day}收到 · {Channel(last.channel).label}{name}"


def _contact(found: UnitReturn) -> tuple[str, str]:
    if found.contacts:
        first = found.contacts[0]
        return first.name or "联系人", first.phone or first.mailbox or "没有登记电话"
    filled = found.versions[-1] if found.versions else None
    if filled is not None and filled.filled_by:
        return filled.filled_by, filled.phone or "填报人"
    return "没有联系人", "名册里还没有登记"


def _chases(found: UnitReturn) -> tuple[str, str]:
    if not found.chases:
        return "没有催报", "本轮还没有催过"
    last = found.chases[-1]
    words = f"{last.chased_at:%m-%d} {last.kind.label}"
    if last.promise:
        words += f"，答复：{last.promise}"
    return f"催报 {len(found.chases)} 次", words
