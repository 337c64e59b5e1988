"""The document model: what a paper of the office holds, whatever file it is rendered to.

PDF, Word and Excel are renderers of these classes; nothing here knows about points or pages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Run:
    """A stretch of text; strong: the name that leads in a paragraph (set in 楷体)."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading of level 1–4, numbered: 一、 · （一） · 1. · （1） (GB/T 9704-2012, 7.3.3)."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of body text; line ends inside a run begin a new paragraph of the page."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The words without the difference of faces."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Column:
    """A column of a table; weight: its share of the width beside the others'."""

    title: str
    weight: float
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """A table whose head is repeated on every page; each row has one text a column.

    small: type one size smaller, for a table with many columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    small: bool = False

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row of a table needs one text a column")


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Annex:
    """An annex on pages of its own: 附件, title, blocks; landscape: for a table with many columns.

    A landscape page stands in the file as the others do, its contents turned (GB/T 9704-2012, 8).
    """

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Signature:
    """Issuer and date at the end; sealed: room for the ink seal is left (GB/T 9704-2012, 7.3.5).

    seal: diameter of the office's seal in millimetres.
    """

    issuer: str
    date: str
    sealed: bool = True
    seal: float = 42.0


@dataclass(frozen=True)
class Colophon:
    """版记 at the foot of the last page (GB/T 9704-2012, 7.4): copies go to, printed by.

    copies_to: units in official order; printed_by, printed_on: left out in letters (10.1).
    """

    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: str = ""

    @property
    def copies_line(self) -> str:
        """抄送：甲，乙。 or nothing."""
        return f"抄送：{'，'.join(self.copies_to)}。" if self.copies_to else ""

    @property
    def printed_line(self) -> tuple[str, str]:
        """Printing office and day, 印发 added; two empty texts where nobody is named."""
        return (self.printed_by, f"{self.printed_on}印发") if self.printed_by else ("", "")

    @property
    def texts(self) -> tuple[str, ...]:
        """Its words in reading order."""
        return tuple(text for text in (self.copies_line, *self.printed_line) if text)


@dataclass(frozen=True)
class Head:
    """The red head: mark (the issuer's name, with 文件 for a document) and document number.

    Without a mark the number stands alone on the first line.

    letter: letter form (函). printed: drawn by us; else its place stays free on pre-printed paper.
    """

    mark: str
    number: str = ""
    letter: bool = False
    printed: bool = True


@dataclass(frozen=True)
class Document:
    """A whole paper. addressee: without colon; notice: small at the head of every page."""

    title: str
    blocks: tuple[Block, ...]
    signature: Signature | None = None
    addressee: str = ""
    annexes: tuple[Annex, ...] = ()
    notice: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    head: Head | None = None
    colophon: Colophon | None = None

    @property
    def annex_lines(self) -> tuple[str, ...]:
        """附件说明 after the text: 附件：甲, or 附件：1. 甲 and 2. 乙 (GB/T 9704-2012, 7.3.4)."""
        if len(self.annexes) < 2:
            return tuple(f"附件：{annex.title}" for annex in self.annexes)
        numbered = (f"{number}. {annex.title}" for number, annex in enumerate(self.annexes, 1))
        return tuple(("附件：" if line.startswith("1. ") else "") + line for line in numbered)


def paragraph(text: str, lead: str = "") -> Paragraph:
    """A paragraph, with the name that leads in set apart."""
    return Paragraph(((Run(lead, strong=True),) if lead else ()) + (Run(text),))


def texts(document: Document) -> Iterator[str]:
    """Every text of a document in reading order: what all renderers must show."""
    if document.head and document.head.number:
        yield document.head.number
    yield document.title
    if document.addressee:
        yield document.addressee + "："
    yield from _block_texts(document.blocks)
    yield from document.annex_lines
    if document.signature:
        yield document.signature.issuer
        yield document.signature.date
    for annex in document.annexes:
        yield annex.title
        yield from _block_texts(annex.blocks)
    if document.colophon:
        yield from document.colophon.texts


def _block_texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (column.title for column in block.columns)
            yield from (text for row in block.rows for text in row)
        else:
            yield block.text
