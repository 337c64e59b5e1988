"""The list of backups: what was done since each, the newest in words, what cannot be opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hs_credit_desktop.clock import CHINA
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.services import backup_list, backups, returns
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import backup, differences
from hs_credit_desktop.store.backup import Contents
from tests.ledgers import TODAY, clock_at, damage, expected, record

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace


def test_each_backup_says_what_was_done_since(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    backups.make(ws, backups.Kind.TIMED)
    later = replace(ws, clock=clock_at(TODAY + timedelta(days=1)))
    record(later, "市商务局", 1)
    record(later, "市商务局", 2)
    backups.make(later)
    newest, oldest = backup_list.described(later)
    assert (newest.kind, newest.since, newest.contents) == ("手动", 0, Contents(2, 3))
    assert (oldest.kind, oldest.since, oldest.contents) == ("定时", 2, Contents(1, 1))
    assert oldest.id == oldest.file.name
    assert oldest.size == oldest.file.stat().st_size


def test_after_a_restore_the_logs_part_where_they_parted(ws: Workspace) -> None:
    backups.make(ws)
    record(ws, "市数据局", 1)
    backups.restore(ws, backups.listed(ws)[0].file)
    before, first = backup_list.described(ws)
    assert (first.kind, first.since) == ("手动", 1)  # the line of the restore itself
    assert (before.kind, before.since) == ("还原前", 1)


def test_a_backup_that_cannot_be_opened_says_why(ws: Workspace) -> None:
    made = backups.make(ws)
    made.file.write_bytes(b"broken")
    [row] = backup_list.described(ws)
    assert (row.contents, row.since) == (None, None)
    assert "不是本程序的台账" in row.trouble


def test_a_damaged_ledger_is_no_fault_of_its_backups(ws: Workspace) -> None:
    made = backups.make(ws)
    ws.close()
    damage(ws.folder.ledger, "audit")
    again = open_workspace(ws.folder.root, clock_at(TODAY))
    [row] = backup_list.described(again)
    assert (row.contents, row.since, row.trouble) == (made.contents, None, "")
    again.close()


def test_the_newest_in_words(ws: Workspace) -> None:
    assert backup_list.last_words(ws) == "还没有备份"
    backups.make(ws)
    assert backup_list.last_words(ws) == "备份 09:30"
    tomorrow = replace(ws, clock=clock_at(TODAY + timedelta(days=1)))
    assert backup_list.last_words(tomorrow) == "备份 08-20 09:30"
    at = datetime(2023, 12, 31, 17, 20, tzinfo=CHINA)
    assert backup_list.moment_words(at, TODAY) == "2023-12-31 17:20"


def test_sizes_in_words() -> None:
    assert [backup_list.size_words(size) for size in (10, 812_000, 2_400_000)] == [
        "1 KB",
        "812 KB",
        "2.4 MB",
    ]


def test_a_restore_names_the_returns_and_entries_it_would_lose(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "周五的话")
    record(ws, "市商务局", 2, "不动的话")
    friday = backups.make(ws)
    record(ws, "市数据局", 1, "周一的话")
    record(ws, "市文旅局", 3, "周一才报")
    place = expected(ws, "市商务局")
    returns.review(ws, expected_return_id=place.id, decision=ReturnState.ACCEPTED)
    seen = backups.preview(ws, friday.file)
    assert [(item.round_name, item.unit_name, item.fresh) for item in seen.returns] == [
        ("第一轮", "市商务局", False),
        ("第一轮", "市文旅局", True),
    ]
    assert [(item.unit_name, item.measure, item.fresh) for item in seen.entries] == [
        ("市数据局", "（一）完善信用制度", False),
        ("市文旅局", "（三）推进信用监管", True),
    ]
    backups.restore(ws, friday.file)
    again = backups.preview(ws, friday.file)
    assert (again.returns, again.entries) == ((), ())


def test_a_ledger_older_than_its_backup_lost_nothing_since(ws: Workspace) -> None:
    old = backups.make(ws)
    record(ws, "市数据局", 1)
    new = backups.make(ws)
    with backup.opened(old.file) as earlier, backup.opened(new.file) as later:
        assert differences.lines_since(earlier, later) == 0
        assert differences.lines_since(later, earlier) == 1
