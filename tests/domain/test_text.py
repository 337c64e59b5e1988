"""Chinese numerals and clean text."""

import pytest

from hs_credit_desktop.domain.text import (
    chinese_number,
    clean,
    excerpt,
    narrow,
    parse_chinese_number,
)


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (24, "二十四"), (99, "九十九")],
)
def test_heading_numbers(number: int, numeral: str) -> None:
    assert chinese_number(number) == numeral
    assert parse_chinese_number(numeral) == number


def test_every_heading_number_is_read_back() -> None:
    assert [parse_chinese_number(chinese_number(n)) for n in range(1, 100)] == list(range(1, 100))


@pytest.mark.parametrize("number", [0, 100, -1])
def test_headings_count_from_1_to_99(number: int) -> None:
    with pytest.raises(ValueError, match="headings count"):
        chinese_number(number)


@pytest.mark.parametrize("numeral", ["", "十十", "一一", "一十", "零", "百", "1"])
def test_what_is_no_heading_number(numeral: str) -> None:
    with pytest.raises(ValueError, match="not a heading number"):
        parse_chinese_number(numeral)


def test_narrow_leaves_chinese_punctuation() -> None:
    assert narrow("ＡＥＯ２０２４年，（ａ）") == "AEO2024年，（a）"


def test_clean() -> None:
    assert clean("  一\u3000\u3000二\tx\u200b \r\n\r\n\x07三\r四\n\n") == "一 二 x\n\n三\n四"
    assert clean("e\u0301") == "\u00e9"


def test_excerpt() -> None:
    assert excerpt("一二\n三四", 5) == "一二 三四"
    assert excerpt("一二三四五六", 4) == "一二三…"
