"""More time for a unit (延期) and leave not to report (免报), each with its reason.

An extension moves the lamp; the statistics keep the round's own due date (counting rules).
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from hs_credit_desktop.domain.returns import ExpectedReturn, ReturnState
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import office, undo
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import deadlines, lists

RETURNS = Changes(returns=True)


def extend(ws: Workspace, *, expected_return_id: str, until: date, reason: str) -> Changes:
    """Give a unit that has not reported until the end of that day.

    UserError without a reason, for a day that is past or not after the due date, and for a unit
    that has reported or is exempt.
    """
    expected = lists.expected_return(ws.ledger, expected_return_id)
    due_on = deadlines.due_on(ws.ledger, expected.round_id)
    name, why = expected.unit_name, reason.strip()
    _refuse_reported(expected, "延期")
    if expected.exempt:
        raise UserError(f"{name} 本轮免报，没有延期", "如需它报送，请先取消免报。")
    if until <= due_on or until < ws.today:
        raise UserError(
            f"{name} 没有延期：{until} 不能用",
            f"请填报送期限（{due_on}）之后、今天（{ws.today}）或以后的日期。",
        )
    if not why:
        raise UserError(f"{name} 没有延期", "请写明延期的原因。")
    old_reason = deadlines.extension_reason(ws.ledger, expected.id)
    detail = {
        "old": expected.extended_to.isoformat() if expected.extended_to else None,
        "new": until.isoformat(),
        "reason": why,
        "old_reason": old_reason,
    }
    with ws.change("延期", name, detail):
        deadlines.set_extension(ws.ledger, expected, until, why)
    again = partial(extend, expected_return_id=expected.id, until=until, reason=why)
    _push(ws, f"{name}的延期", partial(_extension_back, before=expected, reason=old_reason), again)
    return RETURNS


def unextend(ws: Workspace, *, expected_return_id: str) -> Changes:
    """Take an extension back: the due date counts again. UserError when there is none."""
    expected = lists.expected_return(ws.ledger, expected_return_id)
    if expected.extended_to is None:
        raise UserError(f"{expected.unit_name} 没有延期，不用取消", "报送期限照旧。")
    reason = deadlines.extension_reason(ws.ledger, expected.id)
    detail = {"old": expected.extended_to.isoformat(), "old_reason": reason}
    with ws.change("取消延期", expected.unit_name, detail):
        deadlines.set_extension(ws.ledger, expected, None, None)
    label = f"取消{expected.unit_name}的延期"
    again = partial(unextend, expected_return_id=expected.id)
    _push(ws, label, partial(_extension_back, before=expected, reason=reason), again)
    return RETURNS


def exempt(ws: Workspace, *, expected_return_id: str, reason: str) -> Changes:
    """Take a unit out of what is expected in its round, with its entries.

    UserError without a reason, and for a unit that has reported or is exempt already.
    """
    expected = lists.expected_return(ws.ledger, expected_return_id)
    name, why = expected.unit_name, reason.strip()
    _refuse_reported(expected, "免报")
    if expected.exempt:
        raise UserError(f"{name} 本轮已经免报", f"原因是：{expected.exempt_reason}")
    if not why:
        raise UserError(f"{name} 没有免报", "请写明免报的原因。")
    with ws.change("免报", name, {"reason": why, "entries": expected.entries}):
        deadlines.set_exemption(ws.ledger, expected, why)
    again = partial(exempt, expected_return_id=expected.id, reason=why)
    _push(ws, f"{name}的免报", partial(unexempt, expected_return_id=expected.id), again)
    return RETURNS


def unexempt(ws: Workspace, *, expected_return_id: str) -> Changes:
    """Expect a unit again. UserError when it is not exempt."""
    expected = lists.expected_return(ws.ledger, expected_return_id)
    if not expected.exempt:
        raise UserError(f"{expected.unit_name} 没有免报，不用取消", "它仍在应报名单里。")
    with ws.change("取消免报", expected.unit_name, {"old": expected.exempt_reason}):
        deadlines.set_exemption(ws.ledger, expected, None)
    back = partial(exempt, expected_return_id=expected.id, reason=expected.exempt_reason or "")
    again = partial(unexempt, expected_return_id=expected.id)
    _push(ws, f"取消{expected.unit_name}的免报", back, again)
    return RETURNS


def _extension_back(ws: Workspace, *, before: ExpectedReturn, reason: str) -> Changes:
    """Put the extension back that stood before, or none."""
    if before.extended_to is None:
        return unextend(ws, expected_return_id=before.id)
    until = before.extended_to
    detail = {"new": until.isoformat(), "reason": reason}
    with ws.change("延期", before.unit_name, detail):
        deadlines.set_extension(ws.ledger, before, until, reason)
    return RETURNS


def _push(
    ws: Workspace, label: str, back: Callable[[Workspace], Changes], again: partial[Changes]
) -> None:
    """Remember the step; it can be taken back while deadline, leave and state stay as they are."""
    undo.push(ws, label, back, again, seen=partial(_standing, again.keywords["expected_return_id"]))


def _standing(expected_return_id: str, ws: Workspace) -> object:
    now = lists.expected_return(ws.ledger, expected_return_id)
    reason = deadlines.extension_reason(ws.ledger, now.id)
    return now.extended_to, reason, now.exempt_reason, now.state


def proposed_day(ws: Workspace, round_: Round) -> date:
    """A new date to propose: the first working day after today and after the due date."""
    calendar = office.work_calendar(ws)
    day = max(ws.today, round_.due_on) + timedelta(days=1)
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    return day


def extension_reason(ws: Workspace, expected_return_id: str) -> str:
    """Why a unit was given more time, '' when it was not."""
    return deadlines.extension_reason(ws.ledger, expected_return_id)


def _refuse_reported(expected: ExpectedReturn, what: str) -> None:
    if expected.state is not ReturnState.MISSING:
        raise UserError(
            f"{expected.unit_name} 已经报送，没有{what}",
            "需要它补报时，请在审核中退回并写明补报日期。",
        )
