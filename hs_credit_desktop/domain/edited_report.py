"""An edited report beside the ledger: figures that differ, sentences new, changed or gone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from hs_credit_desktop.domain.composing import split
from hs_credit_desktop.domain.similarity import core, overlap, shingles
from hs_credit_desktop.domain.text import narrow

COUNTERPART = 0.5  # from this likeness on an edited sentence is another one rewritten
SAME_HEADING = 0.6
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_NUMBER = re.compile(
    r"\d+(?:,\d{3})*(?:\.\d+)?(?![\d.]*[年月日号])[百千万亿]*(?:[%％]|[\u4e00-\u9fff])?"
)
_COUNTED = re.compile(r"[\u4e00-\u9fff](?<![百千万亿])$")
_LABEL = re.compile(r"^附件\s*\d*[：:]?$")


@dataclass(frozen=True)
class Line:
    """A line of the report as the ledger makes it now.

    node: measure id or chapter it belongs to, "" for title, signature and annex tables; where: the
    heading it stands under; heading: it is one itself.
    """

    node: str
    where: str
    text: str
    heading: bool = False


class Difference(StrEnum):
    """How a sentence of the file differs from the ledger, the weightiest first."""

    FIGURE = "figure"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"

    @property
    def label(self) -> str:
        """The word in the list."""
        return {
            "figure": "数字与台账不一致",
            "changed": "文字改动",
            "new": "新增的句子",
            "gone": "删去的句子",
        }[self.value]


@dataclass(frozen=True)
class Finding:
    """One difference. ledger, edited: the sentences, "" where there is none.

    numbers: (in the file, in the ledger) of each figure that differs, "" where one has none;
    the paragraphs are those the sentences stand in.
    """

    kind: Difference
    node: str
    where: str
    ledger: str
    edited: str
    numbers: tuple[tuple[str, str], ...] = ()
    ledger_paragraph: str = ""
    edited_paragraph: str = ""


@dataclass(frozen=True)
class _Piece:
    """A sentence with its paragraph and place."""

    text: str
    line: Line

    @property
    def key(self) -> tuple[str, str]:
        return self.line.node, core(self.text)


def headings_found(report: Sequence[Line], edited: Iterable[str]) -> float:
    """Which share of the report's headings stands in the file, 0–1: is it a report at all."""
    wanted = {core(line.text) for line in report if line.heading}
    return len(wanted & {core(text) for text in edited}) / max(len(wanted), 1)


def compare(
    report: Sequence[Line], edited: Sequence[str], names: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """What differs, figures first, then in the order of the file.

    report: as the ledger makes it now; edited: the lines of the file, cells of a table row parted
    by tabs. names: units, whose 甲： begins an item of an inner list.
    """
    theirs = [piece for line in _placed(report, edited) for piece in _pieces(line, names)]
    ours = [piece for line in report for piece in _pieces(line, names)]
    ours, theirs = _without_title(ours, theirs)
    left, right = _unmatched(ours, theirs)
    pairs = _counterparts(left, right)
    found = [_finding(mine, yours) for mine, yours in pairs]
    order = list(Difference)
    return tuple(sorted(found, key=lambda item: order.index(item.kind)))


def _without_title(ours: list[_Piece], theirs: list[_Piece]) -> tuple[list[_Piece], list[_Piece]]:
    """Both sides without a title that stands whole, on however many lines, before any heading."""
    ahead = [piece for piece in theirs if not piece.line.where]
    said = core("".join(piece.text for piece in ahead))
    titles = [piece for piece in ours if not piece.line.where and core(piece.text) in said]
    whole = [core(piece.text) for piece in titles]
    rest = [
        piece
        for piece in theirs
        if piece.line.where or not any(core(piece.text) in title for title in whole)
    ]
    return [piece for piece in ours if piece not in titles], rest


def _pieces(line: Line, names: Sequence[str]) -> list[_Piece]:
    if "\t" in line.text:
        return [_Piece(line.text, line)]
    return [_Piece(text, line) for text in split(line.text, names)]


def _placed(report: Sequence[Line], edited: Sequence[str]) -> list[Line]:
    """The lines of the file under the headings of the report."""
    headings = [line for line in report if line.heading]
    exact = {core(line.text): line for line in headings}
    here = Line("", "", "")
    found = []
    for text in edited:
        if not core(text) or _LABEL.match(text.strip()):
            continue
        heading = exact.get(core(text)) or _heading_like(text, headings)
        here = heading or here
        found.append(replace(here, text=text.strip(), heading=heading is not None))
    return found


def _heading_like(text: str, headings: Sequence[Line]) -> Line | None:
    """The heading that was edited a little: short, and alike enough."""
    if "。" in text or len(text) > 60:
        return None
    parts = shingles(text)
    scored = [(overlap(parts, shingles(line.text)), -at) for at, line in enumerate(headings)]
    best = max(scored, default=(0.0, 0))
    return headings[-best[1]] if best[0] >= SAME_HEADING else None


def _unmatched(
    ours: Sequence[_Piece], theirs: Sequence[_Piece]
) -> tuple[list[_Piece], list[_Piece]]:
    """What has no equal on the other side: under the same heading first, then anywhere (moved)."""
    left, right = _without_equals(ours, theirs, [piece.key for piece in ours])
    return _without_equals(left, right, [piece.key[1:] for piece in left])


def _without_equals(
    ours: Sequence[_Piece], theirs: Sequence[_Piece], keys: Sequence[tuple[str, ...]]
) -> tuple[list[_Piece], list[_Piece]]:
    """Both sides without what has the same key; keys: those of `ours`, node and words or words."""
    stock: dict[tuple[str, ...], list[int]] = {}
    for at, key in enumerate(keys):
        stock.setdefault(key, []).append(at)
    width = len(keys[0]) if keys else 1
    matched: set[int] = set()
    rest = []
    for piece in theirs:
        same = stock.get(piece.key[-width:])
        if same:
            matched.add(same.pop(0))
        else:
            rest.append(piece)
    return [piece for at, piece in enumerate(ours) if at not in matched], rest


def _counterparts(
    left: Sequence[_Piece], right: Sequence[_Piece]
) -> list[tuple[_Piece | None, _Piece | None]]:
    """Edited sentences with what they were rewritten from; each is used once, best first."""
    scored = []
    ours = [(piece, _shape(piece.text)) for piece in left]
    for number, yours in enumerate(right):
        parts = _shape(yours.text)
        for at, (mine, known) in enumerate(ours):
            if mine.line.node == yours.line.node and mine.line.where == yours.line.where:
                alike = overlap(parts, known)
                if alike >= COUNTERPART:
                    scored.append((-alike, number, at))
    taken: dict[int, int] = {}
    for _, number, at in sorted(scored):
        if number not in taken and at not in taken.values():
            taken[number] = at
    pairs: list[tuple[_Piece | None, _Piece | None]] = [
        (left[taken[number]] if number in taken else None, yours)
        for number, yours in enumerate(right)
    ]
    used = set(taken.values())
    return pairs + [(mine, None) for at, mine in enumerate(left) if at not in used]


def _shape(text: str) -> frozenset[str]:
    """What a sentence is found again by: its words, whatever its figures."""
    return shingles(_DIGITS.sub("0", text))


def _finding(mine: _Piece | None, yours: _Piece | None) -> Finding:
    line = yours.line if yours else mine.line if mine else Line("", "", "")
    old, new = mine.text if mine else "", yours.text if yours else ""
    numbers = _numbers(new, old) if mine and yours else ()
    if numbers:
        kind = Difference.FIGURE
    else:
        kind = (
            Difference.CHANGED if mine and yours else Difference.NEW if yours else Difference.GONE
        )
    return Finding(
        kind,
        line.node,
        line.where,
        old,
        new,
        numbers,
        mine.line.text if mine else "",
        yours.line.text if yours else "",
    )


def _numbers(edited: str, ledger: str) -> tuple[tuple[str, str], ...]:
    """(in the file, in the ledger) of the numbers that differ, in order; dates are none."""
    theirs, ours = _numerals(edited), _numerals(ledger)
    found = []
    matcher = SequenceMatcher(None, [_value(one) for one in theirs], [_value(one) for one in ours])
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        for at in range(max(b - a, d - c)):
            one = theirs[a + at] if a + at < b else ""
            other = ours[c + at] if c + at < d else ""
            found.append((one, other))
    return tuple(found)


def _numerals(text: str) -> list[str]:
    """12.6万条, 98%, 3期: digits with scale and counting word, as they are printed."""
    return [match[0] for match in _NUMBER.finditer(narrow(text))]


def _value(printed: str) -> str:
    """What two numbers are compared by: without separators and the counting word."""
    return _COUNTED.sub("", printed.replace(",", "").replace("％", "%"))


def put_in(lines: Sequence[str], old: str, new: str) -> list[str]:
    """The paragraphs with a new one in place of the one most like `old`; else at the end."""
    parts = shingles(old)
    scored = [(overlap(parts, shingles(line)), -at) for at, line in enumerate(lines)]
    best = max(scored, default=(0.0, 0))
    if best[0] < COUNTERPART:
        return [*lines, new]
    return [new if at == -best[1] else line for at, line in enumerate(lines)]
