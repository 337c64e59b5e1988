"""The register as a list, out of use and back, deleting what has no history, and groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.chasing import Contact
from hs_credit_desktop.domain.units import Membership, Unit, UnitGroup
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.register_preview import (
    Count,
    Preview,
    duties_of,
    duty_words,
    refuse_future,
    refuse_taken,
    unit_of,
)
from hs_credit_desktop.services.register_undo import REGISTER, changing
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import chases, ledger, register_rounds, units
from hs_credit_desktop.store.register_rounds import ExpectedPlace


@dataclass(frozen=True)
class UnitRow:
    """A unit of the list: its place from 1, its first contact, and what became of it."""

    unit: Unit
    place: int
    contact: Contact | None
    became: str

    @property
    def id(self) -> str:
        """The unit's id."""
        return self.unit.id

    def matches(self, typed: str) -> bool:
        """Whether the filter keeps it: a part of any name, or the head of the initials."""
        wanted = typed.strip().lower()
        names = (self.unit.canonical_name, self.unit.short_name, *self.unit.aliases)
        return self.unit.initials.startswith(wanted) or any(
            wanted in name.lower() for name in names
        )


def rows(ws: Workspace) -> tuple[UnitRow, ...]:
    """Every unit in official order, those out of use too."""
    people, known = chases.contacts(ws.ledger), units.units(ws.ledger)
    names = {unit.id: unit.canonical_name for unit in known}
    return tuple(
        UnitRow(
            unit,
            place,
            next(iter(people.get(unit.id, ())), None),
            _became(unit, names),
        )
        for place, unit in enumerate(known, 1)
    )


def _became(unit: Unit, names: dict[str, str]) -> str:
    if unit.active:
        return ""
    if unit.merged_into:
        return f"{unit.merged_on} 并入{names[unit.merged_into]}"
    return "已停用"


def places(ws: Workspace, unit_id: str) -> tuple[ExpectedPlace, ...]:
    """The rounds in which the unit is or was expected, the oldest first."""
    return register_rounds.places(ws.ledger, (unit_id,))


def preview_deactivate(ws: Workspace, unit_id: str) -> Preview:
    """What still names the unit; nothing of it changes."""
    unit = unit_of(ws, unit_id)
    groups = [group.name for group in units.groups(ws.ledger) if unit_id in group.member_ids]
    return Preview(
        f"{unit.canonical_name}停用后不再推荐，报过的和应报的都保持原样，随时可以恢复。",
        (
            Count("仍由它负责的措施", tuple(map(duty_words, duties_of(ws, (unit_id,))))),
            Count("仍把它算在内的群组", tuple(groups)),
            Count(
                "应报的轮次",
                tuple(
                    f"{item.round.name}（{item.round.state.label}）" for item in places(ws, unit_id)
                ),
            ),
        ),
    )


def deactivate(ws: Workspace, unit_id: str) -> Changes:
    """Take a unit out of use; UserError when it is already."""
    unit = unit_of(ws, unit_id)
    if not unit.active:
        raise UserError(f"{unit.canonical_name}已经停用", "没有改动。")
    with changing(ws, "停用单位", unit.canonical_name, {}):
        units.deactivate(ws.ledger, unit_id, at=ws.clock.now())
    return REGISTER


def reactivate(ws: Workspace, unit_id: str) -> Changes:
    """Bring a unit back into use, one that went into another too: what moved then stays moved."""
    unit = unit_of(ws, unit_id)
    if unit.active:
        raise UserError(f"{unit.canonical_name}正在使用", "没有改动。")
    with changing(ws, "恢复单位", unit.canonical_name, {"merged_into": unit.merged_into}):
        if unit.merged_into:
            _take_back_name(ws, unit)
        units.merge(ws.ledger, unit_id, None, on=None, at=None)
    return REGISTER


def _take_back_name(ws: Workspace, unit: Unit) -> None:
    """Its names are its own again and no longer those of the unit it had gone into."""
    own = {unit.canonical_name, unit.short_name, *unit.aliases}
    for alias in units.aliases(ws.ledger):
        if alias.unit_id == unit.merged_into and alias.name in own:
            units.remove_alias(ws.ledger, alias.id)


def history(ws: Workspace, unit_id: str) -> tuple[str, ...]:
    """Why the unit cannot be deleted, one sentence a reason; () when nothing refers to it."""
    found = []
    for item in places(ws, unit_id):
        if item.covered:
            found.append(f"它在{item.round.name}报送过 {item.covered} 条反馈。")
        else:
            found.append(f"它在{item.round.name}的应报名单里。")
    own = [item for item in duties_of(ws, (unit_id,)) if not item.group]
    if own:
        found.append(f"它负责 {len(own)} 条措施。")
    merged = [unit for unit in units.units(ws.ledger) if unit.merged_into == unit_id]
    found += [f"{unit.canonical_name}已并入它。" for unit in merged]
    if units.referred(ws.ledger, unit_id) and not found:
        found.append("停用的内容里还写着它。")
    return tuple(found)


def delete(ws: Workspace, unit_id: str) -> Changes:
    """Take a unit without history out of the register; UserError with what it has else."""
    unit = unit_of(ws, unit_id)
    if reasons := history(ws, unit_id):
        raise UserError(
            f"{unit.canonical_name}有历史记录，不能删除", f"{reasons[0]}可以改为“停用”。"
        )
    with changing(ws, "删除单位", unit.canonical_name, {}):
        units.delete(ws.ledger, unit_id)
        units.set_order(ws.ledger, [item.id for item in units.units(ws.ledger)])
    return REGISTER


def groups(ws: Workspace) -> tuple[UnitGroup, ...]:
    """All groups with their present members."""
    return units.groups(ws.ledger)


def memberships(ws: Workspace, unit_id: str) -> tuple[tuple[str, Membership], ...]:
    """(name of the group, since when and until when) of a unit, left groups too."""
    names = {group.id: group.name for group in units.groups(ws.ledger)}
    return tuple(
        (names[item.group_id], item)
        for item in units.memberships(ws.ledger)
        if item.unit_id == unit_id
    )


def set_members(ws: Workspace, group_id: str, unit_ids: Sequence[str], *, on: date) -> Changes:
    """These units are the members from `on` on, in this order; rounds keep their lists.

    UserError for a day to come.
    """
    group = next(item for item in units.groups(ws.ledger) if item.id == group_id)
    refuse_future(ws, on)
    names = units.names_of(ws.ledger, unit_ids)
    detail = {"members": [names[unit_id] for unit_id in unit_ids], "on": on.isoformat()}
    with changing(ws, "修改群组", group.name, detail):
        units.set_members(ws.ledger, group_id, unit_ids, on=on)
    return REGISTER


def add_group(ws: Workspace, name: str) -> Changes:
    """A group without members yet; UserError when the name is empty or taken."""
    name, known = name.strip(), units.groups(ws.ledger)
    refuse_taken(ws, name)
    if any(group.name == name for group in known):
        raise UserError(f"已有群组“{name}”，没有保存", "请直接修改它的成员。")
    with changing(ws, "新增群组", name, {}):
        units.add_group(ws.ledger, UnitGroup(ledger.new_id(), name), (), len(known))
    return REGISTER
