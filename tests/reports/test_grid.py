import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame, Table

from hs_credit_desktop.reports import fonts
from hs_credit_desktop.reports.fonts import Face
from hs_credit_desktop.reports.grid import (
    GridParagraph,
    GridRows,
    Piece,
    Style,
    cells,
    glued,
    typeset,
    with_orphans_kept,
)
from hs_credit_desktop.reports.ink import Mark, Row, draw_row
from hs_credit_desktop.reports.page import MM
from hs_credit_desktop.reports.readback import read_pages

PITCH = 156 * MM / 28
STYLE = Style(Face.BODY, 16, PITCH, 28.99, indent=2)
WIDTH = 28 * PITCH


@pytest.fixture(autouse=True)
def _registered():
    fonts.register()


def canvas(path) -> Canvas:
    return Canvas(str(path), initialFontName=Face.BODY.value, invariant=1)


def drawn(tmp_path, rows: list[Row]):
    """The lines read back from a page on which the rows were drawn from (80, 700)."""
    made = canvas(tmp_path / "rows.pdf")
    y = 700.0
    for row in rows:
        draw_row(made, row, 80 + row.x, y)
        y -= row.height
    made.save()
    return read_pages(tmp_path / "rows.pdf")[0].lines


def test_characters_stand_on_the_grid(tmp_path):
    first, second, _ = drawn(tmp_path, typeset([Piece("信" * 60)], STYLE, WIDTH))
    assert [char.x for char in first.chars] == pytest.approx(
        [80 + (2 + at) * PITCH for at in range(26)], abs=0.05
    )
    assert [char.x for char in second.chars] == pytest.approx(
        [80 + at * PITCH for at in range(28)], abs=0.05
    )
    assert first.y - second.y == pytest.approx(28.99, abs=0.01)


def test_a_line_that_was_pushed_out_is_spread_to_the_right_edge(tmp_path):
    line = drawn(tmp_path, typeset([Piece("信" * 26 + "，" + "用" * 40)], STYLE, WIDTH))[0]
    assert len(line.chars) == 25
    assert line.chars[-1].x + PITCH == pytest.approx(80 + WIDTH, abs=0.1)


def test_plain_lines_are_one_run_each():
    rows = typeset([Piece("信" * 60)], STYLE, WIDTH)
    assert [len(row.runs) for row in rows] == [1, 1, 1]


def test_every_character_is_drawn_by_a_font_that_has_it(tmp_path):
    row = typeset([Piece("李祎12.6㎡")], STYLE, WIDTH)[0]
    assert [run.font for run in row.runs][:1] == [Face.BODY.value]
    assert {run.font for run in row.runs} > {Face.BODY.value}
    assert drawn(tmp_path, [row])[0].text == "李祎12.6㎡"


def test_a_character_nobody_has_becomes_the_printers_mark():
    assert cells([Piece("\N{GRINNING FACE}")], Face.BODY)[0].ch == "〓"


@pytest.mark.parametrize(
    ("align", "x"), [("left", 0), ("center", 12 * PITCH), ("right", 24 * PITCH), ("full", 0)]
)
def test_short_lines_stand_where_the_style_says(align, x):
    style = Style(Face.BODY, 16, PITCH, 29, align=align)
    assert typeset([Piece("信用建设")], style, WIDTH)[0].x == pytest.approx(x)


def test_an_empty_paragraph_is_a_blank_line():
    assert typeset([Piece("")], STYLE, WIDTH) == [Row(28.99)]


def test_pieces_keep_their_faces():
    row = typeset([Piece("市甲局：", Face.KAI), Piece("做了")], STYLE, WIDTH)[0]
    assert [(run.font, run.text) for run in row.runs] == [("GWKai", "市甲局："), ("GWFang", "做了")]


def rows(glue: str) -> list[Row]:
    """Rows of 10 points; "-" glued to the next, "|" free."""
    return [Row(10, glue=sign == "-") for sign in glue]


@pytest.mark.parametrize(
    ("glue", "room", "at"),
    [
        ("|||", 20, 2),
        ("|-|", 20, 1),
        ("--|", 20, 0),
        ("|||", 30, 3),
        ("|", 9, 0),
        ("|||", 29.999, 3),
    ],
)
def test_pages_break_at_the_last_allowed_row(glue, room, at):
    flowable = GridRows(rows(glue))
    parts = flowable.split(100, room)
    assert [part.end - part.first for part in parts] == ([at, len(glue) - at] if at else [])


@pytest.mark.parametrize(
    ("count", "glue"), [(1, "|"), (2, "-|"), (3, "-||"), (4, "-|-|"), (5, "-||-|")]
)
def test_no_first_or_last_line_stands_alone(count, glue):
    assert [row.glue for row in with_orphans_kept(rows("|" * count))] == [
        sign == "-" for sign in glue
    ]


def test_glued_rows_never_part():
    assert GridRows([*glued(rows("||")), *rows("|")]).split(100, 20) == []


@pytest.mark.parametrize(("room", "at"), [(25, 2), (5, 1)])
def test_glued_rows_longer_than_a_page_are_cut_anyway(room, at):
    first, rest = GridRows(glued(rows("|||"))).cut(room)
    assert (first.end, rest.first, rest.end) == (at, at, 3)


def test_rows_split_over_frames_and_draw_whole(tmp_path):
    made = canvas(tmp_path / "split.pdf")
    text = "信用建设" * 40
    flowable = GridRows(typeset([Piece(text)], STYLE, WIDTH))
    first, second = flowable.split(WIDTH, 60) if flowable.wrap(WIDTH, 60) else ()
    for part, y in ((first, 600), (second, 300)):
        part.wrapOn(made, WIDTH, 500)
        part.drawOn(made, 80, y)
    made.save()
    [page] = read_pages(tmp_path / "split.pdf")
    assert "".join(line.text for line in page.lines) == text
    assert flowable.split(WIDTH, 10) == []


def test_marks_become_bookmarks(tmp_path):
    import pypdfium2

    made = canvas(tmp_path / "marks.pdf")
    row = typeset([Piece("一、总体情况")], STYLE, WIDTH)[0]
    flowable = GridRows(
        [
            Row(
                row.height,
                row.runs,
                row.x,
                row.baseline,
                row.size,
                mark=Mark(level, "一、总体情况"),
            )
            for level in (0, 1)
        ]
    )
    flowable.wrapOn(made, WIDTH, 500)
    flowable.drawOn(made, 80, 600)
    made.save()
    document = pypdfium2.PdfDocument(tmp_path / "marks.pdf")
    found = [(item.level, item.get_title()) for item in document.get_toc()]
    document.close()
    assert found == [(0, "一、总体情况"), (1, "一、总体情况")]


def test_a_paragraph_works_in_a_frame_and_in_a_table_cell(tmp_path):
    made = canvas(tmp_path / "cells.pdf")
    style = Style(Face.BODY, 12, 12, 17, align="left")
    paragraph = GridParagraph("信用建设，责任单位。\n第二段", style)
    table = Table([[paragraph]], colWidths=[72], style=[("FONT", (0, 0), (0, 0), "GWFang", 12)])
    Frame(80, 500, 100, 200).addFromList([table], made)
    made.save()
    [page] = read_pages(tmp_path / "cells.pdf")
    assert [line.text for line in page.lines] == ["信用建设，", "责任单位。", "第二段"]


def test_a_line_of_many_different_characters_is_drawn_from_several_subsets(tmp_path):
    every = "".join(chr(code) for code in sorted(fonts.coverage(Face.BODY)) if code >= 0x4E00)
    made = canvas(tmp_path / "rows.pdf")
    for at in range(0, 2400, 30):
        [row] = typeset([Piece(every[at : at + 30])], Style(Face.BODY, 5, 5, 6), 999)
        draw_row(made, row, 20, 700 - at / 5)
    mixed = every[2399] + every[0:2] + every[2398] + every[2397]
    [row] = typeset([Piece(mixed)], Style(Face.BODY, 5, 5, 6), 999)
    draw_row(made, row, 20, 720)
    made.save()
    lines = [line.text for line in read_pages(tmp_path / "rows.pdf")[0].lines]
    assert lines == [mixed, *(every[at : at + 30] for at in range(0, 2400, 30))]
