"""Heading marks: 一、 （一） 1. （1） where they begin a line, and whether they count on."""

import re
from dataclasses import dataclass

from hs_credit_desktop.domain.text import parse_chinese_number
from hs_credit_desktop.notice.flow import Flow, ends_sentence

_NUMERAL = "(?P<cn>[一二三四五六七八九十]{1,3})"
_DIGITS = r"(?P<ar>\d{1,2})"
_FORMS = (
    (0, re.compile(f"第{_NUMERAL}(?:部分|章|编)、?")),
    (1, re.compile(f"{_NUMERAL}、")),
    (2, re.compile(f"[（(]{_NUMERAL}[）)]、?")),
    (3, re.compile(rf"{_DIGITS}(?:[.．](?!\d)|、)")),
    (4, re.compile(rf"[（(]{_DIGITS}[）)]、?")),
)
_DAMAGED = re.compile(f"[（(]{_NUMERAL}(?![）)])|{_NUMERAL.replace('cn', 'cn2')}[）)]")
DIGIT_LEVEL = 3
_TITLE_END = re.compile(
    r"(?:任务分解|分工|方案|计划|措施|清单|要点|通知|意见|安排|目标|任务|附件|分解表|[表》]|\d|如下)[：:]?$"
)
_LEADS_ON = "第见按照至和及与或、，,“（(~"
_BEFORE_ONE = "统唯单之同任其万专如合划不归逐某每另有"
_ENUMERATION = re.compile("一、[二三]、")


@dataclass(frozen=True)
class Mark:
    """A heading mark at start–end: level 0 (第一部分) to 4 （1）, its number, how it is printed."""

    level: int
    number: int
    start: int
    end: int
    printed: str
    damaged: bool = False


def mark_at(flow: Flow, at: int) -> Mark | None:
    """The mark that stands at this place, if any."""
    for level, form in _FORMS:
        if found := form.match(flow.text, at):
            return _mark(level, found, damaged=False)
    return None


def _damaged_at(flow: Flow, at: int) -> Mark | None:
    """A mark （二） that lost one of its brackets."""
    found = _DAMAGED.match(flow.text, at)
    return _mark(2, found, damaged=True) if found else None


def _mark(level: int, found: re.Match[str], *, damaged: bool) -> Mark | None:
    number = _number(found)
    if number is None:
        return None
    return Mark(level, number, found.start(), found.end(), found.group().rstrip("、"), damaged)


def _number(found: re.Match[str]) -> int | None:
    """The number of a mark, None when it is none (十十, 0)."""
    numeral = next(group for group in found.groups() if group)
    try:
        return (int(numeral) or None) if numeral.isdigit() else parse_chinese_number(numeral)
    except ValueError:
        return None


def marks_of(flow: Flow) -> list[Mark]:
    """All heading marks in order. A wrapped line that only looks like one (统一、规范) is none."""
    marks: list[Mark] = []
    last: dict[int, int] = {}
    overall: dict[int, int] = {}
    for at in _beginnings(flow):
        mark = mark_at(flow, at) or _damaged_at(flow, at)
        if mark is None or not _stands(flow, mark, last, overall):
            continue
        marks.append(mark)
        last = {level: number for level, number in last.items() if level < mark.level}
        last[mark.level] = overall[mark.level] = mark.number
    return marks


def _beginnings(flow: Flow) -> list[int]:
    """Where headings may begin: at line starts, and right after a closed unit list."""
    after_list = {found.end() for found in re.finditer("[〕］】]", flow.text)}
    return sorted(at for at in flow.starts | after_list if at < len(flow.text))


def _stands(flow: Flow, mark: Mark, last: dict[int, int], overall: dict[int, int]) -> bool:
    """Whether a mark is a heading: after a full stop always, else only where it counts on.

    last: numbers so far under the present heading, by level; overall: in the whole paper.
    """
    if mark.damaged:
        return ends_sentence(flow, mark.start) and mark.number == overall.get(mark.level, 0) + 1
    if mark.start in flow.headings or ends_sentence(flow, mark.start):
        return True
    if flow.text[mark.start - 1] in _LEADS_ON:
        return False
    before = last.get(mark.level, 0)
    if mark.number == 1 and mark.level <= 1:
        return _after_title(flow, mark.start) or (not before and _first(flow, mark.start))
    if flow.text[mark.start - 1] in "）)" and mark.number > before:
        return True
    counts_on = mark.number in (before + 1, overall.get(mark.level, 0) + 1)
    return counts_on or (mark.number > before and mark.level < DIGIT_LEVEL)


def _first(flow: Flow, at: int) -> bool:
    """Whether 一、 at a line start is a heading, not the end of 统一 or 一、二、三产业."""
    word = flow.text[at - 1] in _BEFORE_ONE
    return not word and not _ENUMERATION.match(flow.text, at)


def _after_title(flow: Flow, at: int) -> bool:
    return at in flow.gaps or _TITLE_END.search(flow.text[max(0, at - 6) : at]) is not None
