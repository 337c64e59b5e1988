"""What the clerk does to a draft: edits keep their sources, ticks, order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from hs_credit_desktop.domain.composing import (
    Cited,
    Draft,
    Sentence,
    Source,
    compose,
    in_list,
    one_sentence,
    split,
)
from hs_credit_desktop.domain.composing_names import COLON, printed_group, said_by
from hs_credit_desktop.domain.similarity import overlap, shingles

# An edited sentence is still the one before, or the unit's, from this likeness on.
STILL_THE_SAME = 0.5
MOSTLY_IN = 0.75
_Cites = tuple[frozenset[str], tuple[Cited, ...]]  # what a sentence is known by, and its sources


def remap(text: str, before: Draft, sources: Sequence[Source]) -> Draft:
    """An edited text as a draft: each sentence keeps, or finds, what it goes back to.

    A sentence that stood before keeps its sources; else the most similar one before or among the
    sources gives them; one that is like none of them is the office's own.
    """
    finder = _Finder(before, sources)
    lines = (split(line, finder.names) for line in text.split("\n"))
    return Draft(tuple(tuple(finder.of(one) for one in line) for line in lines if line))


class _Finder:
    """Finds what an edited sentence goes back to."""

    def __init__(self, before: Draft, sources: Sequence[Source]) -> None:
        self._before = {item.text: item for item in before.sentences}
        self.names = tuple(
            dict.fromkeys(
                [item.unit for item in sources]
                + [one.unit for item in before.sentences for one in item.cited if one.unit]
            )
        )
        self._sentences, self._sources = before.sentences, sources

    @cached_property
    def _known(self) -> list[_Cites]:
        return [(shingles(item.text), item.cited) for item in self._sentences if item.cited]

    @cached_property
    def _units(self) -> list[_Cites]:
        return [
            (shingles(said_by(item.text, (item.unit,), drop=True)), (item.cited,))
            for item in self._sources
        ]

    def of(self, text: str) -> Sentence:
        if text in self._before:
            return self._before[text]
        parts = shingles(text)
        return Sentence(text, _best(parts, self._known) or _best(parts, self._units))


def _best(parts: frozenset[str], known: Iterable[_Cites]) -> tuple[Cited, ...]:
    """The citations of whatever is most like it, () when nothing is like enough."""
    best = 0.0
    found: tuple[Cited, ...] = ()
    for other, cited in known:
        alike = overlap(parts, other)
        shared = len(parts & other) / max(len(parts), 1)
        score = max(alike, shared if shared >= MOSTLY_IN else 0.0)
        if score >= STILL_THE_SAME and score > best:
            best, found = score, cited
    return found


def tick(
    draft: Draft,
    source: Source,
    sources: Sequence[Source],
    *,
    taken: bool,
    labelled: bool = False,
) -> Draft:
    """Take a source into the draft or out of it.

    A draft that nobody edited is composed anew, so that names stand where they belong; in an edited
    one nothing else is touched. sources: all of the node, in their order.
    """
    own = [item for item in sources if draft.takes(item)]
    if draft.text == compose(own, labelled=labelled).text:
        key = source.cited.key
        left = [
            item
            for item in sources
            if (item.cited.key == key and taken) or (draft.takes(item) and item.cited.key != key)
        ]
        return compose(left, labelled=labelled)
    return take(draft, source, sources) if taken else without(draft, source.cited.key)


def take(draft: Draft, source: Source, sources: Sequence[Source]) -> Draft:
    """A source put behind what its unit says already, else where its unit stands in the order."""
    if draft.takes(source):
        return draft
    paragraphs = [list(inner) for inner in draft.paragraphs]
    for inner in paragraphs:
        places = [at for at, item in enumerate(inner) if _cites(item, source.entry_id)]
        if places:
            inner.insert(places[-1] + 1, one_sentence(source, first=False))
            return Draft(tuple(tuple(one) for one in paragraphs))
    home = _group_paragraph(paragraphs, source)
    if home is not None:
        home.append(in_list(source, head=False))
    else:
        made = in_list(source, head=True) if source.group else one_sentence(source, first=True)
        paragraphs.insert(_place(paragraphs, source, sources), [made])
    return Draft(tuple(tuple(one) for one in paragraphs))


def _cites(sentence: Sentence, entry_id: str) -> bool:
    return any(one.entry_id == entry_id for one in sentence.cited)


def _group_paragraph(paragraphs: Sequence[list[Sentence]], source: Source) -> list[Sentence] | None:
    """The paragraph of the source's group, if there is one."""
    if source.group is None:
        return None
    head = printed_group(source.group) + COLON
    return next((inner for inner in paragraphs if inner[0].text.startswith(head)), None)


def _place(
    paragraphs: Sequence[Sequence[Sentence]], source: Source, sources: Sequence[Source]
) -> int:
    """Behind the last paragraph of a unit that comes before it in the order."""
    order = list(dict.fromkeys(item.entry_id for item in sources))
    before = set(order[: order.index(source.entry_id)]) if source.entry_id in order else set()
    places = [
        at + 1
        for at, inner in enumerate(paragraphs)
        if any(_cites(item, entry_id) for item in inner for entry_id in before)
    ]
    return max(places, default=0)


def without(draft: Draft, key: tuple[str, str]) -> Draft:
    """The draft without a citation, and without the sentences that had only this one."""
    kept: list[tuple[Sentence, ...]] = []
    for inner in draft.paragraphs:
        left = []
        for sentence in inner:
            cited = tuple(one for one in sentence.cited if one.key != key)
            if cited or not sentence.cited:
                left.append(replace(sentence, cited=cited))
        if left:
            kept.append(tuple(left))
    return Draft(tuple(kept))


def move(draft: Draft, paragraph: int, to: int) -> Draft:
    """A paragraph at another place; beyond the ends nothing moves."""
    if not 0 <= paragraph < len(draft.paragraphs) or not 0 <= to < len(draft.paragraphs):
        return draft
    paragraphs = list(draft.paragraphs)
    paragraphs.insert(to, paragraphs.pop(paragraph))
    return Draft(tuple(paragraphs))
