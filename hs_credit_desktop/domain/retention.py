"""Which backups stay: the last ten, then one a day, a week and a month (limits.md, Safety 3)."""

from collections.abc import Callable, Collection, Hashable
from datetime import datetime

LAST, DAYS, WEEKS, MONTHS = 10, 14, 8, 12


def kept(moments: Collection[datetime]) -> set[datetime]:
    """Of the moments at which backups were made, those whose backups stay.

    The last 10; of each of the last 14 days, 8 ISO weeks and 12 months that have one, the newest.
    """
    newest = sorted(moments, reverse=True)
    return {
        *newest[:LAST],
        *_newest_of_each(newest, DAYS, lambda at: at.date()),
        *_newest_of_each(newest, WEEKS, lambda at: at.isocalendar()[:2]),
        *_newest_of_each(newest, MONTHS, lambda at: (at.year, at.month)),
    }


def _newest_of_each(
    newest: list[datetime], count: int, span: Callable[[datetime], Hashable]
) -> list[datetime]:
    found: dict[Hashable, datetime] = {}
    for at in newest:
        found.setdefault(span(at), at)
    return list(found.values())[:count]
