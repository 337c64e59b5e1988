"""F12 writes the list on the page as it is shown, with its filter on top."""

import threading
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import list_file
from hs_credit_desktop.store.entry_filters import EntryFilter
from hs_credit_desktop.ui import list_export, messages
from hs_credit_desktop.ui.commands import named
from hs_credit_desktop.ui.list_export import Gathering, ListJob, list_on, source_of
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.pages import stats_pictures
from hs_credit_desktop.ui.pages.names import COMPOSE, REVIEW, SETTINGS, STATS, TASKS, UNITS
from hs_credit_desktop.ui.pages.review import ReviewPage
from hs_credit_desktop.ui.pages.tasks import TasksPage
from hs_credit_desktop.ui.pages.tasks_menu import row_menu
from hs_credit_desktop.ui.pages.unit import UnitPage
from hs_credit_desktop.ui.run import Run


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "out" / "列表.xlsx"
    monkeypatch.setattr(messages, "save_file", lambda *_: file.with_suffix(""))
    return file


def export(qtbot: QtBot, window: MainWindow, target: Path) -> list[list[Any]]:
    """The rows of the file that F12 makes, title first."""
    target.unlink(missing_ok=True)
    named("导出这张列表…").run(window)
    qtbot.waitUntil(target.exists)
    sheet = load_workbook(target).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_table_of_tasks_as_filtered_and_sorted(
    qtbot: QtBot, window: MainWindow, target: Path
) -> None:
    window.show_page(TASKS)
    page = window.page
    assert isinstance(page, TasksPage)
    page.open_measure(page.reader.nodes[1].pillar.id)
    page.table.filter.show_filter(EntryFilter(roles=("lead",)))
    table = page.table.table
    table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    rows = export(qtbot, window, target)
    assert rows[0][0] == page.table.title.accessibleName()
    shown = [
        [str(table.proxy.index(row, at).data() or "") for at in range(table.proxy.columnCount())]
        for row in range(table.proxy.rowCount())
    ]
    assert rows[1][0].startswith(f"第二轮 条件：牵头 共 {len(shown)} 行")
    heads = [
        str(table.proxy.headerData(at, Qt.Orientation.Horizontal))
        for at in range(table.proxy.columnCount())
    ]
    assert rows[2] == heads
    assert len(rows) - 3 == len(shown) > 3
    for got, want in zip(rows[3:], shown, strict=True):
        for word, seen in zip(got, want, strict=True):
            assert str(word or "").startswith(seen)
    assert all(" 牵头" in " ".join(map(str, row)) for row in rows[3:])  # the words of the chip


def test_the_units_with_what_was_typed(qtbot: QtBot, window: MainWindow, target: Path) -> None:
    window.show_page(UNITS)
    page = window.page
    assert isinstance(page, UnitPage)
    page.list.field.setText("sj")
    rows = export(qtbot, window, target)
    assert rows[1][0].startswith("第二轮 筛选：sj 共")
    assert rows[2] == ["序号", "单位", "应反馈", "已反馈", "状态", "收到", "备注"]
    view = page.list.list
    assert [row[1] for row in rows[3:]] == [
        view.units.rows[at].expected.unit_name for at in range(view.count())
    ]
    assert all(isinstance(row[2], int) for row in rows[3:])


def test_the_queue_of_the_review(qtbot: QtBot, window: MainWindow, target: Path) -> None:
    window.show_page(REVIEW)
    page = window.page
    assert isinstance(page, ReviewPage)
    rows = export(qtbot, window, target)
    assert rows[0][0] == "待审的报送件"
    assert len(rows) - 3 == len(page.queue.rows) > 0


def test_the_list_with_the_keyboard_comes_first(window: MainWindow) -> None:
    for name in (TASKS, COMPOSE):
        window.show_page(name)
        assert window.page is not None
        found = list_on(window.page)
        assert found is not None
        found.setFocus()
        assert list_on(window.page) is found


def test_a_page_without_a_list_says_so(window: MainWindow, target: Path) -> None:
    window.show_page(SETTINGS)
    named("导出这张列表…").run(window)
    assert not target.exists()
    assert "没有可以导出的列表" in said(window)


def said(window: MainWindow) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in window.news.findChildren(QLabel))


def test_a_list_that_changes_while_it_is_read_is_not_written(
    qtbot: QtBot, window: MainWindow, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_page(TASKS)
    page = window.page
    assert isinstance(page, TasksPage)
    page.open_measure(page.reader.nodes[1].pillar.id)
    monkeypatch.setattr(list_export, "SLICE_S", -1.0)  # a row at a time
    named("导出这张列表…").run(window)
    gathering = window.findChild(Gathering)
    assert gathering is not None
    gathering.slice()
    page.open_measure(page.reader.nodes[2].pillar.id)
    assert "列表变了，没有导出" in said(window)
    qtbot.wait(20)
    assert not target.exists()
    rows = export(qtbot, window, target)
    assert len(rows) - 3 == page.table.table.proxy.rowCount()


def test_reading_is_stopped_by_the_key_that_began_it(
    qtbot: QtBot, window: MainWindow, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_page(TASKS)
    monkeypatch.setattr(list_export, "SLICE_S", -1.0)  # a row at a time
    named("导出这张列表…").run(window)
    assert window.status.stop.isVisible()
    assert window.status.stop.text().split() == ["停止", "F12"]
    named("导出这张列表…").run(window)
    assert "已停止，没有导出 列表.xlsx" in said(window)
    assert not window.status.stop.isVisible()
    qtbot.wait(20)
    assert not target.exists()


def test_writing_is_stopped_in_the_status_line_and_leaves_the_file_that_was_there(
    qtbot: QtBot, window: MainWindow, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_page(TASKS)
    target.parent.mkdir()
    target.write_text("原来的")
    run = Run()
    monkeypatch.setattr(window, "task_run", run)
    held, told = threading.Event(), []
    run.busy.connect(told.append)
    real = list_file.write_list

    def slow(*args: Any, **kwargs: Any) -> Path:
        held.wait(5)
        return real(*args, **kwargs)

    monkeypatch.setattr(list_file, "write_list", slow)
    named("导出这张列表…").run(window)
    qtbot.waitUntil(lambda: run.working)
    window.status.stop.click()
    held.set()
    qtbot.waitUntil(lambda: not run.working)
    assert "已停止，没有导出 列表.xlsx" in said(window)
    assert [one.name for one in target.parent.iterdir()] == [target.name]
    assert target.read_text() == "原来的"
    assert not window.status.stop.isVisible()
    assert any(words.startswith("正在写 列表.xlsx，共 ") for words in told)


def test_a_disk_that_refuses_leaves_nothing_to_stop(
    qtbot: QtBot, window: MainWindow, target: Path
) -> None:
    window.show_page(TASKS)
    target.mkdir(parents=True)
    named("导出这张列表…").run(window)
    qtbot.waitUntil(lambda: "没有写成" in said(window))
    assert not window.status.stop.isVisible()
    assert window.findChild(ListJob) is None


def test_paper_and_file_stand_side_by_side_in_the_menu_of_a_row(
    qtbot: QtBot, window: MainWindow, target: Path
) -> None:
    window.show_page(TASKS)
    page = window.page
    assert isinstance(page, TasksPage)
    page.open_measure(page.reader.nodes[1].pillar.id)
    for listing in (False, True):
        if listing:
            page.open_status(Status.MISSING)
        menu = row_menu(page, page.table.table.ids()[0])
        paper, file = menu.actions()[-2:]
        assert paper.text() == "打印这张表\tCtrl+P"
        assert file.text() == "导出这张列表…\tF12"
        target.unlink(missing_ok=True)
        file.trigger()
        qtbot.waitUntil(target.exists)


def test_lists_that_no_program_opens_with_ease_are_refused(
    window: MainWindow, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_page(TASKS)
    monkeypatch.setattr(list_export, "MOST_ROWS", 3)
    named("导出这张列表…").run(window)
    assert "没有导出" in said(window)
    assert not target.exists()


def test_what_would_be_too_many_pages_is_not_printed(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stats_pictures, "MOST_PAGES", 0)
    monkeypatch.setattr(stats_pictures, "MOST_PICTURES", 0)
    window.show_page(STATS)
    page = window.page
    assert page is not None
    page.print_shown()  # type: ignore[attr-defined]
    assert "要印 1 页，没有打印（一次最多 0 页）" in said(window)
    page.export()  # type: ignore[attr-defined]
    assert "要存 1 张图片，没有导出（一次最多 0 张）" in said(window)


def test_hidden_columns_stay_out(window: MainWindow) -> None:
    window.show_page(TASKS)
    page = window.page
    assert isinstance(page, TasksPage)
    table = page.table.table
    every = [one.head for one in source_of(table).columns]
    table.hideColumn(1)
    assert [one.head for one in source_of(table).columns] == [every[0], *every[2:]]
