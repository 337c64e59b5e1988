from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from hs_credit_desktop.reports import fonts
from hs_credit_desktop.reports.content import Document, Head, Table, paragraph, texts
from hs_credit_desktop.reports.docx import render_docx
from hs_credit_desktop.reports.layout_check import check_layout
from hs_credit_desktop.reports.letters import chase_letter, letter, missing_list
from hs_credit_desktop.reports.page import MM, STANDARD
from hs_credit_desktop.reports.pdf import render_pdf
from hs_credit_desktop.reports.readback import read_pages
from hs_credit_desktop.reports.redhead import head_depth
from tests.reports.test_docx import W, paragraphs, part, value

ISSUER = "甲市社会信用体系建设领导小组办公室"
DAY = date(2024, 12, 2)
CHASE = chase_letter(
    round_name="第二轮",
    cited="《关于印发〈甲〉的通知》（甲信用办〔2024〕1号）",
    due_on=date(2024, 11, 30),
    units=("市甲局", "市乙局"),
    reply_by=date(2024, 12, 6),
    issuer=ISSUER,
    day=DAY,
    contact="张同志，电话 000-0000000",
    number="甲信用办函〔2024〕3号",
)
PAPER = replace(CHASE, head=Head(ISSUER + "文件", "甲信用办〔2024〕5号"))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "letter.pdf"


ASKED = (
    "根据《关于印发〈甲〉的通知》（甲信用办〔2024〕1号）要求，第二轮任务执行情况应于"
    "2024年11月30日前报送。截至2024年12月2日，我办尚未收到贵单位的反馈。"
)
WANTED = (
    "请于2024年12月6日前，用原反馈表将执行情况报送我办。已经报送的，请与我办核对。"
    "联系人：张同志，电话 000-0000000。"
)


def failed(file) -> list:
    return [one for one in check_layout(file) if not one.ok]


def test_chase_letter_says_what_is_missing_and_until_when():
    assert list(texts(CHASE)) == [
        "甲信用办函〔2024〕3号",
        "关于催报第二轮任务执行情况的函",
        "市甲局、市乙局：",
        ASKED,
        WANTED,
        "特此函告。",
        ISSUER,
        "2024年12月2日",
    ]


def test_letter_form_has_its_mark_30_mm_from_the_top_and_no_number_on_page_one(file):
    assert render_pdf(CHASE, file) == 1
    [page] = read_pages(file)
    mark = page.lines[0]
    assert mark.text == ISSUER
    assert (page.height - mark.top) / MM == pytest.approx(30, abs=1)
    assert "— 1 —" not in page.text
    assert failed(file) == []


def test_the_second_page_of_a_letter_is_numbered(file):
    blocks = (*CHASE.blocks, *[paragraph("信用，" * 80)] * 6)
    assert render_pdf(replace(CHASE, blocks=blocks), file) > 1
    assert "— 2 —" in read_pages(file)[1].text
    assert failed(file) == []


def test_document_form_has_its_mark_35_mm_below_the_top_of_the_text(file):
    render_pdf(PAPER, file)
    mark, number, title, *_ = read_pages(file)[0].lines
    assert (mark.text, number.text) == (ISSUER + "文件", "甲信用办〔2024〕5号")
    assert (read_pages(file)[0].height - mark.top) / MM == pytest.approx(72, abs=1.5)
    assert (mark.y - number.y) / STANDARD.leading > 2
    assert title.y < number.y - 2 * STANDARD.leading
    assert failed(file) == []


@pytest.mark.parametrize("form", [CHASE, PAPER], ids=["letter", "document"])
def test_on_pre_printed_paper_the_place_of_the_mark_stays_free(file, form):
    render_pdf(form, file)
    y = next(line.y for line in read_pages(file)[0].lines if line.text.startswith("关于"))
    render_pdf(replace(form, head=replace(form.head, printed=False)), file)
    lines = read_pages(file)[0].lines
    assert not any(line.text.startswith(ISSUER) and line.size > 16 for line in lines)
    assert next(line.y for line in lines if line.text.startswith("关于")) == pytest.approx(y)


@pytest.mark.parametrize("letter_form", [True, False])
def test_a_head_without_number_is_shorter(letter_form):
    fonts.register()
    with_number = Head("市信用办", "甲〔2024〕1号", letter=letter_form)
    without = replace(with_number, number="")
    assert head_depth(without, STANDARD) < head_depth(with_number, STANDARD)


def test_a_letter_without_number_prints_none(file):
    plain = letter(
        title="关于甲的函", addressee="市甲局", paragraphs=("一段。",), issuer="市信用办", day=DAY
    )
    render_pdf(plain, file)
    assert [line.text for line in read_pages(file)[0].lines][:2] == ["市信用办", "关于甲的函"]


def test_missing_list_shows_who_was_chased_and_what_was_answered(file):
    rows = [("市甲局", 8, 1, date(2024, 11, 29), "周一报送"), ("市乙局", 3, 0, None, "")]
    paper = missing_list(round_name="第二轮", rows=rows, issuer=ISSUER, day=DAY)
    [table] = [block for block in paper.blocks if isinstance(block, Table)]
    assert table.rows == (
        ("1", "市甲局", "8", "1", "2024-11-29", "周一报送"),
        ("2", "市乙局", "3", "0", "—", "—"),
    )
    assert render_pdf(paper, file) == 1
    assert [one for one in check_layout(file, sealed=False) if not one.ok] == []


@pytest.mark.parametrize(
    ("form", "color", "rules"),
    [(CHASE, "DD0000", 1), (PAPER, "DD0000", 1)],
    ids=["letter", "document"],
)
def test_word_has_the_head_too(tmp_path, form, color, rules):
    file = tmp_path / "letter.docx"
    render_docx(form, file)
    root = part(file, "word/document.xml")
    assert paragraphs(root)[0] == form.head.mark
    assert form.head.number in paragraphs(root)
    mark = next(root.iter(f"{W}p"))
    assert value(mark, "r/rPr/color") == color
    assert len(list(root.iter(f"{W}pBdr"))) == rules
    assert (root.find(f".//{W}titlePg") is not None) == form.head.letter
    foot = etree.tostring(part(file, "word/footer-first.xml"), encoding="unicode")
    assert "PAGE" not in foot
    render_docx(replace(form, head=replace(form.head, printed=False)), file)
    root = part(file, "word/document.xml")
    assert value(next(root.iter(f"{W}p")), "r/rPr/color") == "FFFFFF"
    assert not list(root.iter(f"{W}pBdr"))


def test_a_plain_paper_has_no_head(tmp_path):
    render_docx(Document("报告", ()), tmp_path / "a.docx")
    assert not list(part(tmp_path / "a.docx", "word/document.xml").iter(f"{W}pBdr"))
