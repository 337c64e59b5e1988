"""How the office's papers are set up: what becomes of the red head, and which page they have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from hs_credit_desktop.reports.content import Document, Head
from hs_credit_desktop.reports.page import PRESETS, Layout
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import settings

HEAD, PAGE = "paper_head", "paper_page"
PAGES = tuple(layout.name for layout in PRESETS)


class HeadForm(StrEnum):
    """What becomes of the red head (红头) of a paper that has one."""

    DRAWN = "drawn"
    PREPRINTED = "preprinted"
    NONE = "none"

    @property
    def label(self) -> str:
        """The words the clerk sees."""
        return {
            "drawn": "印出红头",
            "preprinted": "套印：纸上已有红头",
            "none": "不用红头",
        }[self.value]


@dataclass(frozen=True)
class PaperSetup:
    """head: of letters, circulars and reports with a number; page: place among page.PRESETS."""

    head: HeadForm = HeadForm.DRAWN
    page: int = 0

    @property
    def layout(self) -> Layout:
        """Margins and grid of the page."""
        return PRESETS[self.page]

    def on(self, document: Document) -> Document:
        """The document with its head in this form; a number is printed in each of them."""
        if document.head is None or self.head is HeadForm.DRAWN:
            return document
        if self.head is HeadForm.PREPRINTED:
            return replace(document, head=replace(document.head, printed=False))
        number = document.head.number  # of a letter too: without its head it is plain material
        return replace(document, head=Head("", number) if number else None)


def setup(ws: Workspace) -> PaperSetup:
    """As the office chose; the usual one where what is kept says nothing known."""
    head, page = settings.get(ws.ledger, HEAD), settings.get(ws.ledger, PAGE)
    return PaperSetup(
        HeadForm(head) if head in list(HeadForm) else HeadForm.DRAWN,
        PAGES.index(page) if page in PAGES else 0,
    )


def set_setup(ws: Workspace, chosen: PaperSetup) -> Changes:
    """Keep it for all papers from now on."""
    said = {HEAD: chosen.head.value, PAGE: chosen.layout.name}
    with ws.change("修改设置", "文书版式", {"new": said}):
        for key, value in said.items():
            settings.put(ws.ledger, key, value)
    return Changes(settings=True)
