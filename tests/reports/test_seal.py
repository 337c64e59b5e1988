import pytest

from hs_credit_desktop.reports.page import MM, STANDARD
from hs_credit_desktop.reports.readback import read_pages
from hs_credit_desktop.reports.seal import blank_lines_above, seal_place
from tests.reports.drawn import LINE, draw


@pytest.mark.parametrize("diameter", [30, 36, 38, 40, 42, 45, 50])
def test_any_usual_seal_keeps_within_one_line_and_off_the_text(tmp_path, diameter):
    blank = [""] * blank_lines_above(STANDARD, diameter)
    page = [LINE, LINE, *blank, "　" * 12 + "甲市信用办公室", "　" * 17 + "2024年12月12日"]
    place = seal_place(read_pages(draw(tmp_path / "a.pdf", ([LINE], page))), STANDARD, diameter)
    assert (place.page, place.text_lines) == (2, 2)
    assert 0 <= place.above <= 1
    assert place.date_right == pytest.approx(4, abs=0.05)
    assert place.x < STANDARD.left(2) + STANDARD.width - diameter / 2 * MM + 40


def test_a_tiny_seal_needs_no_blank_line():
    assert blank_lines_above(STANDARD, 1) == 0


def test_a_paper_without_date_has_no_seal_place(tmp_path):
    assert seal_place(read_pages(draw(tmp_path / "a.pdf", ([LINE],))), STANDARD) is None
