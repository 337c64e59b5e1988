"""The data folder moves whole or not at all; what was left behind is known and not written to."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop import paths
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.services import folders, integrity, relocation
from hs_credit_desktop.services.folders import Danger, UnsafeFolderError
from hs_credit_desktop.services.relocation import FOLDER, UNFINISHED, move, plan
from hs_credit_desktop.services.workspace import create_workspace, open_workspace
from hs_credit_desktop.store import audit, files
from hs_credit_desktop.store import relocation as store
from hs_credit_desktop.store.lock import LOCK_NAME, LedgerInUseError, WriterLock
from tests.ledgers import ROOT, TODAY, clock_at, dump, folder_state, make_workspace, record

if TYPE_CHECKING:
    from collections.abc import Callable

CLOCK = clock_at(TODAY)


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder on this PC, with a ledger, an original and a second ledger in it."""
    share = tmp_path / "本机"
    monkeypatch.delenv("HS_CREDIT_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(share))
    monkeypatch.setattr(sys, "platform", "linux")
    ws = make_workspace(share)
    record(ws, "市数据局", 1)
    with ws.change("存原件", "原件", {}):
        files.keep(ws.ledger, b"original", at=CLOCK.now())
    ws.close()
    (share / "台账").rename(share / paths.APP_FOLDER)
    root = share / paths.APP_FOLDER
    create_workspace(root / "2025年台账", CLOCK).close()
    (root / "window.json").write_text("{}", encoding="utf-8")
    (root / "window.new").touch()
    return root


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Another disk."""
    made = tmp_path / "新盘"
    made.mkdir()
    return made


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Path], None]:
    """Lets a folder lie on a network share from now on."""
    listed = tmp_path / "mounts"
    monkeypatch.setattr(folders, "MOUNTS", listed)

    def mount(folder: Path) -> None:
        place = str(folder).replace(" ", "\\040")
        listed.write_text(f"//srv/x {place} cifs rw 0 0\n", encoding="utf-8")

    return mount


def contents(root: Path) -> object:
    ws = open_workspace(root, CLOCK, read_only=True)
    try:
        return dump(ws)
    finally:
        ws.close()


def test_everything_moves_and_the_next_start_finds_it(local: Path, disk: Path) -> None:
    before, held = folder_state(local), contents(local)
    chosen = plan(local, disk)
    assert (chosen.target, chosen.remembered) == (disk / FOLDER, True)
    assert chosen.size == sum(
        path.stat().st_size
        for path in local.rglob("*")
        if path.is_file() and path.name not in (LOCK_NAME, "window.new")
    )
    said: list[str] = []
    move(chosen, CLOCK, said.append)
    assert said[0] == f"正在复制 1/{chosen.files}…"
    assert said[-1] == "正在切换…"
    assert paths.default_data_root() == chosen.target
    left = folder_state(local)
    note = left.pop(folders.NOTE)
    assert note
    assert left.pop(paths.PLACE_FILE)
    assert left == before
    assert contents(chosen.target) == held
    ws = open_workspace(chosen.target, CLOCK)
    assert integrity.check(ws) == []
    line = audit.lines(ws.ledger, after=0)[-1]
    assert (line.action, line.subject) == ("搬到新位置", str(chosen.target))
    ws.close()
    assert (chosen.target / "window.json").exists()
    assert (chosen.target / "2025年台账" / "ledger.hscredit").exists()
    assert not (chosen.target / UNFINISHED).exists()


def test_the_old_ledger_is_only_read_and_says_where_the_new_one_is(local: Path, disk: Path) -> None:
    move(plan(local, disk), CLOCK)
    for root, place in (
        (local, disk / FOLDER),
        (local / "2025年台账", disk / FOLDER / "2025年台账"),
    ):
        with pytest.raises(UnsafeFolderError) as caught:
            open_workspace(root, CLOCK)
        assert caught.value.warning.danger is Danger.LEFT_BEHIND
        assert caught.value.what == f"{root} 里的台账已搬到 {place}"
    (local / folders.NOTE).unlink()
    open_workspace(local, CLOCK).close()


@pytest.mark.parametrize("note", ["", "已搬走\n", "已搬走\n  \n"])
def test_a_note_that_names_no_place_is_none(tmp_path: Path, note: str) -> None:
    (tmp_path / folders.NOTE).write_text(note, encoding="utf-8")
    assert folders.moved_to(tmp_path) is None


def test_a_ledger_elsewhere_moves_without_being_the_programs_own(
    local: Path, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = plan(local / "2025年台账", disk)
    assert not chosen.remembered
    move(chosen, CLOCK)
    assert paths.default_data_root() == local
    monkeypatch.setenv("HS_CREDIT_DATA", str(local))
    assert not plan(local, disk / FOLDER).remembered


def test_stopped_nothing_changed(local: Path, disk: Path) -> None:
    before = folder_state(local)
    asked = iter([False, True])
    with pytest.raises(UserError, match="已停止，没有搬"):
        move(plan(local, disk), CLOCK, stopped=lambda: next(asked))
    assert folder_state(local) == before
    assert list(disk.iterdir()) == []
    assert paths.default_data_root() == local


@pytest.mark.parametrize("step", ["copy", "choose_place"])
def test_a_disk_that_fails_leaves_the_old_folder_the_ledger(
    local: Path, disk: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    where = relocation.whole_files if step == "copy" else paths
    monkeypatch.setattr(where, step, broken)
    before = folder_state(local)
    with pytest.raises(UserError) as caught:
        move(plan(local, disk), CLOCK)
    assert str(local) in caught.value.advice
    assert (folder_state(local), list(disk.iterdir())) == (before, [])
    assert paths.default_data_root() == local


@pytest.mark.parametrize("remembered", [True, False])
def test_a_mark_that_cannot_be_removed_is_said_or_outdated(
    local: Path, disk: Path, monkeypatch: pytest.MonkeyPatch, remembered: bool
) -> None:
    """Where the program remembers the new place, that decides; elsewhere the mark does."""
    unlink = Path.unlink

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self.name == UNFINISHED:
            raise PermissionError(13, "Permission denied")
        unlink(self, missing_ok=missing_ok)

    chosen = replace(plan(local, disk), remembered=remembered)
    monkeypatch.setattr(Path, "unlink", refuse)
    if remembered:
        move(chosen, CLOCK)
        assert paths.default_data_root() == disk / FOLDER
    else:
        with pytest.raises(UserError, match="没有搬到"):
            move(chosen, CLOCK)
        assert list(disk.iterdir()) == []


def test_what_was_written_differently_is_noticed(
    local: Path, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relocation.whole_files, "sha256_of", lambda _: "0")
    with pytest.raises(UserError, match="写进去的和原来的不一样"):
        move(plan(local, disk), CLOCK)
    assert list(disk.iterdir()) == []


def test_a_damaged_ledger_is_not_moved(local: Path, disk: Path) -> None:
    with closing(sqlite3.connect(local / "ledger.hscredit")) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        with connection:
            connection.execute("DELETE FROM sqlite_master WHERE type = 'index' AND sql NOTNULL")
    with pytest.raises(UserError, match="已损坏，没有搬"):
        move(plan(local, disk), CLOCK)
    assert list(disk.iterdir()) == []


KILL = """
import os, sys
from pathlib import Path
from hs_credit_desktop import paths
from hs_credit_desktop.services import relocation
from tests.ledgers import TODAY, clock_at
where, step = {"copy": (relocation.relocation, "copy_whole"), "switch": (paths, "choose_place")}[
    sys.argv[3]
], None
setattr(where[0], where[1], lambda *_, **__: os._exit(9))
relocation.move(relocation.plan(Path(sys.argv[1]), Path(sys.argv[2])), clock_at(TODAY))
"""


@pytest.mark.parametrize("step", ["copy", "switch"])
def test_killed_in_the_middle_the_old_folder_is_the_ledger(
    local: Path, disk: Path, step: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILL, str(local), str(disk), step], cwd=ROOT, check=False
    )
    assert done.returncode == 9
    assert paths.default_data_root() == local
    open_workspace(local, CLOCK).close()
    assert (disk / FOLDER / UNFINISHED).exists()
    if step == "copy":  # what was begun is finished by the next try
        move(plan(local, disk), CLOCK)
        assert paths.default_data_root() == disk / FOLDER
    else:
        with pytest.raises(UserError, match="已有一本台账"):
            plan(local, disk)


def test_a_window_that_has_a_ledger_open_is_asked_to_close(local: Path, disk: Path) -> None:
    ws = open_workspace(local, CLOCK)
    with pytest.raises(LedgerInUseError):
        move(plan(local, disk), CLOCK)
    ws.close()


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("OneDrive", "自动同步"),
        ("没有", "不能写入"),
        ("文件", "不能写入"),
        ("有别的", "里已有别的内容"),
        ("有台账", "里已有一本台账"),
    ],
)
def test_places_that_do_not_do(local: Path, disk: Path, place: str, words: str) -> None:
    (disk / "OneDrive").mkdir()
    (disk / "文件").touch()
    for name, file in (("有别的", "信.txt"), ("有台账", "ledger.hscredit")):
        (disk / name / FOLDER).mkdir(parents=True)
        (disk / name / FOLDER / file).touch()
    before = folder_state(disk)
    with pytest.raises(UserError, match=words):
        plan(local, disk / place)
    assert folder_state(disk) == before


def test_a_place_that_is_a_file_or_empty(local: Path, disk: Path) -> None:
    (disk / FOLDER).mkdir()
    assert plan(local, disk).target == disk / FOLDER
    (disk / FOLDER).rmdir()
    (disk / FOLDER).touch()
    with pytest.raises(UserError, match="里已有别的内容"):
        plan(local, disk)


def test_one_folder_must_not_lie_in_the_other(local: Path) -> None:
    with pytest.raises(UserError, match="套在一起"):
        plan(local, local)
    with pytest.raises(UserError, match="套在一起"):
        plan(local, local.parent.parent, name=local.parent.name)


def test_a_disk_without_room(local: Path, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(disk)._replace(free=3 << 30)
    monkeypatch.setattr(relocation.shutil, "disk_usage", lambda _: usage)
    monkeypatch.setattr(relocation, "LEAST_ROOM", 4 << 30)
    with pytest.raises(UserError, match=r"空间不够：需要 4\.0 GB，只有 3\.0 GB"):
        plan(local, disk)
    assert relocation.megabytes(3 << 19) == "1.5 MB"


def test_a_portable_programs_data_stay_with_it(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(disk / "hs-credit.exe"))
    (disk / paths.PORTABLE_MARKER).touch()
    with pytest.raises(UserError, match="便携版的数据跟着程序走"):
        plan(disk / paths.PORTABLE_DATA, disk / "x")


def test_a_ledger_on_a_share_is_read_without_a_trace_and_not_written_to(
    local: Path, disk: Path, shared: Callable[[Path], None]
) -> None:
    held = contents(local)
    shared(local)
    before = folder_state(local)
    with pytest.raises(UnsafeFolderError, match="在网络上"):
        open_workspace(local, CLOCK)
    with pytest.raises(UnsafeFolderError, match="在网络上"):
        create_workspace(local / "新", CLOCK)
    ws = open_workspace(local, CLOCK, read_only=True)
    assert (dump(ws), ws.read_only, ws.folder) == (held, True, DataFolder(local))
    with pytest.raises(UserError, match="只读打开"), ws.change("试", "试", {}):
        pass
    ws.close()
    assert folder_state(local) == before
    move(plan(local, disk), CLOCK)
    assert contents(disk / FOLDER) == held


def test_what_waits_in_the_log_of_a_share_is_read_too(
    local: Path, tmp_path: Path, shared: Callable[[Path], None]
) -> None:
    ws = open_workspace(local, CLOCK)
    record(ws, "市商务局", 1)
    held = dump(ws)
    share = shutil.copytree(local, tmp_path / "share")  # as a PC left it that was switched off
    ws.close()
    assert (share / "ledger.hscredit-wal").stat().st_size
    shared(share)
    before = folder_state(share)
    assert contents(share) == held
    assert folder_state(share) == before


def test_a_share_somebody_works_on_is_not_moved(
    local: Path, disk: Path, shared: Callable[[Path], None]
) -> None:
    held = WriterLock.acquire(local, at=CLOCK.now())
    shared(local)
    with pytest.raises(UserError, match="台账正在被使用"):
        move(plan(local, disk), CLOCK)
    held.release()


def test_a_copy_that_was_torn_is_not_shown(
    local: Path, shared: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = store._borrow

    def torn(file: Path, place: Path) -> Path:
        copy = whole(file, place)
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            with connection:
                connection.execute("DELETE FROM sqlite_master WHERE type = 'index' AND sql NOTNULL")
        return copy

    monkeypatch.setattr(store, "_borrow", torn)
    shared(local)
    with pytest.raises(UserError, match="没有读完整"):
        open_workspace(local, CLOCK, read_only=True)


def test_the_note_is_left_out_where_it_cannot_be_written(
    local: Path, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = plan(local, disk)
    (local / folders.NOTE).mkdir()
    move(chosen, CLOCK)
    assert paths.default_data_root() == chosen.target


def test_a_disk_that_is_not_there_is_asked_for(local: Path, disk: Path) -> None:
    move(plan(local, disk), CLOCK)
    disk.rename(disk.with_name("拔掉了"))
    with pytest.raises(UserError, match="找不到") as caught:
        paths.default_data_root()
    assert os.fspath(local / paths.PLACE_FILE) in caught.value.advice
    (local / paths.PLACE_FILE).write_bytes(b"\xff\xfe")
    assert paths.default_data_root() == local
