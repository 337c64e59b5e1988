"""Stamped paper copies (纸质盖章件) of returns: ticked with the day they came."""

from datetime import date

from hs_credit_desktop.store.ledger import Ledger


def tick(ledger: Ledger, expected_return_id: str, day: date | None) -> None:
    """Tick (or untick) 纸质盖章件已收 with its date."""
    ledger.execute(
        "UPDATE expected_returns SET paper_copy_on = ? WHERE id = ?",
        day.isoformat() if day else None,
        expected_return_id,
    )


def of_round(ledger: Ledger, round_id: str) -> dict[str, date]:
    """Expected return id → day the stamped paper copy came, for those that came."""
    rows = ledger.query(
        "SELECT id, paper_copy_on FROM expected_returns"
        " WHERE round_id = ? AND paper_copy_on IS NOT NULL",
        round_id,
    )
    return {row["id"]: date.fromisoformat(row["paper_copy_on"]) for row in rows}
