"""What 统计 shows: unit × measure, levels of completion, and when returns came in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain import deadlines
from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.returns import Completion, ExpectedReturn, ReturnState
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Figures, Progress, Status
from hs_credit_desktop.services import office, overview
from hs_credit_desktop.services.return_lists import ReturnList
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import lists, matrix
from hs_credit_desktop.store.return_pages import ReturnQuery


@dataclass(frozen=True)
class Cell:
    """One unit's entry for one measure; completion: None while blank or when it was not said."""

    entry_id: str
    lead: bool
    lamp: Lamp
    covered: bool
    exempt: bool
    completion: Completion | None


Cells = Mapping[str, Mapping[str, Cell]]


def unit_returns(ws: Workspace, round_: Round) -> ReturnList:
    """The rows of the matrix: every unit of the round in official order, exempt ones too."""
    return ReturnList(ws, round_, ReturnQuery(round_.id))


def progress_of(expected: ExpectedReturn) -> Progress:
    """How far a unit is; an exempt one expects nothing."""
    if expected.exempt:
        return Progress()
    return lists.progress_of(expected.state, expected.entries, expected.covered)


def cells(ws: Workspace, round_: Round, expected_return_ids: Sequence[str]) -> Cells:
    """Expected return id → measure id → cell, for some units at a time."""
    limits = office.thresholds(ws)
    found: dict[str, dict[str, Cell]] = {key: {} for key in expected_return_ids}
    for facts in matrix.cells(ws.ledger, expected_return_ids):
        lamp = deadlines.lamp(
            state=facts.state if facts.covered else ReturnState.MISSING,
            due_on=round_.due_on,
            today=ws.today,
            thresholds=limits,
            exempt=facts.exempt,
            extended_to=facts.extended_to,
            resubmit_by=facts.resubmit_by,
        )
        level = facts.completion if facts.covered else None
        found[facts.expected_return_id][facts.measure_id] = Cell(
            facts.entry_id, facts.lead, lamp, facts.covered, facts.exempt, level
        )
    return found


@dataclass(frozen=True)
class Completions:
    """Entries of a round by level; unsaid: covered without a level; missing: not covered.

    The levels, unsaid and missing add up to the entries expected.
    """

    levels: Mapping[Completion, int]
    unsaid: int
    missing: int

    @property
    def expected(self) -> int:
        """Entries expected, exempt ones left out."""
        return sum(self.levels.values()) + self.unsaid + self.missing


def completions(ws: Workspace, round_: Round) -> Completions:
    """The levels of completion of a round in figures."""
    counted = matrix.completions(ws.ledger, round_.id)
    figures = overview.figures(ws, round_)
    return Completions(
        {level: counted.get(level, 0) for level in Completion},
        counted.get(None, 0),
        figures.entries_expected - figures.entries_covered,
    )


def shares(figures: Figures) -> dict[Status, float]:
    """Share of each figure in what is expected, four places; none when nothing is expected."""
    if not figures.expected:
        return {}
    wanted = (Status.RECEIVED, Status.ON_TIME, Status.LATE, Status.MISSING, Status.OVERDUE)
    return {
        status: round(getattr(figures, status.value) / figures.expected, 4) for status in wanted
    }


def covered_share(figures: Figures) -> float:
    """Entries covered ÷ entries expected, four places; 0 when nothing is expected."""
    expected = figures.entries_expected
    return round(figures.entries_covered / expected, 4) if expected else 0.0


@dataclass(frozen=True)
class Arrival:
    """A day on which returns first came in: how many, how many up to then, whether late."""

    day: date
    count: int
    total: int
    late: bool


@dataclass(frozen=True)
class Arrivals:
    """First receipts of a round day by day; later versions of a return are not counted again."""

    days: tuple[Arrival, ...]
    expected: int
    due_on: date
    today: date


def arrivals(ws: Workspace, round_: Round) -> Arrivals:
    """When the returns of a round first came in; exempt units are left out."""
    counts: Counter[date] = Counter()
    expected = 0
    for tally in lists.tallies(ws.ledger, round_.id):
        expected += 0 if tally.exempt else tally.returns
        if tally.first_received_on and not tally.exempt:
            counts[tally.first_received_on] += tally.returns
    total, days = 0, []
    for day in sorted(counts):
        total += counts[day]
        days.append(Arrival(day, counts[day], total, day > round_.due_on))
    return Arrivals(tuple(days), expected, round_.due_on, ws.today)
