"""Similarity of texts: what it leaves out, what one change costs, and how quick it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hs_credit_desktop.domain.similarity import core, overlap, shingles, similarity

PROSE = "截至目前，累计归集信用信息12.6万条，走访企业128家，办结修复申请35件，群众反映良好。"
OTHER = "我局组织诚信主题宣传14场，发放宣传册3200份，开展窗口人员培训2期，暂无突出问题。"


def test_same_text_is_one_and_foreign_prose_far_below_the_threshold() -> None:
    assert similarity(PROSE, PROSE) == 1.0
    assert similarity(PROSE, OTHER) < 0.1


def test_punctuation_blanks_width_and_case_do_not_count() -> None:
    assert core("ＡＥＯ 认证，１２_家。\n") == "aeo认证12家"
    assert similarity("AEO认证12家", "ａｅｏ 认证（12）家！") == 1.0


def test_one_changed_character_costs_three_shingles() -> None:
    text = "".join(chr(0x4E00 + at) for at in range(102))
    changed = text[:50] + "零" + text[51:]
    assert len(shingles(text)) == 100
    assert similarity(text, changed) == pytest.approx(0.97)


def test_moved_sentences_stay_nearly_the_same() -> None:
    first, second = PROSE, OTHER
    assert similarity(first + second, second + first) > 0.94


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("", "", 0.0),
        ("，。", "无", 0.0),
        ("无", "无。", 1.0),
        ("暂无", "无", 0.0),
        ("无", PROSE, 0.0),
    ],
)
def test_short_and_blank_texts(left: str, right: str, expected: float) -> None:
    assert similarity(left, right) == expected


def test_blank_has_no_shingles_and_a_short_text_one() -> None:
    assert shingles(" 。") == frozenset()
    assert shingles("暂无。") == {"暂无"}
    assert shingles("暂无事") == {"暂无事"}


WRITTEN = st.text("信用修复，。 aＡ12１", max_size=60)


@given(WRITTEN, WRITTEN)
def test_symmetric_and_within_bounds(left: str, right: str) -> None:
    value = similarity(left, right)
    assert 0.0 <= value <= 1.0
    assert value == similarity(right, left) == overlap(shingles(left), shingles(right))
