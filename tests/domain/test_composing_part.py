"""A long draft in parts: nothing is lost at their edges, and what is counted is the whole."""

from hypothesis import given
from hypothesis import strategies as st

from hs_credit_desktop.domain.composing import Cited, Draft, Sentence
from hs_credit_desktop.domain.composing_part import (
    CHARACTERS,
    PARAGRAPHS,
    WHOLE,
    WHOLE_CHARACTERS,
    DraftPart,
    part_of,
)


def draft(paragraphs: int, length: int = 3) -> Draft:
    """Paragraphs of one sentence; every other one goes back to a unit."""
    return Draft(
        tuple(
            (Sentence(f"{at}" + "甲" * length, (Cited(f"条{at}", "progress", f"{at}甲", "乙"),)),)
            if at % 2
            else (Sentence(f"{at}" + "甲" * length),)
            for at in range(paragraphs)
        )
    )


def test_a_draft_that_is_not_long_is_one_part() -> None:
    for whole in (Draft(), draft(WHOLE), draft(1, WHOLE_CHARACTERS + 1)):
        assert part_of(whole, 7) == DraftPart(whole)
        assert part_of(whole).whole is whole


@given(st.integers(WHOLE + 1, 400), st.integers(1, 900), st.integers(-5, 500))
def test_every_part_joins_to_the_whole_again(count: int, length: int, asked: int) -> None:
    whole = draft(count, length)
    part = part_of(whole, asked)
    shown = len(part.inner.paragraphs)
    assert part.whole == whole
    assert part.first <= max(min(asked, count - 1), 0) < part.first + shown
    assert shown == 1 or part.inner.characters <= CHARACTERS + 4 * PARAGRAPHS
    assert shown <= PARAGRAPHS
    assert part.paragraphs == count
    assert part.sentences == len(whole.sentences)
    assert part.characters == whole.characters
    assert part.without_source == len(whole.without_source)
    assert all(part.takes(key) for key in whole.keys)
    assert not part.takes(("条0", ""))


def test_an_edited_part_stands_where_it_stood() -> None:
    whole = draft(WHOLE + 80)
    part = part_of(whole, PARAGRAPHS + 1)
    fresh = Draft(((Sentence("新的。"),),))
    edited = part.edited(fresh).whole
    assert edited.paragraphs[:PARAGRAPHS] == whole.paragraphs[:PARAGRAPHS]
    assert edited.paragraphs[PARAGRAPHS] == fresh.paragraphs[0]
    assert edited.paragraphs[PARAGRAPHS + 1 :] == whole.paragraphs[2 * PARAGRAPHS :]


def test_a_long_text_in_few_paragraphs_is_shown_in_parts_too() -> None:
    whole = draft(4, CHARACTERS)
    assert [part_of(whole, at).first for at in range(4)] == [0, 1, 2, 3]
