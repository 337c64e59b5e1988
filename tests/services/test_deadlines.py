"""More time for a unit and leave not to report: what moves, what stays, what is refused."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.deadlines import Lamp, Thresholds
from hs_credit_desktop.domain.statistics import Figures, Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import deadlines, freezing, integrity, overview
from hs_credit_desktop.services.workspace import Changes
from hs_credit_desktop.store import audit
from tests.ledgers import FIRST_DUE, TODAY, clock_at, dump, expected, record, round_number

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace

LATER, AFTER_DUE = date(2024, 9, 6), date(2024, 9, 2)


def _extend(
    ws: Workspace, unit: str = "东区", until: date = LATER, reason: str = "换届"
) -> Changes:
    place = expected(ws, unit).id
    return deadlines.extend(ws, expected_return_id=place, until=until, reason=reason)


def _exempt(ws: Workspace, unit: str = "东区", reason: str = "机构撤并") -> Changes:
    return deadlines.exempt(ws, expected_return_id=expected(ws, unit).id, reason=reason)


def _lamp(ws: Workspace, unit: str) -> Lamp:
    return overview.lamp_of_return(ws, expected(ws, unit), FIRST_DUE, Thresholds())


def _figures(ws: Workspace) -> Figures:
    return overview.figures(ws, round_number(ws))


def test_an_extension_moves_the_lamp_and_not_the_statistics(ws: Workspace) -> None:
    assert _extend(ws, reason=" 换届 ") == Changes(returns=True)
    ws.clock = clock_at(AFTER_DUE)
    assert (_lamp(ws, "东区"), _lamp(ws, "西区")) == (Lamp.DUE_SOON, Lamp.OVERDUE)
    assert _figures(ws).overdue == 6
    record(ws, "东区", 1, on=AFTER_DUE)
    assert (_figures(ws).late, _figures(ws).on_time) == (1, 0)
    assert deadlines.extension_reason(ws, expected(ws, "东区").id) == "换届"
    assert deadlines.extension_reason(ws, expected(ws, "西区").id) == ""


def test_an_extension_can_be_changed_and_taken_back(ws: Workspace) -> None:
    _extend(ws)
    _extend(ws, until=date(2024, 9, 10), reason="再宽限")
    assert expected(ws, "东区").extended_to == date(2024, 9, 10)
    line = json.loads(audit.lines(ws.ledger)[-1].detail)
    assert (line["old"], line["new"], line["old_reason"]) == ("2024-09-06", "2024-09-10", "换届")
    deadlines.unextend(ws, expected_return_id=expected(ws, "东区").id)
    assert expected(ws, "东区").extended_to is None
    assert deadlines.extension_reason(ws, expected(ws, "东区").id) == ""
    with pytest.raises(UserError, match="东区 没有延期，不用取消"):
        deadlines.unextend(ws, expected_return_id=expected(ws, "东区").id)


def test_an_exemption_leaves_the_denominator_with_its_entries(ws: Workspace) -> None:
    before = _figures(ws)
    assert _exempt(ws, reason=" 机构撤并 ") == Changes(returns=True)
    after = _figures(ws)
    assert (after.expected, after.missing, after.exempt) == (before.expected - 1, 5, 1)
    assert after.entries_expected == before.entries_expected - 2
    [listed] = overview.expected_returns(ws, round_number(ws), Status.EXEMPT)
    assert (listed.unit_name, listed.exempt_reason) == ("东区", "机构撤并")
    assert _lamp(ws, "东区") is Lamp.EXEMPT
    with pytest.raises(UserError, match="本轮免报，没有保存"):
        record(ws, "东区", 1)


def test_an_exemption_taken_back_leaves_the_ledger_as_it_was(ws: Workspace) -> None:
    before = dump(ws)
    _exempt(ws)
    assert dump(ws) != before
    deadlines.unexempt(ws, expected_return_id=expected(ws, "东区").id)
    assert dump(ws) == before
    with pytest.raises(UserError, match="东区 没有免报，不用取消"):
        deadlines.unexempt(ws, expected_return_id=expected(ws, "东区").id)


@pytest.mark.parametrize("until", [FIRST_DUE, date(2024, 8, 25)])
def test_an_extension_lies_after_the_due_date(ws: Workspace, until: date) -> None:
    before = dump(ws, ("expected_returns", "audit"))
    with pytest.raises(UserError, match=f"东区 没有延期：{until} 不能用"):
        _extend(ws, until=until)
    assert dump(ws, ("expected_returns", "audit")) == before


def test_an_extension_does_not_end_before_today(ws: Workspace) -> None:
    ws.clock = clock_at(date(2024, 9, 7))
    with pytest.raises(UserError, match="没有延期：2024-09-06 不能用：请填报送期限（2024-08-30）"):
        _extend(ws)
    _extend(ws, until=date(2024, 9, 7))


def test_a_reason_is_asked_for(ws: Workspace) -> None:
    with pytest.raises(UserError, match="请写明延期的原因"):
        _extend(ws, reason=" ")
    with pytest.raises(UserError, match="请写明免报的原因"):
        _exempt(ws, reason="\n")


def test_who_has_reported_gets_neither(ws: Workspace) -> None:
    record(ws, "东区", 1)
    with pytest.raises(UserError, match="东区 已经报送，没有延期"):
        _extend(ws)
    with pytest.raises(UserError, match="东区 已经报送，没有免报"):
        _exempt(ws)


def test_who_is_exempt_is_not_extended_nor_exempt_again(ws: Workspace) -> None:
    _exempt(ws)
    with pytest.raises(UserError, match="东区 本轮免报，没有延期"):
        _extend(ws)
    with pytest.raises(UserError, match="东区 本轮已经免报：原因是：机构撤并"):
        _exempt(ws)


def test_a_frozen_round_refuses(ws: Workspace) -> None:
    freezing.freeze(ws, round_number(ws))
    with pytest.raises(UserError, match="已封存"):
        _exempt(ws)
    with pytest.raises(UserError, match="已封存"):
        _extend(ws)


def test_the_ledger_passes_its_check_afterwards(ws: Workspace) -> None:
    _extend(ws, "西区")
    _exempt(ws)
    deadlines.unexempt(ws, expected_return_id=expected(ws, "东区").id)
    _exempt(ws, "市信用中心")
    assert integrity.check(ws) == []


@pytest.mark.parametrize(
    ("today", "proposed"),
    [(TODAY, date(2024, 9, 2)), (date(2024, 9, 13), date(2024, 9, 14))],
    ids=["over the weekend", "a Saturday on which offices work"],
)
def test_the_day_proposed_is_a_working_day(ws: Workspace, today: date, proposed: date) -> None:
    ws.clock = clock_at(today)
    assert deadlines.proposed_day(ws, round_number(ws)) == proposed
