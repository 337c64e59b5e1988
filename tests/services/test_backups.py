"""Backups: whole or not there, looked through, thinned by rule, put back with a preview."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.clock import CHINA, Clock
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import backups, returns, second_copy
from hs_credit_desktop.services.backups import Kind
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.workspace import create_workspace, open_workspace
from hs_credit_desktop.store import audit, backup, files, guards, integrity
from tests.ledgers import TODAY, clock_at, damage, dump, entry, record

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace


def test_a_backup_is_one_whole_file_that_opens(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    made = backups.make(ws)
    assert made.file.name == "手动_20240820_093000.hscredit"
    assert (made.contents, made.findings) == (backup.Contents(1, 1), 0)
    assert [path.name for path in ws.folder.backups.iterdir()] == [made.file.name]
    with closing(sqlite3.connect(made.file)) as copied:
        assert copied.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert copied.execute("SELECT progress FROM feedback").fetchall() == [("已印发方案。",)]


def test_a_reader_makes_backups_too(ws: Workspace) -> None:
    ws.close()
    reader = open_workspace(ws.folder.root, clock_at(TODAY), read_only=True)
    assert backups.make(reader).findings == 0
    with pytest.raises(UserError, match="台账是只读打开的，没有还原"):
        backups.restore(reader, backups.listed(reader)[0].file)
    reader.close()


def test_backup_while_saving(ws: Workspace) -> None:
    made: list[backups.Made] = []
    worker = threading.Thread(target=lambda: made.extend(backups.make(ws) for _ in range(3)))
    worker.start()
    count = 0
    while worker.is_alive() or count < 3:
        record(ws, "市数据局", 1, f"第{count}次")
        count += 1
    worker.join()
    assert [item.findings for item in made] == [0, 0, 0]


def test_only_when_something_was_saved(ws: Workspace) -> None:
    first = backups.if_changed(ws)
    assert first is not None
    assert first.file.name.startswith("定时_")
    assert backups.if_changed(ws, Kind.ON_EXIT) is None
    record(ws, "市数据局", 1)
    assert backups.if_changed(ws, Kind.ON_EXIT)
    newest = backups.listed(ws)[0].file
    newest.write_bytes(b"broken")
    assert backups.if_changed(ws)


def test_old_backups_are_thinned_by_rule(ws: Workspace) -> None:
    moment = datetime(2024, 8, 20, 9, 0, tzinfo=CHINA)
    for step in range(60):
        at = moment - timedelta(days=step, hours=1)
        name = backup.free_name(ws.folder.backups, Kind.TIMED, at).name
        ws.folder.backups.mkdir(exist_ok=True)
        (ws.folder.backups / name).write_bytes(b"")
    others = {
        f"{name}.hscredit" for name in ("升级前_v0_20200101_000000", "我的", "受损_20200101_000000")
    }
    for other in others:
        (ws.folder.backups / other).write_bytes(b"")
    backups.make(ws)
    left = backups.listed(ws)
    days = [item.at.date() for item in left if item.kind != "受损"]
    daily = [TODAY, *(TODAY - timedelta(days=step) for step in range(14))]
    monthly = [date(2024, 7, 31), date(2024, 6, 30)]
    weekly = [date(2024, 8, 4), *(date(2024, 7, day) for day in (28, 21, 14, 7))]
    assert days == sorted(daily + weekly + monthly, reverse=True)
    assert {path.name for path in ws.folder.backups.iterdir()} >= others


def test_restore_shows_what_would_be_lost_and_saves_the_present(ws: Workspace) -> None:
    record(ws, "市数据局", 1, "周五的话")
    friday = backups.make(ws)
    then = dump(ws)
    later = replace(ws, clock=clock_at(TODAY + timedelta(days=3)))
    record(later, "市商务局", 1, "周一的话")
    record(later, "市商务局", 2, "周一又说")
    now = dump(ws)
    shown = backups.preview(later, friday.file)
    assert [line.words for line in shown.would_lose] == [
        "08月23日 09:30　登记反馈　市商务局·完善信用制度",
        "08月23日 09:30　登记反馈　市商务局·归集信用信息",
    ]
    assert (shown.contents, shown.present) == (backup.Contents(1, 1), backup.Contents(2, 3))
    assert shown.sha256 == friday.sha256
    assert dump(ws) == now
    site = ws.ledger.guard and ws.ledger.guard.site
    changes = backups.restore(later, friday.file)
    assert changes.returns
    assert dump(ws) == then
    assert later.undo_stack == []
    assert ws.ledger.guard
    assert ws.ledger.guard.site != site
    assert audit.last(ws.ledger).action == "还原备份"
    assert check(ws) == []
    record(later, "市文旅局", 2, "还原之后")
    assert check(ws) == []
    backups.undo_restore(later)
    assert dump(ws) == now
    assert check(ws) == []
    assert not list(ws.folder.root.glob("restore*"))


def test_a_draft_that_cannot_be_removed_does_not_undo_the_restore(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is done by then, and said to be; what stayed is cleared before the next one."""
    made = backups.make(ws)
    record(ws, "市商务局", 2, "后来的")
    unlink = Path.unlink

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self.name == "restore.new-wal" and (ws.folder.root / "restore.new").exists():
            raise PermissionError
        unlink(self, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        backups.restore(ws, made.file)
    assert entry(ws, "市商务局", 2).parts.blank
    left = ws.folder.root / "restore.new"
    assert left.exists()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        with pytest.raises(UserError, match="没有还原（磁盘读写出错）"):
            backups.restore(ws, made.file)
    left.with_name("restore.new-wal").write_bytes(b"of an earlier draft")
    backups.restore(ws, made.file)
    assert not list(ws.folder.root.glob("restore.new*"))


def test_nothing_to_undo(ws: Workspace) -> None:
    with pytest.raises(UserError, match="没有可以撤销的还原"):
        backups.undo_restore(ws)


def _flip_a_text(file: Path) -> None:
    content = bytearray(file.read_bytes())
    place = content.index("已印发方案".encode())
    content[place + 1] ^= 1
    file.write_bytes(content)


def test_a_damaged_backup_is_refused(ws: Workspace, tmp_path: Path) -> None:
    record(ws, "市数据局", 1)
    made = backups.make(ws)
    _flip_a_text(made.file)
    now = dump(ws)
    for act in (backups.preview, backups.restore):
        with pytest.raises(UserError, match=r"没有通过检查.*没有还原：台账没有改动"):
            act(ws, made.file)
    other = tmp_path / "别的.hscredit"
    other.write_bytes(b"SQLite format 3\0" + bytes(200))
    for wrong in (other, tmp_path / "没有.hscredit"):
        with pytest.raises(UserError):
            backups.restore(ws, wrong)
    assert dump(ws) == now


def test_a_damaged_ledger_is_kept_apart_and_nothing_goes_for_it(ws: Workspace) -> None:
    record(ws, "市数据局", 1)
    good = backups.make(ws)
    ws.close()
    _flip_a_text(ws.folder.ledger)
    again = open_workspace(ws.folder.root, clock_at(TODAY))
    made = backups.make(again)
    assert made.findings == 1
    assert made.file.name.startswith("受损_")
    assert made.file.exists()
    backups.restore(again, good.file)
    assert check(again) == []
    again.close()


@pytest.mark.parametrize("table", ["expected_returns", "expected_entries", "rounds", "audit"])
def test_a_ledger_that_opens_but_cannot_be_read_is_restored(ws: Workspace, table: str) -> None:
    """What would be lost cannot be said then; the damaged one is kept, not called 还原前."""
    record(ws, "市数据局", 1)
    good, then = backups.make(ws), dump(ws)
    ws.close()
    damage(ws.folder.ledger, table)
    again = open_workspace(ws.folder.root, clock_at(TODAY))
    seen = backups.preview(again, good.file)
    assert (seen.contents, seen.present, seen.would_lose) == (good.contents, None, ())
    backups.restore(again, good.file)
    assert check(again) == []
    assert dump(again) == then
    [harmed] = [item for item in backups.listed(again) if item.kind == backups.HARMED]
    with pytest.raises(UserError, match=f"还原前的台账已损坏，不能撤销.*{harmed.file.name}"):
        backups.undo_restore(again)
    again.close()


def test_a_restore_is_undone_to_what_stood_there_then(ws: Workspace) -> None:
    """Not to what another restore saved before."""
    first = backups.make(ws)
    record(ws, "市数据局", 1, "第一")
    backups.restore(ws, first.file)
    record(ws, "市数据局", 1, "第二")
    second = backups.make(ws)
    record(ws, "市数据局", 1, "第三")
    backups.restore(ws, second.file)
    backups.undo_restore(ws)
    assert entry(ws, "市数据局", 1).parts.progress == "第三"
    backups.undo_restore(ws)
    assert entry(ws, "市数据局", 1).parts.progress == "第二"


def _with_evidence(ws: Workspace, tmp_path: Path) -> Path:
    (tmp_path / "证据.txt").write_text("证据", encoding="utf-8")
    mine = record(ws, "市数据局", 1)
    returns.attach(ws, entry_id=mine.id, paths=[tmp_path / "证据.txt"])
    [sha256] = [item for item in integrity.kept_files(ws.ledger) if _is_evidence(ws, item)]
    return files.path_of(ws.ledger, sha256)


def _is_evidence(ws: Workspace, sha256: str) -> bool:
    return files.path_of(ws.ledger, sha256).read_bytes() == "证据".encode()


def test_second_place_holds_the_kept_files_too(ws: Workspace, tmp_path: Path) -> None:
    evidence = _with_evidence(ws, tmp_path)
    usb = tmp_path / "U盘"
    with pytest.raises(UserError, match="不是可用的文件夹"):
        second_copy.set_second_place(ws, usb)
    with pytest.raises(UserError, match="就在数据文件夹里"):
        second_copy.set_second_place(ws, ws.folder.root)
    usb.mkdir()
    second_copy.set_second_place(ws, usb)
    made = backups.make(ws)
    assert made.second == usb / "信用任务台账备份" / made.file.name
    assert made.second.read_bytes() == made.file.read_bytes()
    kept = made.second.parent / "files" / evidence.parent.name / evidence.name
    assert kept.read_bytes() == evidence.read_bytes()
    before = kept.stat().st_mtime_ns
    record(ws, "市商务局", 1)
    backups.make(ws)
    assert kept.stat().st_mtime_ns == before
    evidence.write_bytes(b"harmed")
    assert [item.text for item in check(ws)] == ["保存的原件被改动过"]
    assert second_copy.fetch_files(ws.ledger) == 1
    assert check(ws) == []
    assert (ws.folder.root / "set-aside" / evidence.name).read_bytes() == b"harmed"
    evidence.unlink()
    kept.unlink()
    assert second_copy.fetch_files(ws.ledger) == 0
    second_copy.set_second_place(ws, None)
    assert backups.make(ws).second is None


def test_originals_that_cannot_be_fetched_do_not_undo_a_restore(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger is restored by then; the check names what is missing, fetching says why."""
    evidence = _with_evidence(ws, tmp_path)
    made = backups.make(ws, out=tmp_path / "备份.hscredit")
    evidence.unlink()

    def full(_source: Path, target: Path) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(second_copy.whole_files, "copy", full)
        with pytest.raises(UserError, match="原件没有取回"):
            second_copy.fetch_files(ws.ledger, made.file)
    monkeypatch.setattr(second_copy, "_fetch", lambda _sha256, mine, _places: full(mine, mine))
    assert backups.restore(ws, made.file) == backups.EVERYTHING
    assert [item.text for item in check(ws)] == ["保存的原件不见了"]


def test_an_old_backup_that_somebody_reads_goes_the_next_time(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws.folder.backups.mkdir(exist_ok=True)
    for minute in range(20):
        name = f"定时_20240819_09{minute:02d}00.hscredit"
        (ws.folder.backups / name).write_bytes(b"")
    unlink = Path.unlink

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self.name.startswith("定时_"):
            raise PermissionError
        unlink(self, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert backups.make(ws).file.exists()
    assert len(backups.listed(ws)) == 21
    backups.make(ws)
    assert len(backups.listed(ws)) < 21


def test_second_place_that_is_not_there_is_said(ws: Workspace, tmp_path: Path) -> None:
    usb = tmp_path / "U盘"
    usb.mkdir()
    second_copy.set_second_place(ws, usb)
    usb.rmdir()
    made = backups.make(ws)
    assert made.second is None
    assert "请插好备份盘" in made.trouble
    assert made.file.exists()


def test_second_copy_that_reads_back_otherwise_is_said(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second_copy.set_second_place(ws, tmp_path)
    monkeypatch.setattr(second_copy.whole_files, "sha256_of", lambda file: "other")
    assert "没有写成" in backups.make(ws).trouble


def test_a_backup_under_a_chosen_name_takes_the_files_along(ws: Workspace, tmp_path: Path) -> None:
    evidence = _with_evidence(ws, tmp_path)
    made = backups.make(ws, out=tmp_path / "带走" / "备份.hscredit")
    assert list(ws.folder.backups.glob("*")) == []
    other = create_workspace(tmp_path / "另一台", clock_at(TODAY))
    assert [item.text for item in check(ws)] == []
    with pytest.raises(IndexError):
        audit.lines(other.ledger)[0]
    backups.restore(other, made.file)
    assert files.path_of(other.ledger, evidence.name).read_bytes() == evidence.read_bytes()
    assert check(other) == []
    other.close()


def test_a_copied_folder_is_a_site_of_its_own(ws: Workspace, tmp_path: Path) -> None:
    record(ws, "市数据局", 1)
    assert ws.ledger.guard
    site = ws.ledger.guard.site
    ws.close()
    ws.folder.root.rename(tmp_path / "搬走")
    moved = open_workspace(tmp_path / "搬走", clock_at(TODAY))
    assert moved.ledger.guard
    assert moved.ledger.guard.site != site
    [known] = moved.ledger.query("SELECT id, seq, hash FROM sites")
    assert tuple(known) == (site, 2, audit.last(moved.ledger).hash)
    record(moved, "市商务局", 1)
    assert check(moved) == []
    moved.close()
    again = open_workspace(tmp_path / "搬走", clock_at(TODAY))
    assert again.ledger.guard
    assert again.ledger.guard.site == moved.ledger.guard.site
    again.close()


def test_a_place_that_cannot_be_noted_leaves_the_ledger_as_it_was(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = dump(ws, ("settings",))
    ws.close()

    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(guards, "whoami", lambda: ("另一台", "user"))
        patch.setattr(guards, "_put", fail)
        with pytest.raises(RuntimeError):
            open_workspace(ws.folder.root, clock_at(TODAY))
    again = open_workspace(ws.folder.root, clock_at(TODAY))
    assert dump(again, ("settings",)) == then
    again.close()


def test_full_folder_of_the_same_second(ws: Workspace) -> None:
    names = [backups.make(ws).file.name for _ in range(3)]
    assert names == [f"手动_20240820_093000{n}.hscredit" for n in ("", "_1", "_2")]


def test_backup_into_a_place_that_cannot_be_written(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(UserError, match="没有备份成功"):
        backups.make(ws, out=tmp_path / "文件" / "备份.hscredit")
    clock = Clock(lambda: datetime(2024, 8, 20, 9, 0, tzinfo=CHINA))
    assert entry(replace(ws, clock=clock), "市数据局", 1).covered is False
