"""A stretch of a long draft: the paragraphs in the editor, with what stands before and after."""

from dataclasses import dataclass, replace

from hs_credit_desktop.domain.composing import Draft

PARAGRAPHS = 60  # of a draft that is shown in parts
WHOLE = 2 * PARAGRAPHS  # a draft of so many is shown whole
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
    if count <= WHOLE:
        return DraftPart(draft)
    first = min(max(paragraph, 0), count - 1) // PARAGRAPHS * PARAGRAPHS
    last = first + PARAGRAPHS
    outer = Draft((*draft.paragraphs[:first], *draft.paragraphs[last:]))
    return DraftPart(Draft(draft.paragraphs[first:last]), outer, first)
