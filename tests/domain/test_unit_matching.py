"""Which unit a printed name means: ranked, each with its reason, only known names certain."""

from datetime import date

import pytest

from hs_credit_desktop.domain.unit_matching import Candidate, Names, Why, candidates
from hs_credit_desktop.domain.units import AliasKind, Unit, UnitAlias, UnitKind

DAY = date(2024, 9, 1)
GOV = UnitKind.GOVERNMENT
UNITS = (
    Unit("1", "市发改委", "发改委", GOV, "sfgw", 0),
    Unit("2", "市市场监管局", "市监局", GOV, "sscjgj", 1),
    Unit("3", "市住建局", "市住建局", GOV, "szjj", 2),
    Unit("4", "市自然资源和城乡建设局", "市自然资源和城乡建设局", GOV, "szrzyhcxjsj", 3),
    Unit("5", "市工商局", "市工商局", GOV, "sgsj", 4, active=False),
)
NAMES = Names(
    (
        UnitAlias("a", "1", "市计委", AliasKind.FORMER, None, date(2003, 4, 1)),
        UnitAlias("b", "2", "市工商局", AliasKind.MERGED, date(2018, 11, 1)),
        UnitAlias("c", "2", "市质监局", AliasKind.MERGED, date(2018, 11, 1), date(2030, 1, 1)),
    ),
    frozenset({frozenset({"市城建局", "市住建局"})}),
    {"发改": "发展和改革", "住建": "住房和城乡建设"},
)


def found(printed: str, on: date = DAY, names: Names = NAMES) -> tuple[Candidate, ...]:
    return candidates(printed, UNITS, names, on=on)


@pytest.mark.parametrize(
    ("printed", "unit", "why", "words"),
    [
        ("市发改委", "1", Why.NAME, "就是规范名称"),
        ("市工商局", "2", Why.ALIAS, "并入单位的名称“市工商局”"),
        ("市计委", "1", Why.FORMER, "曾用名“市计委”（2003-04-01 前）"),
        ("发改委", "1", Why.SHORT, "简称“发改委”"),
        ("市 发改·委", "1", Why.SPELLING, "去掉空格、标点并写全缩写后与“市发改委”相同"),
        ("市住房和城乡建设局", "3", Why.SPELLING, "去掉空格、标点并写全缩写后与“市住建局”相同"),
        ("甲市市场监管局", "2", Why.PLACE, "只比“市市场监管局”多或少一个地名"),
        ("sscj", "2", Why.INITIALS, "拼音首字母 sscjgj"),
        ("市市场监督管理局", "2", Why.ABBREVIATION, "像是“市市场监管局”的缩写"),
        ("市场监管局办", "2", Why.SIMILAR, "用字与“市市场监管局”相近（83%）"),
    ],
)
def test_first_with_its_reason(printed: str, unit: str, why: Why, words: str) -> None:
    best = found(printed)[0]
    assert (best.unit.id, best.why, best.words) == (unit, why, words)
    assert best.certain is (why in (Why.NAME, Why.ALIAS))


def test_a_name_of_another_time_is_only_proposed() -> None:
    assert found("市工商局", date(2018, 1, 1))[0].words == (
        "并入单位的名称“市工商局”（2018-11-01 起）"
    )
    assert not found("市质监局", date(2031, 1, 1))[0].certain
    assert found("市质监局", date(2029, 1, 1))[0].certain


def test_what_is_kept_apart_is_not_proposed() -> None:
    assert {item.unit.id for item in found("市城建局", names=Names())} == {"3", "4"}
    assert "3" not in {item.unit.id for item in found("市城建局")}


def test_nothing_like_it() -> None:
    assert found("气象台") == ()
    assert found("·") == ()
    assert found("局") == ()


def test_the_likeliest_first_and_no_more_than_asked_for() -> None:
    many = candidates("市建设局", UNITS, Names(), on=DAY, most=1)
    assert len(many) == 1
    scores = [item.score for item in found("市建设局", names=Names())]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 1


@pytest.mark.parametrize(
    ("alias", "period"),
    [
        (UnitAlias("", "", "甲"), ""),
        (UnitAlias("", "", "甲", from_on=DAY), "2024-09-01 起"),
        (UnitAlias("", "", "甲", from_on=date(2019, 3, 1), to_on=DAY), "2019-03-01 至 2024-09-01"),
    ],
)
def test_periods_in_words(alias: UnitAlias, period: str) -> None:
    assert alias.period == period


def test_a_name_is_in_use_until_the_day_before_its_end() -> None:
    alias = UnitAlias("", "", "甲", from_on=date(2019, 3, 1), to_on=DAY)
    days = (date(2019, 2, 28), date(2019, 3, 1), date(2024, 8, 31), DAY)
    assert [alias.in_use(day) for day in days] == [False, True, True, False]
