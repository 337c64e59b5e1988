"""Whether the PC's date can be right: a wrong one makes every lamp and every rate wrong."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import audit

LONG_AGO = timedelta(days=180)  # an open round is worked on more often than that
ADVICE = "日期不对，逾期和按时都会算错。请核对电脑的日期；日期没有错的，不用理会。"


@dataclass(frozen=True)
class DateDoubt:
    """Why the date is doubted, and what to do."""

    what: str
    advice: str = ADVICE


def doubt(ws: Workspace, round_: Round) -> DateDoubt | None:
    """Why the ledger's day cannot well be right, or None.

    It lies before the newest line of the audit log or before the notice, or an open round has lain
    untouched for half a year.
    """
    saved = datetime.fromisoformat(audit.last(ws.ledger).at).date()
    issued = overview.notice_of(ws, round_).issued_on
    if ws.today < saved:
        return DateDoubt(f"电脑日期是{_day(ws.today)}，比台账上次保存的{_day(saved)}还早")
    if issued and ws.today < issued:
        return DateDoubt(f"电脑日期是{_day(ws.today)}，比通知的成文日期{_day(issued)}还早")
    if round_.state is RoundState.OPEN and ws.today - saved > LONG_AGO:
        days = (ws.today - saved).days
        return DateDoubt(
            f"电脑日期是{_day(ws.today)}，台账上次保存是{_day(saved)}，中间隔了 {days} 天"
        )
    return None


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
