"""Changing the plan of a ledger: what it means for open rounds, doing it, taking it back."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial

from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import register, undo
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import editing, images, notices, rounds, row_changes, search, units
from hs_credit_desktop.store.images import StaleError
from hs_credit_desktop.store.rounds import Share
from hs_credit_desktop.store.row_changes import RowChange

PLAN = Changes(notice=True, returns=True, units=True)
_Plan = dict[tuple[str, str], Share]


@dataclass(frozen=True)
class Edit:
    """A change of one notice's plan; write: what it writes, inside an open transaction.

    action and subject are the words of the log (修改措施, the measure's title). note: what else the
    clerk should know before it is made.
    """

    notice_id: str
    action: str
    subject: str
    write: Callable[[Workspace], None]
    note: str = ""


@dataclass(frozen=True)
class Line:
    """An entry in words; key: (measure id, unit id)."""

    unit: str
    measure: str
    key: tuple[str, str]


@dataclass(frozen=True)
class RoundImpact:
    """What a change means for one open round; due_on: its due date afterwards.

    added, removed: entries that come and go if the list follows. kept: entries that would go, but
    hold reports or evidence, so they stay and count as before. roles: 牵头 or 配合 changes.
    renamed: (name on the list, name now).
    """

    round: Round
    due_on: date
    added: tuple[Line, ...] = ()
    removed: tuple[Line, ...] = ()
    kept: tuple[Line, ...] = ()
    roles: tuple[Line, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def touched(self) -> bool:
        """Whether the round is affected at all."""
        return self.lists or self.due_on != self.round.due_on

    @property
    def lists(self) -> bool:
        """Whether its expected list would change."""
        return any((self.added, self.removed, self.kept, self.roles, self.renamed))

    @property
    def words(self) -> str:
        """第二轮：+3 条（涉及 2 家）、−1 条; what is asked before it is done."""
        said = []
        for sign, lines in (("+", self.added), ("−", self.removed)):
            if lines:
                said.append(f"{sign}{len(lines)} 条（涉及 {len({x.unit for x in lines})} 家）")
        said += [f"{len(self.kept)} 条已有报送内容，保留并照常统计"] if self.kept else []
        said += [f"{len(self.roles)} 条改变牵头或配合"] if self.roles else []
        said += [f"“{old}”改称“{new}”" for old, new in self.renamed]
        if self.due_on != self.round.due_on:
            said.append(f"截止日期由 {self.round.due_on} 改为 {self.due_on}")
        return f"{self.round.name}：{'，'.join(said)}"


class _BackError(Exception):
    """Ends the transaction of a preview."""


def preview(ws: Workspace, edit: Edit) -> tuple[RoundImpact, ...]:
    """The open rounds a change would affect; it is made and taken back, so this is exact.

    UserError when the change cannot be made.
    """
    found: tuple[RoundImpact, ...] = ()
    try:
        with ws.ledger.transaction():
            found, _ = _carried_out(ws, edit)
            raise _BackError
    except _BackError:
        return found


def apply(ws: Workspace, edit: Edit, round_ids: Collection[str] = ()) -> Changes:
    """Make a change in one transaction; UserError when it cannot be made, nothing is written then.

    round_ids: open rounds whose expected lists follow; frozen rounds never do.
    """
    before = images.image(ws.ledger)
    detail: dict[str, object] = {}
    with ws.change(edit.action, edit.subject, detail):
        found, plan = _carried_out(ws, edit)
        for impact in found:
            follows = impact.round.id in round_ids
            detail[impact.round.name] = impact.words if follows else f"清单不变（{impact.words}）"
            if follows:
                _follow(ws, impact, plan)
        rows = row_changes.difference(before, images.image(ws.ledger))
    remember(ws, f"{edit.action}“{edit.subject}”", rows)
    return PLAN


def remember(ws: Workspace, label: str, rows: tuple[RowChange, ...]) -> None:
    """Let undo take back what was just done to these rows, as long as nothing builds upon them."""
    back = tuple(item.reversed for item in rows)
    undo.push(
        ws, label, partial(_write, done=label, rows=back), partial(_write, done=label, rows=rows)
    )


def _write(ws: Workspace, *, done: str, rows: tuple[RowChange, ...]) -> Changes:
    """Write rows back as they were; UserError when something was built upon them since."""
    try:
        with ws.change("撤销或重做修改", done, {"rows": len(rows)}), _indexed(ws):
            before = units.units(ws.ledger)
            images.write(ws.ledger, rows)
            editing.follow_states(ws.ledger)
            register.reindex(ws, before)
    except StaleError as error:
        raise UserError(
            f"{done}之后又有改动，没有写回", "请直接修改；以前的内容在操作日志里。"
        ) from error
    return PLAN


@contextmanager
def _indexed(ws: Workspace) -> Iterator[None]:
    """Measures that change inside are found by their new words; units see to that themselves."""
    before = _texts(ws)
    yield
    now = _texts(ws)
    for ref in dict.fromkeys((*before, *now)):
        old, new = before.get(ref, ""), now.get(ref, "")
        if old != new:
            search.put(ws.ledger, "measure", ref, old=old, new=new)


def _texts(ws: Workspace) -> dict[str, str]:
    return {
        measure.id: measure.search_text
        for notice in notices.notices(ws.ledger)
        for pillar in notices.everything(ws.ledger, notice.id)
        for measure in pillar.measures
    }


def _carried_out(ws: Workspace, edit: Edit) -> tuple[tuple[RoundImpact, ...], _Plan]:
    """Make the change inside the open transaction: what it means for open rounds, and the plan."""
    before, names = _plan(ws, edit.notice_id), _unit_names(ws)
    standing = notices.rounds(ws.ledger, edit.notice_id)
    with _indexed(ws):
        edit.write(ws)
    after = _plan(ws, edit.notice_id)
    now = {item.id: item for item in notices.rounds(ws.ledger, edit.notice_id)}
    found = []
    for item in standing:
        if item.state is RoundState.OPEN:
            editing.follow_order(ws.ledger, item.id)
            found.append(_impact(ws, (item, now[item.id]), (before, after), names))
    return tuple(impact for impact in found if impact.touched), after


def _plan(ws: Workspace, notice_id: str) -> _Plan:
    measures = [m for pillar in notices.tree(ws.ledger, notice_id) for m in pillar.measures]
    shares = rounds.shares(measures, units.units(ws.ledger), units.groups(ws.ledger))
    return {(share.measure.id, share.unit.id): share for share in shares}


def _unit_names(ws: Workspace) -> dict[str, str]:
    return {unit.id: unit.canonical_name for unit in units.units(ws.ledger)}


def _impact(
    ws: Workspace, round_: tuple[Round, Round], plans: tuple[_Plan, _Plan], names: dict[str, str]
) -> RoundImpact:
    before, after = plans
    listed = editing.listed(ws.ledger, round_[0].id)
    gone = [key for key in before if key not in after and key in listed]
    kept = {
        key for key in gone if editing.has_history(ws.ledger, "expected_entries", listed[key].id)
    }
    same = [key for key in before if key in after and key in listed]
    now = _unit_names(ws)
    on_list = {unit_id for _, unit_id in listed}
    return RoundImpact(
        round_[0],
        round_[1].due_on,
        added=_lines(after[key] for key in after if key not in before and key not in listed),
        removed=_lines(before[key] for key in gone if key not in kept),
        kept=_lines(before[key] for key in gone if key in kept),
        roles=_lines(after[key] for key in same if _role(before[key]) != _role(after[key])),
        renamed=tuple(
            (names[unit_id], now[unit_id])
            for unit_id in names
            if unit_id in on_list and names[unit_id] != now[unit_id]
        ),
    )


def _role(share: Share) -> tuple[object, bool]:
    return share.role, share.suggested


def _lines(shares: Iterable[Share]) -> tuple[Line, ...]:
    return tuple(
        Line(share.unit.canonical_name, share.measure.title, (share.measure.id, share.unit.id))
        for share in shares
    )


def _follow(ws: Workspace, impact: RoundImpact, plan: _Plan) -> None:
    """Let the expected list of a round follow the change; what was off the plan before stays so."""
    listed = editing.listed(ws.ledger, impact.round.id)
    for line in impact.removed:
        editing.take_off(ws.ledger, listed[line.key])
    for line in impact.added:
        editing.put_on(ws.ledger, impact.round.id, plan[line.key])
    for line in impact.roles:
        editing.set_role(ws.ledger, listed[line.key], plan[line.key])
    editing.follow_names(ws.ledger, impact.round.id, dict(impact.renamed))
