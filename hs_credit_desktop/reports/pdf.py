"""The PDF renderer: a document of the model becomes pages of the standard, every font embedded."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from hs_credit_desktop.reports import fonts
from hs_credit_desktop.reports.colophon import colophon_height, draw_colophon
from hs_credit_desktop.reports.content import Annex, Document, Table
from hs_credit_desktop.reports.fonts import Face
from hs_credit_desktop.reports.grid import GridRows, Piece, Style, typeset
from hs_credit_desktop.reports.ink import Row, assign_codes, draw_row, without_broken
from hs_credit_desktop.reports.page import (
    A4_HEIGHT,
    A4_WIDTH,
    MM,
    PAGE_NUMBER_BELOW,
    PAGE_NUMBER_SIZE,
    STANDARD,
    Layout,
    turned,
)
from hs_credit_desktop.reports.redhead import draw_head, head_depth
from hs_credit_desktop.reports.setting import annex_rows, block_flow, document_flow
from hs_credit_desktop.reports.tables import table
from hs_credit_desktop.reports.tags import Tags, marked

CREATOR = "信用任务台账"
_DASH_MIDDLE = 0.38  # the dash of 宋体 stands that far above its base line
_NOTICE_FROM_TOP = 24.0  # millimetres


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
    canvas = _canvas(document)
    tags = Tags(canvas)
    pages = _Pages(canvas, document, layout, on_page)
    text = document_flow(document, layout)
    assign_codes(canvas, [row for item in text if isinstance(item, list) for row in item])
    pages.flow(_flowables(text, pages.width, pages.height))
    for number, annex in enumerate(document.annexes, 1):
        pages.finish()
        _annex(pages, annex, number, len(document.annexes))
    pages.close()
    tags.finish()
    # Not canvas.save, which leaves its file open when the disk is full.
    target.write_bytes(canvas.getpdfdata())
    return pages.number


def _annex(pages: "_Pages", annex: Annex, number: int, of: int) -> None:
    """An annex on pages of its own, turned where its table needs the width."""
    pages.landscape = annex.landscape
    rows = annex_rows(annex, number, of, pages.grid)
    before, rest = block_flow(annex.blocks, pages.grid, rows)
    pages.flow(_flowables([*before, rest], pages.width, pages.height))


def _canvas(document: Document) -> Any:
    rl_config.useA85 = 0  # page streams as they are: a fifth smaller and faster
    canvas = Canvas(
        "",
        pagesize=(A4_WIDTH, A4_HEIGHT),
        invariant=1,
        pageCompression=1,
        initialFontName=Face.BODY.value,
        lang="zh-CN",
        pdfVersion=(1, 7),
    )
    canvas.setTitle(without_broken(document.title))
    canvas.setAuthor(without_broken(document.signature.issuer if document.signature else CREATOR))
    canvas.setSubject(without_broken(document.subject))
    canvas.setKeywords([without_broken(word) for word in document.keywords if word])
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
    """Fills page after page: 版心, page number, the notice at the head, the colophon at the end.

    A landscape page is a portrait one whose text is turned: its head stands left, at the binding
    edge of odd pages, and its number where portrait pages have it (GB/T 9704-2012, 8).
    """

    def __init__(
        self, canvas: Any, document: Document, layout: Layout, on_page: Callable[[int], None]
    ) -> None:
        self.canvas = canvas
        self.document = document
        self.layout = layout
        self.on_page = on_page
        self.number = 0
        self.landscape = False
        self.open = False
        self.room = self.height
        if document.head:
            self._begin()
            draw_head(canvas, document.head, layout)
            self.room -= head_depth(document.head, layout)

    @property
    def width(self) -> float:
        """Width of what is put on the page, in points."""
        return self.layout.height if self.landscape else self.layout.width

    @property
    def height(self) -> float:
        """Height of the whole room of a page, in points."""
        return self.layout.width if self.landscape else self.layout.height

    @property
    def grid(self) -> Layout:
        """The grid of the page as it is read: on a landscape page lines are longer and fewer."""
        if not self.landscape:
            return self.layout
        return turned(self.layout)

    def flow(self, story: Sequence[Flowable]) -> None:
        """Put flowables one below the other, split over pages."""
        waiting = list(story)[::-1]
        if not self.open:
            self.room = self.height
        while waiting:
            flowable = waiting.pop()
            if isinstance(flowable, GridRows) and not self.open:
                flowable = flowable.without_blank_top()
            _, height = flowable.wrapOn(self.canvas, self.width, self.room)
            if height <= self.room + 0.01:
                self._put(flowable, height)
                continue
            parts = flowable.splitOn(self.canvas, self.width, self.room)
            if parts:
                waiting += parts[::-1]
            elif self.room < self.height:
                self.finish()
                waiting.append(flowable)
            else:
                waiting += flowable.cut(self.room)[::-1]

    def _put(self, flowable: Flowable, height: float) -> None:
        self._begin()
        if self.landscape:
            self.canvas.saveState()
            self.canvas.translate(self.layout.left(self.number) + self.height, self._foot)
            self.canvas.rotate(90)
            flowable.drawOn(self.canvas, 0, self.room - height)
            self.canvas.restoreState()
        else:
            x = self.layout.left(self.number)
            flowable.drawOn(self.canvas, x, self._foot + self.room - height)
        self.room -= height

    @property
    def _foot(self) -> float:
        return self.layout.bottom * MM

    def _begin(self) -> None:
        if not self.open:
            self.open = True
            self.number += 1
            self.canvas.setPageRotation(90 if self.landscape else 0)
            # With a rotation ReportLab takes the size for that of the turned page.
            size = (A4_HEIGHT, A4_WIDTH) if self.landscape else (A4_WIDTH, A4_HEIGHT)
            self.canvas.setPageSize(size)

    def finish(self, *, numbered: bool = True) -> None:
        """Number the page and end it; the next begins when something is put on it."""
        head = self.document.head
        with marked(self.canvas):
            if numbered and not (head and head.letter and self.number == 1):
                _page_number(self.canvas, self.number, self.layout)
            _notice(self.canvas, self.document.notice, self.number, self.layout)
        self.canvas.showPage()
        self.canvas.tags.end_page()
        self.on_page(self.number)
        self.open = False
        self.room = self.height

    def close(self) -> None:
        """The colophon at the foot of the last page, or alone on one more, which has no number."""
        colophon = self.document.colophon
        if colophon is None:
            return self.finish()
        if alone := self.landscape or self.room < colophon_height(colophon, self.layout):
            self.finish()
            self.landscape = False
            self._begin()
        draw_colophon(self.canvas, colophon, self.layout, self.number)
        return self.finish(numbered=not alone)


def _page_number(canvas: Any, number: int, layout: Layout) -> None:
    """— 1 — in 4号 宋体, 7 mm below the 版心: odd pages right, even left, one character in."""
    row = _number_row(number, layout.width)
    baseline = (layout.bottom - PAGE_NUMBER_BELOW) * MM - _DASH_MIDDLE * PAGE_NUMBER_SIZE
    draw_row(canvas, row, layout.left(number) + row.x, baseline)


@lru_cache(maxsize=1024)  # every paper has the same numbers
def _number_row(number: int, width: float) -> Row:
    style = Style(
        Face.SONG,
        PAGE_NUMBER_SIZE,
        PAGE_NUMBER_SIZE,
        PAGE_NUMBER_SIZE,
        align="right" if number % 2 else "left",
        left=1.0,
        right=1.0,
    )
    [row] = typeset([Piece(f"— {number} —")], style, width)
    return row


def _notice(canvas: Any, notice: str, number: int, layout: Layout) -> None:
    """What every page must say, small and centred above the 版心 (演示材料)."""
    style = Style(Face.KAI, 12.0, 12.0, 12.0, align="center")
    for row in typeset([Piece(notice)], style, layout.width) if notice else ():
        draw_row(canvas, row, layout.left(number) + row.x, A4_HEIGHT - _NOTICE_FROM_TOP * MM)


def _flowables(flow: Sequence[list[Row] | Table], width: float, height: float) -> list[Flowable]:
    return [
        GridRows(item) if isinstance(item, list) else table(item, width, height) for item in flow
    ]
