"""What is drawn on and beside a draft: chips of its sources, stale and lit sentences, figures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hs_credit_desktop.domain.composing import Draft, Kind, Sentence
from hs_credit_desktop.domain.composing_stale import Change, Stale
from hs_credit_desktop.domain.figures import figures
from hs_credit_desktop.ui.models.chip import ChipSign
from hs_credit_desktop.ui.pages.compose_edit import Mark

At = tuple[int, int]  # paragraph and sentence of a draft


@dataclass(frozen=True)
class Placed:
    """Where the sentences and paragraphs of a draft stand in the text as it was typed.

    sentences: paragraph and sentence → first and last character; blocks: paragraph → line.
    """

    sentences: dict[At, tuple[int, int]]
    blocks: tuple[int, ...]

    def sentence_at(self, offset: int) -> At | None:
        """The sentence at a character of the text."""
        return next(
            (at for at, (start, end) in self.sentences.items() if start <= offset < end), None
        )

    def paragraph_of(self, block: int) -> int:
        """The paragraph that stands in a line; -1 in an empty one."""
        return self.blocks.index(block) if block in self.blocks else -1


def placed(text: str, draft: Draft) -> Placed:
    """Find the sentences again: blanks and empty lines between them are the clerk's."""
    sentences: dict[At, tuple[int, int]] = {}
    blocks, at = [], 0
    for paragraph, inner in enumerate(draft.paragraphs):
        for number, sentence in enumerate(inner):
            start = max(text.find(sentence.text, at), at)
            at = start + len(sentence.text)
            sentences[paragraph, number] = (start, at)
        blocks.append(text.count("\n", 0, sentences[paragraph, 0][0]))
    return Placed(sentences, tuple(blocks))


def chips_of(draft: Draft, stale: Sequence[Stale], where: Placed) -> list[list[ChipSign]]:
    """Line → its chips, one a unit; those whose words changed carry the sign of it, first."""
    changed = {(item.at[0], item.unit) for item in stale if item.at}
    found: list[list[ChipSign]] = [[] for _ in range(max(where.blocks, default=-1) + 1)]
    for place, inner in enumerate(draft.paragraphs):
        found[where.blocks[place]] = _chips(inner, {one for at, one in changed if at == place})
    return found


def _chips(inner: Sequence[Sentence], changed: set[str]) -> list[ChipSign]:
    found: dict[str, ChipSign] = {}
    for sentence in inner:
        if sentence.kind is not Kind.UNITS:
            ink = "hold" if sentence.kind is Kind.OFFICE else "text2"
            found.setdefault(sentence.kind.label, ChipSign(sentence.kind.label, ink))
        for one in sentence.cited:
            if one.unit:
                sign = ChipSign(short(one.unit), "accent")
                if one.unit in changed:
                    sign = ChipSign(short(one.unit), "warn", "arrow_sync")
                found.setdefault(one.unit, sign)
    return sorted(found.values(), key=lambda sign: sign.ink != "warn")


def short(unit: str) -> str:
    """A unit's name on a chip: 市发改委 → 发改委, 市委宣传部 → 宣传部."""
    name = unit.removeprefix("市委").removeprefix("市") if len(unit) > 3 else unit
    return name if len(name) > 1 else unit


def marks_of(stale: Sequence[Stale], lit: Collection[At], where: Placed, text: str) -> list[Mark]:
    """Stale sentences, the sentences lit, the figures, and changed figures on top."""
    places = where.sentences
    made = [Mark(*places[item.at], ground="warn_s") for item in stale if item.at in places]
    made += _figures(text)
    made += [Mark(*places[place], ground="sel", ink="sel_text") for place in lit if place in places]
    for item in stale:
        if item.at in places and item.change is Change.CHANGED:
            start, end = places[item.at]
            made += _changed_figures(text[start:end], start, item)
    return made


def _figures(text: str) -> list[Mark]:
    """The figures of a text; only lines that were not there a moment ago are looked through."""
    made, at = [], 0
    for line in text.split("\n"):
        made += [Mark(at + start, at + end, ink="accent") for start, end in _places(line)]
        at += len(line) + 1
    return made


@lru_cache(maxsize=1000)
def _places(line: str) -> tuple[tuple[int, int], ...]:
    return tuple((one.start, one.end) for one in figures(line))


def _changed_figures(text: str, start: int, item: Stale) -> list[Mark]:
    kept = {figure.printed for figure in figures(item.new)}
    return [
        Mark(start + figure.start, start + figure.end, ground="mark")
        for figure in figures(text)
        if figure.printed not in kept
    ]
