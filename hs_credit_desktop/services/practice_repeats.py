"""Planted repeats: last round's practice text handed in again, a few characters retouched."""

import re
from collections.abc import Sequence
from random import Random

from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.domain.similarity import similarity
from hs_credit_desktop.services.practice_texts import whole_text

_ATTEMPTS = 60  # each in another order of retouches
# Digits of counts (not of percentages) only ever rise, so that a copy shows no total that fell.
_RISING_DIGIT = re.compile(r"[1-8](?=[\d.]*[^\d.．%年月日”])")
# Words of the same length that fit wherever the other did; offsets of later edits stay valid.
_EQUALLY_LONG = (
    ("截至目前", "到本期末"),
    ("进一步", "明显地"),
    ("开展", "组织"),
    ("加强", "强化"),
    ("及时", "按时"),
    ("部分", "少数"),
    ("推进", "推动"),
    ("明确", "确定"),
    ("重点", "主要"),
)


def nearly_repeated(old: FeedbackParts, target: float, seed: int = 2024) -> FeedbackParts:
    """Last round's text handed in again, retouched until its similarity, rounded, is `target`.

    target: two decimals, such as 0.97. ValueError when the text is too short to be hit exactly.
    """
    random = Random(seed)  # noqa: S311 — invented texts, no secrets
    for _ in range(_ATTEMPTS):
        texts = _retouched(old.texts, target, random)
        if _alike(old.texts, texts) == target:
            progress, results, problems, next_steps = texts
            return FeedbackParts(progress, results, problems, next_steps, old.completion)
    raise ValueError(f"no retouching of these {len(whole_text(old))} characters gives {target}")


def _retouched(before: Sequence[str], target: float, random: Random) -> Sequence[str]:
    """The texts after as many retouches as keep them at or above the target."""
    texts = list(before)
    for part, start, new in _retouches(before, random):
        kept = texts[part]
        texts[part] = kept[:start] + new + kept[start + len(new) :]
        alike = _alike(before, texts)
        if alike == target:
            break
        if alike < target:
            texts[part] = kept
    return texts


def _alike(left: Sequence[str], right: Sequence[str]) -> float:
    return round(similarity("\n".join(left), "\n".join(right)), 2)


def _retouches(texts: Sequence[str], random: Random) -> list[tuple[int, int, str]]:
    """(part, start, new words of the same length) in random order, figures before words."""
    digits = [
        (part, match.start(), str(int(match[0]) + 1))
        for part, text in enumerate(texts)
        for match in _RISING_DIGIT.finditer(text)
    ]
    words = [
        (part, match.start(), new)
        for part, text in enumerate(texts)
        for old, new in _EQUALLY_LONG
        for match in re.finditer(old, text)
    ]
    random.shuffle(digits)
    random.shuffle(words)
    return digits + words
