"""Commands of the composing desk (汇总): drafts of all measures in one go, versions, undo."""

from collections.abc import Callable, Collection, Mapping
from functools import partial

from hs_credit_desktop.domain.composing import OVERVIEW, Draft, Source, compose, figures_draft
from hs_credit_desktop.domain.composing_stale import known_keys, stale
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import undo
from hs_credit_desktop.services.composing_board import Board, Node, bases, board
from hs_credit_desktop.services.workspace import Changes, Workspace
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


def propose(
    ws: Workspace,
    round_: Round,
    *,
    again: bool = False,
    heads: bool = False,
    told: Progress | None = None,
) -> dict[str, Draft]:
    """First drafts of all nodes that have none (again: of all) and about which something was said.

    heads: of the first sentence of each unit alone. Only reads: it may run on a worker.
    told(done, total) hears of each and may raise to stop.
    """
    wanted = [node for node in board(ws, round_).nodes if again or node.saved is None]
    made: dict[str, Draft] = {}
    for at, node in enumerate(wanted, 1):
        draft = first_draft(node, heads=heads)
        if draft.sentences:
            made[node.id] = draft
        if told:
            told(at, len(wanted))
    return made


def keep(ws: Workspace, round_: Round, drafts: Mapping[str, Draft]) -> Changes:
    """Save drafts as the next versions of their nodes; one transaction, one step to undo.

    UserError when there is nothing to save.
    """
    if not drafts:
        raise UserError("没有可以起草的措施", "各条都已汇总，或者还没有单位反馈。")
    shown = board(ws, round_)
    known = {node: known_keys(shown.node(node).sources) for node in drafts}
    label = _label(shown, drafts)
    _write(ws, round_, drafts, known, label, bases(ws, round_))
    return DRAFTS


def compose_all(
    ws: Workspace, round_: Round, *, again: bool = False, heads: bool = False
) -> Changes:
    """起草全部: propose and keep in one go."""
    return keep(ws, round_, propose(ws, round_, again=again, heads=heads))


def save(
    ws: Workspace, round_: Round, node_id: str, draft: Draft, *, known: frozenset[str]
) -> Changes:
    """Save an edited draft as the next version; the same text with the same sources adds none.

    known: keys of the sources the clerk has seen (answered); what is not among them stays stale.
    """
    node = board(ws, round_).node(node_id)
    if node.saved and (node.saved.draft, node.saved.known) == (draft, known):
        return Changes()
    left = stale(draft, known, node.sources, node.parts)
    basis = "" if left else bases(ws, round_)[node_id]
    _write(ws, round_, {node_id: draft}, {node_id: known}, node.label, {node_id: basis})
    return DRAFTS


def versions(ws: Workspace, round_: Round, node_id: str) -> tuple[Saved, ...]:
    """The versions of a draft, the newest first."""
    return summaries.versions(ws.ledger, round_.id, node_id)


def take_version(ws: Workspace, round_: Round, node_id: str, version: int) -> Changes:
    """Take an older version back: it becomes the newest one; nothing in between is lost."""
    found = versions(ws, round_, node_id)
    old = next(item for item in found if item.version == version)
    return save(ws, round_, node_id, old.draft, known=old.known)


def _label(shown: Board, drafts: Collection[str]) -> str:
    if len(drafts) == 1:
        return shown.node(next(iter(drafts))).label
    return f"{sum(shown.node(node).is_measure for node in drafts)} 条措施"


def _write(
    ws: Workspace,
    round_: Round,
    drafts: Mapping[str, Draft],
    known: Mapping[str, frozenset[str]],
    label: str,
    basis_of: Mapping[str, str],
) -> Changes:
    """Add the versions and the step that takes them back."""
    detail = {"round": round_.id, "nodes": list(drafts)}
    made = []
    with ws.change("汇总", label, detail):
        for node, draft in drafts.items():
            made.append(
                summaries.add(
                    ws.ledger,
                    round_.id,
                    node,
                    draft,
                    known=known[node],
                    basis=basis_of[node],
                    at=ws.clock.now(),
                )
            )
    undo.push(
        ws,
        f"{label}的汇总",
        partial(_remove, ids=tuple(made), label=label),
        partial(_write, round_=round_, drafts=drafts, known=known, label=label, basis_of=basis_of),
        seen=partial(_newest, round_id=round_.id, nodes=tuple(drafts)),
    )
    return DRAFTS


def _remove(ws: Workspace, *, ids: tuple[str, ...], label: str) -> Changes:
    with ws.change("撤销汇总", label, {"versions": list(ids)}):
        for one in ids:
            summaries.remove(ws.ledger, one)
    return DRAFTS


def _newest(ws: Workspace, *, round_id: str, nodes: tuple[str, ...]) -> object:
    found = summaries.newest(ws.ledger, round_id)
    return tuple(found[node].id if node in found else None for node in nodes)
