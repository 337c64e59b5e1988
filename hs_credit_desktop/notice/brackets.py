"""Brackets of four families, matched with the patience that scanned papers need."""

import re
from bisect import bisect_right

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
_ANY = re.compile(r"[〔（(［\[【〕）)］\]】]")
_STOPS = re.compile(r"[。〔［\[【]")


class Brackets:
    """All brackets of a text, matched once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pairs: dict[int, int] = {}
        self.squares: list[int] = []
        opened: list[int] = []
        for found in _ANY.finditer(text):
            at, char = found.start(), found.group()
            if char in OPENERS:
                opened.append(at)
                continue
            if FAMILY[char] != _ROUND:
                self.squares.append(at)
            if opened:
                self.pairs[opened.pop()] = at

    def closing(self, at: int, end: int) -> int:
        """Where the bracket opened at `at` is closed; `end` when it is not closed before.

        Round brackets nest: 各县（市、区）人民政府. A list that is not round is closed by any
        bracket that is not round, even the wrong one; by a round one only when no other follows.
        """
        pair = self.pairs.get(at, end)
        if FAMILY[self.text[at]] == _ROUND:
            return min(pair, end)
        after = bisect_right(self.squares, at)
        square = self.squares[after] if after < len(self.squares) else end
        if pair < square and _STOPS.search(self.text, pair, square) is None and square < end:
            return square
        return min(pair, square, end)


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
