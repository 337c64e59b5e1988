"""Review: the queue with its flags, bulk accept, notices of return, history and paper copies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.flags import FlagKind, FlagLimits
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import flagging, office, return_notices, returns, reviewing
from hs_credit_desktop.store import notices
from tests.ledgers import TODAY, entry, exempt, expected, record, round_number

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace

LONG = "召开部门协调会3次，组织12家单位录入信用信息，完成历史数据补录，建立按月通报制度。"
OTHER = "开展企业信用承诺活动，签订承诺书560份，公示红黑名单18家，培训业务骨干95人次。"


def _send_back(ws: Workspace, unit: str, reason: str = "请补充数据。") -> None:
    returns.review(
        ws,
        expected_return_id=expected(ws, unit).id,
        decision=ReturnState.SENT_BACK,
        reason=reason,
        resubmit_by=date(2024, 8, 28),
    )


def test_queue_in_order_of_receipt_with_flags(ws: Workspace) -> None:
    record(ws, "市商务局", 1, LONG)
    record(ws, "市商务局", 2, OTHER)
    record(ws, "市信用中心", 3, OTHER, on=date(2024, 8, 10))
    record(ws, "东区", 1, LONG)
    rows = reviewing.queue(ws, round_number(ws))
    assert [row.expected.unit_name for row in rows] == ["市信用中心", "市商务局", "东区"]
    assert [flag.kind for flag in rows[1].flags] == [FlagKind.REPEATS_OTHER]
    assert rows[1].flags[0].against_name == "东区"
    assert [flag.kind for flag in rows[2].flags] == [FlagKind.REPEATS_OTHER, FlagKind.BLANK]
    assert rows[2].chips == ("与其他单位雷同", "1 条空白")
    assert "请补报" in reviewing.ready_reason(rows[2].flags)
    assert [row.expected.unit_name for row in reviewing.accept_clear(ws, round_number(ws))] == [
        "市信用中心"
    ]
    assert expected(ws, "市信用中心").state is ReturnState.ACCEPTED
    assert expected(ws, "东区").state is ReturnState.TO_REVIEW


def test_last_round_is_compared(ws: Workspace) -> None:
    record(ws, "市信用中心", 3, LONG)
    record(ws, "市信用中心", 3, LONG, number=2)
    [flag] = reviewing.flags(ws, expected(ws, "市信用中心", 2).id)
    assert (flag.kind, flag.against_name) == (FlagKind.REPEATS_LAST, "第一轮")
    flagging.set_limits(ws, FlagLimits(last=1.0))
    assert flagging.limits(ws) == FlagLimits(last=1.0)
    assert len(reviewing.flags(ws, expected(ws, "市信用中心", 2).id)) == 1
    with pytest.raises(UserError, match="阈值"):
        flagging.set_limits(ws, FlagLimits(other=0.2))


def test_return_notice_as_paper_and_mail(ws: Workspace) -> None:
    office.set_office(ws, {"office_contact": "甲某", "office_phone": "000"})
    record(ws, "市信用中心", 3, LONG)
    with pytest.raises(UserError, match="没有被退回"):
        return_notices.return_notice(ws, expected(ws, "市信用中心").id)
    _send_back(ws, "市信用中心", "（三）没有数据。\n\n（三）请附件。")
    paper = return_notices.return_notice(ws, expected(ws, "市信用中心").id)
    assert paper.title == "关于补报第一轮任务执行情况的通知"
    assert paper.paragraphs[1:3] == ("一、（三）没有数据。", "二、（三）请附件。")
    assert "请于2024年8月28日前" in paper.mail_text
    assert "甲某" in paper.mail_text
    assert paper.mail_text.startswith("市信用中心：")
    [row] = reviewing.listed(ws, round_number(ws), Status.SENT_BACK).read(0, 1)
    assert row.unit_name == "市信用中心"
    _send_back(ws, "市信用中心", "请补充。")
    with ws.change("试", "试", {}):
        ws.ledger.execute("DELETE FROM settings WHERE key LIKE 'office_%'")
        ws.ledger.execute("UPDATE expected_returns SET resubmit_by = NULL")
    plain = return_notices.return_notice(ws, expected(ws, "市信用中心").id)
    assert "联系" not in plain.mail_text
    assert plain.paragraphs[1] == "请补充。"
    assert "2024年8月30日前" in plain.mail_text


def test_history_keeps_versions_and_decisions(ws: Workspace) -> None:
    record(ws, "市信用中心", 3, LONG)
    _send_back(ws, "市信用中心")
    record(ws, "市信用中心", 3, OTHER)
    place = expected(ws, "市信用中心")
    found = reviewing.history(ws, place.id)
    assert [line.version for line in found.versions] == [1, 2]
    [line] = found.reviews
    assert (line.version, line.decision, line.reason) == (1, ReturnState.SENT_BACK, "请补充数据。")
    assert line.due_on == date(2024, 8, 28)
    before = reviewing.before_resubmission(ws, place.id)
    assert before[entry(ws, "市信用中心", 3).id].progress == LONG
    [row] = reviewing.queue(ws, round_number(ws))
    assert row.chips == ("重报",)
    returns.review(ws, expected_return_id=place.id, decision=ReturnState.ACCEPTED)
    assert reviewing.history(ws, place.id).reviews[-1].due_on is None


def test_paper_copies_are_ticked_with_their_day(ws: Workspace) -> None:
    place, round_ = expected(ws, "市信用中心"), round_number(ws)
    reviewing.tick_paper_copy(ws, place.id, TODAY)
    assert reviewing.paper_copies(ws, round_) == {place.id: TODAY}
    reviewing.tick_paper_copy(ws, place.id, None)
    assert reviewing.paper_copies(ws, round_) == {}
    with pytest.raises(UserError, match="之后"):
        reviewing.tick_paper_copy(ws, place.id, date(2024, 8, 21))
    assert reviewing.paper_copies(ws, round_) == {}


def test_a_units_place_and_entries(ws: Workspace) -> None:
    exempt(ws, "东区")
    unit = ws.ledger.value("SELECT id FROM units WHERE canonical_name = '东区'")
    place = reviewing.unit_return(ws, round_number(ws), unit)
    assert place.exempt
    rows = reviewing.entries_of(ws, round_number(ws), place.id)
    assert [row.measure_number for row in rows] == [1, 3]
    assert notices.notices(ws.ledger)
