"""Titles broken by sense into a trapezium or a diamond (GB/T 9704-2012, 7.3.1).

A careful person breaks a long title after a mark or 的, never inside a word or a short quotation,
and makes the lines grow, shrink, or bulge in the middle. Each break and each shape has a price
here, and the cheapest arrangement wins.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil

from hs_credit_desktop.reports.linebreak import Cell, legal_breaks

# Words that titles of official papers are made of: a break inside one hurts, at its edge not.
_WORDS = re.compile(
    "社会信用体系(?:建设)?|领导小组(?:办公室)?|关于|印发|全面|推进|若干措施|措施|任务|分解|执行|落实|进展|情况|报告|通知|通报|方案|意见|办法|规划"
    "|建设|工作|实施|社会|信用|有关|单位|名单|报送|催报|汇总|年度|第.{1,3}轮"
    "|开展|加强|完善|管理|服务|改革|创新|发展|经济|优化|营商|环境|政务|责任|清单|要点|计划|考核|评价"
)
_STUBS = re.compile("[《“].{0,2}$")
_QUOTED = re.compile("“[^”]{1,8}”|（[^）]{1,10}）|〔[^〕]{1,8}〕")
_INSIDE_WORD, _INSIDE_QUOTE, _ANYWHERE, _BESIDE_QUOTE, _WORD_EDGE = 20.0, 12.0, 6.0, 4.0, 2.0
_STUB = 6.0  # for a character or two after an opening mark at a line's end
_RECTANGLE, _HOURGLASS, _ONE_MORE_LINE, _SHORT_LAST = 1.0, 6.0, 8.0, 10.0
_UNEVEN = 0.08  # for the square of the difference between longest and shortest line
_LEAST = 4.0  # characters of a last line


def break_title(cells: Sequence[Cell], room: float) -> list[str]:
    """The lines of a title, none wider than `room` characters; one line when it fits."""
    text = "".join(cell.ch for cell in cells)
    widths = [cell.width for cell in cells]
    total = sum(widths)
    if total <= room:
        return [text]
    prices = _prices(text, legal_breaks(cells))
    least = ceil(total / room)
    tries = (
        (_ONE_MORE_LINE * (count - least) + _price(cuts, prices, widths), cuts)
        for count in (least, least + 1)
        for cuts in _cuts(widths, prices, count, room)
    )
    best = min(tries, default=(0.0, _even(widths, room)))[1]
    return [text[start:end] for start, end in pairwise((0, *best, len(text)))]


def _prices(text: str, breaks: Sequence[bool]) -> dict[int, float]:
    """Place (before the character of that number) → what a break there costs; legal places."""
    inside = {at for match in _WORDS.finditer(text) for at in range(match.start() + 1, match.end())}
    edges = {at for match in _WORDS.finditer(text) for at in match.span()}
    quoted = {at for match in _QUOTED.finditer(text) for at in range(match.start(), match.end())}
    found = {}
    for at in (at for at, legal in enumerate(breaks, 1) if legal):
        if at in inside:
            price = _INSIDE_WORD
        elif at in quoted:
            price = _INSIDE_QUOTE
        elif text[at - 1] in "，、" or text.startswith("关于", at):
            price = 0.0
        elif text[at - 1] in "的》）和与及" or text[at] in "《和与及":
            price = 1.0
        elif text[at - 1] == "”" or text[at] == "“":
            price = _BESIDE_QUOTE
        else:
            price = _WORD_EDGE if at in edges else _ANYWHERE
        found[at] = price + (_STUB if _STUBS.search(text[at - 3 : at]) else 0.0)
    return found


def _cuts(
    widths: Sequence[float], prices: dict[int, float], count: int, room: float, start: int = 0
) -> Iterator[tuple[int, ...]]:
    """All ways to cut the rest into `count` lines, each from a third of `room` to `room` wide."""
    if count == 1:
        if sum(widths[start:]) <= room:
            yield ()
        return
    for at in prices:
        if at > start and room / 3 <= sum(widths[start:at]) <= room:
            for rest in _cuts(widths, prices, count - 1, room, at):
                yield (at, *rest)


def _price(cuts: tuple[int, ...], prices: dict[int, float], widths: Sequence[float]) -> float:
    lines = [sum(widths[start:end]) for start, end in pairwise((0, *cuts, len(widths)))]
    spread = max(lines) - min(lines)
    shape = _UNEVEN * spread * spread
    if spread < 0.5:
        shape += _RECTANGLE
    if any(
        left > middle < right
        for left, middle, right in zip(lines, lines[1:], lines[2:], strict=False)
    ):
        shape += _HOURGLASS
    if lines[-1] < _LEAST:
        shape += _SHORT_LAST
    return shape + sum(prices[at] for at in cuts)


def _even(widths: Sequence[float], room: float) -> tuple[int, ...]:
    """Where no legal arrangement exists: cut whenever a line is full."""
    cuts, used = [], 0.0
    for at, width in enumerate(widths):
        if used + width > room:
            cuts.append(at)
            used = 0.0
        used += width
    return tuple(cuts)
