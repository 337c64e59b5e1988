"""The decisions of 审核; each is one command of the services."""

from datetime import date
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import overview, return_notices, returns, reviewing
from hs_credit_desktop.services.workspace import Changes
from hs_credit_desktop.ui import messages

if TYPE_CHECKING:
    from hs_credit_desktop.ui.pages.review import ReviewPage


class ReviewDesk:
    """通过, 退回补报, 存疑, all without a flag, the paper copy, the notices of return.

    deciding: a decision is under way, which changes no text.
    """

    def __init__(self, page: "ReviewPage") -> None:
        self._page = page
        self.deciding = False

    def accept(self) -> None:
        """通过，看下一件."""
        self._decide(ReturnState.ACCEPTED, "", None)

    def hold(self) -> None:
        """存疑, with the reason if there is one."""
        self._decide(ReturnState.ON_HOLD, self._page.reason.words, None)

    def send_back(self) -> None:
        """退回补报 with reason and new date."""
        if not self._page.can_decide:
            return
        if checked := self._page.reason.checked():
            self._decide(ReturnState.SENT_BACK, *checked)

    def _decide(self, decision: ReturnState, reason: str, due: date | None) -> None:
        page, table = self._page, self._page.queue.table
        row = page.queue.row(table.current_id())
        if row is None or not page.can_decide:
            return
        following = table.neighbour(1) or table.neighbour(-1)
        self.deciding = True
        done = page.run.command(
            returns.review,
            page.ws,
            expected_return_id=row.expected.id,
            decision=decision,
            reason=reason,
            resubmit_by=due,
        )
        self.deciding = False
        if done and following:
            table.select(following)

    def accept_clear(self) -> None:
        """Accept all without a flag, after saying how many stay."""
        page = self._page
        clear = [row for row in page.queue.rows if not row.blocked]
        left = [row.expected.unit_name for row in page.queue.rows if row.blocked]
        kept = f"有提示的 {len(left)} 件留在待审：{'、'.join(left)}。" if left else ""
        asked = f"把没有提示的 {len(clear)} 件都通过吗"
        if page.round is None or not messages.ask(
            page, asked, f"{kept}通过后仍可逐件退回。", f"通过 {len(clear)} 件"
        ):
            return
        self.deciding = True
        page.run.command(self._accept_clear, page.round)
        self.deciding = False

    def _accept_clear(self, round_: Round) -> Changes:
        reviewing.accept_clear(self._page.ws, round_)
        return Changes(returns=True)

    def tick_paper(self, ticked: bool) -> None:
        """纸质盖章件已收, today, or not."""
        page = self._page
        row = page.queue.row(page.queue.table.current_id())
        if row is not None:
            day = page.ws.today if ticked else None
            self.deciding = True
            page.run.command(reviewing.tick_paper_copy, page.ws, row.expected.id, day)
            self.deciding = False

    def show_notices(self) -> None:
        """The notices of return of this round, to be copied into mails."""
        from hs_credit_desktop.ui.dialogs.beside import beside
        from hs_credit_desktop.ui.dialogs.return_notices import ReturnNotices

        page = self._page
        if page.round is None:
            return
        sent = overview.expected_returns(page.ws, page.round, Status.SENT_BACK)
        made = [return_notices.return_notice(page.ws, item.id) for item in sent]
        if made:
            box = ReturnNotices(page, page.ws, page.run, page.preferences, page.round, made)
            beside(box, page.run)
