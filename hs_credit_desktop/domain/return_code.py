"""The return code (回执码) on every form, such as HS24-2-0917-K: year, round, number, check mark.

The check mark makes the weighted sum of all places divisible by 31. 31 is a prime larger than the
number of places, so one wrong character or any two characters swapped are always noticed.
"""

import re
from dataclasses import dataclass

from hs_credit_desktop.domain.text import narrow

PREFIX = "HS"
# 31 marks that are hard to confuse on paper: no I L O Q S.
MARKS = "0123456789ABCDEFGHJKMNPRTUVWXYZ"
MAX_ROUND = 99
MAX_NUMBER = 999_999
_SHAPE = re.compile(r"HS(\d{2})-(\d{1,2})-(\d{4,6})-([0-9A-Z])")
_LOOSE = re.compile(
    r"(?<![0-9A-Z])HS\s?(\d{2})\s?-\s?(\d{1,2})\s?-\s?(\d{4,6})\s?-\s?([0-9A-Z])(?![0-9A-Z])"
)
_DASHES = str.maketrans("－—–‐‑−―", "-------")


@dataclass(frozen=True)
class ReturnCode:
    """What a code says: two-digit year of the notice, round from 1, number of the unit's form."""

    year: int
    round: int
    number: int

    def __str__(self) -> str:
        body = f"{self.year:02d}-{self.round}-{self.number:04d}"
        return f"{PREFIX}{body}-{_mark(body)}"


def _mark(body: str) -> str:
    """The check mark of YY-R-NNNN; the round counts as two digits so that places are fixed."""
    year, round_, number = body.split("-")
    digits = f"{year}{int(round_):02d}{int(number):06d}"
    total = sum(weight * int(digit) for weight, digit in enumerate(digits, 2))
    return MARKS[-total % len(MARKS)]


def make(year: int, round_number: int, number: int) -> ReturnCode:
    """A code for the calendar year of the notice; ValueError outside what a code can hold."""
    if not (1 <= round_number <= MAX_ROUND and 1 <= number <= MAX_NUMBER):
        raise ValueError(f"no code for round {round_number}, number {number}")
    return ReturnCode(year % 100, round_number, number)


def parse(text: str) -> ReturnCode | None:
    """The code that `text` is, or None when it is none or its check mark is wrong."""
    match = _SHAPE.fullmatch(_plain(text).replace(" ", ""))
    if not match:
        return None
    year, round_, number, _ = match.groups()
    code = ReturnCode(int(year), int(round_), int(number))
    return code if str(code) == match[0] and code.round and code.number else None


@dataclass(frozen=True)
class FoundCodes:
    """Codes in a text: those that hold, and those whose check mark shows a slip."""

    valid: tuple[ReturnCode, ...]
    broken: tuple[str, ...]


def find(text: str) -> FoundCodes:
    """All codes in a text, full-width letters and blanks around the dashes allowed."""
    shapes = ["{}{}-{}-{}-{}".format(PREFIX, *found) for found in _LOOSE.findall(_plain(text))]
    codes = {shape: parse(shape) for shape in shapes}
    valid = tuple(dict.fromkeys(code for code in codes.values() if code))
    return FoundCodes(valid, tuple(shape for shape, code in codes.items() if code is None))


def _plain(text: str) -> str:
    return narrow(text).upper().translate(_DASHES).strip()
