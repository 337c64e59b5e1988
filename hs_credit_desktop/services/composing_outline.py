"""What the composing desk (汇总) shows first: its nodes without their texts, then one of them."""

from array import array
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from hs_credit_desktop.domain.composing import CHAPTERS, NEXT_STEPS, OVERVIEW, PROBLEMS, Draft
from hs_credit_desktop.domain.composing_changes import remap
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Progress
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.composing_board import Node, NodeReader, NodeState
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import composing

# From so many entries on a node is read on a worker and its sources are shown a page at a time.
LONG = {"measure": 80, "chapter": 400}
PAGE = {"measure": 40, "chapter": 8}  # entries of a measure, returns of a chapter


@dataclass(frozen=True)
class Line:
    """A node of the left list. number: 0 for a chapter; entries: how many say something in it."""

    id: str
    title: str
    number: int
    entries: int
    state: NodeState

    @property
    def is_measure(self) -> bool:
        """Whether it is a measure and no chapter."""
        return self.id not in CHAPTERS

    @property
    def label(self) -> str:
        """（十一）推进…; a chapter is only its title."""
        return f"（{chinese_number(self.number)}）{self.title}" if self.is_measure else self.title

    @property
    def long(self) -> bool:
        """Whether it takes longer to read than the window may be silent."""
        return self.entries > LONG[_size(self.id)]


@dataclass(frozen=True)
class Outline:
    """The nodes in their order; which are stale is known when `stale_nodes` has looked."""

    nodes: tuple[Line, ...]

    @property
    def measures(self) -> tuple[Line, ...]:
        """The measures in printed order."""
        return tuple(line for line in self.nodes if line.is_measure)

    @property
    def composed(self) -> tuple[Line, ...]:
        """The measures that have a draft."""
        return tuple(line for line in self.measures if line.state is not NodeState.OPEN)

    @property
    def stale(self) -> tuple[Line, ...]:
        """Nodes with a sentence whose source changed."""
        return tuple(line for line in self.nodes if line.state is NodeState.STALE)

    def node(self, node_id: str) -> Line:
        """The node of that id; there must be one."""
        return next(line for line in self.nodes if line.id == node_id)

    def with_stale(self, nodes: Collection[str]) -> "Outline":
        """The same where exactly these nodes are stale."""
        return Outline(
            tuple(replace(line, state=_state(line, line.id in nodes)) for line in self.nodes)
        )


def _state(line: Line, is_stale: bool) -> NodeState:
    if line.state is NodeState.OPEN:
        return line.state
    return NodeState.STALE if is_stale else NodeState.COMPOSED


def outline(ws: Workspace, round_: Round) -> Outline:
    """The nodes of a round by counters alone: no text is read."""
    drafted = composing.newest_ids(ws.ledger, round_.id)
    tree = overview.tree(ws, round_)
    covered = sum((node.progress for node in tree), Progress()).covered

    def line(node_id: str, title: str, number: int, entries: int) -> Line:
        state = NodeState.COMPOSED if node_id in drafted else NodeState.OPEN
        return Line(node_id, title, number, entries, state)

    def chapter(node_id: str) -> Line:
        return line(node_id, CHAPTERS[node_id], 0, covered)

    measures = (
        line(one.measure.id, one.measure.title, one.measure.number, one.progress.covered)
        for node in tree
        for one in node.measures
    )
    return Outline((chapter(OVERVIEW), *measures, chapter(PROBLEMS), chapter(NEXT_STEPS)))


@dataclass(frozen=True)
class Opened:
    """A node as the desk shows it, with its draft as it was typed, else as it was saved.

    rows: row numbers of all entries of a long measure, or returns of a long chapter, whose sources
    are those of page `at` alone; empty when the node has all its sources.
    """

    node: Node
    draft: Draft
    rows: "array[int]" = field(default_factory=lambda: array("q"))
    at: int = 0

    @property
    def page(self) -> int:
        """Entries or returns a page: units, either way."""
        return PAGE[_size(self.node.id)]

    @property
    def pages(self) -> int:
        """How many pages the sources have."""
        return max(1, -(-len(self.rows) // self.page))


def open_node(ws: Workspace, round_: Round, line: Line, typed: str = "") -> Opened:
    """Read a node; a long one belongs on a worker. typed: words of the draft not saved yet."""
    reader = NodeReader(ws, round_)
    rows = reader.rows(line.id) if line.id != OVERVIEW and line.long else array("q")
    if not rows:
        node = reader.node(line.id)
        return Opened(node, remap(typed, node.draft, node.sources) if typed else node.draft)
    node = reader.node(line.id, rows[: PAGE[_size(line.id)]])
    draft = remap(typed, node.draft, node.sources) if typed else node.draft
    # Keys and lengths are kept with what they are of: reckoned here, not when it is shown.
    sum(map(draft.takes, node.sources))
    max(draft.characters, 0)
    return Opened(node, draft, rows)


def turned(reader: NodeReader, opened: Opened, at: int) -> Opened:
    """The same node with another page of its sources."""
    rows = opened.rows[at * opened.page : (at + 1) * opened.page]
    shown = reader.page(opened.node.id, rows)
    return replace(opened, node=replace(opened.node, sources=shown), at=at)


def page_of(reader: NodeReader, opened: Opened, entry_id: str) -> int:
    """The page an entry stands on; the shown one where it is on none."""
    row = reader.row_of(opened.node.id, entry_id)
    if row is None or row not in opened.rows:
        return opened.at
    return opened.rows.index(row) // opened.page


def _size(node_id: str) -> str:
    return "chapter" if node_id in CHAPTERS else "measure"
