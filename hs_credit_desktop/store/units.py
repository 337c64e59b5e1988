"""The register of units and groups."""

from collections.abc import Sequence
from datetime import datetime

from hs_credit_desktop.domain.units import Unit, UnitGroup, UnitKind
from hs_credit_desktop.store.ledger import Ledger, new_id


def add_unit(ledger: Ledger, unit: Unit) -> None:
    """Add a unit; the canonical name must be new, aliases are added on their own."""
    ledger.insert(
        "units",
        id=unit.id,
        canonical_name=unit.canonical_name,
        short_name=unit.short_name,
        kind=unit.kind.value,
        initials=unit.initials,
        ordinal=unit.ordinal,
    )


def add_alias(ledger: Ledger, unit_id: str, alias: str) -> None:
    """Remember another printed name of a unit; a known one changes nothing."""
    ledger.execute(
        "INSERT INTO unit_aliases (id, unit_id, alias) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        new_id(),
        unit_id,
        alias,
    )


def names_of(ledger: Ledger, unit_ids: Sequence[str]) -> dict[str, str]:
    """Unit id → name, of these units only."""
    marks = ", ".join("?" * len(unit_ids))
    rows = ledger.query(f"SELECT id, canonical_name FROM units WHERE id IN ({marks})", *unit_ids)
    return {row["id"]: row["canonical_name"] for row in rows}


def units(ledger: Ledger) -> tuple[Unit, ...]:
    """All units in official order, deactivated ones too."""
    aliases: dict[str, list[str]] = {}
    for row in ledger.query("SELECT unit_id, alias FROM unit_aliases ORDER BY rowid"):
        aliases.setdefault(row["unit_id"], []).append(row["alias"])
    return tuple(
        Unit(
            id=row["id"],
            canonical_name=row["canonical_name"],
            short_name=row["short_name"],
            kind=UnitKind(row["kind"]),
            initials=row["initials"],
            ordinal=row["ordinal"],
            aliases=tuple(aliases.get(row["id"], ())),
            active=row["deactivated_at"] is None,
        )
        for row in ledger.query("SELECT * FROM units ORDER BY ordinal")
    )


def unit_count(ledger: Ledger) -> int:
    """How many units the register holds; the next one's ordinal is one more."""
    return int(ledger.value("SELECT count(*) FROM units"))


def add_group(ledger: Ledger, group: UnitGroup, aliases: Sequence[str], ordinal: int) -> None:
    """Add a group with its members in their given order."""
    ledger.insert("unit_groups", id=group.id, name=group.name, ordinal=ordinal)
    ledger.insert_many(
        "unit_group_aliases", ("group_id", "alias"), [(group.id, alias) for alias in aliases]
    )
    ledger.insert_many(
        "unit_group_members",
        ("group_id", "unit_id", "ordinal"),
        [(group.id, unit_id, place) for place, unit_id in enumerate(group.member_ids)],
    )


def group_aliases(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """Other printed names of groups, by group id."""
    found: dict[str, list[str]] = {}
    for row in ledger.query("SELECT group_id, alias FROM unit_group_aliases ORDER BY alias"):
        found.setdefault(row["group_id"], []).append(row["alias"])
    return {group_id: tuple(names) for group_id, names in found.items()}


def add_group_alias(ledger: Ledger, group_id: str, alias: str) -> None:
    """Remember another printed name of a group; a known one changes nothing."""
    ledger.execute(
        "INSERT INTO unit_group_aliases (group_id, alias) VALUES (?, ?) ON CONFLICT DO NOTHING",
        group_id,
        alias,
    )


def set_members(ledger: Ledger, group_id: str, unit_ids: Sequence[str]) -> None:
    """Replace the members of a group; rounds that are open keep their expected lists."""
    ledger.execute("DELETE FROM unit_group_members WHERE group_id = ?", group_id)
    ledger.insert_many(
        "unit_group_members",
        ("group_id", "unit_id", "ordinal"),
        [(group_id, unit_id, place) for place, unit_id in enumerate(unit_ids)],
    )


def rename(ledger: Ledger, unit_id: str, name: str, initials: str) -> None:
    """Give a unit another canonical name; the former one becomes an alias."""
    former = ledger.value("SELECT canonical_name FROM units WHERE id = ?", unit_id)
    ledger.execute("DELETE FROM unit_aliases WHERE unit_id = ? AND alias = ?", unit_id, name)
    ledger.execute(
        "UPDATE units SET canonical_name = ?, initials = ? WHERE id = ?", name, initials, unit_id
    )
    add_alias(ledger, unit_id, str(former))


def end_alias(ledger: Ledger, alias: str) -> None:
    """A name is no longer anybody's alias: it belongs to a unit of its own."""
    ledger.execute("DELETE FROM unit_aliases WHERE alias = ?", alias)


def groups(ledger: Ledger) -> tuple[UnitGroup, ...]:
    """All groups in order, members in their given order."""
    members: dict[str, list[str]] = {}
    for row in ledger.query("SELECT group_id, unit_id FROM unit_group_members ORDER BY ordinal"):
        members.setdefault(row["group_id"], []).append(row["unit_id"])
    return tuple(
        UnitGroup(row["id"], row["name"], tuple(members.get(row["id"], ())))
        for row in ledger.query("SELECT id, name FROM unit_groups ORDER BY ordinal")
    )


def deactivate(ledger: Ledger, unit_id: str, *, at: datetime | None) -> None:
    """Take a unit out of use, or (None) back into it; what it reported stays."""
    ledger.execute(
        "UPDATE units SET deactivated_at = ? WHERE id = ?", at and at.isoformat(), unit_id
    )
