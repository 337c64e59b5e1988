"""Characters of a round's texts that no font has: known before the paper is made."""

from collections.abc import Iterable
from dataclasses import dataclass

from hs_credit_desktop.domain.returns import PART_LABELS, TEXTS, Entry
from hs_credit_desktop.domain.text import chinese_number


@dataclass(frozen=True)
class RareCharacter:
    """A character that would be printed as 〓, and an entry and part that hold it."""

    character: str
    entry: Entry
    part: str

    @property
    def code(self) -> str:
        """U+30EDE, as font makers name it."""
        return f"U+{ord(self.character):04X}"

    @property
    def where(self) -> str:
        """市财政局（三）进展情况."""
        number = chinese_number(self.entry.measure_number)
        return f"{self.entry.unit_name}（{number}）{PART_LABELS[self.part]}"


def rare_characters(entries: Iterable[Entry]) -> tuple[RareCharacter, ...]:
    """Each character no font has with each entry and part it stands in, in their order.

    No ledger is touched, so it may run on a worker. UserError when no font file is whole.
    """
    from hs_credit_desktop.reports import fonts

    return tuple(
        RareCharacter(character, entry, part)
        for entry in entries
        for part in TEXTS
        for character in fonts.missing(getattr(entry.parts, part))
    )
