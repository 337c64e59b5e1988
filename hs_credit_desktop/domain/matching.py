"""Which measure a row or a paragraph answers, by its number, its title and its words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hs_credit_desktop.domain.headings import measure_words
from hs_credit_desktop.domain.reading import ReadRow
from hs_credit_desktop.domain.returns import TEXTS, FeedbackParts
from hs_credit_desktop.domain.similarity import core, shingles, similarity
from hs_credit_desktop.domain.text import clean

TITLE_ALIKE = 0.55
# Share of a paragraph's shingles that must come from the measure's own words to be offered.
WORDS_ALIKE = 0.08
_LONGEST_HEADING = 60
# A label alone on its line or before a colon; words that merely sound like one stay text.
_LABEL = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?(?:"
    r"(?P<progress>(?:工作|任务|总体)?(?:进展|开展|推进|落实|完成)情况|主要做法|具体做法|工作进展)|"
    r"(?P<results>(?:主要|工作|取得的?)?(?:成效|成果)|主要工作成效)|"
    r"(?P<problems>(?:存在的?|主要)?(?:问题|困难)(?:[和与及](?:困难|不足|问题|建议))?)|"
    r"(?P<next_steps>下一?步(?:工作)?(?:打算|计划|安排|思路|举措)?|工作(?:打算|计划))"
    r")\s*(?:[：:]|$)\s*(?P<rest>.*)",
    re.DOTALL,
)


@dataclass(frozen=True)
class MeasureText:
    """What a measure says: number, title and text."""

    number: int
    title: str
    body: str


def match_row(row: ReadRow, measures: Sequence[MeasureText]) -> int | None:
    """The number of the measure a row answers.

    The title decides; a printed number decides where the title is missing or fits no measure less.
    """
    titles = {item.number: item.title for item in measures}
    wanted = core(row.title)
    if not wanted:
        return row.number if row.number in titles else None
    if row.number in titles and _same_title(wanted, titles[row.number]):
        return row.number
    scores = {number: _title_score(wanted, title) for number, title in titles.items()}
    best = max(scores, key=lambda number: scores[number], default=None)
    return best if best is not None and scores[best] >= TITLE_ALIKE else None


def _same_title(wanted: str, title: str) -> bool:
    return _title_score(wanted, title) >= TITLE_ALIKE


def _title_score(wanted: str, title: str) -> float:
    """1.0 when one is the beginning of the other, else their similarity."""
    known = core(title)
    shorter, longer = sorted((wanted, known), key=len)
    return 1.0 if len(shorter) >= 4 and longer.startswith(shorter) else similarity(wanted, known)


def offer(
    paragraphs: Sequence[str], measures: Sequence[MeasureText], *, by_words: bool = True
) -> tuple[int | None, ...]:
    """A measure's number for each paragraph of a free report, None where the clerk must say.

    A heading with a measure's number or title rules what follows; without headings a paragraph goes
    to the measure whose words it shares most (by_words). A unit with one measure gets all but the
    opening.
    """
    if len(measures) == 1:
        return _all_to_one(paragraphs, measures[0])
    headings = [_heading(text, measures) for text in paragraphs]
    if any(headings):
        current: int | None = None
        offered = []
        for found in headings:
            current = found or current
            offered.append(current)
        return tuple(offered)
    if not by_words:
        return (None,) * len(paragraphs)
    words = {item.number: shingles(item.title + item.body) for item in measures}
    return tuple(_nearest(text, words) for text in paragraphs)


def _all_to_one(paragraphs: Sequence[str], measure: MeasureText) -> tuple[int | None, ...]:
    """Everything after the title and the salutation, which are short lines without a full stop."""
    start = next((at for at, text in enumerate(paragraphs) if "。" in text), 0)
    return tuple(None if at < start else measure.number for at in range(len(paragraphs)))


def _heading(text: str, measures: Sequence[MeasureText]) -> int | None:
    """The measure a heading names: its title in a short line or at the start of a paragraph."""
    first = text.split("\n", 1)[0]
    words = measure_words(first)
    opening = core(words.title)
    for item in measures:
        title = core(item.title)
        if opening.startswith(title):
            return item.number
        if len(first) <= _LONGEST_HEADING and (
            title in core(first)
            or (words.number == item.number and similarity(opening, title) >= TITLE_ALIKE)
        ):
            return item.number
    return None


def _nearest(text: str, words: Mapping[int, frozenset[str]]) -> int | None:
    own = shingles(text)
    if not own:
        return None
    scores = {number: len(own & known) / len(own) for number, known in words.items()}
    best = max(scores, key=lambda number: scores[number])
    return best if scores[best] >= WORDS_ALIKE else None


def free_parts(paragraphs: Sequence[str]) -> FeedbackParts:
    """Paragraphs of one measure as the four parts, split at 主要成效：, 存在问题 and the like."""
    said: dict[str, list[str]] = {key: [] for key in TEXTS}
    current = "progress"
    for text in paragraphs:
        if match := _LABEL.match(text):
            current = next(key for key in TEXTS if match[key])
            text = match["rest"]
        if text.strip():
            said[current].append(clean(text))
    progress, results, problems, next_steps = ("\n".join(said[key]) for key in TEXTS)
    return FeedbackParts(progress, results, problems, next_steps)
