"""What becomes of a draft: edits, ticks, order, phrases struck, sources that changed."""

from dataclasses import replace

import pytest

from hs_credit_desktop.domain.composing import (
    FIGURES,
    Draft,
    Kind,
    Sentence,
    Source,
    compose,
    figures_draft,
)
from hs_credit_desktop.domain.composing_changes import move, remap, take, tick
from hs_credit_desktop.domain.composing_phrases import strike_empty
from hs_credit_desktop.domain.composing_stale import (
    Change,
    Stale,
    keep_old,
    known_keys,
    live,
    stale,
    use_new,
)
from tests.domain.test_composing import GROUP, said

PARTS = ("progress", "results")
LEAD = said("市发改委", "我委印发信用修复工作方案。归集信用信息1200条。", lead=True)
CO = said("市商务局", "开展诚信经营培训3期，培训企业86家。")
CITY = said("大冶市", "我市设立信用修复专窗2个，受理96件。", group=GROUP)
COUNTY = said("阳新县", "送达信用修复提醒函143份。", group=GROUP)
ALL = [*LEAD, *CO, *CITY, *COUNTY]
DRAFT = compose(ALL)


def changed(source: Source, old: str, new: str) -> list[Source]:
    """All sources with one of them rewritten."""
    return [replace(one, text=one.text.replace(old, new)) if one == source else one for one in ALL]


# Editing


def test_an_untouched_text_keeps_every_source() -> None:
    assert remap(DRAFT.text, DRAFT, ALL) == DRAFT
    assert remap(f"\n{DRAFT.text}\n\n", DRAFT, ALL) == DRAFT


def test_an_edited_sentence_keeps_its_sources() -> None:
    text = DRAFT.text.replace(
        "开展诚信经营培训3期，培训企业86家", "举办诚信经营培训3期、培训86家企业"
    )
    edited = remap(text, DRAFT, ALL)
    assert [one.kind for one in edited.sentences] == [Kind.UNITS] * 5
    assert edited.sentences[2].cited == (CO[0].cited,)
    half = remap(DRAFT.text.replace("，培训企业86家", "。培训企业86家"), DRAFT, ALL)
    assert half.sentences[2].cited == half.sentences[3].cited == (CO[0].cited,)


def test_a_sentence_pasted_from_the_sources_finds_its_own() -> None:
    edited = remap("阳新县送达信用修复提醒函143份。", Draft(), ALL)
    assert edited.sentences[0].cited == (COUNTY[0].cited,)


def test_a_sentence_written_by_hand_is_the_office_s_own() -> None:
    edited = remap(DRAFT.text + "\n全市信用环境持续向好。", DRAFT, ALL)
    assert [one.text for one in edited.without_source] == ["全市信用环境持续向好。"]
    assert edited.paragraphs[:-1] == DRAFT.paragraphs


# Ticks and order


def test_taking_out_and_in_again_composes_anew() -> None:
    out = tick(DRAFT, LEAD[0], ALL, taken=False)
    assert out.text.startswith("市发改委归集信用信息1200条。\n市商务局")
    assert tick(out, LEAD[0], ALL, taken=True) == DRAFT
    assert tick(Draft(), CO[0], ALL, taken=True).text == f"市商务局{CO[0].text}"
    told = tick(Draft(), CO[0], ALL, taken=True, labelled=True)
    assert told.text == f"市商务局：{CO[0].text}"


def test_an_edited_draft_is_left_as_it_is_around_a_tick() -> None:
    own = remap(f"{DRAFT.text}\n全市信用环境持续向好。", DRAFT, ALL)
    out = tick(own, CO[0], ALL, taken=False)
    assert out.text == own.text.replace(f"市商务局{CO[0].text}\n", "")
    assert tick(out, CO[0], ALL, taken=True).text == own.text
    less = tick(own, LEAD[1], ALL, taken=False)
    assert less.text == own.text.replace("归集信用信息1200条。", "")
    assert tick(less, LEAD[1], ALL, taken=True).text == own.text


def test_a_member_joins_its_group_and_a_first_one_begins_it() -> None:
    own = remap("全市信用环境持续向好。", Draft(), ALL)
    begun = take(own, COUNTY[0], ALL)
    assert begun.text == "各县（市、区）：阳新县：送达信用修复提醒函143份。\n全市信用环境持续向好。"
    both = take(begun, CITY[0], ALL)
    assert both.text.split("\n")[0].endswith("143份。大冶市：设立信用修复专窗2个，受理96件。")
    assert take(both, CITY[0], ALL) is both
    stray = replace(CO[0], entry_id="别处", unit="市文旅局")
    assert take(own, stray, ALL).text.startswith("市文旅局开展")


def test_a_citation_goes_and_its_sentence_stays_with_the_others() -> None:
    same = [*said("市发改委", "力量不足。"), *said("市商务局", "力量不足。")]
    own = remap("市发改委、市商务局力量不足。\n另说。", compose(same), same)
    left = tick(own, same[0], same, taken=False)
    assert [one.unit for one in left.sentences[0].cited] == ["市商务局"]


def test_paragraphs_move() -> None:
    names = [inner[0].text[:3] for inner in move(DRAFT, 2, 0).paragraphs]
    assert names == ["各县（", "市发改", "市商务"]
    assert move(DRAFT, 0, 3) is DRAFT
    assert move(DRAFT, -1, 0) is DRAFT


# Empty phrases


def struck(*texts: tuple[str, str], labelled: bool = False, group: str | None = None) -> str:
    sources = [one for unit, text in texts for one in said(unit, text, group=group)]
    return strike_empty(compose(sources, labelled=labelled)).text


def test_clauses_that_say_nothing_are_struck() -> None:
    text = (
        "我委高度重视，认真贯彻落实，印发信用修复方案。各项工作进展顺利。归集信息1200条，进展顺利。"
    )
    assert struck(("市发改委", text)) == "市发改委印发信用修复方案。归集信息1200条。"


def test_a_short_opener_is_no_phrase() -> None:
    assert struck(("市发改委", "今年，我委高度重视，办理3件。")) == "今年，市发改委办理3件。"
    assert (
        struck(("市发改委", "我委办理3件。同时，回访5家。")) == "市发改委办理3件。同时，回访5家。"
    )


def test_a_name_that_stood_in_a_struck_sentence_moves_on() -> None:
    assert struck(("市发改委", "我委高度重视。印发信用修复方案。")) == "市发改委印发信用修复方案。"
    assert struck(("市发改委", "高度重视。"), ("市商务局", "培训3期。")) == "市商务局培训3期。"


def test_labels_stay_with_whoever_says_the_rest() -> None:
    told = struck(
        ("大冶市", "高度重视。同时，办理3件。"),
        ("阳新县", "高度重视。"),
        ("下陆区", "办理5件。"),
        group=GROUP,
    )
    assert told == "各县（市、区）：大冶市：办理3件；下陆区：办理5件。"
    first = struck(("大冶市", "高度重视。"), ("阳新县", "办理3件，进展顺利。"), group=GROUP)
    assert first == "各县（市、区）：阳新县：办理3件。"
    ends = struck(("大冶市", "办理3件，进展顺利。"), ("阳新县", "办理4件。"), group=GROUP)
    assert ends == "各县（市、区）：大冶市：办理3件；阳新县：办理4件。"


def test_what_the_office_wrote_is_not_struck() -> None:
    own = Draft(((Sentence("各项工作进展顺利。"),),))
    assert strike_empty(own) == own


def test_a_name_inside_a_word_is_no_label() -> None:
    odd = Draft(((Sentence("甲市商务局：办理3件，进展顺利。", (CO[0].cited,)),),))
    assert strike_empty(odd).text == "甲市商务局：办理3件。"


# Stale


def test_nothing_is_stale_while_the_words_stand() -> None:
    assert stale(DRAFT, known_keys(ALL), ALL, PARTS) == ()
    again = [replace(one, text=one.text.replace("。", "！")) for one in ALL]
    assert stale(DRAFT, known_keys(ALL), again, PARTS) == ()


def test_a_changed_figure_shows_old_and_new_and_can_be_taken() -> None:
    now = changed(CITY[0], "96件", "104件")
    [item] = stale(DRAFT, known_keys(ALL), now, PARTS)
    assert (item.change, item.unit, item.at) == (Change.CHANGED, "大冶市", (2, 0))
    assert (item.old, item.new) == (CITY[0].text, CITY[0].text.replace("96", "104"))
    fresh = use_new(DRAFT, item, now)
    assert fresh.text == DRAFT.text.replace("96件", "104件")
    assert stale(fresh, known_keys(ALL), now, PARTS) == ()
    kept = keep_old(DRAFT, item)
    assert kept.text == DRAFT.text
    assert stale(kept, known_keys(ALL), now, PARTS) == ()


def test_in_an_edited_sentence_only_the_figure_is_new() -> None:
    own = remap(DRAFT.text.replace("受理96件", "共受理企业申请96件"), DRAFT, ALL)
    now = changed(CITY[0], "96件", "104件")
    [item] = stale(own, known_keys(ALL), now, PARTS)
    assert use_new(own, item, now).text == own.text.replace("96件", "104件")


@pytest.mark.parametrize(
    ("sentence", "result"),
    [
        (
            "各县（市、区）：大冶市：设专窗接件。",
            "各县（市、区）：大冶市：设立信用修复窗口2个，受理96件。",
        ),
        ("另设专窗接件。", "大冶市设立信用修复窗口2个，受理96件。"),
    ],
)
def test_a_sentence_that_cannot_be_mended_is_replaced_whole(sentence: str, result: str) -> None:
    own = Draft(((Sentence(sentence, (CITY[0].cited,)),),))
    now = changed(CITY[0], "专窗", "窗口")
    [item] = stale(own, known_keys(ALL), now, PARTS)
    assert use_new(own, item, now).text == result


def test_a_sentence_that_is_gone() -> None:
    left = [one for one in ALL if one != CO[0]]
    [item] = stale(DRAFT, known_keys(ALL), left, PARTS)
    assert (item.change, item.new) == (Change.GONE, "")
    assert "市商务局" not in use_new(DRAFT, item, left).text
    kept = keep_old(DRAFT, item)
    assert kept.text == DRAFT.text
    assert [one.text for one in kept.without_source] == [f"市商务局{CO[0].text}"]
    different = changed(CO[0], CO[0].text, "另有安排。")
    kinds = [one.change for one in stale(DRAFT, known_keys(ALL), different, PARTS)]
    assert kinds == [Change.GONE, Change.ADDED]


def test_a_unit_that_reports_later_is_offered_once() -> None:
    late = said("市文旅局", "开展旅游诚信检查12次。整改9家。")
    other = said("市文旅局", "人手不足。", part="problems")
    [item] = stale(DRAFT, known_keys(ALL), [*ALL, *late, *other], PARTS)
    assert (item.change, item.unit, item.added) == (Change.ADDED, "市文旅局", tuple(late))
    fresh = use_new(DRAFT, item, [*ALL, *late])
    assert fresh.text.endswith("\n市文旅局开展旅游诚信检查12次。整改9家。")
    assert keep_old(DRAFT, item) is DRAFT
    assert stale(DRAFT, known_keys([*ALL, *late]), [*ALL, *late], PARTS) == ()
    assert [change.label for change in Change] == [
        "来源已变更",
        "来源已删去这一句",
        "单位新报了内容",
    ]


def test_two_changed_sentences_of_a_unit_find_each_its_own() -> None:
    now = [
        replace(LEAD[0], text="我委修订信用修复工作方案。"),
        replace(LEAD[1], text="归集信用信息1500条。"),
        *ALL[2:],
    ]
    found = stale(DRAFT, known_keys(ALL), now, PARTS)
    assert [(one.old, one.new) for one in found] == [
        (LEAD[0].text, now[0].text),
        (LEAD[1].text, now[1].text),
    ]


def test_figures_of_the_ledger_are_live_until_they_are_edited() -> None:
    def figures(*texts: str) -> list[Source]:
        return [Source("", "", FIGURES, text, measure_number=at) for at, text in enumerate(texts)]

    old = figures("应报44家，已报25家。", "已报的25家中，待审3家。", "未报：甲、乙、丙。")
    now = figures("应报44家，已报43家。", "已报的43家中，待审1家。", "逾期报送的单位：丁。")
    draft, known = figures_draft(old), known_keys(old)
    assert live(draft, known, now) == figures_draft(now)
    less = Draft(draft.paragraphs[:2])
    assert live(less, known, now).text == "应报44家，已报43家。\n已报的43家中，待审1家。"
    edited = remap(draft.text.replace("应报44家", "全市应报44家"), draft, old)
    shown = live(edited, known, now)
    assert shown.text.split("\n") == [
        "全市应报44家，已报25家。",
        "已报的43家中，待审1家。",
        "未报：甲、乙、丙。",
    ]
    [figure, gone] = stale(shown, known, now, ())
    assert use_new(shown, figure, now).text.startswith("全市应报44家，已报43家。")
    assert gone.change is Change.GONE
    own = Draft((*draft.paragraphs, (Sentence("请各单位抓紧。"),)))
    assert live(own, known, now).text.endswith("请各单位抓紧。")
    assert live(own, known, now).text.startswith("应报44家，已报43家。")


def test_old_words_of_a_list_are_replaced_without_their_name() -> None:
    draft = compose(CITY)
    item = Stale(
        Change.CHANGED,
        "大冶市",
        "大冶市",
        CITY[0].text,
        "我市设立信用修复专窗2个，受理8件。",
        (0, 0),
        CITY[0].cited,
    )
    assert use_new(draft, item, CITY).text.endswith("大冶市：设立信用修复专窗2个，受理8件。")
