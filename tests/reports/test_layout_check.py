import random
from dataclasses import replace

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from hs_credit_desktop.reports.content import Document, Heading, Signature, paragraph
from hs_credit_desktop.reports.layout_check import check_layout
from hs_credit_desktop.reports.page import PRESETS, STANDARD
from hs_credit_desktop.reports.pdf import render_pdf
from tests.reports.drawn import LINE, Drawn, draw

FULL_PAGE = ["　　" + LINE[:26], *[LINE] * 21]
END = ["　　" + LINE[:26], LINE, LINE[:7]]
GOOD = (["#执行情况的报告", "", *FULL_PAGE[:20]], FULL_PAGE, FULL_PAGE, END)


def failed(file) -> dict[str, str]:
    """Rules that do not hold, with what was measured."""
    return {one.rule: one.measured for one in check_layout(file) if not one.ok}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "paper.pdf"


def test_a_good_paper_breaks_no_rule(file):
    found = check_layout(draw(file, GOOD))
    assert [one.rule for one in found if not one.ok] == []
    measured = {one.rule: one.measured for one in found}
    assert measured["纸张"] == "210×297 mm"
    assert measured["订口"] == "28.0 mm"
    assert measured["每页行数"] == "22 行"
    assert measured["满行字数"] == "28.0 字"
    assert measured["页码"] == "4 页连续"
    assert measured["字体嵌入"] == "3 种，全部嵌入"
    assert measured["首页有正文"] == "20 行"


def test_a_report_of_ours_breaks_no_rule(file):
    blocks = [Heading(1, "一、总体情况"), *[paragraph("信用，" * 60, lead="市甲局：")] * 20]
    document = Document("执行情况的报告", tuple(blocks), Signature("市信用办", "2024年12月2日"))
    render_pdf(document, file)
    assert failed(file) == {}


def test_other_paper_is_found(file):
    draw(file, GOOD)
    document = pypdfium2.PdfDocument(file)
    document[1].set_mediabox(0, 0, 612, 792)
    document.save(file.with_name("letter.pdf"))
    document.close()
    assert failed(file.with_name("letter.pdf"))["纸张"] == "210×297 mm、215.9×279.4 mm"


@pytest.mark.parametrize(
    ("rule", "how", "measured"),
    [
        ("天头", Drawn(top=39.5), "39.5 mm"),
        ("订口", Drawn(left=(30, 24)), "30.0 mm"),
        ("订口", Drawn(left=(28, 28)), "26.0 mm"),
        ("页码", Drawn(number="— 7 —"), "第 1 页、第 2 页、第 3 页、第 4 页"),
        ("页码", Drawn(number=""), "第 1 页、第 2 页、第 3 页、第 4 页"),
        ("页码位置", Drawn(number_below=10), "版心下 10.1 mm，单页居右双页居左"),
        ("页码位置", Drawn(mirrored=False), "版心下 7.1 mm，左右不符"),
    ],
)
def test_a_page_that_is_drawn_wrong_is_found(file, rule, how, measured):
    assert failed(draw(file, GOOD, how))[rule] == measured


@pytest.mark.parametrize(
    ("rule", "pages", "measured"),
    [
        ("每页行数", (FULL_PAGE, FULL_PAGE[:20], FULL_PAGE, END), "20—22 行"),
        ("右边对齐", (["　　" + LINE[:26], LINE[:27], *[LINE] * 20], END), "1 处"),
        ("行首行尾禁则", (["　　" + LINE[:26], "，" + LINE[:27], *[LINE] * 20], END), "1 处"),
        ("行首行尾禁则", (["　　" + LINE[:26], LINE[:27] + "（", *[LINE] * 20], END), "1 处"),
        ("行首行尾禁则", ([*FULL_PAGE[:21], LINE[:27] + "《"], [LINE], END), "1 处"),
        (
            "数字与单位拆行",
            (["　　" + LINE[:24] + "2024", "年" + LINE[:27], *FULL_PAGE[2:]], END),
            "1 处",
        ),
        ("数字与单位拆行", ([*FULL_PAGE[:21], LINE[:27] + "—"], ["—" + LINE[:27]], END), "1 处"),
        ("首页有正文", (["#执行情况的报告"], FULL_PAGE, END), "0 行"),
        ("缺字", (["　　信〓用"], END), "1 个（第 1 页）"),
    ],
)
def test_a_planted_fault_in_the_text_is_found(file, rule, pages, measured):
    assert failed(draw(file, pages))[rule] == measured


def test_more_lines_than_a_page_holds_are_found(file):
    layout = replace(STANDARD, lines=24)
    document = Document("报告", tuple([paragraph("信" * 54)] * 60))
    render_pdf(document, file, layout)
    assert failed(file)["每页行数"] == "24 行"


def test_wider_characters_are_found(file):
    render_pdf(Document("报告", (paragraph("信" * 540),)), file, replace(STANDARD, chars=26))
    assert failed(file)["满行字数"] == "26.0 字"


def test_a_font_that_is_not_embedded_is_found(file):
    canvas = Canvas(str(file), invariant=1)
    canvas.drawString(100, 700, "A")
    canvas.save()
    assert failed(file)["字体嵌入"] == "未嵌入：Helvetica"


SIGNED = [*END, "", "", "　" * 15 + "市信用办公室", "　" * 17 + "2024年12月12日"]


def test_a_paper_that_is_signed_well_shows_where_the_seal_goes(file):
    found = {one.rule: one for one in check_layout(draw(file, (FULL_PAGE, SIGNED)))}
    assert found["盖章页有正文"].measured == "3 行"
    assert found["印章上沿距正文"].measured == "0.9 行（直径 42 mm）"
    assert found["日期右空"].measured == "4.0 字"
    assert all(one.ok for one in found.values())


@pytest.mark.parametrize(
    ("rule", "page", "measured"),
    [
        ("盖章页有正文", SIGNED[2:], "1 行"),
        ("盖章页有正文", ["　　附件：1. 甲", "　　　　　2. 乙", *SIGNED[3:]], "0 行"),
        ("印章上沿距正文", [*END, *SIGNED[5:]], "-1.1 行（直径 42 mm）"),
        ("印章上沿距正文", [*END, "", *SIGNED[3:]], "1.9 行（直径 42 mm）"),
        ("日期右空", [*SIGNED[:-1], "　" * 19 + "2024年12月12日"], "2.0 字"),
    ],
)
def test_a_signature_out_of_place_is_found(file, rule, page, measured):
    assert failed(draw(file, (FULL_PAGE, page)))[rule] == measured


def test_a_heading_with_a_number_is_text_of_the_seal_page(file):
    page = ["　　2. 强化治理", END[-1], *SIGNED[3:]]
    found = {one.rule: one for one in check_layout(draw(file, (FULL_PAGE, page)))}
    assert found["盖章页有正文"].measured == "2 行"


def test_a_signature_alone_on_its_page_is_found(file):
    assert failed(draw(file, (FULL_PAGE, SIGNED[-2:])))["盖章页有正文"] == "0 行"


def test_an_unsigned_paper_has_no_rule_for_the_seal(file):
    assert "盖章页有正文" not in {one.rule for one in check_layout(draw(file, GOOD))}


def test_an_empty_page_is_no_crash(file):
    canvas = Canvas(str(file), initialFontName="GWFang", invariant=1)
    canvas.showPage()
    canvas.save()
    assert {"首页有正文", "字体嵌入"} <= set(failed(file))


@pytest.mark.parametrize("layout", PRESETS, ids=lambda layout: layout.name)
def test_dense_random_text_keeps_every_rule_at_every_preset(file, layout):
    rng = random.Random(20241130)
    stock = [
        *"信用建设责任单位社会体系数据共享，。、；：！？",
        *("（试行）", "《方案》", "“双公示”", "〔2024〕1号", "——", "……", "3000余家"),
        *("2024年", "12.6万", "1—2个", "98.5%", "AEO", "国家金融监督管理总局黄石监管分局"),
    ]
    texts = [
        "信" + "".join(rng.choice(stock) for _ in range(rng.randint(1, 200))) + "。"
        for _ in range(60)
    ]
    signature = Signature("市信用办", "2024年12月12日")
    document = Document("报告", tuple(map(paragraph, texts)), signature)
    assert render_pdf(document, file, layout) > 15
    assert [one for one in check_layout(file, layout) if not one.ok] == []


def test_a_page_before_a_carried_heading_may_be_shorter(file):
    heading = ["　　二、各项任务", *FULL_PAGE[1:]]
    numbered = ["　　3. 强化治理", *FULL_PAGE[1:]]
    for carried in (heading, numbered):
        found = failed(draw(file, (FULL_PAGE, FULL_PAGE[:18], carried, END)))
        assert ("每页行数" in found) == (carried is heading)
