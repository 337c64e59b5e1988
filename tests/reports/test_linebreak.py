import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hs_credit_desktop.reports.linebreak import NO_END, NO_START, Cell, break_lines, legal_breaks
from hs_credit_desktop.reports.pieces import whole_pieces

PAGE = 28


def cells(text: str) -> list[Cell]:
    return [Cell(ch, "F", 0.5 if ch.isascii() else 1.0) for ch in text]


def first_line(text: str, width: float = PAGE):
    """The first line of a text and its advances."""
    line = break_lines(cells(text), width)[0]
    return line, line.advances(cells(text))


def lines(text: str, width: float = PAGE, **more) -> list[str]:
    return [text[line.start : line.end] for line in break_lines(cells(text), width, **more)]


def test_text_without_marks_fills_every_line_with_28_characters():
    assert [len(line) for line in lines("信" * 70)] == [28, 28, 14]


def test_first_line_is_shorter_by_the_indent():
    assert [len(line) for line in lines("信" * 60, first=26)] == [26, 28, 6]


def test_no_text_has_no_line():
    assert break_lines([], PAGE) == []


@pytest.mark.parametrize("mark", sorted(NO_START))
def test_no_mark_at_a_line_start(mark):
    text = "信" * 28 + mark + "用" * 20
    assert not any(line.startswith(mark) for line in lines(text))


@pytest.mark.parametrize("mark", sorted(NO_END))
def test_no_opening_mark_at_a_line_end(mark):
    text = "信" * 27 + mark + "用" * 30
    assert not any(line.endswith(mark) for line in lines(text)[:-1])


@pytest.mark.parametrize(
    "piece",
    [
        "2024年",
        "12.6万",
        "1—2个",
        "7×24小时",
        "98.5%",
        "3000余家",
        "200多万元",
        "8.5个百分点",
        "第12条",
        "〔2024〕1号",
        "1+17+N",
        "——",
        "……",
        "AEO",
        "5G",
        "1,200件",
        "20:10",
        "≥95%",
        "30个工作日",
    ],
)
def test_numbers_with_their_unit_words_and_dashes_stay_whole(piece):
    for before in range(20, 30):
        text = "信" * before + piece + "用" * 30
        assert any(piece in line for line in lines(text)), before


def test_year_and_day_may_part_but_each_keeps_its_number():
    assert whole_pieces("2024年11月30日") == [(0, 5), (5, 8), (8, 11)]
    assert whole_pieces("建档12.6万 份，12.6 万份") == [(2, 9), (10, 17)]


def test_a_mark_that_does_not_fit_is_squeezed_in_when_marks_give_room():
    text = "信用，信用，" + "信" * 22 + "，" + "用" * 50
    first, advances = first_line(text)
    assert first.end == 29
    assert first.width == pytest.approx(28) == sum(advances)
    assert min(advances) >= 0.5


def test_without_marks_the_last_character_is_pushed_out_and_the_line_spread():
    text = "信" * 28 + "，" + "用" * 30
    first, advances = first_line(text)
    assert first.end == 27
    assert first.width == pytest.approx(28) == sum(advances)
    assert max(advances) - min(advances[:-1]) < 1e-9


def test_marks_that_meet_give_way_before_single_ones():
    text = "信用，" + "信" * 10 + "》，" + "信" * 12 + "1，" + "用" * 50
    first, advances = first_line(text)
    assert (first.end, sum(advances)) == (29, pytest.approx(28))
    assert advances[13] == pytest.approx(0.51)
    assert advances[2] > 0.98


def test_ragged_lines_are_not_spread_but_still_squeezed():
    text = "信" * 28 + "，" + "用" * 30
    assert break_lines(cells(text), PAGE, spread=False)[0].width == 27
    tight = break_lines(cells("信，用，" + "信" * 24 + "，" + "用" * 9), PAGE, spread=False)[0]
    assert tight.width == pytest.approx(28)


def test_numbers_are_not_spread_unless_the_line_is_very_loose():
    _, tight = first_line("信" * 20 + "123456" + "信" * 4 + "8888万" + "用" * 40)
    assert tight[20] == 0.5
    assert tight[0] > 1.0
    _, loose = first_line("信" * 4 + "123456个" + "A" * 16 + "用", 14)
    assert loose[5] > 0.5


def test_dashes_are_never_torn_apart():
    line, advances = first_line("信" * 20 + "——" + "信" * 4 + "12345678万" + "用" * 40)
    assert advances[20] == 1.0
    assert line.width == pytest.approx(28) == sum(advances)


def test_a_lone_last_character_is_avoided_when_squeezing_can():
    text = "信用，" * 9 + "信用。"
    assert len(lines(text[:-1] + "。", 29)) == 1 or len(lines(text, 29)[-1]) > 2


def test_a_word_longer_than_the_line_is_split_where_the_line_ends():
    assert lines("12345678901234567890", 4) == ["12345678", "90123456", "7890"]
    assert lines("https://example.org/信用", 8)[0] == "https://example."


def test_one_cell_wider_than_the_line_still_gets_its_line():
    assert lines("信用", 0.5) == ["信", "用"]


def test_blanks_hang_over_the_edge_and_never_begin_a_line():
    text = "ab " * 30
    found = break_lines(cells(text), 10)
    assert not any(text[line.start] == " " for line in found)
    assert all(line.advances(cells(text))[-1] == 0 for line in found)
    loose = "ab " * 3 + "信" * 4 + "  " + "A" * 9
    assert sum(first_line(loose, 12)[1]) == pytest.approx(12)


def test_breaks_are_legal_between_characters_only():
    assert legal_breaks(cells("信用，2024年")) == [True, False, True, False, False, False, False]


ALPHABET = st.text(
    st.sampled_from("信用建设责任单位，。、；：？！（）《》“”〔〕—…·%0123456789.年万个AEO x"),
    max_size=300,
)


@given(ALPHABET, st.sampled_from([28.0, 26.5, 30.0]))
def test_any_text_keeps_the_rules(text, width):
    chars = cells(text)
    found = break_lines(chars, width, first=width - 2)
    assert "".join(text[line.start : line.end] for line in found) == text
    legal = [False, *legal_breaks(chars)]
    pieces = whole_pieces(text)
    for line in found[1:]:
        # A break that no rule allows is only made where one unbreakable run fills a line.
        forced = not any(legal[at] for at in range(line.start - 12, line.start) if at > 0)
        assert legal[line.start] or forced
        assert legal[line.start] is False or not any(a < line.start < b for a, b in pieces)
    for line in found:
        room = width - 2 if line.start == 0 else width
        assert line.width <= room + 1e-6 or line.end - line.start == 1
        assert sum(line.advances(chars)) == pytest.approx(line.width)


def test_a_thousand_random_paragraphs_have_no_forbidden_start_end_or_split():
    rng = random.Random(20241130)
    stock = [
        *"信用建设责任单位社会体系数据共享，。、；：！？",
        *("（试行）", "《方案》", "“双公示”", "〔2024〕1号", "——", "……"),
        *("2024年", "12.6万", "1—2个", "98.5%", "AEO"),
    ]
    for _ in range(1000):
        text = "信" + "".join(rng.choice(stock) for _ in range(rng.randint(1, 200)))
        chars = cells(text)
        legal = legal_breaks(chars)
        for line in break_lines(chars, PAGE, first=26):
            room = 26 if line.start == 0 else PAGE
            assert line.last or line.width == pytest.approx(room)
            assert line.start == 0 or legal[line.start - 1]
