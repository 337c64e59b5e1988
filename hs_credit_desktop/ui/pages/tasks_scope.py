"""What the table of 任务 shows: a node, a unit or a list of the header, and how it is read."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from hs_credit_desktop.domain.deadlines import Thresholds
from hs_credit_desktop.domain.returns import Entry, ExpectedReturn
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Progress, Status
from hs_credit_desktop.services import office, overview
from hs_credit_desktop.services.overview import Counted, PillarNode
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store.lists import EntryQuery
from hs_credit_desktop.ui.drafts import Drafts
from hs_credit_desktop.ui.header import RULES
from hs_credit_desktop.ui.models.entries import EntryRow
from hs_credit_desktop.ui.models.returns import ReturnRow
from hs_credit_desktop.ui.models.tree import title_of


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
        self._nodes: tuple[PillarNode, ...] = ()
        self._limits = Thresholds()
        self.units: dict[str, ExpectedReturn] = {}
        self._initials: dict[str, str] = {}

    def read_round(self, round_: Round) -> tuple[PillarNode, ...]:
        """Read what all scopes of the round share; its tree."""
        self.round = round_
        self._limits = office.thresholds(self._ws)
        self._nodes = overview.tree(self._ws, round_)
        self._initials = {unit.id: unit.initials for unit in overview.units_of(self._ws)}
        listed = [
            *overview.expected_returns(self._ws, round_),
            *overview.expected_returns(self._ws, round_, Status.EXEMPT),
        ]
        self.units = {item.id: item for item in sorted(listed, key=lambda item: item.ordinal)}
        return self._nodes

    @property
    def due_on(self) -> date:
        """The due date of the round."""
        return self.round.due_on

    def first_measure(self) -> str:
        """The measure shown first, '' when there is none."""
        measures = (item.measure.id for node in self._nodes for item in node.measures)
        return next(measures, "")

    def holds(self, scope: Scope) -> bool:
        """Whether the round has what the scope is about."""
        if scope.kind is Kind.UNIT:
            return scope.ref in self.units
        return scope.kind is Kind.LIST or self._heading_of_node(scope.ref) is not None

    def is_pillar(self, node_id: str) -> bool:
        """Whether the node is a pillar."""
        return any(node.pillar.id == node_id for node in self._nodes)

    def unit_with(self, unit_id: str) -> str:
        """Expected return id of a unit, '' when the round does not expect it."""
        found = (item.id for item in self.units.values() if item.unit_id == unit_id)
        return next(found, "")

    def unit_rows(self) -> list[ReturnRow]:
        """All units of the round in official order."""
        return [self._return_row(item) for item in self.units.values()]

    def return_rows(self, status: Status) -> list[ReturnRow]:
        """Exactly the returns a figure counts."""
        found = overview.expected_returns(self._ws, self.round, status)
        return [self._return_row(item) for item in found]

    def _return_row(self, item: ExpectedReturn) -> ReturnRow:
        lamp = overview.lamp_of_return(self._ws, item, self.due_on, self._limits)
        return ReturnRow(item, lamp, self._initials.get(item.unit_id, ""))

    def entry_rows(self, scope: Scope) -> list[EntryRow]:
        """The entries of a node or unit, all or those a number counts."""
        query = EntryQuery(
            self.round.id,
            pillar_id=scope.ref if scope.kind is Kind.PILLAR else None,
            measure_id=scope.ref if scope.kind is Kind.MEASURE else None,
            expected_return_id=scope.ref if scope.kind is Kind.UNIT else None,
        )
        if scope.which is None:
            found = overview.entries(self._ws, self.round, query)
        else:
            found = overview.counted(self._ws, self.round, query, scope.which)
        return [self.entry_row(item) for item in found]

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
            item = self.units[scope.ref]
            progress = overview.progress_by_return(self._ws, self.round).get(item.id)
            return Heading(item.unit_name, self._unit_words(item), progress)
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
        for node in self._nodes:
            if node.pillar.id == node_id:
                names = "、".join(item.measure.title for item in node.measures)
                words = f"共 {len(node.measures)} 条措施：{names}"
                return Heading(title_of(node), words, node.progress)
            for item in node.measures:
                if item.measure.id == node_id:
                    measure = item.measure
                    return Heading(title_of(item), measure.body, item.progress, measure.id)
        return None
