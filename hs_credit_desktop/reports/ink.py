"""Rows of runs put on the page as PDF operators: each run one font, one spacing."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfmetrics

from hs_credit_desktop.reports.tags import Element

_OTHER = "|"
_PARTS = re.compile(r"(?s)(?:\|(.))?([0-9a-f]{2})")


class Run(NamedTuple):
    """Characters that one font draws with one spacing (points added after each character)."""

    font: str
    spacing: float
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a bookmark leads to; level counts from 0."""

    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line ready to be drawn. x from the left edge, height and baseline from its top: points.

    glue: no page may end after this row. text rows carry runs, blank rows none. element: what it
    is part of.
    """

    height: float
    runs: tuple[Run, ...] = ()
    x: float = 0.0
    baseline: float = 0.0
    size: float = 0.0
    glue: bool = False
    mark: Mark | None = None
    element: Element | None = None


class _Codes(dict[int, str]):
    """Character code → its code in the font's subset as ReportLab assigns them in a file, in hex.

    Behind _OTHER and the number of the subset where that is not the first: a text without that sign
    is one operator as it stands.
    """

    def __init__(self, font: str, canvas: Any) -> None:
        super().__init__()
        self.font = pdfmetrics.getFont(font)
        self.document = canvas._doc  # the one thing its fonts ask for
        self.names: dict[int, str] = {}

    def __missing__(self, code: int) -> str:
        [(subset, data)] = self.font.splitString(chr(code), self.document)
        self.names[subset] = self.font.getSubsetInternalName(subset, self.document)
        self[code] = f"{_OTHER}{chr(subset)}{data.hex()}" if subset else data.hex()
        return self[code]

    def stretches(self, text: str) -> Iterator[tuple[str, str]]:
        """(Name of a subset, codes in hex) of a translated text, cut where the subset changes."""
        parts = ((part[1] or chr(0), part[2]) for part in _PARTS.finditer(text))
        for subset, same in groupby(parts, key=itemgetter(0)):
            yield self.names[ord(subset)], "".join(codes for _, codes in same)


def _codes(canvas: Any, font: str) -> _Codes:
    """The codes of a font in the file that the canvas writes; they live as long as the canvas."""
    known: dict[str, _Codes] = canvas.__dict__.setdefault("grid_codes", {})
    if font not in known:
        known[font] = _Codes(font, canvas)
    return known[font]


def assign_codes(canvas: Any, rows: Sequence[Row]) -> None:
    """Give the commonest characters of each font the codes of its first subset.

    A file has a font for every 256 characters; text that rarely changes font is smaller and faster.
    """
    texts: dict[str, list[str]] = {}
    for row in rows:
        for run in row.runs:
            texts.setdefault(run.font, []).append(run.text)
    for font, parts in texts.items():
        codes = _codes(canvas, font)
        for ch, _ in Counter("".join(parts)).most_common():
            codes[ord(ch)]


def draw_row(canvas: Any, row: Row, x: float, baseline: float) -> None:
    """Draw the runs of a row from x (points): Tc where the spacing changes, one Tj a subset.

    Written as operators at once: ReportLab's text object measures every run again and takes longer
    than all our line breaking (ISO 32000-1, 9.3 and 9.4).
    """
    said = [f"BT 1 0 0 1 {x:.3f} {baseline:.3f} Tm"]
    font, spacing = "", 0.0
    for wanted, gap, words in row.runs:
        codes = _codes(canvas, wanted)
        if gap != spacing:
            spacing = gap
            said.append(f"{gap:g} Tc")
        text = words.translate(codes)
        for name, piece in codes.stretches(text) if _OTHER in text else ((codes.names[0], text),):
            if name != font:
                font = name
                said.append(f"{name} {row.size:g} Tf")
            said.append(f"<{piece}> Tj")
    said.append("0 Tc ET" if spacing else "ET")
    canvas.addLiteral(" ".join(said))


def without_broken(text: str) -> str:
    """A text that a file may hold as such: without halves of characters."""
    return text.encode("utf-8", "ignore").decode("utf-8")


def set_mark(canvas: Any, mark: Mark, top: float) -> None:
    """Bookmark and entry of the outline; keys count up so that equal titles stay apart."""
    key = f"mark{canvas.getPageNumber()}-{round(top * 100)}"
    canvas.bookmarkHorizontal(key, 0, top)
    canvas.addOutlineEntry(without_broken(mark.title), key, mark.level, closed=mark.level > 0)
