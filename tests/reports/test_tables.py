import pytest
from reportlab.pdfgen.canvas import Canvas

from hs_credit_desktop.reports import fonts
from hs_credit_desktop.reports.content import Annex, Column, Document, Table, paragraph
from hs_credit_desktop.reports.fonts import Face
from hs_credit_desktop.reports.grid import Piece, Style, typeset
from hs_credit_desktop.reports.ink import draw_row
from hs_credit_desktop.reports.layout_check import check_layout
from hs_credit_desktop.reports.page import A4_HEIGHT, A4_WIDTH, MM, STANDARD
from hs_credit_desktop.reports.pdf import render_pdf
from hs_credit_desktop.reports.readback import read_pages

COLUMNS = (Column("序号", 1), Column("内容", 3), Column("单位", 2))
LONG = "".join(f"第{at}项已经完成；" for at in range(400))


def annex(*rows, landscape=False) -> Document:
    made = Annex("台账", (Table(COLUMNS, rows),), landscape)
    return Document("报告", (paragraph("见附件。"),), annexes=(made,))


def test_a_row_longer_than_a_page_goes_on_with_its_short_texts(tmp_path):
    render_pdf(annex(("1", LONG, "市甲局"), ("2", "做了", "市乙局")), tmp_path / "a.pdf")
    pages = read_pages(tmp_path / "a.pdf")[1:]
    assert len(pages) > 3
    words = "".join(page.text for page in pages)
    assert all("序号" in page.text for page in pages)
    assert words.count("市甲局") == words.count("续") + 1 > 3
    shown = sorted(f"第{at}项" for at in range(400) if f"第{at}项" in words.replace("\n", ""))
    assert len(shown) > 380, "a line of the cell beside may stand between two lines of the text"


def test_landscape_pages_lie_with_the_others_and_their_head_is_on_the_left(tmp_path):
    rows = [(str(at), "做了" * 20, "市甲局") for at in range(60)]
    document = annex(*rows, landscape=True)
    pages = render_pdf(document, tmp_path / "a.pdf")
    found = read_pages(tmp_path / "a.pdf")
    assert pages > 4
    assert {(round(page.width / MM), round(page.height / MM)) for page in found} == {(210, 297)}
    assert [bool(page.turned) for page in found] == [False, *[True] * (pages - 1)]
    for number, page in enumerate(found[1:], 2):
        assert [line.text for line in page.lines] == [f"— {number} —"]
        assert (page.lines[0].x > page.width / 2) == bool(number % 2)
        for line in page.turned:
            assert STANDARD.bottom * MM - 0.1 <= line.x
            assert line.chars[-1].x < page.height - STANDARD.top * MM
            assert page.width - line.top > STANDARD.left(number) - 0.7
    measured = {one.rule: one for one in check_layout(tmp_path / "a.pdf")}
    assert measured["横排页朝向"].ok
    assert measured["横排页朝向"].measured.startswith(f"{pages - 1} 页")
    assert all(one.ok for one in measured.values())
    assert "附件" in found[1].turned[0].text


@pytest.mark.parametrize(("left", "measured"), [(55, "26.8 mm"), (20, "-8.2 mm")])
def test_a_landscape_page_out_of_place_is_found(tmp_path, left, measured):
    fonts.register()
    canvas = Canvas(str(tmp_path / "a.pdf"), initialFontName="GWFang", invariant=1)
    canvas.setPageSize((A4_HEIGHT, A4_WIDTH))
    canvas.setPageRotation(90)
    canvas.translate(left * MM, STANDARD.bottom * MM)
    canvas.rotate(90)
    [row] = typeset([Piece("序号")], Style(Face.HEI, 10.5, 10.5, 15, align="left"), 200)
    draw_row(canvas, row, 0, -row.baseline)
    canvas.showPage()
    canvas.save()
    found = {one.rule: one for one in check_layout(tmp_path / "a.pdf")}
    assert not found["横排页朝向"].ok
    assert measured in found["横排页朝向"].measured


def test_portrait_pages_follow_landscape_ones(tmp_path):
    first = annex(("1", "做了", "市甲局"), landscape=True).annexes[0]
    last = annex(("1", "做了", "市甲局")).annexes[0]
    document = Document("报告", (paragraph("见附件。"),), annexes=(first, last))
    assert render_pdf(document, tmp_path / "a.pdf") == 3
    assert [bool(page.turned) for page in read_pages(tmp_path / "a.pdf")] == [False, True, False]
    assert all(one.ok for one in check_layout(tmp_path / "a.pdf"))
