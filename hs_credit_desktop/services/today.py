"""What waits for the clerk today in a round: whom to chase, what to review, what to follow up."""

from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.chasing import Owing
from hs_credit_desktop.domain.notice import OpenDoubt
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Figures, Status
from hs_credit_desktop.services import chasing, office, overview
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import codes, return_pages

NAMED = 3  # units of a list that are named


@dataclass(frozen=True)
class Waiting:
    """A list of the round: how many units it has, and the first of them in official order."""

    count: int
    names: tuple[str, ...] = ()

    def __len__(self) -> int:
        """How many units it has."""
        return self.count


@dataclass(frozen=True)
class Agenda:
    """The round's figures and what its lists hold today, in official order.

    chased, extended: how many of the missing units have been chased before, or given more time;
    next_resubmission: the first day on which a return that was sent back is due again;
    staged: files in the inbox that nobody has decided on; doubts: those still open; promised: who
    still owes although the promised day has come; days_left: until the due date, negative after it;
    due_soon: whether the lamps are on; forms_made: whether any return form was.
    """

    round: Round
    figures: Figures
    missing: Waiting
    to_review: Waiting
    sent_back: Waiting
    on_hold: Waiting
    exempt: Waiting
    chased: int
    extended: int
    next_resubmission: date | None
    doubts: tuple[OpenDoubt, ...]
    staged: int
    promised: tuple[Owing, ...] = ()
    days_left: int = 0
    due_soon: bool = True
    forms_made: bool = True

    @property
    def complete(self) -> bool:
        """Whether everybody expected has reported and nothing waits for review."""
        figures = self.figures
        return figures.expected > 0 and figures.accepted == figures.expected


def agenda(ws: Workspace, round_: Round) -> Agenda:
    """What waits in the round, counted by the counting rules."""
    figures = overview.figures(ws, round_)

    def waiting(status: Status) -> Waiting:
        count = int(getattr(figures, status.value))
        names = return_pages.first_names(ws.ledger, round_.id, status, NAMED) if count else ()
        return Waiting(count, names)

    tried = return_pages.chased(ws.ledger, round_.id)
    days_left = (round_.due_on - ws.today).days
    return Agenda(
        round_,
        figures,
        missing=waiting(Status.MISSING),
        to_review=waiting(Status.TO_REVIEW),
        sent_back=waiting(Status.SENT_BACK),
        on_hold=waiting(Status.ON_HOLD),
        exempt=waiting(Status.EXEMPT),
        chased=tried.before,
        extended=tried.extended,
        next_resubmission=return_pages.next_resubmission(ws.ledger, round_.id),
        doubts=overview.open_doubts(ws, round_.notice_id),
        staged=overview.staged(ws, round_),
        promised=chasing.promises_due(ws, round_),
        days_left=days_left,
        due_soon=days_left <= office.thresholds(ws).due_soon_days,
        forms_made=codes.given(ws.ledger, round_.id),
    )
