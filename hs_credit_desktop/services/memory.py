"""What the office decided about names, kept in the ledger for the next notice."""

from dataclasses import replace
from itertools import combinations

from hs_credit_desktop.domain.decisions import Answer, Decisions
from hs_credit_desktop.domain.notice import Doubt, DoubtKind, DraftNotice
from hs_credit_desktop.notice import Seed
from hs_credit_desktop.services.seed import load_seed
from hs_credit_desktop.services.workspace import Workspace
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
