"""Figures in texts, and totals that fell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hs_credit_desktop.domain.figures import falls, figures


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("归集12.6万条", "126000", "条"),
        ("归集１２．６亿元", "12", ""),
        ("投入3.5亿元", "350000000", "元"),
        ("贷款120万元", "1200000", "元"),
        ("覆盖1,234家", "1234", "家"),
        ("完成率96.5%", "96.5", "%"),
        ("提高3个百分点", "3", "个百分点"),
        ("培训200余人次", "200", "人次"),
        ("共5千户", "5000", "户"),
        ("得分88", "88", ""),
    ],
)
def test_values_are_comparable(text: str, value: str, unit: str) -> None:
    found = figures(text)
    assert found
    assert (found[0].value, found[0].unit) == (Decimal(value), unit)
    assert text[found[0].start : found[0].end].startswith(found[0].printed[0])


@pytest.mark.parametrize(
    "text",
    [
        "2024年版",
        "8月30日",
        "7天无理由",
        "“301”模式".replace("”模式", "模式"),
        "1+17+N",
        "第3次",
        "1—2月",
        "2024—2025年",
        "5—3家",
        "网址12-8",
        "一是推进",
    ],
)
def test_numbers_that_are_no_results(text: str) -> None:
    assert [item.value for item in figures(text) if item.unit] == [] or figures(text) == ()


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("走访3—5家企业", "3", "5", "家"),
        ("归集1.2至1.5万条", "12000", "15000", "条"),
        ("提高10%～15%", "10", "15", "%"),
        ("差错率2-3‰", "2", "3", "‰"),
        ("每轮投入80万到1亿元", "800000", "100000000", "元"),
    ],
)
def test_a_range_is_one_figure_with_two_ends(text: str, low: str, high: str, unit: str) -> None:
    [found] = figures(text)
    assert (found.value, found.upto, found.unit) == (Decimal(low), Decimal(high), unit)
    assert text.find(found.printed) == found.start


def test_a_total_that_fell_is_found_with_its_share() -> None:
    old = "本轮开展检查30次。截至目前，累计归集企业信用信息12.6万条，累计办理案件20件。"
    new = "本轮开展检查3次。截至目前，累计归集企业信用信息11.9万条，累计办理案件25件。"
    [fall] = falls(old, new)
    assert fall.words == "12.6万条 → 11.9万条（−5.6%）"


def test_totals_of_other_things_are_not_compared() -> None:
    assert falls("累计归集企业信息12万条", "累计发布宣传稿件3万条") == ()
    assert falls("累计归集信息12万条", "累计归集信息5件") == ()
    assert falls("归集信息12万条", "累计归集信息5万条") == ()
    assert falls("累计12条", "累计11条")[0].new.value == 11
