"""Writing single rows of the plan, and expected lists of rounds that follow a changed plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hs_credit_desktop.store import rounds
from hs_credit_desktop.store.ledger import Ledger, new_id
from hs_credit_desktop.store.rounds import Share

NO_MEASURE_LEFT = "任务调整后没有需要报送的措施"
PLAN_TABLES = frozenset({"pillars", "measures", "responsibilities", "rounds"})


def set_fields(ledger: Ledger, table: str, row_id: str, **fields: object) -> None:
    """Write fields of a row of the plan; names come from this package only."""
    assert table in PLAN_TABLES, "a table of the plan"
    names = ", ".join(f"{name} = ?" for name in fields)
    ledger.execute(f"UPDATE {table} SET {names} WHERE id = ?", *fields.values(), row_id)


def deactivate(ledger: Ledger, table: str, row_id: str, *, at: datetime | None) -> None:
    """Take a row of the plan out of use, or (None) back into it."""
    set_fields(ledger, table, row_id, deactivated_at=at and at.isoformat())


def add_pillar(
    ledger: Ledger, notice_id: str, *, pillar_id: str, number: int, title: str, ordinal: int
) -> None:
    """Add a pillar at the end of a notice."""
    ledger.insert(
        "pillars",
        id=pillar_id,
        notice_id=notice_id,
        number=number,
        title=title,
        ordinal=ordinal,
    )


def put_in_order(ledger: Ledger, table: str, ids: Sequence[str]) -> None:
    """Number rows 0, 1, 2… in this order; rows that stand right are not written to."""
    assert table in PLAN_TABLES, "a table of the plan"
    for place, row_id in enumerate(ids):
        ledger.execute(
            f"UPDATE {table} SET ordinal = ? WHERE id = ? AND ordinal <> ?", place, row_id, place
        )


@dataclass(frozen=True)
class ListedEntry:
    """An entry of a round's expected list."""

    id: str
    expected_return_id: str
    unit_id: str
    measure_id: str
    role: str
    suggested: bool


def listed(ledger: Ledger, round_id: str) -> dict[tuple[str, str], ListedEntry]:
    """(measure id, unit id) → entry of a round."""
    rows = ledger.query(
        "SELECT id, expected_return_id, unit_id, measure_id, role, suggested"
        " FROM expected_entries WHERE round_id = ?",
        round_id,
    )
    return {
        (row["measure_id"], row["unit_id"]): ListedEntry(
            **(dict(row) | {"suggested": bool(row["suggested"])})
        )
        for row in rows
    }


def has_history(ledger: Ledger, table: str, row_id: str) -> bool:
    """Whether any other row refers to this one (a report, evidence, a chase, a code)."""
    names = ledger.query("SELECT name FROM main.sqlite_master WHERE type = 'table'")
    for (name,) in names:
        for link in ledger.query(f"PRAGMA main.foreign_key_list({name})"):
            if link["table"] == table:
                sql = f"SELECT 1 FROM {name} WHERE {link['from']} = ? LIMIT 1"
                if ledger.value(sql, row_id):
                    return True
    return False


def take_off(ledger: Ledger, entry: ListedEntry) -> None:
    """Take an entry without history off its list, and its unit when nothing is left of it.

    A unit with history that has nothing left to report stays on the list as 免报.
    """
    ledger.execute("DELETE FROM expected_entries WHERE id = ?", entry.id)
    _add_entries(ledger, entry.expected_return_id, -1)
    left = ledger.value(
        "SELECT entries FROM expected_returns WHERE id = ?", entry.expected_return_id
    )
    if left:
        return
    if has_history(ledger, "expected_returns", entry.expected_return_id):
        ledger.execute(
            "UPDATE expected_returns SET exempt_reason = ?"
            " WHERE id = ? AND exempt_reason IS NULL AND return_id IS NULL",
            NO_MEASURE_LEFT,
            entry.expected_return_id,
        )
    else:
        ledger.execute("DELETE FROM expected_returns WHERE id = ?", entry.expected_return_id)


def _add_entries(ledger: Ledger, expected_return_id: str, count: int) -> None:
    ledger.execute(
        "UPDATE expected_returns SET entries = entries + ? WHERE id = ?", count, expected_return_id
    )


def put_on(ledger: Ledger, round_id: str, share: Share) -> None:
    """Put an entry on a round's expected list; a unit that is not on it comes with it."""
    row = ledger.row(
        "SELECT * FROM expected_returns WHERE round_id = ? AND unit_id = ?",
        round_id,
        share.unit.id,
    )
    if row is None:
        rounds.add_expected(ledger, round_id, [share])
        return
    back = row["exempt_reason"] == NO_MEASURE_LEFT
    if back:
        ledger.execute("UPDATE expected_returns SET exempt_reason = NULL WHERE id = ?", row["id"])
    ledger.insert(
        "expected_entries",
        id=new_id(),
        expected_return_id=row["id"],
        round_id=round_id,
        unit_id=share.unit.id,
        measure_id=share.measure.id,
        pillar_id=share.measure.pillar_id,
        role=share.role.value,
        suggested=share.suggested,
        measure_ordinal=share.measure.ordinal,
        ordinal=row["ordinal"],
        state=row["state"],
        exempt=row["exempt_reason"] is not None and not back,
    )
    _add_entries(ledger, row["id"], 1)


def set_role(ledger: Ledger, entry: ListedEntry, share: Share) -> None:
    """Write the role of a unit into its entry."""
    ledger.execute(
        "UPDATE expected_entries SET role = ?, suggested = ? WHERE id = ?",
        share.role.value,
        share.suggested,
        entry.id,
    )


def follow_order(ledger: Ledger, round_id: str) -> None:
    """Entries stand where their measure stands now: pillar and place in the notice."""
    ledger.execute(
        "UPDATE expected_entries SET pillar_id = m.pillar_id, measure_ordinal = m.ordinal"
        " FROM measures m WHERE m.id = measure_id AND round_id = ?"
        " AND (expected_entries.pillar_id, measure_ordinal) IS NOT (m.pillar_id, m.ordinal)",
        round_id,
    )


def follow_states(ledger: Ledger) -> None:
    """Entries that were put back have the state their return has reached by now."""
    ledger.execute(
        "UPDATE expected_entries SET state = r.state, exempt = r.exempt_reason IS NOT NULL"
        " FROM expected_returns r WHERE r.id = expected_return_id AND"
        " (expected_entries.state, exempt) IS NOT (r.state, r.exempt_reason IS NOT NULL)"
    )


def follow_names(ledger: Ledger, round_id: str, names: dict[str, str]) -> None:
    """Units that got another name stand under it on the list. names: former name → name."""
    for former, name in names.items():
        ledger.execute(
            "UPDATE expected_returns SET unit_name = ? WHERE round_id = ? AND unit_name = ?",
            name,
            round_id,
            former,
        )
