"""Practice texts (演示): what units might report, invented, seeded and different from each other.

Nothing in them is real: figures come from a seeded generator, words from the measure's own text and
from resources/practice. Every part ends with （演示）.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from zlib import crc32

from hs_credit_desktop.domain.returns import Completion, FeedbackParts
from hs_credit_desktop.services.practice_phrases import (
    Pattern,
    Pen,
    Stock,
    Words,
    frames,
    pick,
)
from hs_credit_desktop.services.practice_subject import (
    PracticeMeasure,
    themes_of,
    trade_of,
    words_of,
)

PRACTICE_MARK = "（演示）"
PRACTICE_CONTACT = "演示联系人"
PRACTICE_PHONE = "000-0000000"
_LONG_SHARE = 0.06
# How a 累计 figure starts (lowest, span) and grows (least, most a round), by its magnitude: above
# what any one action reports, in tenths for 万 and 亿.
_TOTALS = {
    "a": (2, 4, 1, 2),
    "d": (20, 30, 2, 15),
    "c": (1010, 900, 60, 600),
    "k": (9900, 9000, 900, 6000),
    "w": (100, 80, 8, 60),
    "y": (12, 60, 3, 20),
}


@dataclass(frozen=True)
class _Desk:
    """All that stays the same for one unit and one measure from round to round."""

    words: Words
    own: tuple[Pattern, ...]
    subject: tuple[Pattern, ...]
    results: tuple[Pattern, ...]
    problems: tuple[Pattern, ...]
    plans: tuple[Pattern, ...]
    label: str
    total_unit: str
    total_kind: str
    first_total: int
    growth: int
    readiness: float


class PracticeWriter:
    """Writes practice feedback: same seed, measure, unit and round, same text."""

    def __init__(self, seed: int = 2024) -> None:
        self._seed = seed
        self._desks: dict[tuple[PracticeMeasure, str], _Desk] = {}

    def write(
        self, measure: PracticeMeasure, unit: str, turn: int, total: str | None = None
    ) -> FeedbackParts:
        """What `unit` reports on `measure` in round `turn` (from 1).

        total: the 累计 figure to print instead of the invented one, such as 12.6万 (条信息归集);
        without it a later round never shows less than an earlier one.
        """
        desk = self._desk(measure, unit)
        random = Random(self._mixed(measure, unit, turn))  # noqa: S311 — invented texts, no secrets
        completion = _completion(desk.readiness, turn)
        if completion is Completion.NOT_STARTED:
            if total is None:
                return _not_started(desk, random)
            completion = Completion.IN_PROGRESS  # a figure was asked for, so something was done
        return _Entry(desk, random, turn, Pen(desk.words, random)).parts(completion, total)

    def _mixed(self, measure: PracticeMeasure, unit: str, turn: int) -> int:
        return crc32(f"{self._seed}|{measure.number}|{measure.title}|{unit}|{turn}".encode())

    def _desk(self, measure: PracticeMeasure, unit: str) -> _Desk:
        key = (measure, unit)
        if key not in self._desks:
            self._desks[key] = _desk(measure, unit, Random(self._mixed(measure, unit, 0)))  # noqa: S311
        return self._desks[key]


def _desk(measure: PracticeMeasure, unit: str, random: Random) -> _Desk:
    words, themes, trade = words_of(measure, unit), themes_of(measure), trade_of(unit)
    total = Pen(words, random).say(pick(themes[0].of("totals"), random))
    label, total_unit, kind = total.split("|")
    lowest, span, least, most = _TOTALS[kind]
    return _Desk(
        words=words,
        own=_shuffled(trade.of("actions"), random),
        subject=_shuffled(_bank(themes, None, "actions", "通用举措", random), random),
        results=_shuffled(_bank(themes, None, "results", "成效", random), random),
        problems=_shuffled(_bank(themes, trade, "problems", "通用问题", random), random),
        plans=_shuffled(_bank(themes, trade, "plans", "通用打算", random), random),
        label=label,
        total_unit=total_unit,
        total_kind=kind,
        first_total=lowest + int(random.random() * span),
        growth=least + int(random.random() * (most - least + 1)),
        readiness=random.random(),
    )


def _bank(
    themes: tuple[Stock, ...], trade: Stock | None, kind: str, frame: str, random: Random
) -> tuple[Pattern, ...]:
    """Patterns of the measure's themes and the unit's trade, with two that fit everything."""
    stocks = themes if trade is None else (*themes, trade)
    general = _shuffled(frames(frame), random)[:2]
    return tuple(pattern for stock in stocks for pattern in stock.of(kind)) + general


def _shuffled(patterns: tuple[Pattern, ...], random: Random) -> tuple[Pattern, ...]:
    return tuple(random.sample(patterns, len(patterns)))


def _completion(readiness: float, turn: int) -> Completion:
    """Every fifth entry is a standing task; the others only ever move forward."""
    if readiness > 0.8:
        return Completion.ONGOING
    score = readiness / 0.8 + 0.45 * (turn - 1)
    steps = (
        (0.04, Completion.NOT_STARTED),
        (0.8, Completion.IN_PROGRESS),
        (1.05, Completion.NEARLY_DONE),
    )
    return next((step for limit, step in steps if score < limit), Completion.DONE)


def _not_started(desk: _Desk, random: Random) -> FeedbackParts:
    pen = Pen(desk.words, random)
    return FeedbackParts(
        _finished(pen.say(pick(frames("未启动"), random))),
        "",
        _finished(pen.say(pick(desk.problems, random))),
        _finished(_numbered([pen.say(plan) for plan in desk.plans[:2]], "；")),
        Completion.NOT_STARTED,
    )


@dataclass(frozen=True)
class _Entry:
    """One entry being written: each round takes the next patterns of the desk, with new figures."""

    desk: _Desk
    random: Random
    turn: int
    pen: Pen

    def parts(self, completion: Completion, total: str | None) -> FeedbackParts:
        """The four parts; progress always, the others sometimes blank as in life."""
        long = self.random.random() < _LONG_SHARE
        return FeedbackParts(
            self._progress(long, total),
            self._results(long) if self.random.random() < 0.85 else "",
            self._problems(long, completion),
            self._plans(long) if self.random.random() < 0.9 else "",
            completion,
        )

    def _progress(self, long: bool, total: str | None) -> str:
        opening = frames("首轮开头" if self.turn == 1 else "续报开头")
        own, subject = (5, 8) if long else pick(((1, 1), (1, 2), (2, 1), (2, 2)), self.random)
        opened = self.pen.say(pick(opening, self.random))
        actions = self._next(self.desk.own, own) + self._next(self.desk.subject, subject)
        layout = pick(_LAYOUTS, self.random)
        return _finished(layout(opened, actions, self._sum(total)))

    def _results(self, long: bool) -> str:
        return _finished("。".join(self._next(self.desk.results, 4 if long else self._few())))

    def _problems(self, long: bool, completion: Completion) -> str:
        share = self.random.random()
        if completion is Completion.DONE and share < 0.6:
            return (
                _finished(self.pen.say(pick(frames("无问题"), self.random))) if share < 0.3 else ""
            )
        if share > 0.85:
            return ""
        opening = self.pen.say(pick(frames("问题开头"), self.random)) if share > 0.45 else ""
        return _finished(opening + "；".join(self._next(self.desk.problems, 2 if long else 1)))

    def _plans(self, long: bool) -> str:
        plans = self._next(self.desk.plans, 4 if long else self._few())
        return _finished(_numbered(plans, "；") if len(plans) > 1 else plans[0])

    def _few(self) -> int:
        return 1 if self.random.random() < 0.55 else 2

    def _next(self, bank: tuple[Pattern, ...], count: int) -> list[str]:
        """The next `count` patterns of the bank, going on where the round before stopped."""
        start = (self.turn - 1) * 2
        chosen = [bank[(start + step) % len(bank)] for step in range(min(count, len(bank)))]
        return [self.pen.say(pattern) for pattern in chosen]

    def _sum(self, total: str | None) -> str:
        desk = self.desk
        number = desk.first_total + desk.growth * (self.turn - 1)
        tenths = {"w": "万", "y": "亿"}.get(desk.total_kind)
        shown = f"{number / 10:.1f}{tenths}" if tenths else str(number)
        label, value = (
            (desk.label, shown + desk.total_unit)
            if total is None
            else (f"归集{desk.words['data'][0]}", f"{total}条")
        )
        # A given figure may be one that fell: no frame that praises its growth.
        frame = pick(frames("累计"), self.random) if total is None else frames("累计")[0]
        words = {**desk.words, "label": (label,), "total": (value,)}
        return Pen(words, self.random).say(frame)


def _numbered(items: list[str], joint: str) -> str:
    return joint.join(
        f"{numeral}是{item}" for numeral, item in zip("一二三四五六七八九", items, strict=False)
    )


def _linked(actions: list[str]) -> str:
    links = ("", "同时，", "此外，", "在此基础上，")
    return "。".join(links[at % 4] + action for at, action in enumerate(actions))


_LAYOUTS: tuple[Callable[[str, list[str], str], str], ...] = (
    lambda opening, actions, total: f"{opening}。{_numbered(actions, '。')}。{total}",
    lambda opening, actions, total: f"{opening}。{_numbered(actions, '；')}。{total}",
    lambda opening, actions, total: f"{opening}。{_linked(actions)}。{total}",
    lambda opening, actions, total: f"{opening}。{total}。{'。'.join(actions)}",
    lambda opening, actions, total: "\n".join(
        [f"{opening}。", *(f"{at}．{item}。" for at, item in enumerate(actions, 1)), total]
    ),
)
_DOUBLED = re.compile(r"(工作|任务)(?:工作)|(推进|推动|加强|开展|建立)\2")


def _finished(text: str) -> str:
    return _DOUBLED.sub(r"\1\2", text) + "。" + PRACTICE_MARK


def whole_text(parts: FeedbackParts) -> str:
    """The four parts as one text, the way texts are compared."""
    return "\n".join(parts.texts)


_SHIFTED = tuple(
    str.maketrans("123456789", "123456789"[shift:] + "123456789"[:shift]) for shift in range(9)
)


def refigured(parts: FeedbackParts, number: int) -> FeedbackParts:
    """The same words with other figures, by `number`: for a million entries, where writing is slow.

    A list of items (1．2．…) stays as it is, or its numbers would go astray.
    """
    table = _SHIFTED[number % len(_SHIFTED)]
    progress, results, problems, next_steps = (
        text if "．" in text else text.translate(table) for text in parts.texts
    )
    return FeedbackParts(progress, results, problems, next_steps, parts.completion)
