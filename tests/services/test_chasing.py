"""Chasing: who owes, in official order, with contacts, last call and promise; texts to copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain import chasing as words
from hs_credit_desktop.domain.chasing import ChaseKind, ChaseLevel
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import chasing, office, overview, returns
from hs_credit_desktop.services.integrity import check
from tests.ledgers import TODAY, clock_at, exempt, expected, extend, record, round_number

if TYPE_CHECKING:
    from hs_credit_desktop.domain.chasing import Owing
    from hs_credit_desktop.services.workspace import Workspace

BACK_BY = date(2024, 9, 2)


@pytest.fixture
def busy(ws: Workspace) -> Workspace:
    """One accepted, one sent back, one exempt, three missing of which one has more time."""
    for unit in ("市数据局", "市商务局"):
        record(ws, unit, 1)
    returns.review(
        ws, expected_return_id=expected(ws, "市数据局").id, decision=ReturnState.ACCEPTED
    )
    returns.review(
        ws,
        expected_return_id=expected(ws, "市商务局").id,
        decision=ReturnState.SENT_BACK,
        reason="请补充数据。",
        resubmit_by=BACK_BY,
    )
    exempt(ws, "西区")
    extend(ws, "东区", date(2024, 9, 5))
    return ws


def _missing(ws: Workspace) -> dict[str, Owing]:
    return {item.unit_name: item for item in chasing.missing(ws, round_number(ws))}


def test_who_owes_in_official_order(busy: Workspace) -> None:
    assert list(_missing(busy)) == ["市文旅局", "市信用中心", "东区"]
    assert _missing(busy)["东区"].due_on == date(2024, 9, 5)
    assert _missing(busy)["市文旅局"].due_on == date(2024, 8, 30)
    [back] = chasing.sent_back(busy, round_number(busy))
    assert (back.unit_name, back.due_on, back.reason) == ("市商务局", BACK_BY, "请补充数据。")
    assert (back.entries, back.blank, back.last, back.promised_by) == (2, 1, None, None)


def test_one_unit_is_read_as_in_the_list(busy: Workspace) -> None:
    round_ = round_number(busy)
    called = overview.expected_returns(busy, round_, Status.MISSING)[0]
    chasing.add_contact(busy, unit_id=called.unit_id, name="乙某")
    chasing.log_call(busy, expected_return_id=called.id)
    for whole, status in (
        (chasing.missing(busy, round_), Status.MISSING),
        (chasing.sent_back(busy, round_), Status.SENT_BACK),
    ):
        listed = overview.expected_returns(busy, round_, status)
        assert tuple(chasing.owing(busy, round_, item) for item in listed) == whole
        assert whole
    assert any(item.contacts for item in chasing.missing(busy, round_))


def test_calls_are_logged_and_promises_come_back(busy: Workspace) -> None:
    unit = _missing(busy)["市文旅局"]
    assert unit.next_level() is ChaseLevel.REMINDER
    chasing.log_call(
        busy,
        expected_return_id=unit.expected_return_id,
        answered_by=" 王科长 ",
        promise="下周一报",
        promised_by=TODAY + timedelta(days=1),
    )
    unit = _missing(busy)["市文旅局"]
    assert unit.last is not None
    assert (unit.last.answered_by, unit.last.promise, unit.last.kind.label) == (
        "王科长",
        "下周一报",
        "电话",
    )
    assert unit.last.caller == busy.actor
    assert unit.promised_by == TODAY + timedelta(days=1)
    assert unit.next_level() is ChaseLevel.LETTER
    assert expected(busy, "市文旅局").chases == 1
    assert chasing.promises_due(busy, round_number(busy)) == ()
    tomorrow = replace(busy, clock=clock_at(TODAY + timedelta(days=1)))
    assert [item.unit_name for item in chasing.promises_due(tomorrow, round_number(busy))] == [
        "市文旅局"
    ]
    chasing.log_letter(busy, list(_missing(busy).values()), level=ChaseLevel.CIRCULAR)
    assert [item.next_level() for item in _missing(busy).values()] == [ChaseLevel.CIRCULAR] * 3
    assert expected(busy, "市文旅局").chases == 2
    assert check(busy) == []


def test_what_is_settled_is_not_chased(busy: Workspace) -> None:
    for unit, says in (("市数据局", "已经报送，不用催报"), ("西区", "本轮免报，不用催报")):
        with pytest.raises(UserError, match=says):
            chasing.log_call(busy, expected_return_id=expected(busy, unit).id)
    with pytest.raises(UserError, match="在今天之前"):
        chasing.log_call(
            busy,
            expected_return_id=expected(busy, "市文旅局").id,
            kind=ChaseKind.CHAT,
            promised_by=TODAY - timedelta(days=1),
        )


def test_contacts(busy: Workspace) -> None:
    unit_id = expected(busy, "市文旅局").unit_id
    with pytest.raises(UserError, match="联系人没有姓名"):
        chasing.add_contact(busy, unit_id=unit_id, name=" ")
    chasing.add_contact(busy, unit_id=unit_id, name="甲", phone="0000", mailbox="a@example.invalid")
    chasing.add_contact(busy, unit_id=unit_id, name="乙", note="新来的")
    people = _missing(busy)["市文旅局"].contacts
    assert [item.name for item in people] == ["乙", "甲"]
    chasing.remove_contact(busy, people[0])
    assert [item.name for item in _missing(busy)["市文旅局"].contacts] == ["甲"]


def test_levels_are_named_by_the_office(busy: Workspace) -> None:
    assert list(chasing.level_names(busy).values()) == ["提醒", "催报函", "通报"]
    chasing.name_levels(busy, {ChaseLevel.CIRCULAR: "督办单"})
    assert chasing.level_names(busy)[ChaseLevel.CIRCULAR] == "督办单"
    chasing.name_levels(busy, {ChaseLevel.CIRCULAR: ""})
    assert chasing.level_names(busy)[ChaseLevel.CIRCULAR] == "通报"


def test_texts_to_copy(busy: Workspace) -> None:
    office.set_office(busy, {"office_name": "测试市信用办", "office_phone": "0000-0000000"})
    round_ = round_number(busy)
    unit, [back] = _missing(busy)["市文旅局"], chasing.sent_back(busy, round_)
    assert chasing.mail_text(busy, round_, unit) == (
        "市文旅局：\n"
        "　　按照任务分解通知（测信办〔2024〕1号）要求，贵单位第一轮应反馈 2 条，目前尚未收到。"
        "请于8月30日前报送。如已报送，请忽略本邮件。\n"
        "　　如有疑问，请与我们联系，联系电话：0000-0000000。\n"
        "测试市信用办"
    )
    assert chasing.chat_text(round_, back) == (
        "您好，贵单位第一轮的反馈需要补充完善（请补充数据）。麻烦于9月2日前报送，谢谢。"
    )
    assert chasing.group_text(busy, round_) == (
        "各位好，第一轮报送情况提醒：\n"
        "尚未报送 3 家：市文旅局、市信用中心、东区。\n"
        "需要补充完善 1 家：市商务局。\n"
        "请尽快报送，谢谢。"
    )
    only_back = words.group_text([back], round_name="第一轮")
    assert "尚未报送" not in only_back
    only_missing = words.group_text([unit], round_name="第一轮")
    assert "补充完善" not in only_missing
    assert words.group_text([], round_name="第一轮") == ""
    bare = words.mail_text(
        replace(back, reason=""), round_name="第一轮", doc_number=None, office="", phone=""
    )
    assert "通知要求，贵单位第一轮的反馈需要补充完善。请于" in bare
    assert "请与我们联系。" in bare


def test_units_over_the_rounds(busy: Workspace) -> None:
    late = replace(busy, clock=clock_at(date(2024, 9, 3)))
    record(late, "市文旅局", 2, on=date(2024, 9, 3))
    found = {item.unit_name: item for item in chasing.records(late)}
    assert list(found) == ["市数据局", "市商务局", "市文旅局", "市信用中心", "东区", "西区"]
    said = {
        name: (item.expected, item.on_time, item.late, item.missing, item.sent_back)
        for name, item in found.items()
    }
    assert said["市数据局"] == (2, 1, 0, 0, 0)
    assert said["市商务局"] == (2, 1, 0, 0, 1)
    assert said["市文旅局"] == (2, 0, 1, 0, 0)
    assert said["市信用中心"] == (2, 0, 0, 1, 0)
    assert said["西区"] == (1, 0, 0, 0, 0)
    circular = chasing.circular_text(late)
    assert "市文旅局：应报 2 次，按时 0 次，逾期 1 次，未报 0 次，退回补报 0 次。" in circular
    assert len(chasing.circular_text(late, [found["市文旅局"]]).splitlines()) == 5
