"""What a clerk may do on the newer pages, at random: figures, drafts, papers, register, plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.composing import Draft, Sentence
from hs_credit_desktop.domain.decisions import Answer
from hs_credit_desktop.domain.figure_ledger import MarkState
from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.services import (
    composing,
    composing_board,
    editing,
    editing_doubts,
    editing_plan,
    figure_ledger,
    overview,
    papers_register,
    papers_seal,
    register_contacts,
    register_names,
)
from tests.ledgers import TODAY

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.workspace import Workspace

WORDS = ("甲", "乙", "丙")


class Acts:
    """Each does one thing in `ws` by the dice; UserError is the program's right."""

    def __init__(self, ws: Workspace, dice: random.Random) -> None:
        self.ws, self.dice = ws, dice

    @property
    def all(self) -> tuple[Callable[[], object], ...]:
        """Every act, the frequent ones more than once."""
        own = (self.mark, self.draft, self.draft, self.compose, self.number, self.void_number)
        papers = (self.seal, self.void_seal)
        return (*own, *papers, self.rename_unit, self.contact, self.doubt, self.measure)

    def _round(self) -> Round:
        return self.dice.choice(overview.rounds(self.ws, overview.notice(self.ws).id))

    def _unit(self) -> str:
        rows = self.ws.ledger.query("SELECT id FROM units ORDER BY id")
        return str(self.dice.choice(rows)["id"])

    def mark(self) -> None:
        round_ = self._round()
        if found := figure_ledger.figure_lines(self.ws, round_):
            state, note = self.dice.choice(list(MarkState)), self.dice.choice(WORDS)
            figure_ledger.mark(self.ws, round_, [self.dice.choice(found)], state, note)

    def compose(self) -> None:
        composing.compose_all(self.ws, self._round(), again=self.dice.random() < 0.3)

    def draft(self) -> None:
        """Write a sentence behind the draft of a node."""
        round_ = self._round()
        node = self.dice.choice(composing_board.board(self.ws, round_).nodes)
        before = node.saved.draft if node.saved else Draft(())
        more = Sentence(f"补一句{self.dice.choice(WORDS)}{self.dice.randrange(99)}。")
        last = before.paragraphs[-1] if before.paragraphs else ()
        draft = Draft((*before.paragraphs[:-1], (*last, more)))
        known = node.saved.known if node.saved else frozenset()
        composing.save(self.ws, round_, node.id, draft, known=known)

    def number(self) -> None:
        word = f"测信办〔2024〕{self.dice.randrange(2, 40)}号"
        kind = PaperKind.CHASE_LETTER.value
        papers_register.take(self.ws, word, kind=kind, title=f"催报函{self.dice.choice(WORDS)}")

    def void_number(self) -> None:
        lines = papers_register.register(self.ws).lines
        if valid := [line for line in lines if line.valid]:
            papers_register.void(self.ws, self.dice.choice(valid).id, self.dice.choice(WORDS))

    def seal(self) -> None:
        papers_seal.log(
            self.ws,
            kind=PaperKind.REPORT.value,
            title="执行情况报告",
            copies=self.dice.randrange(1, 9),
            sealed_by=self.dice.choice(WORDS),
            sealed_on=TODAY,
            purpose="报送",
        )

    def void_seal(self) -> None:
        if found := [line for line in papers_seal.lines(self.ws) if line.voided_at is None]:
            papers_seal.void(self.ws, self.dice.choice(found).id, self.dice.choice(WORDS))

    def rename_unit(self) -> None:
        register_names.rename(
            self.ws,
            self._unit(),
            name=f"市{self.dice.choice(WORDS)}{self.dice.randrange(9)}局",
            on=TODAY - timedelta(days=9),
            follow=[item.id for item in overview.rounds(self.ws, overview.notice(self.ws).id)],
        )

    def contact(self) -> None:
        phone = str(self.dice.randrange(10**6, 10**7))
        register_contacts.put(self.ws, self._unit(), name=self.dice.choice(WORDS), phone=phone)

    def doubt(self) -> None:
        """Answer the first doubt that is open still."""
        book = editing_doubts.saved(self.ws, overview.notice(self.ws))
        still = [n for n, item in enumerate(book.doubts) if item.answer is None]
        if still:
            doubt = book.doubts[still[0]].doubt
            self._apply(
                editing_doubts.answer(book, still[0], Answer(self.dice.choice(doubt.choices)))
            )

    def measure(self) -> None:
        """Word a measure anew."""
        notice = overview.notice(self.ws)
        measures = [m for p in editing_plan.tree(self.ws, notice.id) for m in p.measures]
        chosen = self.dice.choice(measures)
        form = replace(editing_plan.form_of(chosen), body=f"内容{self.dice.choice(WORDS)}。")
        self._apply(editing_plan.change_measure(notice.id, chosen, form))

    def _apply(self, edit: editing.Edit) -> None:
        asked = editing.preview(self.ws, edit)
        editing.apply(self.ws, edit, [impact.round.id for impact in asked])
