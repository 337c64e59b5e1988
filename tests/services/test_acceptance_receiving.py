"""The receiving part of the acceptance script, Friday 08:30 to Monday 10:20, with its numbers."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.domain.flags import FlagKind
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import (
    inbox,
    overview,
    receiving,
    return_notices,
    returns,
    reviewing,
)
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.practice_files import files_folder
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store.staging import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.workspace import Workspace

FRIDAY, MONDAY = date(2024, 11, 29), date(2024, 12, 2)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_practice(tmp_path_factory.mktemp("practice") / "练习台账")


@pytest.fixture
def root(practice: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "台账"
    shutil.copytree(practice, copy)
    return copy


def _open(root: Path, day: date) -> tuple[Workspace, Round]:
    ws = open_workspace(root, system_clock(), today=day)
    return ws, overview.round_of(ws, overview.notice(ws).id, 2)


def _pile(root: Path, start: str) -> list[Path]:
    [folder] = [path for path in files_folder(root).iterdir() if path.name.startswith(start)]
    return sorted(folder.iterdir())


def _figures(ws: Workspace, round_: Round) -> tuple[int, ...]:
    found = overview.figures(ws, round_)
    return (
        found.received,
        found.missing,
        found.accepted,
        found.sent_back,
        found.to_review,
    )


def _drop(ws: Workspace, round_: Round, pile: list[Path]) -> str:
    return receiving.stage(ws, receiving.read_files(pile), round_).id


def _send_back(ws: Workspace, row: reviewing.QueueRow) -> None:
    returns.review(
        ws,
        expected_return_id=row.expected.id,
        decision=ReturnState.SENT_BACK,
        reason=reviewing.ready_reason(row.flags),
        resubmit_by=MONDAY,
    )


def test_friday_and_monday(root: Path) -> None:
    ws, round_ = _open(root, FRIDAY)
    assert _figures(ws, round_) == (25, 19, 22, 1, 2)
    _friday_morning(ws, round_, root)
    _review(ws, round_)
    batch = _drop(ws, round_, _pile(root, "2"))
    assert len(inbox.accept_certain(ws, round_, batch)) == 5
    assert len(reviewing.accept_clear(ws, round_)) == 5
    assert _figures(ws, round_) == (40, 4, 38, 2, 0)
    ws.close()

    ws, round_ = _open(root, MONDAY)
    batch = _drop(ws, round_, _pile(root, "3"))
    shown = inbox.tray(ws, round_, batch)
    assert sorted(item.item.received_on for item in shown) == [
        date(2024, 11, 30),
        date(2024, 11, 30),
        date(2024, 12, 1),
        date(2024, 12, 2),
    ]
    assert len(inbox.accept_certain(ws, round_, batch)) == 4
    assert len(reviewing.accept_clear(ws, round_)) == 4
    assert _figures(ws, round_) == (43, 1, 42, 1, 0)
    _drop(ws, round_, _pile(root, "4"))
    inbox.accept_certain(ws, round_)
    reviewing.accept_clear(ws, round_)
    assert _figures(ws, round_) == (43, 1, 43, 0, 0)
    found = overview.figures(ws, round_)
    assert (found.on_time, found.late, found.overdue) == (42, 1, 1)
    assert (found.entries_covered, found.entries_expected) == (266, 267)
    assert (found.rate, found.on_time_rate) == (0.9773, 0.9545)
    assert [item.unit_name for item in overview.expected_returns(ws, round_, Status.LATE)] == [
        "市科技局"
    ]
    assert check(ws) == []
    ws.close()


def _friday_morning(ws: Workspace, round_: Round, root: Path) -> None:
    pile = _pile(root, "1")
    assert len(pile) == 13  # 12 files and a zip of 3
    batch = _drop(ws, round_, pile)
    shown = {item.item.name: item for item in inbox.tray(ws, round_, batch)}
    assert Counter(item.word for item in shown.values()) == {
        "可接收": 10,
        "待确认": 1,
        "重报": 1,
        "往轮": 1,
        "需拆分": 1,
        "无关": 1,
    }
    assert inbox.totals(item.item for item in shown.values()).files_in == 15
    assert shown["市农业农村局（补报）.xlsx"].plans[0].changed()
    answered = {name: (item.answered, len(item.plans)) for name, item in shown.items()}
    assert answered["市商务局反馈表.xlsx"] == (8, 8)
    assert answered["阳新县反馈表.xlsx"] == (21, 24)
    assert answered["关于信用工作的情况汇报.docx"] == (2, 2)
    assert shown["附件1.xlsx"].expected.unit_name == "市委网信办"
    assert shown["附件1.xlsx"].item.how == "content"
    assert len(inbox.accept_certain(ws, round_, batch)) == 11
    for name in ("附件1.xlsx", "关于信用工作的情况汇报.docx"):
        inbox.accept(ws, shown[name].item.id)
    last = shown["市医保局8月.xlsx"]
    inbox.refuse(ws, [last.item.id], last.proposed_reason)
    other = shown["会议座次表.xlsx"]
    inbox.file_as_other(ws, [other.item.id], other.proposed_reason)
    counted = inbox.totals(item.item for item in inbox.tray(ws, round_, batch))
    assert (counted.files_in, counted.accepted, counted.refused, counted.other) == (15, 13, 1, 1)
    assert counted.staged == 0
    assert _figures(ws, round_) == (37, 7, 22, 0, 15)
    [kept] = [item for item in inbox.tray(ws, round_) if item.item.outcome is Outcome.REFUSED]
    assert "第二轮" in kept.item.reason


def _review(ws: Workspace, round_: Round) -> None:
    queue = reviewing.queue(ws, round_)
    assert len(queue) == 15
    found = {
        row.expected.unit_name: [
            (flag.kind, round(flag.similarity, 2) if flag.similarity else None)
            for flag in row.flags
        ]
        for row in queue
        if row.blocked
    }
    assert found == {
        "市商务局": [(FlagKind.REPEATS_LAST, 0.97), (FlagKind.REPEATS_LAST, 0.95)],
        "市市场监管局": [(FlagKind.TOTAL_FELL, None)],
        "阳新县": [(FlagKind.BLANK, None)] * 3,
        "下陆区": [(FlagKind.REPEATS_LAST, 0.91)],
    }
    [fell] = [row for row in queue if row.expected.unit_name == "市市场监管局"]
    assert "12.6万条 → 11.9万条（−5.6%）" in fell.flags[0].text
    assert len(reviewing.accept_clear(ws, round_)) == 11
    for row in queue:
        if row.blocked:
            _send_back(ws, row)
    assert _figures(ws, round_) == (37, 7, 33, 4, 0)
    papers = [
        return_notices.return_notice(ws, item.id)
        for item in overview.expected_returns(ws, round_, Status.SENT_BACK)
    ]
    assert len(papers) == 4
    assert all("2024年12月2日前" in paper.mail_text for paper in papers)
