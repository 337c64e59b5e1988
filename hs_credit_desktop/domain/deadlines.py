"""Lamps, working days and the words for how long there is left.

A due date printed 8月30日前 runs to the end of that day. An extension, or the new date of a return
sent back, moves the lamp; the statistics keep the original date (counting rules of the office).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from hs_credit_desktop.domain.returns import ReturnState

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


class Lamp(StrEnum):
    """What a row shows: colour, icon and word always together."""

    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    LATE = "late"
    TO_REVIEW = "to_review"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    ON_HOLD = "on_hold"
    EXEMPT = "exempt"
    STALE = "stale"

    @property
    def word(self) -> str:
        """The word beside the icon."""
        return _WORDS[self]


_WORDS = {
    Lamp.NOT_DUE: "未报",
    Lamp.DUE_SOON: "临期",
    Lamp.OVERDUE: "逾期未报",
    Lamp.LATE: "逾期报送",
    Lamp.TO_REVIEW: "待审",
    Lamp.ACCEPTED: "通过",
    Lamp.SENT_BACK: "退回补报",
    Lamp.ON_HOLD: "存疑",
    Lamp.EXEMPT: "免报",
    Lamp.STALE: "来源已变更",
}
_REVIEW_LAMPS = {
    ReturnState.TO_REVIEW: Lamp.TO_REVIEW,
    ReturnState.ACCEPTED: Lamp.ACCEPTED,
    ReturnState.ON_HOLD: Lamp.ON_HOLD,
}


@dataclass(frozen=True)
class Thresholds:
    """Settings of the lamps: 临期 from `due_soon_days` calendar days before the due date."""

    due_soon_days: int = 7


def lamp(
    *,
    state: ReturnState,
    due_on: date,
    today: date,
    thresholds: Thresholds,
    exempt: bool = False,
    extended_to: date | None = None,
    resubmit_by: date | None = None,
) -> Lamp:
    """The lamp of a return or entry on `today`.

    A return sent back keeps its own word to the end of its new date, then it is overdue again.
    """
    if exempt:
        return Lamp.EXEMPT
    if state in _REVIEW_LAMPS:
        return _REVIEW_LAMPS[state]
    if state is ReturnState.SENT_BACK:
        waiting = _waiting(resubmit_by, today, thresholds) if resubmit_by else Lamp.NOT_DUE
        return Lamp.OVERDUE if waiting is Lamp.OVERDUE else Lamp.SENT_BACK
    return _waiting(max(due_on, extended_to or due_on), today, thresholds)


def _waiting(due_on: date, today: date, thresholds: Thresholds) -> Lamp:
    if today > due_on:
        return Lamp.OVERDUE
    soon = (due_on - today).days <= thresholds.due_soon_days
    return Lamp.DUE_SOON if soon else Lamp.NOT_DUE


@dataclass(frozen=True)
class WorkCalendar:
    """Working days of the PRC: weekends, holidays (False) and make-up working days (True).

    known_years: the years whose holidays are known; others are reckoned by weekends only and said.
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """True when offices work on that day."""
        return self.days.get(day, day.weekday() < 5)

    def knows(self, day: date) -> bool:
        """Whether that year's holidays have been announced to us."""
        return day.year in self.known_years

    def workday_on_or_before(self, day: date) -> date:
        """The last working day not after `day`: when a reminder falls."""
        while not self.is_workday(day):
            day -= timedelta(days=1)
        return day

    def workdays_left(self, today: date, due_on: date) -> int:
        """Working days from today to the due date, both counted; 0 when it is past."""
        span = range((due_on - today).days + 1)
        return sum(self.is_workday(today + timedelta(days=step)) for step in span)


def weekday_name(day: date) -> str:
    """周一 … 周日."""
    return WEEKDAYS[day.weekday()]


def countdown(due_on: date, today: date, calendar: WorkCalendar) -> str:
    """The words of the round's chip: 还有 1 天 · 周六, 今天截止, 已过 3 天."""
    days = (due_on - today).days
    if days < 0:
        return f"已过 {-days} 天"
    rest = "" if calendar.is_workday(due_on) else f" · {weekday_name(due_on)}"
    return ("今天截止" if days == 0 else f"还有 {days} 天") + rest


@dataclass(frozen=True)
class Notification:
    """The strip on start: what is due in a headline, what follows from it in a sentence."""

    headline: str
    detail: str
    lamp: Lamp


def strip(
    *, due_on: date, today: date, missing: int, calendar: WorkCalendar, thresholds: Thresholds
) -> Notification | None:
    """What is due today, or None while there is time or nobody is missing.

    The last working day is always said, however short the threshold of the lamps is.
    """
    days = (due_on - today).days
    time_left = days > thresholds.due_soon_days and calendar.workdays_left(today, due_on) > 1
    if missing == 0 or time_left:
        return None
    unknown = "" if calendar.knows(due_on) else f"{due_on.year} 年节假日未知，工作日只按周末推算。"
    if days < 0:
        return Notification(
            f"报送期限已过 {-days} 天，还有 {missing} 家未报。",
            f"可以催报，或登记延期。{unknown}",
            Lamp.OVERDUE,
        )
    return Notification(
        _headline(due_on, today, calendar),
        _detail(due_on, today, missing, calendar) + unknown,
        Lamp.DUE_SOON,
    )


def _headline(due_on: date, today: date, calendar: WorkCalendar) -> str:
    days = (due_on - today).days
    day_word = {0: "今日", 1: "明日"}.get(days, f"{due_on.month}月{due_on.day}日")
    head = f"{day_word}（{weekday_name(due_on)}）截止"
    left = calendar.workdays_left(today, due_on)
    if left == 1 and calendar.is_workday(today) and days:
        return f"{head}，今天是最后一个工作日。"
    return f"{head}，还有 {left} 个工作日。"


def _detail(due_on: date, today: date, missing: int, calendar: WorkCalendar) -> str:
    reminder = calendar.workday_on_or_before(due_on)
    due = f"{due_on.month}月{due_on.day}日"
    if reminder == due_on:
        return f"还有 {missing} 家未报，报送期限为 {due} 24 时。"
    moved = "今天" if reminder == today else f"{reminder.month}月{reminder.day}日"
    return f"还有 {missing} 家未报。提醒日已提前到{moved}，报送期限仍为 {due} 24 时。"
