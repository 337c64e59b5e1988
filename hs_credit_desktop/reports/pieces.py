"""Pieces of text that stay on one line: numbers with their unit, Latin words, dashes, ellipses."""

import re

LONG_WORD = 16  # characters; anything longer (a web address) may be split anywhere
_NUMBER = r"\d+(?:[.,:：/]\d+)*"
_UNITS = (
    r"(?:个?百分点|个?工作日|平方公里|平方米|立方米|公里|公顷|人次|个月|小时|分钟|周年|年度|季度"
    r"|[年月日号时分秒个家件条项人户次名起宗批份本册页张场期轮类级届岁天周元亩吨米所处座台套辆艘"
    r"字部版面等位门节章款])"
)
_ATOMS = re.compile(
    r"〔\d{4}〕(?:第?\d+号)?"
    r"|[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*(?:['’._/@:&#+~-]+[A-Za-z0-9]+)*"
    rf"|[第≥≤<>＜＞±]?{_NUMBER}(?:[-+—–~～至×]+(?:{_NUMBER}|[A-Za-z]+))*[%％‰℃]?"
    rf"(?: ?[十百千万亿]{{1,2}})?[余多]?[万亿]?(?: ?{_UNITS}(?![A-Za-z]))?"
    r"|—{2,}|…{2,}"
)


def whole_pieces(text: str) -> list[tuple[int, int]]:
    """(start, end) of every piece that stays on one line: numbers with unit, words, —— and ……."""
    spans = (match.span() for match in _ATOMS.finditer(text))
    return [(start, end) for start, end in spans if 1 < end - start <= LONG_WORD]
