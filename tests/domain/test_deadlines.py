"""Lamps, working days, countdown and the strip on start."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hs_credit_desktop.domain import deadlines
from hs_credit_desktop.domain.deadlines import Lamp, Thresholds, WorkCalendar, countdown, strip
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.rounds import Round, RoundState, current_round

DUE = date(2024, 8, 30)  # a Friday
SATURDAY = date(2024, 11, 30)
KNOWN = WorkCalendar({}, frozenset({2024}))
WEEK = Thresholds(7)


def _lamp(day: date, state: ReturnState = ReturnState.MISSING, **more: object) -> Lamp:
    return deadlines.lamp(state=state, due_on=DUE, today=day, thresholds=WEEK, **more)


def test_due_date_runs_to_the_end_of_its_day() -> None:
    assert _lamp(DUE) is Lamp.DUE_SOON
    assert _lamp(DUE + timedelta(days=1)) is Lamp.OVERDUE


def test_due_soon_begins_at_the_threshold() -> None:
    assert _lamp(DUE - timedelta(days=8)) is Lamp.NOT_DUE
    assert _lamp(DUE - timedelta(days=7)) is Lamp.DUE_SOON
    never = deadlines.lamp(
        state=ReturnState.MISSING,
        due_on=DUE,
        today=DUE - timedelta(days=1),
        thresholds=Thresholds(0),
    )
    assert never is Lamp.NOT_DUE


def test_extension_moves_the_lamp_but_never_earlier() -> None:
    later = DUE + timedelta(days=20)
    assert _lamp(DUE + timedelta(days=1), extended_to=later) is Lamp.NOT_DUE
    assert _lamp(later, extended_to=later) is Lamp.DUE_SOON
    assert _lamp(later + timedelta(days=1), extended_to=later) is Lamp.OVERDUE
    assert _lamp(DUE, extended_to=DUE - timedelta(days=9)) is Lamp.DUE_SOON


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (ReturnState.TO_REVIEW, Lamp.TO_REVIEW),
        (ReturnState.ACCEPTED, Lamp.ACCEPTED),
        (ReturnState.ON_HOLD, Lamp.ON_HOLD),
    ],
)
def test_what_has_come_shows_its_review(state: ReturnState, shown: Lamp) -> None:
    assert _lamp(DUE + timedelta(days=99), state) is shown


def test_sent_back_is_lit_by_its_new_date() -> None:
    back, again = ReturnState.SENT_BACK, DUE + timedelta(days=10)
    assert _lamp(DUE + timedelta(days=5), back, resubmit_by=again) is Lamp.SENT_BACK
    assert _lamp(again, back, resubmit_by=again) is Lamp.SENT_BACK
    assert _lamp(again + timedelta(days=1), back, resubmit_by=again) is Lamp.OVERDUE
    assert _lamp(DUE + timedelta(days=99), back) is Lamp.SENT_BACK


def test_exempt_is_exempt_whatever_else() -> None:
    assert _lamp(DUE + timedelta(days=1), exempt=True) is Lamp.EXEMPT
    assert _lamp(DUE, ReturnState.ACCEPTED, exempt=True) is Lamp.EXEMPT


def test_every_lamp_has_its_own_word() -> None:
    words = [lamp.word for lamp in Lamp]
    assert len(set(words)) == len(words)
    assert (Lamp.OVERDUE.word, Lamp.DUE_SOON.word, Lamp.EXEMPT.word) == ("逾期未报", "临期", "免报")


def test_working_days_know_holidays_and_make_up_days() -> None:
    calendar = WorkCalendar({date(2024, 10, 1): False, date(2024, 10, 12): True}, frozenset({2024}))
    assert not calendar.is_workday(date(2024, 10, 1))  # a Tuesday off
    assert calendar.is_workday(date(2024, 10, 12))  # a Saturday at work
    assert not calendar.is_workday(date(2024, 10, 13))
    assert calendar.workday_on_or_before(date(2024, 10, 13)) == date(2024, 10, 12)
    assert calendar.workday_on_or_before(date(2024, 10, 1)) == date(2024, 9, 30)
    assert (calendar.knows(DUE), calendar.knows(date(2031, 1, 1))) == (True, False)


def test_working_days_left_count_both_ends() -> None:
    assert KNOWN.workdays_left(date(2024, 11, 29), SATURDAY) == 1
    assert KNOWN.workdays_left(date(2024, 11, 25), SATURDAY) == 5
    assert KNOWN.workdays_left(SATURDAY + timedelta(days=1), SATURDAY) == 0


def test_countdown_says_days_and_names_a_day_off() -> None:
    assert countdown(SATURDAY, date(2024, 11, 29), KNOWN) == "还有 1 天 · 周六"
    assert countdown(SATURDAY, SATURDAY, KNOWN) == "今天截止 · 周六"
    assert countdown(SATURDAY, date(2024, 12, 3), KNOWN) == "已过 3 天"
    assert countdown(DUE, date(2024, 8, 20), KNOWN) == "还有 10 天"


def _strip(today: date, *, due_on: date = SATURDAY, missing: int = 19, calendar=KNOWN):
    return strip(due_on=due_on, today=today, missing=missing, calendar=calendar, thresholds=WEEK)


def test_strip_is_silent_while_there_is_time_or_nobody_missing() -> None:
    assert _strip(date(2024, 11, 22)) is None
    assert _strip(date(2024, 12, 5), missing=0) is None
    assert _strip(date(2024, 11, 23)) is not None


def test_strip_on_the_last_working_day_before_a_saturday() -> None:
    said = _strip(date(2024, 11, 29))
    assert said.headline == "明日（周六）截止，今天是最后一个工作日。"
    assert said.detail == "还有 19 家未报。提醒日已提前到今天，报送期限仍为 11月30日 24 时。"
    assert said.lamp is Lamp.DUE_SOON


def test_the_last_working_day_is_said_whatever_the_threshold() -> None:
    def said(today: date):
        none = Thresholds(0)
        return strip(due_on=SATURDAY, today=today, missing=1, calendar=KNOWN, thresholds=none)

    assert said(date(2024, 11, 28)) is None
    assert said(date(2024, 11, 29)).headline == "明日（周六）截止，今天是最后一个工作日。"


def test_strip_on_other_days() -> None:
    before = _strip(date(2024, 11, 26))
    assert before.headline == "11月30日（周六）截止，还有 4 个工作日。"
    assert "提醒日已提前到11月29日" in before.detail
    today = _strip(DUE, due_on=DUE)
    assert today.headline == "今日（周五）截止，还有 1 个工作日。"
    assert today.detail == "还有 19 家未报，报送期限为 8月30日 24 时。"
    weekend = _strip(SATURDAY)
    assert weekend.headline == "今日（周六）截止，还有 0 个工作日。"


def test_strip_after_the_due_date_and_in_an_unknown_year() -> None:
    late = _strip(date(2024, 12, 2), calendar=WorkCalendar())
    assert late.headline == "报送期限已过 2 天，还有 19 家未报。"
    assert late.detail == "可以催报，或登记延期。2024 年节假日未知，工作日只按周末推算。"
    assert late.lamp is Lamp.OVERDUE
    assert "节假日未知" in _strip(date(2024, 11, 29), calendar=WorkCalendar()).detail


def test_current_round_is_the_earliest_not_past_due_else_the_last() -> None:
    rounds = [
        Round(f"r{number}", "n", number, f"第{number}轮", due, RoundState.OPEN)
        for number, due in ((1, DUE), (2, SATURDAY))
    ]
    assert current_round(rounds, DUE).number == 1
    assert current_round(rounds, DUE + timedelta(days=1)).number == 2
    assert current_round(rounds, date(2025, 1, 1)).number == 2


def test_round_states_in_the_words_of_the_office() -> None:
    assert [state.label for state in RoundState] == ["筹备", "进行中", "已封存"]
