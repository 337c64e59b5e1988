"""封存与归档 in the window: what is unfinished, read-only afterwards, reopened for a reason."""

import zipfile
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import archive, export, freezing
from hs_credit_desktop.store.whole_files import sha256_of
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.commands import safety
from hs_credit_desktop.ui.dialogs import freeze as freeze_module
from hs_credit_desktop.ui.dialogs.freeze import FreezeBox
from hs_credit_desktop.ui.dialogs.workbox import present
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.pages.stats import StatsPage
from hs_credit_desktop.ui.pages.tasks import TasksPage
from hs_credit_desktop.ui.pages.today import TodayPage
from tests.ledgers import entry, record, round_number
from tests.ui.keeping import ledger_of, shown, small


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    made = shown(qtbot, small(tmp_path))
    record(ledger_of(made), "市数据局", 1)
    return made


def frozen(window: MainWindow) -> FreezeBox:
    """The box after the round was frozen in it."""
    box = present(window, FreezeBox)
    box.tick.click()
    box.go.click()
    return box


def test_every_number_opens_the_list_it_counts(window: MainWindow) -> None:
    box = present(window, FreezeBox)
    numbers = {status: door.number for status, door in box.doors.items()}
    assert numbers == {Status.MISSING: "5", Status.TO_REVIEW: "1", None: "10"}
    box.doors[Status.TO_REVIEW].click()
    assert isinstance(window.page, TasksPage)
    assert window.page.table.title.text == "待审单位 1 家"
    box.doors[None].click()
    assert isinstance(window.page, StatsPage)


def test_freezing_names_the_round_and_waits_for_the_tick(window: MainWindow) -> None:
    box = present(window, FreezeBox)
    assert box.go.text().startswith("封存第一轮")
    assert not box.go.isEnabled()
    box.freeze()
    assert round_number(ledger_of(window)).state is RoundState.OPEN
    box.tick.click()
    box.go.click()
    assert round_number(ledger_of(window)).state is RoundState.FROZEN
    assert window.round is not None
    assert window.round.state is RoundState.FROZEN
    assert "第一轮：已封存" in window.status.text
    assert isinstance(window.page, TodayPage)
    assert window.page.round == window.round  # the page that was open knows it too
    assert not box.go.isVisible()
    assert box.reopen_pane.isVisible()
    assert "第 1 版快照" in box.history.item(0).text()


def test_a_frozen_round_is_read_only_and_says_why(window: MainWindow) -> None:
    ws, box = ledger_of(window), frozen(window)
    window.show_page("任务")
    assert isinstance(window.page, TasksPage)
    window.page.open_entry(entry(ws, "市数据局", 1).id)
    said = window.page.form.locked.sentence
    assert said.text() == "第一轮已封存，只能查看；如需修改请先解封。"
    box.unit.setCurrentText("市数据局")
    box.reason.setText("补交盖章件")
    box.reopen()
    assert said.text() == ""
    window.page.open_entry(entry(ws, "市商务局", 1).id)
    assert "已封存" in said.text()


def test_reopening_one_unit_needs_a_reason(window: MainWindow) -> None:
    ws, box = ledger_of(window), frozen(window)
    box.unit.setCurrentText("市数据局")
    box.reopen_button.click()
    assert "请写明解封的原因" in box.error.text
    box.reason.setText("补交盖章件")
    box.reason.returnPressed.emit()
    assert box.error.text == ""
    [open_] = freezing.open_reopenings(ws, round_number(ws))
    assert open_.reason == "补交盖章件"
    assert "解封　市数据局　原因：补交盖章件" in box.history.item(1).text()
    assert round_number(ws).state is RoundState.FROZEN
    record(ws, "市数据局", 1, "补上的话")
    assert "再封存一次就关上" in box.words.text()
    box.tick.click()
    box.go.click()
    assert freezing.open_reopenings(ws, round_number(ws)) == ()
    assert len(freezing.snapshots_of(ws, round_number(ws))) == 2


def test_reopening_the_whole_round(window: MainWindow) -> None:
    ws, box = ledger_of(window), frozen(window)
    box.reason.setText("数字有误")
    box.reopen_button.click()
    assert round_number(ws).state is RoundState.OPEN
    assert box.tick.isVisible()
    assert not box.tick.isChecked()
    record(ws, "市商务局", 1)
    assert entry(ws, "市商务局", 1).covered


def test_every_paper_prints_again_the_same(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ws = ledger_of(window)
    round_ = round_number(ws)
    before = {
        item.path.name: item.sha256
        for item in export.export(ws, round_, tmp_path / "当时", export.KINDS)
    }
    box = frozen(window)
    shown_folders: list[Path] = []
    monkeypatch.setattr(messages, "choose_folder", lambda *_: tmp_path / "重印")
    monkeypatch.setattr(freeze_module, "open_path", shown_folders.append)
    box.again_button.click()
    again = {file.name: sha256_of(file) for file in (tmp_path / "重印").iterdir()}
    assert again == before
    assert len(again) == len(export.KINDS)
    assert shown_folders == [tmp_path / "重印"]


def test_the_archive_package_has_a_list(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "归档.zip"
    monkeypatch.setattr(messages, "save_file", lambda *_: out)
    box = frozen(window)
    box.archive_button.click()
    with zipfile.ZipFile(out) as package:
        assert archive.LIST in package.namelist()
    assert archive.wrong_in(out) == []
    assert "附清单和校验" in box.said.text()


def test_before_a_round_is_frozen_there_is_nothing_to_print_again(window: MainWindow) -> None:
    box = present(window, FreezeBox)
    assert not box.again_button.isVisible()
    assert not box.archive_button.isVisible()


def test_a_package_for_a_leader(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    command = next(item for item in safety.COMMANDS if item.name == "给领导看的材料…")
    monkeypatch.setattr(messages, "save_file", lambda *_: None)
    command.run(window)
    monkeypatch.setattr(messages, "save_file", lambda *_: tmp_path / "材料.zip")
    command.run(window)
    assert "解压后双击网页即可查看" in window.news.text
    assert window.news.door.text() == "打开文件夹"
    assert zipfile.is_zipfile(tmp_path / "材料.zip")
