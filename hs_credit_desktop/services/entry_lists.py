"""Lists of entries: read whole while they are short, by the page when long, and saved filters."""

import json
from array import array
from dataclasses import asdict, replace
from typing import Any

from hs_credit_desktop.domain.returns import Completion, Entry, ReturnState
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import entry_pages, settings
from hs_credit_desktop.store.entry_filters import NO_FILTER, EntryFilter
from hs_credit_desktop.store.entry_pages import By
from hs_credit_desktop.store.lists import EntryQuery

PREFIX = "ui_filter:"  # ui_: how this PC looks at things, not handed over
LONGEST_NAME = 20


class LongList:
    """A list of entries that is read by the page; good until the next change.

    by, falling: what it is sorted by; None is printed order.
    """

    def __init__(
        self,
        ws: Workspace,
        round_: Round,
        query: EntryQuery,
        by: By | None = None,
        *,
        falling: bool = False,
    ) -> None:
        self._ws, self._round = ws, round_
        self._query = replace(query, due_on=round_.due_on, today=ws.today)
        self._printed = entry_pages.in_printed_order(self._query, by)
        if self._printed:
            self._rows, self._count = array("q"), entry_pages.count(ws.ledger, self._query)
        else:
            self._rows = entry_pages.order(ws.ledger, self._query, by, falling=falling)
            self._count = len(self._rows)

    @property
    def order(self) -> object:
        """What another list of the same entries in the same order has too."""
        return (self._query, self._count) if self._printed else self._rows

    def __len__(self) -> int:
        """How many entries it has."""
        return self._count

    def read(self, start: int, stop: int) -> tuple[Entry, ...]:
        """The entries from `start` to before `stop`."""
        if self._printed:
            return entry_pages.stretch(self._ws.ledger, self._query, start, stop)
        return entry_pages.page(self._ws.ledger, self._rows[start:stop])

    def place(self, entry_id: str) -> int:
        """Where an entry stands, -1 when it is not in the list."""
        if self._printed:
            return entry_pages.place(self._ws.ledger, self._query, entry_id)
        row = entry_pages.row_number(self._ws.ledger, entry_id)
        return self._rows.index(row) if row is not None and row in self._rows else -1

    def sorted(self, by: By | None, *, falling: bool) -> "LongList":
        """The same list in another order."""
        return LongList(self._ws, self._round, self._query, by, falling=falling)


def saved_filters(ws: Workspace) -> dict[str, EntryFilter]:
    """Name → filter, as the clerk saved them on this PC; what cannot be read is left out."""
    found = {}
    for key, value in settings.starting_with(ws.ledger, PREFIX):
        try:
            found[key.removeprefix(PREFIX)] = _filter(json.loads(value))
        except (ValueError, TypeError, KeyError):
            continue
    return found


def _filter(kept: dict[str, Any]) -> EntryFilter:
    return EntryFilter(
        tuple(ReturnState(word) for word in kept["states"]),
        tuple(kept["roles"]),
        tuple(Completion(word) for word in kept["levels"]),
        bool(kept["late"]),
    )


def save_filter(ws: Workspace, name: str, kept: EntryFilter) -> Changes:
    """Save a filter by name, over one of that name. UserError without a name or a condition."""
    name = name.strip()
    if not name:
        raise UserError("条件还没有名称", "请写一个名称，例如“牵头的空白”。")
    if len(name) > LONGEST_NAME:
        raise UserError(f"名称有 {len(name)} 个字，太长了", f"请写 {LONGEST_NAME} 个字以内。")
    if kept == NO_FILTER:
        raise UserError("现在没有条件可以存", "请先选一项条件。")
    with ws.change("保存条件", name, {}):
        settings.put(ws.ledger, PREFIX + name, json.dumps(asdict(kept), ensure_ascii=False))
    return Changes(settings=True)


def forget_filter(ws: Workspace, name: str) -> Changes:
    """Forget a saved filter."""
    with ws.change("删除条件", name, {}):
        settings.remove(ws.ledger, PREFIX + name)
    return Changes(settings=True)
