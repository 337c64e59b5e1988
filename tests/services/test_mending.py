"""Ways out of what `check` finds, and harm that it names although no row says so by itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import find, integrity
from hs_credit_desktop.services.integrity import Action, check
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import files, guards, lock
from hs_credit_desktop.store import integrity as looked
from hs_credit_desktop.store.integrity import WrongRow
from tests.ledgers import record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace


def _harm(ws: Workspace, *statements: str) -> None:
    """What another program does to the file."""
    with closing(sqlite3.connect(ws.folder.ledger, isolation_level=None)) as other:
        for statement in statements:
            other.execute(statement)


@pytest.fixture
def busy(ws: Workspace) -> Workspace:
    """A ledger with two entries."""
    record(ws, "市数据局", 1, "归集信用数据")
    record(ws, "市商务局", 1, "培训三场")
    return ws


def test_a_search_index_that_says_something_else_is_made_anew(busy: Workspace) -> None:
    _harm(busy, "INSERT INTO search_index (rowid, body) VALUES (1, '1234')")
    [found] = check(busy)
    assert (found.where, found.action, found.action.label) == (
        "查找",
        Action.REBUILD_SEARCH,
        "重建查找索引",
    )
    integrity.refuse_damaged(busy)  # nothing that is printed comes from the index
    integrity.rebuild_search(busy)
    assert check(busy) == []
    assert [hit.unit for hit in find.find(busy, "三场")] == ["市商务局"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM search_documents WHERE kind = 'feedback'",
        "UPDATE search_documents SET kind = 'unit' WHERE kind = 'measure'",
        "INSERT INTO search_index (rowid, body) VALUES (999, '1234')",
    ],
)
def test_documents_that_do_not_fit_are_found(busy: Workspace, statement: str) -> None:
    _harm(busy, statement)
    assert [item.action for item in check(busy)] == [Action.REBUILD_SEARCH]


def test_very_many_documents_are_compared_by_list(
    busy: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(integrity.search_check, "MOST_DOCUMENTS", 3)
    assert check(busy) == []
    _harm(busy, "DELETE FROM search_documents WHERE kind = 'feedback'")
    assert len(check(busy)) == 1


def test_wrong_tallies_are_counted_anew(busy: Workspace) -> None:
    _harm(busy, "UPDATE return_tallies SET returns = returns + 1")
    [found] = check(busy)
    assert (found.where, found.action) == ("计数", Action.RECOUNT)
    with pytest.raises(UserError, match=r"台账检查没有通过（计数：.*没有导出"):
        integrity.refuse_damaged(busy)
    integrity.recount(busy)
    assert check(busy) == []


def test_covered_counts_follow_the_entries(busy: Workspace) -> None:
    with busy.change("弄错", "", {}):
        busy.ledger.execute("UPDATE expected_returns SET covered = 5")
    assert [item.where for item in check(busy)] == ["计数"]
    integrity.recount(busy)
    assert check(busy) == []


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE units SET ordinal = 99 WHERE canonical_name = '市数据局'", "市数据局"),
        ("UPDATE rounds SET due_on = '2024-09-30' WHERE number = 1", "第一轮"),
        ("UPDATE settings SET value = '别的' WHERE key = 'office_name'", "office_name"),
        ("UPDATE responsibilities SET role = 'lead'", "责任单位"),
        ("UPDATE expected_entries SET ordinal = 7", "市数据局·完善信用制度"),
        ("UPDATE holidays SET name = 'x'", None),
        ("DELETE FROM unit_group_members", "unit_group_members"),
        ("INSERT INTO holidays (day, workday, name) VALUES ('2024-10-01', 0, '')", "holidays"),
        ("UPDATE table_seals SET columns = '' WHERE tbl = 'units'", "单位"),
        ("DELETE FROM table_seals WHERE tbl = 'rounds'", "轮次"),
        ("DROP TRIGGER return_tallies_update", "数据库"),
        ("UPDATE _sqlite_migrations SET name = name || 'x'", "数据库"),
        ("UPDATE units SET short_name = CAST(x'ff' AS TEXT) WHERE ordinal = 1", "市商务局"),
    ],
)
def test_whatever_another_program_changed_is_named(
    busy: Workspace, statement: str, where: str | None
) -> None:
    _harm(busy, statement)
    found = [item.where for item in check(busy)]
    assert where in found if where else found == []


def test_a_log_that_lost_its_end_is_found(busy: Workspace) -> None:
    _harm(
        busy,
        "DROP TRIGGER audit_is_append_only_delete",
        "DELETE FROM audit WHERE seq = 3",
        "CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit\n"
        "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
    )
    assert ("操作日志第 3 行", "操作日志的末尾缺了，有些改动没有对应的日志") in [
        (item.where, item.text) for item in check(busy)
    ]


def test_values_of_another_kind_do_not_stop_the_check(busy: Workspace) -> None:
    _harm(
        busy,
        "UPDATE expected_returns SET state = x'00' WHERE unit_name = '市数据局'",
        "DROP TRIGGER audit_is_append_only_update",
        "UPDATE audit SET actor = x'00' WHERE seq = 2",
    )
    found = [item.where for item in check(busy)]
    assert "市数据局" in found
    assert any(where.startswith(("操作日志", "数据库")) for where in found)


def test_a_ledger_that_is_gone_is_a_finding(busy: Workspace) -> None:
    busy.close()
    busy.folder.ledger.unlink()
    [found] = check(busy)
    assert found.where == "数据库"


def test_rows_without_a_name(busy: Workspace) -> None:
    assert looked.name_of_row(busy.ledger, WrongRow("doubts", "x")) == ""
    assert looked.name_of_row(busy.ledger, WrongRow("units", "x")) == ""


def test_a_kept_file_is_not_kept_twice(busy: Workspace, tmp_path: Path) -> None:
    (tmp_path / "大文件").write_bytes(b"x" * 10)
    for _ in range(2):
        with busy.change("存", "", {}):
            sha256 = files.keep_file(busy.ledger, tmp_path / "大文件", at=busy.clock.now())
    assert files.intact(busy.ledger, sha256)
    assert busy.ledger.value("SELECT count(*) FROM files WHERE sha256 = ?", sha256) == 1
    assert check(busy) == []


def test_a_full_disk_while_the_lock_is_taken(
    busy: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy.close()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(lock, "_say_holder", full)
        with pytest.raises(UserError, match="不能写入：没有改动任何文件"):
            open_workspace(busy.folder.root, busy.clock)
    open_workspace(busy.folder.root, busy.clock).close()


class _Broken:
    """A connection whose commit fails and has rolled back by itself, as on a full disk."""

    def __init__(self, inner: sqlite3.Connection) -> None:
        self.inner = inner

    def execute(self, sql: str, *values: object) -> object:
        if sql == "COMMIT":
            self.inner.execute("ROLLBACK")
            raise sqlite3.OperationalError("database or disk is full")
        return self.inner.execute(sql, *values)

    @property
    def in_transaction(self) -> bool:
        return self.inner.in_transaction


def test_a_full_disk_while_a_site_begins(busy: Workspace) -> None:
    guard = busy.ledger.guard
    assert guard
    identify: Callable[..., None] = guards._identify
    with pytest.raises(sqlite3.OperationalError, match="disk is full"):
        identify(_Broken(busy.ledger.connection), guard, "别处")
    with pytest.raises(sqlite3.OperationalError, match="disk is full"):
        _saved_by(busy)
    assert not busy.ledger.connection.in_transaction


def _saved_by(ws: Workspace) -> None:
    """A transaction of the ledger whose commit fails after rolling back."""
    connection = ws.ledger.connection
    ws.ledger.connection = _Broken(connection)  # type: ignore[assignment]
    try:
        with ws.ledger.transaction():
            pass
    finally:
        ws.ledger.connection = connection
