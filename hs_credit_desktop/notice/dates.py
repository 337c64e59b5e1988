"""Dates in Chinese papers: of the document, of reporting rounds, of single measures."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from hs_credit_desktop.domain.text import parse_chinese_number

_YEAR = r"(?P<year>\d{4}|[二〇○零一三四五六七八九]{4})年"
_RELATIVE = r"(?P<relative>每年|今年|当年|本年|次年|明年|翌年)"
_NUM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = rf"(?:(?P<day>{_NUM})[日号]|(?P<late>底|末)|(?P<third>上旬|中旬|下旬)|份)?"
_ATOM = re.compile(
    rf"(?:{_YEAR}|{_RELATIVE})?(?:度)?的?(?:(?P<month>{_NUM})月{_DAY}|(?P<yearend>年?底|年?末))"
    rf"|(?P<period>每季度|每个季度|每半年|每月|每个月)(?:(?P<last>的?(?:最后一个月|末月|末)的?)?"
    rf"(?:(?P<pday>{_NUM})[日号]|(?P<plate>底|末|结束)?))"
)
_FULL = re.compile(rf"{_YEAR}(?P<month>{_NUM})月(?P<day>{_NUM})日")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_PERIODS = {"季": (3, 6, 9, 12), "半": (6, 12), "月": tuple(range(1, 13))}
FULL_DATE = re.compile(
    _FULL.pattern.replace("?P<year>", "").replace("?P<month>", "").replace("?P<day>", "")
)


@dataclass(frozen=True)
class DueDate:
    """A due date: `guessed` when its year was not printed and is taken from the document."""

    printed: str
    due_on: date
    guessed: bool
    start: int


def full_date(text: str) -> date | None:
    """2024年7月3日 or 二〇二四年七月三日 as a date; None when it is no day of the calendar."""
    found = _FULL.search(text)
    if not found:
        return None
    return _day(_year(found["year"]), _number(found["month"]), _number(found["day"]))


def _year(printed: str) -> int:
    return int(printed.translate(_CHINESE_DIGITS))


def _number(printed: str) -> int:
    return int(printed) if printed.isdigit() else parse_chinese_number(printed)


def _day(year: int, month: int, day: int | None) -> date | None:
    """A date; without a day the last one of the month. None when the calendar has no such day."""
    if not (1 <= month <= 12 and year):
        return None
    last = monthrange(year, month)[1]
    day = last if day is None else day
    return date(year, month, day) if 1 <= day <= last else None


def due_dates(text: str, issued_on: date | None) -> list[DueDate]:
    """All dates in a clause. A year printed once holds for the dates after it; 每年 and 每季度 mean
    the first such dates after the document's. Dates that cannot be told are left out."""
    found: list[DueDate] = []
    year: int | None = None
    yearly = False
    for atom in _ATOM.finditer(text):
        if atom["period"]:
            found += _periodic(atom, issued_on)
            continue
        if atom["year"]:
            year, yearly = _year(atom["year"]), False
        elif atom["relative"]:
            year, yearly = _relative_year(atom["relative"], issued_on), atom["relative"] == "每年"
        elif atom["yearend"] and not atom["yearend"].startswith("年"):
            continue
        due = _single(atom, year, issued_on)
        if due:
            found.append(DueDate(atom.group(), due, year is None and not yearly, atom.start()))
    return sorted(found, key=lambda each: each.due_on)


def _relative_year(word: str, issued_on: date | None) -> int | None:
    if word == "每年" or issued_on is None:
        return None
    return issued_on.year + (word in ("次年", "明年", "翌年"))


def _single(atom: re.Match[str], year: int | None, issued_on: date | None) -> date | None:
    """One date; without a year the first such date that is not before the document's."""
    month = _number(atom["month"]) if atom["month"] else 12
    day = _number(atom["day"]) if atom["day"] else {"上旬": 10, "中旬": 20}.get(atom["third"] or "")
    if year is not None:
        return _day(year, month, day)
    if issued_on is None:
        return None
    due = _day(issued_on.year, month, day)
    return _day(issued_on.year + 1, month, day) if due and due < issued_on else due


def _periodic(atom: re.Match[str], issued_on: date | None) -> list[DueDate]:
    """每季度末, 每季度最后一个月25日, 每半年, 每月5日: each for the first time after the paper."""
    if issued_on is None:
        return []
    word = next(key for key in _PERIODS if key in atom["period"])
    day = _number(atom["pday"]) if atom["pday"] else None
    dues = []
    for month in _PERIODS[word]:
        due = _day(issued_on.year, month, day)
        if due and due < issued_on:
            due = _day(issued_on.year + 1, month, day)
        if due:
            dues.append(DueDate(atom.group(), due, False, atom.start()))
    return dues
