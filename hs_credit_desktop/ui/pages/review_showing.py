"""The return that is under review: what the right pane of 审核 says about it, and when."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.services import office, overview, return_lists, reviewing
from hs_credit_desktop.services.flagging import Other
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui.models.review import WaitingRow
from hs_credit_desktop.ui.pages.review_peers import PeerFinder
from hs_credit_desktop.ui.pages.review_reader import LAST_VERSION, OTHER_UNIT, ReviewReader
from hs_credit_desktop.ui.pages.review_return import COMPARISONS, ReturnPane
from hs_credit_desktop.ui.pages.review_words import history_words, version_words
from hs_credit_desktop.ui.run import Run

if TYPE_CHECKING:
    from hs_credit_desktop.domain.flags import Flag

PATIENCE_MS = 600  # what is found later must not move what the clerk reads by then
ALONE = {
    LAST_VERSION: "本轮只报过这一版",
    OTHER_UNIT: "同一措施还没有其他单位的反馈",
}


class Showing(QObject):
    """Shows a return in the pane, and what is found about it later, without moving the clerk."""

    def __init__(self, ws: Workspace, run: Run, reader: ReviewReader, pane: ReturnPane) -> None:
        super().__init__(pane)
        self._ws, self._reader, self._pane = ws, reader, pane
        self.peers = PeerFinder(self, ws, run)
        self._round: Round | None = None
        self._row: WaitingRow | None = None
        self._flags: tuple[Flag, ...] | None = None  # as they are shown; None: not known yet
        self._begun_with = ""  # the entry that was chosen for the clerk
        self.patience = QTimer(self)
        self.patience.setSingleShot(True)
        self.patience.setInterval(PATIENCE_MS)
        self.patience.timeout.connect(self._say_waiting)
        pane.entry_moved.connect(lambda _id: self._show_entry())
        pane.compared.connect(self._compare)

    def show(self, round_: Round, row: WaitingRow) -> None:
        """Show a return; the entry that is current stays when it is one of its own."""
        self._round, self._row, self._flags = round_, row, row.flags
        told, head, locked = reviewing.history(self._ws, row.id), self._pane.head, self.locked()
        limits = office.thresholds(self._ws)
        lamp = overview.lamp_of_return(self._ws, row.expected, round_.due_on, limits)
        head.show_return(row.queued, lamp, version_words(row.expected, told), history_words(told))
        head.show_paper(return_lists.paper_copy(self._ws, row.id), locked)
        self._pane.reason.show_return(*self._reasons(row), self.next_due(), locked)
        if self._flags is None:
            self.patience.start()
        else:
            self.patience.stop()
        lines, kept = self._reader.lines(row.id), self._pane.entries.current_id()
        self._pane.show_lines(lines)
        if not any(line.id == kept for line in lines):
            kept = self._begun_with = self._reader.start(lines, row.expected)
        self._pane.choose(kept)
        self._show_entry()

    def _reasons(self, row: WaitingRow) -> tuple[str, list[str]]:
        """The reason as the flags suggest it, and the sentences of all of them."""
        found = row.flags or ()
        return reviewing.ready_reason(found), [flag.reason for flag in found]

    def look_again(self) -> None:
        """More flags are known, maybe those of the return that is shown."""
        row = self._row
        if row is None or row.flags is None or self._flags is not None:
            return
        self._flags = row.flags
        self._pane.head.show_flags(row.queued)
        if self._pane.reason.untouched:
            self._pane.reason.suggest(*self._reasons(row))
        lines, current = self._reader.lines(row.id), self._pane.entries.current_id()
        self._pane.show_lines(lines)
        early = self.patience.isActive() and current == self._begun_with
        self.patience.stop()
        if early:
            self._begun_with = self._reader.start(lines, row.expected)
            self._pane.choose(self._begun_with)
            self._show_entry()
        elif line := self._pane.line():
            self._pane.show_flags(line)

    def _say_waiting(self) -> None:
        if self._flags is None:
            self._pane.show_waiting()

    def locked(self) -> str:
        """Why nothing of the round can be decided, '' when it can."""
        if self._ws.read_only:
            return "台账是只读打开的，只能查看"
        if self._round is None or self._round.state is not RoundState.FROZEN:
            return ""
        from hs_credit_desktop.services import freezing  # with what it loads: few rounds are frozen

        if freezing.shut(self._ws, self._round):
            return f"{self._round.name}已封存，只能查看；如需修改请先解封"
        return ""

    def next_due(self) -> date:
        """The first working day after today and after the due date."""
        assert self._round is not None
        calendar = office.work_calendar(self._ws)
        day = max(self._ws.today, self._round.due_on) + timedelta(days=1)
        while not calendar.is_workday(day):
            day += timedelta(days=1)
        return day

    def _show_entry(self) -> None:
        """Show the current entry beside the text that says most about it."""
        line, row = self._pane.line(), self._row
        if line is None or row is None:
            return
        self._pane.reason.measure = line.entry.measure_number
        if self._flags is not None or self.patience.isActive():
            self._pane.show_flags(line)
        self.peers.rest()
        self._pane.head.show_peers((), 0)
        group, there = (
            self._pane.head.how.group,
            {
                LAST_VERSION: row.queued.resubmission,
                OTHER_UNIT: self._reader.other_answers(line.entry) > 0,
            },
        )
        for place, why in ALONE.items():
            group.button(place).setEnabled(there[place])
            group.button(place).setToolTip(COMPARISONS[place][1] if there[place] else why)
        self._pane.head.how.choose(self._reader.best(line, row.expected))
        self._compare()

    def _compare(self) -> None:
        line, head = self._pane.line(), self._pane.head
        if line is None or self._round is None:
            return
        how = head.how.group.checkedId()
        head.peer.setVisible(how == OTHER_UNIT)
        peer = str(head.peer.currentData() or "")
        self._pane.texts.show_texts(self._reader.compared(line.entry, how, peer))
        if how == OTHER_UNIT and not peer:
            self.peers.ask(self._round, line.entry, self._peers_found)

    def _peers_found(self, found: tuple[Other, ...]) -> None:
        line = self._pane.line()
        if line is not None and found:
            self._pane.head.show_peers(found, self._reader.other_answers(line.entry))
            self._compare()
