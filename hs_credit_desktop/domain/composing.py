"""The consolidated draft (汇总稿): sentences of the units put together by rules, sources kept."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import groupby

from hs_credit_desktop.domain.composing_names import (
    COLON,
    FULL_STOP,
    SEMICOLON,
    led_in,
    named,
    printed_group,
    said_by,
    unnamed,
)
from hs_credit_desktop.domain.returns import PART_LABELS, ReturnState
from hs_credit_desktop.domain.similarity import core, overlap, shingles

OVERVIEW, PROBLEMS, NEXT_STEPS = "overview", "problems", "next_steps"
CHAPTERS = {OVERVIEW: "总体情况", PROBLEMS: "存在问题", NEXT_STEPS: "下一步打算"}
# What the draft of a measure is made of; the other two parts have chapters of their own.
DRAFTED = ("progress", "results")
FIGURES = "figures"  # the part of a source that is no unit's text but the ledger's own figures
SAME = 0.9  # from this similarity on, with the same figures, two sentences are one
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？]+[”’」』）》]*(?:（演示）)?|\n|$)")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


class Kind(StrEnum):
    """Whose a sentence of a draft is."""

    UNITS = "units"
    OFFICE = "office"
    FIGURES = "figures"

    @property
    def label(self) -> str:
        """The word on the chip of a sentence that no unit said."""
        return {"units": "单位反馈", "office": "办内撰写", "figures": "台账数字"}[self.value]


@dataclass(frozen=True)
class Source:
    """A sentence of a unit's text as it was sent; unit: its short name.

    part: one of PART_LABELS, or FIGURES. group: the printed group it is a member of, if any.
    state: how far the review of its return is.
    """

    entry_id: str
    unit: str
    part: str
    text: str
    lead: bool = False
    group: str | None = None
    measure_number: int = 0
    state: ReturnState = ReturnState.ACCEPTED

    @cached_property
    def cited(self) -> "Cited":
        """The source as a draft remembers it."""
        return Cited(self.entry_id, self.part, self.text, self.unit)

    @property
    def part_label(self) -> str:
        """进展情况, 主要成效 …; 台账 for the ledger's own figures."""
        return PART_LABELS.get(self.part, "台账")


@dataclass(frozen=True)
class Cited:
    """What a sentence of a draft goes back to, word for word as it was when the draft was saved."""

    entry_id: str
    part: str
    text: str
    unit: str

    @cached_property
    def key(self) -> tuple[str, str]:
        """Tells the same words of the same entry again, whatever the punctuation."""
        return self.entry_id, core(self.text)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a draft with what it goes back to; none: the office wrote it (办内撰写)."""

    text: str
    cited: tuple[Cited, ...] = ()

    @property
    def kind(self) -> Kind:
        """Whose it is."""
        if not self.cited:
            return Kind.OFFICE
        figures = all(item.part == FIGURES for item in self.cited)
        return Kind.FIGURES if figures else Kind.UNITS


@dataclass(frozen=True)
class Draft:
    """A draft: paragraphs of sentences. `text` has a line a paragraph."""

    paragraphs: tuple[tuple[Sentence, ...], ...] = ()

    @cached_property
    def text(self) -> str:
        """The words as they are edited and printed."""
        return "\n".join("".join(item.text for item in inner) for inner in self.paragraphs)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(item for inner in self.paragraphs for item in inner)

    @cached_property
    def characters(self) -> int:
        """How long the text is, blanks not counted."""
        return len("".join(self.text.split()))

    @cached_property
    def keys(self) -> frozenset[tuple[str, str]]:
        """The keys of everything cited."""
        return frozenset(one.key for item in self.sentences for one in item.cited)

    def takes(self, source: Source) -> bool:
        """Whether some sentence goes back to that source."""
        return source.cited.key in self.keys

    @cached_property
    def without_source(self) -> tuple[Sentence, ...]:
        """The sentences that the office wrote itself."""
        return tuple(item for item in self.sentences if item.kind is Kind.OFFICE)


def split(text: str, names: Sequence[str] = ()) -> tuple[str, ...]:
    """The sentences of a text, each with its stop; line ends part too and are left out.

    names: units after whose 甲： a new item of an inner list begins (大冶市：…；阳新县：…).
    A remark in brackets after the stop stays with its sentence; 一是…；二是… is one sentence.
    """
    found: list[str] = []
    items = _item_starts(tuple(names))
    for match in _SENTENCE.finditer(text):
        pieces = items.split(match[0]) if items else [match[0]]
        found += [piece.strip() for piece in pieces if core(piece)]
    return tuple(found)


@lru_cache(maxsize=32)
def _item_starts(names: tuple[str, ...]) -> re.Pattern[str] | None:
    if not names:
        return None
    one = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(f"(?<={SEMICOLON})(?=(?:{one})(?:、(?:{one}))*{COLON})")


@dataclass(frozen=True)
class _Merged:
    """One sentence with everybody who said it."""

    text: str
    said_by: tuple[Source, ...]

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.unit for item in self.said_by))

    @property
    def group(self) -> str | None:
        """The group that all of them belong to."""
        groups = {item.group for item in self.said_by}
        return groups.pop() if len(groups) == 1 else None

    @property
    def cited(self) -> tuple[Cited, ...]:
        return tuple(item.cited for item in self.said_by)


def compose(sources: Sequence[Source], *, labelled: bool = False) -> Draft:
    """A first draft by rules: sources in their given order, what is said twice once.

    A paragraph for each unit, or for the units that say the same; the members of a group stand in
    one paragraph with an inner list. labelled: every paragraph begins with 甲： (chapters).
    Nothing is written that is not in a source, but for unit names and the constants of
    composing_names.
    """
    merged = _merged(sources)
    by_units: dict[tuple[str | None, tuple[str, ...]], list[_Merged]] = {}
    for item in merged:
        by_units.setdefault((item.group, item.units), []).append(item)
    paragraphs: list[tuple[Sentence, ...]] = []
    groups: dict[str, list[list[_Merged]]] = {}
    for (group, _), items in by_units.items():
        if group is None:
            paragraphs.append(tuple(_labelled(items) if labelled else _told(items)))
        else:
            groups.setdefault(group, []).append(items)
    paragraphs += [tuple(_listed(group, inner)) for group, inner in groups.items()]
    return Draft(tuple(paragraphs))


def _merged(sources: Sequence[Source]) -> list[_Merged]:
    """Sentences that are the same, or nearly and with the same figures, once with all sources."""
    found: list[list[Source]] = []
    alike: dict[tuple[str, ...], list[tuple[frozenset[str], int]]] = {}
    for source in sources:
        said = said_by(source.text, (source.unit,), drop=True)
        if not core(said):
            continue
        parts, bucket = shingles(said), alike.setdefault(tuple(_DIGITS.findall(said)), [])
        place = next((at for known, at in bucket if overlap(known, parts) >= SAME), None)
        if place is None:
            bucket.append((parts, len(found)))
            found.append([source])
        else:
            found[place].append(source)
    return [_Merged(items[0].text, tuple(items)) for items in found]


def _told(items: Sequence[_Merged]) -> Iterator[Sentence]:
    """A paragraph of one unit: its name stands in the first sentence."""
    for at, item in enumerate(items):
        text = said_by(item.text, item.units)
        yield Sentence(text if at else named(text, item.units), item.cited)


def _labelled(items: Sequence[_Merged]) -> Iterator[Sentence]:
    """甲、乙：… with what all of them say."""
    for at, item in enumerate(items):
        text = said_by(item.text, item.units, drop=True)
        yield Sentence(text if at else led_in(text, item.units), item.cited)


def _listed(group: str, members: Sequence[Sequence[_Merged]]) -> Iterator[Sentence]:
    """各县（市、区）：大冶市：…；阳新县：…。"""
    head = printed_group(group) + COLON
    for at, items in enumerate(members):
        told = list(_labelled(items))
        if not at:
            told[0] = replace(told[0], text=head + told[0].text)
        if at < len(members) - 1:
            told[-1] = replace(told[-1], text=told[-1].text.rstrip(FULL_STOP) + SEMICOLON)
        yield from told


def figures_draft(sources: Sequence[Source]) -> Draft:
    """总体情况 word for word as the ledger says it; measure_number counts the paragraphs."""
    paragraphs = groupby(sources, key=lambda source: source.measure_number)
    return Draft(
        tuple(
            tuple(Sentence(source.text, (source.cited,)) for source in inner)
            for _, inner in paragraphs
        )
    )


def one_sentence(source: Source, *, first: bool) -> Sentence:
    """A source as one sentence of a draft; first: it begins a paragraph and names its unit."""
    text = said_by(source.text, (source.unit,))
    return Sentence(named(text, (source.unit,)) if first else text, (source.cited,))


def in_list(source: Source, *, head: bool) -> Sentence:
    """A source as an item of its group's inner list; head: it begins the paragraph."""
    text = led_in(said_by(source.text, (source.unit,), drop=True), (source.unit,))
    lead = printed_group(source.group) + COLON if head and source.group else ""
    return Sentence(lead + text, (source.cited,))


def stripped(text: str, units: Sequence[str]) -> str:
    """The characters of a sentence that a unit must have written: no names, no fixed words."""
    return core(unnamed(text, units))
