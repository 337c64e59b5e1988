"""From the document model to rows of the grid: faces of levels, title, signature, seal place."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from hs_credit_desktop.reports.content import (
    Annex,
    Block,
    Document,
    Heading,
    Paragraph,
    Signature,
    Table,
)
from hs_credit_desktop.reports.fonts import Face
from hs_credit_desktop.reports.grid import Piece, Style, cells, glued, typeset, with_orphans_kept
from hs_credit_desktop.reports.ink import Mark, Row
from hs_credit_desktop.reports.page import TITLE_LEADING, TITLE_SIZE, Layout
from hs_credit_desktop.reports.seal import blank_lines_above
from hs_credit_desktop.reports.tags import Element
from hs_credit_desktop.reports.titles import break_title

# GB/T 9704-2012, 7.3.3: 一、黑体, （一）楷体, 1. and （1）仿宋.
_LEVEL_FACES = {1: Face.HEI, 2: Face.KAI, 3: Face.BODY, 4: Face.BODY}
SIGNED_TEXT_LINES = 2  # lines of text that go to the seal page at least
DATE_RIGHT = 4.0  # characters right of a sealed date
UNSEALED_RIGHT = 2.0
_BELOW_TABLE = 0.4  # lines


def body_style(layout: Layout, face: Face = Face.BODY, indent: float = 2.0) -> Style:
    """Body text: 3号 on the grid, first line indented two characters."""
    return Style(face, layout.size, layout.pitch, layout.leading, indent=indent)


def document_flow(document: Document, layout: Layout) -> list[list[Row] | Table]:
    """Title, addressee, text, list of annexes and signature as rows of the grid, cut by tables."""
    rows = title_rows(document.title, layout)
    if document.addressee:
        style = body_style(layout, indent=0)
        pieces = [Piece(document.addressee + "：")]
        rows += glued(typeset(pieces, style, layout.width, Element("P")))
    before, rest = block_flow(document.blocks, layout, rows)
    tail = _annex_list(document, layout)
    if document.signature is None:
        return [*before, [*rest, *tail]]
    *signed, last = _signature(document.signature, layout)
    return [*before, [*_with_text(rest), *glued([*tail, *signed]), last]]


def block_flow(
    blocks: Sequence[Block], layout: Layout, rows: Sequence[Row] = ()
) -> tuple[list[list[Row] | Table], list[Row]]:
    """Stretches of rows (`rows` begin the first) with tables between, and the rows at the end."""
    flow: list[list[Row] | Table] = []
    text: list[Heading | Paragraph] = []
    begun = list(rows)
    for block in blocks:
        if isinstance(block, Table):
            flow += [begun + block_rows(text, layout), block]
            text, begun = [], [Row(layout.leading * _BELOW_TABLE, glue=True)]
        else:
            text.append(block)
    return flow, begun + block_rows(text, layout)


def title_rows(title: str, layout: Layout, blank: float = 0.7) -> list[Row]:
    """2号 小标宋, centred, broken by sense; `blank` lines or a little more follow, to the grid."""
    style = Style(Face.TITLE, TITLE_SIZE, TITLE_SIZE, TITLE_LEADING, align="center")
    lines = break_title(cells([Piece(title)], Face.TITLE), layout.width / TITLE_SIZE)
    element = Element("Title")
    rows = [row for line in lines for row in typeset([Piece(line)], style, layout.width, element)]
    used = sum(row.height for row in rows)
    below = ceil(used / layout.leading + blank) * layout.leading - used
    return glued([*rows, Row(below)])


def block_rows(blocks: Sequence[Heading | Paragraph], layout: Layout) -> list[Row]:
    """Headings and paragraphs as rows; a heading never stands alone at the foot of a page."""
    rows: list[Row] = []
    level = -1
    for block in blocks:
        if isinstance(block, Heading):
            level = min(block.level - 1, level + 1)
            rows += _heading(block, layout, Mark(level, block.text))
        else:
            rows += _paragraph(block, layout)
    return rows


def _heading(heading: Heading, layout: Layout, mark: Mark) -> list[Row]:
    style = body_style(layout, _LEVEL_FACES[heading.level])
    element = Element(f"H{heading.level}")
    first, *rest = glued(typeset([Piece(heading.text)], style, layout.width, element))
    return [replace(first, mark=mark), *rest]


def _paragraph(paragraph: Paragraph, layout: Layout) -> list[Row]:
    style = body_style(layout)
    return [
        row
        for pieces in _lines(paragraph)
        for row in with_orphans_kept(typeset(pieces, style, layout.width, Element("P")))
    ]


def _lines(paragraph: Paragraph) -> Iterator[list[Piece]]:
    """Pieces of the paragraph, a new list after each line end in its text."""
    pieces: list[Piece] = []
    for run in paragraph.runs:
        face = Face.KAI if run.strong else None
        first, *rest = run.text.split("\n")
        pieces.append(Piece(first, face))
        for text in rest:
            yield pieces
            pieces = [Piece(text, face)]
    yield pieces


def _annex_list(document: Document, layout: Layout) -> list[Row]:
    """附件： one line below the text, indented two; further names stand under the first."""
    lines = document.annex_lines
    if not lines:
        return []
    rows = [Row(layout.leading, glue=True)]
    for number, line in enumerate(lines):
        style = replace(body_style(layout), left=0.0 if number == 0 else 3.0, align="left")
        rows += typeset([Piece(line)], style, layout.width, Element("P"))
    return rows


def annex_rows(annex: Annex, number: int, of: int, layout: Layout) -> list[Row]:
    """附件 in 黑体 flush left on line 1, the title centred on line 3 (GB/T 9704-2012, 7.3.7)."""
    label = "附件" if of == 1 else f"附件{number}"
    style = body_style(layout, Face.HEI, indent=0)
    head = typeset([Piece(label)], style, layout.width, Element("P"))
    marked = replace(head[0], mark=Mark(0, f"{label}　{annex.title}"))
    return [marked, Row(layout.leading), *title_rows(annex.title, layout, blank=0.3)]


def _with_text(rows: list[Row]) -> list[Row]:
    """The last lines of the text may not leave the signature: a seal page always carries text."""
    tail = min(SIGNED_TEXT_LINES, len(rows))
    return rows[: len(rows) - tail] + glued(rows[len(rows) - tail :])


def _signature(signature: Signature, layout: Layout) -> list[Row]:
    """Issuer above date. Sealed: date 4 characters from the right, issuer centred on it.

    An issuer too long for that is moved left until it ends at the right edge. One blank line below
    keeps the seal off the page number.
    """
    style = replace(body_style(layout), align="left", indent=0.0)
    [issuer] = typeset([Piece(signature.issuer)], style, layout.width, Element("P"))
    [date] = typeset([Piece(signature.date)], style, layout.width, Element("P"))
    issuer_width, date_width = _width(issuer, layout), _width(date, layout)
    if not signature.sealed:
        right = layout.width - UNSEALED_RIGHT * layout.pitch
        blank = [Row(layout.leading)]
        issuer_x = right - max(issuer_width, date_width)
        date_x = issuer_x + (issuer_width - date_width) / 2
        return [*blank, replace(issuer, x=issuer_x), replace(date, x=date_x)]
    date_x = layout.width - DATE_RIGHT * layout.pitch - date_width
    centred = date_x + (date_width - issuer_width) / 2
    issuer_x = max(min(centred, layout.width - issuer_width), 0.0)
    blank = [Row(layout.leading)] * blank_lines_above(layout, signature.seal)
    return [*blank, replace(issuer, x=issuer_x), replace(date, x=date_x), Row(layout.leading)]


def _width(row: Row, layout: Layout) -> float:
    """Width of a row that was set flush left, in points."""
    chars = (ch for run in row.runs for ch in run.text)
    return sum(one.width for one in cells([Piece("".join(chars))], Face.BODY)) * layout.pitch
