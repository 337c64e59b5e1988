"""What differs between two texts, in runs a reader can follow: figures whole, no confetti."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Above this many characters in both texts together, sentences are compared and not characters.
LONG = 12_000
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*[万亿]?[%％]?|[A-Za-z]+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]|[^。；！？\n]+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*[万亿]?[%％]?")
# A common run this short between two changes only tears them apart.
_TORN = 3


@dataclass(frozen=True)
class Span:
    """One run of both texts: the same in both, or different ('' where one has nothing)."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        """Whether both texts say the same here."""
        return self.old == self.new

    @property
    def figure(self) -> bool:
        """Whether one figure stands for another."""
        return not self.same and all(map(_FIGURE.fullmatch, (self.old, self.new)))


def spans(old: str, new: str) -> tuple[Span, ...]:
    """Both texts cut into the same runs; joined, the old and the new sides are the texts again."""
    cut = _SENTENCE if len(old) + len(new) > LONG else _TOKEN
    before, after = cut.findall(old), cut.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found = [
        Span("".join(before[a:b]), "".join(after[c:d])) for _, a, b, c, d in matcher.get_opcodes()
    ]
    return _without_confetti(found)


def _without_confetti(found: Sequence[Span]) -> tuple[Span, ...]:
    """A few characters that happen to stand in both changed texts are no common run."""
    kept: list[Span] = []
    for at, span in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        short = span.same and len(span.new) <= _TORN and "\n" not in span.new
        swallowed = short and kept and following and not kept[-1].figure and not following.figure
        if kept and not kept[-1].same and (swallowed or not span.same):
            kept[-1] = Span(kept[-1].old + span.old, kept[-1].new + span.new)
        else:
            kept.append(span)
    return tuple(kept)
