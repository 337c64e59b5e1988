"""A ledger that cannot be written to shows its ways out; the data folder moves from the window."""

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from hs_credit_desktop import app, paths
from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import backups, folders, relocation
from hs_credit_desktop.services.relocation import FOLDER
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store.lock import LOCK_NAME, WriterLock
from hs_credit_desktop.ui import messages, single_instance
from hs_credit_desktop.ui.dialogs.move_data import MoveBox
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.pages.names import NAMES
from hs_credit_desktop.ui.pages.settings import SettingsPage
from hs_credit_desktop.ui.pages.start_refused import HAND_OVER, RefusedPane
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run


@pytest.fixture
def root(practice_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The practice ledger as the program's own data folder."""
    monkeypatch.delenv("HS_CREDIT_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    return practice_folder.rename(tmp_path / paths.APP_FOLDER)


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Callable[[Path], MainWindow]]:
    """Opens a window on a folder as the program does at its start."""
    made: list[MainWindow] = []

    def window(folder: Path) -> MainWindow:
        shown = MainWindow(
            root=folder,
            clock=system_clock(),
            run=Run(at_once=True),
            preferences=Preferences(folder.parent / "prefs"),
        )
        shown.show_first()
        shown.resize(1366, 697)
        shown.show()
        made.append(shown)
        return shown

    yield window
    for each in made:
        each.close()
        each.deleteLater()


def refused(window: MainWindow) -> RefusedPane:
    assert window.start is not None
    assert window.start.refused.isVisible()
    return window.start.refused


def press(pane: RefusedPane, words: str) -> None:
    [button] = [one for one in pane.findChildren(QPushButton) if words in one.text()]
    button.click()


def on_share(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = tmp_path / "mounts"
    listed.write_text(f"//srv/x {folder} cifs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(folders, "MOUNTS", listed)


def test_a_ledger_in_use_says_who_has_it_and_can_be_read(
    root: Path, make: Callable[[Path], MainWindow]
) -> None:
    held = WriterLock.acquire(root, at=system_clock().now())
    window = make(root)
    pane = refused(window)
    assert pane.what.text().startswith("台账正在被使用（")
    press(pane, "再试一次")
    assert pane.isVisible()
    press(pane, "只读打开")
    assert window.ws is not None
    assert window.ws.read_only
    assert "只读打开" in window.news.text
    window.show_start()
    assert window.start is not None
    held.release()
    window.start.refused.open(root)
    assert not window.ws.read_only


def test_a_ledger_left_open_elsewhere_is_taken_over_after_a_question(
    root: Path, make: Callable[[Path], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    left = {"computer": "别的电脑", "user": "甲", "since": "2024-11-01 08:00"}
    (root / LOCK_NAME).write_text(json.dumps(left), encoding="utf-8")
    window = make(root)
    answers = iter([False, True])
    asked: list[str] = []

    def ask(_parent: object, what: str, *_: str) -> bool:
        asked.append(what)
        return next(answers)

    monkeypatch.setattr(messages, "ask", ask)
    press(refused(window), "接着使用")
    assert window.ws is None
    press(refused(window), "接着使用")
    assert window.ws is not None
    assert not window.ws.read_only
    assert "别的电脑 上的 甲" in asked[0]


def test_a_share_is_only_read_and_can_be_moved_to_this_pc(
    root: Path,
    make: Callable[[Path], MainWindow],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    share = root.rename(tmp_path / "共享")
    on_share(share, tmp_path, monkeypatch)
    assert app.own_folder(paths.DataFolder(share)).root == root
    window = make(share)
    pane = refused(window)
    assert "在网络上" in pane.what.text()
    press(pane, "交接包是怎么回事")
    assert pane.words.text() == HAND_OVER
    press(pane, "搬到这台电脑")
    [box] = window.findChildren(MoveBox)
    assert box.rows["到"].text() == str(tmp_path / FOLDER)
    box.go_button.click()
    assert window.ws is not None
    assert (window.ws.folder.root, window.ws.read_only) == (tmp_path / FOLDER, False)
    window.show_start()
    assert window.start is not None
    window.start.open_ledger(share)
    press(refused(window), "只读打开")
    assert window.ws.read_only


def test_a_ledger_that_was_moved_away_leads_to_its_new_place(
    root: Path, make: Callable[[Path], MainWindow], tmp_path: Path
) -> None:
    disk = tmp_path / "新盘"
    disk.mkdir()
    relocation.move(relocation.plan(root, disk), system_clock())
    window = make(root)
    press(refused(window), "打开新位置")
    assert window.ws is not None
    assert window.ws.folder.root == disk / FOLDER


def test_other_errors_go_to_the_message_bar(root: Path, make: Callable[[Path], MainWindow]) -> None:
    (root / paths.LEDGER_NAME).write_bytes(b"x" * 200)
    window = make(root)
    assert window.start is not None
    assert window.start.refused.isHidden()
    assert "不是本程序的台账" in window.news.text


@pytest.fixture
def window(root: Path, make: Callable[[Path], MainWindow]) -> MainWindow:
    """The window with 设置 shown."""
    shown = make(root)
    shown.show_page("设置")
    return shown


def box_of(window: MainWindow) -> MoveBox:
    page = window.page
    assert isinstance(page, SettingsPage)
    page.data.move_button.click()
    [box] = window.findChildren(MoveBox)
    return box


def test_the_data_folder_moves_from_the_settings(
    window: MainWindow, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "新盘"
    disk.mkdir()
    belled: list[Path] = []
    monkeypatch.setattr(single_instance, "answer_later_starts", lambda _w, at: belled.append(at))
    places = iter([None, root, disk])
    monkeypatch.setattr(messages, "choose_folder", lambda *_: next(places))
    box = box_of(window)
    box.choose_button.click()
    assert not box.go_button.isEnabled()
    box.go()
    box.choose_button.click()
    assert "套在一起" in box.error.text
    assert not box.go_button.isEnabled()
    box.choose_button.click()
    assert box.error.text == ""
    assert "足够" in box.rows["空间"].text()
    box.go_button.click()
    assert window.ws is not None
    assert window.ws.folder.root == window.root == disk / FOLDER == paths.default_data_root()
    assert belled == [disk / FOLDER]
    assert (disk / FOLDER / "window.json").exists()
    assert window.preferences.recent()[0][0] == disk / FOLDER


def test_a_move_that_fails_opens_the_old_ledger_again(
    window: MainWindow, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "新盘"
    disk.mkdir()
    monkeypatch.setattr(messages, "choose_folder", lambda *_: disk)

    def broken(*_: object) -> None:
        raise UserError("没有搬", "台账还在原处。")

    monkeypatch.setattr(relocation, "move", broken)
    box = box_of(window)
    box.choose()
    box.go_button.click()
    assert box.error.text == "没有搬。台账还在原处。"
    assert box.isVisible()
    assert window.ws is not None
    assert (window.ws.folder.root, window.root) == (root, root)
    box.close_button.click()
    assert not box.isVisible()


def test_a_move_on_a_worker_can_be_stopped(
    window: MainWindow, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    disk = tmp_path / "新盘"
    disk.mkdir()
    monkeypatch.setattr(messages, "choose_folder", lambda *_: disk)
    window.task_run._at_once = False
    box = box_of(window)
    box.choose()
    box.go()
    assert window.ws is None
    assert box.stop_button.isVisible()
    box.reject()
    box.close()
    assert box.isVisible()
    qtbot.waitUntil(lambda: window.ws is not None, timeout=10000)
    assert "已停止，没有搬" in box.error.text
    assert window.ws is not None
    assert window.ws.folder.root == root
    assert list(disk.iterdir()) == []
    box.close()


def test_a_page_that_may_not_be_left_keeps_the_ledger(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "新盘"
    disk.mkdir()
    monkeypatch.setattr(messages, "choose_folder", lambda *_: disk)
    box = box_of(window)
    box.choose()
    monkeypatch.setattr(window.page, "may_leave", lambda: False)
    box.go()
    assert window.ws is not None
    assert list(disk.iterdir()) == []
    monkeypatch.undo()
    box.close()


def test_a_ledger_that_is_not_the_programs_own_says_how_to_open_it_later(
    root: Path, make: Callable[[Path], MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make(root.rename(tmp_path / "别处"))
    window.show_page("设置")
    disk = tmp_path / "新盘"
    disk.mkdir()
    monkeypatch.setattr(messages, "choose_folder", lambda *_: disk)
    box = box_of(window)
    box.choose()
    assert "最近打开" in box.said.text()
    box.close()


def test_every_page_of_a_window_that_only_reads_opens_and_saving_says_why_not(
    root: Path, make: Callable[[Path], MainWindow], qtbot: QtBot
) -> None:
    held = WriterLock.acquire(root, at=system_clock().now())
    window = make(root)
    press(refused(window), "只读打开")
    for name in NAMES:
        assert window.show_page(name), name
    page = window.page
    assert isinstance(page, SettingsPage)
    page.due_soon.setText("3")
    page.due_soon_foot.button.click()
    assert "台账是只读打开的，没有保存" in page.due_soon_foot.error.text
    held.release()


def test_a_ledger_that_does_not_open_is_restored_from_its_newest_backup(
    root: Path, make: Callable[[Path], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(root, system_clock())
    kept = backups.make(ws, backups.Kind.MANUAL)
    ws.close()
    ledger = root / paths.LEDGER_NAME
    harmed = bytes(100) + ledger.read_bytes()[100:]
    ledger.write_bytes(harmed)
    window = make(root)
    pane = refused(window)
    assert "不是本程序的台账" in pane.what.text()
    asked: list[str] = []

    def answer(_parent: object, what: str, advice: str, verb: str) -> bool:
        asked.append(f"{what} {advice} {verb}")
        return len(asked) > 1

    monkeypatch.setattr(messages, "ask", answer)
    press(pane, "还原…")
    assert ledger.read_bytes() == harmed  # the question was left
    press(pane, "还原…")
    assert "set-aside" in asked[1]
    assert window.ws is not None
    assert window.ws.folder.root == root
    assert (root / "set-aside" / f"01_{paths.LEDGER_NAME}").read_bytes() == harmed
    assert kept.file.exists()


def test_a_ledger_of_a_newer_program_is_never_put_back(
    root: Path, make: Callable[[Path], MainWindow]
) -> None:
    ws = open_workspace(root, system_clock())
    backups.make(ws, backups.Kind.MANUAL)
    ws.close()
    with closing(sqlite3.connect(root / paths.LEDGER_NAME)) as newer:
        newer.execute("PRAGMA user_version = 99")
    window = make(root)
    assert window.start is not None
    assert not window.start.refused.isVisible()
    assert "更新版本" in window.news.text
