"""What happens to a draft afterwards: edits keep their sources, changed sources show (来源已变更)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

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
from hs_credit_desktop.domain.differences import spans
from hs_credit_desktop.domain.similarity import core, overlap, shingles

# An edited sentence is still the one before, or the unit's, from this likeness on.
STILL_THE_SAME = 0.6
MOSTLY_IN = 0.75
# A changed sentence of the same entry that is to be shown as the new form of an old one.
NEW_FORM = 0.4


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
        known = [(shingles(item.text), item.cited) for item in before.sentences if item.cited]
        units = [
            (shingles(said_by(item.text, (item.unit,), drop=True)), (item.cited,))
            for item in sources
        ]
        self._known, self._units = known, units

    def of(self, text: str) -> Sentence:
        if text in self._before:
            return self._before[text]
        parts = shingles(text)
        cited = _best(parts, self._known) or _best(parts, self._units)
        return Sentence(text, cited)


def _best(
    parts: frozenset[str], known: Iterable[tuple[frozenset[str], tuple[Cited, ...]]]
) -> tuple[Cited, ...]:
    """The citations of whatever is most like it, () when nothing is like enough."""
    best, found = 0.0, ()
    for other, cited in known:
        alike = overlap(parts, other)
        shared = len(parts & other) / max(len(parts), 1)
        score = max(alike, shared if shared >= MOSTLY_IN else 0.0)
        if score >= STILL_THE_SAME and score > best:
            best, found = score, cited
    return found


class Change(StrEnum):
    """What became of a source."""

    CHANGED = "changed"
    GONE = "gone"
    ADDED = "added"

    @property
    def label(self) -> str:
        """The words before old and new."""
        return {
            "changed": "来源已变更",
            "gone": "来源已删去这一句",
            "added": "单位新报了内容",
        }[self.value]


@dataclass(frozen=True)
class Stale:
    """A source that is no longer as the draft says. at: paragraph and sentence, None when added.

    old: the words cited, new: what stands there now; added: the new sources of one entry.
    """

    change: Change
    entry_id: str
    unit: str
    old: str = ""
    new: str = ""
    at: tuple[int, int] | None = None
    cited: Cited | None = None
    added: tuple[Source, ...] = ()


def known_keys(sources: Iterable[Source]) -> frozenset[str]:
    """What the clerk has seen of the sources, as a saved draft remembers it."""
    return frozenset(f"{source.entry_id}:{core(source.text)}" for source in sources)


def stale(
    draft: Draft,
    known: frozenset[str],
    sources: Sequence[Source],
    parts: Sequence[str],
) -> tuple[Stale, ...]:
    """Cited words that changed or went, in the order of the draft; then entries with new words.

    known: what was seen when the draft was saved (known_keys); parts: those it is made of.
    """
    now: dict[str, list[Source]] = {}
    for source in sources:
        now.setdefault(source.entry_id, []).append(source)
    found: list[Stale] = []
    used: set[tuple[str, str]] = set(draft.keys)
    for place, inner in enumerate(draft.paragraphs):
        for at, sentence in enumerate(inner):
            for one in sentence.cited:
                there = now.get(one.entry_id, [])
                if any(item.cited.key == one.key for item in there):
                    continue
                new = _new_form(one, there, used)
                used |= {(one.entry_id, core(new))} if new else set()
                change = Change.CHANGED if new else Change.GONE
                found.append(
                    Stale(change, one.entry_id, one.unit, one.text, new, (place, at), one)
                )
    return (*found, *_added(now, known, used, parts))


def _new_form(cited: Cited, there: Sequence[Source], used: set[tuple[str, str]]) -> str:
    """The sentence of the entry that most likely replaced the cited one, '' when none did."""
    parts = shingles(cited.text)
    scored = [
        (overlap(parts, shingles(item.text)), -at)
        for at, item in enumerate(there)
        if item.cited.key not in used
    ]
    best = max(scored, default=(0.0, 0))
    return there[-best[1]].text if best[0] >= NEW_FORM else ""


def _added(
    now: Mapping[str, Sequence[Source]],
    known: frozenset[str],
    used: set[tuple[str, str]],
    parts: Sequence[str],
) -> Iterable[Stale]:
    for entry_id, items in now.items():
        fresh = tuple(
            item
            for item in items
            if item.part in parts and item.cited.key not in used and known_keys((item,)) - known
        )
        if fresh:
            said = "".join(item.text for item in fresh)
            yield Stale(Change.ADDED, entry_id, fresh[0].unit, new=said, added=fresh)


def use_new(draft: Draft, item: Stale, sources: Sequence[Source]) -> Draft:
    """The draft with the new words: the sentence rewritten, taken out, or the new ones added."""
    if item.at is None:
        for source in item.added:
            draft = take(draft, source, sources)
        return draft
    assert item.cited
    if item.change is Change.GONE:
        return _without(draft, item.cited.key)
    sentence = _at(draft, item.at)
    fresh = replace(item.cited, text=item.new)
    return _put(draft, item.at, Sentence(_rewritten(sentence, item), _swapped(sentence, item, fresh)))


def keep_old(draft: Draft, item: Stale) -> Draft:
    """The draft with its words as they are; the source is noted as it stands now."""
    if item.at is None or item.cited is None:
        return draft
    sentence = _at(draft, item.at)
    fresh = replace(item.cited, text=item.new) if item.new else None
    return _put(draft, item.at, replace(sentence, cited=_swapped(sentence, item, fresh)))


def _swapped(sentence: Sentence, item: Stale, fresh: Cited | None) -> tuple[Cited, ...]:
    kept = ((fresh if one == item.cited else one) for one in sentence.cited)
    return tuple(one for one in kept if one)


def _rewritten(sentence: Sentence, item: Stale) -> str:
    """The sentence with the new words where the old ones stood; figures alone where it was edited.

    When neither can be found again the unit's new sentence stands there whole.
    """
    for drop in (False, True):
        old = said_by(item.old, (item.unit,), drop=drop).rstrip("。")
        new = said_by(item.new, (item.unit,), drop=drop).rstrip("。")
        if old and old in sentence.text:
            return sentence.text.replace(old, new, 1)
    text, changed = sentence.text, False
    for span in spans(item.old, item.new):
        if span.figure and text.count(span.old) == 1:
            text, changed = text.replace(span.old, span.new), True
    if changed:
        return text
    head, colon, _ = sentence.text.partition(COLON)
    label = head + colon if item.unit in head and colon else ""
    return label + said_by(item.new, (item.unit,), drop=bool(label))


def _at(draft: Draft, at: tuple[int, int]) -> Sentence:
    return draft.paragraphs[at[0]][at[1]]


def _put(draft: Draft, at: tuple[int, int], sentence: Sentence) -> Draft:
    paragraphs = [list(inner) for inner in draft.paragraphs]
    paragraphs[at[0]][at[1]] = sentence
    return Draft(tuple(tuple(inner) for inner in paragraphs))


def _without(draft: Draft, key: tuple[str, str]) -> Draft:
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
    return take(draft, source, sources) if taken else _without(draft, source.cited.key)


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


def _group_paragraph(
    paragraphs: Sequence[list[Sentence]], source: Source
) -> list[Sentence] | None:
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


def move(draft: Draft, paragraph: int, to: int) -> Draft:
    """A paragraph at another place; beyond the ends nothing moves."""
    if not 0 <= paragraph < len(draft.paragraphs) or not 0 <= to < len(draft.paragraphs):
        return draft
    paragraphs = list(draft.paragraphs)
    paragraphs.insert(to, paragraphs.pop(paragraph))
    return Draft(tuple(paragraphs))
