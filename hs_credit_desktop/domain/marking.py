"""Where in the paper the words stand that a doubt is about, and which measure it belongs to."""

import re

from hs_credit_desktop.domain.draft import DraftMeasure, DraftNotice
from hs_credit_desktop.domain.notice import Doubt, DoubtKind

Stretch = tuple[int, int]
_QUOTED = re.compile("“([^“”]{2,})”")
_NAMED = frozenset(
    {
        DoubtKind.UNIT_SPELLING,
        DoubtKind.GROUP_SPELLING,
        DoubtKind.VAGUE_GROUP,
        DoubtKind.SIMILAR_UNITS,
        DoubtKind.REFERENCE,
    }
)


def line_stretch(text: str, line: int) -> Stretch:
    """Start and end of a line (from 1) in characters, without its end; the last when beyond."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    start = starts[min(line, len(starts)) - 1]
    end = text.find("\n", start)
    return start, len(text) if end < 0 else end


def line_of(text: str, offset: int) -> int:
    """The line (from 1) a character stands on."""
    return text.count("\n", 0, offset) + 1


def occurrences(text: str, words: str, start: int = 0) -> list[Stretch]:
    """Where words stand from `start` on, whatever line breaks and blanks the paper has in them."""
    letters = [char for char in words if not char.isspace()]
    if not letters:
        return []
    pattern = re.compile(r"\s*".join(map(re.escape, letters)))
    return [found.span() for found in pattern.finditer(text, start)]


def places(text: str, doubt: Doubt) -> list[Stretch]:
    """The places a doubt is about in the order of the paper, its line when it names no words."""
    start, end = line_stretch(text, doubt.line)
    if doubt.kind in _NAMED and doubt.names:
        # In 各县（市、区）人民政府 and the like the misspelt form alone is in question.
        names = doubt.names[:1] if doubt.kind is DoubtKind.GROUP_SPELLING else doubt.names
        found = sorted({place for name in names for place in occurrences(text, name)})
        return _outermost(found) or [(start, end)]
    quoted = [part for words in _QUOTED.findall(doubt.text) for part in words.split("、")]
    near = (occurrences(text, words, start)[:1] for words in quoted if not words.endswith("…"))
    # What is said about a line stands on it, or began on the line before.
    return _outermost(sorted({e for each in near for e in each if e[0] <= end})) or [(start, end)]


def _outermost(found: list[Stretch]) -> list[Stretch]:
    """Without places that lie inside another (a name that is part of a longer one)."""
    return [
        one
        for one in found
        if not any(o[0] <= one[0] and one[1] <= o[1] and o != one for o in found)
    ]


def measure_of(draft: DraftNotice, text: str, line: int) -> DraftMeasure | None:
    """The measure in whose words a line stands."""
    return next(
        (
            measure
            for measure in draft.measures
            if measure.place.line <= line <= line_of(text, measure.place.end)
        ),
        None,
    )
