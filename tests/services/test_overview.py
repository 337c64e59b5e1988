"""What cards, trees and lists show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.draft import DraftNotice
from hs_credit_desktop.domain.statistics import Figures, Progress, Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import office, overview, status
from hs_credit_desktop.services.notices import add_notice
from hs_credit_desktop.services.workspace import (
    PRACTICE_DATE,
    Changes,
    create_workspace,
    open_workspace,
)
from hs_credit_desktop.store import settings
from tests.ledgers import (
    FIRST_DUE,
    SECOND_DUE,
    TEXT,
    TODAY,
    clock_at,
    draft_notice,
    entry,
    exempt,
    expected,
    extend,
    record,
    round_number,
    source,
)

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


def test_notice_is_the_newest_or_the_one_named(ws: Workspace) -> None:
    assert overview.notice(ws).doc_number == "测信办〔2024〕1号"
    later = replace(draft_notice(), title="第二份通知", doc_number="测信办〔2025〕3号")
    add_notice(ws, source(later))
    assert overview.notice(ws).title == "第二份通知"
    assert overview.notice(ws, "测信办〔2024〕1号").title == "关于印发信用工作任务分解的通知"
    with pytest.raises(UserError, match="没有文号为 测信办〔2030〕9号 的通知：请核对文号"):
        overview.notice(ws, "测信办〔2030〕9号")


def test_empty_ledger_has_no_notice(tmp_path: Path) -> None:
    empty = create_workspace(tmp_path / "空", clock_at(TODAY))
    with pytest.raises(UserError, match="没有任何通知"):
        overview.notice(empty)
    empty.close()


def test_round_by_number_or_by_the_day(ws: Workspace) -> None:
    notice = overview.notice(ws)
    assert [item.number for item in overview.rounds(ws, notice.id)] == [1, 2]
    for day, number in ((TODAY, 1), (FIRST_DUE, 1), (date(2024, 8, 31), 2), (date(2025, 5, 1), 2)):
        ws.clock = clock_at(day)
        assert overview.round_of(ws, notice.id).number == number
    assert overview.round_of(ws, notice.id, 2).due_on == SECOND_DUE
    with pytest.raises(UserError, match="没有第 3 轮：这份通知共有 2 轮，请改用 1 到 2。"):
        overview.round_of(ws, notice.id, 3)


def test_notice_without_rounds(ws: Workspace) -> None:
    add_notice(ws, source(replace(draft_notice(), doc_number=None, rounds=())))
    with pytest.raises(UserError, match="这份通知没有报送轮次"):
        overview.round_of(ws, overview.notice(ws).id)


def test_tree_with_progress_and_open_doubts(ws: Workspace) -> None:
    record(ws, "市商务局", 2)
    one, two = overview.tree(ws, round_number(ws))
    assert (one.pillar.title, two.pillar.title) == ("制度建设", "信用监管")
    assert [node.measure.title for node in one.measures] == ["完善信用制度", "归集信用信息"]
    assert [node.open_doubts for node in one.measures] == [0, 1]
    assert one.measures[1].progress == Progress(2, 1, to_review=1)
    assert (one.progress, two.progress) == (Progress(6, 1, to_review=1), Progress(5))
    assert len(overview.open_doubts(ws, overview.notice(ws).id)) == 2
    assert overview.source_text(ws, overview.notice(ws).id) == TEXT


def test_a_node_shows_what_presses_most_below_it(ws: Workspace) -> None:
    round_ = round_number(ws)
    pillars = overview.tree(ws, round_)
    nodes = {node.pillar.id for node in pillars}
    nodes |= {item.measure.id for node in pillars for item in node.measures}
    for day, lamp in ((TODAY, None), (FIRST_DUE, Lamp.DUE_SOON), (date(2024, 8, 31), Lamp.OVERDUE)):
        ws.clock = clock_at(day)
        assert overview.lamps_of_nodes(ws, round_, overview.tree(ws, round_)) == (
            dict.fromkeys(nodes, lamp) if lamp else {}
        )


def test_a_node_heeds_extensions_and_returns_sent_back(ws: Workspace) -> None:
    round_ = round_number(ws)
    for unit in overview.units_of(ws):
        extend(ws, unit.canonical_name, date(2024, 9, 20))
    record(ws, "市商务局", 2)
    back = expected(ws, "市商务局").id
    with ws.change("退回", "市商务局", {}):
        ws.ledger.execute("UPDATE expected_returns SET state = 'sent_back' WHERE id = ?", back)
        ws.ledger.execute(
            "UPDATE expected_entries SET state = 'sent_back' WHERE expected_return_id = ?", back
        )
    measure = entry(ws, "市商务局", 2).measure_id
    pillar = overview.tree(ws, round_)[0].pillar.id
    ws.clock = clock_at(date(2024, 8, 31))
    assert overview.lamps_of_nodes(ws, round_, overview.tree(ws, round_)) == dict.fromkeys(
        (measure, pillar), Lamp.SENT_BACK
    )
    ws.clock = clock_at(date(2024, 9, 21))
    assert overview.lamps_of_nodes(ws, round_, overview.tree(ws, round_))[measure] is Lamp.OVERDUE


def test_units_in_official_order_members_last(ws: Workspace) -> None:
    names = [unit.canonical_name for unit in overview.units_of(ws)]
    assert names == ["市数据局", "市商务局", "市文旅局", "市信用中心", "东区", "西区"]
    listed = overview.expected_returns(ws, round_number(ws))
    assert [item.unit_name for item in listed] == names
    assert set(overview.progress_by_return(ws, round_number(ws))) == {item.id for item in listed}


def test_lamps_by_the_due_date_of_the_round(ws: Workspace) -> None:
    exempt(ws, "西区")
    extend(ws, "东区", date(2024, 9, 20))
    limits = office.thresholds(ws)

    def lamp(unit: str, day: date) -> Lamp:
        ws.clock = clock_at(day)
        of_entry = overview.lamp_of_entry(ws, entry(ws, unit, 3), FIRST_DUE, limits)
        assert overview.lamp_of_return(ws, expected(ws, unit), FIRST_DUE, limits) is of_entry
        return of_entry

    assert lamp("市信用中心", TODAY) is Lamp.NOT_DUE
    assert lamp("市信用中心", date(2024, 8, 23)) is Lamp.DUE_SOON
    assert lamp("市信用中心", FIRST_DUE) is Lamp.DUE_SOON
    assert lamp("市信用中心", date(2024, 8, 31)) is Lamp.OVERDUE
    assert lamp("东区", date(2024, 8, 31)) is Lamp.NOT_DUE
    assert lamp("西区", date(2024, 8, 31)) is Lamp.EXEMPT


def test_strip_and_countdown_know_the_calendar(ws: Workspace) -> None:
    second = round_number(ws, 2)
    ws.clock = clock_at(date(2024, 11, 29))
    assert overview.countdown(ws, second) == "还有 1 天 · 周六"
    said = overview.strip(ws, second)
    assert said.headline == "明日（周六）截止，今天是最后一个工作日。"
    assert "还有 6 家未报" in said.detail
    ws.clock = clock_at(TODAY)
    assert overview.strip(ws, second) is None


# --- status -----------------------------------------------------------------------------------


def test_status_of_a_fresh_ledger(ws: Workspace) -> None:
    for day, overdue in ((FIRST_DUE, 0), (date(2024, 8, 31), 6)):
        ws.clock = clock_at(day)
        found = status.status(ws, number=1)
        assert found.figures == Figures(expected=6, missing=6, overdue=overdue, entries_expected=11)
        assert found.today == day
    assert found.missing_units == ["市数据局", "市商务局", "市文旅局", "市信用中心", "东区", "西区"]


def test_status_by_unit_keeps_exempt_ones_in_their_place(ws: Workspace) -> None:
    record(ws, "市商务局", 1)
    exempt(ws, "市数据局")
    found = status.status(ws, doc_number="测信办〔2024〕1号")
    assert [row["unit"] for row in found.rows][:2] == ["市数据局", "市商务局"]
    assert found.rows[0] == {
        "unit": "市数据局",
        "state": "missing",
        "lamp": "免报",
        "entries_expected": 2,
        "entries_covered": 0,
        "received_on": None,
        "exempt": True,
    }
    assert found.rows[1] == {
        "unit": "市商务局",
        "state": "to_review",
        "lamp": "待审",
        "entries_expected": 2,
        "entries_covered": 1,
        "received_on": "2024-08-20",
        "exempt": False,
    }
    assert "市数据局" not in found.missing_units


def test_status_by_measure_and_by_pillar(ws: Workspace) -> None:
    record(ws, "市商务局", 1)
    rest = {"accepted": 0, "sent_back": 0, "on_hold": 0}
    by_measure = status.status(ws, by="measure").rows
    assert by_measure[0] == {
        "number": 1,
        "measure": "完善信用制度",
        "entries_expected": 4,
        "entries_covered": 1,
        "to_review": 1,
        **rest,
    }
    assert [row["number"] for row in by_measure] == [1, 2, 3]
    assert status.status(ws, by="pillar").rows == [
        {
            "number": 1,
            "pillar": "制度建设",
            "entries_expected": 6,
            "entries_covered": 1,
            "to_review": 1,
            **rest,
        },
        {
            "number": 2,
            "pillar": "信用监管",
            "entries_expected": 5,
            "entries_covered": 0,
            "to_review": 0,
            **rest,
        },
    ]


# --- the workspace ----------------------------------------------------------------------------


def test_changes_join() -> None:
    assert Changes(returns=True) | Changes(settings=True) == Changes(returns=True, settings=True)
    assert Changes() | Changes() == Changes()


def test_practice_ledger_keeps_its_own_day(ws: Workspace) -> None:
    assert not ws.practice
    with ws.change("建立练习台账", "演示", {}):
        settings.put(ws.ledger, PRACTICE_DATE, "2024-11-29")
    ws.close()
    again = open_workspace(ws.folder.root, clock_at(TODAY), read_only=True)
    assert (again.practice, again.today, again.read_only) == (True, date(2024, 11, 29), True)
    again.close()
    named = open_workspace(ws.folder.root, clock_at(TODAY), today=date(2025, 1, 2))
    assert (named.today, named.read_only) == (date(2025, 1, 2), False)
    named.close()


def test_small_notice_counts_like_the_ledger(ws: Workspace) -> None:
    draft = draft_notice()
    assert isinstance(draft, DraftNotice)
    figures = overview.figures(ws, round_number(ws))
    assert (figures.expected, figures.entries_expected) == (
        draft.counts.returns,
        draft.counts.entries,
    )
    assert len(overview.expected_returns(ws, round_number(ws), Status.MISSING)) == 6


def test_a_round_is_composed_once_it_has_a_draft(ws: Workspace) -> None:
    round_ = round_number(ws)
    assert not overview.composed(ws, round_)
    with ws.change("试", "试", {}):
        ws.ledger.insert(
            "summaries",
            id="s",
            round_id=round_.id,
            chapter="overview",
            version=1,
            text="[]",
            sources="[]",
            saved_at="2024-08-20",
        )
    assert overview.composed(ws, round_)
