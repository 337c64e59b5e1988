"""The counting rules on tallies, against a recount that goes through returns one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.statistics import (
    Figures,
    Progress,
    Status,
    Tally,
    holds,
    reckon,
)

DUE = date(2024, 8, 30)
LATER = DUE + timedelta(days=1)
MISSING = Tally(ReturnState.MISSING, False, None, 1, 3, 0)
ON_TIME = Tally(ReturnState.ACCEPTED, False, DUE, 2, 5, 4)
LATE = Tally(ReturnState.SENT_BACK, False, LATER, 3, 6, 6)
EXEMPT = Tally(ReturnState.MISSING, True, None, 4, 9, 0)
EXEMPT_CAME = Tally(ReturnState.ACCEPTED, True, DUE, 1, 2, 2)


@pytest.mark.parametrize(
    ("tally", "lists"),
    [
        (MISSING, {Status.EXPECTED, Status.MISSING, Status.OVERDUE}),
        (ON_TIME, {Status.EXPECTED, Status.RECEIVED, Status.ON_TIME, Status.ACCEPTED}),
        (LATE, {Status.EXPECTED, Status.RECEIVED, Status.LATE, Status.SENT_BACK}),
        (EXEMPT, {Status.EXEMPT}),
        (EXEMPT_CAME, {Status.EXEMPT}),
    ],
)
def test_a_tally_belongs_to_exactly_these_lists(tally: Tally, lists: set[Status]) -> None:
    assert {status for status in Status if holds(status, tally, due_on=DUE, today=LATER)} == lists


def test_nothing_is_overdue_on_the_due_date_itself() -> None:
    assert not holds(Status.OVERDUE, MISSING, due_on=DUE, today=DUE)


def test_figures_of_a_round() -> None:
    figures = reckon([MISSING, ON_TIME, LATE, EXEMPT, EXEMPT_CAME], due_on=DUE, today=LATER)
    assert figures == Figures(
        expected=6,
        received=5,
        on_time=2,
        late=3,
        overdue=1,
        missing=1,
        exempt=5,
        accepted=2,
        sent_back=3,
        entries_expected=14,
        entries_covered=10,
    )
    assert (figures.rate, figures.on_time_rate) == (0.8333, 0.3333)


def test_rates_of_nothing_are_nothing() -> None:
    figures = reckon([], due_on=DUE, today=DUE)
    assert figures == Figures()
    assert (figures.rate, figures.on_time_rate) == (0.0, 0.0)


def test_every_list_has_its_word() -> None:
    labels = [status.label for status in Status]
    assert len(set(labels)) == len(labels)
    assert Status.LATE.label == "逾期报送"


@st.composite
def _tallies(draw: st.DrawFn) -> Tally:
    state = draw(st.sampled_from(ReturnState))
    came = state is not ReturnState.MISSING
    received = DUE + timedelta(days=draw(st.integers(-3, 3))) if came else None
    entries = draw(st.integers(0, 9))
    return Tally(
        state,
        draw(st.booleans()),
        received,
        draw(st.integers(1, 5)),
        entries,
        draw(st.integers(0, entries)),
    )


@given(st.lists(_tallies(), max_size=12), st.integers(-2, 2))
def test_sums_hold(tallies: list[Tally], shift: int) -> None:
    figures = reckon(tallies, due_on=DUE, today=DUE + timedelta(days=shift))
    assert figures.expected == figures.received + figures.missing
    assert figures.received == figures.on_time + figures.late
    reviewed = figures.accepted + figures.sent_back + figures.to_review + figures.on_hold
    assert figures.received == reviewed
    assert figures.overdue == (figures.missing if shift > 0 else 0)
    assert figures.expected + figures.exempt == sum(item.returns for item in tallies)


def test_progress_adds_up() -> None:
    total = Progress(3, 2, 1, 1, 0, 0) + Progress(5, 4, 1, 1, 1, 1)
    assert total == Progress(8, 6, 2, 2, 1, 1)
