"""What the corner of the screen says: the due date near, promises come due, else nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.clock import clock_on
from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.services import chasing, reminding
from tests.ledgers import FIRST_DUE, TODAY, expected, round_number

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace


def _on(ws: Workspace, day: date) -> Workspace:
    return replace(ws, clock=clock_on(day, ws.clock))


def _promise(ws: Workspace, *units: str) -> None:
    for unit in units:
        chasing.log_call(
            ws,
            expected_return_id=expected(ws, unit).id,
            answered_by="甲某",
            promise="明天报",
            promised_by=TODAY + timedelta(days=1),
        )


def test_nothing_while_there_is_time(ws: Workspace) -> None:
    assert reminding.reminder(ws, round_number(ws)) is None


def test_the_last_working_day_says_what_the_strip_says(ws: Workspace) -> None:
    found = reminding.reminder(_on(ws, FIRST_DUE), round_number(ws))
    assert found is not None
    assert found.what.startswith("今日")
    assert "6 家未报" in found.detail


def test_a_promise_come_due_names_the_unit(ws: Workspace) -> None:
    _promise(ws, "市商务局")
    assert reminding.reminder(ws, round_number(ws)) is None
    found = reminding.reminder(_on(ws, TODAY + timedelta(days=1)), round_number(ws))
    assert found == reminding.Reminder(
        "有 1 家单位承诺今天以前报送", "承诺的日子已到还没有报送的：市商务局 1 家。"
    )


def test_many_promises_near_the_due_date_are_counted(ws: Workspace) -> None:
    _promise(ws, "市商务局", "市文旅局", "东区", "西区")
    found = reminding.reminder(_on(ws, FIRST_DUE), round_number(ws))
    assert found is not None
    assert found.detail.endswith("市商务局、市文旅局、东区等 4 家。")


@pytest.mark.parametrize("state", [RoundState.PREPARING, RoundState.FROZEN])
def test_only_an_open_round_reminds(ws: Workspace, state: RoundState) -> None:
    round_ = replace(round_number(ws), state=state)
    assert reminding.reminder(_on(ws, FIRST_DUE), round_) is None
