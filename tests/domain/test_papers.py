"""Document numbers: reading, the next, gaps and doubles."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from hs_credit_desktop.domain.papers import (
    DocumentNumber,
    PaperKind,
    RegisterLine,
    doubles,
    gaps,
    next_number,
    parse_number,
)

NOW = datetime(2024, 11, 29, tzinfo=UTC)


def numbered(number: int, year: int = 2024, word: str = "甲信用办") -> DocumentNumber:
    return DocumentNumber(word, year, number)


@pytest.mark.parametrize(
    "typed",
    [
        "甲信用办〔2024〕3号",
        " 甲信用办[2024]3号 ",
        "甲信用办（2024）第003号",
        "甲信用办【2024】 3 号",
    ],
)
def test_numbers_are_read_as_people_type_them_and_written_as_the_standard_says(typed):
    assert parse_number(typed) == numbered(3)
    assert str(numbered(3)) == "甲信用办〔2024〕3号"


@pytest.mark.parametrize(
    "typed", ["", "3号", "甲信用办2024年3号", "甲信用办〔24〕3号", "甲〔2024〕0号"]
)
def test_what_is_no_number_is_not_read(typed):
    assert parse_number(typed) is None


def test_each_word_and_year_counts_for_itself():
    taken = [numbered(1), numbered(4), numbered(2, 2023), numbered(7, word="乙")]
    assert next_number(taken, "甲信用办", 2024) == numbered(5)
    assert next_number(taken, "甲信用办", 2025) == numbered(1, 2025)
    assert gaps(taken) == (
        *(numbered(at, word="乙") for at in range(1, 7)),
        numbered(1, 2023),
        numbered(2),
        numbered(3),
    )


def test_a_voided_number_is_no_double():
    def line(at: int, voided: datetime | None = None) -> RegisterLine:
        day = date(2024, 11, 29)
        return RegisterLine(str(at), numbered(2), "", "题", None, day, NOW, "甲", voided)

    assert doubles([line(1), line(2, NOW)]) == frozenset()
    assert doubles([line(1), line(2)]) == {numbered(2)}


def test_letters_count_apart_and_lists_bear_no_seal():
    assert [kind.label for kind in PaperKind if kind.letter] == ["催报函", "退回补报通知"]
    assert not PaperKind.MISSING_LIST.sealed
    assert PaperKind.REPORT.sealed
