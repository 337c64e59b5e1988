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
DIGIT_LEVEL = 3
_TITLE_END = re.compile(
    r"(?:任务分解|分工|方案|计划|措施|清单|要点|通知|意见|安排|目标|任务|附件|分解表|[表》]|\d|如下)[：:]?$"
)
_LEADS_ON = "第见按照至和及与或、，,“（(~"


@dataclass(frozen=True)
class Mark:
    """A heading mark: level 0 (第一部分) to 4 （1）, its number, where it starts and its words end."""

    level: int
    number: int
    start: int
    end: int
    printed: str


def mark_at(flow: Flow, at: int) -> Mark | None:
    """The mark that stands at this place, if any."""
    for level, form in _FORMS:
        if found := form.match(flow.text, at):
            try:
                number = _number(found)
            except ValueError:
                return None
            return Mark(level, number, at, found.end(), found.group().rstrip("、.．"))
    return None


def _number(found: re.Match[str]) -> int:
    groups = found.groupdict()
    return parse_chinese_number(groups["cn"]) if groups.get("cn") else int(groups["ar"])


def marks_of(flow: Flow) -> list[Mark]:
    """All heading marks in order. A wrapped line that only looks like one (统一、规范) is none."""
    marks: list[Mark] = []
    last: dict[int, int] = {}
    for at in _beginnings(flow):
        mark = mark_at(flow, at)
        if mark is None or not _stands(flow, mark, last):
            continue
        marks.append(mark)
        last = {level: number for level, number in last.items() if level < mark.level}
        last[mark.level] = mark.number
    return marks


def _beginnings(flow: Flow) -> list[int]:
    """Where headings may begin: at line starts, and right after a closed unit list."""
    after_list = {found.end() for found in re.finditer("[〕］】]", flow.text)}
    return sorted(at for at in flow.starts | after_list if at < len(flow.text))


def _stands(flow: Flow, mark: Mark, last: dict[int, int]) -> bool:
    """Whether a mark is a heading: after a full stop always, else only where it counts on."""
    if ends_sentence(flow, mark.start):
        return True
    if flow.text[mark.start - 1] in _LEADS_ON:
        return False
    before = last.get(mark.level, 0)
    if mark.number == before + 1:
        return mark.number > 1 or mark.level > 1 or _after_title(flow, mark.start)
    if mark.number == 1:
        return _after_title(flow, mark.start)
    return mark.number > before and mark.level in (0, 1, 2)


def _after_title(flow: Flow, at: int) -> bool:
    return at in flow.gaps or _TITLE_END.search(flow.text[max(0, at - 6) : at]) is not None
