"""What waits for the clerk today in a round: whom to chase, what to review, what to follow up."""

from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.chasing import Owing
from hs_credit_desktop.domain.notice import OpenDoubt
from hs_credit_desktop.domain.returns import ExpectedReturn
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Figures, Status
from hs_credit_desktop.services import chasing, office, overview
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import codes


@dataclass(frozen=True)
class Agenda:
    """The round's figures and lists of today, each in official order.

    staged: files in the inbox that nobody has decided on; doubts: those still open; promised: who
    still owes although the promised day has come; days_left: until the due date, negative after it;
    due_soon: whether the lamps are on; forms_made: whether any return form was.
    """

    round: Round
    figures: Figures
    missing: tuple[ExpectedReturn, ...]
    to_review: tuple[ExpectedReturn, ...]
    sent_back: tuple[ExpectedReturn, ...]
    on_hold: tuple[ExpectedReturn, ...]
    exempt: tuple[ExpectedReturn, ...]
    doubts: tuple[OpenDoubt, ...]
    staged: int
    promised: tuple[Owing, ...] = ()
    days_left: int = 0
    due_soon: bool = True
    forms_made: bool = True

    @property
    def chased(self) -> int:
        """How many of the missing units have been chased before."""
        return sum(item.chases > 0 for item in self.missing)

    @property
    def extended(self) -> int:
        """How many of the missing units have been given more time."""
        return sum(item.extended_to is not None for item in self.missing)

    @property
    def next_resubmission(self) -> date | None:
        """The first day on which a return that was sent back is due again."""
        days = [item.resubmit_by for item in self.sent_back if item.resubmit_by]
        return min(days, default=None)

    @property
    def complete(self) -> bool:
        """Whether everybody expected has reported and nothing waits for review."""
        figures = self.figures
        return figures.expected > 0 and figures.accepted == figures.expected


def agenda(ws: Workspace, round_: Round) -> Agenda:
    """What waits in the round, counted by the counting rules."""

    def listed(status: Status) -> tuple[ExpectedReturn, ...]:
        return overview.expected_returns(ws, round_, status)

    days_left = (round_.due_on - ws.today).days
    return Agenda(
        round_,
        overview.figures(ws, round_),
        missing=listed(Status.MISSING),
        to_review=listed(Status.TO_REVIEW),
        sent_back=listed(Status.SENT_BACK),
        on_hold=listed(Status.ON_HOLD),
        exempt=listed(Status.EXEMPT),
        doubts=overview.open_doubts(ws, round_.notice_id),
        staged=overview.staged(ws, round_),
        promised=chasing.promises_due(ws, round_),
        days_left=days_left,
        due_soon=days_left <= office.thresholds(ws).due_soon_days,
        forms_made=codes.given(ws.ledger, round_.id),
    )
