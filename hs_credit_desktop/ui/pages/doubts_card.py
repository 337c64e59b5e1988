"""The decision card: why it is asked, ready answers, room for another one."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.domain.decisions import NAMED, Answer
from hs_credit_desktop.domain.notice import DoubtKind
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, Pane, label
from hs_credit_desktop.ui.widgets.fields import RadioButton
from hs_credit_desktop.ui.widgets.states import Glyph, InlineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from hs_credit_desktop.domain.notice import Doubt
    from hs_credit_desktop.services.doubt_names import ReadyAnswer

_REMEMBERED = NAMED | {DoubtKind.GROUP_SPELLING, DoubtKind.VAGUE_GROUP}
_OTHER = {
    DoubtKind.UNIT_SPELLING: ("另写规范名称", "写全称，通知里没有印出的也可以"),
    DoubtKind.SIMILAR_UNITS: ("是同一单位，另写名称", "写全称"),
    DoubtKind.YEAR: ("其他年份", "例如 2026年"),
    DoubtKind.WEEKEND: ("改为其他日期", "例如 2024-12-03"),
}
_GROUPS = frozenset({DoubtKind.GROUP_SPELLING, DoubtKind.VAGUE_GROUP})
ALL_KEY = "Shift+Enter"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Field(QLineEdit):
    """A field that keeps Enter to itself: it belongs to whoever is composing words."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in _ENTER:
            event.accept()


class DoubtCard(Pane):
    """Shows one doubt. decided: the Answer the clerk confirmed; put_off: 暂不决定; undone: 撤销.

    decided_all: the Answer, for all open doubts of this kind. chosen: another answer was marked.
    before: what has the keyboard before the answers.
    """

    decided = Signal(object)
    decided_all = Signal(object)
    chosen = Signal()
    put_off = Signal()
    undone = Signal()

    def __init__(self, before: QWidget) -> None:
        super().__init__()
        self._before = before
        self.setAccessibleName("怎么处理")
        self._doubt: Doubt | None = None
        self._choices_shown: tuple[str, ...] = ()
        self._ready: dict[str, str] = {}
        self.why = label("", theme.BODY, bold=True)
        self.why.setWordWrap(True)
        self.reasons = label("", theme.CAPTION, ink="text2")
        self.reasons.setWordWrap(True)
        self._choices = QWidget()
        self._choices.setObjectName("scrolled")
        self._grid = QGridLayout(self._choices)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self.typed, self.members = _Field(), _Field()
        self._members_name = label("", theme.CAPTION, ink="text2")
        self.group = QButtonGroup(self)
        self.error = InlineError()
        self.all = Button("", self._confirm_all, key=ALL_KEY, bind_key=False)
        self.later = Button("暂不决定", self.put_off.emit)
        self.undo = Button("撤销", self.undone.emit, key="Ctrl+Z", bind_key=False)
        self.sure = Button(
            "确定，看下一条", self.confirm, key="Enter", primary=True, bind_key=False
        )
        self._build()

    def _build(self) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.PADDING, 10, theme.PADDING, 4)
        inner.setSpacing(4)
        inner.addWidget(self.why)
        inner.addWidget(self.reasons)
        inner.addWidget(self._choices)
        row = QHBoxLayout()
        row.addWidget(self._members_name)
        row.addWidget(self.members, 1)
        inner.addLayout(row)
        inner.addWidget(self.error)
        inner.addWidget(self.all, 0, Qt.AlignmentFlag.AlignRight)
        inner.addStretch(1)
        self.body.addLayout(inner, 1)
        self.typed.setAccessibleName("另写")
        self.members.setAccessibleName("成员单位")
        self.members.setPlaceholderText("单位之间用“、”分开")
        self.typed.textEdited.connect(self._typing)
        self.members.textEdited.connect(self._naming)
        self.group.idToggled.connect(lambda _number, on: self.chosen.emit() if on else None)
        for field in (self.typed, self.members):
            field.textChanged.connect(self.chosen)
        for key in (ALL_KEY, "Shift+Return"):
            QShortcut(QKeySequence(key), self, self.all.click)
        foot = self.add_foot()
        self._remembered = label("", theme.CAPTION, ink="text2")
        self._bookmark = Glyph("bookmark")
        foot.addWidget(self._bookmark)
        foot.addWidget(self._remembered)
        foot.addStretch(1)
        for button in (self.undo, self.later, self.sure):
            foot.addWidget(button)

    def show_doubt(
        self,
        doubt: Doubt,
        answer: Answer | None,
        members: tuple[str, ...],
        ready: Sequence[ReadyAnswer] = (),
    ) -> None:
        """Show a doubt with the answer it has.

        members: of the group it is about, as they stand; ready: names that may be meant.
        """
        self._doubt = doubt
        self.error.show_error("")
        self.why.setText(doubt.text)
        own = [f"“{item.asked}”{item.words}" for item in ready if item.offered]
        self.reasons.setText(own[0] if own else "")
        self.reasons.setToolTip("\n".join(own))
        self.reasons.setVisible(bool(own))
        self._ready = {item.name: item.words for item in ready if not item.offered}
        self._choices_shown = (*doubt.choices, *self._ready)
        self._fill(doubt, answer)
        asks = doubt.kind in _GROUPS
        self._members_name.setVisible(asks)
        self.members.setVisible(asks)
        shown = answer.members if answer and answer.members else members
        self._members_name.setText("成员单位" if not shown else f"成员 {len(shown)} 家")
        self.members.setText("、".join(shown))
        kept = doubt.kind in _REMEMBERED
        self._bookmark.setVisible(kept)
        self._remembered.setText("答案会记住" if kept else "")
        self._remembered.setToolTip("下一份通知沿用" if kept else "")

    def _fill(self, doubt: Doubt, answer: Answer | None) -> None:
        for button in self.group.buttons():
            self.group.removeButton(button)
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._grid.removeWidget(self.typed)
        chosen = answer.choice if answer else doubt.choices[0]
        # Short answers stand two in a row, so that the card keeps its height.
        wide = bool(self._ready) or any(len(choice) > 16 for choice in doubt.choices)
        spot = 0
        for number, choice in enumerate(self._choices_shown):
            why = self._ready.get(choice)
            radio = RadioButton(f"用“{choice}”：{why}" if why else choice)
            radio.setToolTip(why or "")
            self._add(radio, number, spot, wide, choice == chosen)
            spot += 1
        other = _OTHER.get(doubt.kind) if doubt.kind is not DoubtKind.YEAR or doubt.names else None
        self.typed.setVisible(other is not None)
        if other:
            own = chosen not in self._choices_shown
            spot += 0 if wide else spot % 2
            radio = self._add(RadioButton(other[0]), len(self._choices_shown), spot, wide, own)
            radio.toggled.connect(lambda on: self.typed.setFocus() if on else None)
            self.typed.setPlaceholderText(other[1])
            self.typed.setText(chosen if own else "")
            row = spot if wide else spot // 2
            self._grid.addWidget(self.typed, row, 1)
        self._grid.setColumnStretch(1, 1)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes from the list to the answers, which are younger than the buttons below them."""
        fixed = (self.typed, self.members, self.all, self.undo, self.later, self.sure)
        every = (self._before, *self.group.buttons(), *fixed)
        there = [widget for widget in every if widget.window() is self.window()]
        for first, second in pairwise(there):
            QWidget.setTabOrder(first, second)

    def _add(
        self, radio: RadioButton, number: int, spot: int, wide: bool, chosen: bool
    ) -> RadioButton:
        self.group.addButton(radio, number)
        radio.setChecked(chosen)
        if wide and number < len(self._choices_shown):
            self._grid.addWidget(radio, spot, 0, 1, 2)
        else:
            self._grid.addWidget(radio, spot if wide else spot // 2, 0 if wide else spot % 2)
        return radio

    def _typing(self) -> None:
        """Whoever types another answer has chosen it."""
        if (last := self.group.button(len(self.group.buttons()) - 1)) is not None:
            last.setChecked(True)
            self.typed.setFocus()

    def _naming(self) -> None:
        """Whoever names the members of a vague group has chosen to name them."""
        if self._doubt and self._doubt.kind is DoubtKind.VAGUE_GROUP:
            self.group.button(1).setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on an answer confirms it."""
        if event.key() in _ENTER:
            self.confirm()
            return
        super().keyPressEvent(event)

    def answer(self) -> Answer | None:
        """The answer that is chosen; an empty one where it is still to be written."""
        number = self.group.checkedId()
        if self._doubt is None or number < 0:
            return None
        own = number >= len(self._choices_shown)
        choice = self.typed.text().strip() if own else self._choices_shown[number]
        names = re.split("[、，,；;\\s]+", self.members.text().strip())
        members = tuple(filter(None, names)) if self.members.isVisibleTo(self) else ()
        return Answer(choice, members)

    def show_alike(self, others: int) -> None:
        """Offer the chosen answer for this many other open doubts of the kind."""
        self.all.setVisible(others > 0)
        self.all.set_text(f"同类 {others + 1} 条都这样答复")

    def confirm(self) -> None:
        """Hand over the answer that is chosen."""
        if (answer := self.answer()) is not None:
            self.decided.emit(answer)

    def _confirm_all(self) -> None:
        if (answer := self.answer()) is not None:
            self.decided_all.emit(answer)
