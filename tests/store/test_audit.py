"""The audit log: one line a change in its own transaction, chained, append-only."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.domain.returns import Channel, FeedbackParts, ReturnState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import deadlines, office, returns
from hs_credit_desktop.services.returns import Receipt
from hs_credit_desktop.services.workspace import actor
from hs_credit_desktop.store import audit
from tests.ledgers import TODAY, dump, entry, exempt, expected, extend, record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


def _record(ws: Workspace, folder: Path) -> None:
    record(ws, "市商务局", 1)


def _record_return(ws: Workspace, folder: Path) -> None:
    returns.record_return(
        ws,
        expected_return_id=expected(ws, "东区").id,
        feedback={
            entry(ws, "东区", 1).id: FeedbackParts("甲"),
            entry(ws, "东区", 3).id: FeedbackParts("乙"),
        },
        receipt=Receipt(TODAY, Channel.PAPER),
    )


def _undo(ws: Workspace, folder: Path) -> None:
    returns.undo(ws)


def _review(ws: Workspace, folder: Path) -> None:
    returns.review(
        ws, expected_return_id=expected(ws, "市数据局").id, decision=ReturnState.ACCEPTED
    )


def _attach(ws: Workspace, folder: Path) -> None:
    (folder / "证据.txt").write_text("证据", encoding="utf-8")
    returns.attach(ws, entry_id=entry(ws, "市数据局", 1).id, paths=[folder / "证据.txt"])


def _detach(ws: Workspace, folder: Path) -> None:
    returns.detach(
        ws, entry_id=entry(ws, "市数据局", 1).id, attachment_id="没有这个", name="证据.txt"
    )


def _threshold(ws: Workspace, folder: Path) -> None:
    office.set_due_soon_days(ws, 5)


def _office(ws: Workspace, folder: Path) -> None:
    office.set_office(ws, {"office_name": "某办"})


def _preference(ws: Workspace, folder: Path) -> None:
    office.set_preference(ws, "theme", "dark")


def _holidays(ws: Workspace, folder: Path) -> None:
    office.set_holidays(ws, office.parse_holidays("2025-10-01 休 国庆节"))


def _extend(ws: Workspace, folder: Path) -> None:
    place = expected(ws, "市商务局").id
    deadlines.extend(ws, expected_return_id=place, until=date(2024, 9, 6), reason="领导出差")


def _unextend(ws: Workspace, folder: Path) -> None:
    deadlines.unextend(ws, expected_return_id=expected(ws, "市文旅局").id)


def _exempt(ws: Workspace, folder: Path) -> None:
    deadlines.exempt(ws, expected_return_id=expected(ws, "市商务局").id, reason="职能划转")


def _unexempt(ws: Workspace, folder: Path) -> None:
    deadlines.unexempt(ws, expected_return_id=expected(ws, "西区").id)


def _prepare(ws: Workspace) -> None:
    """A ledger in which every write has something to do."""
    record(ws, "市数据局", 1)
    extend(ws, "市文旅局", date(2024, 9, 6))
    exempt(ws, "西区")


WRITES = {
    "登记反馈": _record,
    "登记报送件": _record_return,
    "撤销登记": _undo,
    "审核": _review,
    "添加佐证材料": _attach,
    "移除佐证材料": _detach,
    "修改设置": _threshold,
    "修改设置 ": _office,
    "修改设置  ": _preference,
    "修改节假日": _holidays,
    "延期": _extend,
    "取消延期": _unextend,
    "免报": _exempt,
    "取消免报": _unexempt,
}
TABLES = (
    *("expected_returns", "expected_entries", "returns", "feedback", "attachments", "reviews"),
    *("files", "settings", "holidays", "search_documents", "audit"),
)


def test_making_the_ledger_is_the_first_line(ws: Workspace) -> None:
    [line] = audit.lines(ws.ledger)
    assert (line.seq, line.action, line.subject) == (
        1,
        "建立台账",
        "关于印发信用工作任务分解的通知",
    )
    assert (line.previous, line.actor, line.at) == (
        audit.GENESIS,
        actor(),
        "2024-08-20T09:30:00+08:00",
    )
    assert json.loads(line.detail)["counts"]["entries"] == 11


@pytest.mark.parametrize("action", WRITES)
def test_every_write_adds_exactly_one_line(ws: Workspace, tmp_path: Path, action: str) -> None:
    _prepare(ws)
    before = audit.lines(ws.ledger)
    WRITES[action](ws, tmp_path)
    after = audit.lines(ws.ledger)
    assert after[:-1] == before
    assert (after[-1].action, after[-1].previous) == (action.strip(), before[-1].hash)
    assert audit.broken_at(ws.ledger) is None


@pytest.mark.parametrize("action", WRITES)
def test_a_write_that_fails_at_its_line_changes_nothing(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    _prepare(ws)
    before, steps = dump(ws, TABLES), list(ws.undo_stack)

    def fail(*_: object, **__: object) -> None:
        assert ws.ledger.connection.in_transaction
        raise UserError("磁盘坏了", "请换一个磁盘。")

    monkeypatch.setattr(audit, "append", fail)
    with pytest.raises(UserError, match="磁盘坏了"):
        WRITES[action](ws, tmp_path)
    assert dump(ws, TABLES) == before
    assert ws.undo_stack == steps


def test_record_keeps_old_and_new_words(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "旧的", results="不变")
    record(ws, "市数据局", 1, "新的", results="不变", on=date(2024, 8, 19))
    line = audit.lines(ws.ledger)[-1]
    assert line.subject == "市数据局·完善信用制度"
    assert json.loads(line.detail) == {
        "entry": entry(ws, "市数据局", 1).id,
        "received_on": "2024-08-19",
        "channel": "mail",
        "old": {"progress": "旧的"},
        "new": {"progress": "新的"},
    }


def test_lines_can_be_read_in_parts(ws: Workspace) -> None:
    for text in "甲乙丙":
        record(ws, "市数据局", 1, text)
    assert [line.seq for line in audit.lines(ws.ledger)] == [1, 2, 3, 4]
    assert [line.seq for line in audit.lines(ws.ledger, after=1, limit=2)] == [2, 3]


@pytest.mark.parametrize(
    "tamper",
    ["UPDATE audit SET detail = '{}' WHERE seq = 2", "DELETE FROM audit WHERE seq = 2"],
)
def test_log_is_append_only(ws: Workspace, tamper: str) -> None:
    record(ws, "市数据局", 1)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), ws.ledger.transaction():
        ws.ledger.execute(tamper)
    assert audit.broken_at(ws.ledger) is None


def _outside(ws: Workspace, *statements: str) -> None:
    """What somebody does to the file with another program."""
    with closing(sqlite3.connect(ws.folder.ledger, isolation_level=None)) as other:
        for kind in ("update", "delete"):
            other.execute(f"DROP TRIGGER audit_is_append_only_{kind}")
        for statement in statements:
            other.execute(statement)


@pytest.mark.parametrize(
    ("tamper", "broken"),
    [
        ("UPDATE audit SET detail = replace(detail, '乙', '丁') WHERE seq = 3", 3),
        ("UPDATE audit SET at = '2024-01-01T00:00:00+08:00' WHERE seq = 2", 2),
        ("UPDATE audit SET actor = 'somebody' WHERE seq = 4", 4),
        ("UPDATE audit SET action = '审核' WHERE seq = 1", 1),
        ("UPDATE audit SET subject = '' WHERE seq = 2", 2),
        ("UPDATE audit SET hash = 'x' WHERE seq = 4", 4),
        ("DELETE FROM audit WHERE seq = 3", 3),
        ("UPDATE audit SET seq = 9 WHERE seq = 4", 4),
    ],
)
def test_an_edit_outside_breaks_the_chain_at_that_line(
    ws: Workspace, tamper: str, broken: int
) -> None:
    for text in "甲乙丙":
        record(ws, "市数据局", 1, text)
    _outside(ws, tamper)
    assert audit.broken_at(ws.ledger) == broken


def test_a_line_rehashed_by_hand_breaks_the_next_one(ws: Workspace) -> None:
    for text in "甲乙丙":
        record(ws, "市数据局", 1, text)
    line = audit.lines(ws.ledger)[1]
    forged = audit.AuditLine(**{**vars(line), "detail": "{}"})
    _outside(ws, f"UPDATE audit SET detail = '{{}}', hash = '{forged.expected_hash}' WHERE seq = 2")
    assert audit.broken_at(ws.ledger) == 3


def test_every_writing_service_is_tried_here() -> None:
    """A new command must join WRITES: its parameters show it changes something."""
    commands: list[Callable[..., object]] = [
        function
        for module in (returns, office, deadlines)
        for name, function in vars(module).items()
        if getattr(function, "__annotations__", {}).get("return").__class__ is type
        and function.__annotations__["return"].__name__ == "Changes"
        and not name.startswith("_")
    ]
    assert len(commands) == len(WRITES)
