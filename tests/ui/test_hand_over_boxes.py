"""Two PCs in the window: a package made, opened by a double click, looked at, merged, both ways."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from pytestqt.qtbot import QtBot

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import backups, handover, office, overview
from hs_credit_desktop.services.handover import Choice
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.commands import all_commands
from hs_credit_desktop.ui.dialogs import hand_over, hand_over_merge, hand_over_passphrase
from hs_credit_desktop.ui.dialogs.hand_over import HandOverBox, open_package
from hs_credit_desktop.ui.dialogs.hand_over_merge import MergeBox
from hs_credit_desktop.ui.dialogs.hand_over_passphrase import PassphraseBox
from hs_credit_desktop.ui.dialogs.workbox import WorkBox, present
from hs_credit_desktop.ui.main_window import MainWindow
from tests.ledgers import entry, record, round_number
from tests.ui.keeping import ledger_of, shown, small


@pytest.fixture
def one(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    made = shown(qtbot, small(tmp_path))
    record(ledger_of(made), "市数据局", 1)
    made.preferences.put(hand_over.FOLDER_KEY, str(tmp_path))
    return made


def packed(window: MainWindow, passphrase: str = "", *, changes: bool = False) -> Path:
    """A package made in the window's own box."""
    box = present(window, HandOverBox)
    box.changes.setChecked(changes)
    for field in (box.first, box.second):
        field.setText(passphrase)
    before = set(box.folder.glob("*.hspack"))
    for old in before:
        old.rename(old.with_suffix(".old"))
    box.go.click()
    assert box.error.text == ""
    [made] = box.folder.glob("*.hspack")
    return made.rename(made.with_name(f"{window.root.parent.name}{len(before)}.包.hspack"))


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path, one: MainWindow) -> MainWindow:
    """PC 2, that began with a package of PC 1."""
    made = shown(qtbot, tmp_path / "另一台" / "台账")
    assert made.ws is None
    open_package(made, packed(one))
    made.preferences.put(hand_over.FOLDER_KEY, str(tmp_path / "另一台"))
    return made


def merge_box(window: MainWindow, package: Path) -> MergeBox:
    """The box a double click on a package opens."""
    open_package(window, package)
    [box] = window.findChildren(MergeBox)
    return box


def test_pc_two_begins_with_the_package_and_has_the_same_totals(
    one: MainWindow, two: MainWindow
) -> None:
    here, there = ledger_of(one), ledger_of(two)
    for number in (1, 2):
        assert overview.figures(here, round_number(here, number)) == overview.figures(
            there, round_number(there, number)
        )
    box = merge_box(two, packed(one))
    assert box.seen is not None
    assert box.seen.conflicts == ()
    assert box.doors[2].number == "0"
    assert box.go.isEnabled()


def test_both_directions_without_conflicts(one: MainWindow, two: MainWindow) -> None:
    record(ledger_of(one), "市商务局", 1, "这边的")
    record(ledger_of(two), "市文旅局", 2, "那边的")
    box = merge_box(one, packed(two))
    box.go.click()
    assert box.calm.fact.text() == "已合并"
    assert backups.listed(ledger_of(one))[0].kind == "合并前"
    assert entry(ledger_of(one), "市文旅局", 2).parts.progress == "那边的"
    back = merge_box(two, packed(one, changes=True))
    back.go.click()
    assert entry(ledger_of(two), "市商务局", 1).parts.progress == "这边的"
    again = merge_box(two, packed(one))
    assert again.calm.fact.text() == "两边已经一样"


def test_every_number_of_the_dry_run_opens_its_list(
    qtbot: QtBot, one: MainWindow, two: MainWindow
) -> None:
    record(ledger_of(one), "市数据局", 1, "这边的话")
    record(ledger_of(two), "市数据局", 1, "那边的话")
    record(ledger_of(two), "市文旅局", 2, "那边新报的")
    office.set_office(ledger_of(two), {"office_name": "那边办"})
    box = merge_box(one, packed(two))
    assert box.seen is not None
    new, changed, conflicts = box.doors
    assert [door.number for door in box.doors] == [
        str(box.seen.new),
        str(box.seen.changed),
        str(len(box.seen.conflicts)),
    ]
    qtbot.keyClick(new, Qt.Key.Key_Space)
    assert box.pane.title.text() == "会新增的内容"
    assert len(box.model.rows) == box.seen.new
    assert ("反馈", "第一轮·市文旅局·（二）归集信用信息", "那边新报的") in [
        (row.kind, row.where, row.what) for row in box.model.rows
    ]
    qtbot.keyClick(changed, Qt.Key.Key_Space)
    assert box.pane.title.text() == "会更新的内容"
    assert len(box.model.rows) == box.seen.changed
    assert "第一轮·市文旅局" in [row.where for row in box.model.rows]
    qtbot.keyClick(conflicts, Qt.Key.Key_Space)
    assert box.conflicts.isVisible()
    assert not box.pane.isVisible()


def test_each_conflict_is_decided_by_key_with_both_sides_seen(
    qtbot: QtBot, one: MainWindow, two: MainWindow
) -> None:
    for window, words in ((one, "这边"), (two, "那边")):
        ws = ledger_of(window)
        record(ws, "市数据局", 1, f"{words}的话")
        office.set_office(ws, {"office_name": f"{words}办"})
    box = merge_box(one, packed(two))
    pane = box.conflicts
    assert pane.open == 2
    assert not box.go.isEnabled()
    assert "还有 2 处未选定" in box.go.text()
    rows = {row.conflict.where: row.id for row in pane.model.rows}
    pane.table.select(rows["市数据局·完善信用制度"])
    assert pane.sides[Choice.HERE].text.toPlainText() == "这边的话"
    assert pane.sides[Choice.THERE].text.toPlainText() == "那边的话"
    assert "08-20 09:30" in pane.sides[Choice.THERE].subtitle.text()
    keys = {shortcut.key().toString(): shortcut for shortcut in pane.findChildren(QShortcut)}
    assert set(keys) >= {"Ctrl+Left", "Ctrl+Right", "F8", "Shift+F8"}
    keys["Ctrl+Right"].activated.emit()
    assert pane.table.current_id() == rows["设置·单位名称"]
    pane.table.select(rows["市数据局·完善信用制度"])
    assert "选用" in pane.sides[Choice.THERE].title.text()
    pane.choose_all(Choice.HERE)
    assert pane.choices == {
        rows["市数据局·完善信用制度"]: Choice.THERE,
        rows["设置·单位名称"]: Choice.HERE,
    }
    box.go.click()
    ws = ledger_of(one)
    assert entry(ws, "市数据局", 1).parts.progress == "那边的话"
    assert office.office(ws)["office_name"] == "这边办"


def test_esc_leaves_everything_as_it_was(qtbot: QtBot, one: MainWindow, two: MainWindow) -> None:
    record(ledger_of(two), "市文旅局", 2)
    box = merge_box(one, packed(two))
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()
    assert not entry(ledger_of(one), "市文旅局", 2).covered
    assert backups.listed(ledger_of(one)) == []


def _answers(said: list[str]) -> Callable[..., str]:
    return lambda *_: said.pop(0)


def test_a_passphrase_is_asked_for_until_it_is_right(
    one: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = packed(one, "口令一")
    said = ["口令二", "口令一"]
    monkeypatch.setattr(hand_over_merge, "ask_passphrase", _answers(said))
    assert merge_box(one, package).calm.fact.text() == "两边已经一样"
    assert said == []
    monkeypatch.setattr(hand_over_merge, "ask_passphrase", lambda *_: "")
    box = merge_box(one, package)
    assert "设了口令" in box.error.text
    assert not box.go.isEnabled()


def test_a_package_with_a_passphrase_begins_a_ledger(
    qtbot: QtBot, one: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = packed(one, "口令一")
    two = shown(qtbot, tmp_path / "第三台" / "台账")
    monkeypatch.setattr(hand_over, "ask_passphrase", lambda *_: "")
    open_package(two, package)
    assert two.ws is None
    assert "设了口令" in two.news.text
    monkeypatch.setattr(hand_over, "ask_passphrase", lambda *_: "口令一")
    open_package(two, package)
    assert entry(ledger_of(two), "市数据局", 1).covered


def test_the_box_of_the_passphrase(qtbot: QtBot, one: MainWindow) -> None:
    box = PassphraseBox(one, UserError("包.hspack 设了口令，没有打开", "请输入口令。"))
    qtbot.addWidget(box)
    box.show()
    qtbot.keyClicks(box.field, "abc")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert box.said == "abc"
    assert not hand_over_passphrase.needs_passphrase(UserError("文件已损坏", ""))


def test_two_passphrases_that_differ_make_no_package(one: MainWindow, tmp_path: Path) -> None:
    box = present(one, HandOverBox)
    box.first.setText("一")
    box.second.setText("二")
    box.go.click()
    assert "不一样" in box.error.text
    assert not list(tmp_path.glob("*.hspack"))


def test_only_changes_need_a_partner(one: MainWindow) -> None:
    box = present(one, HandOverBox)
    box.changes.setChecked(True)
    box.go.click()
    assert "还没有和另一台电脑合并过" in box.error.text


def test_the_folder_is_remembered(
    one: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stick = tmp_path / "优盘"
    stick.mkdir()
    monkeypatch.setattr(messages, "choose_folder", lambda *_: stick)
    present(one, HandOverBox).choose()
    box = present(one, HandOverBox)
    assert box.folder == stick
    box.go.click()
    assert "双击打开" in box.outcome.text()
    assert len(list(stick.glob("*.hspack"))) == 1


def test_a_package_is_chosen_from_the_menu(
    one: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = packed(one)
    command = next(item for item in all_commands() if item.name == "打开交接包…")
    monkeypatch.setattr(messages, "open_file", lambda *_: None)
    command.run(one)
    assert one.findChildren(MergeBox) == []
    monkeypatch.setattr(messages, "open_file", lambda *_: package)
    command.run(one)
    assert len(one.findChildren(MergeBox)) == 1


def test_a_package_of_another_ledger_is_refused(
    qtbot: QtBot, one: MainWindow, tmp_path: Path
) -> None:
    other = shown(qtbot, small(tmp_path / "别处"))
    box = merge_box(other, packed(one))
    assert "来自另一本台账" in box.error.text
    assert box.calm.fact.text() == "没有合并"


def test_each_command_opens_its_box(one: MainWindow) -> None:
    titles = []
    for command in all_commands():
        if command.group in ("备份与封存", "交接") and command.name.rstrip("…") not in (
            *("立即备份", "打开交接包", "给领导看的材料", "交接手册"),
        ):
            before = {id(box) for box in one.findChildren(WorkBox)}
            command.run(one)
            after = one.findChildren(WorkBox)
            titles += [box.windowTitle() for box in after if id(box) not in before]
    assert titles == ["备份与还原", "封存与归档　第一轮", "完整性检查", "回收", "制作交接包"]


def test_a_merge_that_fails_leaves_all_as_it_was_and_says_so(
    one: MainWindow, two: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(ledger_of(two), "市文旅局", 2)
    box = merge_box(one, packed(two))

    def fail(*_: object, **__: object) -> None:
        raise UserError("没有备份成功", "请腾出空间。")

    monkeypatch.setattr(handover, "merge_package", fail)
    box.go.click()
    assert "没有备份成功" in box.error.text
    assert one.centralWidget().isEnabled()
    assert box.go.isEnabled()
