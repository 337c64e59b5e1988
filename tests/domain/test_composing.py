"""The first draft: by rules only, lead first, nothing written that no unit said."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hs_credit_desktop.domain.composing import (
    CHAPTERS,
    FIGURES,
    Cited,
    Draft,
    Kind,
    Sentence,
    Source,
    compose,
    in_list,
    one_sentence,
    split,
    stripped,
)
from hs_credit_desktop.domain.composing_names import (
    FIXED_WORDS,
    led_in,
    named,
    printed_group,
    said_by,
    unnamed,
)
from hs_credit_desktop.domain.similarity import core

GROUP = "各县（市、区）人民政府"


def said(unit: str, text: str, *, part: str = "progress", **more: object) -> list[Source]:
    """All sentences of a unit's text."""
    return [Source(unit, unit, part, one, **more) for one in split(text)]  # type: ignore[arg-type]


def test_sentences_keep_their_stop_and_the_remark_behind_it() -> None:
    text = "一是甲。二是乙！\n1．丙（演示）\n丁”。（演示）戊"
    assert split(text) == ("一是甲。", "二是乙！", "1．丙（演示）", "丁”。（演示）", "戊")
    assert split("一是办理3件；二是回访5家。") == ("一是办理3件；二是回访5家。",)
    assert split(" \n。\n") == ()


def test_an_inner_list_is_cut_where_a_member_begins() -> None:
    text = "各县：大冶市：办理3件；回访5家；阳新县、下陆区：办理4件。"
    assert split(text, ["大冶市", "阳新县", "下陆区"]) == (
        "各县：大冶市：办理3件；回访5家；",
        "阳新县、下陆区：办理4件。",
    )


@pytest.mark.parametrize(
    ("text", "unit", "whole", "left"),
    [
        ("我局办理3件。", "市商务局", "市商务局办理3件。", "办理3件。"),
        ("按照要求，我委办理3件", "市发改委", "按照要求，市发改委办理3件。", "按照要求，办理3件。"),
        ("我市信用排名第3位。", "市商务局", "我市信用排名第3位。", "我市信用排名第3位。"),
        ("我市办理3件。", "大冶市", "大冶市办理3件。", "办理3件。"),
        ("本单位办理3件。", "黄石海关", "黄石海关办理3件。", "办理3件。"),
        ("我办办理3件。", "市政府办公室", "市政府办公室办理3件。", "办理3件。"),
        ("我们办理3件。", "市商务局", "市商务局办理3件。", "办理3件。"),
        ("我行我素的3家。", "人行黄石市分行", "我行我素的3家。", "我行我素的3家。"),
        ("1．办理3件。（演示）", "市商务局", "办理3件。", "办理3件。"),
        ("（二）办理3件；", "市商务局", "办理3件。", "办理3件。"),
        ("3.5万件已办理。", "市商务局", "3.5万件已办理。", "3.5万件已办理。"),
        ("一是办理3件。", "市商务局", "办理3件。", "办理3件。"),
        ("一是甲；二是乙。", "市商务局", "一是甲；二是乙。", "一是甲；二是乙。"),
        ("（演示）", "市商务局", "", ""),
    ],
)
def test_who_says_it(text: str, unit: str, whole: str, left: str) -> None:
    assert said_by(text, (unit,)) == whole
    assert said_by(text, (unit,), drop=True) == left


def test_the_name_stands_where_no_subject_is() -> None:
    assert named("办理3件。", ("市商务局",)) == "市商务局办理3件。"
    assert named("办理3件。", ("市商务局", "市文旅局")) == "市商务局、市文旅局办理3件。"
    assert named("市商务局办理3件。", ("市商务局",)) == "市商务局办理3件。"
    assert named("同时，办理3件。", ("市商务局",)) == "市商务局办理3件。"
    assert named("截至目前，累计办理3件。", ("市商务局",)) == "截至目前，市商务局累计办理3件。"
    assert named("截至11月，累计3件。", ("市商务局",)) == "市商务局截至11月，累计3件。"
    assert led_in("同时，市商务局办理3件。", ("市商务局",)) == "市商务局：办理3件。"
    assert printed_group(GROUP) == "各县（市、区）"
    assert printed_group("人民政府") == "人民政府"
    assert printed_group("市有关部门") == "市有关部门"


def test_a_paragraph_a_unit_lead_first() -> None:
    sources = [
        *said("市发改委", "我委印发方案。归集信息1200条。", lead=True),
        *said("市商务局", "此外，开展培训3期。", part="results"),
    ]
    draft = compose(sources)
    assert draft.text == "市发改委印发方案。归集信息1200条。\n市商务局开展培训3期。"
    assert [one.cited for one in draft.sentences] == [(one.cited,) for one in sources]
    assert {one.kind for one in draft.sentences} == {Kind.UNITS}
    assert all(draft.takes(source) for source in sources)
    assert draft.without_source == ()
    assert Draft().text == ""


def test_members_of_a_group_stand_in_one_paragraph_with_an_inner_list() -> None:
    sources = [
        *said("大冶市", "我市办理3件。回访5家。", group=GROUP),
        *said("阳新县", "我县办理4件", group=GROUP),
    ]
    assert compose(sources).text == "各县（市、区）：大冶市：办理3件。回访5家；阳新县：办理4件。"


def test_what_several_say_stands_once_with_all_of_them() -> None:
    sources = [
        *said("市发改委", "统筹推进信用修复各项工作任务落地见效。"),
        *said("市商务局", "统筹推进信用修复各项工作任务落地见效！开展培训3期。"),
        *said("市文旅局", "统筹推进信用修复各项工作任务落地见效3次。"),
    ]
    draft = compose(sources)
    assert draft.text.split("\n") == [
        "市发改委、市商务局统筹推进信用修复各项工作任务落地见效。",
        "市商务局开展培训3期。",
        "市文旅局统筹推进信用修复各项工作任务落地见效3次。",
    ]
    assert [one.unit for one in draft.sentences[0].cited] == ["市发改委", "市商务局"]
    grouped = [
        *said("大冶市", "力量不足。", group=GROUP),
        *said("阳新县", "力量不足。", group=GROUP),
        *said("下陆区", "经费不足。", group=GROUP),
    ]
    text = compose(grouped, labelled=True).text
    assert text == "各县（市、区）：大冶市、阳新县：力量不足；下陆区：经费不足。"


def test_nearly_the_same_words_with_the_same_figures_are_one() -> None:
    long = "围绕任务分解要求统筹推进信用修复和信息归集各项工作落地见效，办理修复3件"
    sources = [*said("市发改委", long + "。"), *said("市商务局", long.replace("和", "与") + "。")]
    assert len(compose(sources).sentences) == 1
    other = [*said("市发改委", long + "。"), *said("市商务局", long.replace("3", "4") + "。")]
    assert len(compose(other).sentences) == 2


def test_a_chapter_gathers_by_unit() -> None:
    sources = [
        *said("市发改委", "我委人手不足。", part="problems", measure_number=1),
        *said("市商务局", "数据不全。", part="problems", measure_number=2),
        *said("市发改委", "标准不一。", part="problems", measure_number=3),
    ]
    text = compose(sources, labelled=True).text
    assert text == "市发改委：人手不足。标准不一。\n市商务局：数据不全。"
    assert set(CHAPTERS) == {"overview", "problems", "next_steps"}
    assert sources[0].part_label == "存在问题"


def test_a_remark_alone_is_no_sentence() -> None:
    assert compose(said("市商务局", "（演示）")) == Draft()


def test_one_sentence_as_it_is_ticked() -> None:
    [source] = said("大冶市", "我市办理3件。", group=GROUP)
    assert one_sentence(source, first=True).text == "大冶市办理3件。"
    assert one_sentence(source, first=False).text == "大冶市办理3件。"
    assert in_list(source, head=True).text == "各县（市、区）：大冶市：办理3件。"
    assert in_list(source, head=False).text == "大冶市：办理3件。"


def test_whose_a_sentence_is() -> None:
    figures = Source("", "", FIGURES, "应报44家。")
    assert figures.part_label == "台账"
    assert Sentence("应报44家。", (figures.cited,)).kind is Kind.FIGURES
    assert Sentence("甲。").kind is Kind.OFFICE
    assert [kind.label for kind in Kind] == ["单位反馈", "办内撰写", "台账数字"]
    assert Draft(((Sentence("甲。"),),)).without_source == (Sentence("甲。"),)
    assert Cited("1", "progress", "甲，乙。", "丙").key == ("1", "甲乙")


UNITS = ("市发改委", "市商务局", "人行黄石市分行", "大冶市", "阳新县")
WORDS = st.sampled_from(
    (
        *(
            "我委",
            "我局",
            "我行",
            "我市",
            "我县",
            "本单位",
            "我们",
            "印发方案",
            "归集信息",
            "同时，",
        ),
        *("截至目前，", "一是", "二是", "1．", "（一）", "12.6万条", "3家", "，", "；", "。", "！"),
        *("：", "“诚信”", "（演示）", "\n", "按照要求，", "无", "②", "市商务局", "大冶市", "A级"),
    )
)
TEXTS = st.lists(WORDS, max_size=14).map("".join)


@given(st.lists(st.tuples(st.sampled_from(UNITS), TEXTS), max_size=6), st.booleans())
def test_nothing_is_written_that_no_unit_said(texts: list[tuple[str, str]], labelled: bool) -> None:
    """Without unit names and fixed words every sentence stands in a text, in the same order."""
    sources = [
        source
        for unit, text in texts
        for source in said(unit, text, group=GROUP if unit in UNITS[3:] else None)
    ]
    draft = compose(sources, labelled=labelled)
    names = (*UNITS, printed_group(GROUP))
    for sentence in draft.sentences:
        assert sentence.cited
        own = [stripped(one.text, names) for one in sentence.cited]
        left = stripped(sentence.text, names)
        assert any(left in one or left == one for one in own), (sentence.text, own)
        letters = re.sub("|".join(map(re.escape, (*names, *FIXED_WORDS))), "", sentence.text)
        assert set(core(letters)) <= set(core("".join(one.text for one in sentence.cited)))
    taken = {one.key for sentence in draft.sentences for one in sentence.cited}
    plain = {one.cited.key for one in sources if core(said_by(one.text, (one.unit,), drop=True))}
    assert taken == plain  # and nothing is left out


def test_what_is_left_without_names() -> None:
    assert unnamed("1．同时，市商务局我局办理3件（演示）。", ("市商务局",)) == "办理3件"
