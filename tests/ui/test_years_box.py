"""历年对照 in the window: rounds of two years side by side, every number a door, on paper."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from pytestqt.qtbot import QtBot

from hs_credit_desktop.services import years
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.commands import named
from hs_credit_desktop.ui.dialogs import years as box_module
from hs_credit_desktop.ui.dialogs.years import TOTALS, UNIT, YearsBox
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.pages.tasks import TasksPage
from hs_credit_desktop.ui.pages.tasks_menu import row_menu
from hs_credit_desktop.ui.pages.unit import UnitPage
from tests.ledgers import record
from tests.services.test_years import add_next, unit_id
from tests.ui.keeping import ledger_of, shown, small


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    made = shown(qtbot, small(tmp_path))
    ws = ledger_of(made)
    record(ws, "市数据局", 1, "累计归集信息12万条。")
    add_next(ws)
    record(ws, "市数据局", 1, "累计归集信息15万条。")
    made.show_newest_notice()
    return made


def opened(window: MainWindow) -> YearsBox:
    """The box, opened from the menu."""
    named("历年对照…").run(window)
    [box] = window.findChildren(YearsBox)
    return box


def cells(box: YearsBox, row: int) -> list[str]:
    model = box.table.proxy
    return [str(model.index(row, at).data()) for at in range(model.columnCount())]


def test_a_measure_of_two_years_with_its_texts_and_totals(window: MainWindow) -> None:
    box = opened(window)
    assert box.chooser.currentText() == "（一）完善信用制度"
    assert "读入通知时已对应" in box.bound.text()
    assert cells(box, 0) == ["市数据局", "待审", "未报", "待审", "未报"]
    assert [door.number for door in box.doors] == ["1", "0", "1", "0"]
    assert box.view.old_title.text == "市数据局 · 2024年第一轮"
    assert box.view.new_title.text == "市数据局 · 2025年第一轮"
    assert box.view.differences == 1
    box.below.group.button(TOTALS).click()
    assert box.totals.isVisible()
    assert str(box.totals.proxy.index(0, 6).data()) == "+25.0%"
    box.totals.selectRow(0)
    assert box.current_line() is not None


def test_numbers_and_rows_lead_to_what_they_count(window: MainWindow) -> None:
    box = opened(window)
    box.doors[0].click()
    assert window.round is not None
    assert window.round.due_on.year == 2024
    assert isinstance(window.page, TasksPage)
    assert len(window.page.table.table.ids()) == 1
    box.open_current()
    assert window.round.due_on.year == 2025
    assert window.page.form.contents is not None
    assert window.page.form.contents.detail.entry.unit_name == "市数据局"


def test_a_unit_over_the_years(window: MainWindow) -> None:
    box = opened(window)
    box.mode.group.button(UNIT).click()
    assert box.of_unit
    box.chooser.setCurrentIndex(box.chooser.findData(unit_id(ledger_of(window), "市数据局")))
    box.read()
    assert box.bound.text().startswith("应报 4 次，按时 2 次")
    assert len(box.table.ids()) == 4
    box.doors[0].click()
    assert len(box.table.ids()) == 2
    box.open_current()
    assert isinstance(window.page, UnitPage)
    assert window.page.shown is not None
    assert window.page.shown.expected.unit_name == "市数据局"
    assert window.round is not None
    assert window.round.due_on.year == 2024


def test_both_are_written(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = opened(window)
    seen: list[Path] = []
    monkeypatch.setattr(messages, "choose_folder", lambda *_: tmp_path / "出")
    monkeypatch.setattr(box_module, "open_path", seen.append)
    (tmp_path / "出").mkdir()
    box.print_button.click()
    box.choose_mode(UNIT)
    box.print_button.click()
    assert len(list((tmp_path / "出").glob("历年对照_*.pdf"))) == 2
    assert len(seen) == 2
    assert "已写出" in box.said.text()


def test_a_measure_of_last_year_is_found_from_the_menu_of_its_row(window: MainWindow) -> None:
    ws = ledger_of(window)
    last = years.measure_years(ws, years.measures(ws)[2].measure.id)
    entry = last.lines[0].entries[0]
    assert entry is not None
    window.show_round(entry.round_id)
    window.show_page("任务")
    assert isinstance(window.page, TasksPage)
    window.page.open_entry(entry.id)
    menu = row_menu(window.page, entry.id)
    next(action for action in menu.actions() if action.text() == "历年对照").trigger()
    [box] = window.findChildren(YearsBox)
    assert box.chooser.currentText() == "（三）推进信用监管"
    assert box.found == last


def test_the_booklet_is_written_with_the_keys(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "choose_folder", lambda *_: None)
    named("交接手册…").run(window)
    assert not list(tmp_path.glob("交接手册_*"))
    monkeypatch.setattr(messages, "choose_folder", lambda *_: tmp_path)
    named("交接手册…").run(window)
    [word] = tmp_path.glob("交接手册_*.docx")
    with ZipFile(word) as file:
        assert "任务：登记，看下一条" in file.read("word/document.xml").decode()
    assert len(list(tmp_path.glob("交接手册_*.pdf"))) == 1
