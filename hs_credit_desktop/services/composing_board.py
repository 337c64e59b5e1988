"""What the composing desk (汇总) shows of a round: nodes, sources, drafts, stale sentences."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from hs_credit_desktop.domain.composing import (
    CHAPTERS,
    DRAFTED,
    NEXT_STEPS,
    OVERVIEW,
    PROBLEMS,
    Draft,
    Source,
    split,
)
from hs_credit_desktop.domain.composing_stale import Stale, live, stale
from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.domain.returns import PART_LABELS
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.summary import lead_label
from hs_credit_desktop.domain.text import chinese_number, clean
from hs_credit_desktop.services import overview as figures_of
from hs_credit_desktop.services.composing_report import overview_facts, overview_sources
from hs_credit_desktop.services.export import Members
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import composing, entry_pages, lists, summaries, versions
from hs_credit_desktop.store.summaries import Saved

AT_ONCE, RETURNS_AT_ONCE = 500, 20  # entries, returns that are read in one go
LARGE = 2000  # entries from which on looking through a round belongs on a worker


class NodeState(StrEnum):
    """How far a node of the desk is."""

    OPEN = "open"
    COMPOSED = "composed"
    STALE = "stale"

    @property
    def label(self) -> str:
        """The word the clerk sees."""
        return {"open": "未汇总", "composed": "已汇总", "stale": Lamp.STALE.word}[self.value]


@dataclass(frozen=True)
class Node:
    """A measure or chapter with its sources, its newest draft and what is stale in it.

    id: measure id or key of CHAPTERS; number: 0 for a chapter; pillar: title, "" for a chapter.
    sources: all of them, or the page of a long node that is shown.
    """

    id: str
    title: str
    number: int
    pillar: str
    lead: str
    sources: tuple[Source, ...]
    saved: Saved | None
    draft: Draft
    stale: tuple[Stale, ...]

    @property
    def state(self) -> NodeState:
        """未汇总, 已汇总 or 来源已变更."""
        if self.saved is None:
            return NodeState.OPEN
        return NodeState.STALE if self.stale else NodeState.COMPOSED

    @property
    def is_measure(self) -> bool:
        """Whether it is a measure and no chapter."""
        return self.id not in CHAPTERS

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the feedback its first draft is made of."""
        return parts_of(self.id)

    @property
    def label(self) -> str:
        """（十一）推进…; a chapter is only its title."""
        return f"（{chinese_number(self.number)}）{self.title}" if self.is_measure else self.title


@dataclass(frozen=True)
class Board:
    """Everything the desk shows of a round: 总体情况, the measures, 存在问题, 下一步打算."""

    nodes: tuple[Node, ...]

    @property
    def measures(self) -> tuple[Node, ...]:
        """The measures in printed order."""
        return tuple(node for node in self.nodes if node.is_measure)

    @property
    def composed(self) -> tuple[Node, ...]:
        """The measures that have a draft."""
        return tuple(node for node in self.measures if node.state is not NodeState.OPEN)

    @property
    def stale(self) -> tuple[Node, ...]:
        """Nodes with a sentence whose source changed."""
        return tuple(node for node in self.nodes if node.stale)

    def node(self, node_id: str) -> Node:
        """The node of that id; there must be one."""
        return next(node for node in self.nodes if node.id == node_id)


def parts_of(node_id: str) -> tuple[str, ...]:
    """The parts of the feedback that the first draft of a node takes."""
    return (node_id,) if node_id in (PROBLEMS, NEXT_STEPS) else DRAFTED


def board(ws: Workspace, round_: Round) -> Board:
    """The desk of a round; only drafts whose texts changed since they were saved are compared."""
    reader = NodeReader(ws, round_)
    return Board(tuple(map(reader.node, reader.ids)))


def stale_nodes(ws: Workspace, round_: Round) -> frozenset[str]:
    """The nodes with a sentence whose source changed; cheap where no text has changed."""
    reader, kept = NodeReader(ws, round_), summaries.bases(ws.ledger, round_.id)
    changed = (node for node, basis in kept.items() if reader.bases[node] != basis)
    return frozenset(node for node in changed if node in reader.ids and reader.node(node).stale)


# Ledger file and round → the stale nodes of a large round when a worker last looked.
_LOOKED_AT: dict[tuple[str, str], frozenset[str]] = {}


def looked_at(ws: Workspace, round_: Round, found: frozenset[str]) -> None:
    """Remember what `stale_nodes` found, for the number on the rail."""
    _LOOKED_AT[str(ws.ledger.file), round_.id] = found


def stale_count(ws: Workspace, round_: Round) -> int:
    """How many nodes have a sentence whose source changed; asked after every command.

    Of a large round what was found when 汇总 last looked: to look takes seconds.
    """
    progress = lists.progress_by_measure(ws.ledger, round_.id).values()
    if sum(item.covered for item in progress) > LARGE:
        return len(_LOOKED_AT.get((str(ws.ledger.file), round_.id), ()))
    return len(stale_nodes(ws, round_))


class NodeReader:
    """Reads the nodes of a round one by one; what all of them need is read once."""

    def __init__(self, ws: Workspace, round_: Round) -> None:
        self._ws, self._round = ws, round_
        self._measures = {
            inner.measure.id: (node.pillar.title, inner.measure)
            for node in figures_of.tree(ws, round_)
            for inner in node.measures
        }
        self._members = Members.of(ws)

    @property
    def ids(self) -> tuple[str, ...]:
        """总体情况, the measures in printed order, 存在问题, 下一步打算."""
        return (OVERVIEW, *self._measures, PROBLEMS, NEXT_STEPS)

    @cached_property
    def bases(self) -> "_Bases":
        """Node → hash over the texts and figures a draft of it is made from."""
        return bases(self._ws, self._round)

    def node(self, node_id: str, shown: Sequence[int] | None = None) -> Node:
        """A node with all its sources; or with those of the row numbers `shown` among its `rows`.

        A draft is compared with all of them if the texts have changed since it was saved.
        """
        saved = summaries.newest_of(self._ws.ledger, self._round.id, node_id)
        draft = saved.draft if saved else Draft()
        found: tuple[Stale, ...] = ()
        behind = saved is not None and saved.basis != self._basis(node_id)
        if behind or shown is None:
            sources = tuple(source for page in self.pages(node_id) for source in page)
        if saved and behind:
            if node_id == OVERVIEW:
                draft = live(draft, saved.known, sources)
            found = stale(draft, saved.known, sources, parts_of(node_id))
        if shown is not None:
            sources = self.page(node_id, shown)
        return Node(node_id, *self._head(node_id), sources, saved, draft, found)

    def _basis(self, node_id: str) -> str:
        if node_id in CHAPTERS:
            return self.bases[node_id]
        return measure_basis(self._ws, self._round, node_id)

    def _head(self, node_id: str) -> tuple[str, int, str, str]:
        """Title, number, pillar and leading units."""
        if node_id in CHAPTERS:
            return CHAPTERS[node_id], 0, "", ""
        pillar, measure = self._measures[node_id]
        found = composing.leads(self._ws.ledger, self._round.id, node_id)
        names = "、".join(name for name, _ in found)
        label = lead_label(suggested=any(suggested for _, suggested in found))
        return measure.title, measure.number, pillar, f"{label}：{names}" if names else ""

    def pages(self, node_id: str) -> Iterator[tuple[Source, ...]]:
        """All sources of a node, as many entries at a time as are well read in one go."""
        if node_id == OVERVIEW:
            yield overview_sources(overview_facts(self._ws, self._round))
            return
        rows = self.rows(node_id)
        step = RETURNS_AT_ONCE if node_id in CHAPTERS else AT_ONCE
        for at in range(0, len(rows), step):
            yield self.page(node_id, rows[at : at + step])

    def rows(self, node_id: str) -> "array[int]":
        """Row numbers of what stands behind a node: good until the next change.

        A measure: its entries, lead first, members of groups last. A chapter: the returns.
        """
        if node_id in CHAPTERS:
            return composing.received_returns(self._ws.ledger, self._round.id)
        found = composing.speakers(self._ws.ledger, self._round.id, node_id)
        measure = self._measures[node_id][1]
        inner = self._members.of_measure(measure)
        found.sort(key=lambda one: (one[1] in inner, one[2] != Role.LEAD.value))
        return array("q", (row for row, _, _ in found))

    def page(self, node_id: str, rows: Sequence[int]) -> tuple[Source, ...]:
        """The sentences of the entries or returns with these row numbers, in their order."""
        read = composing.entries_of_returns if node_id in CHAPTERS else entry_pages.page
        entries = read(self._ws.ledger, rows)
        short = composing.short_names(self._ws.ledger, {item.unit_id for item in entries})
        parts = (node_id,) if node_id in CHAPTERS else tuple(PART_LABELS)
        return tuple(
            Source(
                item.id,
                short.get(item.unit_id, item.unit_name),
                part,
                sentence,
                item.role == Role.LEAD.value,
                self._members.group_of(self._measures[item.measure_id][1], item.unit_id),
                item.measure_number,
                item.state,
            )
            for item in entries
            for part in parts
            for sentence in split(clean(getattr(item.parts, part)))
        )

    def row_of(self, node_id: str, entry_id: str) -> int | None:
        """The row number under which an entry stands in `rows`; None when there is none such."""
        find = composing.return_row if node_id in CHAPTERS else entry_pages.row_number
        return find(self._ws.ledger, entry_id)


def measure_basis(ws: Workspace, round_: Round, measure_id: str) -> str:
    """Hash over the texts of one measure, as `bases` has it."""
    return _hash(_lines(composing.hashes_of_measure(ws.ledger, round_.id, measure_id)))


def bases(ws: Workspace, round_: Round) -> "_Bases":
    """Node → hash over the texts and figures a draft of it is made from."""
    by_measure: dict[str, list[tuple[str, str]]] = {}
    for measure_id, entry_id, row_hash in summaries.row_hashes(ws.ledger, round_.id):
        by_measure.setdefault(measure_id, []).append((entry_id, row_hash))
    whole = "\n".join(map(_lines, by_measure.values()))
    figures = f"{whole}\n{figures_of.figures(ws, round_)}\n{ws.today.isoformat()}"
    made = {node: _hash(_lines(rows)) for node, rows in by_measure.items()}
    return _Bases(
        made | {OVERVIEW: _hash(figures)} | dict.fromkeys((PROBLEMS, NEXT_STEPS), _hash(whole))
    )


def _lines(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{entry_id}:{row_hash}" for entry_id, row_hash in rows)


class _Bases(dict[str, str]):
    """Node → basis; a measure without any text has the basis of nothing."""

    def __missing__(self, _node: str) -> str:
        return _hash("")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def original_of(ws: Workspace, entry_id: str) -> tuple[str, str] | None:
    """(name, SHA-256) of the file an entry's newest return came in; None when it was typed."""
    entry = lists.entry(ws.ledger, entry_id)
    kept = versions.versions(ws.ledger, entry.expected_return_id)
    last = kept[-1] if kept else None
    if last is None or last.original_name is None or last.original_sha256 is None:
        return None
    return last.original_name, last.original_sha256
