"""Where the ink seal goes (GB/T 9704-2012, 7.3.5.1): reckoned for setting, read back from pages.

The seal presses issuer and date, which stand a little below its centre; its top keeps within one
line of the text above. The program never draws a seal: the place stays free for the ink.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import floor

from hs_credit_desktop.reports.content import Signature
from hs_credit_desktop.reports.grid import ASCENT
from hs_credit_desktop.reports.page import MM, Layout
from hs_credit_desktop.reports.readback import PageText, TextLine

DIAMETER = Signature.seal  # millimetres, unless the office says otherwise
CENTRE_ABOVE = 0.3  # lines that the centre stands above the middle of issuer and date
MOST = 1.0  # lines between the text and the top of the seal
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


@dataclass(frozen=True)
class SealPlace:
    """page from 1; centre x, y from the lower left corner in points; diameter in millimetres.

    text_lines: lines of text above on its page; above: lines between text and seal; date_right:
    characters right of the date.
    """

    page: int
    x: float
    y: float
    diameter: float
    text_lines: int
    above: float
    date_right: float


def blank_lines_above(layout: Layout, diameter: float = DIAMETER) -> int:
    """Blank lines between text and issuer: as many as the rule of one line allows."""
    radius = diameter * MM / 2 / layout.leading
    type_height = layout.size / layout.leading
    # With n blank lines they are n + 1.5 - type_height / 2 - CENTRE_ABOVE - radius apart.
    return max(floor(MOST - 1.5 + type_height / 2 + CENTRE_ABOVE + radius), 0)


def seal_place(
    pages: Sequence[PageText], layout: Layout, diameter: float = DIAMETER
) -> SealPlace | None:
    """Where the seal of a finished paper goes; None when no page ends with issuer and date."""
    for number, page in reversed(list(enumerate(pages, 1))):
        lines = [line for line in page.lines if abs(line.size - layout.size) < 0.01]
        at = next((at for at, line in enumerate(lines) if _DATE.fullmatch(line.text)), 0)
        if at:
            return _place(number, lines[: at + 1], layout, diameter)
    return None


def _place(number: int, lines: Sequence[TextLine], layout: Layout, diameter: float) -> SealPlace:
    *above, issuer, date = lines
    right = layout.left(number) + layout.width
    end = date.x + sum(_advance(char.ch, layout) for char in date.chars)
    centre_y = (issuer.y + date.y) / 2 + ASCENT * layout.size - layout.size / 2
    centre_y += CENTRE_ABOVE * layout.leading
    bottom = above[-1].y - (1 - ASCENT) * layout.size if above else issuer.y
    return SealPlace(
        page=number,
        x=(date.x + end) / 2,
        y=centre_y,
        diameter=diameter,
        text_lines=len(list(takewhile(_is_text, above))),
        above=(bottom - centre_y - diameter * MM / 2) / layout.leading,
        date_right=(right - end) / layout.pitch,
    )


def _advance(ch: str, layout: Layout) -> float:
    return layout.pitch / 2 if ch.isascii() else layout.pitch


def _is_text(line: TextLine) -> bool:
    """Whether the list of annexes, which stands last, has not begun."""
    return not line.text.startswith("附件：")
