"""What a unit's printed name says about its kind."""

import pytest

from hs_credit_desktop.domain.units import Unit, UnitKind, kind_of

KINDS = {
    UnitKind.PARTY: "市纪委监委 市委组织部 市委编办 市委宣传部 市委网信办 市委政法委 市委党校",
    UnitKind.JUDICIAL: "市法院 市中级人民法院 市检察院",
    UnitKind.VERTICAL: "人行甲市分行 金融监管总局甲监管分局 市税务局 市气象局 市消防救援支队",
    UnitKind.MASS: "市总工会 团市委 市妇联 市工商联 市残联 市科协 市红十字会",
    UnitKind.ENTERPRISE: "甲市供电公司 甲市农商银行 中国移动甲市分公司 中国电信",
    UnitKind.COUNTY: "大冶市 甲县人民政府 乙区 高新区管委会",
    UnitKind.GOVERNMENT: "市发改委 市卫健委 市政府办公室 市财政局 市政府国资委 市住建局",
}


@pytest.mark.parametrize(
    ("name", "kind"), [(name, kind) for kind, names in KINDS.items() for name in names.split()]
)
def test_kind(name: str, kind: UnitKind) -> None:
    assert kind_of(name) is kind


def test_every_kind_has_a_word() -> None:
    assert {kind.label for kind in UnitKind} == {
        "党委", "政府", "法检", "垂管", "群团", "企业", "县区",
    }  # fmt: skip


def test_search_text_holds_every_name_once() -> None:
    unit = Unit("1", "市发改委", "发改委", UnitKind.GOVERNMENT, "sfgw", 1, ("市发改委", "市计委"))
    assert unit.search_text == "市发改委\n发改委\n市计委\nsfgw"
