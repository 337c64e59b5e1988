import pytest
from reportlab.pdfgen.canvas import Canvas

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.reports.pages import page_count, page_images
from tests.reports.drawn import LINE, draw


def test_pages_become_pictures_of_the_asked_size(tmp_path):
    file = draw(tmp_path / "a.pdf", ([LINE], [LINE], [LINE]))
    assert page_count(file) == 3
    images = list(page_images(file, 72))
    assert [(image.width, image.height) for image in images] == [(596, 842)] * 3
    assert all(len(image.rgb) == image.stride * image.height for image in images)
    assert len(list(page_images(file, 36, first=2, last=2))) == 1


def test_a_picture_is_red_green_blue_with_ink_where_the_text_is(tmp_path):
    [image] = page_images(draw(tmp_path / "a.pdf", ([LINE],)), 72)
    rows = [image.rgb[at * image.stride : at * image.stride + image.width * 3] for at in (20, 112)]
    assert set(rows[0]) == {255}
    assert min(rows[1]) < 100
    assert not image.blank


def test_a_page_without_ink_is_blank(tmp_path):
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(100, 50))
    canvas.showPage()
    canvas.save()
    [image] = page_images(tmp_path / "a.pdf", 72)
    assert image.blank


def test_a_file_that_is_no_pdf_is_said(tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"not a pdf")
    with pytest.raises(UserError, match=r"x\.pdf.*打不开"):
        page_count(tmp_path / "x.pdf")
    with pytest.raises(UserError):
        next(page_images(tmp_path / "gone.pdf", 72))
