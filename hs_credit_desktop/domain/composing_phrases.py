"""Empty phrases (套话) struck out of a draft on request; whoever said the rest stays named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hs_credit_desktop.domain.composing import Draft, Sentence
from hs_credit_desktop.domain.composing_names import (
    AND,
    COLON,
    SEMICOLON,
    named,
    without_connective,
)
from hs_credit_desktop.domain.flags import says_nothing
from hs_credit_desktop.domain.similarity import core

LEAST = 3  # a clause with fewer characters beside its phrases says nothing
_CLAUSE = re.compile("[^，；]*[，；]|[^，；]+")


def strike_empty(draft: Draft) -> Draft:
    """The draft without clauses that say nothing; figures and what the office wrote stay.

    What is left of a sentence is word for word what stood there. A name that stood in a sentence
    that goes is put before the next one of its paragraph.
    """
    struck = (tuple(_paragraph(inner)) for inner in draft.paragraphs)
    return Draft(tuple(inner for inner in struck if inner))


def _paragraph(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    head = mark = ""  # 各县（市、区）： and 大冶市： still to be said
    waiting: tuple[str, ...] = ()  # names that stood in the sentence that went
    for sentence in sentences:
        units = tuple(dict.fromkeys(one.unit for one in sentence.cited if one.unit))
        if not units:
            yield sentence
            continue
        group, label, rest = _label(sentence.text, units)
        head, mark = head + group, label or mark
        text = _without_phrases(rest, units)
        if text and not mark and _names_one(rest, units):
            text = named(text, units)
        if not text:
            waiting = units if _names_one(rest, units) and not mark else waiting
            continue
        if mark:
            text = head + mark + without_connective(text)
        elif waiting == units:
            text = named(text, units)
        head, mark, waiting = "", "", ()
        yield replace(sentence, text=text)


def _names_one(text: str, units: Sequence[str]) -> bool:
    return any(unit in text for unit in units)


def _label(text: str, units: Sequence[str]) -> tuple[str, str, str]:
    """(各县（市、区）：, 大冶市：, the rest); the first two "" where no label stands before it."""
    mark = AND.join(units) + COLON
    head, found, rest = text.partition(mark)
    if not found or (head and not head.endswith(COLON)):
        return "", "", text
    return head, mark, rest


def _without_phrases(text: str, units: Sequence[str]) -> str:
    left = [clause for clause in _CLAUSE.findall(text) if not _empty(clause, units)]
    joined = "".join(left)
    if joined == text or not joined:
        return joined
    stop = SEMICOLON if text.endswith(SEMICOLON) else "。"
    return joined if joined[-1] in "。！？" else joined.rstrip("，；") + stop


def _empty(clause: str, units: Sequence[str]) -> bool:
    for unit in units:
        clause = clause.replace(unit, "")
    # A shorter one (同时，今年，) holds no phrase at all.
    return len(core(clause)) >= LEAST and says_nothing(clause, LEAST)
