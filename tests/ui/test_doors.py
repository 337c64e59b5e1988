"""A unit named on 今日 or 统计 opens its whole return on 单位."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.pages.names import STATS, TODAY, UNITS


def test_a_missing_unit_of_today_opens_on_units(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page(TODAY)
    table = window.page.missing.table  # type: ignore[union-attr]
    table.select(table.ids()[2])
    chosen = table.current_id()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert window.page is window._pages[UNITS]
    assert window.page.shown.expected.id == chosen


def test_a_unit_of_the_progress_opens_on_units(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page(STATS)
    page = window.page
    page.show_view(1)  # type: ignore[union-attr]
    page.units.select(page.units.ids()[2])  # type: ignore[union-attr]
    chosen = page.units.current_id()  # type: ignore[union-attr]
    qtbot.keyClick(page.units, Qt.Key.Key_Return)  # type: ignore[union-attr]
    assert window.page is window._pages[UNITS]
    assert window.page.shown.expected.id == chosen
