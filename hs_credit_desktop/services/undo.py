"""Undo and redo over all pages: labelled steps of this session, the last one first."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.workspace import Changes, Workspace

Act = Callable[[Workspace], Changes]
Look = Callable[[Workspace], object]
MOST_STEPS = 200  # a window stays open for weeks, and every step holds what it would write back


@dataclass(frozen=True)
class Step:
    """Something done that can be taken back. label says what: 市财政局·某项措施的登记.

    seen reads what the step wrote and hangs on; state is what it read right after the last move.
    """

    label: str
    undo: Act
    redo: Act
    seen: Look
    state: object


def _nothing(_ws: Workspace) -> object:
    return None


def push(ws: Workspace, label: str, undo: Act, redo: Act, *, seen: Look = _nothing) -> None:
    """Remember a step that was just done; what had been taken back can no longer be redone.

    undo and redo are commands on the workspace, usually services bound with partial; they may
    push steps themselves, only a redo's own step is kept. seen reads whatever must be unchanged
    for the step to be taken back or done again, so that nothing done later is overwritten.
    """
    ws.undo_stack.append(Step(label, undo, redo, seen, seen(ws)))
    del ws.undo_stack[:-MOST_STEPS]
    ws.redo_stack.clear()


def undo(ws: Workspace) -> Changes:
    """Take the last step back; UserError when there is none or something else followed."""
    if not ws.undo_stack:
        raise UserError("没有可以撤销的操作", "只能撤销本次打开后所做的操作。")
    step = _step(ws.undo_stack[-1])
    if step.seen(ws) != step.state:
        raise UserError(
            f"{step.label}之后又有改动，没有撤销", "请直接在表单里修改，旧内容在操作日志里。"
        )
    changes, _made = _apart(ws, step.undo)
    ws.undo_stack.pop()
    ws.redo_stack.append(replace(step, state=step.seen(ws)))
    return changes


def redo(ws: Workspace) -> Changes:
    """Do the step again that was taken back last; UserError when there is none."""
    if not ws.redo_stack:
        raise UserError("没有可以重做的操作", "只有刚撤销的操作可以重做。")
    step = _step(ws.redo_stack[-1])
    if step.seen(ws) != step.state:
        raise UserError(f"{step.label}撤销之后又有改动，没有重做", "请直接在表单里填写。")
    changes, made = _apart(ws, step.redo)
    ws.redo_stack.pop()
    ws.undo_stack.append(made or replace(step, state=step.seen(ws)))
    return changes


def next_undo(ws: Workspace) -> str:
    """What the next undo takes back, '' when there is nothing."""
    return _step(ws.undo_stack[-1]).label if ws.undo_stack else ""


def next_redo(ws: Workspace) -> str:
    """What the next redo does again, '' when there is nothing."""
    return _step(ws.redo_stack[-1]).label if ws.redo_stack else ""


def forget(ws: Workspace) -> None:
    """Forget all steps: the ledger was replaced or merged, nothing of before can be taken back."""
    ws.undo_stack.clear()
    ws.redo_stack.clear()


def _apart(ws: Workspace, act: Act) -> tuple[Changes, Step | None]:
    """Run a command with the steps left as they are; its changes and the step it pushed."""
    done, undone = list(ws.undo_stack), list(ws.redo_stack)
    ws.undo_stack.clear()
    try:
        changes = act(ws)
        made = list(ws.undo_stack)
    finally:
        ws.undo_stack[:], ws.redo_stack[:] = done, undone
    return changes, _step(made[-1]) if made else None


def _step(kept: object) -> Step:
    assert isinstance(kept, Step), "only steps are on the stacks"
    return kept
