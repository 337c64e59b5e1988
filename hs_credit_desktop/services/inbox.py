"""The inbox: what accepting a file would change, and what became of each.

Files in = accepted + staged + refused + other, and the rows in them likewise.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hs_credit_desktop.domain.reading import FileKind, FindingKind, Weight
from hs_credit_desktop.domain.recognition import How
from hs_credit_desktop.domain.returns import Channel
from hs_credit_desktop.domain.revision import Mode
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import overview, receiving
from hs_credit_desktop.services.look import Look, look_at
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import lists, notices, returns, staging
from hs_credit_desktop.store.staging import ItemQuery, Outcome, Proposal, StagedItem

RETURNS = Changes(returns=True)
_FROM_CODE = {
    FindingKind.OTHER_ROUND,
    FindingKind.CODE_CONFLICT,
    FindingKind.CODE_BROKEN,
    FindingKind.NAME_CONFLICT,
}


@dataclass(frozen=True)
class Totals:
    """The sum that is always shown, for files and for the rows in them."""

    files_in: int
    accepted: int
    staged: int
    refused: int
    other: int
    rows_in: int
    rows_accepted: int
    rows_staged: int
    rows_refused: int
    rows_other: int


def totals(items: Iterable[StagedItem]) -> Totals:
    """Files and rows by outcome; rows of an accepted file that fit no measure count as other."""
    files: Counter[Outcome] = Counter()
    rows: Counter[Outcome] = Counter()
    for item in items:
        files[item.outcome] += 1
        count = len(item.assigned) if item.reading.rows or item.how else 0
        lost = item.assigned.count(None) if item.outcome is Outcome.ACCEPTED else 0
        rows[item.outcome] += count - lost
        rows[Outcome.OTHER] += lost
    counted = {"files_in": files.total(), "rows_in": rows.total()}
    for outcome in Outcome:
        counted |= {outcome.value: files[outcome], f"rows_{outcome.value}": rows[outcome]}
    return Totals(**counted)


def tray(ws: Workspace, round_: Round, batch_id: str | None = None) -> tuple[Look, ...]:
    """The files of a round, or of one drop, each with what would follow from accepting it."""
    found = staging.items(ws.ledger, ItemQuery(round_id=round_.id, batch_id=batch_id))
    return tuple(look_at(ws, item, round_) for item in found)


def preview(ws: Workspace, item_id: str) -> Look:
    """One file: entries old beside new, problems that stop apart from remarks."""
    item = staging.item(ws.ledger, item_id)
    return look_at(ws, item, _round_of(ws, item))


def _round_of(ws: Workspace, item: StagedItem) -> Round:
    found = (
        round_
        for notice in notices.notices(ws.ledger)
        for round_ in overview.rounds(ws, notice.id)
        if round_.id == item.round_id
    )
    return next(found)


def accept(
    ws: Workspace, item_id: str, *, mode: Mode = Mode.REPLACE, channel: Channel = Channel.MAIL
) -> Changes:
    """Take one file in as the next version of its unit's return; the clerk has looked at it.

    UserError when something stops it; the inbox and the returns stay as they are then.
    """
    shown = preview(ws, item_id)
    _refuse_stopped(shown)
    _take_in(ws, [shown], mode, channel)
    return RETURNS


def accept_certain(
    ws: Workspace, round_: Round, batch_id: str | None = None, *, channel: Channel = Channel.MAIL
) -> tuple[StagedItem, ...]:
    """Take in all files that need no look, in one transaction; the items accepted.

    Of two files of one unit only the first is certain: the second changes what the first said.
    """
    chosen: dict[str, Look] = {}
    for shown in tray(ws, round_, batch_id):
        if shown.certain and shown.expected:
            chosen.setdefault(shown.expected.id, shown)
    if chosen:
        _take_in(ws, list(chosen.values()), Mode.REPLACE, channel)
    ids = {shown.item.id for shown in chosen.values()}
    return tuple(
        item for item in staging.items(ws.ledger, ItemQuery(round_id=round_.id)) if item.id in ids
    )


def settle_certain(ws: Workspace, round_: Round, batch_id: str) -> None:
    """Refuse and file as other what is proposed so, besides accepting what is certain."""
    accept_certain(ws, round_, batch_id)
    for shown in tray(ws, round_, batch_id):
        if shown.item.outcome is Outcome.STAGED and shown.proposal is Proposal.REFUSE:
            refuse(ws, [shown.item.id], shown.proposed_reason)
        elif shown.item.outcome is Outcome.STAGED and shown.proposal is Proposal.OTHER:
            file_as_other(ws, [shown.item.id], shown.proposed_reason)


def _refuse_stopped(shown: Look) -> None:
    if shown.item.outcome is not Outcome.STAGED:
        raise UserError(
            f"“{shown.item.name}”已是“{shown.item.outcome.label}”，没有改动",
            "如需重新处理，请先退回收件箱。",
        )
    if stops := [item for item in shown.findings if item.kind.weight is Weight.STOPS]:
        raise UserError(f"“{shown.item.name}”不能登记", stops[0].text)


def _take_in(ws: Workspace, chosen: Sequence[Look], mode: Mode, channel: Channel) -> None:
    detail = {
        "files": [
            {
                "item": shown.item.id,
                "name": shown.item.name,
                "sha256": shown.item.sha256,
                "unit": shown.expected.unit_name if shown.expected else "",
                "mode": mode.value,
                "rows": {plan.entry.id: plan.result(mode).row_hash for plan in shown.plans},
            }
            for shown in chosen
        ]
    }
    subject = "、".join(shown.expected.unit_name for shown in chosen if shown.expected)
    with ws.change("登记收件", subject, detail):
        for shown in chosen:
            _write(ws, shown, mode, channel)


def _write(ws: Workspace, shown: Look, mode: Mode, channel: Channel) -> None:
    item, expected = shown.item, shown.expected
    assert expected, "a file without its unit is stopped"
    now = ws.clock.now()
    day = min(item.received_on or ws.today, ws.today)
    made = returns.add_return(
        ws.ledger, expected, received_on=day, channel=channel, on_behalf=False, at=now
    )
    for plan in shown.plans:
        result = plan.result(mode)
        if not result.blank:
            returns.put_feedback(ws.ledger, plan.entry, made.id, result, at=now)
    staging.attach_original(ws.ledger, item, made.id, at=now)
    staging.set_signers(ws.ledger, made.id, item.reading)
    accepted = replace(
        item, outcome=Outcome.ACCEPTED, return_id=made.id, reason="", decided_at=now.isoformat()
    )
    staging.save(ws.ledger, replace(accepted, findings=shown.findings))


def refuse(ws: Workspace, item_ids: Sequence[str], reason: str) -> Changes:
    """Refuse files with a reason that can be sent to the unit; originals stay."""
    return _decide(ws, item_ids, Outcome.REFUSED, reason)


def file_as_other(ws: Workspace, item_ids: Sequence[str], reason: str) -> Changes:
    """File what is no return (a seating plan, a duplicate) as other; originals stay."""
    return _decide(ws, item_ids, Outcome.OTHER, reason)


def put_back(ws: Workspace, item_ids: Sequence[str]) -> Changes:
    """Back into the inbox what was refused or filed as other; a file taken in stays taken in."""
    for item_id in item_ids:
        if staging.item(ws.ledger, item_id).outcome is Outcome.ACCEPTED:
            raise UserError(
                "已登记的文件不能退回收件箱", "如需更正，请在“任务”页修改，或退回补报。"
            )
    return _decide(ws, item_ids, Outcome.STAGED, "退回收件箱")


def _decide(ws: Workspace, item_ids: Sequence[str], outcome: Outcome, reason: str) -> Changes:
    found = [staging.item(ws.ledger, item_id) for item_id in item_ids]
    if not reason.strip():
        raise UserError(
            f"没有写{outcome.label}的原因，没有改动", "请写明原因，可直接发给来件单位。"
        )
    for item in found:
        if item.outcome is Outcome.ACCEPTED:
            raise UserError(f"“{item.name}”已经登记，没有改动", "如需更正，请在“审核”页退回补报。")
    said = {"files": [item.name for item in found], "reason": reason}
    with ws.change(outcome.label, "收件箱", said):
        for item in found:
            kept = "" if outcome is Outcome.STAGED else reason.strip()
            decided = replace(
                item, outcome=outcome, reason=kept, decided_at=ws.clock.now().isoformat()
            )
            staging.save(ws.ledger, decided)
    return RETURNS


def name_unit(ws: Workspace, item_id: str, expected_return_id: str) -> Changes:
    """The clerk says whose file it is (改认为其他单位); rows are matched anew."""
    item = staging.item(ws.ledger, item_id)
    round_ = _round_of(ws, item)
    expected = lists.expected_return(ws.ledger, expected_return_id)
    register = receiving.register_of(ws, round_)
    unit = next(place for place in register.candidates if place.expected_return_id == expected.id)
    named = replace(
        item,
        how=How.TYPED,
        why=f"由您指定为{expected.unit_name}。",
        expected_return_id=expected.id,
        assigned=receiving.assign(item.reading, unit, register),
        findings=tuple(found for found in item.findings if found.kind not in _FROM_CODE),
    )
    return _save(ws, item, named, {"unit": expected.unit_name})


def type_in(ws: Workspace, item_id: str, text: str) -> Changes:
    """The clerk typed what a scan or photo says; it is then split like a free report.

    UserError when nothing was typed or the file is no scan that waits for it.
    """
    from hs_credit_desktop.files.read_return import read_text

    item = staging.item(ws.ledger, item_id)
    if item.reading.kind is not FileKind.SCAN:
        raise UserError(f"“{item.name}”不是扫描件，没有改动", "它的文字已经读出来了，请直接核对。")
    typed = read_text(text, FileKind.SCAN)
    if not (typed.rows or typed.paragraphs):
        raise UserError("没有录入内容，没有改动", "请照着原件录入后再保存。")
    register = receiving.register_of(ws, _round_of(ws, item))
    unit = next(
        (it for it in register.candidates if it.expected_return_id == item.expected_return_id),
        None,
    )
    kept = tuple(found for found in item.findings if found.kind is not FindingKind.TO_TYPE)
    read = replace(
        item,
        reading=replace(typed, codes=item.reading.codes),
        assigned=receiving.assign(typed, unit, register),
        findings=(*kept, *typed.findings),
    )
    return _save(ws, item, read, {"typed": len(text)})


def assign_rows(ws: Workspace, item_id: str, numbers: dict[int, int | None]) -> Changes:
    """The clerk says which measure rows or paragraphs answer: index from 0 → number, None: none."""
    item = staging.item(ws.ledger, item_id)
    assigned = tuple(numbers.get(at, number) for at, number in enumerate(item.assigned))
    return _save(ws, item, replace(item, assigned=assigned), {"rows": len(numbers)})


def set_received_on(ws: Workspace, item_id: str, day: date) -> Changes:
    """Mend the day a file came; UserError for a day to come."""
    if day > ws.today:
        raise UserError(f"收到日期 {day} 在今天（{ws.today}）之后", "请填写实际收到的日期。")
    item = staging.item(ws.ledger, item_id)
    return _save(ws, item, replace(item, received_on=day), {"received_on": day.isoformat()})


def _save(ws: Workspace, old: StagedItem, new: StagedItem, detail: dict[str, object]) -> Changes:
    if old.outcome is not Outcome.STAGED:
        raise UserError(f"“{old.name}”已是“{old.outcome.label}”，没有改动", "请先退回收件箱。")
    with ws.change("核对收件", old.name, {"item": old.id, **detail}):
        staging.save(ws.ledger, new)
    return RETURNS
