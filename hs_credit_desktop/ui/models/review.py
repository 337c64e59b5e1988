"""Rows of 审核: returns that wait with their flags, and the entries of one return."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hs_credit_desktop.domain.flags import Flag, FlagKind
from hs_credit_desktop.domain.returns import Entry, ExpectedReturn
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services.reviewing import QueueRow
from hs_credit_desktop.ui.models.chip import ChipSign
from hs_credit_desktop.ui.models.rows import Cell, Column

REPEATS = (FlagKind.REPEATS_LAST, FlagKind.REPEATS_OTHER, FlagKind.REPEATS_NOTICE)
# Kind → (icon, ink, style); the first of a return's kinds in this order stands on its chip.
SIGNS = {
    FlagKind.PRIVATE_NUMBER: ("warning", "bad", "filled"),
    FlagKind.TOTAL_FELL: ("arrow_trending_down", "back", "regular"),
    FlagKind.REPEATS_LAST: ("copy", "hold", "regular"),
    FlagKind.REPEATS_OTHER: ("copy", "hold", "regular"),
    FlagKind.REPEATS_NOTICE: ("copy", "hold", "regular"),
    FlagKind.BLANK: ("warning", "warn", "filled"),
    FlagKind.WRONG_YEAR: ("warning", "warn", "filled"),
    FlagKind.OTHER_CITY: ("warning", "warn", "filled"),
    FlagKind.EMPTY_PHRASES: ("warning", "warn", "filled"),
    FlagKind.ANNEX_MISSING: ("attach", "warn", "regular"),
    FlagKind.BLANK_PART: ("info", "text2", "regular"),
}
AGAIN = ChipSign("重报", "accent", "arrow_sync")


@dataclass(frozen=True)
class WaitingRow:
    """A return of the queue. known: return id → flags, which come later than the row."""

    expected: ExpectedReturn
    known: Mapping[str, tuple[Flag, ...]]

    @property
    def id(self) -> str:
        """The expected return's id."""
        return self.expected.id

    @property
    def flags(self) -> tuple[Flag, ...] | None:
        """Its flags; None while they are not known."""
        return self.known.get(self.id)

    @property
    def looked_at(self) -> bool:
        """Whether its flags are known."""
        return self.id in self.known

    @property
    def queued(self) -> QueueRow:
        """The return with the flags that are known by now."""
        return QueueRow(self.expected, self.flags or ())


def icon_style(icon: str) -> str:
    """The style an icon of a chip is drawn in: only some have a filled one."""
    styles = {name: style for name, _, style in SIGNS.values()}
    return styles.get(icon, "filled")


def flag_chips(flags: Sequence[Flag]) -> list[ChipSign]:
    """One chip a kind, the weightiest first: 数字下降, 3 条空白."""
    made = []
    for kind, (icon, ink, _) in SIGNS.items():
        count = sum(flag.kind is kind for flag in flags)
        if count:
            words = f"{count} 条空白" if kind is FlagKind.BLANK else kind.label
            made.append(ChipSign(words, ink, icon))
    return made


def row_chip(row: QueueRow) -> ChipSign | None:
    """The chip of a row of the queue; more kinds are counted: 数字下降 ＋1."""
    found = flag_chips([flag for flag in row.flags if flag.kind.blocks])
    found += [AGAIN] if row.resubmission else []
    if not found:
        return None
    rest = f" ＋{len(found) - 1}" if len(found) > 1 else ""
    return ChipSign(found[0].text + rest, found[0].ink, found[0].icon)


def _waiting(row: WaitingRow) -> Cell:
    expected = row.expected
    return Cell(expected.unit_name, expected.ordinal, chip=row_chip(row.queued))


def _count(row: WaitingRow) -> Cell:
    return Cell(f"{row.expected.covered} 条", ink="text2", right=True)


QUEUE_COLUMNS: tuple[Column[WaitingRow], ...] = (
    Column("单位", _waiting, 0),
    Column("条目", _count, 56, right=True),
)


@dataclass(frozen=True)
class EntryLine:
    """An entry of the return under review, with the flags on it."""

    entry: Entry
    flags: tuple[Flag, ...]

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id


def _entry(line: EntryLine) -> Cell:
    number = line.entry.measure_number
    found = flag_chips(line.flags)
    chip = found[0] if found else None
    words = f"（{chinese_number(number)}）{line.entry.measure_title}"
    return Cell(words, number, chip=chip, ink="text" if line.entry.covered else "warn")


ENTRY_COLUMNS: tuple[Column[EntryLine], ...] = (Column("措施", _entry, 0),)
