"""Sentence patterns for practice texts: read from resources/practice, chosen by key word."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TypeVar

from hs_credit_desktop import paths

T = TypeVar("T")
_PIECE = re.compile(r"\[([^\]]*)\]|\{(\w+)\}")
_NOUNS = re.compile(r"\w+：")  # word lists stand first in their stock
_MARKS = {"~": "totals", "+": "actions", "=": "results", "?": "problems", ">": "plans"}


@dataclass(frozen=True)
class Slot:
    """A hole of a pattern: a word of the entry (topic, who …) or a figure (a, b, s …)."""

    name: str


@dataclass(frozen=True)
class Choice:
    """One of several wordings, each a pattern of its own."""

    patterns: tuple["Pattern", ...]


Pattern = tuple[str | Slot | Choice, ...]
Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Stock:
    """The patterns under one @ head; chosen by its `keys`, `nouns` are its word lists."""

    keys: tuple[str, ...]
    lines: Mapping[str, tuple[Pattern, ...]]
    nouns: Mapping[str, tuple[str, ...]]

    def of(self, kind: str) -> tuple[Pattern, ...]:
        """Patterns of one kind (totals, actions, results, problems, plans, frames); () if none."""
        return self.lines.get(kind, ())


def compile_pattern(line: str) -> Pattern:
    """A pattern from its written form: [甲|乙] is a choice, {a} a slot, the rest is itself."""
    parts: list[str | Slot | Choice] = []
    at = 0
    for match in _PIECE.finditer(line):
        parts.append(line[at : match.start()])
        options, name = match.groups()
        parts.append(
            Slot(name) if name else Choice(tuple(map(compile_pattern, options.split("|"))))
        )
        at = match.end()
    parts.append(line[at:])
    return tuple(part for part in parts if part != "")


# Small enough to be believed, never a year.
_COUNTS = {
    "a": (2, 8),
    "d": (6, 14),
    "b": (21, 76),
    "c": (105, 880),
    "k": (2130, 7700),
    "m": (30, 900),
}


class Pen:
    """Fills patterns with the words and figures of one entry; the same random, the same text."""

    def __init__(self, words: Words, random: Random) -> None:
        self._words = dict(words)
        self._random = random
        self._last = 0

    def say(self, pattern: Pattern) -> str:
        """The pattern with every choice and slot filled."""
        return "".join(
            part
            if isinstance(part, str)
            else self._word(part.name)
            if isinstance(part, Slot)
            else self.say(pick(part.patterns, self._random))
            for part in pattern
        )

    def _word(self, name: str) -> str:
        if name not in self._words:
            return self._figure(name)
        chosen = pick(self._words[name], self._random)
        if name == "topic":  # in full once, as people write
            self._words[name] = self._words["topic_again"]
        return chosen

    def _figure(self, name: str) -> str:
        share = self._random.random()
        if name in _COUNTS:
            least, span = _COUNTS[name]
            self._last = least + int(share * span)
            return str(self._last)
        if name == "s":  # a part of the figure before: 发现 20 处，整改 {s} 处
            return str(max(1, int(self._last * (0.45 + share * 0.55))))
        return _MAGNITUDES[name](share)


_MAGNITUDES: Mapping[str, Callable[[float], str]] = {
    "p": lambda share: f"{81 + share * 18:.1f}",
    "w": lambda share: f"{1.1 + share * 8.7:.1f}万",
    "y": lambda share: f"{0.3 + share * 9.4:.1f}亿",
}


def pick(options: tuple[T, ...], random: Random) -> T:
    """One of the options; quicker than Random.choice, which counts when a million are written."""
    return options[int(random.random() * len(options))]


@cache
def stocks(name: str) -> tuple[Stock, ...]:
    """The stocks of resources/practice/<name>.txt (themes, trades, frames) in file order."""
    text = (paths.resources() / "practice" / f"{name}.txt").read_text(encoding="utf-8")
    _, *blocks = re.split(r"^@ ", text, flags=re.MULTILINE)
    return tuple(_stock(block.strip().splitlines()) for block in blocks)


def _stock(lines: list[str]) -> Stock:
    head, *rest = lines
    nouns = dict(line.split("：") for line in rest if _NOUNS.match(line))
    patterns: dict[str, tuple[Pattern, ...]] = {}
    for line in rest[len(nouns) :]:
        kind = _MARKS.get(line[0])
        text = line[2:] if kind else line
        patterns[kind or "frames"] = (*patterns.get(kind or "frames", ()), compile_pattern(text))
    return Stock(
        tuple(head.split("|")),
        patterns,
        {name: tuple(words.split("、")) for name, words in nouns.items()},
    )


@cache
def frames(name: str) -> tuple[Pattern, ...]:
    """The frame sentences under one heading of frames.txt."""
    return next(stock.of("frames") for stock in stocks("frames") if name in stock.keys)
