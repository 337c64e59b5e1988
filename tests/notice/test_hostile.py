"""Papers made to stall a reader: time grows with their length and not with its square."""

import time
from contextlib import suppress

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.notice import Seed, read

_LETTERS = 20_000
_SECONDS = 15
"""What a square would need is above 20; today it is below one."""

_HEAD = "关于印发任务分解的通知\n各单位：\n请于8月30日前报送情况。\n一、总则\n（一）甲。"
_LISTED = f"{_HEAD}（市法院负责）\n\n"
_FRONT = "关于通知\n各单位：\n"
_PLAN = "\n一、总则\n（一）甲。（市法院负责）"
_MANY = [f"市{chr(0x4E00 + number)}业局" for number in range(_LETTERS // 5)]


def _filled(word: str) -> str:
    return word * (_LETTERS // len(word))


PAPERS = {
    "open round brackets": _HEAD + _filled("（") + "责任单位：市法院）",
    "open square brackets": _HEAD + _filled("〔") + "责任单位：市法院〕",
    "closing brackets": _HEAD + "〔责任单位：" + _filled("市法院），"),
    "labels": _HEAD + _filled("责任单位：") + "市法院",
    "misspelt labels": _HEAD + _filled("责任单们：市法院\n"),
    "open misspelt labels": _HEAD + _filled("（责任单们：") + "市法院",
    "lists": _HEAD + _filled("（责任单位：市法院）"),
    "units": f"{_HEAD}（责任单位：{'、'.join(_MANY)}）",
    "lines under a list": _HEAD + "责任单位：市法院\n" + _filled("甲乙\n"),
    "dates in words": _LISTED + _filled("二〇二四年七月三日") + "甲",
    "dates in lines": _LISTED + _filled("2024年7月3日\n") + "甲",
    "words of notes": _HEAD + _filled("单位不再列") + "（市法院负责）",
    "verbs": _HEAD + "（市法院" + _filled("负责") + "）",
    "lines before the plan": _FRONT + _filled("甲\n") + _PLAN,
    "due dates": _FRONT + _filled("8月30日报，") + _PLAN,
    "mailbox": _FRONT + "a@" + _filled("a.1") + _PLAN,
    "numbers": _filled("甲〔2024〕1号甲\n") + _PLAN,
    "table": "序号\t任务\t责任单位\n" + _filled("9\t任务\t市法院\n"),
    "headings in a table": "序号\t任务\t责任单位\n" + _filled("甲\n"),
}


@pytest.mark.parametrize("name", PAPERS)
def test_hostile_paper_is_read_or_refused_in_time(name: str, seed: Seed) -> None:
    started = time.process_time()
    with suppress(UserError):
        assert read(PAPERS[name], seed=seed).measures
    assert time.process_time() - started < _SECONDS
