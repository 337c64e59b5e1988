"""One clock for the whole program; tests and --today inject theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "UTC+8")


@dataclass(frozen=True)
class Clock:
    """Tells the time in China (UTC+8), whatever the PC's own zone is."""

    source: Callable[[], datetime]

    def now(self) -> datetime:
        """The moment, as an aware datetime in UTC+8, to the second."""
        return self.source().astimezone(CHINA).replace(microsecond=0)

    def today(self) -> date:
        """The calendar day in China."""
        return self.now().date()


def system_clock() -> Clock:
    """The PC's own clock."""
    return Clock(lambda: datetime.now(CHINA))


def clock_on(day: date, base: Clock | None = None) -> Clock:
    """A clock that shows `day` with the time of day of `base` (default: the PC's)."""
    inner = base or system_clock()
    return Clock(lambda: datetime.combine(day, inner.now().timetz()))
