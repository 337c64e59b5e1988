from dataclasses import replace
from itertools import product

import pytest

from hs_credit_desktop.reports import fonts
from hs_credit_desktop.reports.content import (
    Annex,
    Document,
    Heading,
    Paragraph,
    Run,
    Signature,
    Table,
    paragraph,
)
from hs_credit_desktop.reports.grid import GridRows
from hs_credit_desktop.reports.ink import Row
from hs_credit_desktop.reports.page import MM, STANDARD
from hs_credit_desktop.reports.seal import CENTRE_ABOVE, DIAMETER
from hs_credit_desktop.reports.setting import (
    annex_rows,
    block_rows,
    document_flow,
    title_rows,
)

ISSUER = "甲市社会信用体系建设领导小组办公室"
SIGNED = Signature(ISSUER, "2024年12月12日")


@pytest.fixture(autouse=True)
def _registered():
    fonts.register()


def only_rows(document: Document, layout) -> list[Row]:
    [rows] = document_flow(document, layout)
    return rows


def text(row: Row) -> str:
    return "".join(run.text for run in row.runs)


def said(rows: list[Row]) -> list[str]:
    return [text(row) for row in rows]


def width(row: Row) -> float:
    return len(text(row)) * STANDARD.pitch


def test_levels_have_the_faces_of_the_standard():
    headings = [Heading(level, "总体情况") for level in (1, 2, 3, 4)]
    rows = block_rows(headings, STANDARD)
    assert [row.runs[0].font for row in rows] == ["GWHei", "GWKai", "GWFang", "GWFang"]
    assert all(row.glue for row in rows)
    assert {row.x for row in rows} == {2 * STANDARD.pitch}


def test_bookmarks_never_jump_a_level():
    rows = block_rows([Heading(1, "一"), Heading(3, "1."), Heading(4, "（1）")], STANDARD)
    assert [row.mark.level for row in rows] == [0, 1, 2]


def test_lines_of_one_text_become_paragraphs_of_their_own():
    rows = block_rows([paragraph("一段\n二段", lead="市甲局：")], STANDARD)
    assert said(rows) == ["市甲局：一段", "二段"]
    assert [run.font for run in rows[0].runs] == ["GWKai", "GWFang"]
    assert rows[1].x == 2 * STANDARD.pitch


def test_a_lead_may_be_all_there_is():
    assert said(block_rows([Paragraph((Run("各县：", strong=True),))], STANDARD)) == ["各县："]


def test_tables_stand_between_stretches_of_rows():
    table = Table((), ())
    first, middle, last = document_flow(
        Document("标题", (paragraph("前"), table, paragraph("后一"), paragraph("后二")), SIGNED),
        STANDARD,
    )
    assert middle is table
    assert said(first)[-1] == "前"
    assert [row for row in said(last) if row] == ["后一", "后二", ISSUER, "2024年12月12日"]
    assert not last[-1].glue
    assert said(document_flow(Document("标题", (table,)), STANDARD)[-1]) == [""]


def test_title_is_centred_and_the_grid_goes_on_below():
    rows = title_rows(
        "关于《全面推进“信用甲省”建设的若干措施（2024年版）》任务分解的报告", STANDARD
    )
    used = sum(row.height for row in rows) / STANDARD.leading
    assert used == pytest.approx(round(used))
    assert all(row.glue for row in rows)
    first, second, blank = rows
    assert not blank.runs
    assert {run.font for row in (first, second) for run in row.runs} == {"GWXiaoBiaoSong"}


def document(lines: int, last: int, annexes: int = 0, sealed: bool = True) -> Document:
    """Text of `lines` lines in paragraphs of one, then one of `last` lines."""
    blocks = [paragraph("信用") for _ in range(lines)]
    blocks.append(paragraph("信" * (26 + 28 * (last - 1))))
    return Document(
        "标题",
        tuple(blocks),
        Signature(ISSUER, "2024年12月2日", sealed),
        annexes=tuple(Annex(name, ()) for name in "甲乙丙"[:annexes]),
    )


def pages(rows: list[Row]) -> list[list[Row]]:
    found = []
    rest = GridRows(rows)
    while rest.wrap(STANDARD.width, STANDARD.height)[1] > STANDARD.height + 0.01:
        part, rest = rest.split(STANDARD.width, STANDARD.height)
        found.append(part.rows[part.first : part.end])
    return [*found, rest.rows[rest.first : rest.end]]


@pytest.mark.parametrize("annexes", [0, 1, 2])
def test_the_seal_page_carries_text_and_the_seal_touches_it(annexes):
    for lines, last in product(range(46), range(1, 5)):
        rows = only_rows(document(lines, last, annexes), STANDARD)
        page = pages(rows)[-1]
        shown = [text(row) for row in page]
        at = shown.index(ISSUER)
        body = [
            row for row in shown[:at] if row and "附件" not in row and row[:2] not in ("2.", "3.")
        ]
        assert sum(row.startswith("信") for row in body) >= min(2, lines + last), (lines, last)
        above = max(number for number in range(at) if shown[number])
        type_height = STANDARD.size / STANDARD.leading
        centre = at + (1 + type_height) / 2 - CENTRE_ABOVE
        top = centre - DIAMETER * MM / 2 / STANDARD.leading
        assert 0 <= top - (above + type_height) <= 1, (lines, last)
        assert at + 2 < len(page), "the seal must not reach the page number"


def test_sealed_date_stands_four_characters_from_the_right_and_the_issuer_over_it():
    rows = only_rows(document(1, 1), STANDARD)
    issuer, date = rows[-3], rows[-2]
    right = date.x + sum(0.5 if ch.isascii() else 1 for ch in text(date)) * STANDARD.pitch
    assert (STANDARD.width - right) / STANDARD.pitch == pytest.approx(4)
    assert issuer.x + width(issuer) <= STANDARD.width + 0.01
    short = replace(document(1, 1), signature=Signature("市信用办", "2024年12月2日"))
    rows = only_rows(short, STANDARD)
    issuer, date = rows[-3], rows[-2]
    assert issuer.x + width(issuer) / 2 == pytest.approx((date.x + right) / 2)


def test_without_a_seal_the_issuer_stands_two_characters_from_the_right():
    rows = only_rows(document(1, 1, sealed=False), STANDARD)
    issuer, date = rows[-2:]
    assert (STANDARD.width - issuer.x - width(issuer)) / STANDARD.pitch == pytest.approx(2)
    assert date.x > issuer.x


def test_papers_without_signature_end_with_their_text():
    rows = only_rows(replace(document(0, 1), signature=None), STANDARD)
    assert text(rows[-1]).startswith("信")


def test_addressee_stands_flush_left_with_a_colon():
    rows = only_rows(replace(document(0, 1), addressee="各有关单位"), STANDARD)
    [row] = [row for row in rows if text(row) == "各有关单位："]
    assert row.x == 0
    assert row.glue


def test_annexes_are_listed_below_the_text():
    assert "附件：甲" in said(only_rows(document(0, 1, 1), STANDARD))
    rows = only_rows(document(0, 1, 3), STANDARD)
    listed = [row for row in rows if text(row).startswith(("附件", "2.", "3."))]
    assert said(listed) == ["附件：1. 甲", "2. 乙", "3. 丙"]
    assert [row.x / STANDARD.pitch for row in listed] == pytest.approx([2, 5, 5])


def test_annex_begins_with_its_label_and_its_title_on_line_three():
    first, blank, title, *_ = annex_rows(Annex("名单", ()), 2, 2, STANDARD)
    assert (text(first), first.x, first.runs[0].font) == ("附件2", 0, "GWHei")
    assert not blank.runs
    assert text(title) == "名单"
    assert text(annex_rows(Annex("名单", ()), 1, 1, STANDARD)[0]) == "附件"
