"""Figures in a text: counted things with 万, 亿, % and ‰ made comparable, and totals that fell.

Years, dates, model names (301模式, 1+17+N) and deadlines are no results and are left out.
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
_START = r"(?<![\d.+＋A-Za-z—～~\-第])"
_DIGITS = r"(\d{1,3}(?:[,，]\d{3})+|\d+)(\.\d+)?\s*"
_SCALE = r"(十万|百万|千万|亿|万|千|百)?"
_REST = r"(?:余|多)?\s*(%|％|‰|个百分点|[\u4e00-\u9fff]{0,3})"
_NUMBER = re.compile(_START + _DIGITS + _SCALE + _REST)
_RANGE = re.compile(
    _START + _DIGITS + _SCALE + r"(?:%|％)?\s*(?:—+|～|~|-|至|到)\s*" + _DIGITS + _SCALE + _REST
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

    label: the words between 累计 and the number; only totals have one. upto: the upper end of a
    range (3—5家), whose lower end is `value`.
    """

    value: Decimal
    unit: str
    printed: str
    start: int
    end: int
    total: bool = False
    label: str = ""
    upto: Decimal | None = None


def figures(text: str) -> tuple[Figure, ...]:
    """All figures of a text in order; offsets are those of the text itself."""
    plain = narrow(text)
    ranges = [item for match in _RANGE.finditer(plain) if (item := _range(plain, text, match))]
    single = (_figure(plain, text, match) for match in _NUMBER.finditer(plain))
    loose = (item for item in single if item and not any(_inside(item, one) for one in ranges))
    return tuple(sorted((*ranges, *loose), key=lambda item: item.start))


def _inside(item: Figure, whole: Figure) -> bool:
    return whole.start <= item.start < whole.end


def _range(plain: str, text: str, match: re.Match[str]) -> Figure | None:
    """3—5万条: one figure with two ends; the scale of the upper end holds for both."""
    whole, fraction, scale, upper, upper_fraction, upper_scale, rest = match.groups()
    unit = _unit(rest)
    if not unit or _NO_RESULT.match(rest):
        return None
    upto = _value(upper, upper_fraction, upper_scale, unit)
    value = _value(whole, fraction, scale or upper_scale, unit)
    if value >= upto:
        return None
    return _made(plain, text, (match.start(), match.start(7) + len(unit)), value, unit, upto)


def _value(whole: str, fraction: str | None, scale: str | None, unit: str) -> Decimal:
    digits = re.sub("[,，]", "", whole) + (fraction or "")
    return Decimal(digits) * _SCALES[scale or ""] * (10**4 if unit == "万元" else 1)


def _made(
    plain: str,
    text: str,
    place: tuple[int, int],
    value: Decimal,
    unit: str,
    upto: Decimal | None = None,
) -> Figure:
    start, end = place
    before = _TOTAL.search(plain[:start])
    return Figure(
        value=value,
        unit="元" if unit in ("万元", "亿元") else unit,
        printed=text[start:end],
        start=start,
        end=end,
        total=before is not None,
        label=before[1] if before else "",
        upto=upto,
    )


def _figure(plain: str, text: str, match: re.Match[str]) -> Figure | None:
    whole, fraction, scale, rest = match.groups()
    if scale is None and _NO_RESULT.match(plain[match.end(2) if fraction else match.end(1) :]):
        return None
    unit = _unit(rest)
    value = _value(whole, fraction, scale, unit)
    return _made(plain, text, (match.start(), match.start(4) + len(unit)), value, unit)


def _unit(rest: str) -> str:
    """The counting word right after the number, % and ‰ included; empty when there is none."""
    if rest in ("%", "％", "‰"):
        return "‰" if rest == "‰" else "%"
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
        earlier = same_thing(now, before) if now.total else None
        if earlier and now.value < earlier.value:
            found.append(Fall(earlier, now))
    return tuple(found)


def same_thing(now: Figure, before: Sequence[Figure]) -> Figure | None:
    """The earlier total that counts the same: same unit, and a label that reads alike."""
    fitting = [item for item in before if item.unit == now.unit]
    scored = [(_alike(item.label, now.label), -at) for at, item in enumerate(fitting)]
    best = max(scored, default=(0.0, 0))
    return fitting[-best[1]] if best[0] >= LABEL_ALIKE else None


def _alike(left: str, right: str) -> float:
    """1.0 when both say nothing: the only total of that unit is the same one."""
    return similarity(left, right) if core(left) or core(right) else 1.0
