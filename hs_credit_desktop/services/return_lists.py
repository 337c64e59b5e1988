"""Lists of returns: found by name, initials or number, counted, and read by the page."""

from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from hs_credit_desktop.domain.returns import ExpectedReturn
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.services import office
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import return_pages
from hs_credit_desktop.store.return_pages import By, ReturnQuery


class ReturnList:
    """Returns of a round that are read by the page; good until the next change.

    by, falling: what it is sorted by; None is official order. Words that are a number find the
    units whose number begins so.
    """

    def __init__(
        self,
        ws: Workspace,
        round_: Round,
        query: ReturnQuery,
        by: By | None = None,
        *,
        falling: bool = False,
    ) -> None:
        self._ws, self._round = ws, round_
        self._query = replace(
            query,
            words=query.words.strip(),
            due_on=round_.due_on,
            today=ws.today,
            soon=ws.today + timedelta(days=office.thresholds(ws).due_soon_days),
        )
        self._by, self._falling = by, falling
        self.order = self._order()

    def _order(self) -> "array[int]":
        words = self._query.words
        if not words.isdecimal():
            return self._sorted_rows(self._query)
        kept = set(self._sorted_rows(replace(self._query, words="")))
        return array("q", (row for row in self._numbered_so(words) if row in kept))

    def _sorted_rows(self, query: ReturnQuery) -> "array[int]":
        return return_pages.order(self._ws.ledger, query, self._by, falling=self._falling)

    def _numbered_so(self, words: str) -> Iterator[int]:
        """The row numbers whose number begins with the words, in official order."""
        first, width = int(words), 1
        if len(str(first)) < len(words):  # no number begins with 0
            return
        while 0 < first <= len(self._whole):
            yield from self._whole[first - 1 : first - 1 + width]
            first, width = first * 10, width * 10

    @cached_property
    def _whole(self) -> "array[int]":
        return return_pages.order(self._ws.ledger, ReturnQuery(self._round.id))

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {row: number for number, row in enumerate(self._whole, 1)}

    def __len__(self) -> int:
        """How many returns it has."""
        return len(self.order)

    def read(self, start: int, stop: int) -> tuple[ExpectedReturn, ...]:
        """The returns from `start` to before `stop`."""
        return return_pages.page(self._ws.ledger, self.order[start:stop])

    def numbers(self, start: int, stop: int) -> tuple[int, ...]:
        """Their numbers: the units' places in the round's official order, from 1."""
        return tuple(self._numbers[row] for row in self.order[start:stop])

    def place(self, expected_return_id: str) -> int:
        """Where a return stands, -1 when it is not in the list."""
        row = return_pages.row_number(self._ws.ledger, expected_return_id)
        return self.order.index(row) if row is not None and row in self.order else -1

    def sorted(self, by: By | None, *, falling: bool) -> "ReturnList":
        """The same list in another order."""
        return ReturnList(self._ws, self._round, self._query, by, falling=falling)


def of_unit(ws: Workspace, round_: Round, unit_id: str) -> ExpectedReturn | None:
    """A unit's place in a round; None when the round does not expect it."""
    return return_pages.of_unit(ws.ledger, round_.id, unit_id)


def holds(ws: Workspace, round_: Round, expected_return_id: str) -> bool:
    """Whether the round has that return."""
    return return_pages.round_of(ws.ledger, expected_return_id) == round_.id


def paper_counts(ws: Workspace, round_: Round) -> tuple[int, int, int]:
    """How many returns there are, and how many stamped paper copies (纸质盖章件) came or not."""
    return return_pages.paper_counts(ws.ledger, round_.id)


def paper_copy(ws: Workspace, expected_return_id: str) -> date | None:
    """The day a return's stamped paper copy came; None when it did not."""
    return return_pages.paper_copy(ws.ledger, expected_return_id)
