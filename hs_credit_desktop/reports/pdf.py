"""The PDF renderer: a document of the model becomes pages of the standard, every font embedded."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable

from hs_credit_desktop.reports import fonts
from hs_credit_desktop.reports.content import Document, Table
from hs_credit_desktop.reports.fonts import Face
from hs_credit_desktop.reports.grid import GridParagraph, GridRows, Piece, Style, typeset
from hs_credit_desktop.reports.ink import Row, assign_codes, draw_row
from hs_credit_desktop.reports.page import (
    A4_HEIGHT,
    A4_WIDTH,
    MM,
    PAGE_NUMBER_BELOW,
    PAGE_NUMBER_SIZE,
    STANDARD,
    Layout,
)
from hs_credit_desktop.reports.redhead import draw_head, head_depth
from hs_credit_desktop.reports.setting import annex_rows, block_flow, document_flow

CREATOR = "信用任务台账"
_DASH_MIDDLE = 0.38  # the dash of 宋体 stands that far above its base line
_NOTICE_FROM_TOP = 24.0  # millimetres
_CELL_SIZE, _SMALL_SIZE, _CELL_LEADING = 12.0, 10.5, 1.42  # points, points, type sizes
_CELL_PADDING = 4.0
_TABLE_STYLE = [
    ("FONT", (0, 0), (-1, -1), Face.BODY.value, _CELL_SIZE),  # else an unembedded Helvetica stays
    ("GRID", (0, 0), (-1, -1), 0.5, "#000000"),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
    ("RIGHTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
    ("TOPPADDING", (0, 0), (-1, -1), 2.0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.0),
]


def render_pdf(
    document: Document,
    target: Path,
    layout: Layout = STANDARD,
    on_page: Callable[[int], None] = lambda _: None,
) -> int:
    """Write the document to `target` and return its number of pages.

    The same document gives the same bytes. on_page is told each finished page and may raise to
    cancel. UserError when a font is missing.
    """
    fonts.register()
    canvas = _canvas(document, target)
    pages = _Pages(canvas, document, layout, on_page)
    text = document_flow(document, layout)
    assign_codes(canvas, [row for item in text if isinstance(item, list) for row in item])
    pages.flow(_flowables(text, layout))
    for number, annex in enumerate(document.annexes, 1):
        pages.finish()
        rows = annex_rows(annex, number, len(document.annexes), layout)
        before, rest = block_flow(annex.blocks, layout, rows)
        pages.flow(_flowables([*before, rest], layout))
    pages.finish()
    canvas.save()
    return pages.number


def _canvas(document: Document, target: Path) -> Any:
    rl_config.useA85 = 0  # page streams as they are: a fifth smaller and faster
    canvas = Canvas(
        str(target),
        pagesize=(A4_WIDTH, A4_HEIGHT),
        invariant=1,
        pageCompression=1,
        initialFontName=Face.BODY.value,
        lang="zh-CN",
        pdfVersion=(1, 7),
    )
    canvas.setTitle(document.title)
    canvas.setAuthor(document.signature.issuer if document.signature else CREATOR)
    canvas.setSubject(document.subject)
    canvas.setKeywords([word for word in document.keywords if word])
    canvas.setCreator(CREATOR)
    canvas.setProducer(CREATOR)
    canvas.setDateFormatter(lambda *moment: _made_on(document, moment))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _made_on(document: Document, moment: tuple[int, ...]) -> str:
    """The day of the paper as the file's date: the same paper gives the same bytes on any day."""
    signed = document.signature.date if document.signature else ""
    day = [int(number) for number in re.findall(r"\d+", signed)]
    year, month, date = day if len(day) == 3 else moment[:3]
    return f"D:{year:04}{month:02}{date:02}000000+08'00'"


class _Pages:
    """Fills page after page: 版心, page number, and the notice at the head."""

    def __init__(
        self, canvas: Any, document: Document, layout: Layout, on_page: Callable[[int], None]
    ) -> None:
        self.canvas = canvas
        self.document = document
        self.layout = layout
        self.on_page = on_page
        self.number = 0
        self.room = layout.height
        self.open = False
        if document.head:
            self._begin()
            draw_head(canvas, document.head, layout)
            self.room -= head_depth(document.head, layout)

    def flow(self, story: Sequence[Flowable]) -> None:
        """Put flowables one below the other, split over pages."""
        waiting = list(story)
        while waiting:
            flowable = waiting.pop(0)
            if isinstance(flowable, GridRows) and not self.open:
                flowable = flowable.without_blank_top()
            _, height = flowable.wrapOn(self.canvas, self.layout.width, self.room)
            if height <= self.room + 0.01:
                self._put(flowable, height)
                continue
            parts = flowable.splitOn(self.canvas, self.layout.width, self.room)
            if parts:
                waiting[:0] = parts
            elif self.room < self.layout.height:
                self.finish()
                waiting.insert(0, flowable)
            else:
                waiting[:0] = flowable.cut(self.room)

    def _put(self, flowable: Flowable, height: float) -> None:
        self._begin()
        x = self.layout.left(self.number)
        bottom = self.layout.bottom * MM + self.room - height
        flowable.drawOn(self.canvas, x, bottom)
        self.room -= height

    def _begin(self) -> None:
        if not self.open:
            self.open = True
            self.number += 1

    def finish(self) -> None:
        """Number the page and end it; the next begins when something is put on it."""
        head = self.document.head
        if not (head and head.letter and self.number == 1):
            _page_number(self.canvas, self.number, self.layout)
        _notice(self.canvas, self.document.notice, self.number, self.layout)
        self.canvas.showPage()
        self.on_page(self.number)
        self.open = False
        self.room = self.layout.height


def _page_number(canvas: Any, number: int, layout: Layout) -> None:
    """— 1 — in 4号 宋体, 7 mm below the 版心: odd pages right, even left, one character in."""
    style = Style(
        Face.SONG,
        PAGE_NUMBER_SIZE,
        PAGE_NUMBER_SIZE,
        PAGE_NUMBER_SIZE,
        align="right" if number % 2 else "left",
        left=1.0,
        right=1.0,
    )
    [row] = typeset([Piece(f"— {number} —")], style, layout.width)
    baseline = (layout.bottom - PAGE_NUMBER_BELOW) * MM - _DASH_MIDDLE * PAGE_NUMBER_SIZE
    draw_row(canvas, row, layout.left(number) + row.x, baseline)


def _notice(canvas: Any, notice: str, number: int, layout: Layout) -> None:
    """What every page must say, small and centred above the 版心 (演示材料)."""
    style = Style(Face.KAI, 12.0, 12.0, 12.0, align="center")
    for row in typeset([Piece(notice)], style, layout.width) if notice else ():
        draw_row(canvas, row, layout.left(number) + row.x, A4_HEIGHT - _NOTICE_FROM_TOP * MM)


def _flowables(flow: Sequence[list[Row] | Table], layout: Layout) -> list[Flowable]:
    return [
        GridRows(item) if isinstance(item, list) else table(item, layout.width) for item in flow
    ]


def table(block: Table, width: float) -> Flowable:
    """A table over the whole width; cells wrap by our line breaking, the head repeats."""
    weights = sum(column.weight for column in block.columns)
    size = _SMALL_SIZE if block.small else _CELL_SIZE
    title = _cell_style(Face.HEI, size, "center")
    styles = [_cell_style(Face.BODY, size, column.align) for column in block.columns]
    head = [GridParagraph(column.title, title) for column in block.columns]
    rows = [
        [GridParagraph(text, style) for text, style in zip(row, styles, strict=True)]
        for row in block.rows
    ]
    return LongTable(
        [head, *rows],
        colWidths=[width * column.weight / weights for column in block.columns],
        repeatRows=1,
        style=_TABLE_STYLE,
    )


def _cell_style(face: Face, size: float, align: Any) -> Style:
    leading = size * _CELL_LEADING
    return Style(face, size, size, leading, align=align, drop=(leading - size) / 2)
