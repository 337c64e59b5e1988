import shutil
import subprocess
from dataclasses import replace
from zipfile import ZipFile

import pytest
from lxml import etree

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
from hs_credit_desktop.reports.docx import render_docx
from hs_credit_desktop.reports.docx_parts import clean_line
from hs_credit_desktop.reports.execution import execution_report
from hs_credit_desktop.reports.readback import read_pages
from tests.reports.facts import facts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SENTENCE = "归集社会信用信息并按时报送有关数据共享情况。推进诚信建设责任落实，"
SIGNED = Signature("甲市社会信用体系建设领导小组办公室", "2024年12月12日")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "report.docx"


def part(file, name: str):
    """The root of a part; a part that is no XML raises."""
    with ZipFile(file) as package:
        return etree.fromstring(package.read(name))


def paragraphs(root) -> list[str]:
    return ["".join(one.itertext(f"{W}t")) for one in root.iter(f"{W}p")]


def style(root, key: str):
    [found] = root.xpath(f"//w:style[@w:styleId='{key}']", namespaces={"w": W[1:-1]})
    return found


def value(node, path: str, attribute: str = "val") -> str:
    found = node.find("/".join(W + name for name in path.split("/")))
    return found.get(W + attribute)


def test_every_text_of_the_document_is_in_the_file_in_order(file):
    document = execution_report(facts())
    render_docx(document, file)
    shown = "\n".join(paragraphs(part(file, "word/document.xml")))
    at = 0
    for text in texts(document):
        for line in text.split("\n"):
            at = shown.index(line, at)


def test_all_parts_are_xml_and_the_same_document_gives_the_same_bytes(file):
    document = execution_report(facts(practice=True))
    told = []
    render_docx(document, file, on_part=told.append)
    with ZipFile(file) as package:
        assert package.namelist() == told
        for name in package.namelist():
            etree.fromstring(package.read(name))
    first = file.read_bytes()
    render_docx(document, file)
    assert file.read_bytes() == first


def test_every_part_that_is_referred_to_is_there_with_a_type(file):
    render_docx(execution_report(facts()), file)
    targets = {f"word/{one.get('Target')}" for one in part(file, "word/_rels/document.xml.rels")}
    types = {
        one.get("PartName").lstrip("/")
        for one in part(file, "[Content_Types].xml")
        if one.get("PartName")
    }
    with ZipFile(file) as package:
        assert targets <= types <= set(package.namelist())


def test_page_is_that_of_the_standard(file):
    render_docx(execution_report(facts()), file)
    section = part(file, "word/document.xml").find(f".//{W}sectPr")
    margins = {key: int(value(section, "pgMar", key)) for key in ("top", "bottom", "left", "right")}
    assert margins == {"top": 2098, "bottom": 1984, "left": 1587, "right": 1474}
    assert value(section, "docGrid", "type") == "lines"
    assert value(section, "docGrid", "linePitch") == "579"
    settings = part(file, "word/settings.xml")
    assert settings.find(f"{W}mirrorMargins") is not None
    assert settings.find(f"{W}evenAndOddHeaders") is not None
    assert value(settings, "characterSpacingControl") == "compressPunctuation"


def test_every_style_names_its_font_for_every_script(file):
    render_docx(execution_report(facts()), file)
    root = part(file, "word/styles.xml")
    for fonts in root.iter(f"{W}rFonts"):
        assert len({fonts.get(W + kind) for kind in ("ascii", "hAnsi", "eastAsia", "cs")}) == 1
    body = style(root, "Normal")
    assert value(body, "rPr/rFonts", "eastAsia") == "仿宋"
    assert value(body, "rPr/spacing") == "-5"
    assert (value(body, "pPr/spacing", "line"), value(body, "pPr/spacing", "lineRule")) == (
        *("579", "exact"),
    )
    assert value(body, "pPr/ind", "firstLineChars") == "200"
    faces = [value(style(root, f"Heading{n}"), "rPr/rFonts", "eastAsia") for n in (1, 2, 3, 4)]
    assert faces == ["黑体", "楷体", "仿宋", "仿宋"]
    assert all(style(root, f"Heading{n}").find(f"{W}pPr/{W}keepNext") is not None for n in (1, 4))


def test_footers_are_mirrored_and_count_pages(file):
    render_docx(execution_report(facts()), file)
    for name, side in (("odd", "right"), ("even", "left")):
        foot = part(file, f"word/footer-{name}.xml")
        assert value(foot, "p/pPr/jc") == side
        assert "".join(foot.itertext()).replace(" ", "") == "—PAGE1—"


def test_practice_papers_say_so_above_the_text(file):
    render_docx(execution_report(facts(practice=True)), file)
    assert "演示" in "".join(part(file, "word/header.xml").itertext())


def test_title_breaks_where_the_pdf_breaks(file):
    render_docx(execution_report(facts()), file)
    title = next(part(file, "word/document.xml").iter(f"{W}p"))
    assert value(title, "pPr/pStyle") == "Title"
    assert len(list(title.iter(f"{W}br"))) == 2


def test_tables_state_their_widths_twice_and_repeat_their_head(file):
    table = Table((Column("序号", 1, "center"), Column("单位", 3)), (("1", "市甲局\n乙处"),))
    render_docx(Document("报告", (), annexes=(Annex("名单", (table,)),)), file)
    root = part(file, "word/document.xml")
    grid = [int(one.get(W + "w")) for one in root.iter(f"{W}gridCol")]
    cells = [int(one.get(W + "w")) for one in root.iter(f"{W}tcW")]
    assert grid * 2 == cells
    assert sum(grid) == int(value(next(root.iter(f"{W}tblPr")), "tblW", "w"))
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in root.iter(f"{W}tr")]
    assert heads == [True, False]
    assert paragraphs(root)[-3:] == ["市甲局", "乙处", ""]


def test_last_paragraphs_stay_with_the_signature(file):
    document = Document("报告", (paragraph("一段"), paragraph("二段"), paragraph("末段")), SIGNED)
    render_docx(document, file)
    root = part(file, "word/document.xml")
    kept = {
        "".join(one.itertext(f"{W}t")): one.find(f"{W}pPr/{W}keepNext") is not None
        for one in root.iter(f"{W}p")
    }
    assert [kept[text] for text in ("一段", "二段", "末段", SIGNED.issuer, SIGNED.date)] == [
        *(False, True, True, True, False)
    ]
    document = Document("报告", (paragraph("一段"), paragraph("末段" * 20)), SIGNED)
    render_docx(document, file)
    first = list(part(file, "word/document.xml").iter(f"{W}p"))[2]
    assert first.find(f"{W}pPr/{W}keepNext") is None


@pytest.mark.parametrize(
    ("signature", "issuer", "date"),
    [
        (SIGNED, 0, 4 * 315.9),
        (replace(SIGNED, issuer="市信用办"), 5.5 * 315.9, 4 * 315.9),
        (replace(SIGNED, sealed=False), 2 * 315.9, 7 * 315.9),
    ],
)
def test_signature_stands_where_the_pdf_has_it(file, signature, issuer, date):
    render_docx(Document("报告", (), signature), file)
    root = part(file, "word/document.xml")
    rights = [float(one.get(W + "right")) for one in root.iter(f"{W}ind") if one.get(W + "right")]
    assert rights == pytest.approx([issuer, date], abs=3)


def test_addressee_annex_list_and_labels(file):
    annexes = (Annex("甲", ()), Annex("乙", ()))
    render_docx(Document("报告", (), addressee="各单位", annexes=annexes), file)
    shown = paragraphs(part(file, "word/document.xml"))
    assert shown[2:6] == ["各单位：", "", "附件：1. 甲", "2. 乙"]
    assert {"附件1", "附件2"} <= set(shown)
    render_docx(Document("报告", (), annexes=annexes[:1]), file)
    assert "附件" in paragraphs(part(file, "word/document.xml"))


def test_hostile_characters_stay_text(file):
    text = '<w:t>&amp; "甲" \N{GRINNING FACE}'
    render_docx(Document(text, (paragraph(text + "\x00\x0b"),)), file)
    assert text in paragraphs(part(file, "word/document.xml"))
    assert clean_line("甲\x00乙　丙 丁") == "甲乙　丙 丁"


@pytest.mark.office
def test_libreoffice_sets_28_characters_and_22_lines(tmp_path, file):
    blocks = [Heading(1, "一、总体情况"), *[paragraph(SENTENCE * 9, lead="市甲局：")] * 20]
    render_docx(Document("执行情况的报告", tuple(blocks), SIGNED), file)
    subprocess.run(
        [
            *(shutil.which("soffice"), f"-env:UserInstallation=file://{tmp_path}/profile"),
            *("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)),
        ],
        check=True,
        capture_output=True,
    )
    pages = read_pages(tmp_path / "report.pdf")
    for page in pages[1:-2]:
        lines = [line.text for line in page.lines if "—" not in line.text]
        assert 21 <= len(lines) <= 22
        assert 27 <= max(len(line) for line in lines) <= 29


# ECMA-376, 17.3.1.26, 17.3.2.28, 17.4.60 and 17.6.17: Word refuses or ignores what is out of order.
ORDER = {
    "pPr": (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"),
        *("pBdr", "shd", "tabs", "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind"),
        *("jc", "outlineLvl", "rPr", "sectPr"),
    ),
    "rPr": ("rStyle", "rFonts", "b", "color", "spacing", "w", "kern", "sz", "szCs", "lang"),
    "tblPr": (*("tblStyle", "tblpPr", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar"),),
    "sectPr": (
        *("headerReference", "footerReference", "type", "pgSz", "pgMar", "titlePg", "docGrid"),
    ),
    "tcPr": ("tcW", "vAlign"),
}


@pytest.mark.parametrize("name", ["report", "circular", "ledger", "chase-letter", "summary"])
def test_properties_stand_in_the_order_that_word_demands(file, name):
    from tests.reports.paper_samples import papers

    render_docx(papers()[name], file)
    seen = set()
    for where in ("word/document.xml", "word/styles.xml", "word/footer-odd.xml"):
        for node in part(file, where).iter():
            kind = str(node.tag).removeprefix(W)
            if kind in ORDER:
                found = [str(child.tag).removeprefix(W) for child in node]
                places = [ORDER[kind].index(one) for one in found]
                # A table's own style has a single property element.
                assert places == sorted(places), (kind, found)
                seen.add(kind)
    assert seen >= {"pPr", "rPr", "sectPr"}


def test_every_width_of_a_table_is_stated_for_wps_and_for_word(file):
    from tests.reports.paper_samples import papers

    for document in papers().values():
        render_docx(document, file)
        for table in part(file, "word/document.xml").iter(f"{W}tbl"):
            grid = [int(one.get(W + "w")) for one in table.iter(f"{W}gridCol")]
            for row in table.iter(f"{W}tr"):
                assert [int(one.get(W + "w")) for one in row.iter(f"{W}tcW")] == grid
            assert int(value(table, "tblPr/tblW", "w")) == sum(grid)
            assert value(table, "tblPr/tblLayout", "type") == "fixed"
