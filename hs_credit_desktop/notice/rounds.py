"""Reporting rounds: the dates by which the letter wants to hear how things stand."""

import re
from datetime import date

import hs_credit_desktop.notice.doubts as doubts
from hs_credit_desktop.domain.draft import DraftRound
from hs_credit_desktop.domain.notice import Doubt
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.notice.dates import DueDate, due_dates
from hs_credit_desktop.notice.flow import Flow
from hs_credit_desktop.notice.front import Stretch

_REPORT = re.compile("报送|报至|报我|报市|报省|报县|报区|上报|反馈|报告|汇报|提交|报")
_SUBJECT = re.compile("情况|进展|总结|成效|报告|反馈表|台账|汇总表")
_OTHER = re.compile("联络员|联系人|名单|方案|意见|建议|回执")
_DATE_WORD = re.compile(r"\d月|[一二三四五六七八九十]月|每季度|每半年|每月|年底")
WHERE = "报送时间"


def rounds_of(
    flow: Flow, letter: Stretch, issued_on: date | None
) -> tuple[tuple[DraftRound, ...], list[Doubt], list[Stretch]]:
    """The rounds in order of their dates, questions about them, and dates for other things."""
    dues: dict[date, tuple[DueDate, int]] = {}
    asked: list[Doubt] = []
    others: list[Stretch] = []
    for clause in _clauses(flow, letter):
        words = flow.text[clause.start : clause.end]
        if not _is_report(words):
            if _REPORT.search(words) and due_dates(words, issued_on):
                others.append(clause)
            continue
        found = due_dates(words, issued_on)
        asked += _year_doubts(flow, clause, found, issued_on)
        for due in found:
            dues.setdefault(due.due_on, (due, clause.start + due.start))
    ordered = [dues[day] for day in sorted(dues)]
    rounds = tuple(
        DraftRound(f"第{chinese_number(number)}轮", due.due_on)
        for number, (due, _) in enumerate(ordered, 1)
    )
    asked += [
        doubts.weekend(WHERE, flow.line(at), due.due_on)
        for due, at in ordered
        if due.due_on.weekday() >= 5
    ]
    return rounds, asked, others


def _is_report(words: str) -> bool:
    return bool(
        _REPORT.search(words)
        and _DATE_WORD.search(words)
        and (_SUBJECT.search(words) or not _OTHER.search(words))
    )


def _clauses(flow: Flow, letter: Stretch) -> list[Stretch]:
    """Sentences, parted again before each further date that has an errand of its own."""
    parts: list[Stretch] = []
    for sentence in re.finditer("[^。；;]+", flow.text[letter.start : letter.end]):
        start, dated = sentence.start(), False
        for piece in re.finditer("[^，,]+", sentence.group()):
            here = sentence.start() + piece.start()
            has_date = _DATE_WORD.search(piece.group()) is not None
            if (
                has_date
                and dated
                and _REPORT.search(sentence.group()[start - sentence.start() : piece.start()])
            ):
                parts.append(Stretch(letter.start + start, letter.start + here))
                start = here
            dated = dated or has_date
        parts.append(Stretch(letter.start + start, letter.start + sentence.end()))
    return parts


def _year_doubts(
    flow: Flow, clause: Stretch, found: list[DueDate], issued_on: date | None
) -> list[Doubt]:
    """One question for all dates of a clause that have no year."""
    guessed = [due for due in found if due.guessed]
    if guessed:
        first = min(guessed, key=lambda due: due.start)
        printed = "、".join(dict.fromkeys(due.printed for due in guessed))
        line = flow.line(clause.start + first.start)
        dues = [due.due_on for due in guessed]
        return [doubts.year(WHERE, line, printed, dues)]
    if not found and issued_on is None:
        words = flow.text[clause.start : clause.end]
        printed_date = _DATE_WORD.search(words)
        at = clause.start + (printed_date.start() if printed_date else 0)
        return [doubts.year(WHERE, flow.line(at), words, ())]
    return []
