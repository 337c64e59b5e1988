"""What was deactivated, of every kind, and bringing it back."""

from dataclasses import dataclass
from datetime import datetime

from hs_credit_desktop.store.ledger import Ledger

# Table → the column by which the clerk knows a row.
NAMED_BY = {
    "units": "canonical_name",
    "pillars": "title",
    "measures": "title",
    "responsibilities": "printed",
    "attachments": "name",
    "unit_contacts": "name",
    "seal_scans": "name",
}


@dataclass(frozen=True)
class Deactivated:
    """A row that was taken out of use: its table, id, name, and since when."""

    table: str
    id: str
    name: str
    at: datetime


def deactivated(ledger: Ledger) -> tuple[Deactivated, ...]:
    """Everything deactivated, the newest first."""
    found = [
        Deactivated(table, row["id"], row["name"], datetime.fromisoformat(row["deactivated_at"]))
        for table, name in NAMED_BY.items()
        for row in ledger.query(
            f"SELECT id, {name} AS name, deactivated_at FROM {table}"
            " WHERE deactivated_at IS NOT NULL"
        )
    ]
    return tuple(sorted(found, key=lambda item: (item.at, item.name), reverse=True))


def bring_back(ledger: Ledger, item: Deactivated) -> bool:
    """Put a row back into use; False when it is in use already."""
    changed = ledger.execute(
        f"UPDATE {item.table} SET deactivated_at = NULL"
        " WHERE id = ? AND deactivated_at IS NOT NULL",
        item.id,
    )
    return bool(changed)
