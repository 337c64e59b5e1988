"""Stale sentences (来源已变更): what changed in a source after the save, and two answers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hs_credit_desktop.domain.composing import (
    FIGURES,
    Cited,
    Draft,
    Sentence,
    Source,
    figures_draft,
)
from hs_credit_desktop.domain.composing_changes import take, without
from hs_credit_desktop.domain.composing_names import COLON, said_by
from hs_credit_desktop.domain.differences import spans
from hs_credit_desktop.domain.similarity import core, overlap, shingles

# A changed sentence of the same entry that is to be shown as the new form of an old one.
NEW_FORM = 0.4
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


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
                found.append(Stale(change, one.entry_id, one.unit, one.text, new, (place, at), one))
    return (*found, *_added(now, known, used, parts))


def _new_form(cited: Cited, there: Sequence[Source], used: set[tuple[str, str]]) -> str:
    """The sentence of the entry that most likely replaced the cited one, '' when none did."""
    parts = _shape(cited)
    scored = [
        (overlap(parts, _shape(item.cited)), -at)
        for at, item in enumerate(there)
        if item.cited.key not in used
    ]
    best = max(scored, default=(0.0, 0))
    return there[-best[1]].text if best[0] >= NEW_FORM else ""


def _shape(cited: Cited) -> frozenset[str]:
    """What a sentence is found again by; one of the ledger without its figures."""
    text = _FIGURE.sub("0", cited.text) if cited.part == FIGURES else cited.text
    return shingles(text)


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


def still_stale(found: tuple[Stale, ...], draft: Draft, known: frozenset[str]) -> tuple[Stale, ...]:
    """What of the stale sentences found before is stale yet, each where it stands now.

    For a long draft: nothing is compared again.
    """
    places = {
        one.key: (paragraph, at)
        for paragraph, inner in enumerate(draft.paragraphs)
        for at, sentence in enumerate(inner)
        for one in sentence.cited
    }
    left = []
    for item in found:
        if item.cited is not None and item.cited.key in places:
            left.append(replace(item, at=places[item.cited.key]))
        elif item.cited is None and not known_keys(item.added) <= known:
            left.append(item)
    return tuple(left)


def use_new(draft: Draft, item: Stale, sources: Sequence[Source]) -> Draft:
    """The draft with the new words: the sentence rewritten, taken out, or the new ones added."""
    if item.at is None:
        for source in item.added:
            draft = take(draft, source, sources)
        return draft
    assert item.cited
    if item.change is Change.GONE:
        return without(draft, item.cited.key)
    sentence = _at(draft, item.at)
    fresh = replace(item.cited, text=item.new)
    return _put(
        draft, item.at, Sentence(_rewritten(sentence, item), _swapped(sentence, item, fresh))
    )


def keep_old(draft: Draft, item: Stale) -> Draft:
    """The draft with its words as they are; the source is noted as it stands now."""
    if item.at is None or item.cited is None:
        return draft
    sentence = _at(draft, item.at)
    fresh = replace(item.cited, text=item.new) if item.new else None
    return _put(draft, item.at, replace(sentence, cited=_swapped(sentence, item, fresh)))


def live(draft: Draft, known: frozenset[str], sources: Sequence[Source]) -> Draft:
    """总体情况 with the figures of now: as a whole, or in the sentences that nobody edited.

    known: what the ledger said when the draft was saved.
    """
    cited = {f"{entry_id}:{words}" for entry_id, words in draft.keys}
    own = all(item.cited and item.text == item.cited[0].text for item in draft.sentences)
    if cited == known and own:
        return figures_draft(sources)
    for item in stale(draft, known, sources, ()):
        unedited = item.at is not None and _at(draft, item.at).text == item.old
        if unedited and item.change is Change.CHANGED:
            draft = use_new(draft, item, sources)
    return draft


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
    head, colon, _ = sentence.text.rpartition(COLON)
    label = head + colon if item.unit in head and colon else ""
    return label + said_by(item.new, (item.unit,), drop=bool(label))


def _at(draft: Draft, at: tuple[int, int]) -> Sentence:
    return draft.paragraphs[at[0]][at[1]]


def _put(draft: Draft, at: tuple[int, int], sentence: Sentence) -> Draft:
    paragraphs = [list(inner) for inner in draft.paragraphs]
    paragraphs[at[0]][at[1]] = sentence
    return Draft(tuple(tuple(inner) for inner in paragraphs))
