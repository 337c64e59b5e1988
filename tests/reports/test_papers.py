import re
import subprocess
from dataclasses import replace
from datetime import date

import pytest

from hs_credit_desktop.domain.deadlines import Thresholds
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.reports.content import Paragraph, Table, texts
from hs_credit_desktop.reports.docx import render_docx
from hs_credit_desktop.reports.layout_check import check_layout
from hs_credit_desktop.reports.papers import circular, deputy_list, receipt
from hs_credit_desktop.reports.pdf import render_pdf
from hs_credit_desktop.reports.readback import read_pages
from tests.reports.facts import DUE, ISSUER, TODAY
from tests.reports.paper_samples import (
    PROMISED,
    RECORDS,
    ROUNDS,
    circular_sample,
    deputy_list_sample,
    owing,
    papers,
    return_notice_sample,
)
from tests.reports.test_docx import paragraphs, part

PAPERS = papers()
BACK = ReturnState.SENT_BACK


def tables(document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def said(document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_says_the_same_in_pdf_and_word_and_breaks_no_rule(tmp_path, name):
    document = PAPERS[name]
    file = tmp_path / "a.pdf"
    render_pdf(document, file)
    signature = document.signature
    sealed = bool(signature and signature.sealed)
    assert [one for one in check_layout(file, sealed=sealed) if not one.ok] == []
    printed = "".join(page.text for page in read_pages(file)).replace("\n", "").replace(" ", "")
    render_docx(document, tmp_path / "a.docx")
    written = "\n".join(paragraphs(part(tmp_path / "a.docx", "word/document.xml")))
    at = 0
    for text in texts(document):
        for line in text.split("\n"):
            at = written.index(line, at)
            if not any(annex.landscape for annex in document.annexes) or len(line) < 9:
                for ch in line.replace(" ", ""):
                    assert ch in printed, line


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_gives_the_same_bytes_twice_and_is_whole(tmp_path, name):
    kept = []
    for _ in range(2):
        render_pdf(PAPERS[name], tmp_path / "a.pdf")
        render_docx(PAPERS[name], tmp_path / "a.docx")
        kept.append([(tmp_path / one).read_bytes() for one in ("a.pdf", "a.docx")])
    assert kept[0] == kept[1]
    try:
        done = subprocess.run(
            ["qpdf", "--check", str(tmp_path / "a.pdf")], capture_output=True, text=True
        )
    except FileNotFoundError:
        pytest.skip("qpdf is not installed")
    assert (done.returncode, "warning" in done.stdout.lower()) == (0, False)


def test_a_circular_says_the_figures_without_judging():
    paper = circular_sample()
    assert paper.title == "关于第一轮、第二轮任务执行情况报送情况的通报"
    [rounds] = tables(paper)
    assert rounds.rows[1] == (
        *("第二轮", "2024-11-30", "13", "12", "7", "5", "1", "92.3%", "53.8%"),
    )
    lines = said(paper)
    assert lines[0].startswith("根据《关于印发〈甲〉的通知》（甲信用办〔2024〕1号）要求，现将")
    assert "各轮均按时报送的单位（7家）：市甲局、" in lines[3]
    assert lines[5] == "有未报轮次的单位：无。"
    [units] = paper.annexes[0].blocks
    assert units.rows[3] == ("4", "市丁局", "2", "1", "1", "0", "1")
    assert paper.colophon.texts == (
        "抄送：市委办公室，市政府办公室，省社会信用体系建设领导小组办公室。",
        ISSUER,
        "2024年12月2日印发",
    )
    assert not re.search("批评|严重|较差|不力", "".join(texts(paper)))


def test_a_circular_without_head_or_citation():
    paper = circular(rounds=ROUNDS[:1], records=RECORDS, issuer=ISSUER, day=TODAY, head=False)
    assert paper.head is None
    assert said(paper)[0] == "现将第一轮任务执行情况的报送情况通报如下。"
    assert paper.colophon.copies_line == ""


def test_a_return_notice_names_each_fault_and_the_new_date():
    paper = return_notice_sample()
    [faults] = tables(paper)
    assert faults.rows[0][1:] == (
        "（三）推进质量品牌信用建设",
        "与上一轮内容基本相同，请说明本轮进展",
    )
    assert faults.rows[2] == ("3", "整份反馈", "第2、5项未填写")
    opening, asked = said(paper)
    assert "已于2024年11月28日收到。经审核，以下3处内容" in opening
    assert asked.startswith("请于2024年12月2日前用原反馈表补报")
    assert asked.endswith("联系人：张同志，电话 000-0000000。")


def test_a_receipt_says_only_what_is_known():
    paper = receipt(
        unit="市甲局",
        round_name="第二轮",
        received_on=date(2024, 11, 28),
        covered=8,
        expected=8,
        issuer=ISSUER,
        day=TODAY,
    )
    [table] = tables(paper)
    assert table.rows == (
        ("报送单位", "市甲局"),
        ("报送轮次", "第二轮"),
        ("收到日期", "2024年11月28日"),
        ("反馈条数", "应反馈8条，已反馈8条"),
    )


def test_lamps_of_the_one_page_list_are_shapes_with_words():
    [table] = tables(deputy_list_sample())
    assert [row[1:4] for row in table.rows] == [
        ("市甲局", "▲ 逾期未报", "11-30"),
        ("市乙局", "▲ 逾期未报", "11-30"),
        ("大丙县", "▲ 逾期未报", "11-30"),
        ("市丁局", "◆ 退回补报", "12-06"),
    ]
    assert [row[4:] for row in table.rows[:2]] == [
        ("5", "1次", "周一上午报送，12-02前"),
        ("5", "—", "—"),
    ]


@pytest.mark.parametrize(
    ("today", "lamp"),
    [(date(2024, 11, 1), "○ 未报"), (date(2024, 11, 29), "△ 临期"), (TODAY, "▲ 逾期未报")],
)
def test_a_lamp_is_that_of_the_day(today, lamp):
    paper = deputy_list(
        round_name="第二轮",
        due_on=DUE,
        day=today,
        missing=(owing("市甲局"),),
        sent_back=(),
        issuer=ISSUER,
        thresholds=Thresholds(due_soon_days=7),
    )
    assert tables(paper)[0].rows[0][2] == lamp


def test_a_call_without_a_promise_is_a_dash():
    silent = replace(PROMISED, promise=None, promised_by=None)
    paper = deputy_list(
        round_name="第二轮",
        due_on=DUE,
        day=TODAY,
        missing=(owing("市甲局", ReturnState.MISSING, silent),),
        sent_back=(),
        issuer=ISSUER,
    )
    assert tables(paper)[0].rows[0][5:] == ("1次", "—")


def test_a_list_with_nobody_has_no_table():
    paper = deputy_list(
        round_name="第二轮", due_on=DUE, day=TODAY, missing=(), sent_back=(), issuer=ISSUER
    )
    assert tables(paper) == []
    assert said(paper) == [
        "第二轮应于2024年11月30日前报送。截至2024年12月2日，未报0家，退回后尚未补报0家。"
    ]


@pytest.mark.parametrize("count", [1, 11, 22, 23, 43, 44])
def test_the_list_for_the_deputy_director_is_one_page(tmp_path, count):
    units = [owing(f"市第{at}局", ReturnState.MISSING, PROMISED) for at in range(count)]
    paper = deputy_list(
        round_name="第二轮", due_on=DUE, day=TODAY, missing=units, sent_back=(), issuer=ISSUER
    )
    assert render_pdf(paper, tmp_path / "a.pdf") == 1
    shown = "".join(row for table in tables(paper) for cells in table.rows for row in cells)
    assert all(one.unit_name in shown for one in units)
    assert [one for one in check_layout(tmp_path / "a.pdf", sealed=False) if not one.ok] == []
