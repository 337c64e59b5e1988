"""How a spreadsheet program wraps a text: the lines it takes, and where to cut one too tall."""

import math
from bisect import bisect_right


def cut_text(text: str, width: float, most: int) -> list[str]:
    """A text in pieces of at most `most` lines in a column, cut after a sentence if there is one.

    The pieces joined are the text.
    """
    pieces: list[str] = []
    while text_lines(text, width) > most:
        at = bisect_right(range(len(text)), most, key=lambda end: text_lines(text[:end], width)) - 1
        at = _after_sentence(text, max(at, 1))
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text]


def _after_sentence(text: str, at: int) -> int:
    """The last end of a sentence in the last third before `at`, else `at`."""
    ends = [text.rfind(mark, at - at // 3, at) for mark in "\n。；"]
    return max(ends) + 1 if max(ends) > 0 else at


def text_lines(text: str, width: float) -> int:
    """Lines that a wrapped text takes in a column, reckoned a little too high rather than cut."""
    room = max(width - 1.5, 2.0)
    if len(text) * 2.1 <= room and "\n" not in text:
        return 1
    return sum(max(math.ceil(_wide(line) * 1.04 / room), 1) for line in text.split("\n"))


def _wide(text: str) -> float:
    """Width in characters of Excel: ASCII takes one and a bit, all else two."""
    narrow = len(text.encode("ascii", "ignore"))
    return 2.0 * (len(text) - narrow) + 1.05 * narrow
