"""Pages read back and sorted by what stands on them, for the layout check."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from hs_credit_desktop.reports.colophon import SIZE as COLOPHON_SIZE
from hs_credit_desktop.reports.fonts import Face
from hs_credit_desktop.reports.linebreak import NO_START
from hs_credit_desktop.reports.page import MM, TITLE_SIZE, Layout
from hs_credit_desktop.reports.readback import PageText, TextLine

EVEN = 0.6  # points that the right edge may be off
_BODY_SIZE, TABLE_SIZE = 16.0, 13.0  # points; type of tables is smaller than this

_NUMBER = re.compile(r"[^，。、]{1,20}〔\d{4}〕\d+号")


@dataclass(frozen=True)
class CheckedPage:
    """A page sorted by what stands on it: text of the 版心, and the line below it."""

    number: int
    page: PageText
    body: tuple[TextLine, ...]
    below: tuple[TextLine, ...]

    @property
    def running(self) -> tuple[TextLine, ...]:
        """Lines of body text on the grid: no head, no title, no table, no annex."""
        titled = [at for at, line in enumerate(self.body, 1) if line.font == Face.TITLE.value]
        lines = self.body[titled[-1] if titled else 0 :]
        found = tuple(line for line in lines if abs(line.size - _BODY_SIZE) < 0.1)
        return () if self.is_annex else found

    @property
    def has_head(self) -> bool:
        """Whether it begins with a red head, whose mark is no title; pre-printed: its number."""
        first = self.body[:1]
        marked = any(one.font == Face.TITLE.value and one.size != TITLE_SIZE for one in first)
        return marked or any(_NUMBER.fullmatch(one.text) for one in first)

    def is_letter(self, layout: Layout) -> bool:
        """Whether it begins a letter: the mark above the 版心, or on its right only the number."""
        if not self.has_head:
            return False
        first = self.body[0]
        above = self.page.height - first.top < layout.top * MM - 3 * MM
        return above or (first.x > self.page.width / 2 and bool(_NUMBER.fullmatch(first.text)))

    @property
    def is_colophon(self) -> bool:
        """Whether nothing but the colophon stands on it: such a page has no number."""
        return bool(self.body) and all(line.size == COLOPHON_SIZE for line in self.body)

    @property
    def is_annex(self) -> bool:
        """Whether an annex begins on it."""
        return bool(self.body) and bool(re.fullmatch(r"附件\d*", self.body[0].text))

    @property
    def is_text(self) -> bool:
        """Title, body text and headings only."""
        return bool(self.running) and all(line.size > TABLE_SIZE for line in self.body)

    @property
    def has_title(self) -> bool:
        """Whether the title stands on it."""
        return any(line.font == Face.TITLE.value for line in self.body)


def sorted_page(number: int, page: PageText, layout: Layout) -> CheckedPage:
    """Lines of the text, above them the notice, below them the page number."""
    foot = layout.bottom * MM - 1
    head = page.height - (layout.top - 4) * MM
    body = tuple(line for line in page.lines if foot < line.y < head)
    below = tuple(line for line in page.lines if line.y <= foot)
    return CheckedPage(number, page, body, below)


def full_lines(pages: Sequence[CheckedPage], layout: Layout) -> list[tuple[TextLine, float]]:
    """Lines that another of their paragraph follows (flush left), with their right edge."""
    found = []
    for one in pages:
        left = layout.left(one.number)
        for line, after in pairwise(one.running):
            if abs(after.x - left) < EVEN:
                found.append((line, left + layout.width))
    return found


def ends_at(line: TextLine, right: float, layout: Layout) -> bool:
    """Whether the last character ends at the edge; a mark may hang over by its blank half."""
    last = line.chars[-1]
    wide = layout.pitch if _fills_its_cell(last.ch) else 0.0
    beyond = last.x + wide - right
    hanging = layout.pitch / 2 if last.ch in NO_START else 0.0
    return -(0 if wide else layout.pitch) - EVEN <= beyond <= hanging + EVEN


def _fills_its_cell(ch: str) -> bool:
    """Latin letters, figures and signs such as ² are narrower than a cell, · is not."""
    return ch > "\u2000" or ch == "·"


def neighbours(pages: Sequence[CheckedPage], layout: Layout) -> list[tuple[TextLine, TextLine]]:
    """(line, the next line of its paragraph), over page ends too."""
    flat = chain.from_iterable(((one.number, line) for line in one.running) for one in pages)
    return [
        (line, after)
        for (_, line), (number, after) in pairwise(flat)
        if abs(after.x - layout.left(number)) < EVEN
    ]
