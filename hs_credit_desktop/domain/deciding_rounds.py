"""Applies the clerk's decisions about years and weekends to the rounds of a draft."""

from collections.abc import Sequence
from datetime import date

from hs_credit_desktop.domain.decisions import Answer, day_of, year_of
from hs_credit_desktop.domain.draft import DraftNotice, DraftRound
from hs_credit_desktop.domain.notice import Doubt, DoubtKind


def decided_rounds(
    draft: DraftNotice, answered: Sequence[tuple[Doubt, Answer]]
) -> tuple[DraftRound, ...]:
    """The rounds in the year the clerk named, off the weekend where they are moved."""
    due = {item.due_on: item.due_on for item in draft.rounds}
    for doubt, answer in answered:
        if doubt.kind is DoubtKind.YEAR and (year := year_of(answer.choice)):
            days = map(date.fromisoformat, doubt.names)
            due |= {day: _in_year(day, year - _draft_year(doubt)) for day in days}
    for doubt, answer in answered:
        if doubt.kind is DoubtKind.WEEKEND:
            first, *others = map(date.fromisoformat, doubt.names)
            # A round that was given another date by hand since is no longer in question.
            stays = due.get(first, first)
            moved = dict(zip(doubt.choices, (stays, *others), strict=True))
            due[first] = moved.get(answer.choice) or day_of(answer.choice) or first
    return tuple(DraftRound(item.name, due[item.due_on]) for item in draft.rounds)


def _draft_year(doubt: Doubt) -> int:
    """The year the importer took for the first date of a doubt about years."""
    return int(doubt.choices[0].removesuffix("年"))


def is_past(doubt: Doubt, rounds: tuple[DraftRound, ...]) -> bool:
    """Whether a weekend is no longer anybody's due date."""
    days = {item.due_on.isoformat() for item in rounds}
    return doubt.kind is DoubtKind.WEEKEND and doubt.names[0] not in days


def _in_year(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
