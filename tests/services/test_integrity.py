"""`check`: silent on a whole ledger, and every kind of harm is found and named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.returns import Completion, FeedbackParts
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import overview, returns
from hs_credit_desktop.services.integrity import Action, Finding, check
from hs_credit_desktop.services.returns import Receipt
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import audit, integrity
from tests.ledgers import TODAY, clock_at, entry, exempt, record

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


@pytest.fixture
def busy(ws: Workspace, tmp_path: Path) -> Workspace:
    """A ledger in which something of everything has happened."""
    mine = entry(ws, "市数据局", 1)
    parts = FeedbackParts("办法已印发", "归集 3 万条", "人手不足", "继续", Completion.DONE)
    returns.record(ws, entry_id=mine.id, parts=parts, receipt=Receipt(TODAY))
    record(ws, "市商务局", 2)
    exempt(ws, "西区")
    (tmp_path / "证据.txt").write_text("证据", encoding="utf-8")
    returns.attach(ws, entry_id=mine.id, paths=[tmp_path / "证据.txt"])
    return ws


def _harm(ws: Workspace, *statements: str) -> None:
    """What somebody does to the file with another program, triggers and all."""
    with closing(sqlite3.connect(ws.folder.ledger, isolation_level=None)) as other:
        triggers = other.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            other.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            other.execute(statement)
        for _, sql in triggers:
            other.execute(sql)


def test_whole_ledger(busy: Workspace) -> None:
    assert check(busy) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE feedback SET progress = replace(progress, '已', '未')",
        "UPDATE feedback SET results = results || ' '",
        "UPDATE feedback SET problems = ''",
        "UPDATE feedback SET next_steps = 'x'",
        "UPDATE feedback SET completion = 'ongoing'",
        "UPDATE feedback SET completion = '乱写'",
    ],
)
def test_edited_feedback_is_named(busy: Workspace, statement: str) -> None:
    _harm(busy, f"{statement} WHERE next_steps = '继续'")
    assert Finding(
        "市数据局·完善信用制度",
        "这条反馈的文字与保存时不一致",
        "请对照原件核对后重新登记，或从备份还原。",
    ) in check(busy)


def test_edited_audit_log_is_named(busy: Workspace) -> None:
    _harm(busy, "UPDATE audit SET actor = '别人' WHERE seq = 2")
    assert "操作日志第 2 行" in [item.where for item in check(busy)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE return_tallies SET returns = returns + 1 WHERE returns > 0",
        "UPDATE entry_tallies SET entries = entries - 1 WHERE entries > 0",
        "UPDATE expected_returns SET covered = covered + 1",
        "UPDATE expected_entries SET covered = 1 - covered",
    ],
)
def test_counts_that_do_not_add_up(busy: Workspace, statement: str) -> None:
    assert integrity.tallies_agree(busy.ledger)
    _harm(busy, statement)
    assert not integrity.tallies_agree(busy.ledger)
    assert "计数" in [item.where for item in check(busy)]


def test_lost_and_changed_files(busy: Workspace) -> None:
    kept = overview.entry_detail(busy, entry(busy, "市数据局", 1).id).attachments[0]
    path = returns.attachment_path(busy, kept.sha256)
    path.write_bytes(b"something else")
    assert check(busy) == [
        Finding(
            f"files/{kept.sha256[:12]}…",
            "保存的原件被改动过",
            "请插上备份盘后取回，损坏的文件会移到一边备查。",
            Action.SET_ASIDE,
        )
    ]
    path.unlink()
    assert [item.text for item in check(busy)] == ["保存的原件不见了"]


def test_broken_references(busy: Workspace) -> None:
    _harm(
        busy,
        "PRAGMA foreign_keys = OFF",
        "UPDATE returns SET expected_return_id = '没有' WHERE rowid = 1",
    )
    assert "数据库结构检查发现问题：表 returns 的引用不完整" in [item.text for item in check(busy)]


def test_damaged_pages_are_said_and_the_rest_is_still_looked_at(busy: Workspace) -> None:
    root = busy.ledger.value("SELECT rootpage FROM sqlite_master WHERE name = 'feedback'")
    size = busy.ledger.value("PRAGMA page_size")
    line = audit.lines(busy.ledger)[1]
    _harm(busy, f"UPDATE audit SET detail = '' WHERE seq = {line.seq}")
    busy.close()
    content = bytearray(busy.folder.ledger.read_bytes())
    content[(root - 1) * size : root * size] = bytes(size)
    busy.folder.ledger.write_bytes(content)
    damaged = open_workspace(busy.folder.root, clock_at(TODAY), read_only=True)
    try:
        found = check(damaged)
    finally:
        damaged.close()
    assert found[0].where == "数据库"
    assert "操作日志第 2 行" in [item.where for item in found]
    assert any("已损坏，没有读出来" in item.text for item in found)


def test_a_structure_that_cannot_even_be_checked(
    busy: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(sql: str) -> list[sqlite3.Row]:
        raise UserError("台账已损坏", "请从备份还原。")

    monkeypatch.setattr(busy.ledger, "query", fail)
    assert integrity.structure(busy.ledger) == ["台账已损坏"]
