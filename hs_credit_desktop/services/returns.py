"""Logging what a unit sends, deciding on it, and taking the last save back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.domain.returns import (
    Channel,
    Entry,
    ExpectedReturn,
    FeedbackParts,
    Return,
    ReturnState,
    changed_parts,
)
from hs_credit_desktop.domain.text import clean
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import undo as undoing
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import files, lists, returns
from hs_credit_desktop.store.returns import SavePoint

MAX_ATTACHMENT_BYTES = 100 * 1024 * 1024
RETURNS = Changes(returns=True)


@dataclass(frozen=True)
class Receipt:
    """When and how a return came in. on_behalf: 代报, another unit answered for this one."""

    received_on: date
    channel: Channel = Channel.MAIL
    on_behalf: bool = False


def record(ws: Workspace, *, entry_id: str, parts: FeedbackParts, receipt: Receipt) -> Changes:
    """Log a unit's feedback for one measure; one transaction, one audit line, one undo step.

    The first entry of a unit makes its return (待审); an entry for a return that was sent back
    makes the next version. UserError for an exempt unit, a blank first entry or a future date.
    """
    parts = _cleaned(parts)
    entry = lists.entry(ws.ledger, entry_id)
    expected = lists.expected_return(ws.ledger, entry.expected_return_id)
    _refuse(ws, expected, receipt)
    if parts.blank and entry.feedback_id is None:
        raise UserError("四个部分都是空的，没有保存", "请至少填写“进展情况”。")
    before = returns.save_point(ws.ledger, entry, expected)
    with ws.change("登记反馈", name_of(entry), _difference(entry, parts, receipt)):
        current = _version_for(ws, before, receipt)
        returns.put_feedback(ws.ledger, entry, current.id, parts, at=ws.clock.now())
    undoing.push(
        ws,
        f"{name_of(entry)}的登记",
        partial(_take_back, before=before, after=parts),
        partial(record, entry_id=entry_id, parts=parts, receipt=receipt),
        seen=partial(_standing, entry_id=entry_id, before=before),
    )
    return RETURNS


def _version_for(ws: Workspace, before: SavePoint, receipt: Receipt) -> Return:
    current = before.current
    if current is None or before.expected.state is ReturnState.SENT_BACK:
        return returns.add_return(ws.ledger, before.expected, **vars(receipt), at=ws.clock.now())
    if (current.received_on, current.channel, current.on_behalf) != tuple(vars(receipt).values()):
        returns.correct_receipt(ws.ledger, current, **vars(receipt))
    return current


def record_return(
    ws: Workspace,
    *,
    expected_return_id: str,
    feedback: Mapping[str, FeedbackParts],
    receipt: Receipt,
) -> Changes:
    """Log a unit's whole answer as its next version: entry id → parts; all or nothing.

    UserError for an exempt unit, a date in the future, and when nothing in it says anything.
    """
    expected = lists.expected_return(ws.ledger, expected_return_id)
    _refuse(ws, expected, receipt)
    said = {entry_id: _cleaned(parts) for entry_id, parts in feedback.items()}
    if all(parts.blank for parts in said.values()):
        raise UserError(f"{expected.unit_name} 的报送件是空的，没有保存", "请核对后再登记。")
    detail = {
        "version": expected.version + 1,
        "received_on": receipt.received_on.isoformat(),
        "channel": receipt.channel.value,
        "rows": {entry_id: parts.row_hash for entry_id, parts in said.items()},
    }
    with ws.change("登记报送件", expected.unit_name, detail):
        now = ws.clock.now()
        made = returns.add_return(ws.ledger, expected, **vars(receipt), at=now)
        for entry_id, parts in said.items():
            entry = lists.entry(ws.ledger, entry_id)
            assert entry.expected_return_id == expected.id, "an entry of another return"
            returns.put_feedback(ws.ledger, entry, made.id, parts, at=now)
    return RETURNS


def _cleaned(parts: FeedbackParts) -> FeedbackParts:
    progress, results, problems, next_steps = (clean(text) for text in parts.texts)
    return FeedbackParts(progress, results, problems, next_steps, parts.completion)


def _refuse(ws: Workspace, expected: ExpectedReturn, receipt: Receipt) -> None:
    if expected.exempt:
        raise UserError(f"{expected.unit_name} 本轮免报，没有保存", "如确需登记，请先取消免报。")
    if receipt.received_on > ws.today:
        raise UserError(
            f"收到日期 {receipt.received_on} 在今天（{ws.today}）之后，没有保存",
            "请填写实际收到的日期。",
        )


def _difference(entry: Entry, parts: FeedbackParts, receipt: Receipt) -> dict[str, object]:
    changed = changed_parts(entry.parts, parts)
    return {
        "entry": entry.id,
        "received_on": receipt.received_on.isoformat(),
        "channel": receipt.channel.value,
        "old": {name: getattr(entry.parts, name) for name in changed},
        "new": {name: getattr(parts, name) for name in changed},
    }


def name_of(entry: Entry) -> str:
    """单位·措施 as the audit log and the menus name an entry."""
    return f"{entry.unit_name}·{entry.measure_title}"


def undo(ws: Workspace) -> Changes:
    """Take the last step back; see services/undo.py."""
    return undoing.undo(ws)


def _take_back(ws: Workspace, *, before: SavePoint, after: FeedbackParts) -> Changes:
    now = lists.entry(ws.ledger, before.entry.id)
    changed = changed_parts(after, before.entry.parts)
    detail = {"entry": now.id, "old": {name: getattr(after, name) for name in changed}}
    with ws.change("撤销登记", name_of(now), detail):
        returns.take_back(ws.ledger, before, now)
    return RETURNS


def _standing(ws: Workspace, *, entry_id: str, before: SavePoint) -> object:
    """What must be as the save left it: the text, and the version, state and cover of its return.

    A decision about the version counts only where the save made that version.
    """
    entry = lists.entry(ws.ledger, entry_id)
    now = lists.expected_return(ws.ledger, entry.expected_return_id)
    made = now.version > before.expected.version
    decided = made and returns.reviewed(ws.ledger, now.return_id)
    return entry.parts, now.version, now.state, now.covered, decided


def review(
    ws: Workspace,
    *,
    expected_return_id: str,
    decision: ReturnState,
    reason: str = "",
    resubmit_by: date | None = None,
) -> Changes:
    """Accept, send back or hold a return; who reported never changes.

    UserError when the unit has not reported, or a return is sent back without reason and new date.
    """
    assert decision is not ReturnState.MISSING, "a decision cannot unmake a return"
    expected = lists.expected_return(ws.ledger, expected_return_id)
    if expected.return_id is None:
        raise UserError(f"{expected.unit_name} 还没有报送，不能审核", "请先登记它的报送件。")
    if decision is ReturnState.SENT_BACK and not (reason.strip() and resubmit_by):
        raise UserError(f"{expected.unit_name} 没有退回", "请写明退回原因和补报日期。")
    detail = {
        "old": expected.state.value,
        "new": decision.value,
        "reason": reason,
        "resubmit_by": resubmit_by.isoformat() if resubmit_by else None,
        "version": expected.version,
    }
    with ws.change("审核", expected.unit_name, detail):
        returns.set_state(ws.ledger, expected.id, decision, resubmit_by=resubmit_by)
        returns.add_review(
            ws.ledger,
            expected.return_id,
            decision,
            reason=reason,
            due_on=resubmit_by,
            reviewer=ws.actor,
            at=ws.clock.now(),
        )
    return RETURNS


def attach(ws: Workspace, *, entry_id: str, paths: Sequence[Path]) -> Changes:
    """Keep files as evidence of an entry, all or none; UserError names one that cannot be read."""
    contents = [(path.name, _read(path)) for path in paths]
    entry = lists.entry(ws.ledger, entry_id)
    known = {item.id for item in files.attachments_of(ws.ledger, entry_id)}
    with ws.change("添加佐证材料", name_of(entry), {"files": [name for name, _ in contents]}):
        for name, data in contents:
            sha256 = files.keep(ws.ledger, data, at=ws.clock.now())
            files.attach(ws.ledger, entry_id=entry_id, name=name, sha256=sha256, at=ws.clock.now())
    now = files.attachments_of(ws.ledger, entry_id)
    made = tuple(item.id for item in now if item.id not in known)
    _push_evidence(ws, entry, made, "添加的佐证材料", added=True)
    return RETURNS


def _push_evidence(
    ws: Workspace, entry: Entry, ids: tuple[str, ...], what: str, *, added: bool
) -> None:
    """The step for files that were added to an entry, or taken off it."""
    off = partial(_show_evidence, entry_id=entry.id, ids=ids, shown=False)
    on = partial(_show_evidence, entry_id=entry.id, ids=ids, shown=True)
    undoing.push(
        ws,
        f"{name_of(entry)}{what}",
        off if added else on,
        on if added else off,
        seen=lambda ws: files.attachments_of(ws.ledger, entry.id),
    )


def _show_evidence(ws: Workspace, *, entry_id: str, ids: tuple[str, ...], shown: bool) -> Changes:
    entry = lists.entry(ws.ledger, entry_id)
    action = "添加佐证材料" if shown else "移除佐证材料"
    with ws.change(action, name_of(entry), {"attachments": list(ids)}):
        for attachment_id in ids:
            if shown:
                files.restore(ws.ledger, attachment_id)
            else:
                files.deactivate(ws.ledger, attachment_id, at=ws.clock.now())
    return RETURNS


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_ATTACHMENT_BYTES:
            raise UserError(f"{path.name} 超过 100 MB，没有添加", "请压缩或拆分后再添加。")
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"{path.name} 读不出来，没有添加", "请确认文件还在，并且没有被占用。"
        ) from error


def detach(ws: Workspace, *, entry_id: str, attachment_id: str, name: str) -> Changes:
    """Take a file off an entry; the file itself stays in the data folder."""
    entry = lists.entry(ws.ledger, entry_id)
    with ws.change("移除佐证材料", name_of(entry), {"attachment": attachment_id, "name": name}):
        files.deactivate(ws.ledger, attachment_id, at=ws.clock.now())
    _push_evidence(ws, entry, (attachment_id,), f"移除的佐证材料 {name}", added=False)
    return RETURNS


def attachment_path(ws: Workspace, sha256: str) -> Path:
    """Where an attachment's bytes lie."""
    return files.path_of(ws.ledger, sha256)


def is_lead(entry: Entry) -> bool:
    """Whether the unit leads the measure."""
    return entry.role == Role.LEAD.value
