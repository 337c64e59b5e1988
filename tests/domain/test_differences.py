"""Differences of two texts: whole again when joined, figures whole, no single characters."""

from hypothesis import given
from hypothesis import strategies as st

from hs_credit_desktop.domain.differences import LONG, Span, spans

TEXTS = st.text(alphabet="信用工作12.万%。\n，甲乙丙", max_size=60)


@given(TEXTS, TEXTS)
def test_both_texts_are_whole_again(old: str, new: str) -> None:
    found = spans(old, new)
    assert "".join(span.old for span in found) == old
    assert "".join(span.new for span in found) == new
    assert all(span.old or span.new for span in found)


def test_a_figure_is_one_difference() -> None:
    found = spans("累计归集 12.6万 条，评定 8420 户。", "累计归集 11.9万 条，评定 9015 户。")
    changed = [span for span in found if not span.same]
    assert changed == [Span("12.6万", "11.9万"), Span("8420", "9015")]
    assert all(span.figure for span in changed)
    assert not any(span.figure for span in found if span.same)


def test_words_for_a_figure_are_no_figure() -> None:
    assert [span.figure for span in spans("12", "若干")] == [False]


def test_what_was_added_and_what_is_gone() -> None:
    assert spans("甲。", "甲，乙丙。") == (Span("甲", "甲"), Span("", "，乙丙"), Span("。", "。"))
    assert spans("甲，乙丙。", "甲。")[1] == Span("，乙丙", "")


def test_a_few_common_characters_in_a_changed_sentence_are_swallowed() -> None:
    found = spans("三季度启动修订", "12月底前完度成印发")
    assert len([span for span in found if not span.same]) == 1


def test_a_common_character_between_figures_stays() -> None:
    found = spans("3和5", "4和6")
    assert found == (Span("3", "4"), Span("和", "和"), Span("5", "6"))


def test_nothing_differs_in_equal_texts() -> None:
    assert spans("同一句话。", "同一句话。") == (Span("同一句话。", "同一句话。"),)
    assert spans("", "") == ()


def test_long_texts_are_compared_by_sentences() -> None:
    sentence = "开展信用修复培训。"
    old = sentence * (LONG // len(sentence))
    found = spans(old, old + "新增一句")
    assert found == (Span(old, old), Span("", "新增一句"))
