"""Two rows that are not the same but would be called alike after a merge: one has to give way.

It happens when one PC renames a unit to what the other PC calls a new one. They may be one body or
two: only the clerk knows, so they stay two, and the clerk says which of them keeps the name.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from hs_credit_desktop.store.merge_rows import NAMED, Key, Row, Shape
from hs_credit_desktop.store.seals import Stamp


@dataclass(frozen=True)
class Clash:
    """A row of this ledger and one of the other that would share their name."""

    table: str
    here: Row
    there: Row

    @property
    def id(self) -> str:
        """The name under which a decision is given."""
        return (
            f"{self.table}|{self.here.values['id']}|{NAMED[self.table]}|{self.there.values['id']}"
        )

    @property
    def name(self) -> str:
        """What both are called."""
        return str(self.here.values[NAMED[self.table]])

    def other_names(self) -> Iterator[str]:
        """What the one that gives way may be called, until the clerk renames it."""
        yield f"{self.name}（另一个）"
        yield from (f"{self.name}（另一个{number}）" for number in count(2))


def clashes(
    shape: Shape, ours: Mapping[Key, Row], replaced: Iterable[Key], brought: Iterable[Row]
) -> Iterator[Clash]:
    """Pairs of one table. replaced: keys of `ours` whose name goes; brought: rows with their name
    as it comes from the other side."""
    column, gone = NAMED[shape.name], set(replaced)
    own = {row.values[column]: row for key, row in ours.items() if key not in gone}
    for row in brought:
        mine = own.get(row.values[column])
        if mine is not None and mine.values["id"] != row.values["id"]:
            yield Clash(shape.name, mine, row)


def renamed(row: Row, table: str, name: str, now: Stamp) -> Row:
    """A row that comes in under another name, which was given here and now."""
    column = NAMED[table]
    values = {**row.values, column: name}
    return replace(row, values=values, fields={**row.fields, column: now})
