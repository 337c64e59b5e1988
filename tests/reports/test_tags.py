import re
import shutil
import subprocess

import pytest
from reportlab.pdfgen.canvas import Canvas

from hs_credit_desktop.reports.content import (
    Annex,
    Column,
    Document,
    Heading,
    Signature,
    Table,
    paragraph,
)
from hs_credit_desktop.reports.pdf import render_pdf
from hs_credit_desktop.reports.tags import Element, Tags, marked

TABLE = Table((Column("序号", 1), Column("单位", 3)), tuple((str(n), "市甲局") for n in range(60)))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "a.pdf"


def structure(file) -> list[str]:
    """Types and texts of the structure in reading order, as another program finds them."""
    if not shutil.which("pdfinfo"):
        pytest.skip("pdfinfo is not installed")
    said = subprocess.run(
        ["pdfinfo", "-struct-text", str(file)], capture_output=True, text=True, check=True
    )
    assert said.stderr == ""
    return [
        line.strip().split(" (block)")[0].removesuffix(":")
        for line in said.stdout.splitlines()
        if line.strip() and "/Scope" not in line
    ]


def test_title_headings_and_paragraphs_are_what_they_are(file):
    blocks = (Heading(1, "一、情况"), Heading(2, "（一）内容"), paragraph("做了。\n也做了。"))
    render_pdf(Document("报告", blocks, Signature("市信用办", "2024年12月2日")), file)
    assert structure(file) == [
        "Document",
        *("P", '"报告"', "H1", '"一、情况"', "H2", '"（一）内容"'),
        *("P", '"做了。"', "P", '"也做了。"', "P", '"市信用办"', "P", '"2024年12月2日"'),
    ]
    assert b"/S /Title" in file.read_bytes()
    assert b"/RoleMap << /Title /P >>" in file.read_bytes()


def test_a_paragraph_over_two_pages_is_one(file):
    text = "信用建设" * 300
    render_pdf(Document("报告", (paragraph(text),)), file)
    kind, *parts = structure(file)[3:]
    assert kind == "P"
    assert len(parts) == 3, "one a page"
    assert "".join(part.strip('"') for part in parts) == text


def test_a_table_has_its_head_once_however_many_pages_it_takes(file):
    assert render_pdf(Document("报告", (), annexes=(Annex("名单", (TABLE,)),)), file) > 2
    found = structure(file)
    assert found.count("Table") == 1
    assert found.count("TR") == 61
    assert found.count("TH") == 2
    assert found.count("TD") == 120
    assert found[found.index("Table") :][:10] == [
        *("Table", "TR", "TH", '"序号"', "TH", '"单位"', "TR", "TD", '"0"', "TD"),
    ]


def test_what_only_fills_the_page_is_no_part_of_it(file):
    document = Document("报告", (paragraph("做了。"),), notice="演示材料")
    render_pdf(document, file)
    assert not any("演示" in text or "—" in text for text in structure(file))
    assert re.search(rb"/MarkInfo \d+ 0 R", file.read_bytes())


def test_a_canvas_without_structure_is_drawn_on_as_well(file):
    canvas = Canvas(str(file))
    with marked(canvas, Element("P")), marked(canvas):
        canvas.line(0, 0, 1, 1)
    assert "BDC" not in " ".join(canvas._code)
    Tags(canvas)
    with marked(canvas, Element("P")):
        canvas.line(0, 0, 1, 1)
    assert "/P <</MCID 0>> BDC" in canvas._code
    canvas.showPage()
    canvas.save()
