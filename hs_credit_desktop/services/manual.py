"""The manual: its topics read from resources/manual, searched, and set as one paper."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hs_credit_desktop import __version__, paths
from hs_credit_desktop.domain import manual
from hs_credit_desktop.domain.manual import Block, Kind, Rows, Topic
from hs_credit_desktop.domain.text import chinese_number

if TYPE_CHECKING:
    from hs_credit_desktop.reports import content

NAME = "信用任务台账使用手册"
TROUBLE = "trouble"  # the topic that explains messages
WEIGHTS = {2: (30.0, 70.0), 3: (18.0, 30.0, 52.0)}  # of the columns of a table on paper


def folder() -> Path:
    """Where the topics and their pictures lie."""
    return paths.resources() / "manual"


def topics(tables: Mapping[str, Rows]) -> tuple[Topic, ...]:
    """All topics in the order of their files; tables: those the program fills in, by name."""
    return tuple(
        manual.filled(
            manual.parse(file.stem.partition("-")[2], file.read_text(encoding="utf-8")), tables
        )
        for file in sorted(folder().glob("*.md"))
    )


def picture(block: Block) -> Path | None:
    """The file of a picture; None where the program came without it."""
    file = folder() / "pictures" / block.file
    return file if file.is_file() else None


def document(read: Sequence[Topic]) -> "content.Document":
    """The whole manual as a paper: a chapter a topic, without pictures."""
    from hs_credit_desktop.reports.content import Document, paragraph

    opening = paragraph(f"本手册对应程序版本 {__version__}，与窗口里按 F1 打开的内容相同。")
    blocks = (block for at, topic in enumerate(read, 1) for block in _chapter(at, topic))
    return Document(NAME, (opening, *blocks), subject=NAME, keywords=(NAME,))


def _chapter(number: int, topic: Topic) -> "Iterator[content.Block]":
    from hs_credit_desktop.reports.content import Heading

    yield Heading(1, f"{chinese_number(number)}、{topic.title}")
    section = step = 0
    for block in topic.blocks:
        section += block.kind is Kind.HEADING
        step = step + 1 if block.kind is Kind.STEP else 0
        yield from _on_paper(block, section, step)


def _on_paper(block: Block, section: int, step: int) -> "Iterator[content.Block]":
    """A block as it prints; a picture is left out."""
    from hs_credit_desktop.reports.content import Heading, Paragraph, Run, paragraph

    words = manual.plain(block.text)
    if block.kind is Kind.HEADING:
        yield Heading(2, f"（{chinese_number(section)}）{words}")
    elif block.kind is Kind.TABLE:
        yield _table(block)
    elif block.kind is Kind.SAID:
        yield paragraph("", lead=f"“{words}”")
    elif block.kind is not Kind.PICTURE:
        sign = {Kind.STEP: f"{step}. ", Kind.POINT: "· "}.get(block.kind, "")
        runs = (Run(piece.text, piece.strong) for piece in manual.pieces(block.text))
        yield Paragraph((Run(sign), *runs) if sign else tuple(runs))


def _table(block: Block) -> "content.Table":
    from hs_credit_desktop.reports.content import Column, Table

    head, *rows = (tuple(manual.plain(cell) for cell in row) for row in block.rows)
    weights = WEIGHTS[len(head)]
    columns = tuple(Column(title, weight) for title, weight in zip(head, weights, strict=True))
    return Table(columns, tuple(rows), small=True)


def save_pdf(read: Sequence[Topic], target: Path, on_page: Callable[[int], None]) -> int:
    """Write the manual as PDF, whole or not at all; its number of pages.

    on_page is told each page and may raise to stop. UserError when it cannot be written.
    """
    from hs_credit_desktop.reports.pdf import render_pdf
    from hs_credit_desktop.store.whole_files import write_whole

    with tempfile.TemporaryDirectory(prefix="hs-credit-") as scratch:
        draft = Path(scratch) / target.name
        pages = render_pdf(document(read), draft, on_page=on_page)
        write_whole(target, draft.read_bytes())
    return pages
