"""Measures of a new version of a plan beside those of the last: kept, changed, new, gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hs_credit_desktop.domain.similarity import overlap, shingles

# Two measures are taken for the same from this likeness on: a title that stayed, or most words.
SAME = 0.4


class Fate(StrEnum):
    """What became of a measure."""

    KEPT = "kept"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return {"kept": "沿用", "changed": "有改动", "new": "新增", "gone": "不再列入"}[self.value]


@dataclass(frozen=True)
class Wording:
    """A measure as it is compared: its words and its units by the names of the register."""

    title: str
    body: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class Aligned:
    """A row of the comparison: places in the old and the new plan, None where it is in one only."""

    old: int | None
    new: int | None
    fate: Fate


def align(old: Sequence[Wording], new: Sequence[Wording]) -> dict[int, int]:
    """New place → old place of the same measure; the likest pairs first, each measure once.

    Numbers and order do not count, so a plan may be renumbered; of equally like ones the nearest
    in order is taken.
    """
    before, after = [_shingles(item) for item in old], [_shingles(item) for item in new]
    scored = [
        (-_likeness(before[at], after[place]), abs(at - place), place, at)
        for at in range(len(old))
        for place in range(len(new))
    ]
    pairs: dict[int, int] = {}
    for score, _, place, at in sorted(scored):
        if -score >= SAME and place not in pairs and at not in pairs.values():
            pairs[place] = at
    return pairs


_Shingles = tuple[frozenset[str], frozenset[str]]


def _shingles(item: Wording) -> _Shingles:
    return shingles(item.title), shingles(f"{item.title}\n{item.body}")


def _likeness(one: _Shingles, other: _Shingles) -> float:
    """Half the title's likeness, half that of all words."""
    return (overlap(one[0], other[0]) + overlap(one[1], other[1])) / 2


def likeness(one: Wording, other: Wording) -> float:
    """How alike two measures read, 0.0–1.0; what `align` goes by."""
    return _likeness(_shingles(one), _shingles(other))


def rows(
    old: Sequence[Wording], new: Sequence[Wording], pairs: Mapping[int, int]
) -> tuple[Aligned, ...]:
    """Every measure of both once, in the order of the new plan; what is gone stands last."""
    made = []
    for place, item in enumerate(new):
        at = pairs.get(place)
        fate = Fate.NEW if at is None else Fate.KEPT if old[at] == item else Fate.CHANGED
        made.append(Aligned(at, place, fate))
    gone = (at for at in range(len(old)) if at not in pairs.values())
    return (*made, *(Aligned(at, None, Fate.GONE) for at in gone))
