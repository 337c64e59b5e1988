"""The boxes that keep the ledger, driven by their keys: backups, restore, recycling, check."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.services import backups, chasing, integrity, overview, returns, second_copy
from hs_credit_desktop.services.integrity import Action, Finding
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import files, search_check
from hs_credit_desktop.store import integrity as store_integrity
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.commands import safety
from hs_credit_desktop.ui.dialogs import backups as backups_module
from hs_credit_desktop.ui.dialogs.backups import BackupsBox
from hs_credit_desktop.ui.dialogs.check import CheckBox
from hs_credit_desktop.ui.dialogs.recycle import RecycleBox
from hs_credit_desktop.ui.dialogs.restore import ENTRIES, LINES, RETURNS, RestoreBox
from hs_credit_desktop.ui.dialogs.workbox import present
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.run import Run
from tests.ledgers import TODAY, clock_at, dump, entry, expected, record, round_number
from tests.ui.keeping import hooks_of, ledger_of, shown, small


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return shown(qtbot, small(tmp_path))


def texts(box: BackupsBox | RestoreBox | RecycleBox | CheckBox, column: int) -> list[str]:
    rows = range(box.table.proxy.rowCount())
    return [str(box.table.proxy.index(row, column).data()) for row in rows]


# 备份与还原


def test_the_list_says_what_was_done_since(window: MainWindow) -> None:
    ws = ledger_of(window)
    backups.make(ws, backups.Kind.TIMED)
    record(ws, "市数据局", 1)
    box = present(window, BackupsBox)
    assert texts(box, 5) == ["此后又做了 1 项"]
    box.make_button.click()
    assert texts(box, 1) == ["手动", "定时"]
    assert texts(box, 5) == ["和现在一样", "此后又做了 1 项"]
    assert window.status.backup.text() == "备份 09:30"
    (ws.folder.backups / "手动_20240819_090000.hscredit").write_bytes(b"broken")
    box.show_rows()
    assert "不是本程序的台账" in texts(box, 5)[2]
    assert texts(box, 3)[2] == "—"


def test_enter_opens_the_preview_whose_numbers_open_their_lists(
    qtbot: QtBot, window: MainWindow
) -> None:
    ws = ledger_of(window)
    record(ws, "市数据局", 1, "周五的话")
    backups.make(ws)
    then = dump(ws)
    record(ws, "市数据局", 1, "周一的话")
    record(ws, "市文旅局", 2, "周一才报")
    now = dump(ws)
    box = present(window, BackupsBox)
    qtbot.keyClick(box.table, Qt.Key.Key_Return)
    [preview] = window.findChildren(RestoreBox)
    assert [door.number for door in preview.doors] == ["1", "2", "2"]
    for place, names in (
        (RETURNS, ["市文旅局"]),
        (ENTRIES, ["市数据局　（一）完善信用制度", "市文旅局　（二）归集信用信息"]),
        (LINES, ["登记反馈　市数据局·完善信用制度", "登记反馈　市文旅局·归集信用信息"]),
    ):
        preview.doors[place].click()
        assert texts(preview, 1) == names
    preview.doors[ENTRIES].click()
    assert texts(preview, 2) == ["回到以前的内容", "没有了"]
    assert dump(ws) == now
    preview.go.click()
    assert (preview.error.text, preview.said.text()) == ("", "已还原。还原前的台账已存成备份。")
    assert dump(ws) == then
    assert preview.back.isVisible()
    assert backups.listed(ws)[0].kind == "还原前"
    preview.back.click()
    assert dump(ws) == now
    assert "已撤销" in preview.said.text()


def test_a_ledger_that_cannot_be_read_is_restored_without_lists(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = ledger_of(window)
    made = backups.make(ws)
    seen = backups.Preview(made.file, made.sha256, made.contents, None)
    monkeypatch.setattr(backups, "preview", lambda *_: seen)
    preview = present(window, RestoreBox, made.file)
    assert "现在的台账已损坏，读不出来" in preview.holds.text()
    assert not any(door.isVisible() for door in preview.doors)
    preview.go.click()
    assert "受损的那份台账留在备份文件夹里" in preview.said.text()
    assert not preview.back.isVisible()


def test_what_was_typed_is_saved_before_a_restore(window: MainWindow) -> None:
    ws = ledger_of(window)
    made = backups.make(ws)
    preview = present(window, RestoreBox, made.file)
    window.show_page("任务")
    assert window.page is not None
    window.page.may_leave = lambda: False  # type: ignore[method-assign]
    before = len(backups.listed(ws))
    preview.restore()
    assert len(backups.listed(ws)) == before
    window.page.may_leave = lambda: True  # type: ignore[method-assign]


def test_undoing_a_restore_from_the_list(window: MainWindow) -> None:
    ws = ledger_of(window)
    made = backups.make(ws)
    record(ws, "市数据局", 1)
    now = dump(ws)
    assert not present(window, BackupsBox).undo_button.isVisible()
    backups.restore(ws, made.file)
    box = present(window, BackupsBox)
    box.undo_button.click()
    [preview] = window.findChildren(RestoreBox)
    preview.restore()
    assert dump(ws) == now


def test_a_backup_from_a_newer_program_is_refused_plainly(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = backups.make(ledger_of(window))
    content = bytearray(made.file.read_bytes())
    content[60:64] = (99).to_bytes(4, "big")
    newer = tmp_path / "新版.hscredit"
    newer.write_bytes(content)
    monkeypatch.setattr(messages, "open_file", lambda *_: newer)
    present(window, BackupsBox).file_button.click()
    [preview] = window.findChildren(RestoreBox)
    assert "更新版本的程序" in preview.error.text
    assert not preview.go.isEnabled()


def test_the_second_place_is_chosen_and_left(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ws = ledger_of(window)
    stick = tmp_path / "优盘"
    stick.mkdir()
    box = present(window, BackupsBox)
    monkeypatch.setattr(messages, "choose_folder", lambda *_: ws.folder.root)
    box.second_button.click()
    assert "就在数据文件夹里" in box.error.text
    monkeypatch.setattr(messages, "choose_folder", lambda *_: stick)
    box.second_button.click()
    assert str(stick) in box.second.text
    box.make_button.click()
    assert list((stick / second_copy.FOLDER).glob("手动_*"))
    (stick / second_copy.FOLDER).rename(tmp_path / "旧")
    stick.rmdir()
    box.make_button.click()
    assert "请插好备份盘" in box.error.text
    assert "备份盘没有接上" in present(window, BackupsBox).second.text
    box = window.findChildren(BackupsBox)[-1]
    box.no_second.click()
    assert "没有设置" in box.second.text


def test_backing_up_by_the_command_says_where_it_lies(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = next(item for item in safety.COMMANDS if item.name == "立即备份")
    command.run(window)
    assert "备份已做好。手动_20240820_093000.hscredit，已打开核对过。" in window.news.text
    monkeypatch.setattr(backups_module, "trouble_of", lambda _: "请插好备份盘。")
    command.run(window)
    assert "请插好备份盘" in window.news.text


def test_a_damaged_ledger_is_said_where_it_was_backed_up(window: MainWindow) -> None:
    made = backups.make(ledger_of(window))
    harmed = backups.Made(made.file, made.sha256, made.contents, 2)
    assert "发现 2 个问题，这份标为“受损”" in backups_module.trouble_of(harmed)


def test_a_read_only_ledger_can_only_be_looked_at(qtbot: QtBot, tmp_path: Path) -> None:
    root = small(tmp_path)
    window = shown(qtbot, root)
    record(ledger_of(window), "市数据局", 1)
    made = backups.make(ledger_of(window))
    assert window.put_away()
    window.open(open_workspace(root, clock_at(TODAY), read_only=True))
    preview = present(window, RestoreBox, made.file)
    assert preview.doors[RETURNS].number == "0"
    assert not preview.go.isEnabled()
    assert not present(window, RecycleBox).go.isEnabled()
    box = present(window, BackupsBox)
    assert texts(box, 1) == ["手动"]
    assert not box.second_button.isEnabled()


def test_esc_in_a_list_closes_its_box(qtbot: QtBot, window: MainWindow) -> None:
    box = present(window, BackupsBox)
    qtbot.keyClick(box.table, Qt.Key.Key_Escape)
    assert not box.isVisible()


def test_the_list_follows_what_is_done_elsewhere(window: MainWindow) -> None:
    box = present(window, BackupsBox)
    assert texts(box, 1) == []
    backups.make(ledger_of(window))
    window.task_run.changed.emit(backups.EVERYTHING)
    assert texts(box, 1) == ["手动"]


def test_no_button_takes_enter_away_from_a_list(window: MainWindow) -> None:
    box = present(window, BackupsBox)
    assert not [one for one in box.findChildren(QPushButton) if one.isDefault()]
    assert not [one for one in box.findChildren(QPushButton) if one.autoDefault()]


def test_a_box_at_work_stays_and_stops(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(qtbot, small(tmp_path), Run())
    box = present(window, CheckBox)
    assert box.working
    assert box.stop_button.isVisible()
    assert present(window, CheckBox) is box
    box.close()
    assert box.isVisible()
    qtbot.waitUntil(lambda: not box.working)
    assert box.close()


# 回收


def test_what_was_taken_out_comes_back_by_enter(qtbot: QtBot, window: MainWindow) -> None:
    ws = ledger_of(window)
    box = present(window, RecycleBox)
    assert not box.go.isEnabled()
    for name in ("甲", "乙"):
        chasing.add_contact(ws, unit_id=expected(ws, "市文旅局").unit_id, name=name)
    owing = chasing.missing(ws, round_number(ws))
    for contact in next(item.contacts for item in owing if item.unit_name == "市文旅局"):
        chasing.remove_contact(ws, contact)
    box = present(window, RecycleBox)
    first, second = texts(box, 2)
    qtbot.keyClick(box.table, Qt.Key.Key_Return)
    assert texts(box, 2) == [second]
    assert f"联系人“{first}”已恢复使用" in box.said.text()


# 完整性检查


def test_a_whole_ledger_says_so(window: MainWindow) -> None:
    box = present(window, CheckBox)
    assert box.whole.fact.text() == "台账完好"
    assert not box.go.isVisible()


def test_a_wrong_search_index_is_rebuilt_by_enter(qtbot: QtBot, window: MainWindow) -> None:
    ws = ledger_of(window)
    record(ws, "市数据局", 1)
    with ws.ledger.transaction():
        ws.ledger.execute("INSERT INTO search_index (rowid, body) VALUES (999, '1234')")
    box = present(window, CheckBox)
    assert texts(box, 0) == ["查找"]
    hooks_of(window).findings = tuple(row.finding for row in box.model.rows)
    qtbot.keyClick(box.table, Qt.Key.Key_Return)
    assert box.whole.fact.text() == "台账完好"
    assert hooks_of(window).findings == ()
    assert search_check.agrees(ws.ledger)


def test_a_lost_original_is_fetched_from_the_second_place(
    window: MainWindow, tmp_path: Path
) -> None:
    ws = ledger_of(window)
    (tmp_path / "证据.txt").write_text("证据", encoding="utf-8")
    record(ws, "市数据局", 1)
    returns.attach(ws, entry_id=entry(ws, "市数据局", 1).id, paths=[tmp_path / "证据.txt"])
    [kept] = overview.entry_detail(ws, entry(ws, "市数据局", 1).id).attachments
    stick = tmp_path / "优盘"
    stick.mkdir()
    second_copy.set_second_place(ws, stick)
    backups.make(ws)
    files.path_of(ws.ledger, kept.sha256).unlink()
    box = present(window, CheckBox)
    assert texts(box, 1) == ["保存的原件不见了"]
    box.go.click()
    assert store_integrity.kept_files(ws.ledger)
    assert box.whole.fact.text() == "台账完好"


def test_other_ways_out(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Finding("计数", "不一致", "请重新计数。", Action.RECOUNT)]
    monkeypatch.setattr(integrity, "check", lambda *_, **__: list(found))
    box = present(window, CheckBox)
    assert box.go.text().startswith("重新计数")
    before = ledger_of(window).ledger.value("SELECT count(*) FROM audit")
    box.go.click()
    assert ledger_of(window).ledger.value("SELECT count(*) FROM audit") == before + 1
    found[0] = Finding("数据库", "坏了", "请从备份还原。")
    box.again.click()
    box.go.click()
    assert len(window.findChildren(BackupsBox)) == 1


def test_reviewed_since_is_a_return_that_goes_back(window: MainWindow) -> None:
    ws = ledger_of(window)
    record(ws, "市数据局", 1)
    made = backups.make(ws)
    place = expected(ws, "市数据局")
    returns.review(ws, expected_return_id=place.id, decision=ReturnState.ACCEPTED)
    preview = present(window, RestoreBox, made.file)
    assert [door.number for door in preview.doors] == ["1", "0", "1"]
    assert texts(preview, 2) == ["回到以前的内容"]
