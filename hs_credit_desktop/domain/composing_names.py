"""Who says a sentence: unit names put in for 我局, put in front, or left to the label before it."""

import re
from collections.abc import Sequence

from hs_credit_desktop.domain.similarity import core

# All that a draft holds beside unit names and what units wrote.
COLON, SEMICOLON, COMMA, AND, FULL_STOP = "：", "；", "，", "、", "。"
FIXED_WORDS = (COLON, SEMICOLON, COMMA, AND, FULL_STOP)
PRACTICE_MARK = "（演示）"
_GROUP_TAIL = "人民政府"
_SUFFIXES = (
    "支队|公司|中心|分行|分局|总工会|办公室|银行|集团|大队|学院|学校|单位|局|委|办|部|院|行|关|会|"
    "市|县|区|站|所|厅|队"
)
_OWN = re.compile(f"(?:我们|[我本](?:{_SUFFIXES}))(?!我素)")
_NUMBERED = re.compile(
    r"^(?:\d{1,2}[．.、](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[）)]|[①-⑳]"
    r"|[一二三四五六七八九十]{1,2}、|[一二三四五六七八九十]是|第[一二三四五六七八九十][，、])\s*"
)
_RUNS_ON = re.compile(r"[；，。][二三四五六七八九十]是|[；，。]\s*(?:2[．.、](?!\d)|②)")
_CONNECTIVE_WORDS = re.compile(r"^(?:同时|此外|另外|在此基础上|其中|并且|而且|与此同时)")
_CONNECTIVE = re.compile(_CONNECTIVE_WORDS.pattern + "[，,]")
_OPENER = re.compile(
    r"^(?:截至|截止|目前|今年|上半年|下半年|本期|到本期|经统计|经汇总|经梳理|从[^，。\d]{1,8}看"
    r"|按照|根据|围绕|针对|近期|近一段|下一步|与上[轮年期])[^，。；\d]{0,24}[，,]"
)


def printed_names(units: Sequence[str]) -> str:
    """甲、乙 as names stand in a sentence."""
    return AND.join(units)


def printed_group(name: str) -> str:
    """各县（市、区）人民政府 → 各县（市、区）, as a paragraph begins."""
    return name.removesuffix(_GROUP_TAIL) or name


def said_by(text: str, units: Sequence[str], *, drop: bool = False) -> str:
    """A unit's sentence as a draft says it: no number before it, 我局 as the name, a stop.

    units: all that say it. drop: 我局 is left out instead, since a label 甲： stands before.
    我市 is the name for a 市 only: for any other unit it is the whole city and stays.
    """
    plain = text.strip().removesuffix(PRACTICE_MARK).rstrip()
    if not (_RUNS_ON.search(plain) and re.match("一是|1[．.、]|①", plain)):
        plain = _NUMBERED.sub("", plain)
    name = "" if drop else printed_names(units)
    plain = _OWN.sub(lambda match: name if _means(match[0], units) else match[0], plain)
    plain = plain.rstrip("，；,;、 ")
    return plain if not plain or plain[-1] in "。！？”）》" else plain + FULL_STOP


def _means(word: str, units: Sequence[str]) -> bool:
    """Whether 我局 means the unit: its name ends so."""
    tail = word[1:]
    if word == "我们" or tail == "单位":
        return True
    return any(unit.endswith(tail) or (tail == "办" and unit.endswith("办公室")) for unit in units)


def named(text: str, units: Sequence[str]) -> str:
    """The sentence with its subject: the names in front where none of them stands in it.

    After a short opener (截至目前，) they come behind it; a connective (同时，) that would now
    begin the paragraph goes.
    """
    if any(unit in text for unit in units):
        return text
    text = _CONNECTIVE.sub("", text)
    opener = _OPENER.match(text)
    at = opener.end() if opener else 0
    return text[:at] + printed_names(units) + text[at:]


def without_connective(text: str) -> str:
    """The sentence without a 同时， at its beginning, as the first of a paragraph stands."""
    return _CONNECTIVE.sub("", text)


def led_in(text: str, units: Sequence[str]) -> str:
    """甲：… with no second name and no connective at the beginning."""
    text = _CONNECTIVE.sub("", text)
    for unit in units:
        text = text.removeprefix(unit)
    return printed_names(units) + COLON + text.lstrip("，、：")


def unnamed(text: str, units: Sequence[str]) -> str:
    """A text without unit names, 我局 and numbers before it: what is left a unit must have said."""
    for unit in sorted(units, key=len, reverse=True):
        text = text.replace(unit, "")
    plain = _NUMBERED.sub("", text.replace(PRACTICE_MARK, "").strip(" ：、，；"))
    return core(_OWN.sub("", _CONNECTIVE_WORDS.sub("", plain)))
