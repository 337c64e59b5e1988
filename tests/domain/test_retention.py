"""Which backups stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hs_credit_desktop.clock import CHINA
from hs_credit_desktop.domain.retention import DAYS, LAST, MONTHS, WEEKS, kept

NOW = datetime(2024, 12, 2, 17, 20, tzinfo=CHINA)


def test_a_year_of_half_hours() -> None:
    made = [NOW - timedelta(minutes=30 * step) for step in range(48 * 400)]
    stay = sorted(kept(made), reverse=True)
    assert stay[:LAST] == made[:LAST]
    # Of the day before, a week before and a month before, the last one of that day.
    for month, day in ((12, 1), (11, 24), (10, 31)):
        assert datetime(2024, month, day, 23, 50, tzinfo=CHINA) in stay
    assert stay[-1] == datetime(2024, 1, 31, 23, 50, tzinfo=CHINA)
    # Today and three of the weeks and two of the months are among the days already.
    assert len(stay) == LAST + (DAYS - 1) + (WEEKS - 3) + (MONTHS - 2)


@given(st.lists(st.integers(0, 2 * 365 * 24 * 60), max_size=60))
def test_the_newest_stay_and_no_more_than_the_rule_allows(minutes: list[int]) -> None:
    made = [NOW - timedelta(minutes=minute) for minute in minutes]
    stay = kept(made)
    assert stay >= set(sorted(made, reverse=True)[:LAST])
    assert len(stay) <= LAST + DAYS + WEEKS + MONTHS
    assert stay <= set(made)
