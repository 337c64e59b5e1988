"""Brackets of four families, matched with the patience that scanned papers need."""

import re

FAMILY = {
    "〔": 1,
    "〕": 1,
    "（": 2,
    "）": 2,
    "(": 2,
    ")": 2,
    "［": 3,
    "］": 3,
    "[": 3,
    "]": 3,
    "【": 4,
    "】": 4,
}
OPENERS = "〔（(［[【"
CLOSERS = "〕）)］]】"
_ROUND = 2
_SQUARE_FOLLOWS = re.compile("[^。〔［[【]*[〕］】\\]]")


def closing(text: str, at: int, end: int) -> int:
    """Where the bracket opened at `at` is closed; `end` when it is not.

    Round brackets nest: 各县（市、区）人民政府. A list that is not round is closed by any bracket
    that is not round, even the wrong one; by a round one only when none of its own kind follows.
    """
    round_list = FAMILY[text[at]] == _ROUND
    depth = 0
    for index in range(at + 1, end):
        char = text[index]
        if char in OPENERS:
            depth += 1
        elif char in CLOSERS:
            if FAMILY[char] != _ROUND and not round_list:
                return index
            if depth == 0 and (round_list or not _SQUARE_FOLLOWS.match(text, index + 1, end)):
                return index
            depth = max(0, depth - 1)
    return end


def stray(text: str) -> int | None:
    """Where the first round bracket without a partner stands; 1） counts as a number."""
    opened: list[int] = []
    for index, char in enumerate(text):
        if char in "（(":
            opened.append(index)
        elif char in "）)":
            if not opened and not text[:index][-1:].isdigit():
                return index
            opened[-1:] = []
    return opened[0] if opened else None


def split_top(text: str, separators: str) -> list[tuple[int, int]]:
    """The stretches between separators that stand outside brackets, as (start, end) of `text`.

    In a bracket that is never closed only ， and ； part names: 各县（市、区人民政府 stays whole.
    """
    closed = _closed(text)
    parts: list[tuple[int, int]] = []
    start = depth = loose = 0
    for index, char in enumerate(text):
        if char in OPENERS:
            depth, loose = (depth + 1, loose) if index in closed else (depth, loose + 1)
        elif char in CLOSERS:
            depth = max(0, depth - 1)
        elif char in separators and depth == 0 and (not loose or char not in "、"):
            parts.append((start, index))
            start, loose = index + 1, 0
    return [*parts, (start, len(text))]


def _closed(text: str) -> set[int]:
    """Where brackets open that are closed again before a comma or semicolon."""
    opened: list[int] = []
    closed: set[int] = set()
    for index, char in enumerate(text):
        if char in OPENERS:
            opened.append(index)
        elif char in CLOSERS and opened:
            closed.add(opened.pop())
    return closed
