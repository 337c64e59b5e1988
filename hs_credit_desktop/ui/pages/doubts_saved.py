"""核对疑点 of a ledger that exists: the same desk; an answer goes into the plan at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.services import doubt_names, editing_doubts, overview
from hs_credit_desktop.services.checkup import NAME
from hs_credit_desktop.ui.pages.confirm import head_rows
from hs_credit_desktop.ui.pages.doubts_desk import DoubtsDesk
from hs_credit_desktop.ui.pages.editing_box import PlanBox
from hs_credit_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from hs_credit_desktop.domain.decisions import Decisions
    from hs_credit_desktop.ui.window import Window


class SavedDoubtsBox(PlanBox):
    """Answers the doubts that were left open; what is answered is changed by undo or by hand."""

    def __init__(self, window: Window, measure_id: str = "") -> None:
        super().__init__(window, "核对疑点")
        self._book = self._read()
        source = self._book.source
        name = source.draft.doc_number or source.name
        self.desk = DoubtsDesk(
            name,
            source.text,
            source.draft,
            own_undo=False,
            ready=lambda doubt: doubt_names.of_register(self.ws, doubt),
        )
        self.desk.decided.connect(self._decided)
        self.desk.undo_asked.connect(self.undo)
        self.report = Button(NAME, self._report, key="F7", icon="document_text")
        self.body.addWidget(self.desk, 1)
        self.body.addWidget(self.ask)
        self.add_foot(self.undo_button, self.redo_button, self.report)
        self._first(measure_id)
        self.reload()
        self.desk.list.setFocus()

    def _read(self) -> editing_doubts.SavedNotice:
        assert self.main.round is not None
        return editing_doubts.saved(self.ws, overview.notice_of(self.ws, self.main.round))

    def _first(self, measure_id: str) -> None:
        """The first open doubt, of that measure when one is named."""
        places = [n for n, item in enumerate(self._book.doubts) if item.answer is None]
        mine = [n for n in places if self._book.doubts[n].measure_id == measure_id]
        self.desk.at = next(iter(mine or places), 0)

    def reload(self) -> None:
        """Show the plan as it stands now."""
        self._book = self._read()
        source = self._book.source
        waiting = tuple(item.doubt for item in self._book.doubts if item.answer is None)
        self._move_on()
        self.desk.show_saved(source.draft, source.decisions, waiting, head_rows(source.draft))
        left = len(waiting)
        self.said.say(f"还有 {left} 条待核对" if left else "疑点都核对完了")

    def _move_on(self) -> None:
        """From a doubt that is answered to the next open one."""
        places = [n for n, item in enumerate(self._book.doubts) if item.answer is None]
        if places and self.desk.at not in places:
            self.desk.at = next((n for n in places if n > self.desk.at), places[0])

    def _decided(self, decisions: Decisions) -> None:
        """The desk hands over all decisions; those that are new are made, in one step."""
        before = self._book.source.decisions.answers
        new = {at: said for at, said in decisions.answers.items() if before.get(at) != said}
        at = self.desk.at
        if not new and at in decisions.answers:  # the same answer once more: say that it stands
            new = {at: decisions.answers[at]}
        if not new:  # 暂不决定
            return
        self.make(lambda: editing_doubts.answer_all(self._book, new, decisions.members))
        if self.error.text:
            self.desk.card.error.show_error(self.error.text)

    def _report(self) -> None:
        from hs_credit_desktop.ui.dialogs.checkup import CheckupWindow

        CheckupWindow(self, self.run, self._book.source).show()
