"""Papers that leave the office (文书): their kinds, document numbers and the seal log."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class PaperKind(StrEnum):
    """What the office publishes; the values are the contract of `export` where it names one."""

    REPORT = "report"
    SUMMARY = "summary"
    LEDGER = "ledger"
    CHASE_LETTER = "chase_letter"
    MISSING_LIST = "missing_list"
    ONE_PAGE_LIST = "one_page_list"
    CIRCULAR = "circular"
    RETURN_NOTICE = "return_notice"
    RECEIPT = "receipt"

    @property
    def label(self) -> str:
        """The word the clerk sees; files are called so."""
        return _LABELS[self]

    @property
    def sealed(self) -> bool:
        """Whether an ink seal belongs on it; lists and receipts go out without one."""
        return self in _SEALED

    @property
    def letter(self) -> bool:
        """Whether it is a letter (函) and takes its number from the letters' own sequence."""
        return self in (PaperKind.CHASE_LETTER, PaperKind.RETURN_NOTICE)


_LABELS = {
    PaperKind.REPORT: "执行情况报告",
    PaperKind.SUMMARY: "盖章汇总表",
    PaperKind.LEDGER: "信用任务台账",
    PaperKind.CHASE_LETTER: "催报函",
    PaperKind.MISSING_LIST: "未报清单",
    PaperKind.ONE_PAGE_LIST: "一页清单",
    PaperKind.CIRCULAR: "通报",
    PaperKind.RETURN_NOTICE: "退回补报通知",
    PaperKind.RECEIPT: "回执",
}
_SEALED = (
    PaperKind.REPORT,
    PaperKind.SUMMARY,
    PaperKind.CHASE_LETTER,
    PaperKind.CIRCULAR,
    PaperKind.RETURN_NOTICE,
)


@dataclass(frozen=True, order=True)
class DocumentNumber:
    """黄信用办〔2024〕1号: word, full year, number without leading zero (GB/T 9704-2012, 7.2.5)."""

    word: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕{self.number}号"


# Brackets as people type them are read as 〔〕.
_NUMBER = re.compile(r"(.+?)\s*[〔\[（(【]\s*(\d{4})\s*[〕\]）)】]\s*第?\s*0*([1-9]\d*)\s*号")


def parse_number(text: str) -> DocumentNumber | None:
    """A document number as printed or typed; None when it is none."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    word, year, number = match.groups()
    return DocumentNumber(word, int(year), int(number))


@dataclass(frozen=True)
class RegisterLine:
    """A line of the register of document numbers (发文登记); a voided number stays spent."""

    id: str
    number: DocumentNumber
    kind: str
    title: str
    round_id: str | None
    taken_on: date
    taken_at: datetime
    actor: str
    voided_at: datetime | None = None
    void_reason: str | None = None

    @property
    def valid(self) -> bool:
        """Whether the number still stands for its paper."""
        return self.voided_at is None


def next_number(taken: Sequence[DocumentNumber], word: str, year: int) -> DocumentNumber:
    """The number after the highest taken of that word and year; 1 for the first."""
    used = (item.number for item in taken if (item.word, item.year) == (word, year))
    return DocumentNumber(word, year, max(used, default=0) + 1)


def gaps(taken: Sequence[DocumentNumber]) -> tuple[DocumentNumber, ...]:
    """Numbers that were left out below the highest of their word and year."""
    there = set(taken)
    found: list[DocumentNumber] = []
    for word, year in sorted({(item.word, item.year) for item in there}):
        highest = next_number(taken, word, year).number
        found += (DocumentNumber(word, year, at) for at in range(1, highest))
    return tuple(item for item in found if item not in there)


def doubles(lines: Sequence[RegisterLine]) -> frozenset[DocumentNumber]:
    """Numbers that stand for more than one paper."""
    counts = Counter(line.number for line in lines if line.valid)
    return frozenset(number for number, times in counts.items() if times > 1)


@dataclass(frozen=True)
class Published:
    """A paper as it was last written: when, under which name, SHA-256, number ('' for none)."""

    id: str
    round_id: str
    kind: PaperKind
    name: str
    sha256: str
    pages: int | None
    number: str
    published_at: datetime
    actor: str


@dataclass(frozen=True)
class Scan:
    """The sealed paper as it was scanned, kept under its SHA-256."""

    id: str
    seal_log_id: str
    sha256: str
    name: str
    added_at: datetime
    actor: str


@dataclass(frozen=True)
class SealLine:
    """A line of the seal log (用印登记): which paper, how many copies, who, when, what for.

    sha256: of the paper that was printed, '' for one not made here; image: the office's picture of
    its seal was used instead of ink.
    """

    id: str
    round_id: str | None
    kind: str
    title: str
    number: str
    sha256: str
    copies: int
    sealed_by: str
    sealed_on: date
    purpose: str
    image: bool
    logged_at: datetime
    actor: str
    voided_at: datetime | None = None
    void_reason: str | None = None
    scans: tuple[Scan, ...] = ()
