"""What units send and what disks do: no renderer may break, leave half a file, or lose a word."""

import errno
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import load_workbook

from hs_credit_desktop.reports.content import (
    Annex,
    Column,
    Document,
    Heading,
    Signature,
    Table,
    paragraph,
)
from hs_credit_desktop.reports.docx import render_docx
from hs_credit_desktop.reports.layout_check import check_layout
from hs_credit_desktop.reports.pdf import render_pdf
from hs_credit_desktop.reports.preflight import missing_characters
from hs_credit_desktop.reports.readback import read_pages
from hs_credit_desktop.reports.sheets import Sheet, SheetColumn
from hs_credit_desktop.reports.xlsx import render_xlsx
from tests.reports.test_docx import paragraphs, part

HOSTILE = {
    "markup": '<b>&amp;</b> <img src="file:///etc/passwd"/> <para>',
    "operators": "(甲) Tj ET BT \\) \\( << >> endobj %",
    "formula": "=HYPERLINK(\"x\")+'a'!A1",
    "rare": "李祎 镕基 珺 喆 𠙶 ㎡ ℃ № ①",
    "long word": "https://example.invalid/" + "a" * 200,
    "only marks": "，。；：！？）》”" * 30,
    "only openers": "（《“‘" * 40,
    "one": "信",
}
NOT_DRAWN = {"emoji": "\N{GRINNING FACE}", "control": "\x00\x07\x1b", "broken": "\udcff"}


def whole(text: str) -> Document:
    """The text wherever a document has one."""
    table = Table((Column("序号", 1), Column(text[:40], 3)), (("1", text),))
    return Document(
        text[:60],
        (Heading(1, text[:200]), paragraph(text, lead=text[:20]), table, paragraph("末段。")),
        Signature("市信用办", "2024年12月2日"),
        addressee=text[:30],
        annexes=(Annex(text[:30], (table,), landscape=True),),
        notice=text[:20],
    )


def squeezed(text: str) -> str:
    return text.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_any_text_is_printed_as_it_stands(tmp_path, text):
    document = whole(text)
    render_pdf(document, tmp_path / "a.pdf")
    shown = squeezed("".join(page.text for page in read_pages(tmp_path / "a.pdf")))
    assert squeezed(text)[:20] in shown
    assert all(shown.count(ch) >= squeezed(text).count(ch) for ch in set(squeezed(text)))
    render_docx(document, tmp_path / "a.docx")
    assert text * 1 in "\n".join(paragraphs(part(tmp_path / "a.docx", "word/document.xml")))
    sheet = Sheet("表", "题", (SheetColumn("内容", 60),), ((text,),), frozen=1)
    render_xlsx([sheet], tmp_path / "a.xlsx", "题")
    cell = load_workbook(tmp_path / "a.xlsx")["表"]["A3"]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("text", NOT_DRAWN.values(), ids=NOT_DRAWN)
def test_what_cannot_be_drawn_is_marked_and_named_and_breaks_nothing(tmp_path, text):
    document = whole(f"甲{text}乙")
    assert set(missing_characters(document)) >= set(text)
    render_pdf(document, tmp_path / "a.pdf")
    found = {one.rule: one for one in check_layout(tmp_path / "a.pdf")}
    assert not found["缺字"].ok
    render_docx(document, tmp_path / "a.docx")
    with ZipFile(tmp_path / "a.docx") as package:
        for name in package.namelist():
            etree.fromstring(package.read(name))


def test_nothing_is_missing_in_a_text_that_can_be_drawn():
    assert missing_characters(whole(HOSTILE["rare"])) == ()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_a_full_disk_is_an_error_of_the_system_and_nothing_else(kind):
    full = Path("/dev/full")
    writers = {
        "pdf": lambda: render_pdf(whole("信用"), full),
        "docx": lambda: render_docx(whole("信用"), full),
        "xlsx": lambda: render_xlsx(
            [Sheet("表", "题", (SheetColumn("内容", 60),), (("信" * 20,),) * 999)], full, "题"
        ),
    }
    with pytest.raises(OSError, match=str(errno.ENOSPC)):
        writers[kind]()
