"""Mergers and splits: one unit goes into another, or a part of one becomes a unit of its own."""

from collections.abc import Iterable, Sequence
from datetime import date

from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.domain.units import AliasKind, Unit, UnitAlias, UnitKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.register import pinyin_initials
from hs_credit_desktop.services.register_preview import (
    Count,
    Preview,
    RoundAsk,
    duties_of,
    duty_words,
    kept,
    refuse_future,
    refuse_taken,
    still_open,
    unit_of,
)
from hs_credit_desktop.services.register_undo import APART, REGISTER, changing
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import duties, ledger, register_rounds, settings, units
from hs_credit_desktop.store.register_rounds import ExpectedPlace


def preview_merge(ws: Workspace, unit_id: str, into: str, on: date) -> Preview:
    """What it would touch that a unit goes into another one from `on` on.

    UserError for one unit twice, a unit out of use, or a day to come.
    """
    gone, stays = _two(ws, unit_id, into)
    refuse_future(ws, on)
    places = register_rounds.places(ws.ledger, (unit_id,))
    own = [item for item in duties_of(ws, (unit_id,)) if not item.group]
    return Preview(
        f"从 {on} 起，{gone.canonical_name}并入{stays.canonical_name}；它停用，名称留作查找。",
        (
            Count("转过去的措施", tuple(map(duty_words, own))),
            Count("转过去的名称", _names(gone)),
            Count("换成对方的群组", tuple(_groups_of(ws, unit_id))),
            Count(
                "已报送、保留原样的轮次", tuple(_reported(item) for item in places if item.reported)
            ),
            kept(places, on),
        ),
        tuple(
            RoundAsk(item.round, _follows(ws, item, stays))
            for item in places
            if _can_follow(item, on)
        ),
    )


def _two(ws: Workspace, unit_id: str, into: str) -> tuple[Unit, Unit]:
    gone, stays = unit_of(ws, unit_id), unit_of(ws, into)
    if gone.id == stays.id:
        raise UserError("两边是同一家单位，没有合并", "请另选一家。")
    for unit in (gone, stays):
        if not unit.active:
            raise UserError(f"{unit.canonical_name}已停用，没有合并", "请先恢复使用。")
    return gone, stays


def _names(unit: Unit) -> tuple[str, ...]:
    own = (unit.canonical_name, unit.short_name, *unit.aliases)
    return tuple(dict.fromkeys(own))


def _groups_of(ws: Workspace, unit_id: str) -> list[str]:
    return [group.name for group in units.groups(ws.ledger) if unit_id in group.member_ids]


def _reported(place: ExpectedPlace) -> str:
    return f"{place.round.name}：{place.unit_name}已报 {place.covered}／{place.entries} 条"


def _can_follow(place: ExpectedPlace, on: date) -> bool:
    """What a unit reported stays its own; where it owes nothing there is nothing to hand on."""
    return still_open(place, on) and not place.reported and not place.exempt


def _follows(ws: Workspace, place: ExpectedPlace, stays: Unit) -> str:
    owed = f"{place.unit_name}未报的 {place.entries} 条改由{stays.canonical_name}报送"
    if _place_in(ws, place, stays) is None:
        return owed
    return f"{owed}，{place.unit_name}本轮免报"


def _place_in(ws: Workspace, place: ExpectedPlace, unit: Unit) -> ExpectedPlace | None:
    """Where the other unit is expected in the same round."""
    mine = register_rounds.places(ws.ledger, (unit.id,))
    return next((item for item in mine if item.round.id == place.round.id), None)


def merge(
    ws: Workspace, unit_id: str, into: str, *, on: date, follow: Iterable[str] = ()
) -> Changes:
    """A unit goes into another one from `on` on: duties, names and groups; it is deactivated.

    follow: ids of open rounds in which the other unit answers for it; every other round stays.
    UserError as for the preview.
    """
    chosen = frozenset(follow)
    preview_merge(ws, unit_id, into, on).check(chosen)
    gone, stays = _two(ws, unit_id, into)
    detail = {"into": stays.canonical_name, "on": on.isoformat(), "rounds": len(chosen)}
    with changing(ws, "合并", gone.canonical_name, detail, unit_ids=(unit_id, into)):
        _hand_on_duties(ws, gone, stays)
        for name in _names(gone):
            if name not in (stays.canonical_name, *stays.aliases):
                alias = UnitAlias(ledger.new_id(), into, name, AliasKind.MERGED, on)
                units.put_alias(ws.ledger, alias)
        _replace_in_groups(ws, gone, stays, on)
        pair = sorted((gone.canonical_name, stays.canonical_name))
        settings.remove(ws.ledger, APART + "|".join(pair))
        units.merge(ws.ledger, unit_id, into, on=on, at=ws.clock.now())
        for place in register_rounds.places(ws.ledger, (unit_id,)):
            if place.round.id in chosen:
                _follow(ws, place, stays, f"{on} 并入{stays.canonical_name}")
    return REGISTER


def _hand_on_duties(ws: Workspace, gone: Unit, stays: Unit) -> None:
    """A measure that both had keeps one responsibility, the lead where either led."""
    own = {item.measure_id: item for item in duties_of(ws, (stays.id,)) if not item.group}
    for duty in duties_of(ws, (gone.id,)):
        if duty.group:
            continue
        if duty.measure_id not in own:
            duties.hand_on(ws.ledger, duty, stays.id)
            continue
        if duty.role is Role.LEAD:
            duties.lead(ws.ledger, own[duty.measure_id], duty)
        duties.end(ws.ledger, duty, at=ws.clock.now())


def _replace_in_groups(ws: Workspace, gone: Unit, stays: Unit, on: date) -> None:
    for group in units.groups(ws.ledger):
        if gone.id in group.member_ids:
            members = [stays.id if each == gone.id else each for each in group.member_ids]
            units.set_members(ws.ledger, group.id, tuple(dict.fromkeys(members)), on=on)


def _follow(ws: Workspace, place: ExpectedPlace, stays: Unit, reason: str) -> None:
    other = _place_in(ws, place, stays)
    if other is None:
        register_rounds.hand_over(ws.ledger, place.id, stays)
    else:
        register_rounds.take_over(ws.ledger, place.id, other.id)
        register_rounds.release(ws.ledger, place.id, reason)


def preview_split(
    ws: Workspace, unit_id: str, name: str, on: date, measure_ids: Sequence[str]
) -> Preview:
    """What it would touch that a part of a unit becomes a unit of its own with these measures.

    UserError when the name is taken, no measure or a day to come is given.
    """
    unit, name = unit_of(ws, unit_id), name.strip()
    refuse_taken(ws, name)
    refuse_future(ws, on)
    wanted = [item for item in _own_duties(ws, unit_id) if item.measure_id in measure_ids]
    if not wanted:
        raise UserError("没有选要转过去的措施，没有分设", "请至少选一条措施。")
    places = register_rounds.places(ws.ledger, (unit_id,))
    asks = []
    for item in places:
        entries = register_rounds.blank_entries(ws.ledger, item.id, measure_ids)
        if entries and still_open(item, on) and not item.exempt:
            asks.append(RoundAsk(item.round, f"未报的 {len(entries)} 条改由{name}报送"))
    return Preview(
        f"从 {on} 起，{name}从{unit.canonical_name}分设出来。",
        (Count("转过去的措施", tuple(map(duty_words, wanted))), kept(places, on)),
        tuple(asks),
    )


def _own_duties(ws: Workspace, unit_id: str) -> list[duties.Duty]:
    return [item for item in duties_of(ws, (unit_id,)) if not item.group]


def split(
    ws: Workspace,
    unit_id: str,
    *,
    name: str,
    kind: UnitKind,
    on: date,
    measure_ids: Sequence[str],
    follow: Iterable[str] = (),
) -> Changes:
    """A part of a unit becomes a unit of its own, next in order, with these measures.

    follow: ids of open rounds in which the new unit answers what is not answered yet.
    UserError as for the preview.
    """
    unit, name, chosen = unit_of(ws, unit_id), name.strip(), frozenset(follow)
    preview_split(ws, unit_id, name, on, measure_ids).check(chosen)
    ids = [item.id for item in units.units(ws.ledger)]
    made = Unit(ledger.new_id(), name, name, kind, pinyin_initials(name), ids.index(unit_id) + 1)
    ids.insert(made.ordinal, made.id)
    detail = {"new": name, "on": on.isoformat(), "measures": len(measure_ids)}
    with changing(ws, "分设", unit.canonical_name, detail, unit_ids=(unit_id, made.id)):
        units.add_unit(ws.ledger, made)
        units.set_order(ws.ledger, ids)
        for duty in _own_duties(ws, unit_id):
            if duty.measure_id in measure_ids:
                duties.hand_on(ws.ledger, duty, made.id)
        for place in register_rounds.places(ws.ledger, (unit_id,)):
            if place.round.id in chosen:
                _part(ws, place, made, measure_ids)
    return REGISTER


def _part(ws: Workspace, place: ExpectedPlace, made: Unit, measure_ids: Sequence[str]) -> None:
    """Entries move to the new unit; when they are all there is, the whole place is handed over."""
    entries = register_rounds.blank_entries(ws.ledger, place.id, measure_ids)
    if len(entries) == place.entries:
        register_rounds.hand_over(ws.ledger, place.id, made)
    else:
        register_rounds.part(ws.ledger, place.id, entries, made)


def merged_units(ws: Workspace, unit_id: str) -> tuple[Unit, ...]:
    """The units that went into this one."""
    return tuple(unit for unit in units.units(ws.ledger) if unit.merged_into == unit_id)
