"""The decisions of 审核; each is one command of the services."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject

from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import overview, returns, reviewing
from hs_credit_desktop.services.reviewing import QueueRow
from hs_credit_desktop.services.workspace import Changes, Workspace, reading
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.pages.review_flags import Turns
from hs_credit_desktop.ui.pages.review_queue import QueuePane
from hs_credit_desktop.ui.pages.review_reason import ReasonLine
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Job, Run, if_there

Result = TypeVar("Result")

TOLD = 20  # accepted returns after which the button says how many
NAMED = 20  # units that the question before accepting all names


class Shown(Protocol):
    """What the desk asks of the page."""

    round: Round | None
    preferences: Preferences

    @property
    def can_decide(self) -> bool:
        """Whether a return is shown and may be decided."""

    def let_be(self) -> None:
        """The clerk acts: what is looked for beside the window waits a little."""


class ReviewDesk(QObject):
    """通过, 退回补报, 存疑, all without a flag, the paper copy, the notices of return.

    deciding: a decision is under way, which changes no text; following: the return to show when the
    one that is decided has left the list; gone: which one leaves it, '' none, None: read it again.
    """

    def __init__(
        self, ws: Workspace, run: Run, shown: Shown, queue: QueuePane, reason: ReasonLine
    ) -> None:
        super().__init__(queue)
        self._ws, self._run, self._shown = ws, run, shown
        self._queue, self._reason = queue, reason
        self._job: Job | None = None
        self._working = False
        self.deciding = False
        self.following = ""
        self.gone: str | None = None

    def accept(self) -> None:
        """通过，看下一件."""
        if self._shown.can_decide and self._reason.may_accept():
            self._decide(ReturnState.ACCEPTED, "", None)

    def hold(self) -> None:
        """存疑, with the reason if there is one."""
        self._decide(ReturnState.ON_HOLD, self._reason.words, None)

    def send_back(self) -> None:
        """退回补报 with reason and new date."""
        if not self._shown.can_decide:
            return
        if checked := self._reason.checked():
            self._decide(ReturnState.SENT_BACK, *checked)

    def _decide(self, decision: ReturnState, reason: str, due: date | None) -> None:
        table = self._queue.table
        row = self._queue.row(table.current_id())
        if row is None or not self._shown.can_decide:
            return
        self._shown.let_be()
        self.following = table.neighbour(1) or table.neighbour(-1)
        self.gone = row.id if decision.value != self._queue.status.value else ""
        self.deciding = True
        done = self._run.command(
            returns.review,
            self._ws,
            expected_return_id=row.id,
            decision=decision,
            reason=reason,
            resubmit_by=due,
        )
        self.deciding, self.gone = False, None
        if done and self.following and table.current_id() != self.following:
            table.select(self.following)
        self.following = ""

    # All that have no flag

    def accept_clear(self) -> None:
        """Accept all without a flag, after saying how many stay; once more stops the work."""
        if self._working:
            self.stop()
        elif (every := self._queue.looked_at()) is not None:
            self._ask([row.queued for row in every])
        elif (round_ := self._shown.round) is not None:
            self._do(lambda job: self._looked_at(round_, job), self._ask, "正在比对…")

    def stop(self) -> None:
        """Stop accepting; what was accepted by then stays so."""
        if self._job is not None:
            self._job.stop()

    def _do(
        self, work: Callable[[Job], Result], done: Callable[[Result], object], words: str
    ) -> None:
        """Do it beside the window; the button says how far it is, and stops it."""

        def over(result: Result | None, error: UserError | None = None) -> None:
            self._working = False
            self._queue.show_bulk("")
            if error is not None:
                self._run.show_error(error)
            if result is not None:
                done(result)

        self._working = True
        self._queue.show_bulk(words)
        self._job = self._run.background(
            work,
            if_there(self, over),
            on_error=if_there(self, lambda error: over(None, error)),
            on_progress=if_there(self, self._queue.show_bulk),
            words=words,
        )

    def _looked_at(self, round_: Round, job: Job) -> tuple[QueueRow, ...]:
        def told(done: int, every: int) -> None:
            job.report(f"正在比对 {done:,}/{every:,}…")

        with reading(self._ws) as own:
            return reviewing.queue(own, round_, told=told, stopped=Turns().stopped(job))

    def _ask(self, rows: Sequence[QueueRow]) -> None:
        """Say how many can be accepted and who stays; nothing when the work was stopped."""
        clear = [row.expected.id for row in rows if not row.blocked]
        left = [row.expected.unit_name for row in rows if row.blocked]
        more = f"等 {len(left):,} 家" if len(left) > NAMED else ""
        kept = "、".join(left[:NAMED]) + more
        said = f"有提示的 {len(left):,} 件留在待审：{kept}。" if left else ""
        if not rows or not messages.ask(
            self._queue,
            f"把没有提示的 {len(clear):,} 件都通过吗",
            f"{said}通过后仍可逐件退回。",
            f"通过 {len(clear):,} 件",
        ):
            return
        self._do(lambda job: self._accept(clear, job), self._accepted, "正在通过…")

    def _accept(self, ids: Sequence[str], job: Job) -> int:
        def told(done: int, every: int) -> None:
            if done % TOLD == 0:
                job.report(f"正在通过 {done:,}/{every:,}…")

        return reviewing.accept(self._ws, ids, told=told, stopped=lambda: job.stopped)

    def _accepted(self, _count: int) -> None:
        self.deciding = True
        self._run.changed.emit(Changes(returns=True))
        self.deciding = False

    def tick_paper(self, ticked: bool) -> None:
        """纸质盖章件已收, today, or not."""
        row = self._queue.row(self._queue.table.current_id())
        if row is not None:
            self._shown.let_be()
            day = self._ws.today if ticked else None
            self.deciding, self.gone = True, ""
            self._run.command(reviewing.tick_paper_copy, self._ws, row.id, day)
            self.deciding, self.gone = False, None

    def show_notices(self) -> None:
        """The notices of return of this round, to be copied into mails."""
        from hs_credit_desktop.services import return_notices  # with the inbox, which it reads
        from hs_credit_desktop.ui.dialogs.beside import beside
        from hs_credit_desktop.ui.dialogs.return_notices import ReturnNotices

        ws, run, round_ = self._ws, self._run, self._shown.round
        if round_ is None:
            return
        sent = overview.expected_returns(ws, round_, Status.SENT_BACK)
        made = [return_notices.return_notice(ws, item.id) for item in sent]
        if made:
            beside(ReturnNotices(self._queue, ws, run, self._shown.preferences, round_, made), run)
