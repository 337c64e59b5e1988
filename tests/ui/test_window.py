"""The window as a whole: ledgers open and close, numbers open lists, keys move between panes."""

import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import office, overview
from hs_credit_desktop.services.find import Hit, find
from hs_credit_desktop.services.notices import bundled_notice, read_pasted
from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.services.workspace import Changes, open_workspace
from hs_credit_desktop.ui import messages, more, theme
from hs_credit_desktop.ui.commands import Command, all_commands
from hs_credit_desktop.ui.dialogs.about import AboutWindow
from hs_credit_desktop.ui.finding import Finding, open_hit
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.more import menu_of
from hs_credit_desktop.ui.pages.settings import SettingsPage
from hs_credit_desktop.ui.pages.tasks import TasksPage
from hs_credit_desktop.ui.pages.tasks_scope import Kind
from hs_credit_desktop.ui.pages.today import TodayPage
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run


def _made(root: Path) -> MainWindow:
    return MainWindow(
        root=root, clock=system_clock(), run=Run(at_once=True), preferences=Preferences(root)
    )


def _window(root: Path) -> MainWindow:
    window = _made(root)
    window.resize(1366, 697)
    window.show_first()
    return window


@pytest.fixture
def window(qtbot: QtBot, practice_folder: Path) -> Iterator[MainWindow]:
    made = _window(practice_folder)
    qtbot.addWidget(made, before_close_func=lambda shown: shown.close())
    made.show()
    made.activateWindow()
    return made


def _tasks(window: MainWindow) -> TasksPage:
    """任务, made and shown."""
    window.show_page("任务")
    assert isinstance(window.page, TasksPage)
    return window.page


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    made = _window(tmp_path)
    qtbot.addWidget(made, before_close_func=lambda shown: shown.close())
    made.show()
    made.activateWindow()
    return made


def test_without_a_ledger_there_is_the_start_page(empty: MainWindow) -> None:
    assert empty.start is not None
    assert empty.start.isVisible()
    assert not empty.header.isVisible()
    assert not empty.rail.item("任务").isEnabled()
    assert "数据只保存在本机文件夹" in empty.status.text


def test_a_practice_ledger_opens_on_its_own_day(window: MainWindow) -> None:
    assert isinstance(window.page, TodayPage)
    assert window.windowTitle() == "信用任务台账 — 黄信用办〔2024〕1号"
    assert window.header.countdown.text == "还有 1 天 · 周六"
    assert window.strip.text.startswith("明日（周六）截止，今天是最后一个工作日。")
    assert "演示数据：反馈内容均为虚构" in window.status.text
    assert "日期按 2024-11-29 计算" in window.status.text


@pytest.mark.parametrize("status", list(Status))
def test_every_number_counts_exactly_the_list_it_opens(window: MainWindow, status: Status) -> None:
    assert window.ws is not None
    assert window.round is not None
    listed = overview.expected_returns(window.ws, window.round, status)
    assert int(window.header.figures.door(status).number) == len(listed)
    opened: list[Status] = []
    _tasks(window).open_status = opened.append  # type: ignore[method-assign]
    window.header.figures.door(status).click()
    assert opened == [status]


def test_another_round_is_shown_everywhere(window: MainWindow) -> None:
    assert window.ws is not None
    assert window.round is not None
    first = overview.round_of(window.ws, window.round.notice_id, 1)
    window.header.selector.chosen.emit(first.id)
    assert window.round == first
    assert window.header.figures.door(Status.RECEIVED).number == "44"
    assert window.header.countdown.text == "已封存"
    assert window.strip.text == ""


def test_a_change_reaches_head_and_pages(window: MainWindow) -> None:
    assert window.ws is not None
    heard: list[Changes] = []
    _tasks(window).reload = heard.append  # type: ignore[method-assign]
    window.task_run.command(office.set_due_soon_days, window.ws, 0)
    assert heard == [Changes(settings=True)]
    assert window.header.countdown._ink == "text2"
    assert "今天是最后一个工作日" in window.strip.text  # said whatever the threshold


def test_a_strip_that_was_put_away_stays_away(window: MainWindow) -> None:
    window.strip.dismiss()
    window.task_run.changed.emit(Changes(returns=True))
    assert window.strip.text == ""


def test_an_error_stands_under_the_header_until_something_works(window: MainWindow) -> None:
    window.task_run.show_error(UserError("没有保存成功：磁盘空间不足", "台账保持原样。"))
    assert window.news.isVisible()
    assert window.news.text == "没有保存成功：磁盘空间不足。台账保持原样。"
    window.task_run.changed.emit(Changes())
    assert not window.news.isVisible()


def test_keys_change_the_page(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: isinstance(window.page, SettingsPage))
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: isinstance(window.page, TasksPage))


def test_a_page_that_could_not_save_is_not_left(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_tasks(window), "may_leave", lambda: False)
    window.show_page("设置")
    assert isinstance(window.page, TasksPage)
    assert window.rail.item("任务").isChecked()
    before = window.round
    assert window.ws is not None
    assert before is not None
    window.show_round(overview.round_of(window.ws, before.notice_id, 1).id)
    assert window.round == before
    assert not window.close()
    monkeypatch.undo()


def test_f6_goes_round_the_panes(qtbot: QtBot, window: MainWindow) -> None:
    visited: list[QWidget] = []
    window.header.search.setFocus()
    for _ in range(12):
        window.step_pane(1)
        visited.append(window.focusWidget())
    assert window.rail.isAncestorOf(visited[0]) or window.header.selector in visited
    for pane in window.page.panes() if window.page else []:
        assert any(pane is found or pane.isAncestorOf(found) for found in visited), pane
    forwards = window.focusWidget()
    window.step_pane(1)
    window.step_pane(-1)
    assert window.focusWidget() is forwards


def test_ctrl_k_puts_the_keyboard_into_the_search_field(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.header.search.hasFocus()


@pytest.mark.parametrize("words", ["fgw", "信用档案", "（演示）"])
def test_a_hit_is_shown_on_its_page(window: MainWindow, words: str) -> None:
    assert window.ws is not None
    hit = find(window.ws, words)[0]
    opened: list[tuple[str, str]] = []
    for kind, place, name in (
        ("unit", "单位", "open_unit"),
        ("measure", "任务", "open_measure"),
        ("feedback", "任务", "open_entry"),
    ):
        window.show_page(place)
        setattr(window.page, name, lambda ref, *_, kind=kind: opened.append((kind, ref)))
    window.header.search.setText(words)
    assert window.results is not None
    window.results.search()
    window.results.opened.emit(hit)
    assert opened == [(hit.kind, hit.ref)]


def test_a_page_can_ask_for_something_on_the_page_of_tasks(window: MainWindow) -> None:
    assert isinstance(window.page, TodayPage)
    window.page.pillars.rows[2][3].click()
    assert isinstance(window.page, TasksPage)
    scope = window.page.table.scope
    assert scope is not None
    assert (scope.kind, scope.which) == (Kind.PILLAR, Counted.EXPECTED)
    assert len(window.page.table.table.ids()) == 40


def test_a_hit_of_another_round_shows_that_round(window: MainWindow) -> None:
    assert window.ws is not None
    hit = next(item for item in find(window.ws, "（演示）", limit=600) if item.round == 1)
    open_hit(window, hit)
    assert window.round is not None
    assert window.round.number == 1


def test_the_ledger_made_on_the_start_page_is_shown(
    qtbot: QtBot, empty: MainWindow, tmp_path: Path
) -> None:
    assert empty.start is not None
    empty.start.read_bundled()
    assert empty.start.confirm is not None
    empty.start.confirm.agree_button.click()
    assert isinstance(empty.page, TodayPage)
    assert empty.header.isVisible()
    assert Preferences(tmp_path).recent()[0][0] == tmp_path


def test_opening_another_ledger_lets_go_of_the_first(
    window: MainWindow, practice_template: Path, practice_folder: Path
) -> None:
    window.show_page("设置")
    window.show_start()
    assert window.ws is not None
    window.rail.item("任务").click()
    assert isinstance(window.page, TasksPage)
    assert window.header.isVisible()
    assert window.windowTitle() == "信用任务台账 — 黄信用办〔2024〕1号"
    assert window.strip.text
    window.show_start()
    other = open_workspace(practice_template, system_clock(), read_only=True)
    window.open(other)
    assert window.ws is other
    assert "只读打开，不能修改" in window.status.text
    open_workspace(practice_folder, system_clock()).close()


def test_choosing_the_open_ledger_again_goes_back_to_it(
    window: MainWindow, practice_folder: Path
) -> None:
    ws = window.ws
    window.show_start()
    assert window.start is not None
    window.start.open_ledger(practice_folder)
    assert isinstance(window.page, TasksPage)
    assert window.ws is ws
    assert not window.news.isVisible()


def test_a_notice_without_rounds_is_not_a_crash(
    qtbot: QtBot, tmp_path: Path, empty: MainWindow
) -> None:
    lines = bundled_notice().read_text(encoding="utf-8").splitlines()
    bare = "\n".join(line for line in lines if "8月30日" not in line)
    assert empty.start is not None
    empty.start._read(lambda: read_pasted(bare))
    assert empty.start.confirm is not None
    empty.start.confirm.agree_button.click()
    assert empty.start is not None
    assert "没有报送轮次" in empty.news.text
    assert empty.ws is None


@pytest.mark.parametrize("content", [b"", b"no ledger at all" * 500])
def test_a_broken_ledger_leads_to_the_start_page_with_a_sentence(
    qtbot: QtBot, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "ledger.hscredit").write_bytes(content)
    window = _window(tmp_path)
    qtbot.addWidget(window)
    window.show()
    assert window.start is not None
    assert "ledger.hscredit" in window.news.text
    assert (tmp_path / "ledger.hscredit").read_bytes() == content


def test_a_ledger_in_use_says_so(qtbot: QtBot, practice_folder: Path) -> None:
    held = open_workspace(practice_folder, system_clock())
    window = _window(practice_folder)
    qtbot.addWidget(window)
    window.show()
    assert window.start is not None
    assert window.start.refused.isVisible()
    held.close()


def test_the_size_comes_back(qtbot: QtBot, tmp_path: Path) -> None:
    first = _window(tmp_path)
    qtbot.addWidget(first)
    first.setWindowState(Qt.WindowState.WindowNoState)
    first.show()
    first.setGeometry(20, 30, 1200, 640)
    first.close()
    second = _made(tmp_path)
    qtbot.addWidget(second)
    assert second.geometry().getRect() == (20, 30, 1200, 640)


def test_a_size_on_a_screen_that_is_gone_is_forgotten(qtbot: QtBot, tmp_path: Path) -> None:
    Preferences(tmp_path).put("geometry", [90000, 90000, 1200, 640, 0])
    window = _window(tmp_path)
    qtbot.addWidget(window)
    assert window.x() < QGuiApplication.primaryScreen().geometry().right()


# The page of settings


@pytest.fixture
def settings(window: MainWindow) -> SettingsPage:
    window.show_page("设置")
    assert isinstance(window.page, SettingsPage)
    return window.page


def test_the_look_changes_at_once_and_is_remembered(
    settings: SettingsPage, window: MainWindow, qapp: QApplication
) -> None:
    dark = next(button for button in settings.looks.buttons() if button.text() == "深色")
    dark.click()
    assert theme.current().dark
    assert window.preferences.text("theme") == "dark"
    theme.apply(qapp, theme.Mode.LIGHT)


def test_the_threshold_is_saved_or_says_why_not(settings: SettingsPage) -> None:
    settings.due_soon.setText("3")
    settings.due_soon_foot.button.click()
    assert office.thresholds(settings.ws).due_soon_days == 3
    assert settings.due_soon_foot.saved.text().startswith("已保存")
    settings.due_soon.setText("99")
    settings.due_soon_foot.button.click()
    assert settings.due_soon_foot.error.text == "临期天数不能是 99。请填 0 到 60 之间的天数。"
    assert settings.due_soon_foot.saved.text() == ""
    assert office.thresholds(settings.ws).due_soon_days == 3


def test_the_contact_is_saved_and_typing_elsewhere_is_kept(settings: SettingsPage) -> None:
    settings.holidays.insertPlainText("2025-10-01 休")
    settings.contact["office_phone"].setText("0000-0000000")
    settings.contact_foot.button.click()
    assert office.office(settings.ws)["office_phone"] == "0000-0000000"
    assert settings.holidays.toPlainText() == "2025-10-01 休"


def test_holidays_can_be_pasted_in(settings: SettingsPage) -> None:
    settings.holidays.setPlainText("2031-10-01\t休\t国庆节\n2031-09-28 班")
    settings.holiday_foot.button.click()
    calendar = office.work_calendar(settings.ws)
    assert not calendar.is_workday(date(2031, 10, 1))
    assert calendar.is_workday(date(2031, 9, 28))
    settings.holidays.setPlainText("国庆节放假")
    settings.holiday_foot.button.click()
    assert "第 1 行“国庆节放假”没有读懂" in settings.holiday_foot.error.text
    assert settings.holidays.toPlainText() == "国庆节放假"


def test_about_opens_from_the_settings(settings: SettingsPage) -> None:
    settings.data.program.about_button.click()
    [about] = settings.data.program.findChildren(AboutWindow)
    assert about.isVisible()
    about.close()


def test_diagnostics_are_written_where_the_clerk_says(
    settings: SettingsPage, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[Path | None] = [None, tmp_path / "诊断.zip", tmp_path / "诊断.zip" / "诊断.zip"]
    monkeypatch.setattr(messages, "save_file", lambda *_: chosen.pop(0))
    settings.data.program.export_button.click()
    assert settings.data.program.said.text() == ""
    settings.data.program.export_button.click()
    assert zipfile.is_zipfile(tmp_path / "诊断.zip")
    assert settings.data.program.said.text() == "已导出 诊断.zip"
    settings.data.program.export_button.click()
    assert "诊断信息没有写成" in window.news.text
    assert settings.data.program.said.text() == ""
    assert settings.data.program.export_button.isEnabled()


def test_a_safe_folder_is_not_warned_of(settings: SettingsPage, window: MainWindow) -> None:
    assert settings.data.warning.text == ""
    assert window.news.text == ""


def test_a_synchronised_folder_is_warned_of_once_and_in_the_settings(
    qtbot: QtBot, practice_folder: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(practice_folder, tmp_path / "OneDrive" / "台账"))
    window = _window(root)
    qtbot.addWidget(window, before_close_func=lambda shown: shown.close())
    assert window.start is not None
    window.start.refused.open(root, read_only=True)
    assert "自动同步" in window.news.text
    window.task_run.changed.emit(Changes())
    assert window.news.text == ""
    window.show_page("设置")
    assert isinstance(window.page, SettingsPage)
    assert "自动同步" in window.page.data.warning.text
    assert window.news.text == ""


def test_another_ledger_can_be_asked_for(settings: SettingsPage, window: MainWindow) -> None:
    settings.start_asked.emit()
    assert window.start is not None
    assert window.pages.currentWidget() is window.start


def test_nothing_asks_before_the_window_closes(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask", lambda *_: pytest.fail("asked"))
    assert window.close()
    assert window.ws is None


def _chosen_from(menu: QMenu) -> list[QAction]:
    """What can be chosen in a menu and its submenus, which are its last groups."""
    own = [action for action in menu.actions() if action.text() not in more.FOLDED]
    folded = [action for inner in menu.findChildren(QMenu) for action in inner.actions()]
    return [action for action in own + folded if not action.isSeparator()]


def test_more_stands_in_one_column_of_a_low_screen(window: MainWindow) -> None:
    menu = menu_of(window)
    rows = [menu.actionGeometry(action) for action in menu.actions()]
    assert max(row.bottom() for row in rows) < 680  # a screen of 768 at 100 %, of 1080 at 150 %
    assert len({row.left() for row in rows}) == 1


def test_the_letter_of_a_folded_command_chooses_it(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[MainWindow] = []
    made = Command("试一试", "程序", "Z", "只为试验。", ran.append)
    greyed = Command("另一个", "程序", "Y", "只为试验。", ran.append)
    monkeypatch.setattr(more, "all_commands", lambda: (made, greyed))
    menu = menu_of(window)
    _chosen_from(menu)[1].setEnabled(False)
    for key, letter, done in ((Qt.Key.Key_Y, "y", []), (Qt.Key.Key_Z, "z", [window])):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(menu, event)
        assert ran == done


def test_more_offers_every_command_once_with_a_letter_of_its_own(window: MainWindow) -> None:
    commands = all_commands()
    assert len({command.letter for command in commands}) == len(commands)
    assert len({command.name for command in commands}) == len(commands)
    shown = _chosen_from(menu_of(window))
    assert [action.toolTip() for action in shown] == [command.hint for command in commands]
    assert all(action.isEnabled() for action in shown)


def test_a_command_that_needs_a_ledger_is_greyed_on_the_start_page(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[MainWindow] = []
    command = Command("试一试", "程序", "Z", "只为试验。", ran.append)
    monkeypatch.setattr(more, "all_commands", lambda: (command,))
    more.run(window, command)
    assert ran == [window]
    with monkeypatch.context() as closed:
        closed.setattr(window, "ws", None)
        assert not _chosen_from(menu_of(window))[-1].isEnabled()
        more.run(window, command)
    assert ran == [window]


def test_the_search_box_runs_a_command(qtbot: QtBot, window: MainWindow) -> None:
    hits: list[Hit] = []
    Finding(window).ask("gybcx", 50, hits.extend)
    [hit] = [item for item in hits if item.kind == "command"]
    open_hit(window, hit)
    [about] = window.findChildren(AboutWindow)
    about.close()


def test_alt_0_opens_the_menu_beside_its_item(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QPoint] = []
    monkeypatch.setattr(QMenu, "popup", lambda _menu, at: shown.append(at))
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(shown))
    item = window.rail.more
    assert shown[0].x() >= item.mapToGlobal(item.rect().topRight()).x()
