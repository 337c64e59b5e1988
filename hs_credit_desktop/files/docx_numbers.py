"""The numbers that Word shows before paragraphs but does not store in them (一、 （一） 1.)."""

from dataclasses import dataclass
from typing import Any

from hs_credit_desktop.domain.text import chinese_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = ("chinese", "ideograph", "japanese", "taiwanese")
_SILENT = ("bullet", "none")
_MOST = 99


@dataclass(frozen=True)
class Level:
    """One level of a list: lists with the same `abstract` count on together."""

    abstract: str
    kind: str
    pattern: str
    first: int
    restarts: bool
    legal: bool

    def shown(self, count: int, *, legal: bool) -> str:
        """A count as this level writes it: 一 or 1; always 1 in a legal number."""
        chinese = self.kind.startswith(_CHINESE) and 0 < count <= _MOST and not legal
        return chinese_number(count) if chinese else str(count)


Levels = dict[tuple[str, int], Level]


def levels_of(root: Any) -> Levels:
    """(list id, depth) → level, from the root of numbering.xml."""
    abstract = {
        each.get(W + "abstractNumId"): {
            _number(level.get(W + "ilvl")): level for level in each.iter(W + "lvl")
        }
        for each in root.iter(W + "abstractNum")
    }
    levels: Levels = {}
    for number in root.iter(W + "num"):
        name = value(number, "abstractNumId", "")
        overrides = {_number(each.get(W + "ilvl")): each for each in number.iter(W + "lvlOverride")}
        for depth, level in abstract.get(name, {}).items():
            start = overrides.get(depth)
            restart = value(start, "startOverride", "") if start is not None else ""
            levels[number.get(W + "numId"), depth] = Level(
                name,
                value(level, "numFmt", "decimal"),
                value(level, "lvlText", ""),
                _number(restart or value(level, "start", "1")),
                bool(restart),
                level.find(W + "isLgl") is not None,
            )
    return levels


def style_lists(root: Any) -> dict[str, tuple[str, int]]:
    """Style id → (list id, depth), for styles that number their paragraphs (styles.xml)."""
    found = {}
    for style in root.iter(W + "style"):
        list_of = style.find(f"{W}pPr/{W}numPr")
        if list_of is not None:
            found[style.get(W + "styleId")] = _list_of(list_of)
    return found


def value(element: Any, child: str, default: str) -> str:
    """The w:val of a child element."""
    found = element.find(W + child)
    return str(default if found is None else found.get(W + "val", default))


def _list_of(element: Any) -> tuple[str, int]:
    return value(element, "numId", "0"), _number(value(element, "ilvl", "0"))


def _number(words: str | None) -> int:
    return int(words) if words and words.isdecimal() else 0


class Counter:
    """Counts the paragraphs of all lists in the order of the document."""

    def __init__(self, levels: Levels, styles: dict[str, tuple[str, int]]) -> None:
        self.levels = levels
        self.styles = styles
        self.counts: dict[tuple[str, int], int] = {}
        self.begun: set[tuple[str, int]] = set()

    def number(self, paragraph: Any) -> str:
        """What Word shows before this paragraph; empty when it is in no list."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        key = ("0", 0)
        if own is not None:
            key = _list_of(own)
        elif style is not None:
            key = self.styles.get(style.get(W + "val"), key)
        level = self.levels.get(key)
        if level is None or level.kind in _SILENT:
            return ""
        self._count(key, level)
        shown = level.pattern
        for depth in range(key[1] + 1):
            each = self.levels.get((key[0], depth), level)
            count = self.counts.get((level.abstract, depth), each.first)
            shown = shown.replace(f"%{depth + 1}", each.shown(count, legal=level.legal))
        return shown

    def _count(self, key: tuple[str, int], level: Level) -> None:
        place = (level.abstract, key[1])
        if level.restarts and key not in self.begun:
            self.counts.pop(place, None)
        self.begun.add(key)
        self.counts[place] = self.counts.get(place, level.first - 1) + 1
        for deeper in [each for each in self.counts if each[0] == place[0] and each[1] > place[1]]:
            del self.counts[deeper]
