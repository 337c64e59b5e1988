"""The doubts desk: left the paper, middle what was read, right the doubts and their answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hs_credit_desktop.domain.decisions import (
    Answer,
    Decisions,
    alike,
    checked,
    settles,
    unanswered,
)
from hs_credit_desktop.domain.marking import measure_of, places
from hs_credit_desktop.domain.notice import DoubtKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.pages.doubts_card import DoubtCard
from hs_credit_desktop.ui.pages.doubts_list import DoubtList, DoubtRow
from hs_credit_desktop.ui.pages.doubts_paper import PaperPane
from hs_credit_desktop.ui.pages.doubts_tree import DraftTree
from hs_credit_desktop.ui.widgets.basics import Pane
from hs_credit_desktop.ui.widgets.find_bar import find_in
from hs_credit_desktop.ui.widgets.splitter import box_panes
from hs_credit_desktop.ui.widgets.states import EmptyState
from hs_credit_desktop.ui.widgets.tick import TickBox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hs_credit_desktop.domain.draft import DraftNotice
    from hs_credit_desktop.domain.notice import Doubt
    from hs_credit_desktop.services.doubt_names import ReadyAnswer


class DoubtsDesk(QWidget):
    """Answers the doubts of a draft. decided: the Decisions after each answer, undo or redo.

    draft: what the paper says; text: its words. Nothing is written here. own_undo: False where
    answers are written at once; undo_asked then stands for 撤销 on the card. ready: what the
    register or the paper proposes for a doubt about a name.
    """

    decided = Signal(object)
    undo_asked = Signal()

    def __init__(
        self,
        name: str,
        text: str,
        draft: DraftNotice,
        *,
        own_undo: bool = True,
        ready: Callable[[Doubt], Sequence[ReadyAnswer]] = lambda _doubt: (),
    ) -> None:
        super().__init__()
        self._ready = ready
        self._text, self._draft = text, draft
        self._own_undo = own_undo
        self._decisions = Decisions()
        self._undo: list[Decisions] = []
        self._redo: list[Decisions] = []
        self.at = 0
        self.paper, self.tree = PaperPane(name, text), DraftTree(text)
        self.list = DoubtList()
        self.card = DoubtCard(self.list)
        self.only_open = TickBox("只看待核对")
        self._build()
        self._connect()

    def _build(self) -> None:
        self.pane = Pane("疑点")
        self.pane.tools.addWidget(self.only_open)
        self.pane.body.addWidget(self.list, 1)
        self.empty = EmptyState("checkmark_circle", "没有拿不准的地方", "可以直接确认轮次")
        self.pane.body.addWidget(self.empty, 1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.pane, 1)
        column.addWidget(self.card)
        splitter = box_panes("疑点", (self.paper, self.tree, right), (452, 290, 522))
        splitter.setStretchFactor(0, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(splitter)

    def _connect(self) -> None:
        self.list.moved.connect(self.show_doubt)
        self.list.confirmed.connect(self.card.confirm)
        self.card.decided.connect(self.answer)
        self.card.decided_all.connect(self.answer_all)
        self.card.chosen.connect(self._count_alike)
        self.card.put_off.connect(self.put_off)
        self.card.undone.connect(self.undo)
        self.only_open.toggled.connect(lambda _: self._show_list())
        self.tree.place_chosen.connect(lambda place: self.paper.show_places([place]))
        find_in(self.paper, self)
        for key, act in (
            ("F8", lambda: self.step(1)),
            ("Shift+F8", lambda: self.step(-1)),
        ):
            QShortcut(QKeySequence(key), self, act)
        if self._own_undo:
            QShortcut(QKeySequence("Ctrl+Z"), self, self.undo)
            QShortcut(QKeySequence("Ctrl+Y"), self, self.redo)

    def show_decisions(
        self, decisions: Decisions, decided: DraftNotice, head: list[tuple[str, str]]
    ) -> None:
        """Show what the decisions make of the draft; the doubt that is looked at stays."""
        self._decisions = decisions
        chips: dict[int, list[DoubtKind]] = {}
        for doubt in decided.doubts:
            if measure := measure_of(self._draft, self._text, doubt.line):
                chips.setdefault(measure.place.line, []).append(doubt.kind)
        self.tree.show_draft(decided, chips, head)
        self._members = {group.name: group.members for group in decided.groups}
        self._show_list()
        self.card.undo.setEnabled(bool(self._undo))
        self.card.setVisible(bool(self._draft.doubts))
        self.list.setVisible(bool(self._draft.doubts))
        self.empty.setVisible(not self._draft.doubts)
        if self._draft.doubts:
            self.show_doubt(self.at)

    def show_saved(
        self,
        draft: DraftNotice,
        decisions: Decisions,
        waiting: tuple[Doubt, ...],
        head: list[tuple[str, str]],
    ) -> None:
        """Show a plan of the ledger; waiting: its doubts that are still open."""
        self._draft = draft
        self.show_decisions(decisions, replace(draft, doubts=waiting), head)
        self.card.undo.setEnabled(True)

    def _show_list(self) -> None:
        rows = []
        for place, doubt in enumerate(self._draft.doubts):
            answer = self._decisions.answers.get(place)
            settled = answer is not None and settles(doubt, answer)
            if not (settled and self.only_open.isChecked()) or place == self.at:
                rows.append(DoubtRow(place, doubt, answer.choice if answer else "", settled))
        self.list.show_rows(rows, self.at)
        answered = len(self._draft.doubts) - len(unanswered(self._draft, self._decisions))
        self.pane.subtitle.setText(f"{len(self._draft.doubts)} 条，已答复 {answered} 条")

    def show_doubt(self, place: int) -> None:
        """Look at one doubt: its places in the paper, its measure, its answers."""
        self.at = place
        doubt = self._draft.doubts[place]
        self.paper.show_places(places(self._text, doubt), doubt.line)
        measure = measure_of(self._draft, self._text, doubt.line)
        self.tree.show_line(measure.place.line if measure else 0)
        group = doubt.names[-1] if doubt.kind is DoubtKind.GROUP_SPELLING else doubt.names[:1]
        name = group if isinstance(group, str) else "".join(group)
        members = self._members.get(name, ())
        said = self._decisions.answers.get(place)
        self.card.show_doubt(doubt, said, members, self._ready(doubt))
        self._count_alike()

    def answer(self, answer: Answer) -> None:
        """Take an answer and go to the next open doubt; a wrong one is said on the card."""
        if (decisions := self._with(answer)) is not None:
            self._take(decisions, next_one=True)

    def answer_all(self, answer: Answer) -> None:
        """Take an answer for this doubt and all open ones of its kind, as one step."""
        others = self._alike(answer)
        if (decisions := self._with(answer)) is not None:
            for place, said in others.items():
                decisions = decisions.with_answer(place, said)
            self._take(decisions, next_one=True)

    def _alike(self, answer: Answer) -> dict[int, Answer]:
        return alike(self._draft, self._decisions, self.at, answer)

    def _count_alike(self) -> None:
        """Say on the card how many doubts the chosen answer would answer."""
        answer = self.card.answer()
        self.card.show_alike(len(self._alike(answer)) if answer and answer.choice else 0)

    def _with(self, answer: Answer) -> Decisions | None:
        """The decisions with this answer; None when it is none, which the card then says."""
        doubt = self._draft.doubts[self.at]
        try:
            answer = checked(doubt, answer)
        except UserError as error:
            self.card.error.show_error(error.advice if answer.choice else "请先写出答案。")
            return None
        decisions = self._decisions
        named = answer.choice == doubt.choices[1] and not answer.members
        if doubt.kind is DoubtKind.VAGUE_GROUP and named:
            self.card.error.show_error("请写出成员单位，单位之间用“、”分开；也可以暂不指定。")
            self.card.members.setFocus()
            return None
        if doubt.kind is DoubtKind.GROUP_SPELLING and answer.choice == doubt.choices[0]:
            decisions = decisions.with_members(doubt.names[-1], answer.members)
            answer = Answer(answer.choice)
        return decisions.with_answer(self.at, answer)

    def put_off(self) -> None:
        """Leave the doubt open and look at the next one."""
        if self.at in self._decisions.answers:
            self._take(self._decisions.without_answer(self.at), next_one=True)
        else:
            self.step(1)

    def _take(self, decisions: Decisions, *, next_one: bool) -> None:
        if not self._own_undo:
            self.decided.emit(decisions)
            return
        self._undo.append(self._decisions)
        self._redo.clear()
        if next_one:
            waiting = unanswered(self._draft, decisions)
            later = [place for place in waiting if place > self.at]
            self.at = next(iter(later or [p for p in waiting if p != self.at] or [self.at]))
        self.decided.emit(decisions)
        self.list.setFocus()

    def take_other(self, decisions: Decisions) -> None:
        """Decisions made on another step (rounds, leads) are undone here too."""
        self._take(decisions, next_one=False)

    def undo(self) -> None:
        """Take back the last decision."""
        if not self._own_undo:
            self.undo_asked.emit()
        self._swap(self._undo, self._redo)

    def redo(self) -> None:
        """Make it again."""
        self._swap(self._redo, self._undo)

    def _swap(self, source: list[Decisions], target: list[Decisions]) -> None:
        if source:
            target.append(self._decisions)
            then = source.pop()
            changed = set(then.answers.items()) ^ set(self._decisions.answers.items())
            self.at = min((place for place, _ in changed), default=self.at)
            self.decided.emit(then)

    def step(self, way: int) -> None:
        """The next (1) or previous (-1) doubt of the list, round and round."""
        if isinstance(self.focusWidget(), QLineEdit):
            self.list.setFocus()
        if count := self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + way) % count)

    def panes(self) -> list[QWidget]:
        """For F6, from left to right."""
        return [self.paper.paper, self.tree.tree, self.list, self.card.sure]
