"""Writing what moves a unit's deadline: extensions and exemptions of a round."""

from datetime import date

from hs_credit_desktop.domain.returns import ExpectedReturn
from hs_credit_desktop.store.ledger import Ledger


def set_extension(
    ledger: Ledger, expected: ExpectedReturn, until: date | None, reason: str | None
) -> None:
    """Give a unit until that day, or take the extension back (None, None)."""
    ledger.execute(
        "UPDATE expected_returns SET extended_to = ?, extension_reason = ? WHERE id = ?",
        until.isoformat() if until else None,
        reason,
        expected.id,
    )


def set_exemption(ledger: Ledger, expected: ExpectedReturn, reason: str | None) -> None:
    """Exempt a unit and its entries for that reason, or take the exemption back (None)."""
    ledger.execute(
        "UPDATE expected_returns SET exempt_reason = ? WHERE id = ?", reason, expected.id
    )
    ledger.execute(
        "UPDATE expected_entries SET exempt = ? WHERE expected_return_id = ?",
        reason is not None,
        expected.id,
    )


def extension_reason(ledger: Ledger, expected_return_id: str) -> str:
    """Why a unit was given more time, '' when it was not."""
    found = ledger.value(
        "SELECT extension_reason FROM expected_returns WHERE id = ?", expected_return_id
    )
    return str(found or "")


def due_on(ledger: Ledger, round_id: str) -> date:
    """The due date of a round."""
    return date.fromisoformat(ledger.value("SELECT due_on FROM rounds WHERE id = ?", round_id))
