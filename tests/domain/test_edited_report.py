"""An edited report: figures first, sentences matched however they moved, tables by row."""

from dataclasses import replace

from hs_credit_desktop.domain.edited_report import (
    Difference,
    Finding,
    Line,
    compare,
    headings_found,
    put_in,
)

ONE, TWO = "1. 完善信用制度（牵头单位：甲局）", "2. 归集信用信息"
REPORT = (
    Line("", "", "关于执行情况的报告"),
    Line("m1", ONE, ONE, heading=True),
    Line("m1", ONE, "甲局印发信用修复方案。归集信用信息1200条，核查3次。"),
    Line("m1", ONE, "各县：大冶市：办理修复3件；阳新县：办理修复5件。"),
    Line("m2", TWO, TWO, heading=True),
    Line("m2", TWO, "乙局开展诚信经营培训。"),
    Line("", "报送情况表", "报送情况表", heading=True),
    Line("", "报送情况表", "序号\t单位\t应反馈"),
    Line("", "报送情况表", "1\t甲局\t17"),
)
TEXTS = tuple(line.text for line in REPORT)
NAMES = ("大冶市", "阳新县")


def edited(*changes: tuple[str, str]) -> list[str]:
    text = "\n".join(TEXTS)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text.split("\n")


def kinds(lines: list[str]) -> list[Difference]:
    return [item.kind for item in compare(REPORT, lines, NAMES)]


def test_the_report_itself_differs_in_nothing() -> None:
    assert compare(REPORT, TEXTS, NAMES) == ()
    spaced = [text.replace("，", " ， ") for text in TEXTS]
    assert compare(REPORT, ["", "附件1", *spaced], NAMES) == ()
    assert compare(REPORT, ["关于执行", "情况的报告", *TEXTS[1:]], NAMES) == ()


def test_a_figure_that_differs_says_both() -> None:
    [item] = compare(REPORT, edited(("1200条", "1300条")), NAMES)
    assert item == Finding(
        Difference.FIGURE,
        "m1",
        ONE,
        "归集信用信息1200条，核查3次。",
        "归集信用信息1300条，核查3次。",
        (("1300条", "1200条"),),
        REPORT[2].text,
        REPORT[2].text.replace("1200", "1300"),
    )
    [gone] = compare(REPORT, edited(("，核查3次", "")), NAMES)
    assert gone.numbers == (("", "3次"),)
    [more] = compare(REPORT, edited(("核查3次", "核查3次、整改2家")), NAMES)
    assert more.numbers == (("2家", ""),)
    [member] = compare(REPORT, edited(("修复5件", "修复6件")), NAMES)
    assert member.ledger == "阳新县：办理修复5件。"
    [row] = compare(REPORT, edited(("1\t甲局\t17", "1\t甲局\t16")), NAMES)
    assert (row.node, row.numbers) == ("", (("16", "17"),))


def test_words_that_changed_came_or_went() -> None:
    assert kinds(edited(("印发信用修复方案", "出台信用修复方案"))) == [Difference.CHANGED]
    assert kinds(edited(("乙局开展诚信经营培训。", ""))) == [Difference.GONE]
    assert kinds(edited(("培训。", "培训。信用环境向好。"))) == [Difference.NEW]
    both = edited(("印发信用修复方案", "出台信用修复方案"), ("1200条", "1300条"))
    assert kinds(both) == [Difference.FIGURE, Difference.CHANGED]
    assert [kind.label for kind in Difference] == [
        "数字与台账不一致",
        "文字改动",
        "新增的句子",
        "删去的句子",
    ]


def test_a_sentence_that_moved_is_still_there() -> None:
    moved = edited(("甲局印发信用修复方案。", ""), ("培训。", "培训。甲局印发信用修复方案。"))
    assert kinds(moved) == []
    twice = edited(("甲局印发信用修复方案。", "甲局印发信用修复方案。甲局印发信用修复方案。"))
    assert kinds(twice) == [Difference.NEW]


def test_an_edited_heading_still_heads_its_own() -> None:
    found = compare(REPORT, edited((ONE, ONE.replace("完善", "健全"))), NAMES)
    assert [item.kind for item in found] == [Difference.CHANGED]
    assert found[0].node == "m1"
    other = compare(REPORT, edited((ONE, "另起一节")), NAMES)
    assert {item.kind for item in other} >= {Difference.GONE}


def test_two_rewritten_sentences_find_each_its_own() -> None:
    lines = edited(
        ("大冶市：办理修复3件", "大冶市：累计办理修复4件"), ("办理修复5件", "累计办理修复9件")
    )
    assert [item.numbers for item in compare(REPORT, lines, NAMES)] == [
        (("4件", "3件"),),
        (("9件", "5件"),),
    ]


def test_a_sentence_is_no_rewriting_of_one_under_another_heading() -> None:
    lines = edited(
        ("归集信用信息1200条", "归集信用信息1300条"), ("诚信经营培训", "诚信经营培训3期")
    )
    assert [item.numbers for item in compare(REPORT, lines, NAMES)] == [
        (("1300条", "1200条"),),
        (("3期", ""),),
    ]


def test_dates_are_no_figures() -> None:
    report = (
        Line("m", "一", "一", heading=True),
        Line("m", "一", "截至2024年11月29日，应报44家。"),
    )
    [item] = compare(report, ["一", "截至2024年12月2日，应报44家。"])
    assert (item.kind, item.numbers) == (Difference.CHANGED, ())
    other = compare(report, ["一", "全市信用环境持续向好。"])
    assert [one.kind for one in other] == [Difference.NEW, Difference.GONE]


def test_two_alike_are_rewritten_in_their_order() -> None:
    report = (Line("m", "一", "一", heading=True), Line("m", "一", "甲局办理3件。甲局办理5件。"))
    found = compare(report, ["一", "甲局办理4件。甲局办理6件。"])
    assert [item.numbers for item in found] == [(("4件", "3件"),), (("6件", "5件"),)]


def test_is_it_the_report_at_all() -> None:
    assert headings_found(REPORT, TEXTS) == 1.0
    assert headings_found(REPORT, ["甲", TWO]) == 1 / 3
    assert headings_found((replace(REPORT[0]),), ["甲"]) == 0.0


def test_a_paragraph_takes_the_place_of_the_one_it_comes_from() -> None:
    lines = ["甲局印发信用修复方案。", "乙局开展诚信经营培训。"]
    assert put_in(lines, "乙局开展诚信经营培训3次。", "丙") == [lines[0], "丙"]
    assert put_in(lines, "", "丙") == [*lines, "丙"]
    assert put_in([], "甲", "丙") == ["丙"]


def test_an_empty_report_and_an_empty_file() -> None:
    assert compare((), ["甲。"]) == (
        Finding(Difference.NEW, "", "", "", "甲。", edited_paragraph="甲。"),
    )
    assert [item.kind for item in compare(REPORT[2:3], [])] == [Difference.GONE] * 2
