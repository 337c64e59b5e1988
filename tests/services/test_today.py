"""What waits today is what the lists hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.services import chasing, forms, office, overview, receiving, returns, today
from tests.ledgers import clock_at, exempt, expected, extend, record, round_number

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.today import Waiting
    from hs_credit_desktop.services.workspace import Workspace


def _names(listed: Waiting) -> list[str]:
    assert len(listed) == len(listed.names)
    return list(listed.names)


def _decide(ws: Workspace, unit: str, decision: ReturnState, due: date | None = None) -> None:
    returns.review(
        ws,
        expected_return_id=expected(ws, unit).id,
        decision=decision,
        reason="请核对",
        resubmit_by=due,
    )


def test_a_new_round_only_has_units_to_chase(ws: Workspace) -> None:
    found = today.agenda(ws, round_number(ws))
    assert len(found.missing) == found.figures.missing == 6
    for empty in (found.to_review, found.sent_back, found.on_hold, found.exempt):
        assert not empty
        assert empty.names == ()
    assert found.missing.names == tuple(
        item.unit_name for item in overview.expected_returns(ws, round_number(ws))[:3]
    )
    assert (found.chased, found.extended, found.staged) == (0, 0, 0)
    assert found.next_resubmission is None
    assert [item.doubt.where for item in found.doubts] == ["报送日期", "（二）责任单位"]
    assert not found.complete
    assert (found.days_left, found.due_soon) == (10, False)


def test_a_round_is_due_soon_from_the_days_of_the_settings_on(ws: Workspace) -> None:
    ws.clock = clock_at(date(2024, 8, 23))
    assert today.agenda(ws, round_number(ws)).due_soon
    office.set_due_soon_days(ws, 6)
    assert not today.agenda(ws, round_number(ws)).due_soon


def test_the_forms_of_a_round_are_made_or_not(ws: Workspace, tmp_path: Path) -> None:
    assert not today.agenda(ws, round_number(ws)).forms_made
    forms.make_forms(ws, round_number(ws), tmp_path / "反馈表")
    assert today.agenda(ws, round_number(ws)).forms_made
    assert not today.agenda(ws, round_number(ws, 2)).forms_made


def test_every_list_holds_who_it_is_about(ws: Workspace) -> None:
    for unit, measure in (("市数据局", 1), ("市商务局", 1), ("市文旅局", 2), ("市信用中心", 3)):
        record(ws, unit, measure)
    _decide(ws, "市商务局", ReturnState.SENT_BACK, date(2024, 9, 2))
    _decide(ws, "市文旅局", ReturnState.SENT_BACK, date(2024, 8, 28))
    _decide(ws, "市信用中心", ReturnState.ON_HOLD)
    exempt(ws, "西区")
    extend(ws, "东区", date(2024, 9, 6))
    with ws.change("催报", "东区", {}):
        ws.ledger.execute(
            "UPDATE expected_returns SET chases = 2 WHERE id = ?", expected(ws, "东区").id
        )
    found = today.agenda(ws, round_number(ws))
    assert _names(found.missing) == ["东区"]
    assert _names(found.to_review) == ["市数据局"]
    assert _names(found.sent_back) == ["市商务局", "市文旅局"]
    assert _names(found.on_hold) == ["市信用中心"]
    assert _names(found.exempt) == ["西区"]
    assert (found.chased, found.extended) == (1, 1)
    assert found.promised == ()
    assert found.next_resubmission == date(2024, 8, 28)


def test_complete_when_all_that_are_expected_are_accepted(ws: Workspace) -> None:
    for unit in ("市商务局", "市文旅局", "市信用中心", "东区", "西区"):
        exempt(ws, unit)
    record(ws, "市数据局", 1)
    assert not today.agenda(ws, round_number(ws)).complete
    _decide(ws, "市数据局", ReturnState.ACCEPTED)
    assert today.agenda(ws, round_number(ws)).complete
    exempt(ws, "市数据局")
    assert not today.agenda(ws, round_number(ws)).complete


def test_files_that_wait_in_the_inbox_are_counted_for_their_round(ws: Workspace) -> None:
    inbound = receiving.read_pasted("一、完善信用制度：已印发方案。")
    receiving.stage(ws, inbound, round_number(ws))
    assert today.agenda(ws, round_number(ws)).staged == 1
    assert today.agenda(ws, round_number(ws, 2)).staged == 0


def test_a_promise_is_asked_after_when_its_day_has_come(ws: Workspace) -> None:
    place = expected(ws, "东区").id
    chasing.log_call(ws, expected_return_id=place, promised_by=date(2024, 8, 22))
    assert today.agenda(ws, round_number(ws)).promised == ()
    ws.clock = clock_at(date(2024, 8, 22))
    [promised] = today.agenda(ws, round_number(ws)).promised
    assert promised.unit_name == "东区"
    chasing.log_call(ws, expected_return_id=place, promised_by=date(2024, 8, 26))
    assert today.agenda(ws, round_number(ws)).promised == ()  # the day promised last counts
