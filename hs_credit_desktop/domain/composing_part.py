"""A stretch of a long draft: the paragraphs in the editor, with what stands before and after."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from hs_credit_desktop.domain.composing import Draft

PARAGRAPHS, CHARACTERS = 60, 8000  # of a part of a long draft, whichever comes first
WHOLE, WHOLE_CHARACTERS = 120, 20_000  # a draft of so much is shown whole
NOTHING = Draft()


@dataclass(frozen=True)
class DraftPart:
    """`inner` stands in the editor, from paragraph `first` of the whole draft on.

    outer: everything else, in one piece; its sources are counted once, not at every key.
    """

    inner: Draft = NOTHING
    outer: Draft = NOTHING
    first: int = 0

    @property
    def whole(self) -> Draft:
        """The draft that is saved and printed."""
        if not self.outer.paragraphs:
            return self.inner
        others = self.outer.paragraphs
        return Draft((*others[: self.first], *self.inner.paragraphs, *others[self.first :]))

    @property
    def paragraphs(self) -> int:
        """Of the whole draft."""
        return len(self.outer.paragraphs) + len(self.inner.paragraphs)

    @property
    def sentences(self) -> int:
        """Of the whole draft."""
        return len(self.outer.sentences) + len(self.inner.sentences)

    @property
    def characters(self) -> int:
        """Of the whole draft."""
        return self.outer.characters + self.inner.characters

    @property
    def without_source(self) -> int:
        """How many sentences the office wrote itself."""
        return len(self.outer.without_source) + len(self.inner.without_source)

    def takes(self, key: tuple[str, str]) -> bool:
        """Whether some sentence goes back to the source of that key."""
        return key in self.inner.keys or key in self.outer.keys

    def edited(self, inner: Draft) -> "DraftPart":
        """The same with other paragraphs in the editor."""
        return replace(self, inner=inner)


def part_of(draft: Draft, paragraph: int = 0) -> DraftPart:
    """The part of a draft that holds a paragraph; a draft that is not long is one part."""
    count = len(draft.paragraphs)
    if count <= 1 or (count <= WHOLE and draft.characters <= WHOLE_CHARACTERS):
        return DraftPart(draft)
    starts = [*_starts(draft), count]
    first, last = next(
        (one, other) for one, other in pairwise(starts) if paragraph < other or other == count
    )
    outer = Draft((*draft.paragraphs[:first], *draft.paragraphs[last:]))
    return DraftPart(Draft(draft.paragraphs[first:last]), outer, first)


def _starts(draft: Draft) -> Iterator[int]:
    """The first paragraph of each part."""
    paragraphs = characters = 0
    for at, inner in enumerate(draft.paragraphs):
        length = sum(len(sentence.text) for sentence in inner)
        if not at or paragraphs == PARAGRAPHS or characters + length > CHARACTERS:
            yield at
            paragraphs = characters = 0
        paragraphs, characters = paragraphs + 1, characters + length
