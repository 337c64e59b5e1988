"""The one pass over a plain Word body says what the full reading says, and leaves it the rest."""

from __future__ import annotations

import pytest
from lxml import etree

from hs_credit_desktop.files import docx_text as module
from hs_credit_desktop.files.docx_numbers import W
from hs_credit_desktop.files.docx_plain import plain_lines
from hs_credit_desktop.files.docx_text import docx_text
from hs_credit_desktop.files.table import Line, paragraphs_of
from tests.files.word import docx, p, root, tbl, tc, tr

SPANNED = tc("宽", properties='<w:gridSpan w:val="3"/>')
ODD_SPAN = '<w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr><w:p/></w:tc>'
BEGUN = (
    '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>上</w:t></w:r></w:p></w:tc>'
)
GOES_ON = (
    "<w:tc><w:tcPr><w:gridSpan/><w:vMerge/></w:tcPr><w:p><w:r><w:t>下</w:t></w:r></w:p></w:tc>"
)
RULER = (
    '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>'
    "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:noBreakHyphen/></w:r></w:p>"
)
PLAIN = {
    "paragraphs": p("一") + p("") + RULER,
    "controls": f"<w:sdt><w:sdtContent>{p('里')}</w:sdtContent></w:sdt>"
    "<w:p><w:ins><w:r><w:t>加</w:t></w:r></w:ins></w:p>",
    "table": p("前") + tbl(tr(tc("甲") + tc("乙")) + tr(SPANNED)) + p("后"),
    "two tables": tbl(tr(tc("甲"))) + tbl(tr(tc("乙") + ODD_SPAN)),
    "merged": tbl(tr(BEGUN + tc("右")) + tr(GOES_ON + tc("右"))),
    "cell of three": tbl(tr(f"<w:tc>{p('一')}{p(' ')}{p('三')}{RULER}</w:tc>")),
    "row in a control": tbl(f"<w:sdt><w:sdtContent>{tr(tc('甲'))}</w:sdtContent></w:sdt>"),
    "row of no cells": tbl(tr("")) + p("后"),
}
NOT_PLAIN = {
    "nested table": tbl(tr(f"<w:tc>{tbl(tr(tc('里')))}{p('外')}</w:tc>")),
    "paragraph in a paragraph": f"<w:p><w:r><w:object>{p('里')}</w:object></w:r></w:p>",
    "row outside a table": tr(tc("甲")),
    "cell outside a row": tbl(tc("甲")),
    "changed properties": tbl(
        tr(
            "<w:tc><w:tcPr><w:tcPrChange><w:tcPr><w:vMerge/></w:tcPr></w:tcPrChange></w:tcPr></w:tc>"
        )
    ),
    "tracked": "<w:p><w:del><w:r><w:delText>去</w:delText></w:r></w:del></w:p>",
    "numbered": '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>',
}


def body_of(inner: str) -> object:
    """The body element of a document."""
    return etree.fromstring(root("document", f"<w:body>{inner}</w:body>").encode()).find(f"{W}body")


@pytest.mark.parametrize("inner", PLAIN.values(), ids=PLAIN)
def test_a_plain_body_says_the_same_both_ways(monkeypatch: pytest.MonkeyPatch, inner: str) -> None:
    quick = docx_text("a.docx", docx(inner))
    assert plain_lines(body_of(inner)) is not None
    monkeypatch.setattr(module, "plain_lines", lambda _body: None)
    assert docx_text("a.docx", docx(inner)) == quick


@pytest.mark.parametrize("inner", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_what_is_more_than_plain_is_left_to_the_full_reading(inner: str) -> None:
    assert plain_lines(body_of(inner)) is None


def test_a_style_that_counts_is_left_to_the_full_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_body: object) -> None:
        pytest.fail("a numbered style needs the full reading")

    monkeypatch.setattr(module, "plain_lines", never)
    styles = root(
        "styles",
        '<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
    )
    assert docx_text("a.docx", docx(p("一"), styles=styles)) == "一"


def test_cells_that_say_nothing_are_no_paragraphs() -> None:
    assert list(paragraphs_of([Line(1, "第 1 行", {1: " ", 2: "话"})])) == ["话"]
