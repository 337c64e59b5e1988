"""Layout self-check (版式自检): every rule measured in the finished PDF, never in our settings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from statistics import median

from hs_credit_desktop.reports.checked_pages import (
    EVEN,
    TABLE_SIZE,
    CheckedPage,
    ends_at,
    full_lines,
    neighbours,
    sorted_page,
)
from hs_credit_desktop.reports.fonts import WORDS, Face, stand_ins
from hs_credit_desktop.reports.grid import MISSING_MARK
from hs_credit_desktop.reports.linebreak import NO_END, NO_START
from hs_credit_desktop.reports.page import MM, PAGE_NUMBER_BELOW, STANDARD, Layout
from hs_credit_desktop.reports.pieces import whole_pieces
from hs_credit_desktop.reports.readback import PageText, TextLine, font_embedding, read_pages
from hs_credit_desktop.reports.seal import DIAMETER, MOST, seal_place
from hs_credit_desktop.reports.setting import DATE_RIGHT, SIGNED_TEXT_LINES

_TOLERANCE = 1.0  # millimetres that margins may be off (GB/T 9704-2012, 5.2.1)
_CHARACTERS_OFF = 0.3
_PAPER = (210.0, 297.0)
_HEAD_INSET = 8.0  # millimetres that the first line of a table may stand below its upper rule


@dataclass(frozen=True)
class LayoutFinding:
    """One rule with what was measured and what it must be; words and units for the clerk."""

    rule: str
    measured: str
    limit: str
    ok: bool


def check_layout(
    file: Path, layout: Layout = STANDARD, *, sealed: bool = True, diameter: float = DIAMETER
) -> tuple[LayoutFinding, ...]:
    """All rules on one finished paper, in the order of the check list; sealed: an ink seal follows.

    diameter: of that seal in millimetres. A rule for which the paper has no place is left out.
    """
    read = read_pages(file)
    pages = [sorted_page(number, page, layout) for number, page in enumerate(read, 1)]
    rules: tuple[Callable[[Sequence[CheckedPage], Layout], LayoutFinding | None], ...] = (
        _paper,
        _top_margin,
        _binding_margin,
        _lines_a_page,
        _characters_a_line,
        _right_edge,
        _line_starts_and_ends,
        _split_numbers,
        _page_numbers,
        _number_place,
        _landscape,
        _first_page,
        _missing_glyphs,
    )
    found = (rule(pages, layout) for rule in rules)
    seal = _seal(read, layout, diameter) if sealed else ()
    return (*(one for one in found if one), *seal, _fonts(file))


def _paper(pages: Sequence[CheckedPage], _layout: Layout) -> LayoutFinding:
    sizes = {(round(one.page.width / MM, 1), round(one.page.height / MM, 1)) for one in pages}
    said = "、".join(f"{width:g}×{height:g} mm" for width, height in sorted(sizes))
    return LayoutFinding("纸张", said, "210×297 mm", sizes == {_PAPER})


def _top_margin(pages: Sequence[CheckedPage], layout: Layout) -> LayoutFinding | None:
    """Upper edge of the first line; pages that begin with a head or table or colophon have none."""
    tops = [
        (one.page.height - one.body[0].top) / MM
        for one in pages
        if one.body and one.body[0].size > TABLE_SIZE and not (one.has_head or one.is_colophon)
    ]
    return _within("天头", tops, layout.top)


def _binding_margin(pages: Sequence[CheckedPage], layout: Layout) -> LayoutFinding | None:
    """订口: on odd pages left of the text, on even ones right of it."""
    found = []
    for one in pages:
        if one.running:
            left = _left_edge(one, layout)
            right = one.page.width - left - layout.width
            found.append((left if one.number % 2 else right) / MM)
    return _within("订口", found, layout.binding)


def _left_edge(one: CheckedPage, layout: Layout) -> float:
    """Where lines of the page begin; all of them may be first lines, two characters further in."""
    left = min(line.x for line in one.running)
    indented = left - 2 * layout.pitch
    return indented if abs(indented - layout.left(one.number)) < EVEN else left


def _within(rule: str, found: Sequence[float], wanted: float) -> LayoutFinding | None:
    if not found:
        return None
    worst = max(found, key=lambda value: abs(value - wanted))
    good = abs(worst - wanted) <= _TOLERANCE
    return LayoutFinding(rule, f"{worst:.1f} mm", f"{wanted:g}±1 mm", good)


def _lines_a_page(pages: Sequence[CheckedPage], layout: Layout) -> LayoutFinding | None:
    """Full pages of text carry all lines, one less where a keep rule moved one.

    A page before a carried-over heading or signature, the title page and the last may be shorter.
    """
    place = seal_place([one.page for one in pages], layout)
    signed = place.page if place else 0
    counts = [
        len(one.body)
        for one, after in pairwise(pages)
        if one.is_text
        and after.is_text
        and not one.has_title
        and not _carried(after.body[0])
        and after.number != signed
    ]
    most = max((len(one.body) for one in pages if one.is_text), default=0)
    if not most:
        return None
    least = min(counts, default=layout.lines)
    said = f"{least}—{most} 行" if least < most else f"{most} 行"
    good = most <= layout.lines and least >= layout.lines - 1
    return LayoutFinding(
        "每页行数", said, f"{layout.lines} 行（移行时 {layout.lines - 1} 行）", good
    )


def _carried(line: TextLine) -> bool:
    """Whether a page begins with something that may not be parted from what follows."""
    numbered = line.text.split(".", 1)[0].isdigit()
    return numbered or line.font == Face.HEI.value or line.text.startswith("（")


def _characters_a_line(pages: Sequence[CheckedPage], layout: Layout) -> LayoutFinding | None:
    """How many characters of the usual distance fill a line: spread and squeezed ones are fewer."""
    steps = [
        after.x - one.x
        for line in chain.from_iterable(page.running for page in pages)
        for one, after in pairwise(line.chars)
        if _is_han(one.ch) and _is_han(after.ch)
    ]
    if not steps:
        return None
    count = layout.width / median(steps)
    good = abs(count - layout.chars) <= _CHARACTERS_OFF
    return LayoutFinding("满行字数", f"{count:.1f} 字", f"{layout.chars} 字", good)


def _is_han(ch: str) -> bool:
    return "\u4e00" <= ch <= "\u9fff"


def _right_edge(pages: Sequence[CheckedPage], layout: Layout) -> LayoutFinding:
    uneven = [line for line, right in full_lines(pages, layout) if not ends_at(line, right, layout)]
    return LayoutFinding("右边对齐", _times(len(uneven)), "0 处", not uneven)


def _line_starts_and_ends(pages: Sequence[CheckedPage], layout: Layout) -> LayoutFinding:
    bad = 0
    for line, after in neighbours(pages, layout):
        bad += line.text[-1] in NO_END
        bad += after.text[0] in NO_START
    return LayoutFinding("行首行尾禁则", _times(bad), "0 处", not bad)


def _split_numbers(pages: Sequence[CheckedPage], layout: Layout) -> LayoutFinding:
    bad = 0
    for line, after in neighbours(pages, layout):
        seam = len(line.text)
        bad += any(start < seam < end for start, end in whole_pieces(line.text + after.text))
    return LayoutFinding("数字与单位拆行", _times(bad), "0 处", not bad)


def _page_numbers(pages: Sequence[CheckedPage], layout: Layout) -> LayoutFinding:
    """Every page but the first of a letter and one with the colophon alone is numbered."""
    wrong = [
        one.number
        for one in pages
        if "".join(line.text for line in one.below).replace(" ", "")
        != ("" if one.is_letter(layout) or one.is_colophon else f"—{one.number}—")
    ]
    said = "、".join(f"第 {number} 页" for number in wrong) or f"{len(pages)} 页连续"
    return LayoutFinding("页码", said, "每页都有，从 1 起连续", not wrong)


def _number_place(pages: Sequence[CheckedPage], layout: Layout) -> LayoutFinding | None:
    """Below the 版心 by 7 mm; odd pages right, even pages left, one character in."""
    marked = [(one, one.below[0]) for one in pages if one.below]
    if not marked:
        return None
    drops = [layout.bottom - _dash_top(line) / MM for _, line in marked]
    worst = max(drops, key=lambda drop: abs(drop - PAGE_NUMBER_BELOW))
    sides = all((line.x > one.page.width / 2) == bool(one.number % 2) for one, line in marked)
    good = sides and abs(worst - PAGE_NUMBER_BELOW) <= _TOLERANCE
    side = "单页居右双页居左" if sides else "左右不符"
    limit = f"版心下 {PAGE_NUMBER_BELOW:g} mm，单页居右双页居左"
    return LayoutFinding("页码位置", f"版心下 {worst:.1f} mm，{side}", limit, good)


def _dash_top(line: TextLine) -> float:
    """The dash beside the number stands in the middle of the figures."""
    return line.y + (line.top - line.y) / 2


def _landscape(pages: Sequence[CheckedPage], layout: Layout) -> LayoutFinding | None:
    """The head of a landscape page stands left: at the binding edge of odd pages (clause 8)."""
    turned = [one for one in pages if one.page.turned]
    if not turned:
        return None
    # As the page is read, its upper edge is the left edge of the paper.
    off = [
        (one.page.width - one.page.turned[0].top - layout.left(one.number)) / MM for one in turned
    ]
    worst = max(off, key=lambda value: abs(value - _HEAD_INSET / 2))
    good = -_TOLERANCE <= worst <= _HEAD_INSET
    said = f"{len(turned)} 页，距版心左边 {worst:.1f} mm"
    return LayoutFinding("横排页朝向", said, "表头朝左，单页在订口一边", good)


def _first_page(pages: Sequence[CheckedPage], _layout: Layout) -> LayoutFinding:
    lines = [line for one in pages[:1] for line in one.body if line.font != Face.TITLE.value]
    return LayoutFinding("首页有正文", f"{len(lines)} 行", "至少 1 行", bool(lines))


def _seal(pages: Sequence[PageText], layout: Layout, diameter: float) -> tuple[LayoutFinding, ...]:
    """Text on the seal page, the seal close to it, the date four in; nothing when unsigned."""
    place = seal_place(pages, layout, diameter)
    if place is None:
        return ()
    return (
        LayoutFinding(
            "盖章页有正文",
            f"{place.text_lines} 行",
            f"至少 {SIGNED_TEXT_LINES} 行",
            place.text_lines >= SIGNED_TEXT_LINES,
        ),
        LayoutFinding(
            "印章上沿距正文",
            f"{place.above:.1f} 行（直径 {place.diameter:g} mm）",
            f"{MOST:g} 行之内，不压正文",
            0 <= place.above <= MOST,
        ),
        LayoutFinding(
            "日期右空",
            f"{place.date_right:.1f} 字",
            f"{DATE_RIGHT:g} 字",
            abs(place.date_right - DATE_RIGHT) <= _CHARACTERS_OFF,
        ),
    )


def _missing_glyphs(pages: Sequence[CheckedPage], _layout: Layout) -> LayoutFinding:
    """〓 stands where no font has the character."""
    places = [one.number for one in pages if MISSING_MARK in one.page.text]
    count = sum(one.page.text.count(MISSING_MARK) for one in pages)
    where = "（第 " + "、".join(map(str, places)) + " 页）" if places else ""
    return LayoutFinding("缺字", f"{count} 个{where}", "0 个", not count)


def _fonts(file: Path) -> LayoutFinding:
    embedded = font_embedding(file)
    bare = [name for name, whole in embedded.items() if not whole]
    kinds = {name.partition("+")[2] for name in embedded}
    said = "未嵌入：" + "、".join(bare) if bare else f"{len(kinds)} 种，全部嵌入"
    replaced = stand_ins()
    said += "".join(
        f"；{face.file.name} 缺失或已损坏，{WORDS[face]}以{WORDS[other]}代替，请重装程序"
        for face, other in replaced.items()
    )
    return LayoutFinding("字体嵌入", said, "全部嵌入", bool(embedded) and not (bare or replaced))


def _times(count: int) -> str:
    return f"{count} 处"
