"""Names of a unit over time: renaming, aliases, pairs kept apart, and its other particulars."""

from collections.abc import Iterable
from datetime import date

from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.domain.units import AliasKind, Unit, UnitAlias, UnitKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.register import pinyin_initials
from hs_credit_desktop.services.register_preview import (
    preview_apart,
    preview_rename,
    refuse_taken,
    still_open,
    unit_of,
)
from hs_credit_desktop.services.register_undo import APART, REGISTER, changing
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import ledger, register_rounds, settings, units


def add(ws: Workspace, *, name: str, kind: UnitKind, short_name: str = "") -> Changes:
    """A new unit at the end of the official order; UserError when the name is taken."""
    name = name.strip()
    refuse_taken(ws, name)
    place = max((unit.ordinal for unit in units.units(ws.ledger)), default=-1) + 1
    made = Unit(
        ledger.new_id(), name, short_name.strip() or name, kind, pinyin_initials(name), place
    )
    with changing(ws, "新增单位", name, {"kind": kind.value}, unit_ids=(made.id,)):
        units.add_unit(ws.ledger, made)
    return REGISTER


def rename(
    ws: Workspace, unit_id: str, *, name: str, on: date, follow: Iterable[str] = ()
) -> Changes:
    """Another canonical name from `on` on; the former one stays known as 曾用名.

    follow: ids of open rounds due on that day or later whose expected list takes the new name;
    every other round keeps the old one. UserError as for the preview.
    """
    unit, name, chosen = unit_of(ws, unit_id), name.strip(), frozenset(follow)
    preview_rename(ws, unit_id, name, on).check(chosen)
    detail = {"old": unit.canonical_name, "new": name, "on": on.isoformat(), "rounds": len(chosen)}
    with changing(ws, "改名", unit.canonical_name, detail, unit_ids=(unit_id,)):
        units.rename(ws.ledger, unit_id, name, pinyin_initials(name), on=on)
        if unit.short_name == unit.canonical_name:
            units.edit(
                ws.ledger, unit_id, short_name=name, kind=unit.kind, initials=pinyin_initials(name)
            )
        for place in register_rounds.places(ws.ledger, (unit_id,)):
            if place.round.id in chosen and still_open(place, on):
                register_rounds.rename(ws.ledger, place.id, name)
    return REGISTER


def edit(ws: Workspace, unit_id: str, *, short_name: str, kind: UnitKind, initials: str) -> Changes:
    """Change short name, kind and pinyin initials; what is left empty is made from the name.

    UserError when the initials hold anything but Latin letters and digits.
    """
    unit, typed = unit_of(ws, unit_id), initials.strip().lower()
    if typed and not (typed.isascii() and typed.isalnum()):
        raise UserError(f"拼音首字母“{typed}”里有别的字符，没有保存", "请只用字母，例如 sfgw。")
    short_name = short_name.strip() or unit.canonical_name
    typed = typed or pinyin_initials(unit.canonical_name)
    detail = {
        "old": [unit.short_name, unit.kind.value, unit.initials],
        "new": [short_name, kind.value, typed],
    }
    with changing(ws, "修改单位", unit.canonical_name, detail):
        units.edit(ws.ledger, unit_id, short_name=short_name, kind=kind, initials=typed)
    return REGISTER


def aliases(ws: Workspace, unit_id: str) -> tuple[UnitAlias, ...]:
    """The other names of a unit in the order they came."""
    return tuple(item for item in units.aliases(ws.ledger) if item.unit_id == unit_id)


def put_alias(
    ws: Workspace,
    unit_id: str,
    *,
    name: str,
    kind: AliasKind = AliasKind.ALIAS,
    from_on: date | None = None,
    to_on: date | None = None,
) -> Changes:
    """Note another name, or give a known one other days.

    UserError for the unit's own name, a name of another unit, or days in the wrong order.
    """
    unit, name = unit_of(ws, unit_id), name.strip()
    if name == unit.canonical_name:
        raise UserError(f"“{name}”就是它的规范名称", "不用再登记为别名。")
    refuse_taken(ws, name, but=unit_id)
    if from_on and to_on and to_on <= from_on:
        raise UserError(f"“{name}”的截止日期不在起用日期之后，没有保存", "请核对两个日期。")
    made = UnitAlias(ledger.new_id(), unit_id, name, kind, from_on, to_on)
    with changing(ws, "登记名称", unit.canonical_name, {"name": name, "period": made.period}):
        units.put_alias(ws.ledger, made)
    return REGISTER


def remove_alias(ws: Workspace, alias: UnitAlias) -> Changes:
    """A name noted by mistake; the log keeps it."""
    unit = unit_of(ws, alias.unit_id)
    with changing(ws, "移除名称", unit.canonical_name, {"name": alias.name}):
        units.remove_alias(ws.ledger, alias.id)
    return REGISTER


def apart_pairs(ws: Workspace) -> tuple[tuple[str, str], ...]:
    """The pairs of names that the office keeps apart."""
    found = []
    for key, _ in settings.starting_with(ws.ledger, APART):
        one, _, other = key.removeprefix(APART).partition("|")
        found.append((one, other))
    return tuple(found)


def keep_apart(ws: Workspace, one: str, other: str) -> Changes:
    """Two units are two bodies: the next notice does not ask. UserError for one twice."""
    preview_apart(ws, one, other)
    names = sorted(unit_of(ws, unit_id).canonical_name for unit_id in (one, other))
    with changing(ws, "保持分开", "、".join(names), {"names": names}):
        settings.put(ws.ledger, APART + "|".join(names), "1")
    return REGISTER


def no_longer_apart(ws: Workspace, pair: tuple[str, str]) -> Changes:
    """Forget that two names are kept apart: the next notice asks again."""
    with changing(ws, "不再保持分开", "、".join(pair), {"names": list(pair)}):
        settings.remove(ws.ledger, APART + "|".join(pair))
    return REGISTER


def move(ws: Workspace, unit_id: str, step: int) -> Changes:
    """Move a unit up (-1) or down (1) in the official order; at the ends it stays where it is."""
    ids = [unit.id for unit in units.units(ws.ledger)]
    return move_to(ws, unit_id, ids.index(unit_of(ws, unit_id).id) + 1 + step)


def move_to(ws: Workspace, unit_id: str, place: int) -> Changes:
    """Give a unit the place of that number, from 1; beyond the ends it is first or last."""
    unit, ids = unit_of(ws, unit_id), [unit.id for unit in units.units(ws.ledger)]
    old, new = ids.index(unit_id), min(max(place, 1), len(ids)) - 1
    ids.insert(new, ids.pop(old))
    with changing(ws, "调整顺序", unit.canonical_name, {"old": old + 1, "new": new + 1}):
        units.set_order(ws.ledger, ids)
    return REGISTER


def follow_order(ws: Workspace) -> Changes:
    """The expected lists of all open rounds take the official order of now, in one step."""
    ids = [unit.id for unit in units.units(ws.ledger)]
    places = register_rounds.places(ws.ledger, ids)
    chosen = {item.round.id: item.round for item in places if item.round.state is RoundState.OPEN}
    names = "、".join(item.name for item in chosen.values())
    with changing(ws, "名单按名册排序", names, {"rounds": len(chosen)}, unit_ids=ids):
        for round_id in chosen:
            register_rounds.set_order(ws.ledger, round_id)
    return REGISTER
