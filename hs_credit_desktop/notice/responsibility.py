"""Unit lists: finds them in the words of a measure and reads who leads and who joins in."""

import re
from dataclasses import dataclass, field

import hs_credit_desktop.notice.doubts as doubts
from hs_credit_desktop.domain.notice import Doubt, Role
from hs_credit_desktop.notice.brackets import CLOSERS, FAMILY, OPENERS
from hs_credit_desktop.notice.flow import Flow
from hs_credit_desktop.notice.labels import (
    FIRST_LETTERS,
    Found,
    Label,
    label_at,
    labels_in,
    near_label_at,
)
from hs_credit_desktop.notice.units import MAX_NAME, Entry, plausible_unit, read_units

_OPENER_OR_LABEL = re.compile(rf"[〔（(［\[【]|[{FIRST_LETTERS}]")
_LIST_SIGN = re.compile(r"[。〔（(［\[【〕）)］\]】]")
_VERB_END = re.compile(r"(?:牵头|负责|配合|参加|参与|协助|协同|落实)$")
LONGEST_LIST = 3000
_LIST_ENDS = "。；;"
_TRIM = "，、,;； 。"


@dataclass
class UnitList:
    """A unit list at start–end and what it says; `deadline`: the printed time limit, its place."""

    start: int
    end: int
    entries: list[Entry] = field(default_factory=list)
    deadline: tuple[str, int] | None = None
    doubts: list[Doubt] = field(default_factory=list)


def unit_lists(flow: Flow, start: int, end: int, where: str) -> list[UnitList]:
    """All unit lists and time limits between start and end; `where` names the measure in doubts."""
    lists: list[UnitList] = []
    at = start
    while found := _OPENER_OR_LABEL.search(flow.text, at, end):
        here = found.start()
        last = min(end, here + LONGEST_LIST)
        read = (
            _bracketed(flow, here, last, where)
            if found.group() in OPENERS
            else _bare(flow, here, start, last, where)
        )
        if read:
            lists.append(read)
        at = read.end if read else found.end()
    return lists


def _bracketed(flow: Flow, at: int, end: int, where: str) -> UnitList | None:
    """〔责任单位：…〕 in any bracket, or （A牵头，B、C配合） at the end of a sentence."""
    label = label_at(flow.text, at + 1) or near_label_at(flow.text, at + 1)
    if label is None:
        return _verbal(flow, at, end, where)
    close = flow.brackets.closing(at, end)
    if label.misspelt and not _looks_like_units(flow.text[label.end : close]):
        return None
    closed = flow.text[close] if close < end else ""
    read = UnitList(at, min(close + 1, end))
    if FAMILY.get(closed) != FAMILY[flow.text[at]]:
        line = flow.line(min(close, end - 1))
        read.doubts.append(doubts.bracket(where, line, flow.text[at], closed))
    _read_parts(flow, read, label, close, where)
    return read


def _looks_like_units(text: str) -> bool:
    """Whether most of these words could be units (so that 注意事项：… is no list)."""
    names = [name for name in re.split("[、，；]", text) if name]
    return sum(plausible_unit(name) for name in names) * 2 > len(names)


def _verbal(flow: Flow, at: int, end: int, where: str) -> UnitList | None:
    close = flow.brackets.closing(at, end)
    inside = flow.text[at + 1 : close]
    after_sentence = flow.text[at - 1] in "。；！”" or flow.begins(close + 1) or close + 1 >= end
    if close >= end or "。" in inside or not after_sentence or not _VERB_END.search(inside):
        return None
    read = UnitList(at, close + 1)
    read_units(flow, at + 1, close, None, where, read.entries, read.doubts)
    good = read.entries and all(plausible_unit(each.printed) for each in read.entries)
    return read if good else None


def _bare(flow: Flow, at: int, start: int, end: int, where: str) -> UnitList | None:
    """责任单位：… on a line of its own, or after a full stop when its bracket was lost."""
    before = flow.text[at - 1] if at > start else "。"
    if not flow.begins(at) and before not in "。；;〕）)】]］”，":
        return None
    label = label_at(flow.text, at)
    if label is None and flow.begins(at) and (near := near_label_at(flow.text, at)):
        label = near if _looks_like_units(flow.text[near.end : near.end + 2 * MAX_NAME]) else None
    if label is None:
        return None
    stop = _bare_end(flow, label.end, end)
    read = UnitList(at, stop)
    if stop < end and flow.text[stop] in CLOSERS:
        read.doubts.append(doubts.bracket(where, flow.line(at), "", flow.text[stop]))
    if stop < end and flow.text[stop] in CLOSERS + _LIST_ENDS:
        read.end = stop + 1
    _read_parts(flow, read, label, stop, where)
    return read


def _bare_end(flow: Flow, at: int, end: int) -> int:
    """Where a list without brackets ends: at a full stop, a stray closing bracket, a line that no
    longer reads as units, or the end."""
    depth, stop = 0, end
    for found in _LIST_SIGN.finditer(flow.text, at, end):
        depth += (found.group() in OPENERS) - (found.group() in CLOSERS)
        if depth < 0 or found.group() == "。":
            stop = found.start()
            break
    limits = (each.start for each in labels_in(flow.text, at, stop) if each.label is Label.DEADLINE)
    limit = next(limits, stop)
    for cut in (stop, *reversed(flow.lines_between(at, stop))):
        if cut > limit or (not label_at(flow.text, cut) and _ends_with_unit(flow.text, at, cut)):
            return cut
    return stop


def _ends_with_unit(text: str, start: int, end: int) -> bool:
    """Whether the words after the last separator before `end` could be a unit."""
    words = text[max(start, end - 2 * MAX_NAME) : end].rstrip(_TRIM)
    return plausible_unit(re.split("[、，；]", words)[-1])


def _read_parts(flow: Flow, read: UnitList, first: Found, end: int, where: str) -> None:
    """Reads the list label by label: 牵头单位：A；责任单位：B、C；完成时限：…"""
    labels = [first, *labels_in(flow.text, first.end, end)]
    stops = [label.start for label in labels[1:]] + [end]
    leads = any(label.label is Label.LEAD for label in labels)
    for label, stop in zip(labels, stops, strict=True):
        _label_doubts(flow, label, where, read.doubts)
        if label.label is Label.DEADLINE:
            read.deadline = (flow.text[label.end : stop].strip(_TRIM), label.end)
            continue
        role = label.label.value if isinstance(label.label.value, Role) else None
        role = Role.CO if leads and role is None else role
        read_units(flow, label.end, stop, role, where, read.entries, read.doubts)


def _label_doubts(flow: Flow, label: Found, where: str, found: list[Doubt]) -> None:
    if label.doubled:
        line = flow.line(label.end - len(label.word) - 1)
        found.append(doubts.doubled(where, line, label.printed, label.word))
    elif label.misspelt:
        found.append(doubts.label(where, flow.line(label.start), label.printed, label.word))
