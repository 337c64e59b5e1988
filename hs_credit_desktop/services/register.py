"""The register of units: what a notice adds to it."""

from hs_credit_desktop.domain.draft import DraftGroup
from hs_credit_desktop.domain.units import Unit, UnitGroup, UnitKind
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import ledger, search, units


def pinyin_initials(name: str) -> str:
    """Pinyin initials for jumping: 市发改委 → sfgw; what is no Chinese character is left out."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore")).lower()


def put_unit(ws: Workspace, name: str, kind: UnitKind, aliases: tuple[str, ...]) -> str:
    """The id of the unit of this name, inside the open transaction; new names are remembered.

    A unit known only under one of the aliases takes the new name, its former one stays an alias.
    Other units known under one of them are the same body: they are deactivated. A name that was
    only an alias until now becomes a unit of its own. A unit that was 停用 is used again; the name
    of one that went into another means that other one.
    """
    before = units.units(ws.ledger)
    named = {unit.canonical_name: unit for unit in before if unit.active}
    unit = named.get(name) or next((named[alias] for alias in aliases if alias in named), None)
    if unit is None:
        unit = _out_of_use(ws, name, before) or _added(ws, name, kind, len(before))
    elif unit.canonical_name != name:
        units.rename(ws.ledger, unit.id, name, pinyin_initials(name))
    for alias in aliases:
        other = named.get(alias)
        if other is not None and other.id != unit.id:
            units.deactivate(ws.ledger, other.id, at=ws.clock.now())
        units.add_alias(ws.ledger, unit.id, alias)
    reindex(ws, before)
    return unit.id


def _out_of_use(ws: Workspace, name: str, known: tuple[Unit, ...]) -> Unit | None:
    """The unit of this name that was 停用, back in use; or the one that it went into."""
    found = next((unit for unit in known if unit.canonical_name == name), None)
    while found and found.merged_into:
        found = next(unit for unit in known if unit.id == found.merged_into)
    if found and not found.active:
        units.deactivate(ws.ledger, found.id, at=None)
    return found


def _added(ws: Workspace, name: str, kind: UnitKind, ordinal: int) -> Unit:
    """A new unit; no other unit goes by this name any longer."""
    units.end_alias(ws.ledger, name)
    made = Unit(ledger.new_id(), name, name, kind, pinyin_initials(name), ordinal)
    units.add_unit(ws.ledger, made)
    return made


def reindex(ws: Workspace, before: tuple[Unit, ...]) -> None:
    """Make units found by the names they have now, inside the open transaction."""
    old = {unit.id: unit.search_text for unit in before}
    now = {unit.id: unit.search_text for unit in units.units(ws.ledger)}
    for unit_id in dict.fromkeys((*old, *now)):
        was, said = old.get(unit_id, ""), now.get(unit_id, "")
        if was != said:
            search.put(ws.ledger, "unit", unit_id, old=was, new=said)


def put_group(ws: Workspace, group: DraftGroup, member_ids: tuple[str, ...]) -> str:
    """The id of the group of this name, inside the open transaction, with these members."""
    known = units.groups(ws.ledger)
    found = next((each for each in known if each.name == group.name), None)
    if found is None:
        found = UnitGroup(ledger.new_id(), group.name, member_ids)
        units.add_group(ws.ledger, found, group.aliases, len(known))
        return found.id
    if member_ids != found.member_ids:
        units.set_members(ws.ledger, found.id, member_ids, on=ws.today)
    for alias in group.aliases:
        units.add_group_alias(ws.ledger, found.id, alias)
    return found.id
