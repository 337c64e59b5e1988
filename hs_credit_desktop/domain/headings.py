"""What the head of a column, a label or the first cell of a row means, however it is worded."""

import re
from dataclasses import dataclass
from functools import lru_cache

from hs_credit_desktop.domain.form import FOOTER_LABELS
from hs_credit_desktop.domain.returns import Completion
from hs_credit_desktop.domain.similarity import core
from hs_credit_desktop.domain.text import CHINESE_NUMBER, narrow, parse_chinese_number

# The first rule that fits decides: 任务完成情况 is a completion, 上轮进展情况 is last round's.
_RULES = (
    ("last", "上轮|上期|上次|上一轮|供参考"),
    ("number", "^(?:序号|编号|序|措施序号|任务序号)$"),
    ("completion", "完成情况|完成状态|完成程度|是否完成|^进度$|^状态$"),
    ("progress", "进展|开展情况|落实情况|推进情况|执行情况|工作情况|主要做法|具体做法"),
    ("results", "成效|成果|效果|亮点"),
    ("problems", "问题|困难|不足"),
    ("next_steps", "下一步|下步|打算|计划|安排|思路"),
    ("figures", "主要数据|关键数据|数据|指标|数值"),
    ("role", "^(?:责任|角色|分工|牵头配合|责任类型|牵头或配合)$"),
    ("measure", "措施|任务|事项|工作内容|条款"),
)
_MOST_HEADING = 16
_LONGEST_CELL = 40
_NUMBERED = re.compile(
    rf"\s*(?:[（(\[〔]?\s*({CHINESE_NUMBER}|\d{{1,3}})\s*[）)\]〕]|({CHINESE_NUMBER}|\d{{1,3}})\s*[、.．:：])\s*"
)
_BARE = re.compile(rf"(?:第\s*)?({CHINESE_NUMBER}|\d{{1,3}})(?:\.0)?\s*条?")
_COMPLETIONS = (
    (Completion.NOT_STARTED, "未启动|未开展|未开始|尚未"),
    (Completion.NEARLY_DONE, "基本完成|接近完成"),
    (Completion.IN_PROGRESS, "推进中|进行中|正在|未完成|推进"),
    (Completion.ONGOING, "长期|持续|常态"),
    (Completion.DONE, "完成"),
)
_FOOTER_WORDS = {
    "filled_by": "填报人|填表人|联系人|经办人",
    "phone": "联系电话|电话|手机|联系方式",
    "checked_by": "审核人|负责人|审签人|签发人|分管领导",
    "day": "填报日期|填表日期|报送日期|日期",
}
_FOOTERS = {
    key: re.compile(rf"(?:{words})(?:[:：]\s*(.*))?", re.DOTALL)
    for key, words in _FOOTER_WORDS.items()
}
assert set(FOOTER_LABELS) < set(_FOOTERS)


def heading_key(text: str) -> str | None:
    """Which column a head or label names: a key of domain.form.HEADINGS, or None."""
    return _key_of(text) if len(text) <= _LONGEST_CELL else None


@lru_cache(maxsize=2048)
def _key_of(text: str) -> str | None:
    """The same few heads stand in every form."""
    words = core(text)
    if not words or len(words) > _MOST_HEADING:
        return None
    return next((key for key, rule in _RULES if re.search(rule, words)), None)


@dataclass(frozen=True)
class MeasureWords:
    """What a cell says of its measure: its number if printed, and its title."""

    number: int | None
    title: str


def measure_words(text: str) -> MeasureWords:
    """（十三）完善…机制 and the text below it → 13 and the title; a bare title has no number."""
    first = text.strip().split("\n", 1)[0]
    match = _NUMBERED.match(first)
    if not match:
        return MeasureWords(None, _title(first))
    return MeasureWords(_value(match[1] or match[2]), _title(first[match.end() :]))


def _title(text: str) -> str:
    """The words up to the first full stop."""
    return re.split("[。\n]", text.strip(), maxsplit=1)[0].strip()


def number_of(text: str) -> int | None:
    """13, １３, 13.0, 十三, （十三） or 第13条 → 13; None for anything else."""
    words = narrow(text).strip()
    match = _BARE.fullmatch(words) or _NUMBERED.fullmatch(words)
    return _value(next(filter(None, match.groups()), "")) if match else None


def _value(numeral: str) -> int | None:
    words = narrow(numeral)
    if words.isdigit():
        return int(words)
    try:
        return parse_chinese_number(words)
    except ValueError:
        return None


def completion_of(text: str) -> Completion | None:
    """The level a cell says in the form's words or similar ones; None when it says none of them."""
    return next((level for level, rule in _COMPLETIONS if re.search(rule, core(text))), None)


def footer_of(text: str) -> tuple[str, str] | None:
    """(field, words after the colon) of 填报人, 联系电话, 审核人 and their like, or None."""
    words = text.strip()
    for key, rule in _FOOTERS.items():
        if match := rule.fullmatch(words):
            return key, (match[1] or "").strip()
    return None
