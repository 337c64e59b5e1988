"""Ready answers to a doubt about a name: the units it may mean, the likeliest first, with reasons.

A proposal is never an answer by itself: the doubt stays open until the clerk takes one.
"""

from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.decisions import NAMED
from hs_credit_desktop.domain.notice import Doubt
from hs_credit_desktop.domain.unit_matching import Candidate, Names, candidates
from hs_credit_desktop.domain.units import Unit, UnitAlias, kind_of
from hs_credit_desktop.services import register_matching
from hs_credit_desktop.services.notices import ReadNotice
from hs_credit_desktop.services.seed import load_seed
from hs_credit_desktop.services.workspace import Workspace

MOST = 3


@dataclass(frozen=True)
class ReadyAnswer:
    """A name that may be meant. asked: the printed one that was compared; words: why.

    offered: whether the doubt's own choices have the name.
    """

    name: str
    asked: str
    words: str
    offered: bool


def of_register(ws: Workspace, doubt: Doubt) -> tuple[ReadyAnswer, ...]:
    """For a doubt of a notice of the ledger: the units of its register."""
    if doubt.kind not in NAMED:
        return ()
    known = register_matching.names(ws)
    found = [
        (name, item)
        for name in doubt.names
        for item in register_matching.candidates(ws, name, ws.today, known)
        if not item.certain
    ]
    return _ready(doubt, found)


def of_paper(source: ReadNotice, doubt: Doubt) -> tuple[ReadyAnswer, ...]:
    """For a doubt of a paper just read: its units and those that an earlier ledger knew."""
    if doubt.kind not in NAMED:
        return ()
    units, names = _known(source)
    on = source.draft.issued_on or date.max
    found = [
        (name, item)
        for name in doubt.names
        for item in candidates(name, units, names, on=on)
        if item.unit.canonical_name != name
    ]
    return _ready(doubt, found)


def _known(source: ReadNotice) -> tuple[list[Unit], Names]:
    """Every printed unit under its printed name, the known ones with all the names they have."""
    seed = source.carried.seed if source.carried else load_seed()
    groups = {group.name for group in source.draft.groups}
    printed = (
        duty.printed
        for measure in source.draft.measures
        for duty in measure.responsibilities
        if not duty.group
    )
    every = dict.fromkeys((*seed.same.values(), *(n for n in printed if n not in seed.same)))
    units = [
        Unit(name, name, name, kind_of(name), "", place)
        for place, name in enumerate(every)
        if name not in groups and name not in seed.group_members
    ]
    aliases = [UnitAlias(name, used, name) for name, used in seed.same.items() if name != used]
    return units, Names(aliases, seed.apart, seed.abbreviations)


def _ready(doubt: Doubt, found: list[tuple[str, Candidate]]) -> tuple[ReadyAnswer, ...]:
    """The best of them once each; of those the doubt does not offer itself, a few."""
    found.sort(key=lambda each: -each[1].score)
    own = {*doubt.names, *doubt.choices}
    best: dict[str, ReadyAnswer] = {}
    for asked, item in found:
        name = item.unit.canonical_name
        best.setdefault(name, ReadyAnswer(name, asked, item.words, name in own))
    others = [item for item in best.values() if not item.offered][:MOST]
    return tuple(item for item in best.values() if item.offered or item in others)
