"""Return codes as printed: each belongs to one unit in one round for good."""

from datetime import datetime

from hs_credit_desktop.store.ledger import Ledger

# Notices of one year start at different thousands, so that their codes differ.
_NOTICE_SPAN = 1000


def code_of(
    ledger: Ledger, expected_return_id: str, *, year: int, round_number: int, at: datetime
) -> str:
    """The code of a place in the expected list, made on first use inside the open transaction.

    The same ledger on two PCs makes the same codes.
    """
    known = ledger.value(
        "SELECT code FROM return_codes WHERE expected_return_id = ?", expected_return_id
    )
    if known:
        return str(known)
    row = ledger.row(
        "SELECT e.ordinal, n.ordinal AS notice FROM expected_returns e JOIN rounds r"
        " ON r.id = e.round_id JOIN notices n ON n.id = r.notice_id WHERE e.id = ?",
        expected_return_id,
    )
    assert row, "a code belongs to a place in the expected list"
    from hs_credit_desktop.domain import return_code  # not for a start

    number = (row["notice"] - 1) * _NOTICE_SPAN + row["ordinal"] + 1
    code = str(return_code.make(year, round_number, number))
    while ledger.value("SELECT 1 FROM return_codes WHERE code = ?", code):
        number += 1
        code = str(return_code.make(year, round_number, number))
    ledger.insert(
        "return_codes", code=code, expected_return_id=expected_return_id, made_at=at.isoformat()
    )
    return code


def given(ledger: Ledger, round_id: str) -> bool:
    """Whether any unit of the round has a code: its return form was made."""
    return bool(
        ledger.value(
            "SELECT EXISTS (SELECT 1 FROM return_codes c JOIN expected_returns e"
            " ON e.id = c.expected_return_id WHERE e.round_id = ?)",
            round_id,
        )
    )


def codes(ledger: Ledger) -> dict[str, str]:
    """Every code ever printed → expected return id."""
    return {
        row["code"]: row["expected_return_id"]
        for row in ledger.query("SELECT code, expected_return_id FROM return_codes")
    }
