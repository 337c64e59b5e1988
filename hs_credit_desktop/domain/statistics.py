"""The counting rules: one definition for every card, list, export and report.

Received is a return with a valid version whatever its review state; on time is judged on the first
valid receipt against the original due date; exempt returns leave the denominator; late and overdue
follow from dates and are never stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hs_credit_desktop.domain.returns import ReturnState


class Status(StrEnum):
    """The lists a figure can open; each is a condition on (state, exempt, first receipt, dates)."""

    EXPECTED = "expected"
    RECEIVED = "received"
    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    MISSING = "missing"
    EXEMPT = "exempt"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    TO_REVIEW = "to_review"
    ON_HOLD = "on_hold"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    Status.EXPECTED: "应报",
    Status.RECEIVED: "已报",
    Status.ON_TIME: "按时",
    Status.LATE: "逾期报送",
    Status.OVERDUE: "逾期未报",
    Status.MISSING: "未报",
    Status.EXEMPT: "免报",
    Status.ACCEPTED: "通过",
    Status.SENT_BACK: "退回补报",
    Status.TO_REVIEW: "待审",
    Status.ON_HOLD: "存疑",
}


@dataclass(frozen=True)
class Tally:
    """`returns` returns that share state, exemption and first receipt, with their entries."""

    state: ReturnState
    exempt: bool
    first_received_on: date | None
    returns: int
    entries: int
    covered: int


@dataclass(frozen=True)
class Figures:
    """The figures of a round. received = accepted + sent_back + to_review + on_hold."""

    expected: int = 0
    received: int = 0
    on_time: int = 0
    late: int = 0
    overdue: int = 0
    missing: int = 0
    exempt: int = 0
    accepted: int = 0
    sent_back: int = 0
    to_review: int = 0
    on_hold: int = 0
    entries_expected: int = 0
    entries_covered: int = 0

    @property
    def rate(self) -> float:
        """报送率 = received ÷ expected, four places; 0 when nothing is expected."""
        return _share(self.received, self.expected)

    @property
    def on_time_rate(self) -> float:
        """按时率 = on time ÷ expected, four places."""
        return _share(self.on_time, self.expected)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def holds(status: Status, tally: Tally, *, due_on: date, today: date) -> bool:
    """Whether returns of this tally belong to the list of `status`."""
    if tally.exempt or status is Status.EXEMPT:
        return tally.exempt and status is Status.EXEMPT
    missing = tally.state is ReturnState.MISSING
    received_on = tally.first_received_on
    match status:
        case Status.EXPECTED:
            return True
        case Status.RECEIVED:
            return not missing
        case Status.MISSING:
            return missing
        case Status.OVERDUE:
            return missing and today > due_on
        case Status.ON_TIME:
            return received_on is not None and received_on <= due_on
        case Status.LATE:
            return received_on is not None and received_on > due_on
        case _:
            return tally.state.value == status.value


def reckon(tallies: Iterable[Tally], *, due_on: date, today: date) -> Figures:
    """All figures of a round from its tallies."""
    kept = list(tallies)
    counts = {
        status.value: sum(
            item.returns for item in kept if holds(status, item, due_on=due_on, today=today)
        )
        for status in Status
    }
    counted = [item for item in kept if not item.exempt]
    return Figures(
        **counts,
        entries_expected=sum(item.entries for item in counted),
        entries_covered=sum(item.covered for item in counted),
    )


@dataclass(frozen=True)
class Progress:
    """Entries of a measure, pillar or unit by state; the bar of the tree."""

    expected: int = 0
    covered: int = 0
    accepted: int = 0
    to_review: int = 0
    sent_back: int = 0
    on_hold: int = 0

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(
            self.expected + other.expected,
            self.covered + other.covered,
            self.accepted + other.accepted,
            self.to_review + other.to_review,
            self.sent_back + other.sent_back,
            self.on_hold + other.on_hold,
        )
