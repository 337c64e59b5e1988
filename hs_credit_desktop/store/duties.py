"""Which measures a unit is responsible for, and handing them on to another unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.store.ledger import Ledger


@dataclass(frozen=True)
class Duty:
    """A unit's responsibility for a measure of a notice, its own or as a member of a group."""

    id: str
    unit_id: str
    measure_id: str
    number: int
    title: str
    role: Role
    suggested: bool
    group: str


def duties(ledger: Ledger, unit_ids: Sequence[str]) -> tuple[Duty, ...]:
    """What these units are responsible for now, in the order of the papers.

    group: the name of the group through which, '' for the unit's own.
    """
    marks = ", ".join("?" * len(unit_ids))
    rows = ledger.query(
        "SELECT r.id, ifnull(r.unit_id, g.unit_id) AS unit, m.id AS measure_id, m.number, m.title,"
        " r.role, r.suggested, ifnull(u.name, '') AS group_name FROM responsibilities r"
        " JOIN measures m ON m.id = r.measure_id JOIN notices n ON n.id = m.notice_id"
        " LEFT JOIN unit_group_members g ON g.group_id = r.group_id AND g.to_on IS NULL"
        " LEFT JOIN unit_groups u ON u.id = r.group_id"
        f" WHERE ifnull(r.unit_id, g.unit_id) IN ({marks})"
        " AND r.deactivated_at IS NULL AND m.deactivated_at IS NULL"
        " ORDER BY n.ordinal, m.ordinal, r.ordinal",
        *unit_ids,
    )
    return tuple(
        Duty(
            row["id"],
            row["unit"],
            row["measure_id"],
            row["number"],
            row["title"],
            Role(row["role"]),
            bool(row["suggested"]),
            row["group_name"],
        )
        for row in rows
    )


def hand_on(ledger: Ledger, duty: Duty, unit_id: str) -> None:
    """Another unit is responsible instead; what the paper printed stays."""
    ledger.execute("UPDATE responsibilities SET unit_id = ? WHERE id = ?", unit_id, duty.id)


def lead(ledger: Ledger, duty: Duty, like: Duty) -> None:
    """The unit leads the measure as another one did."""
    ledger.execute(
        "UPDATE responsibilities SET role = ?, suggested = ? WHERE id = ?",
        like.role.value,
        like.suggested,
        duty.id,
    )


def end(ledger: Ledger, duty: Duty, *, at: datetime) -> None:
    """The responsibility is out of use; the recycle list can bring it back."""
    ledger.execute(
        "UPDATE responsibilities SET deactivated_at = ? WHERE id = ?", at.isoformat(), duty.id
    )
