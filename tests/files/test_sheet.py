"""The sparse reader of workbooks: texts as a person would write them, and its own limits."""

from __future__ import annotations

from datetime import date

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.files.delivery_xlsx import DeliveryLine, write_delivery
from hs_credit_desktop.files.old_sheet import _text as old_text
from hs_credit_desktop.files.sheet import column_letters, column_number, plain_number, read_xlsx
from tests.files.samples import archive, rezip, workbook
from tests.files.test_hostile import SHEET

_XMLNS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("12.0", "12"),
        ("11.899999999999999", "11.9"),
        ("1e3", "1000"),
        ("x ", "x"),
        ("1e20", "1e+20"),
    ],
)
def test_numbers_as_written(stored: str, shown: str) -> None:
    assert plain_number(stored) == shown


def test_columns() -> None:
    for number, letters in ((1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16384, "XFD")):
        assert column_letters(number) == letters
        assert column_number(letters) == number


def test_values_of_old_tables() -> None:
    values = (True, False, 12.0, 3, "甲", date(2024, 11, 30))
    assert [old_text(value) for value in values] == ["是", "否", "12", "3", "甲", "2024-11-30"]


def test_what_is_no_workbook() -> None:
    for data in (b"PK\x03\x04 no", archive({"a": b"x"})):
        with pytest.raises(UserError, match="不是完整的表格"):
            read_xlsx("表", data)


def test_too_many_cells_and_sheets() -> None:
    cells = b"".join(b"<c><v>%d</v></c>" % (at * 7919 % 1_000_003) for at in range(210_000))
    body = b"<worksheet %s><sheetData><row>%s</row></sheetData></worksheet>" % (_XMLNS, cells)
    data = rezip(workbook(), lambda name, old: body if name == SHEET else old)
    with pytest.raises(UserError, match="内容太多"):
        read_xlsx("表", data)
    extra = b'<sheet name="x"/>' * 70 + b"</sheets>"
    many = rezip(
        workbook(),
        lambda name, old: old.replace(b"</sheets>", extra) if name == "xl/workbook.xml" else old,
    )
    with pytest.raises(UserError, match="工作表太多"):
        read_xlsx("表", many)


def test_rich_and_escaped_texts() -> None:
    cells = (
        b'<row r="1"><c r="A1" t="inlineStr"><is><r><t>\xe7\x94\xb2</t></r><rPh><t>x</t></rPh>'
        b"<r><t>_x000D_\n_xD800_y_x4e59_</t></r></is></c>"
        b'<c r="B1" t="b"><v>1</v></c><c r="C1" t="e"><v>#REF!</v></c><c r="D1" t="s"><v>x</v></c>'
        b'<c r="E1" t="inlineStr"/><c r="F1"><v> </v></c>'
        b'<c r="G1" t="d"><v>2024-11-30</v></c><c r="H1"><x/></c></row>'
    )
    body = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (_XMLNS, cells)
    book = read_xlsx("表", rezip(workbook(), lambda name, old: body if name == SHEET else old))
    assert book.sheets[0].cells == {
        (1, 1): "甲\ny乙",
        (1, 2): "是",
        (1, 7): "2024-11-30",
    }


def test_shared_strings() -> None:
    cells = b'<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>2</v></c></row>'
    body = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (_XMLNS, cells)
    strings = "<si><t>甲</t></si><si><r><t>乙</t></r></si>".encode()
    data = archive(
        {
            "xl/workbook.xml": b'<workbook %s xmlns:r="%s"><sheets><sheet name="s" r:id="a"/>'
            b'<sheet name="t" r:id="b"/></sheets></workbook>' % (_XMLNS, _RELATIONS),
            "xl/_rels/workbook.xml.rels": b'<R><L Id="a" Target="/xl/worksheets/s.xml"/></R>',
            "xl/worksheets/s.xml": body,
            "xl/sharedStrings.xml": b"<sst %s>%s</sst>" % (_XMLNS, strings),
        }
    )
    [sheet] = read_xlsx("表", data).sheets
    assert sheet.cells == {(1, 1): "乙"}


def test_delivery_list_reads_back() -> None:
    line = DeliveryLine(1, "=市财政局", "01.xlsx", "HS24-2-0006-1", 7, "有")
    book = read_xlsx("清单", write_delivery("交付清单（共 1 份）", [line]))
    assert book.sheets[0].cells[3, 2] == "=市财政局"
    assert book.sheets[0].formulas == frozenset()
    assert book.sheets[0].cells[2, 4] == "回执码"
