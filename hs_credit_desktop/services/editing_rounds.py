"""Edits of the rounds of a notice by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.editing import Edit
from hs_credit_desktop.services.editing_plan import title_of
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import editing, ledger, notices, rounds, units


def add_round(ws: Workspace, notice_id: str, *, name: str, due_on: date) -> Edit:
    """A round more, opened with the plan as it is; UserError unless it is due after the others."""
    name = title_of(name, "轮次")
    there = notices.rounds(ws.ledger, notice_id)
    number = max((item.number for item in there), default=0) + 1
    made = Round(ledger.new_id(), notice_id, number, name, due_on, RoundState.PREPARING)
    _refuse_disorder((*there, made))

    def write(ws: Workspace) -> None:
        notices.add_rounds(ws.ledger, [made])
        measures = [m for pillar in notices.tree(ws.ledger, notice_id) for m in pillar.measures]
        expected = rounds.shares(measures, units.units(ws.ledger), units.groups(ws.ledger))
        rounds.open_round(ws.ledger, made.id, expected, at=ws.clock.now())

    return Edit(notice_id, "增加轮次", name, write)


def change_round(ws: Workspace, round_: Round, *, name: str, due_on: date) -> Edit:
    """Another name or due date; UserError for a frozen round and for dates out of order."""
    name = title_of(name, "轮次")
    if round_.state is RoundState.FROZEN:
        raise UserError(f"{round_.name}已封存，没有保存", "如确需改动，请先写明理由解封。")
    there = notices.rounds(ws.ledger, round_.notice_id)
    _refuse_disorder(
        [replace(item, due_on=due_on) if item.id == round_.id else item for item in there]
    )

    def write(ws: Workspace) -> None:
        fields = {"name": name, "due_on": due_on.isoformat()}
        editing.set_fields(ws.ledger, "rounds", round_.id, **fields)

    return Edit(round_.notice_id, "修改轮次", name, write)


def _refuse_disorder(there: Sequence[Round]) -> None:
    for one, other in pairwise(there):
        if one.due_on >= other.due_on:
            raise UserError(
                f"{other.name}的截止日期（{other.due_on}）不在{one.name}（{one.due_on}）之后，"
                "没有保存",
                "请按先后填写各轮的截止日期。",
            )
