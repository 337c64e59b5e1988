"""F1 opens the manual at the right place, it is searched and left by keys; the tour points."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QListWidgetItem, QWidget

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.domain.manual import Place
from hs_credit_desktop.ui import guide, messages, theme
from hs_credit_desktop.ui.commands import named
from hs_credit_desktop.ui.dialogs import help as helping
from hs_credit_desktop.ui.dialogs import tour
from hs_credit_desktop.ui.dialogs.manual import ManualWindow
from hs_credit_desktop.ui.dialogs.tour import STATIONS, TourPanel
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.pages.names import NAMES
from hs_credit_desktop.ui.preferences import TOUR_DONE, TOUR_KEY, Preferences
from hs_credit_desktop.ui.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

UI = Path(helping.__file__).parent.parent


@pytest.fixture
def window(qtbot: QtBot, practice_folder: Path) -> Iterator[MainWindow]:
    made = _made(practice_folder)
    qtbot.addWidget(made, before_close_func=lambda shown: shown.close())
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _made(root: Path) -> MainWindow:
    made = MainWindow(
        root=root, clock=system_clock(), run=Run(at_once=True), preferences=Preferences(root)
    )
    guide.Guide(made)
    made.resize(1366, 697)
    made.show_first()
    return made


def _manual(parent: QWidget) -> ManualWindow:
    QApplication.processEvents()  # windows become active one after the other
    [shown] = [each for each in parent.findChildren(ManualWindow) if each.isVisible()]
    return shown


def _window_classes() -> set[str]:
    """The classes of ui/ that are windows, whatever they derive from."""
    bases = {"QDialog"}
    found: dict[str, set[str]] = {}
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name] = {ast.unparse(base).partition("[")[0] for base in node.bases}
    while more := {name for name, above in found.items() if above & bases} - bases:
        bases |= more
    return bases - {"QDialog", "WorkBox"}


def test_every_page_and_window_has_its_topic() -> None:
    names = {topic.name for topic in helping.topics()}
    assert set(helping.PAGE_TOPICS) == set(NAMES)
    assert set(helping.PAGE_TOPICS.values()) <= names
    assert set(helping.WINDOW_TOPICS.values()) <= names
    found = _window_classes()
    assert len(found) > 25
    bases = {"PlanBox": {"SavedDoubtsBox", "EditingBox"}, "TextBox": {"ReasonBox", "TypeBox"}}
    derived = {name for names in bases.values() for name in names}
    assert found - set(helping.WINDOW_TOPICS) == derived


@pytest.mark.parametrize("name", NAMES)
def test_f1_opens_the_topic_of_the_page(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.show_page(name)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    shown = _manual(window)
    assert shown.place.topic == helping.PAGE_TOPICS[name]
    assert not shown.isModal()
    shown.close()


def test_f1_again_uses_the_window_that_is_open(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    window.show_page("收件")
    named("帮助").run(window)
    assert _manual(window).place.topic == "inbox"


def test_f1_on_the_start_page_and_over_a_message(qtbot: QtBot, window: MainWindow) -> None:
    window.tell("数据文件夹 /台账 不能写入", "请检查文件夹权限。")
    named("帮助").run(window)
    shown = _manual(window)
    assert shown.place.topic == "trouble"
    assert shown.place.words == "数据文件夹 … 不能写入"
    window.news.hide()
    window.show_start()
    assert window.start is not None
    named("帮助").run(window)
    assert shown.place.topic == "start"
    window.start.read_bundled()
    named("帮助").run(window)
    assert shown.place.topic == "notice"
    window.start.back()
    window.start.refused.what.setText("数据文件夹 /台账 在网络上")
    window.start.refused.show()
    named("帮助").run(window)
    assert shown.place.words == "数据文件夹 … 在网络上"


def test_f1_in_a_window_beside_the_main_one(qtbot: QtBot, window: MainWindow) -> None:
    from hs_credit_desktop.ui.dialogs.backups import BackupsBox
    from hs_credit_desktop.ui.dialogs.workbox import present

    box = present(window, BackupsBox)
    with qtbot.waitActive(box):
        box.activateWindow()
    qtbot.waitUntil(lambda: bool(box.property("helped")))
    qtbot.keyClick(box, Qt.Key.Key_F1)
    assert _manual(window).place.topic == "backup"
    box.error.show_error(
        "备份 1.hscredit 没有通过检查（台账：读不出来），没有还原。请换一个更早的备份。"
    )
    guide.open_manual(window, box)
    assert _manual(window).place.words == "备份 … 没有通过检查（…：…），没有还原"


def test_over_a_modal_box_the_manual_belongs_to_it(qtbot: QtBot, window: MainWindow) -> None:
    box = messages.Box(window, "要关闭吗", "还没有备份。", ("取消", "关闭"))
    box.setModal(True)
    box.show()
    QApplication.processEvents()
    guide.give_key(window, box)
    guide.give_key(window, box)
    qtbot.keyClick(box, Qt.Key.Key_F1)
    shown = _manual(box)
    assert shown.place.topic == "trouble"
    guide.give_key(window, shown)
    assert not shown.property("helped")
    box.close()


def test_a_window_unknown_to_the_table_shows_the_page() -> None:
    assert helping.topic_of(None, "审核") == "review"
    assert helping.topic_of(None, "") == "start"


def test_keys_and_rules_are_those_of_the_program(window: MainWindow) -> None:
    tables = helping.tables()
    assert ("各页", "Alt+2", "任务") in tables["keys"]
    assert ("各页", "Alt+0", "更多") in tables["keys"]
    assert ("收件", "Enter", "处理所选的这一件") in tables["keys"]
    assert len(tables["rules"]) == 12
    assert ("立即备份", "B") in [row[:2] for row in tables["commands"]]
    assert helping.key_rows(("任务",))[0] == ("", "Alt+2", "任务")
    assert not any("收件" in row for row in helping.key_rows(("任务",)))


def test_search_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    guide.open_manual(window, place=Place("export", 0))
    shown = _manual(window)
    assert shown.list.count() == len(shown.topics)
    qtbot.keyClick(shown, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shown.asked.hasFocus()
    shown.asked.insert("网络")
    assert shown.count.text() == f"找到 {shown.list.count()} 处"
    qtbot.keyClick(shown.asked, Qt.Key.Key_Return)
    item = shown.list.currentItem()
    assert isinstance(item, QListWidgetItem)
    assert shown.place == item.data(Qt.ItemDataRole.UserRole)
    assert "网络" in shown.text.toPlainText()
    assert shown.text.extraSelections()
    shown.asked.setText("没有这样的话")
    assert shown.count.text() == "没有找到，换一个说法再试"
    shown.asked.clear()
    assert shown.list.currentItem().text() == shown.place.title.split(" › ")[0]


def test_links_lead_on_and_back(qtbot: QtBot, window: MainWindow) -> None:
    guide.open_manual(window, place=Place("start", 0))
    shown = _manual(window)
    assert not shown.back_button.isEnabled()
    from PySide6.QtCore import QUrl

    shown.text.anchorClicked.emit(QUrl("trouble"))
    assert shown.text.toPlainText().startswith("排障")
    qtbot.keyClick(shown, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown.place == Place("start", 0)
    shown.back()
    assert not shown.back_button.isEnabled()
    shown.list.setCurrentRow(3)
    assert shown.place.topic == "inbox"


def test_a_place_is_scrolled_to_and_panes_are_stepped(qtbot: QtBot, window: MainWindow) -> None:
    guide.open_manual(window, place=Place("trouble", 60))
    shown = _manual(window)
    assert shown.text.verticalScrollBar().value() > 500
    seen = []
    for _ in range(3):
        qtbot.keyClick(shown, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert set(seen) == {shown.asked, shown.list, shown.text}
    theme.apply(QApplication.instance(), theme.Mode.DARK)  # type: ignore[arg-type]
    assert shown.place == Place("trouble", 60)
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_the_manual_is_saved_as_pdf(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = helping.topics()[:1]
    monkeypatch.setattr(helping, "topics", lambda: few)
    monkeypatch.setattr(messages, "save_file", lambda *_: None)
    named("手册存为 PDF…").run(window)
    assert window.news.isHidden()
    out = tmp_path / "手册.pdf"
    monkeypatch.setattr(messages, "save_file", lambda *_: out)
    named("手册存为 PDF…").run(window)
    assert out.read_bytes().startswith(b"%PDF")
    assert window.news.text.startswith("手册已存为 PDF")
    assert window.news.door.isVisible()


# The tour


def test_the_tour_stays_on_its_feet_where_the_clerk_wanders_off(
    qtbot: QtBot, window: MainWindow
) -> None:
    panel = tour.start(window)
    panel.go(3)
    window.show_page("设置")
    panel.place()
    assert window.rect().contains(panel.geometry())
    named("打开或新建其他台账…").run(window)
    for _ in STATIONS:
        panel.next.click()
    assert panel.isHidden()


def test_the_tour_goes_from_place_to_place(qtbot: QtBot, window: MainWindow) -> None:
    named("五分钟导览").run(window)
    [panel] = window.findChildren(TourPanel)
    seen = []
    for at, station in enumerate(STATIONS):
        QApplication.processEvents()
        assert panel.at == at
        assert window.rail.item(station.page).isChecked()
        assert window.rect().contains(panel.geometry())
        ring, spot = panel.ring.geometry(), tour.spot_of(window, station)
        assert ring.contains(spot)
        seen.append(panel.title.text())
        if at + 1 < len(STATIONS):
            qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert seen == [station.title for station in STATIONS]
    assert panel.next.accessibleName() == "看完了"
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert panel.at == len(STATIONS) - 2
    assert tour.start(window) is panel
    assert panel.at == 0
    assert not panel.back.isEnabled()
    panel.go(-1)
    assert panel.at == 0
    panel.go(len(STATIONS) - 1)
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert panel.isHidden()
    assert window.preferences.text(TOUR_KEY) == TOUR_DONE


def test_the_tour_is_left_by_a_key_and_does_not_block(qtbot: QtBot, window: MainWindow) -> None:
    panel = tour.start(window)
    window.show_page("审核")
    assert window.rail.item("审核").isChecked()
    window.resize(1200, 640)
    QApplication.processEvents()
    assert window.rect().contains(panel.geometry())
    qtbot.keyClick(window, Qt.Key.Key_End, Qt.KeyboardModifier.AltModifier)
    assert panel.isHidden()
    assert panel.ring.isHidden()


def test_the_tour_goes_with_its_ledger(window: MainWindow) -> None:
    panel = tour.start(window)
    window.put_away()
    assert panel.isHidden()


def test_a_page_that_may_not_be_left_stays(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = tour.start(window)
    assert window.page is not None
    monkeypatch.setattr(type(window.page), "may_leave", lambda _self: False)
    panel.go(4)
    assert panel.at == 0
    monkeypatch.undo()


def test_first_opening_of_the_practice_ledger_begins_the_tour(qtbot: QtBot, tmp_path: Path) -> None:
    window = _made(tmp_path)
    qtbot.addWidget(window, before_close_func=lambda shown: shown.close())
    window.show()
    assert window.start is not None
    window.start.practice()
    [panel] = window.findChildren(TourPanel)
    assert panel.isVisible()
    panel.finish()
    window.show_start()
    assert window.start is not None
    assert window.put_away()
    assert window.start is not None
    window.start.practice()
    assert [each for each in window.findChildren(TourPanel) if each.isVisible()] == []
    assert window.put_away()
    named("五分钟导览").run(window)
    assert [each.at for each in window.findChildren(TourPanel) if each.isVisible()] == [0]


def test_the_panel_stands_beside_its_place() -> None:
    room, size = QRect(0, 0, 1000, 600), QSize(300, 150)
    assert tour.beside(QRect(0, 0, 70, 600), size, room) == QPoint(79, 10)
    assert tour.beside(QRect(100, 10, 880, 40), size, room) == QPoint(100, 59)
    assert tour.beside(QRect(600, 100, 390, 500), size, room).x() == 290
    assert tour.beside(QRect(20, 300, 970, 290), size, room) == QPoint(20, 140)
    whole = tour.beside(room, size, room)
    assert room.contains(QRect(whole, size))


def test_its_keys_are_no_keys_of_the_pages() -> None:
    own = {QKeySequence(key).toString() for key in ("Alt+Left", "Alt+Right", "Alt+End")}
    assert len(own) == 3
    used = [
        file.name
        for file in (UI / "pages").glob("*.py")
        if any(f'"{key}"' in file.read_text(encoding="utf-8") for key in own)
    ]
    assert used == []


def test_dialogs_without_a_table_entry_take_that_of_their_base(qtbot: QtBot) -> None:
    class ReasonBox(QDialog):
        pass

    box = ReasonBox()
    qtbot.addWidget(box)
    assert helping.topic_of(box, "审核") == "review"
