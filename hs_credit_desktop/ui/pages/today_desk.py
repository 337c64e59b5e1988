"""Between the line under 未报单位 and the ledger: what was asked is done, or said why not."""

from collections.abc import Callable

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import chasing, deadlines
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui.pages.today_ask import Answer, What
from hs_credit_desktop.ui.run import Run


def carry_out(
    run: Run, ws: Workspace, answer: Answer, on_error: Callable[[UserError], object]
) -> bool:
    """Log the call, extend or exempt; True when it was done."""
    unit = answer.expected_return_id
    if answer.what is What.CALL:
        return run.command(
            chasing.log_call,
            ws,
            on_error=on_error,
            expected_return_id=unit,
            answered_by=answer.person,
            promise=answer.words,
            promised_by=answer.day,
        )
    if answer.what is What.EXTEND:
        return run.command(
            deadlines.extend,
            ws,
            on_error=on_error,
            expected_return_id=unit,
            until=answer.day,
            reason=answer.words,
        )
    return run.command(
        deadlines.exempt, ws, on_error=on_error, expected_return_id=unit, reason=answer.words
    )


def take_back(run: Run, ws: Workspace, what: What, expected_return_id: str) -> bool:
    """Take an extension or an exemption back; True when it was done."""
    command = deadlines.unextend if what is What.EXTEND else deadlines.unexempt
    return run.command(command, ws, expected_return_id=expected_return_id)
