"""A measure over rounds and years: which measures of several notices are one, totals in a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hs_credit_desktop.domain.figures import Figure, figures, same_thing


@dataclass(frozen=True)
class Link:
    """A measure that goes on with one of an earlier notice; both are ids.

    recorded: the clerk saw the pair when the notice was read; else it is guessed from the words,
    `likeness` 0.0–1.0.
    """

    old: str
    new: str
    recorded: bool
    likeness: float = 1.0

    @property
    def words(self) -> str:
        """How the pair is known, for the clerk."""
        if self.recorded:
            return "读入通知时已对应"
        return f"按文字推定，相近 {self.likeness:.0%}"


def chain(measure_id: str, links: Iterable[Link]) -> frozenset[str]:
    """The measure with all that it goes on with and that go on with it, over any notices."""
    found, kept = {measure_id}, tuple(links)
    while (
        more := {end for one in kept if {one.old, one.new} & found for end in (one.old, one.new)}
        - found
    ):
        found |= more
    return frozenset(found)


@dataclass(frozen=True)
class TotalLine:
    """A total (累计…) over rounds, oldest first; None where a round does not say it."""

    label: str
    unit: str
    values: tuple[Figure | None, ...]

    @property
    def last_two(self) -> tuple[Figure, Figure] | None:
        """The newest value and the one said before it, oldest first; None when there is one."""
        said = [one for one in self.values if one is not None]
        return (said[-2], said[-1]) if len(said) > 1 else None

    @property
    def change(self) -> Decimal | None:
        """How much the newest differs from the one before in per cent; None without one."""
        if self.last_two is None or not self.last_two[0].value:
            return None
        before, now = self.last_two
        return (now.value - before.value) / before.value * 100

    @property
    def fell(self) -> bool:
        """Whether the newest is below the one before."""
        return self.last_two is not None and self.last_two[1].value < self.last_two[0].value


def total_lines(texts: Sequence[Sequence[str]]) -> tuple[TotalLine, ...]:
    """The totals in one unit's texts beside each other. texts: by round, the oldest first.

    The same thing (domain/figures: same counting word, label that reads alike) stands in one line;
    a round counts each thing once.
    """
    lines: list[list[Figure | None]] = []
    for at, said in enumerate(texts):
        for now in (one for text in said for one in figures(text) if one.total):
            if same_thing(now, [_newest(line) for line in lines if len(line) > at]):
                continue
            before = same_thing(now, [_newest(line) for line in lines])
            line = next((one for one in lines if _newest(one) is before), [])
            if before is None:
                lines.append(line)
            line += [*[None] * (at - len(line)), now]
    size = len(texts)
    return tuple(
        TotalLine(_newest(line).label, _newest(line).unit, (*line, *[None] * (size - len(line))))
        for line in lines
    )


def _newest(line: Sequence[Figure | None]) -> Figure:
    return next(one for one in reversed(line) if one is not None)
