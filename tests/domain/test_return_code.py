"""The return code: every single slip and every swap is noticed."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hs_credit_desktop.domain import return_code
from hs_credit_desktop.domain.return_code import MARKS, ReturnCode, find, make, parse

codes = st.builds(
    make, st.integers(2000, 2099), st.integers(1, 99), st.integers(1, return_code.MAX_NUMBER)
)


@given(codes)
def test_a_code_reads_back(code: ReturnCode) -> None:
    assert parse(str(code)) == code
    assert find(f"回执码：{code}。").valid == (code,)


@given(codes)
def test_every_wrong_character_is_noticed(code: ReturnCode) -> None:
    text = str(code)
    for at, right in enumerate(text):
        for wrong in MARKS:
            if right != "-" and wrong != right:
                assert parse(text[:at] + wrong + text[at + 1 :]) is None


@given(codes)
def test_every_swap_is_noticed(code: ReturnCode) -> None:
    text = str(code)
    for left, right in itertools.combinations(range(len(text)), 2):
        if text[left] != text[right]:
            swapped = list(text)
            swapped[left], swapped[right] = text[right], text[left]
            assert parse("".join(swapped)) is None


def test_looks_as_printed() -> None:
    text = str(make(2024, 2, 917))
    assert text[:-1] == "HS24-2-0917-"
    assert text[-1] in MARKS


def test_full_width_and_blanks_are_read() -> None:
    text = str(make(2024, 1, 6))
    wide = "".join(chr(ord(char) + 0xFEE0) for char in text)
    assert find(f"（{wide}）").valid == (make(2024, 1, 6),)
    assert parse(text.replace("-", " - ").lower()) == make(2024, 1, 6)


def test_a_slip_is_named() -> None:
    good = str(make(2024, 1, 6))
    wrong = good[:-1] + next(mark for mark in MARKS if mark != good[-1])
    assert find(f"{wrong} {wrong}") == return_code.FoundCodes((), (wrong,))
    assert find("没有码") == return_code.FoundCodes((), ())


@pytest.mark.parametrize(
    "text", ["", "HS24-0-0001-", "HS24-0-0006-0", "HS24-1-0000-0", "HX24-1-0001-0"]
)
def test_other_words_are_no_code(text: str) -> None:
    assert parse(text) is None


def test_round_and_number_nought_are_no_code() -> None:
    for code in (ReturnCode(24, 0, 6), ReturnCode(24, 1, 0)):
        assert parse(str(code)) is None


@pytest.mark.parametrize(("round_", "number"), [(0, 1), (100, 1), (1, 0), (1, 1_000_000)])
def test_what_a_code_cannot_hold(round_: int, number: int) -> None:
    with pytest.raises(ValueError, match="no code"):
        make(2024, round_, number)
