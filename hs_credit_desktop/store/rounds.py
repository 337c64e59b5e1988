"""Opening a round: the expected list is materialised once and stands, whatever units do later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hs_credit_desktop.domain.notice import Measure, Role
from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.domain.units import Unit, UnitGroup
from hs_credit_desktop.store.ledger import Ledger, new_id


@dataclass(frozen=True)
class Share:
    """One unit's part in one measure after groups are expanded."""

    unit: Unit
    measure: Measure
    role: Role
    suggested: bool


def shares(
    measures: Sequence[Measure], units: Sequence[Unit], groups: Sequence[UnitGroup]
) -> list[Share]:
    """Unit × measure with groups expanded; a unit named twice counts once, with its first role."""
    by_id = {unit.id: unit for unit in units}
    members = {group.id: group.member_ids for group in groups}
    found: dict[tuple[str, str], Share] = {}
    for measure in measures:
        for duty in measure.responsibilities:
            for unit_id in (duty.unit_id,) if duty.unit_id else members[duty.group_id or ""]:
                found.setdefault(
                    (measure.id, unit_id),
                    Share(by_id[unit_id], measure, duty.role, duty.suggested),
                )
    return list(found.values())


def open_round(ledger: Ledger, round_id: str, expected: Sequence[Share], *, at: datetime) -> None:
    """Write the expected returns and entries of a round and mark it 进行中."""
    add_expected(ledger, round_id, expected)
    ledger.execute(
        "UPDATE rounds SET state = ?, opened_at = ? WHERE id = ?",
        RoundState.OPEN.value,
        at.isoformat(),
        round_id,
    )


_RETURN_COLUMNS = ("id", "round_id", "unit_id", "unit_name", "ordinal", "entries")
_ENTRY_COLUMNS = (
    "id",
    "expected_return_id",
    "round_id",
    "unit_id",
    "measure_id",
    "pillar_id",
    "role",
    "suggested",
    "measure_ordinal",
    "ordinal",
)
ExpectedIds = dict[tuple[str, str], tuple[str, str]]


def add_expected(ledger: Ledger, round_id: str, expected: Sequence[Share]) -> ExpectedIds:
    """Add units to a round's expected list: (unit id, measure id) → (return id, entry id)."""
    by_unit: dict[str, list[Share]] = {}
    for share in expected:
        by_unit.setdefault(share.unit.id, []).append(share)
    returns = {unit_id: new_id() for unit_id in by_unit}
    rows = [
        (
            returns[unit_id],
            round_id,
            unit_id,
            mine[0].unit.canonical_name,
            mine[0].unit.ordinal,
            len(mine),
        )
        for unit_id, mine in by_unit.items()
    ]
    ledger.insert_many("expected_returns", _RETURN_COLUMNS, rows)
    return _add_entries(ledger, round_id, expected, returns)


def _add_entries(
    ledger: Ledger, round_id: str, expected: Sequence[Share], returns: Mapping[str, str]
) -> ExpectedIds:
    ids = {
        (share.unit.id, share.measure.id): (returns[share.unit.id], new_id()) for share in expected
    }
    rows = [
        (
            ids[share.unit.id, share.measure.id][1],
            returns[share.unit.id],
            round_id,
            share.unit.id,
            share.measure.id,
            share.measure.pillar_id,
            share.role.value,
            share.suggested,
            share.measure.ordinal,
            share.unit.ordinal,
        )
        for share in expected
    ]
    ledger.insert_many("expected_entries", _ENTRY_COLUMNS, rows)
    return ids
