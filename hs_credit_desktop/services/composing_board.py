"""What the composing desk (汇总) shows of a round: nodes, sources, drafts, stale sentences."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

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
from hs_credit_desktop.domain.summary import MeasureFacts, PillarFacts, RoundFacts, UnitEntry
from hs_credit_desktop.domain.text import chinese_number, clean
from hs_credit_desktop.services import overview as figures_of
from hs_credit_desktop.services.composing_report import overview_sources
from hs_credit_desktop.services.export import gather
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import lists, summaries, versions
from hs_credit_desktop.store.summaries import Saved


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


def board(ws: Workspace, round_: Round, facts: RoundFacts | None = None) -> Board:
    """The desk of a round; only drafts whose texts changed since they were saved are compared."""
    facts = facts or gather(ws, round_)
    now, saved = bases(ws, round_), summaries.newest(ws.ledger, round_.id)
    short = {unit.id: unit.short_name for unit in figures_of.units_of(ws)}
    order = {item.id: place for place, item in enumerate(facts.returns)}
    said = {item.measure.id: _sources(item, short) for item in facts.measures}
    ranks = {item.entry.id: order[item.entry.expected_return_id] for item in facts.entries}
    whole = sorted(
        (source for inner in said.values() for source in inner),
        key=lambda source: ranks[source.entry_id],
    )

    def node(node_id: str, sources: tuple[Source, ...], head: _Head) -> Node:
        return _node(node_id, sources, head, saved.get(node_id), now[node_id])

    made = [node(OVERVIEW, overview_sources(facts), _Head(CHAPTERS[OVERVIEW]))]
    made += [
        node(item.measure.id, said[item.measure.id], _head(pillar, item))
        for pillar in facts.pillars
        for item in pillar.measures
    ]
    for chapter in (PROBLEMS, NEXT_STEPS):
        own = tuple(source for source in whole if source.part == chapter)
        made.append(node(chapter, own, _Head(CHAPTERS[chapter])))
    return Board(tuple(made))


@dataclass(frozen=True)
class _Head:
    """What stands over a node."""

    title: str
    number: int = 0
    pillar: str = ""
    lead: str = ""


def _head(pillar: PillarFacts, item: MeasureFacts) -> _Head:
    lead = f"{item.lead_label}：{'、'.join(item.leads)}" if item.leads else ""
    return _Head(item.measure.title, item.measure.number, pillar.pillar.title, lead)


def _node(
    node_id: str, sources: tuple[Source, ...], head: _Head, saved: Saved | None, basis: str
) -> Node:
    draft = saved.draft if saved else Draft()
    found: tuple[Stale, ...] = ()
    if saved and saved.basis != basis:
        if node_id == OVERVIEW:
            draft = live(draft, saved.known, sources)
        found = stale(draft, saved.known, sources, parts_of(node_id))
    words = (head.title, head.number, head.pillar, head.lead)
    return Node(node_id, *words, sources, saved, draft, found)


def _sources(measure: MeasureFacts, short: Mapping[str, str]) -> tuple[Source, ...]:
    """All sentences of a measure: lead first, official order, the four parts as they stand."""
    return tuple(
        Source(
            item.entry.id,
            short.get(item.entry.unit_id, item.entry.unit_name),
            part,
            sentence,
            item.entry.role == Role.LEAD.value,
            item.group,
            measure.measure.number,
            item.entry.state,
        )
        for item, part, text in _texts(measure.covered)
        for sentence in split(text)
    )


def _texts(entries: Iterable[UnitEntry]) -> Iterable[tuple[UnitEntry, str, str]]:
    return (
        (item, part, clean(text))
        for item in entries
        for part, text in zip(PART_LABELS, item.entry.parts.texts, strict=True)
    )


def bases(ws: Workspace, round_: Round) -> "_Bases":
    """Node → hash over the texts and figures a draft of it is made from."""
    rows = summaries.row_hashes(ws.ledger, round_.id)
    by_measure: dict[str, list[str]] = {}
    for measure_id, entry_id, row_hash in rows:
        by_measure.setdefault(measure_id, []).append(f"{entry_id}:{row_hash}")
    whole = "\n".join(line for lines in by_measure.values() for line in lines)
    figures = f"{whole}\n{figures_of.figures(ws, round_)}\n{ws.today.isoformat()}"
    made = {node: _hash("\n".join(lines)) for node, lines in by_measure.items()}
    return _Bases(
        made | {OVERVIEW: _hash(figures)} | dict.fromkeys((PROBLEMS, NEXT_STEPS), _hash(whole))
    )


class _Bases(dict[str, str]):
    """Node → basis; a measure without any text has the basis of nothing."""

    def __missing__(self, _node: str) -> str:
        return _hash("")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def stale_count(ws: Workspace, round_: Round) -> int:
    """How many nodes have a sentence whose source changed; cheap where no text has changed."""
    now = bases(ws, round_)
    kept = summaries.bases(ws.ledger, round_.id)
    if all(now[node] == basis for node, basis in kept.items()):
        return 0
    return len(board(ws, round_).stale)


def original_of(ws: Workspace, entry_id: str) -> tuple[str, str] | None:
    """(name, SHA-256) of the file an entry's newest return came in; None when it was typed."""
    entry = lists.entry(ws.ledger, entry_id)
    kept = versions.versions(ws.ledger, entry.expected_return_id)
    last = kept[-1] if kept else None
    if last is None or last.original_name is None or last.original_sha256 is None:
        return None
    return last.original_name, last.original_sha256
