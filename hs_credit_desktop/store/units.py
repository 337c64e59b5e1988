"""The register of units and groups."""

from collections.abc import Sequence
from datetime import date, datetime
from sqlite3 import Row

from hs_credit_desktop.domain.units import (
    AliasKind,
    Membership,
    Unit,
    UnitAlias,
    UnitGroup,
    UnitKind,
)
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
    rows = ledger.query("SELECT * FROM units ORDER BY ordinal")
    return tuple(_unit(row, aliases.get(row["id"], ())) for row in rows)


def unit(ledger: Ledger, unit_id: str) -> Unit:
    """One unit with its other names."""
    [row] = ledger.query("SELECT * FROM units WHERE id = ?", unit_id)
    named = ledger.query("SELECT alias FROM unit_aliases WHERE unit_id = ? ORDER BY rowid", unit_id)
    return _unit(row, [item["alias"] for item in named])


def _unit(row: Row, aliases: Sequence[str]) -> Unit:
    return Unit(
        id=row["id"],
        canonical_name=row["canonical_name"],
        short_name=row["short_name"],
        kind=UnitKind(row["kind"]),
        initials=row["initials"],
        ordinal=row["ordinal"],
        aliases=tuple(aliases),
        active=row["deactivated_at"] is None,
        merged_into=row["merged_into"],
        merged_on=_date(row["merged_on"]),
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


def set_members(ledger: Ledger, group_id: str, unit_ids: Sequence[str], *, on: date) -> None:
    """These units are the members from `on` on; rounds that are open keep their expected lists.

    Who left stays known with the day; who was a member all along keeps the day since when.
    """
    ledger.execute(
        "UPDATE unit_group_members SET to_on = ? WHERE group_id = ? AND to_on IS NULL",
        on.isoformat(),
        group_id,
    )
    for place, unit_id in enumerate(unit_ids):
        ledger.execute(
            "INSERT INTO unit_group_members (group_id, unit_id, ordinal, from_on)"
            " VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET ordinal = excluded.ordinal,"
            " from_on = CASE WHEN to_on = excluded.from_on THEN from_on ELSE excluded.from_on END,"
            " to_on = NULL",
            group_id,
            unit_id,
            place,
            on.isoformat(),
        )


def memberships(ledger: Ledger) -> tuple[Membership, ...]:
    """Who is or was in which group, by group and place."""
    rows = ledger.query(
        "SELECT m.* FROM unit_group_members m JOIN unit_groups g ON g.id = m.group_id"
        " ORDER BY g.ordinal, m.ordinal"
    )
    return tuple(
        Membership(row["group_id"], row["unit_id"], _date(row["from_on"]), _date(row["to_on"]))
        for row in rows
    )


def rename(
    ledger: Ledger, unit_id: str, name: str, initials: str, *, on: date | None = None
) -> None:
    """Give a unit another canonical name; the former one becomes an alias.

    on: the day from which on the new name holds; then the alias is a former name until that day.
    """
    former = str(ledger.value("SELECT canonical_name FROM units WHERE id = ?", unit_id))
    ledger.execute("DELETE FROM unit_aliases WHERE unit_id = ? AND alias = ?", unit_id, name)
    ledger.execute(
        "UPDATE units SET canonical_name = ?, initials = ? WHERE id = ?", name, initials, unit_id
    )
    if on is None:
        add_alias(ledger, unit_id, former)
    else:
        put_alias(ledger, UnitAlias(new_id(), unit_id, former, AliasKind.FORMER, None, on))


def aliases(ledger: Ledger) -> tuple[UnitAlias, ...]:
    """Every other name of every unit, in the order they came."""
    return tuple(
        UnitAlias(
            row["id"],
            row["unit_id"],
            row["alias"],
            AliasKind(row["kind"]),
            _date(row["from_on"]),
            _date(row["to_on"]),
        )
        for row in ledger.query("SELECT * FROM unit_aliases ORDER BY rowid")
    )


def put_alias(ledger: Ledger, alias: UnitAlias) -> None:
    """Add another name of a unit; one it has already takes this kind and these days."""
    ledger.execute(
        "INSERT INTO unit_aliases (id, unit_id, alias, kind, from_on, to_on)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (alias, unit_id) DO UPDATE SET"
        " kind = excluded.kind, from_on = excluded.from_on, to_on = excluded.to_on",
        alias.id,
        alias.unit_id,
        alias.name,
        alias.kind.value,
        alias.from_on and alias.from_on.isoformat(),
        alias.to_on and alias.to_on.isoformat(),
    )


def remove_alias(ledger: Ledger, alias_id: str) -> None:
    """A name that was noted by mistake is no name of the unit."""
    ledger.execute("DELETE FROM unit_aliases WHERE id = ?", alias_id)


def end_alias(ledger: Ledger, alias: str) -> None:
    """A name is no longer anybody's alias: it belongs to a unit of its own."""
    ledger.execute("DELETE FROM unit_aliases WHERE alias = ?", alias)


def groups(ledger: Ledger) -> tuple[UnitGroup, ...]:
    """All groups in order, their present members in their given order."""
    members: dict[str, list[str]] = {}
    for row in ledger.query(
        "SELECT group_id, unit_id FROM unit_group_members WHERE to_on IS NULL ORDER BY ordinal"
    ):
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


def edit(ledger: Ledger, unit_id: str, *, short_name: str, kind: UnitKind, initials: str) -> None:
    """Change what a unit is called in short, its kind and the initials to jump by."""
    ledger.execute(
        "UPDATE units SET short_name = ?, kind = ?, initials = ? WHERE id = ?",
        short_name,
        kind.value,
        initials,
        unit_id,
    )


def set_order(ledger: Ledger, unit_ids: Sequence[str]) -> None:
    """The official order from now on; rounds keep the order they were opened with."""
    for place, unit_id in enumerate(unit_ids):
        ledger.execute(
            "UPDATE units SET ordinal = ? WHERE id = ? AND ordinal <> ?", place, unit_id, place
        )


def merge(
    ledger: Ledger, unit_id: str, into: str | None, *, on: date | None, at: datetime | None
) -> None:
    """The unit went into another one from `on` on and is out of use since `at`."""
    ledger.execute(
        "UPDATE units SET merged_into = ?, merged_on = ?, deactivated_at = ? WHERE id = ?",
        into,
        on and on.isoformat(),
        at and at.isoformat(),
        unit_id,
    )


def referred(ledger: Ledger, unit_id: str) -> bool:
    """Whether an expected list, a responsibility (one out of use too) or a unit names this one."""
    return any(
        ledger.value(f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", unit_id)
        for table, column in (
            ("expected_returns", "unit_id"),
            ("expected_entries", "unit_id"),
            ("responsibilities", "unit_id"),
            ("units", "merged_into"),
        )
    )


def delete(ledger: Ledger, unit_id: str) -> None:
    """Take a unit that nothing refers to out of the register, with its names and contacts."""
    for table in ("unit_aliases", "unit_group_members", "unit_contacts"):
        ledger.execute(f"DELETE FROM {table} WHERE unit_id = ?", unit_id)
    ledger.execute("DELETE FROM units WHERE id = ?", unit_id)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
