"""The line under 未报单位 in which a call, an extension or an exemption gets its words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from hs_credit_desktop.domain.returns import ExpectedReturn
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, label
from hs_credit_desktop.ui.widgets.fields import DateField
from hs_credit_desktop.ui.widgets.states import InlineError


class What(StrEnum):
    """What the line asks about."""

    CALL = "call"
    EXTEND = "extend"
    EXEMPT = "exempt"

    @property
    def label(self) -> str:
        """The word on the button."""
        return {"call": "登记", "extend": "延期", "exempt": "免报"}[self.value]


_TITLES = {What.CALL: "电话催报", What.EXTEND: "延期", What.EXEMPT: "免报"}
_RULES = {
    What.CALL: "催报次数加一；没有人接听也可以登记",
    What.EXTEND: "状态按新日期亮灯；按时率仍按本轮报送期限计算",
    What.EXEMPT: "按 Enter 就从应报中除去，连同它的各条反馈；可以撤销，也可以随时取消",
}
_HINTS = {
    What.CALL: "对方答复，例如：周五前报送",
    What.EXTEND: "原因，例如：主要负责同志外出学习",
    What.EXEMPT: "原因，例如：机构改革，职能已划转",
}
DATE_WIDTH, PERSON_WIDTH = 124, 96


@dataclass(frozen=True)
class Answer:
    """What was typed: the new or promised day, the reason or promise, and who answered."""

    what: What
    expected_return_id: str
    day: date | None
    words: str
    person: str


class AskLine(QFrame):
    """Fields by what is asked; what was typed stays until it is done or about another unit.

    agreed: an Answer; left: Esc or 取消; toggled: whether the line is there.
    """

    agreed = Signal(object)
    left = Signal()
    toggled = Signal(bool)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setObjectName("paneFoot")
        self._asked: tuple[What, str] | None = None
        self.title = label("", bold=True)
        self.rule = label("", theme.CAPTION, ink="text2")
        self.until = DateField("延期到", today)
        self.promised = DateField("承诺日期", today, optional=True)
        self.promised.edit.setPlaceholderText("承诺日期")
        self.person, self.words = QLineEdit(), QLineEdit()
        self.person.setAccessibleName("接听人")
        self.person.setPlaceholderText("接听人")
        self.error = InlineError()
        self.cancel = Button("取消", self.leave, key="Esc", bind_key=False)
        self.agree = Button("", self._agree, key="Enter", primary=True, bind_key=False)
        self._build()
        for field in (self.person, self.words, self.until.edit, self.promised.edit):
            field.returnPressed.connect(self._agree)
        escape = QShortcut(QKeySequence("Esc"), self, self.leave)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING, theme.GAP, theme.PADDING, theme.GAP)
        column.setSpacing(6)
        head, fields = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(theme.GAP)
        fields.setSpacing(theme.GAP)
        head.addWidget(self.title)
        head.addWidget(self.rule, 1)
        self.until.setFixedWidth(DATE_WIDTH)
        self.promised.setFixedWidth(DATE_WIDTH)
        self.person.setFixedWidth(PERSON_WIDTH)
        for part in (self.until, self.person, self.words, self.promised, self.cancel, self.agree):
            fields.addWidget(part, 1 if part is self.words else 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addLayout(fields)
        column.addWidget(self.error)

    def ask(self, what: What, expected: ExpectedReturn, proposal: date, words: str = "") -> None:
        """Ask about a unit, with a proposal for the new date and the reason it has now."""
        if self._asked != (what, expected.id):
            self._clear()
            self.until.set_date(expected.extended_to or proposal)
            self.words.setText(words)
        self._asked = (what, expected.id)
        self.title.setText(f"{expected.unit_name}{_TITLES[what]}")
        self.rule.setText(_RULES[what])
        self.words.setPlaceholderText(_HINTS[what])
        self.words.setAccessibleName(_HINTS[what].split("，")[0])
        self.until.setVisible(what is What.EXTEND)
        self.person.setVisible(what is What.CALL)
        self.promised.setVisible(what is What.CALL)
        self.agree.set_text(what.label)
        self.show()
        self.toggled.emit(True)
        first = {What.CALL: self.person, What.EXTEND: self.until.edit}.get(what, self.words)
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        first.selectAll()

    def _agree(self) -> None:
        if self._asked is None:
            return
        what, expected_id = self._asked
        field = {What.EXTEND: self.until, What.CALL: self.promised}.get(what)
        if field is not None and not field.check():
            field.edit.setFocus()
            return
        day = field.date() if field is not None else None
        self.agreed.emit(Answer(what, expected_id, day, self.words.text(), self.person.text()))

    def show_error(self, error: UserError) -> None:
        """Say below the fields why it was refused; the keyboard goes to what is missing."""
        self.error.show_error(f"{error.what}。{error.advice}")
        if not self.words.text().strip():
            self.words.setFocus()

    def done(self) -> None:
        """What was asked is done: the line is empty and goes."""
        self._asked = None
        self._clear()
        self.put_away()

    def _clear(self) -> None:
        self.words.clear()
        self.person.clear()
        self.promised.set_date(None)
        self.error.show_error("")

    def leave(self) -> None:
        """Put the line away; the words stay for when it is asked again about the same unit."""
        self.put_away()
        self.left.emit()

    def put_away(self) -> None:
        """Hide the line and keep what stands in it."""
        self.hide()
        self.toggled.emit(False)
