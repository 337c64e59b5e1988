from dataclasses import replace

import pytest

from hs_credit_desktop.reports.content import (
    Annex,
    Colophon,
    Column,
    Document,
    Head,
    Signature,
    Table,
    paragraph,
)
from hs_credit_desktop.reports.docx import render_docx
from hs_credit_desktop.reports.layout_check import check_layout
from hs_credit_desktop.reports.page import MM, STANDARD
from hs_credit_desktop.reports.pdf import render_pdf
from hs_credit_desktop.reports.readback import read_pages
from tests.reports.test_docx import W, part, value

COLOPHON = Colophon(
    ("市委办公室", "市政府办公室", "各县（市、区）社会信用体系建设领导小组办公室"),
    "甲市社会信用体系建设领导小组办公室",
    "2024年12月2日",
)
PAPER = Document(
    "报告",
    (paragraph("做了。"), paragraph("也做了。")),
    Signature("市信用办", "2024年12月2日"),
    colophon=COLOPHON,
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "a.pdf"


def lower(page) -> list:
    """The lines of the colophon."""
    return [line for line in page.lines if line.size == 14 and "—" not in line.text]


def test_it_stands_at_the_foot_of_the_last_page(file):
    assert render_pdf(PAPER, file) == 1
    [page] = read_pages(file)
    copies, further, printed = lower(page)
    assert copies.text == "抄送：市委办公室，市政府办公室，各县（市、区）社会信用体系建"
    assert printed.text == "甲市社会信用体系建设领导小组办公室2024年12月2日印发"
    left = STANDARD.left(1)
    assert (copies.x - left) / 14 == pytest.approx(1, abs=0.1)
    assert (further.x - left) / 14 == pytest.approx(4, abs=0.1)
    assert (left + STANDARD.width - printed.chars[-1].x) / 14 == pytest.approx(2, abs=0.1)
    assert 0 < printed.y - STANDARD.bottom * MM < STANDARD.leading
    assert [one for one in check_layout(file) if not one.ok] == []


def test_a_page_with_the_colophon_alone_has_no_number(file):
    long = replace(PAPER, blocks=tuple([paragraph("信用。")] * 15))
    assert render_pdf(long, file) == 2
    page = read_pages(file)[1]
    assert len(lower(page)) == len(page.lines) == 3
    assert [one for one in check_layout(file) if not one.ok] == []


def test_after_a_landscape_annex_it_stands_on_a_page_of_its_own(file):
    table = Table((Column("序号", 1),), (("1",),))
    paper = replace(PAPER, annexes=(Annex("台账", (table,), landscape=True),))
    assert render_pdf(paper, file) == 3
    assert [bool(page.turned) for page in read_pages(file)] == [False, True, False]
    assert [one for one in check_layout(file) if not one.ok] == []


@pytest.mark.parametrize(
    ("colophon", "words"),
    [
        (Colophon(("市委办公室",)), ["抄送：市委办公室。"]),
        (Colophon((), "市信用办", "2024年12月2日"), ["市信用办2024年12月2日印发"]),
    ],
)
def test_parts_that_are_not_known_are_left_out(file, colophon, words):
    paper = replace(PAPER, colophon=colophon, head=Head("市信用办", "", letter=True))
    render_pdf(paper, file)
    [page] = read_pages(file)
    assert [line.text for line in lower(page)] == words


def test_rules_stand_around_it_but_not_in_letters(file):
    render_pdf(PAPER, file)
    with_rules = read_lines(file)
    assert with_rules == pytest.approx(
        [STANDARD.bottom * MM + at * STANDARD.leading for at in (0, 1, 3)], abs=0.1
    )
    render_pdf(replace(PAPER, colophon=Colophon(("市委办公室",))), file)
    assert read_lines(file) == []


def read_lines(file) -> list[float]:
    """Heights of the horizontal lines on page one, from below."""
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(file)
    page = document[0]
    heights = []
    for thing in page.get_objects():
        if thing.type == raw.FPDF_PAGEOBJ_PATH:
            _, bottom, _, top = thing.get_bounds()
            heights.append((bottom + top) / 2)
    page.close()
    document.close()
    return sorted(heights)


def test_word_leaves_out_copies_that_go_to_nobody(tmp_path):
    colophon = Colophon((), "市信用办", "2024年12月2日")
    render_docx(replace(PAPER, colophon=colophon), tmp_path / "a.docx")
    [table] = part(tmp_path / "a.docx", "word/document.xml").iter(f"{W}tbl")
    assert "".join(table.itertext(f"{W}t")) == "市信用办2024年12月2日印发"


@pytest.mark.parametrize("ruled", [True, False])
def test_word_has_it_at_the_foot_of_the_page(tmp_path, ruled):
    colophon = COLOPHON if ruled else Colophon(("市委办公室",))
    render_docx(replace(PAPER, colophon=colophon), tmp_path / "a.docx")
    root = part(tmp_path / "a.docx", "word/document.xml")
    [table] = root.iter(f"{W}tbl")
    assert value(table, "tblPr/tblpPr", "tblpYSpec") == "bottom"
    assert len(list(table.iter(f"{W}tr"))) == (2 if ruled else 1)
    rules = [one.tag.removeprefix(W) for one in table.find(f"{W}tblPr/{W}tblBorders")]
    assert rules == (["top", "bottom", "insideH"] if ruled else [])
    words = "".join(table.itertext(f"{W}t"))
    assert words.startswith("抄送：市委办公室")
    assert words.endswith("印发" if ruled else "。")


def test_word_turns_the_pages_of_a_landscape_annex(tmp_path):
    table = Table((Column("序号", 1),), (("1",),))
    across = Annex("台账", (table,), landscape=True)
    upright = Annex("名单", (table,))
    paper = replace(PAPER, annexes=(upright, across, across))
    render_docx(paper, tmp_path / "a.docx")
    root = part(tmp_path / "a.docx", "word/document.xml")
    sizes = [
        (one.get(W + "w"), one.get(W + "h"), one.get(W + "orient")) for one in root.iter(f"{W}pgSz")
    ]
    assert sizes == [
        ("11906", "16838", None),
        ("16838", "11906", "landscape"),
        ("11906", "16838", None),
    ]
    breaks = [one.get(W + "val") for one in root.iter(f"{W}pageBreakBefore")]
    assert breaks == ["0"]
    last = replace(paper, colophon=None, annexes=(across,))
    render_docx(last, tmp_path / "a.docx")
    root = part(tmp_path / "a.docx", "word/document.xml")
    assert [one.get(W + "orient") for one in root.iter(f"{W}pgSz")] == [None, "landscape"]
    margins = list(root.iter(f"{W}pgMar"))[1]
    assert (margins.get(W + "top"), margins.get(W + "left")) == ("1587", "1984")
