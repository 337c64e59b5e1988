"""Flags, never verdicts: what to look at in an answer, each with a ready sentence."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from hs_credit_desktop.domain.figures import falls
from hs_credit_desktop.domain.returns import PART_LABELS, FeedbackParts
from hs_credit_desktop.domain.similarity import core, overlap, shingles
from hs_credit_desktop.domain.text import chinese_number, excerpt, narrow


class FlagKind(StrEnum):
    """What was noticed."""

    REPEATS_LAST = "repeats_last"
    REPEATS_OTHER = "repeats_other"
    REPEATS_NOTICE = "repeats_notice"
    BLANK = "blank"
    BLANK_PART = "blank_part"
    EMPTY_PHRASES = "empty_phrases"
    WRONG_YEAR = "wrong_year"
    OTHER_CITY = "other_city"
    TOTAL_FELL = "total_fell"
    ANNEX_MISSING = "annex_missing"
    PRIVATE_NUMBER = "private_number"

    @property
    def label(self) -> str:
        """The word on the chip."""
        return _LABELS[self]

    @property
    def blocks(self) -> bool:
        """Whether a return with it is left out of accepting all at once."""
        return self is not FlagKind.BLANK_PART


_LABELS = {
    FlagKind.REPEATS_LAST: "与上轮雷同",
    FlagKind.REPEATS_OTHER: "与其他单位雷同",
    FlagKind.REPEATS_NOTICE: "照抄通知",
    FlagKind.BLANK: "空白",
    FlagKind.BLANK_PART: "缺部分内容",
    FlagKind.EMPTY_PHRASES: "只有套话",
    FlagKind.WRONG_YEAR: "年份可疑",
    FlagKind.OTHER_CITY: "出现外地名称",
    FlagKind.TOTAL_FELL: "数字下降",
    FlagKind.ANNEX_MISSING: "附件未见",
    FlagKind.PRIVATE_NUMBER: "含证件或银行卡号",
}


@dataclass(frozen=True)
class FlagLimits:
    """From which similarity (0–1) a text is flagged; shown beside every flag."""

    last: float = 0.85
    other: float = 0.85
    notice: float = 0.6


@dataclass(frozen=True)
class Flag:
    """One thing to look at. text: what it is; reason: the sentence for sending it back.

    similarity and against (the other text) are set for repeats; against_name says whose it is.
    """

    kind: FlagKind
    measure_number: int
    text: str
    reason: str
    similarity: float | None = None
    against_name: str = ""
    against: str = ""


@dataclass(frozen=True)
class Peer:
    """Another unit's answer to the same measure."""

    unit_name: str
    text: str


@dataclass(frozen=True)
class Subject:
    """One answer with all it is looked at against. last: the unit's answer of the round before."""

    number: int
    parts: FeedbackParts
    last: FeedbackParts | None
    last_name: str
    notice_text: str
    peers: tuple[Peer, ...]
    due_on: date
    attachments: int
    own_place: str


CITIES = re.findall(
    "..",
    "武汉宜昌襄阳荆州荆门十堰孝感鄂州黄冈咸宁随州恩施仙桃潜江天门黄石长沙南昌合肥郑州重庆杭州苏州",
)
_LEARNING = re.compile("学习|借鉴|考察|交流|对标|合作|赴|经验|协作|联合|对接|省内|都市圈")
_PHRASES = re.compile(
    "高度重视|正在(?:积极|有序|稳步|按计划)?(?:推进|开展|落实)|(?:有序|稳步|扎实|积极|持续|全力|认真|深入)"
    "(?:推进|开展|落实|做好|抓好)(?:中)?|取得(?:了)?(?:明显|良好|阶段性|一定|较好|显著)?(?:成效|进展|成果)|进展顺利|"
    "按照(?:要求|上级要求|文件要求|通知要求)|认真贯彻落实|下一步|将继续|继续|进一步|加强领导|统一思想|"
    "提高认识|各项工作|相关工作|该项工作|此项工作|工作|任务|已|按时|完成|无|暂无|良好|正常|信用|体系|建设|"
    "我(?:局|委|办|单位|区|县|市|行|院|关|中心)|全面|大力|推进中|推动|推进|落实|开展|加大|力度|加强|的|了|和|并"
)
_LEAST_SAID = 10
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_ANNEX = re.compile("附件|见附|附后|附表|佐证材料(?:见|附)")
_ID_CARD = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")
_LONG_NUMBER = re.compile(r"(?<![\dA-Za-z])\d{16,19}(?![\dA-Za-z])")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def whole_text(parts: FeedbackParts) -> str:
    """The four parts as one text, the way texts are compared."""
    return "\n".join(parts.texts)


def flags_of(subject: Subject, limits: FlagLimits) -> tuple[Flag, ...]:
    """All flags of one answer; a blank one has no other."""
    if subject.parts.blank:
        words = f"{_measure(subject)}没有填写"
        return (Flag(FlagKind.BLANK, subject.number, f"{words}。", f"{words}，请补报。"),)
    return (
        *_repeats(subject, limits),
        *_said_nothing(subject),
        *_facts(subject),
        *_private(subject),
    )


def _measure(subject: Subject) -> str:
    return f"（{chinese_number(subject.number)}）"


def _repeats(subject: Subject, limits: FlagLimits) -> Iterator[Flag]:
    text = whole_text(subject.parts)
    own = shingles(text)
    if subject.last and not subject.last.blank:
        before = whole_text(subject.last)
        alike = overlap(own, shingles(before))
        if alike >= limits.last:
            yield _repeat(subject, FlagKind.REPEATS_LAST, alike, subject.last_name, before)
    scored = [(overlap(own, shingles(peer.text)), peer) for peer in subject.peers]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best and best[0] >= limits.other:
        yield _repeat(subject, FlagKind.REPEATS_OTHER, best[0], best[1].unit_name, best[1].text)
    notice = shingles(subject.notice_text)
    copied = len(own & notice) / len(own) if own else 0.0
    if copied >= limits.notice:
        yield _repeat(subject, FlagKind.REPEATS_NOTICE, copied, "通知原文", subject.notice_text)


def _repeat(subject: Subject, kind: FlagKind, alike: float, name: str, other: str) -> Flag:
    fresh = new_characters(other, whole_text(subject.parts))
    said = f"{_measure(subject)}与{name}的相似度 {alike:.2f}，实际新增 {fresh} 字。"
    ask = {
        FlagKind.REPEATS_LAST: "与上一轮内容基本相同，请补充本轮的新进展和数据。",
        FlagKind.REPEATS_OTHER: f"与{name}的内容基本相同，请按本单位实际情况填报。",
        FlagKind.REPEATS_NOTICE: "主要是通知原文，请写明本单位的具体做法和结果。",
    }[kind]
    return Flag(kind, subject.number, said, f"{_measure(subject)}{ask}", alike, name, other)


def new_characters(old: str, new: str) -> int:
    """How many counted characters of the new text are not in the old one, in order (实际新增)."""
    before, now = core(old), core(new)
    blocks = SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
    return len(now) - sum(block.size for block in blocks)


def says_nothing(text: str, least: int = _LEAST_SAID) -> bool:
    """Whether a text has no figure and, without its empty phrases, under `least` characters."""
    plain = core(text)
    return len(core(_PHRASES.sub("", plain))) < least and not re.search(r"\d", plain)


def _said_nothing(subject: Subject) -> Iterator[Flag]:
    parts = subject.parts
    if says_nothing(whole_text(parts)):
        words = f"{_measure(subject)}只有概括性表述，没有具体做法和数据"
        yield Flag(FlagKind.EMPTY_PHRASES, subject.number, f"{words}。", f"{words}，请补充。")
    if not parts.progress.strip():
        label = PART_LABELS["progress"]
        words = f"{_measure(subject)}没有填写“{label}”"
        yield Flag(FlagKind.BLANK_PART, subject.number, f"{words}。", f"{words}，请补充。")


def _facts(subject: Subject) -> Iterator[Flag]:
    where = _measure(subject)
    done = f"{subject.parts.progress}\n{subject.parts.results}"
    years = {int(year) for year in _YEAR.findall(narrow(done))}
    if years and (max(years) < subject.due_on.year or max(years) > subject.due_on.year + 1):
        named = "、".join(f"{year}年" for year in sorted(years))
        words = f"{where}只提到{named}，没有提到{subject.due_on.year}年，可能是往年的材料"
        yield Flag(FlagKind.WRONG_YEAR, subject.number, f"{words}。", f"{words}，请核对后补报。")
    for city in _foreign(subject):
        words = f"{where}出现了“{city}”，可能用了外地的材料"
        yield Flag(FlagKind.OTHER_CITY, subject.number, f"{words}。", f"{words}，请核对。")
    if subject.last:
        for fall in falls(whole_text(subject.last), whole_text(subject.parts)):
            said = f"{where}累计数比{subject.last_name}减少：{fall.words}。"
            ask = f"{where}累计数减少（{fall.words}），请核实口径后补报。"
            yield Flag(FlagKind.TOTAL_FELL, subject.number, said, ask, None, subject.last_name)
    annex = _ANNEX.search(whole_text(subject.parts))
    if annex and not subject.attachments:
        words = f"{where}提到“{annex[0]}”，没有收到附件"
        yield Flag(FlagKind.ANNEX_MISSING, subject.number, f"{words}。", f"{words}，请补发。")


def _foreign(subject: Subject) -> Iterable[str]:
    """Cities that are neither ours nor in the measure, named without learning from them."""
    sentences = re.split("[。；;\n]", whole_text(subject.parts))
    suspicious = [text for text in sentences if not _LEARNING.search(text)]
    return [
        city
        for city in CITIES
        if city not in subject.own_place
        and city not in subject.notice_text
        and any(city in text for text in suspicious)
    ]


def _private(subject: Subject) -> Iterator[Flag]:
    text = narrow(whole_text(subject.parts))
    numbers = [item for item in _ID_CARD.findall(text) if is_id_number(item)]
    numbers += [item for item in _LONG_NUMBER.findall(text) if is_card_number(item)]
    for number in dict.fromkeys(numbers):
        shown = f"{number[:4]}…{number[-2:]}"
        words = f"{_measure(subject)}写有身份证号或银行卡号（{shown}），请删除后再报"
        yield Flag(FlagKind.PRIVATE_NUMBER, subject.number, f"{words}。", f"{words}。")


def is_id_number(text: str) -> bool:
    """Whether 18 characters are a resident identity number (GB 11643: last one checks the rest)."""
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, text[:17], strict=True))
    return "10X98765432"[total % 11] == text[17].upper()


def is_card_number(text: str) -> bool:
    """Whether the digits are a bank card number (ISO/IEC 7812: the Luhn sum)."""
    total = 0
    for place, digit in enumerate(reversed(text)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def chips(flags: Iterable[Flag]) -> Mapping[FlagKind, int]:
    """How many flags of each kind, in order of kinds: 3 条空白, 与上轮雷同 2 条."""
    counts = dict.fromkeys(FlagKind, 0)
    for flag in flags:
        counts[flag.kind] += 1
    return {kind: count for kind, count in counts.items() if count}


def reasons(flags: Iterable[Flag]) -> str:
    """The sentences for sending back, one a line, each measure as it comes."""
    return "\n".join(dict.fromkeys(excerpt(flag.reason, 300) for flag in flags))
