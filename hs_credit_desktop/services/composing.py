"""Commands of the composing desk (汇总): drafts of all measures in one go, versions, undo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from hs_credit_desktop.domain.composing import (
    CHAPTERS,
    OVERVIEW,
    Draft,
    Source,
    compose,
    figures_draft,
)
from hs_credit_desktop.domain.composing_stale import known_keys, stale
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import undo
from hs_credit_desktop.services.composing_board import Node, NodeReader
from hs_credit_desktop.services.workspace import Changes, Workspace, reading
from hs_credit_desktop.store import composing as store
from hs_credit_desktop.store import summaries
from hs_credit_desktop.store.summaries import Saved

DRAFTS = Changes(drafts=True)
Progress = Callable[[int, int], None]


def first_draft(node: Node, *, heads: bool = False) -> Draft:
    """The draft of a node by rules: all that the units said, for a chapter gathered by unit.

    heads: only the first sentence of each unit (每家取首句); the others stay to be ticked.
    """
    if node.id == OVERVIEW:
        return figures_draft(node.sources)
    own = [source for source in node.sources if source.part in node.parts]
    if heads:
        firsts: dict[str, Source] = {}
        for source in own:
            firsts.setdefault(source.unit, source)
        own = list(firsts.values())
    return compose(own, labelled=not node.is_measure)


def draft_of(ws: Workspace, round_: Round, node_id: str, *, heads: bool = False) -> Draft:
    """The first draft of a long node; reads over a connection of its own, for a worker."""
    with reading(ws) as own:
        return first_draft(NodeReader(own, round_).node(node_id), heads=heads)


@dataclass(frozen=True)
class Prepared:
    """A draft as it will be written: text and sources as they are stored, and what it is made of.

    Of a large round all of them lie here at once, so no sentence is kept as an object.
    """

    node: str
    label: str
    text: str
    sources: str
    basis: str


def prepare_all(
    ws: Workspace,
    round_: Round,
    *,
    again: bool = False,
    heads: bool = False,
    told: Progress | None = None,
) -> tuple[Prepared, ...]:
    """First drafts of all nodes that have none (again: of all) and about which something was said.

    heads: of the first sentence of each unit alone. Only reads: it may run on a worker.
    told(done, total) hears of each and may raise to stop.
    """
    reader = NodeReader(ws, round_)
    kept = {} if again else store.newest_ids(ws.ledger, round_.id)
    wanted = [node for node in reader.ids if node not in kept]
    made = []
    for at, node_id in enumerate(wanted, 1):
        node = reader.node(node_id)
        draft = first_draft(node, heads=heads)
        if draft.sentences:
            known = known_keys(node.sources)
            made.append(_prepared(node, draft, known, reader.bases[node_id]))
        if told:
            told(at, len(wanted))
    return tuple(made)


def prepare(
    ws: Workspace, round_: Round, node_id: str, draft: Draft, *, known: frozenset[str] | None
) -> Prepared | None:
    """An edited draft for `put`; None when the same text with the same sources is saved already.

    known: keys of the sources the clerk has seen (answered); what is not among them stays stale.
    None: all there are.
    """
    reader = NodeReader(ws, round_)
    node = reader.node(node_id)
    known = known_keys(node.sources) if known is None else known
    if node.saved and (node.saved.draft, node.saved.known) == (draft, known):
        return None
    left = stale(draft, known, node.sources, node.parts)
    return _prepared(node, draft, known, "" if left else reader.bases[node_id])


def _prepared(node: Node, draft: Draft, known: frozenset[str], basis: str) -> Prepared:
    return Prepared(node.id, node.label, *summaries.stored(draft, known), basis)


def put(ws: Workspace, round_: Round, made: Sequence[Prepared]) -> Changes:
    """Save drafts as the next versions of their nodes; one transaction, one step to undo.

    UserError when there is nothing to save.
    """
    if not made:
        raise UserError("没有可以起草的措施", "各条都已汇总，或者还没有单位反馈。")
    measures = sum(item.node not in CHAPTERS for item in made)
    label = made[0].label if len(made) == 1 else f"{measures} 条措施"
    _write(ws, round_, tuple(made), label)
    return DRAFTS


def compose_all(
    ws: Workspace, round_: Round, *, again: bool = False, heads: bool = False
) -> Changes:
    """起草全部: prepare and put in one go."""
    return put(ws, round_, prepare_all(ws, round_, again=again, heads=heads))


def save(
    ws: Workspace, round_: Round, node_id: str, draft: Draft, *, known: frozenset[str] | None
) -> Changes:
    """Save an edited draft as the next version; the same text with the same sources adds none."""
    made = prepare(ws, round_, node_id, draft, known=known)
    return put(ws, round_, (made,)) if made else Changes()


def versions(ws: Workspace, round_: Round, node_id: str) -> tuple[Saved, ...]:
    """The versions of a draft, the newest first."""
    return summaries.versions(ws.ledger, round_.id, node_id)


def take_version(ws: Workspace, round_: Round, node_id: str, version: int) -> Changes:
    """Take an older version back: it becomes the newest one; nothing in between is lost."""
    found = versions(ws, round_, node_id)
    old = next(item for item in found if item.version == version)
    return save(ws, round_, node_id, old.draft, known=old.known)


def _write(ws: Workspace, round_: Round, made: tuple[Prepared, ...], label: str) -> Changes:
    """Add the versions and the step that takes them back."""
    nodes = tuple(item.node for item in made)
    ids = []
    with ws.change("汇总", label, {"round": round_.id, "nodes": list(nodes)}):
        for item in made:
            ids.append(
                summaries.add(
                    ws.ledger,
                    round_.id,
                    item.node,
                    item.text,
                    item.sources,
                    basis=item.basis,
                    at=ws.clock.now(),
                )
            )
    undo.push(
        ws,
        f"{label}的汇总",
        partial(_remove, ids=tuple(ids), label=label),
        partial(_write, round_=round_, made=made, label=label),
        seen=partial(_newest, round_id=round_.id, nodes=nodes),
    )
    return DRAFTS


def _remove(ws: Workspace, *, ids: tuple[str, ...], label: str) -> Changes:
    with ws.change("撤销汇总", label, {"versions": list(ids)}):
        for one in ids:
            summaries.remove(ws.ledger, one)
    return DRAFTS


def _newest(ws: Workspace, *, round_id: str, nodes: tuple[str, ...]) -> object:
    found = store.newest_ids(ws.ledger, round_id)
    return tuple(found.get(node) for node in nodes)
