"""Characters of a round's texts that no font has: known before the paper is made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.domain.returns import PART_LABELS, TEXTS, Entry
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import composing, entry_pages

AT_ONCE = 200  # entries: so few that nobody waits for them
MOST = 500  # characters that are named; whoever has more of them has another trouble


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


def rare_in_round(
    ws: Workspace, round_: Round, stopped: Callable[[], bool]
) -> tuple[RareCharacter, ...]:
    """The same of all texts of a round, read a few at a time; the first MOST of them.

    stopped: asked between; what was found until then is given. UserError as in rare_characters.
    """
    from hs_credit_desktop.reports import fonts

    found: list[RareCharacter] = []
    rows, said = composing.texts_after(ws.ledger, round_.id, 0, AT_ONCE)
    while rows and len(found) < MOST and not stopped():
        if fonts.missing("".join(set(said))):
            found += rare_characters(entry_pages.page(ws.ledger, rows))
        rows, said = composing.texts_after(ws.ledger, round_.id, rows[-1], AT_ONCE)
    found.sort(key=lambda item: (item.entry.measure_number, item.entry.role != Role.LEAD.value))
    return tuple(found[:MOST])
