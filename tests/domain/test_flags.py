"""Flags on an answer: each is raised by what it names, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hs_credit_desktop.domain.flags import (
    Flag,
    FlagKind,
    FlagLimits,
    Peer,
    Subject,
    chips,
    flags_of,
    is_card_number,
    is_id_number,
    new_characters,
    reasons,
)
from hs_credit_desktop.domain.returns import FeedbackParts

TEXT = "召开部门协调会3次，组织12家单位录入信用信息，完成历史数据补录，建立按月通报制度。"
NOTICE = "推进质量品牌信用建设。持续实施企业质量提升行动，加强计量、标准、认证认可等领域信用建设。"


def _subject(text: str = TEXT, **changes: object) -> Subject:
    made = Subject(
        4, FeedbackParts(text), None, "第一轮", NOTICE, (), date(2024, 11, 30), 0, "黄石市信用办"
    )
    return replace(made, **changes)


def _flags(text: str = TEXT, **changes: object) -> list[FlagKind]:
    return [flag.kind for flag in flags_of(_subject(text, **changes), FlagLimits())]


def test_a_good_answer_has_none() -> None:
    assert _flags() == []
    assert _flags(last=FeedbackParts("上轮完全不同的一段话，讲的是别的事情，共计5件。")) == []
    assert _flags(last=FeedbackParts()) == []


def test_blank_is_said_once() -> None:
    [flag] = flags_of(_subject("", last=FeedbackParts(TEXT)), FlagLimits())
    assert (flag.kind, flag.reason) == (FlagKind.BLANK, "（四）没有填写，请补报。")


def test_repeats_name_the_other_and_count_what_is_new() -> None:
    changed = TEXT.replace("3次", "4次")
    [flag] = flags_of(_subject(changed, last=FeedbackParts(TEXT)), FlagLimits())
    assert flag.kind is FlagKind.REPEATS_LAST
    assert "第一轮" in flag.text
    assert "实际新增 1 字" in flag.text
    assert flag.similarity
    assert flag.similarity > 0.85
    peers = (Peer("乙局", "别的内容"), Peer("甲局", TEXT))
    [flag] = flags_of(_subject(peers=peers), FlagLimits())
    assert (flag.kind, flag.against_name, flag.against) == (FlagKind.REPEATS_OTHER, "甲局", TEXT)
    [flag] = flags_of(_subject(NOTICE), FlagLimits())
    assert flag.kind is FlagKind.REPEATS_NOTICE
    assert flags_of(_subject(changed, last=FeedbackParts(TEXT)), FlagLimits(last=1.0)) == ()


def test_only_phrases() -> None:
    assert _flags("我局高度重视，正在积极推进，取得明显成效。") == [FlagKind.EMPTY_PHRASES]
    assert _flags("，。！") == [FlagKind.EMPTY_PHRASES]
    assert _flags("正在推进，已办12件。") == []


def test_a_part_left_blank_does_not_block() -> None:
    parts = FeedbackParts("", "群众满意度由八成提升到九成，企业办事时间明显缩短")
    [flag] = flags_of(_subject(parts=parts), FlagLimits())
    assert flag.kind is FlagKind.BLANK_PART
    assert not flag.kind.blocks


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("2023年建立台账并录入企业信息共三百多家", True),
        ("2023年以来建立台账，2024年录入企业信息", False),
        ("2029年建立台账并录入企业信息共三百多家", True),
        ("建立台账并录入企业信息共三百多家", False),
    ],
)
def test_years(text: str, flagged: bool) -> None:
    assert (_flags(text) == [FlagKind.WRONG_YEAR]) is flagged


def test_other_cities() -> None:
    long = "全市录入企业信用信息并建立台账按月通报"
    assert _flags(f"襄阳市{long}") == [FlagKind.OTHER_CITY]
    assert _flags(f"赴襄阳学习经验，{long}") == []
    assert _flags(f"黄石市{long}") == []


def test_totals_annexes_and_private_numbers() -> None:
    last = FeedbackParts("截至目前累计归集信息12.6万条")
    assert _flags("建立台账按月通报，截至目前累计归集信息11.9万条", last=last) == [
        FlagKind.TOTAL_FELL
    ]
    assert _flags("建立台账按月通报，详见附件，共录入三百家") == [FlagKind.ANNEX_MISSING]
    assert _flags("建立台账按月通报，详见附件，共录入三百家", attachments=1) == []
    number = "11010519491231002X"
    [flag] = flags_of(_subject(f"经办人身份证号{number}，录入企业信息"), FlagLimits())
    assert flag.kind is FlagKind.PRIVATE_NUMBER
    assert number not in flag.text


def test_check_digits() -> None:
    assert is_id_number("11010519491231002X")
    assert not is_id_number("110105194912310021")
    assert is_card_number("4111111111111111")
    assert not is_card_number("4111111111111112")
    assert _flags("对公账户4111111111111111，已拨付到位并录入台账") == [FlagKind.PRIVATE_NUMBER]


def test_chips_and_reasons() -> None:
    flags = [
        Flag(FlagKind.BLANK, 5, "", "（五）没有填写，请补报。"),
        Flag(FlagKind.BLANK, 6, "", "（六）没有填写，请补报。"),
        Flag(FlagKind.BLANK, 6, "", "（六）没有填写，请补报。"),
    ]
    assert chips(flags) == {FlagKind.BLANK: 3}
    assert reasons(flags).split("\n") == ["（五）没有填写，请补报。", "（六）没有填写，请补报。"]
    assert all(kind.label for kind in FlagKind)
    assert new_characters("甲乙", "甲乙丙") == 1
