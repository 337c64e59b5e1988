"""Which unit of the register a printed name means: candidates in order, each with its reason.

A proposal is never more than that: only a name the register knows settles anything by itself.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from hs_credit_desktop.domain.similarity import core
from hs_credit_desktop.domain.units import AliasKind, Unit, UnitAlias

ALIKE = 0.6  # share of common characters from which on two names are worth a look
LEAST_PART = 3  # 市财政局 in 甲市财政局 says something, 局 does not
MOST = 5


class Why(StrEnum):
    """Why a unit is proposed."""

    NAME = "name"
    ALIAS = "alias"
    SHORT = "short"
    SPELLING = "spelling"
    FORMER = "former"
    PLACE = "place"
    INITIALS = "initials"
    ABBREVIATION = "abbreviation"
    SIMILAR = "similar"


_SCORES = {
    Why.NAME: 1.0,
    Why.ALIAS: 0.99,
    Why.SHORT: 0.95,
    Why.SPELLING: 0.93,
    Why.FORMER: 0.94,
    Why.PLACE: 0.85,
    Why.INITIALS: 0.8,
    Why.ABBREVIATION: 0.7,
}
_SAYS = {
    Why.NAME: "就是规范名称",
    Why.ALIAS: "{kind}“{name}”",
    Why.SHORT: "简称“{name}”",
    Why.SPELLING: "去掉空格、标点并写全缩写后与“{name}”相同",
    Why.FORMER: "{kind}“{name}”（{period}）",
    Why.PLACE: "只比“{name}”多或少一个地名",
    Why.INITIALS: "拼音首字母 {name}",
    Why.ABBREVIATION: "像是“{name}”的缩写",
    Why.SIMILAR: "用字与“{name}”相近（{percent}%）",
}


@dataclass(frozen=True)
class Candidate:
    """A unit a printed name may mean. words: the reason as the clerk reads it; score: 0 to 1."""

    unit: Unit
    why: Why
    score: float
    words: str

    @property
    def certain(self) -> bool:
        """Whether the register knows exactly this name for it; all else the clerk decides."""
        return self.why in (Why.NAME, Why.ALIAS)


@dataclass(frozen=True)
class Names:
    """What is known about names.

    aliases: of every unit; apart: pairs the office keeps apart; abbreviations: short → written out.
    """

    aliases: Sequence[UnitAlias] = ()
    apart: frozenset[frozenset[str]] = frozenset()
    abbreviations: Mapping[str, str] | None = None


def candidates(
    printed: str, units: Iterable[Unit], names: Names, *, on: date, most: int = MOST
) -> tuple[Candidate, ...]:
    """The active units a printed name may mean on that day, the likeliest first.

    A unit that the office keeps apart from this very name is left out.
    """
    other: dict[str, list[UnitAlias]] = {}
    for alias in names.aliases:
        other.setdefault(alias.unit_id, []).append(alias)
    found = []
    for unit in units:
        if unit.active and frozenset((printed, unit.canonical_name)) not in names.apart:
            ways = _ways(printed, unit, other.get(unit.id, ()), names, on)
            best = max(ways, key=lambda item: item.score, default=None)
            if best is not None:
                found.append(best)
    found.sort(key=lambda item: (-item.score, item.unit.ordinal))
    return tuple(found[:most])


def _ways(
    printed: str, unit: Unit, aliases: Sequence[UnitAlias], names: Names, on: date
) -> Iterable[Candidate]:
    """Every way in which the printed name may be the unit's."""
    if printed == unit.canonical_name:
        yield _made(unit, Why.NAME, printed)
    for alias in aliases:
        if printed == alias.name:
            why = Why.ALIAS if alias.in_use(on) else Why.FORMER
            yield _made(unit, why, printed, kind=alias.kind, period=alias.period)
    if printed == unit.short_name:
        yield _made(unit, Why.SHORT, printed)
    typed = printed.lower()
    if typed.isascii() and typed.isalpha() and unit.initials.startswith(typed):
        yield _made(unit, Why.INITIALS, unit.initials)
    wanted = _written_out(printed, names.abbreviations or {})
    known = (unit.canonical_name, unit.short_name, *(item.name for item in aliases))
    for name in dict.fromkeys(known):
        if likeness := _likeness(wanted, _written_out(name, names.abbreviations or {})):
            why, share = likeness
            yield _made(unit, why, name, share=share)


def _made(
    unit: Unit,
    why: Why,
    name: str,
    *,
    kind: AliasKind = AliasKind.ALIAS,
    period: str = "",
    share: float = 0.0,
) -> Candidate:
    words = _SAYS[why].format(name=name, kind=kind.label, period=period, percent=int(100 * share))
    return Candidate(unit, why, _SCORES.get(why, 0.85 * share), words)


def _written_out(name: str, abbreviations: Mapping[str, str]) -> str:
    """The characters that count, abbreviations written out once; what is written out stays."""
    words = sorted({*abbreviations, *abbreviations.values()}, key=len, reverse=True)
    if not words:
        return core(name)
    pattern = "|".join(map(re.escape, words))
    return core(re.sub(pattern, lambda found: abbreviations.get(found[0], found[0]), name))


def _likeness(wanted: str, known: str) -> tuple[Why, float] | None:
    """How two written-out names are alike; None when they are not."""
    shorter, longer = sorted((wanted, known), key=len)
    if wanted == known:
        return (Why.SPELLING, 1.0) if wanted else None
    if len(shorter) >= LEAST_PART and longer.endswith(shorter):
        return Why.PLACE, 1.0
    if len(shorter) >= LEAST_PART and _abbreviates(shorter, longer):
        return Why.ABBREVIATION, 1.0
    share = SequenceMatcher(None, wanted, known, autojunk=False).ratio()
    return (Why.SIMILAR, share) if share >= ALIKE else None


def _abbreviates(shorter: str, longer: str) -> bool:
    """Whether all characters of one stand in the other in this order, the first at its head."""
    rest = iter(longer)
    return shorter[0] == longer[0] and all(char in rest for char in shorter)
