from datetime import date

import pytest
from openpyxl import load_workbook

from hs_credit_desktop.reports.content import texts
from hs_credit_desktop.reports.docx import render_docx
from hs_credit_desktop.reports.ledger import ledger_annex, ledger_document
from hs_credit_desktop.reports.pdf import render_pdf
from hs_credit_desktop.reports.readback import read_pages
from hs_credit_desktop.reports.sheets import Sheet, SheetColumn, ledger_sheets
from hs_credit_desktop.reports.xlsx import render_xlsx
from tests.reports.facts import facts
from tests.reports.test_docx import W, part

SHEETS = ("按措施", "按单位", "报送情况", "矩阵", "统计")


def said(value: object) -> str:
    """A cell of a workbook as the paper says it."""
    if value is None:
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)


@pytest.mark.parametrize("name", SHEETS)
def test_paper_and_workbook_have_the_same_texts_in_the_same_rows(tmp_path, name):
    sheet = next(one for one in ledger_sheets(facts()) if one.name == name)
    [table] = ledger_annex(sheet).blocks
    render_xlsx([sheet], tmp_path / "a.xlsx", "题")
    page = load_workbook(tmp_path / "a.xlsx")[name]
    written = [
        tuple(map(said, row))
        for row in page.iter_rows(
            min_row=2, max_row=2 + len(table.rows), max_col=len(table.columns), values_only=True
        )
    ]
    assert written[0] == tuple(column.title for column in table.columns)
    assert tuple(written[1:]) == table.rows


def test_pdf_word_and_model_say_the_same(tmp_path):
    document = ledger_document(facts(), SHEETS)
    render_docx(document, tmp_path / "a.docx")
    cells = [
        "\n".join("".join(line.itertext(f"{W}t")) for line in cell.iter(f"{W}p"))
        for cell in part(tmp_path / "a.docx", "word/document.xml").iter(f"{W}tc")
    ]
    wanted = [
        text
        for annex in document.annexes
        for table in annex.blocks
        for row in ([column.title for column in table.columns], *table.rows)
        for text in row
    ]
    assert cells == wanted
    render_pdf(document, tmp_path / "a.pdf")
    shown = "".join(page.text for page in read_pages(tmp_path / "a.pdf"))
    letters = sorted("".join(shown.split()))
    for text in texts(document):
        assert set("".join(text.split())) <= set(letters), text


def test_practice_is_said_and_sheets_can_be_chosen():
    document = ledger_document(facts(practice=True), ("报送情况",))
    assert "演示" in document.notice
    assert [annex.title for annex in document.annexes] == ["报送情况"]
    assert document.annexes[0].landscape


def test_centred_columns_are_as_wide_as_their_texts():
    columns = (SheetColumn("序号", 6, centred=True), SheetColumn("甲", 10), SheetColumn("乙", 30))
    [table] = ledger_annex(Sheet("表", "题", columns, ((1, "一", "二"),))).blocks
    number, first, second = (column.weight for column in table.columns)
    assert number == pytest.approx(2.9)
    assert second == pytest.approx(3 * first)
    assert number + first + second == pytest.approx(60)
    [empty] = ledger_annex(Sheet("表", "题", columns, ())).blocks
    assert [column.weight for column in empty.columns] == [number, first, second]
