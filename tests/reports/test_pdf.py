import re
import subprocess
from dataclasses import replace

import pypdfium2
import pytest

from hs_credit_desktop.reports.content import (
    Annex,
    Column,
    Document,
    Heading,
    Signature,
    Table,
    paragraph,
    texts,
)
from hs_credit_desktop.reports.execution import execution_report
from hs_credit_desktop.reports.pdf import render_pdf
from hs_credit_desktop.reports.readback import font_embedding, read_pages
from tests.reports.facts import facts

ISSUER = "甲市社会信用体系建设领导小组办公室"
TEXT = "“信用甲市”网站归集信息12.6万条，同比增长8.5%；《方案》（试行）印发后，开展自查——共3次……"


def plain(file) -> str:
    """All words of a PDF in reading order, without page numbers, blanks and line ends."""
    lines = [
        line.text
        for page in read_pages(file)
        for line in page.lines
        if not re.fullmatch(r"— ?\d+ ?—", line.text)
    ]
    return "".join(lines).replace(" ", "")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "report.pdf"


def test_every_text_of_the_document_is_in_the_file(file):
    document = execution_report(facts())
    assert render_pdf(document, file) == len(read_pages(file))
    shown = plain(file)
    for text in texts(document):
        for line in text.split("\n"):
            assert line.replace(" ", "") in shown, line


def test_same_document_gives_same_bytes(file):
    document = execution_report(facts())
    render_pdf(document, file)
    first = file.read_bytes()
    render_pdf(document, file)
    assert file.read_bytes() == first


def test_file_says_what_it_is_and_embeds_every_font(file):
    document = execution_report(facts())
    render_pdf(document, file)
    found = pypdfium2.PdfDocument(file)
    meta = found.get_metadata_dict()
    found.close()
    assert meta["Title"] == document.title
    assert meta["Author"] == document.signature.issuer
    assert "甲信用办〔2024〕1号" in meta["Keywords"]
    assert meta["CreationDate"] == meta["ModDate"] == "D:20241202000000+08'00'"
    assert b"/Lang (zh-CN)" in file.read_bytes()
    assert set(font_embedding(file).values()) == {True}
    assert not any("Helvetica" in name for name in font_embedding(file))


def test_outline_leads_to_chapters_pillars_and_measures(file):
    render_pdf(execution_report(facts()), file)
    found = pypdfium2.PdfDocument(file)
    outline = [(item.level, item.get_title()) for item in found.get_toc()]
    found.close()
    assert outline[:4] == [
        (0, "一、总体情况"),
        (0, "二、各项任务执行情况"),
        (1, "（一）树立政务诚信建设标杆"),
        (2, "1. 建立政府信用档案（牵头单位：市发改委）"),
    ]
    assert outline[-1] == (0, "附件2　未报和逾期报送单位名单")


def test_practice_papers_say_so_on_every_page(file):
    render_pdf(execution_report(facts(practice=True)), file)
    assert all("演示材料" in page.lines[0].text for page in read_pages(file))
    render_pdf(execution_report(facts()), file)
    assert not any("演示材料" in page.text for page in read_pages(file))


def test_pages_are_numbered_and_the_progress_is_told(file):
    told = []
    pages = render_pdf(execution_report(facts()), file, on_page=told.append)
    assert told == list(range(1, pages + 1))
    assert [page.lines[-1].text for page in read_pages(file)] == [f"— {n} —" for n in told]


def test_a_table_over_pages_repeats_its_head_and_wraps_long_cells(file):
    name = "国家金融监督管理总局甲市监管分局"
    table = Table(
        (Column("序号", 1), Column("单位", 3)), tuple((str(at), name * 2) for at in range(60))
    )
    document = Document("报告", (paragraph("见附件。"),), annexes=(Annex("名单", (table,)),))
    pages = render_pdf(document, file)
    assert pages > 2
    assert all("序号" in page.text for page in read_pages(file)[1:])
    assert plain(file).count("国家金融监督") == 120


def test_rows_that_may_not_part_are_cut_when_longer_than_a_page(file):
    document = Document("报告", (Heading(1, "信" * 700),))
    assert render_pdf(document, file) > 1
    assert plain(file).count("信") == 700


def test_a_heading_is_never_the_last_line_of_a_page(file):
    blocks = []
    for number in range(60):
        blocks += [Heading(1, f"题{number}、"), paragraph("信" * (26 + number))]
    render_pdf(Document("报告", tuple(blocks)), file)
    for page in read_pages(file):
        assert not page.lines[-2].text.startswith("题")


@pytest.mark.parametrize("ending", ["", "信", "信用", "信用建设" * 6])
def test_copied_paragraphs_come_out_whole(file, ending):
    texts = [TEXT * count + ending + "。" for count in range(1, 8)]
    render_pdf(Document("报告", tuple(paragraph(text) for text in texts)), file)
    try:
        shown = subprocess.run(
            ["pdftotext", str(file), "-"], capture_output=True, text=True, check=True
        ).stdout
    except FileNotFoundError:
        pytest.skip("pdftotext is not installed")
    words = re.sub(r"—\s*\d+\s*—\n*\f?|\n|\f", "", shown)
    for text in texts:
        assert text in words


def test_an_author_is_named_even_without_signature(file):
    render_pdf(replace(Document("报告", ()), signature=None), file)
    found = pypdfium2.PdfDocument(file)
    assert found.get_metadata_dict()["Author"] == "信用任务台账"
    found.close()
    render_pdf(Document("报告", (), signature=Signature(ISSUER, "2024年12月2日")), file)
    assert ISSUER in plain(file)
