"""What the office decided about names, kept in the ledger for the next notice."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from hs_credit_desktop.clock import Clock
from hs_credit_desktop.domain.decisions import Answer, Decisions
from hs_credit_desktop.domain.draft import DraftNotice
from hs_credit_desktop.domain.notice import Doubt, DoubtKind
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.notice import Seed
from hs_credit_desktop.services import overview, register
from hs_credit_desktop.services.seed import load_seed
from hs_credit_desktop.services.workspace import Workspace, open_workspace
from hs_credit_desktop.store import settings, units

_APART = "apart:"


def seed_of(ws: Workspace) -> Seed:
    """The shipped seed with everything this office has met and decided."""
    shipped = load_seed()
    same: dict[str, str] = {}
    names = {}
    for unit in units.units(ws.ledger):
        names[unit.id] = unit.canonical_name
        if unit.active:
            same |= dict.fromkeys((unit.canonical_name, *unit.aliases), unit.canonical_name)
    members = dict(shipped.group_members)
    aliases = units.group_aliases(ws.ledger)
    for group in units.groups(ws.ledger):
        same |= dict.fromkeys((group.name, *aliases.get(group.id, ())), group.name)
        if group.member_ids:
            members[group.name] = tuple(names[unit_id] for unit_id in group.member_ids)
    return replace(shipped, group_members=members, same=same, apart=_apart(ws))


def _apart(ws: Workspace) -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset(key.removeprefix(_APART).split("|"))
        for key, _ in settings.starting_with(ws.ledger, _APART)
    )


def remember_apart(ws: Workspace, draft: DraftNotice, decisions: Decisions) -> None:
    """Keep the pairs that were decided to be two bodies, inside the open transaction."""
    for place, answer in decisions.answers.items():
        for pair in combinations(sorted(_kept_apart(draft.doubts[place], answer)), 2):
            settings.put(ws.ledger, _APART + "|".join(pair), "1")


def _kept_apart(doubt: Doubt, answer: Answer) -> tuple[str, ...]:
    """The names an answer says are all different bodies, none when it says otherwise."""
    said = {
        DoubtKind.UNIT_SPELLING: doubt.choices[-1],
        DoubtKind.GROUP_SPELLING: doubt.choices[-1],
        DoubtKind.SIMILAR_UNITS: doubt.choices[0],
    }
    if answer.choice != said.get(doubt.kind):
        return ()
    if doubt.kind is DoubtKind.UNIT_SPELLING:
        # The name proposed for all may be the office's own, which this paper does not print.
        return tuple(dict.fromkeys((doubt.choices[0], *doubt.names)))
    return doubt.names


@dataclass(frozen=True)
class Carried:
    """What an earlier ledger knows, for a new one; title: how that ledger is called."""

    seed: Seed
    title: str


def latest(folders: Iterable[Path], clock: Clock) -> Carried | None:
    """What the first of these ledgers that can be read knows; practice ledgers are passed over."""
    for folder in folders:
        try:
            ws = open_workspace(folder, clock, read_only=True)
        except UserError:
            continue
        try:
            if not ws.practice:
                notice = overview.notice(ws)
                return Carried(seed_of(ws), notice.doc_number or notice.title)
        except UserError:
            continue
        finally:
            ws.close()
    return None


def carry(ws: Workspace, carried: Carried) -> None:
    """Hand names and pairs kept apart on to a new ledger; no data comes with them."""
    before = units.units(ws.ledger)
    with ws.change("沿用单位名称和答案", carried.title, {"names": len(carried.seed.same)}):
        _carry_units(ws, carried.seed)
        known = {group.name: group.id for group in units.groups(ws.ledger)}
        for name, used in carried.seed.same.items():
            if used in known and name not in known:
                units.add_group_alias(ws.ledger, known[used], name)
        for pair in carried.seed.apart:
            settings.put(ws.ledger, _APART + "|".join(sorted(pair)), "1")
        register.reindex(ws, before)


def _carry_units(ws: Workspace, seed: Seed) -> None:
    """Every earlier name of a unit becomes its alias, unless it is a unit of its own now."""
    now = units.units(ws.ledger)
    taken = {unit.canonical_name for unit in now}
    owner = {name: unit.id for unit in now for name in (*unit.aliases, unit.canonical_name)}
    for name, used in seed.same.items():
        if used in owner and name not in taken:
            units.add_alias(ws.ledger, owner.get(name, owner[used]), name)
