"""Practice texts: different from each other, repeatable, fit for the unit, and planted exactly."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.returns import Completion, FeedbackParts
from hs_credit_desktop.domain.similarity import overlap, shingles, similarity
from hs_credit_desktop.services.notices import bundled_notice, read_notice
from hs_credit_desktop.services.practice_phrases import stocks
from hs_credit_desktop.services.practice_repeats import nearly_repeated
from hs_credit_desktop.services.practice_subject import (
    PracticeMeasure,
    own_name,
    themes_of,
    topic_of,
    trade_of,
    words_of,
)
from hs_credit_desktop.services.practice_texts import (
    PRACTICE_MARK,
    PracticeWriter,
    refigured,
    whole_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Key = tuple[PracticeMeasure, str, int]
REPAIR = PracticeMeasure(
    11,
    "推进“两书同达+协同修复”",
    "完善信用修复工作机制，在送达行政处罚决定书时\n同时送达提醒函。对政府采购、债务融资、招标投标等领域实行清单管理。",
)


@pytest.fixture(scope="module")
def pairs() -> list[tuple[PracticeMeasure, str]]:
    """Measure and unit of every expected entry of the bundled notice."""
    draft = read_notice(bundled_notice()).draft
    members = {group.name: group.members for group in draft.groups}
    return [
        (PracticeMeasure(measure.number, measure.title, measure.body), unit)
        for measure in draft.measures
        for duty in measure.responsibilities
        for unit in (members[duty.unit] if duty.group else (duty.unit,))
    ]


@pytest.fixture(scope="module")
def entries(pairs) -> Mapping[Key, FeedbackParts]:
    """Both rounds of all pairs."""
    writer = PracticeWriter()
    return {
        (measure, unit, turn): writer.write(measure, unit, turn)
        for turn in (1, 2)
        for measure, unit in pairs
    }


def test_both_rounds_have_267_entries_none_too_much_like_another(entries) -> None:
    sets = [shingles(whole_text(parts)) for parts in entries.values()]
    assert len(sets) == 2 * 267
    assert max(overlap(left, right) for left, right in combinations(sets, 2)) < 0.5


def test_another_seed_gives_other_texts_as_different(pairs) -> None:
    first, other = PracticeWriter(), PracticeWriter(seed=7)
    both = [(first.write(*pair, 1), other.write(*pair, 1)) for pair in pairs]
    assert max(similarity(whole_text(old), whole_text(new)) for old, new in both) < 0.6


def test_the_same_seed_gives_the_same_text_in_any_order(entries) -> None:
    writer = PracticeWriter()
    for measure, unit, turn in reversed(entries):
        assert writer.write(measure, unit, turn) == entries[measure, unit, turn]


def test_every_part_is_marked_and_progress_never_blank(entries) -> None:
    for parts in entries.values():
        assert parts.progress
        assert all(text.endswith(f"。{PRACTICE_MARK}") for text in parts.texts if text)
    blank = [sum(not parts.texts[at] for parts in entries.values()) for at in range(4)]
    assert blank[0] == 0
    assert all(20 < count < 200 for count in blank[1:])


def test_lengths_are_those_of_an_office(entries) -> None:
    lengths = sorted(len(whole_text(parts)) for parts in entries.values())
    usual = [length for length in lengths if 150 <= length <= 400]
    assert len(usual) > 0.9 * len(lengths)
    assert lengths[0] >= 100
    assert 600 < lengths[-1] <= 950


def test_nothing_unfilled_doubled_or_broken(entries) -> None:
    broken = re.compile(r"[\[\]{}|]|[，。；、]{2}|(工作|推进|任务|我\w)\1|[，；、]（演示）")
    found = [
        (key[1], hit[0])
        for key, parts in entries.items()
        for text in parts.texts
        if (hit := broken.search(text))
    ]
    assert found == []


def test_the_measure_is_named_in_full_before_it_is_only_referred_to(entries) -> None:
    referring = {key: whole_text(parts) for key, parts in entries.items()}
    referring = {key: text for key, text in referring.items() if "这项任务" in text}
    assert len(referring) > 50
    for (measure, _, _), text in referring.items():
        assert 0 <= text.find(topic_of(measure.title)) < text.index("这项任务")


def test_nothing_that_could_be_a_person_a_year_or_an_annex(entries) -> None:
    wrong = re.compile(r"\d{7}|20\d\d年|@|附件|见附|电话：|联系人")
    assert [hit[0] for text in _texts(entries) if (hit := wrong.search(text))] == []


def test_completion_only_moves_forward_and_all_levels_occur(entries) -> None:
    order = list(Completion)
    for (measure, unit, turn), parts in entries.items():
        if turn == 2:
            before = entries[measure, unit, 1].completion
            assert order.index(parts.completion) >= order.index(before)
    assert {parts.completion for parts in entries.values()} == set(Completion)


def test_totals_grow_from_round_to_round(entries) -> None:
    checked = 0
    for (measure, unit, turn), parts in entries.items():
        old, new = _total(entries[measure, unit, 1]), _total(parts)
        if turn == 2 and old and new:
            assert (old[0], old[2]) == (new[0], new[2])
            assert float(old[1]) < float(new[1])
            checked += 1
    assert checked > 240


def test_a_given_total_is_printed_as_it_is() -> None:
    writer, unit = PracticeWriter(), "市财政局"
    fell = [writer.write(REPAIR, unit, 1, "12.6万"), writer.write(REPAIR, unit, 2, "11.9万")]
    label = "截至目前，累计归集政府采购失信信息"
    assert f"{label}12.6万条。" in fell[0].progress
    assert f"{label}11.9万条。" in fell[1].progress


def test_a_given_total_makes_an_unstarted_entry_a_started_one(entries) -> None:
    measure, unit, turn = next(
        key for key, parts in entries.items() if parts.completion is Completion.NOT_STARTED
    )
    parts = PracticeWriter().write(measure, unit, turn, "12.6万")
    assert parts.completion is Completion.IN_PROGRESS
    assert "12.6万条" in parts.progress


@pytest.mark.parametrize("target", [0.97, 0.95, 0.91])
def test_a_repeat_has_exactly_the_similarity_asked_for(entries, target) -> None:
    usual = [parts for parts in entries.values() if len(whole_text(parts)) >= 260][::12]
    for old in usual:
        new = nearly_repeated(old, target)
        assert round(similarity(whole_text(old), whole_text(new)), 2) == target
        assert new.completion is old.completion
        assert [len(text) for text in new.texts] == [len(text) for text in old.texts]
        assert all(text.endswith(PRACTICE_MARK) for text in new.texts if text)
        assert nearly_repeated(old, target) == new


def test_figures_of_a_repeat_never_fall() -> None:
    old = PracticeWriter().write(REPAIR, "市财政局", 1)
    new = nearly_repeated(old, 0.91)
    before, after = (re.findall(r"\d+(?:\.\d+)?", whole_text(parts)) for parts in (old, new))
    assert before != after
    assert all(float(low) <= float(high) for low, high in zip(before, after, strict=True))


def test_a_text_too_short_to_be_hit_is_said() -> None:
    with pytest.raises(ValueError, match=r"8 characters gives 0\.97"):
        nearly_repeated(FeedbackParts("办结3件。"), 0.97)


def test_a_text_that_has_it_already_stays() -> None:
    old = FeedbackParts("办结38件，加强监管。")
    assert nearly_repeated(old, 1.0) == old


def test_other_figures_in_the_same_words_for_scale() -> None:
    old = FeedbackParts("办结38件。", "1．走访12家。\n2．约谈9家。", "无", "", Completion.DONE)
    assert refigured(old, 9) == old
    new = refigured(old, 10)
    assert new.texts == ("办结49件。", "1．走访12家。\n2．约谈9家。", "无", "")
    assert new.completion is Completion.DONE


@pytest.mark.parametrize(
    ("unit", "own", "trade"),
    [
        ("市财政局", "我局", "财政"),
        ("市纪委监委", "我委", "纪委"),
        ("甲乙市分行", "我行", "其他"),
        ("人行甲乙市分行", "我行", "人行"),
        ("甲乙海关", "我关", "海关"),
        ("甲乙供电公司", "我公司", "供电"),
        ("市政府办公室", "我办", "政府办公室"),
        ("市消防救援支队", "我支队", "消防"),
        ("丙丁县", "我县", "县区"),
        ("丙丁区人民政府", "我区", "县区"),
        ("丙丁市", "我市", "县区"),
        ("某某协会", "我单位", "其他"),
    ],
)
def test_words_follow_the_name_of_the_unit(unit: str, own: str, trade: str) -> None:
    assert own_name(unit) == own
    assert trade in trade_of(unit).keys
    assert PracticeWriter().write(REPAIR, unit, 1).progress


def test_words_follow_the_text_of_the_measure() -> None:
    words = words_of(REPAIR, "市财政局")
    assert words["topic"] == ("“推进‘两书同达+协同修复’”任务",)
    assert words["field"] == ("债务融资", "招标投标")
    assert words["phrase"] == ("完善信用修复工作机制",)
    assert "修复" in themes_of(REPAIR)[0].keys
    assert topic_of("推进质量品牌信用建设") == "质量品牌信用建设"


def test_a_measure_with_no_text_still_has_words() -> None:
    bare = PracticeMeasure(3, "抓好其他事项", "")
    words = words_of(bare, "某某协会")
    assert words["field"]
    assert words["term"] == ("“抓好其他事项”任务",)
    assert words["phrase"] == ("抓好其他事项",)
    assert len(themes_of(bare)) == 1


def test_every_theme_and_trade_can_fill_every_kind_of_sentence() -> None:
    for theme in stocks("themes"):
        for kind in ("totals", "actions", "results", "problems", "plans"):
            assert len(theme.of(kind)) >= 2, theme.keys
    for trade in stocks("trades"):
        assert set(trade.nouns) == {"科室", "对象", "数据"}, trade.keys
        assert trade.of("actions"), trade.keys
        assert trade.of("results") == ()


def _texts(entries: Mapping[Key, FeedbackParts]) -> Iterator[str]:
    return (text for parts in entries.values() for text in parts.texts)


def _total(parts: FeedbackParts) -> tuple[str, str, str] | None:
    found = re.search(r"累计([^\d，]+)([\d.]+)(\w+)", parts.progress)
    return (found[1], found[2], found[3]) if found else None
