"""Figures in a text: counted things with 万, 亿 and % made comparable, and totals that fell.

Years, dates, spans, model names (301模式, 1+17+N) and deadlines are no results and are left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hs_credit_desktop.domain.similarity import core, similarity
from hs_credit_desktop.domain.text import narrow

_SCALES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
_NUMBER = re.compile(
    r"(?<![\d.+＋A-Za-z—～~\-第])(\d{1,3}(?:[,，]\d{3})+|\d+)(\.\d+)?\s*"
    r"(十万|百万|千万|亿|万|千|百)?(?:余|多)?\s*(%|％|个百分点|[\u4e00-\u9fff]{0,3})"
)
_NO_RESULT = re.compile(
    r"^(?:年|月|日|号|时|点|天|季度|周|期|条措施|种模式|模式|版|届|楼|室|类条)|^\s*[+＋—～~\-]\s*[\dN]"
)
_TOTAL = re.compile(r"(?:累计|总计|共计|合计|总数|总量|截至)([^。；;\n\d]{0,24})$")
_MEASURE_WORDS = re.compile(
    r"^(?:人次|家次|件次|批次|亿元|万元|个百分点|[元条家件份个户次批名人项处起期笔场吨亩辆])"
)
LABEL_ALIKE = 0.5


@dataclass(frozen=True)
class Figure:
    """One figure: its value as a plain number, what is counted, and where it stands in the text.

    label: the words between 累计 and the number; only totals have one.
    """

    value: Decimal
    unit: str
    printed: str
    start: int
    end: int
    total: bool = False
    label: str = ""


def figures(text: str) -> tuple[Figure, ...]:
    """All figures of a text in order; offsets are those of the text itself."""
    plain = narrow(text)
    found = (_figure(plain, text, match) for match in _NUMBER.finditer(plain))
    return tuple(item for item in found if item)


def _figure(plain: str, text: str, match: re.Match[str]) -> Figure | None:
    whole, fraction, scale, rest = match.groups()
    if scale is None and _NO_RESULT.match(plain[match.end(2) if fraction else match.end(1) :]):
        return None
    unit = _unit(rest)
    end = match.start(4) + len(unit)
    digits = re.sub("[,，]", "", whole) + (fraction or "")
    before = _TOTAL.search(plain[: match.start()])
    return Figure(
        value=Decimal(digits) * _SCALES[scale or ""] * (10**4 if unit == "万元" else 1),
        unit="元" if unit in ("万元", "亿元") else unit,
        printed=text[match.start() : end],
        start=match.start(),
        end=end,
        total=before is not None,
        label=before[1] if before else "",
    )


def _unit(rest: str) -> str:
    """The counting word right after the number, % included; empty when there is none."""
    if rest in ("%", "％"):
        return "%"
    match = _MEASURE_WORDS.match(rest)
    return match[0] if match else ""


@dataclass(frozen=True)
class Fall:
    """A total that is smaller than before."""

    old: Figure
    new: Figure

    @property
    def words(self) -> str:
        """12.6万条 → 11.9万条（−5.6%）."""
        share = (self.new.value - self.old.value) / self.old.value * 100
        return f"{self.old.printed} → {self.new.printed}（−{abs(share):.1f}%）"


def falls(old: str, new: str) -> tuple[Fall, ...]:
    """Totals of the new text that are below the total of the same thing in the old one."""
    before = [item for item in figures(old) if item.total]
    found = []
    for now in figures(new):
        earlier = _same_thing(now, before) if now.total else None
        if earlier and now.value < earlier.value:
            found.append(Fall(earlier, now))
    return tuple(found)


def _same_thing(now: Figure, before: Sequence[Figure]) -> Figure | None:
    """The earlier total that counts the same: same unit, and a label that reads alike."""
    fitting = [item for item in before if item.unit == now.unit]
    scored = [(_alike(item.label, now.label), -at) for at, item in enumerate(fitting)]
    best = max(scored, default=(0.0, 0))
    return fitting[-best[1]] if best[0] >= LABEL_ALIKE else None


def _alike(left: str, right: str) -> float:
    """1.0 when both say nothing: the only total of that unit is the same one."""
    return similarity(left, right) if core(left) or core(right) else 1.0
