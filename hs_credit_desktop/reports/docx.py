"""The Word renderer: the same document as the working copy for Word, WPS and LibreOffice.

Written as plain OOXML (ECMA-376) instead of through a template library: what the three programs
disagree about (grid, East Asian fonts, table widths, punctuation) is stated on every style, and
nothing inherited from a template can contradict it. Texts that are broken over pages by Word keep
together through its own rules (keepNext, widowControl).
"""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hs_credit_desktop.reports import docx_parts as parts
from hs_credit_desktop.reports import docx_styles, fonts
from hs_credit_desktop.reports.content import (
    Annex,
    Block,
    Colophon,
    Document,
    Head,
    Heading,
    Paragraph,
    Run,
    Signature,
    Table,
)
from hs_credit_desktop.reports.fonts import Face
from hs_credit_desktop.reports.grid import Piece, cells
from hs_credit_desktop.reports.page import MM, STANDARD, TITLE_SIZE, Layout
from hs_credit_desktop.reports.page import turned as turned_layout
from hs_credit_desktop.reports.redhead import BLANK_LINES, MARK_BELOW, mark_size
from hs_credit_desktop.reports.seal import blank_lines_above
from hs_credit_desktop.reports.setting import DATE_RIGHT, UNSEALED_RIGHT
from hs_credit_desktop.reports.titles import break_title

_MADE = (2000, 1, 1, 0, 0, 0)  # the same document gives the same bytes
_FIRST_LINE = 26  # characters
_TWIPS = 20  # twentieths of a point


def render_docx(
    document: Document,
    target: Path,
    layout: Layout = STANDARD,
    on_part: Callable[[str], None] = lambda _: None,
) -> None:
    """Write the document as .docx; on_part is told each finished part and may raise to cancel.

    The same document gives the same bytes. UserError when a font is missing (titles are measured).
    """
    fonts.register()
    notice = document.notice
    files = {
        "[Content_Types].xml": parts.CONTENT_TYPES,
        "_rels/.rels": parts.PACKAGE_RELATIONS,
        "word/_rels/document.xml.rels": parts.DOCUMENT_RELATIONS,
        "docProps/core.xml": parts.core(document),
        "word/settings.xml": parts.SETTINGS,
        "word/fontTable.xml": docx_styles.font_table(),
        "word/styles.xml": docx_styles.styles(layout),
        "word/header.xml": parts.header(notice),
        "word/footer-odd.xml": parts.footer(odd=True),
        "word/footer-even.xml": parts.footer(odd=False),
        "word/footer-first.xml": parts.first_footer(),
        "word/document.xml": _document(document, layout),
    }
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name, text in files.items():
            info = ZipInfo(name, _MADE)
            info.compress_type = ZIP_DEFLATED
            package.writestr(info, text.encode("utf-8", "ignore"))
            on_part(name)
    target.write_bytes(made.getvalue())


def _document(document: Document, layout: Layout) -> str:
    body = [
        *(_head(document.head, layout) if document.head else []),
        _title(document.title, layout),
        *([_paragraph([Run(document.addressee + "：")], "Flush")] if document.addressee else []),
        *_blocks(document.blocks, layout, signed=document.signature is not None),
        *_annex_list(document),
        *(_signature(document.signature, layout) if document.signature else []),
    ]
    letter = document.head is not None and document.head.letter
    across, of = False, len(document.annexes)
    for number, annex in enumerate(document.annexes, 1):
        if annex.landscape != across:
            body.append(_section_end(layout, letter=letter, landscape=across))
        turned = annex.landscape != across
        across = annex.landscape
        grid = turned_layout(layout) if across else layout
        body += _annex(annex, number, of, grid, begun=turned)
    if document.colophon:
        if across:
            body.append(_section_end(layout, letter=letter, landscape=True))
            across = False
        body += _colophon(document.colophon, layout)
    return parts.document("".join(body), parts.section(layout, letter=letter, landscape=across))


def _section_end(layout: Layout, *, letter: bool, landscape: bool) -> str:
    """The pages so far have their set-up; what follows begins a new page."""
    section = parts.section(layout, letter=letter, landscape=landscape)
    return f'<w:p><w:pPr><w:pStyle w:val="Tiny"/>{section}</w:pPr></w:p>'


def _head(head: Head, layout: Layout) -> Iterator[str]:
    """Mark, number and red rule; on pre-printed paper the mark is white: its place stays."""
    if not head.mark:
        yield _paragraph([Run(head.number)], "Flush", '<w:jc w:val="center"/>')
        yield _paragraph([], "Flush")
        return
    size, squeeze = mark_size(head, layout)
    look = parts.mark_look(size, squeeze, printed=head.printed)
    rule = parts.rule(double=head.letter, printed=head.printed)
    above = round(0 if head.letter else MARK_BELOW * MM * _TWIPS)
    spacing = f'<w:spacing w:before="{above}"/><w:jc w:val="center"/>'
    mark = f"<w:r>{look}<w:t>{parts.words(head.mark)}</w:t></w:r>"
    align = f'<w:jc w:val="{"right" if head.letter else "center"}"/>'
    if head.letter:
        yield f"<w:p>{_properties('Mark', rule + spacing)}{mark}</w:p>"
        yield _paragraph([Run(head.number)], "Flush", align)
    else:
        yield f"<w:p>{_properties('Mark', spacing)}{mark}</w:p>"
        yield _paragraph([], "Flush")
        yield _paragraph([Run(head.number)], "Flush", rule + align)
    yield from (_paragraph([], "Flush") for _ in range(BLANK_LINES))


def _title(title: str, layout: Layout) -> str:
    """The lines of the title with breaks where the PDF has them, and a blank line below."""
    lines = break_title(cells([Piece(title)], Face.TITLE), layout.width / TITLE_SIZE)
    runs = "<w:r><w:br/></w:r>".join(_run(Run(line)) for line in lines)
    return f"<w:p>{_properties('Title')}{runs}</w:p>{_paragraph([], 'Flush')}"


def _blocks(blocks: Sequence[Block], layout: Layout, *, signed: bool) -> Iterator[str]:
    """signed: the end of the text stays with it, so that a seal page carries two lines."""
    kept = _kept(blocks) if signed else 0
    for number, block in enumerate(blocks, 1):
        if isinstance(block, Heading):
            yield _heading(block, number)
        elif isinstance(block, Paragraph):
            yield from _paragraphs(block, keep=number > len(blocks) - kept)
        else:
            yield _table(block, layout)


def _kept(blocks: Sequence[Block]) -> int:
    """Paragraphs that stay with the signature: the last, or two when that is a single line."""
    last = blocks[-1] if blocks else None
    single = isinstance(last, Paragraph) and len(last.text) <= _FIRST_LINE
    return 2 if single else 1


def _heading(heading: Heading, number: int) -> str:
    mark = f'<w:bookmarkStart w:id="{number}" w:name="_h{number}"/>'
    end = f'<w:bookmarkEnd w:id="{number}"/>'
    style = _properties(f"Heading{heading.level}")
    return f"<w:p>{style}{mark}{_run(Run(heading.text))}{end}</w:p>"


def _paragraphs(paragraph: Paragraph, *, keep: bool) -> Iterator[str]:
    """A paragraph of Word for each line of the text."""
    runs: list[Run] = []
    for run in paragraph.runs:
        first, *rest = run.text.split("\n")
        runs.append(Run(first, run.strong))
        for line in rest:
            yield _paragraph(runs, "Normal")
            runs = [Run(line, run.strong)]
    yield _paragraph(runs, "Normal", "<w:keepNext/>" if keep else "")


def _paragraph(runs: Sequence[Run], style: str, more: str = "") -> str:
    return f"<w:p>{_properties(style, more)}{''.join(map(_run, runs))}</w:p>"


def _properties(style: str, more: str = "") -> str:
    return f'<w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>'


def _run(run: Run) -> str:
    """One run; its words stay words, whatever characters they hold."""
    face = '<w:rPr><w:rStyle w:val="Lead"/></w:rPr>' if run.strong else ""
    text = parts.words(run.text)
    return f'<w:r>{face}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _annex_list(document: Document) -> Iterator[str]:
    """附件： one line below the text, kept with the signature."""
    keep = "<w:keepNext/>" if document.signature else ""
    for number, line in enumerate(document.annex_lines):
        if number == 0:
            yield _paragraph([], "Normal", keep)
        left = '<w:ind w:leftChars="300" w:left="960" w:firstLineChars="200" w:firstLine="640"/>'
        yield _paragraph([Run(line)], "Normal", keep + (left if number else ""))


def _signature(signature: Signature, layout: Layout) -> Iterator[str]:
    """Issuer and date as in the PDF: right indents in points, from the widths of the texts."""
    issuer = _width(signature.issuer, layout)
    date = _width(signature.date, layout)
    keep = "<w:keepNext/>"
    if signature.sealed:
        blank = blank_lines_above(layout, signature.seal)
        date_right = DATE_RIGHT * layout.pitch
        issuer_right = max(date_right + (date - issuer) / 2, 0.0)
    else:
        blank = 1
        widest = max(issuer, date)
        issuer_right = UNSEALED_RIGHT * layout.pitch + widest - issuer
        date_right = issuer_right + (issuer - date) / 2
    for _ in range(blank):
        yield _paragraph([], "Flush", keep)
    yield _paragraph([Run(signature.issuer)], "Flush", keep + _from_right(issuer_right))
    yield _paragraph([Run(signature.date)], "Flush", _from_right(date_right))


def _width(text: str, layout: Layout) -> float:
    return sum(cell.width for cell in cells([Piece(text)], Face.BODY)) * layout.pitch


def _from_right(points: float) -> str:
    return f'<w:ind w:right="{round(points * _TWIPS)}" w:firstLine="0"/><w:jc w:val="right"/>'


def _annex(annex: Annex, number: int, of: int, layout: Layout, *, begun: bool) -> Iterator[str]:
    """附件 in 黑体 on a new page, the title on line three, then the tables.

    begun: the page is new already, because its set-up is.
    """
    label = "附件" if of == 1 else f"附件{number}"
    same = '<w:pageBreakBefore w:val="0"/>' if begun else ""
    yield _paragraph([Run(label)], "AnnexLabel", same)
    yield _paragraph([], "Flush")
    yield _title(annex.title, layout)
    yield from _blocks(annex.blocks, layout, signed=False)


def _colophon(colophon: Colophon, layout: Layout) -> Iterator[str]:
    """A table at the foot of the page's text: rules as in the PDF, none in letters."""
    width = round(layout.width * _TWIPS)
    ruled = bool(colophon.printed_by)
    rows = []
    if colophon.copies_line:
        rows.append(_paragraph([Run(colophon.copies_line)], "ColophonCopies"))
    if ruled:
        office, day = colophon.printed_line
        tab = (
            f'<w:tabs><w:tab w:val="right" w:pos="{width - docx_styles.COLOPHON_INSET}"/></w:tabs>'
        )
        runs = f"{_run(Run(office))}<w:r><w:tab/></w:r>{_run(Run(day))}"
        rows.append(f"<w:p>{_properties('Colophon', tab)}{runs}</w:p>")
    cells = (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        f"</w:tcPr>{row}</w:tc></w:tr>"
        for row in rows
    )
    yield _paragraph([], "Flush")
    yield (
        f"<w:tbl>{parts.colophon_look(width, ruled=ruled)}<w:tblGrid>"
        f'<w:gridCol w:w="{width}"/></w:tblGrid>{"".join(cells)}</w:tbl>'
    )
    yield _paragraph([], "Tiny")


def _table(table: Table, layout: Layout) -> str:
    """Both gridCol and tcW are written: WPS trusts one, Word the other; the head row repeats."""
    weights = sum(column.weight for column in table.columns)
    wide = [round(layout.width * _TWIPS * column.weight / weights) for column in table.columns]
    small = "Small" if table.small else ""
    centred = ["center"] * len(wide)
    titles = [column.title for column in table.columns]
    head = _table_row(titles, wide, centred, f"TableHead{small}", "<w:tblHeader/>")
    aligns = [column.align for column in table.columns]
    rows = "".join(_table_row(row, wide, aligns, f"TableText{small}") for row in table.rows)
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in wide)
    size = f'<w:tblW w:w="{sum(wide)}" w:type="dxa"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/>{size}<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>{_paragraph([], 'BelowTable')}"
    )


def _table_row(
    texts: Sequence[str], wide: Sequence[int], aligns: Sequence[str], style: str, repeated: str = ""
) -> str:
    found = []
    for text, width, align in zip(texts, wide, aligns, strict=True):
        lines = "".join(
            _paragraph([Run(line)], style, f'<w:jc w:val="{align}"/>') for line in text.split("\n")
        )
        size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        found.append(f'<w:tc><w:tcPr>{size}<w:vAlign w:val="center"/></w:tcPr>{lines}</w:tc>')
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(found)}</w:tr>"
