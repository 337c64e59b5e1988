"""Changes of the register as one step each: one transaction, one audit line, one step to undo."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import register
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import row_changes, units
from hs_credit_desktop.store.row_changes import RowChange

REGISTER = Changes(units=True, notice=True, returns=True)
APART = "apart:"


@dataclass(frozen=True)
class RegisterUndo:
    """A change of the register that can be taken back. label: 市财政局的改名."""

    label: str
    subject: str
    changes: tuple[RowChange, ...]


@contextmanager
def changing(
    ws: Workspace,
    action: str,
    subject: str,
    detail: Mapping[str, object],
    *,
    unit_ids: Sequence[str] = (),
) -> Iterator[None]:
    """One change of the register; unit_ids: whose duties and places in open rounds it may touch."""
    parts = row_changes.parts_of_units(unit_ids)
    with ws.change(action, subject, detail):
        before, known = row_changes.capture(ws.ledger, parts), units.units(ws.ledger)
        yield
        register.reindex(ws, known)
        after = row_changes.capture(ws.ledger, parts)
    changes = row_changes.difference(before, after)
    if changes:
        ws.undo_stack.append(RegisterUndo(f"{subject}的{action}", subject, changes))


def last(ws: Workspace) -> str:
    """What undo would take back, '' when the last step of this session was no such change."""
    step = ws.undo_stack[-1] if ws.undo_stack else None
    return step.label if isinstance(step, RegisterUndo) else ""


def undo(ws: Workspace) -> Changes:
    """Take the last change of the register back as a whole.

    UserError when there is none, or something it touched was changed since.
    """
    step = ws.undo_stack[-1] if ws.undo_stack else None
    if not isinstance(step, RegisterUndo):
        raise UserError("没有可以撤销的改动", "只能撤销本次打开后在单位名册里所做的最后一步。")
    if not row_changes.stand(ws.ledger, step.changes):
        raise UserError(f"{step.label}之后又有改动，没有撤销", "请直接修改，旧内容在操作日志里。")
    known = units.units(ws.ledger)
    with ws.change("撤销名册改动", step.subject, {"undone": step.label}):
        row_changes.put_back(ws.ledger, step.changes)
        register.reindex(ws, known)
    ws.undo_stack.pop()
    return REGISTER
