"""What happens by itself: backups by the clock, on exit and before an import; the check."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hs_credit_desktop import app
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.services import backups, integrity, second_copy
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import backing_up, messages
from hs_credit_desktop.ui.dialogs.backups import BackupsBox
from hs_credit_desktop.ui.dialogs.check import CheckBox
from hs_credit_desktop.ui.dialogs.workbox import present
from hs_credit_desktop.ui.hooks import HALF_HOUR_MS
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from tests.ledgers import TODAY, clock_at, record
from tests.ui.keeping import flip_a_text, hooks_of, ledger_of, shown, small


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return shown(qtbot, small(tmp_path))


def kinds(ws: Workspace) -> list[str]:
    return [item.kind for item in backups.listed(ws)]


def _fail(*_: object, **__: object) -> None:
    raise UserError("没有备份成功", "请腾出空间。")


def test_the_program_gives_its_window_the_hooks(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "system_clock", lambda: clock_at(TODAY))
    made = app.compose(DataFolder(small(tmp_path)), Preferences(tmp_path / "prefs"), None)
    qtbot.addWidget(made)
    assert hooks_of(made).timer.isActive()
    assert hooks_of(made).timer.interval() == HALF_HOUR_MS == 1_800_000
    hooks_of(made).later.stop()
    made.may_close = lambda: True
    made.close()


def test_every_half_hour_only_when_something_changed(qtbot: QtBot, window: MainWindow) -> None:
    ws, hooks = ledger_of(window), hooks_of(window)
    qtbot.waitUntil(lambda: window.status.backup.text() == "还没有备份", timeout=5000)
    hooks.timer.timeout.emit()
    assert kinds(ws) == ["定时"]
    assert window.status.backup.text() == "备份 09:30"
    hooks.timer.timeout.emit()
    assert kinds(ws) == ["定时"]
    record(ws, "市数据局", 1)
    hooks.timer.timeout.emit()
    assert kinds(ws) == ["定时", "定时"]


def test_closing_backs_up_and_then_closes(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(qtbot, small(tmp_path), Run())
    ws = ledger_of(window)
    record(ws, "市数据局", 1)
    assert window.close() is False  # the backup is under way
    assert not window.pages.isEnabled()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.ws is None
    assert kinds(ws) == ["退出"]


def test_closing_when_nothing_changed_makes_no_other_backup(window: MainWindow) -> None:
    ws = ledger_of(window)
    backups.make(ws)
    assert window.close()
    assert kinds(ws) == ["手动"]


@pytest.mark.parametrize("anyway", [True, False])
def test_a_backup_that_fails_asks_and_never_keeps_the_clerk(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, anyway: bool
) -> None:
    asked: list[tuple[str, str, str]] = []

    def answer(_parent: object, what: str, advice: str, verb: str) -> bool:
        asked.append((what, advice, verb))
        return anyway

    monkeypatch.setattr(messages, "ask", answer)
    monkeypatch.setattr(backups, "if_changed", _fail)
    assert window.close() is anyway
    assert asked == [("没有备份成功", "请腾出空间。台账已经保存，只是这次没有备份。", "仍然关闭")]
    assert window.pages.isEnabled()
    assert (window.ws is None) is anyway


def test_a_pc_that_shuts_down_waits_for_nobody(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(qtbot, small(tmp_path), Run())
    ws = ledger_of(window)
    monkeypatch.setattr(QApplication, "isSavingSession", lambda _self: True)
    assert window.close()
    assert kinds(ws) == ["退出"]


def test_a_pc_that_shuts_down_is_not_held_by_a_full_disk(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "isSavingSession", lambda _self: True)
    monkeypatch.setattr(backups, "if_changed", _fail)
    assert window.close()


def test_a_window_does_not_close_under_a_box_that_writes(window: MainWindow) -> None:
    box = present(window, BackupsBox)
    box.writing = True
    assert window.close() is False
    assert "“备份与还原”还没有做完" in window.news.text
    box.writing = False
    assert window.close()


def test_a_missing_usb_stick_is_said_and_nothing_fails(window: MainWindow, tmp_path: Path) -> None:
    ws, hooks = ledger_of(window), hooks_of(window)
    stick = tmp_path / "优盘"
    stick.mkdir()
    second_copy.set_second_place(ws, stick)
    hooks.back_up_by_clock()
    assert window.status.backup.text() == "备份 09:30"
    stick.rename(tmp_path / "拔走了")
    record(ws, "市数据局", 1)
    hooks.back_up_by_clock()
    assert window.status.backup.text() == "备份盘没有接上"
    assert kinds(ws) == ["定时", "定时"]
    (tmp_path / "拔走了").rename(stick)
    record(ws, "市商务局", 1)
    hooks.back_up_by_clock()
    assert window.status.backup.text() == "备份 09:30"


def test_a_backup_by_the_clock_that_fails_is_said(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "if_changed", _fail)
    hooks_of(window).back_up_by_clock()
    assert window.status.backup.text() == "没有备份成功"
    assert "请腾出空间" in window.news.text


def test_before_an_import_a_backup_and_then_the_import(window: MainWindow) -> None:
    ws, said = ledger_of(window), list[str]()
    record(ws, "市数据局", 1)
    backing_up.before_import(window.task_run, ws, lambda: said.extend(kinds(ws)))
    assert said == ["导入前"]


def test_an_import_goes_on_although_no_backup_could_be_made(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "if_changed", _fail)
    done: list[bool] = []

    def go_on() -> None:
        done.append(True)
        window.task_run.changed.emit(Changes(returns=True))

    backing_up.before_import(window.task_run, ledger_of(window), go_on)
    assert done == [True]
    assert "已照常登记，只是登记之前没有备份" in window.news.text


def test_a_whole_ledger_is_checked_in_silence(window: MainWindow) -> None:
    hooks_of(window).later.timeout.emit()
    assert window.news.isHidden()
    assert window.status.check.isHidden()


def test_damage_is_said_and_leads_to_the_ways_out(qtbot: QtBot, tmp_path: Path) -> None:
    root = small(tmp_path)
    first = shown(qtbot, root)
    record(ledger_of(first), "市数据局", 1)
    first.may_close = lambda: True
    first.close()
    flip_a_text(root / "ledger.hscredit")
    window = shown(qtbot, root)
    hooks_of(window).later.timeout.emit()
    assert "完整性检查发现 1 个问题" in window.news.text
    assert window.status.check.text() == "完整性检查发现 1 个问题"
    window.task_run.changed.emit(Changes(returns=True))
    assert window.status.check.isVisible()  # the strip goes with the next change, this does not
    window.status.check.click()
    [box] = window.findChildren(CheckBox)
    assert [row.finding.where for row in box.model.rows] == ["操作日志第 2 行"]


def test_the_door_in_the_strip_leads_there_too(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [integrity.Finding("计数", "不一致", "请重新计数。", integrity.Action.RECOUNT)]
    monkeypatch.setattr(integrity, "check", lambda *_, **__: found)
    hooks_of(window).check()
    assert window.news.door.text() == "查看和处理"
    window.news.door.click()
    assert len(window.findChildren(CheckBox)) == 1
    window.task_run.failed.emit("别的", "话")
    assert window.news.door.isHidden()


def test_a_check_stops_when_the_window_closes(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_ws: object, stopped: Callable[[], bool]) -> list[object]:
        while not stopped():
            time.sleep(0.001)
        return []

    monkeypatch.setattr(integrity, "check", endless)
    window = shown(qtbot, small(tmp_path), Run())
    hooks_of(window).check()
    hooks_of(window).check()  # one at a time
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_the_door_to_the_backups(window: MainWindow) -> None:
    window.status.backup.click()
    [box] = window.findChildren(BackupsBox)
    assert box.isVisible()
    window.put_away()
    assert window.findChildren(BackupsBox) == []
    assert window.status.backup.isHidden()
    assert not hooks_of(window).timer.isActive()
