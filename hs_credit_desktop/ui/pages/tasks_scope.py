"""What the table of 任务 shows: a node, a unit or a list of the header, and how it is read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from hs_credit_desktop.domain.deadlines import Thresholds
from hs_credit_desktop.domain.returns import Entry, ExpectedReturn
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Progress, Status
from hs_credit_desktop.services import entry_lists, office, overview, return_lists
from hs_credit_desktop.services.overview import Counted, PillarNode
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store.entry_filters import NO_FILTER, EntryFilter
from hs_credit_desktop.store.entry_pages import By
from hs_credit_desktop.store.lists import EntryQuery
from hs_credit_desktop.store.return_pages import By as ReturnsBy
from hs_credit_desktop.store.return_pages import ReturnQuery
from hs_credit_desktop.ui.drafts import Drafts
from hs_credit_desktop.ui.header import RULES
from hs_credit_desktop.ui.models.entries import EntryRow
from hs_credit_desktop.ui.models.returns import ReturnRow
from hs_credit_desktop.ui.models.rows import PagedRows
from hs_credit_desktop.ui.models.tree import title_of

LONG = 200  # rows; a list that is longer is read by the page
_COVERED = {Counted.COVERED: True, Counted.BLANK: False}


class Kind(StrEnum):
    """What a scope is about."""

    PILLAR = "pillar"
    MEASURE = "measure"
    UNIT = "unit"
    LIST = "list"


@dataclass(frozen=True)
class Scope:
    """ref: id of the node or expected return, or a Status; which: only the entries a number counts.

    came_from: the list of the header from which a unit was opened.
    """

    kind: Kind
    ref: str
    which: Counted | None = None
    came_from: Status | None = None

    @property
    def node(self) -> "Scope":
        """The same without the restriction to a number."""
        return replace(self, which=None)


@dataclass(frozen=True)
class Heading:
    """Words over the table. detail: the measure's text, or the counting rule of a list."""

    title: str
    detail: str
    progress: Progress | None = None
    measure_id: str | None = None


class ScopeReader:
    """Reads rows and headings of scopes for one round."""

    def __init__(self, ws: Workspace, drafts: Drafts) -> None:
        self._ws, self._drafts = ws, drafts
        self._limits = Thresholds()
        self._read_nodes: tuple[PillarNode, ...] | None = None

    def read_round(self, round_: Round) -> None:
        """Look at a round, or at what a command changed in it; the rest is read when asked for."""
        self.round = round_
        self._limits = office.thresholds(self._ws)
        self._read_nodes = None

    @property
    def nodes(self) -> tuple[PillarNode, ...]:
        """The tree of the round."""
        if self._read_nodes is None:
            self._read_nodes = overview.tree(self._ws, self.round)
        return self._read_nodes

    @property
    def due_on(self) -> date:
        """The due date of the round."""
        return self.round.due_on

    def first_measure(self) -> str:
        """The measure shown first, '' when there is none."""
        measures = (item.measure.id for node in self.nodes for item in node.measures)
        return next(measures, "")

    def holds(self, scope: Scope) -> bool:
        """Whether the round has what the scope is about."""
        if scope.kind is Kind.UNIT:
            return return_lists.holds(self._ws, self.round, scope.ref)
        return scope.kind is Kind.LIST or self._heading_of_node(scope.ref) is not None

    def is_pillar(self, node_id: str) -> bool:
        """Whether the node is a pillar."""
        return any(node.pillar.id == node_id for node in self.nodes)

    def unit_with(self, unit_id: str) -> str:
        """Expected return id of a unit, '' when the round does not expect it."""
        found = return_lists.of_unit(self._ws, self.round, unit_id)
        return found.id if found else ""

    def unit_rows(self, words: str = "", paper: bool | None = None) -> PagedRows[ReturnRow]:
        """The units of the round in official order, exempt ones too, read by the page.

        words: part of a name or of the initials, or the beginning of the number; paper: whose
        stamped paper copy came or did not.
        """
        found = return_lists.ReturnList(
            self._ws, self.round, ReturnQuery(self.round.id, words=words, paper=paper)
        )

        def read(start: int, stop: int) -> list[ReturnRow]:
            pairs = zip(found.read(start, stop), found.numbers(start, stop), strict=True)
            return [self._return_row(item, number) for item, number in pairs]

        return PagedRows(
            len(found),
            read,
            found.place,
            lambda _by, _falling: self.unit_rows(words, paper),
            found.order,
        )

    def unit_row(self, expected_return_id: str) -> ReturnRow:
        """One unit of the round."""
        return self._return_row(overview.expected_return(self._ws, expected_return_id))

    def return_rows(self, status: Status) -> Sequence[ReturnRow]:
        """Exactly the returns a figure counts; many are read by the page."""
        found = return_lists.ReturnList(self._ws, self.round, ReturnQuery(self.round.id, status))
        rows = self._paged_returns(found)
        return rows if len(rows) > LONG else tuple(rows)

    def _paged_returns(self, found: return_lists.ReturnList) -> PagedRows[ReturnRow]:
        return PagedRows(
            len(found),
            lambda start, stop: [self._return_row(item) for item in found.read(start, stop)],
            found.place,
            lambda by, falling: self._paged_returns(
                found.sorted(ReturnsBy(by) if by else None, falling=falling)
            ),
            found.order,
        )

    def _return_row(self, item: ExpectedReturn, number: int = 0) -> ReturnRow:
        lamp = overview.lamp_of_return(self._ws, item, self.due_on, self._limits)
        return ReturnRow(item, lamp, number)

    def entry_rows(self, scope: Scope, kept: EntryFilter = NO_FILTER) -> Sequence[EntryRow]:
        """The entries of a node or unit, all or those a number counts, that the filter keeps.

        Long ones are read by the page.
        """
        query = EntryQuery(
            self.round.id,
            pillar_id=scope.ref if scope.kind is Kind.PILLAR else None,
            measure_id=scope.ref if scope.kind is Kind.MEASURE else None,
            expected_return_id=scope.ref if scope.kind is Kind.UNIT else None,
            status=None if scope.which is None else Status.EXPECTED,
            covered=None if scope.which is None else _COVERED.get(scope.which),
            kept=kept,
        )
        progress = self.heading(scope).progress
        if progress is not None and progress.expected > LONG:
            return self._paged(entry_lists.LongList(self._ws, self.round, query))
        return [self.entry_row(item) for item in overview.entries(self._ws, self.round, query)]

    def _paged(self, found: entry_lists.LongList) -> PagedRows[EntryRow]:
        return PagedRows(
            len(found),
            lambda start, stop: [self.entry_row(item) for item in found.read(start, stop)],
            found.place,
            lambda by, falling: self._paged(found.sorted(By(by) if by else None, falling=falling)),
            found.order,
        )

    def entry_row(self, entry: Entry) -> EntryRow:
        """An entry with its lamp and whether it has a draft."""
        lamp = overview.lamp_of_entry(self._ws, entry, self.due_on, self._limits)
        return EntryRow(entry, lamp, entry.id in self._drafts)

    def heading(self, scope: Scope) -> Heading:
        """The words over the table."""
        if scope.kind is Kind.LIST:
            status = Status(scope.ref)
            return Heading(f"{status.label}单位", RULES[status])
        if scope.kind is Kind.UNIT:
            item = overview.expected_return(self._ws, scope.ref)
            return Heading(item.unit_name, self._unit_words(item), overview.progress_of(item))
        found = self._heading_of_node(scope.ref)
        assert found is not None
        return found

    def _unit_words(self, item: ExpectedReturn) -> str:
        if item.exempt:
            return f"本轮免报：{item.exempt_reason}"
        if item.first_received_on is None:
            return f"{self.round.name}的整份报送件，还没有收到。"
        day = item.first_received_on
        late = "，逾期报送" if day > self.due_on else "，按时报送"
        return f"{self.round.name}的整份报送件，{day.month}月{day.day}日第一次收到{late}。"

    def _heading_of_node(self, node_id: str) -> Heading | None:
        for node in self.nodes:
            if node.pillar.id == node_id:
                names = "、".join(item.measure.title for item in node.measures)
                words = f"共 {len(node.measures)} 条措施：{names}"
                return Heading(title_of(node), words, node.progress)
            for item in node.measures:
                if item.measure.id == node_id:
                    measure = item.measure
                    return Heading(title_of(item), measure.body, item.progress, measure.id)
        return None
