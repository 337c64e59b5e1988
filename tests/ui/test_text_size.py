"""Five text sizes: fonts, rows and fields grow at once, and come back."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from hs_credit_desktop.ui import text_size, theme
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.pages.names import (
    EXPORT,
    INBOX,
    SETTINGS,
    STATS,
    TASKS,
    TODAY,
    UNITS,
)
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.text_size import TextSize
from hs_credit_desktop.ui.widgets.basics import label


@pytest.fixture(autouse=True)
def standard_again(qapp: QApplication) -> Iterator[None]:
    """No size of text leaks into the next test."""
    yield
    text_size.put_in_force(qapp, theme.Mode.LIGHT, TextSize.STANDARD)


def _choose(window: MainWindow, size: TextSize) -> None:
    window.show_page(SETTINGS)
    assert window.page is not None
    name = f"文字大小：{size.label}"
    button = next(b for b in window.page.findChildren(QRadioButton) if b.accessibleName() == name)
    button.click()
    QApplication.processEvents()


def test_a_size_chosen_in_the_settings_holds_at_once_and_is_remembered(window: MainWindow) -> None:
    window.show_page(TASKS)
    assert window.page is not None
    table, title = window.page.table.table, window.page.table.filter.count
    row, points = table.rowHeight(0), title.font().pointSizeF()
    _choose(window, TextSize.LARGER)
    assert table.verticalHeader().defaultSectionSize() == round(row * 1.25)
    assert title.font().pointSizeF() == pytest.approx(points * 1.25, abs=0.02)
    assert QApplication.font().pointSizeF() == pytest.approx(12.5)
    assert text_size.chosen(window.preferences) is TextSize.LARGER


def test_what_is_made_later_has_the_size_too(window: MainWindow, qtbot: QtBot) -> None:
    _choose(window, TextSize.LARGE)
    later = label("后来的", theme.BODY, bold=True)
    later.setFixedHeight(20)
    qtbot.addWidget(later)
    later.show()
    assert later.font().pointSizeF() == pytest.approx(11.2)
    assert later.height() == 22


def test_going_through_all_sizes_comes_back_to_where_it_began(window: MainWindow) -> None:
    window.show_page(TASKS)
    window.show_page(TODAY)

    def sizes() -> list[tuple[float, int, int]]:
        return [
            (round(w.font().pointSizeF(), 1), w.minimumHeight(), w.minimumWidth())
            for w in window.findChildren(type(window.header))
        ]

    before, style = sizes(), QApplication.instance().styleSheet()  # type: ignore[union-attr]
    for size in (TextSize.LARGE, TextSize.LARGEST, TextSize.SMALL, TextSize.STANDARD):
        _choose(window, size)
    assert sizes() == before
    assert QApplication.instance().styleSheet() == style  # type: ignore[union-attr]
    assert text_size._Kept.fitter is None


def test_each_step_is_one_a_reader_sees() -> None:
    steps = [size.zoom for size in TextSize]
    assert all(later / before >= 1.1 for before, later in pairwise(steps))


@pytest.mark.parametrize("size", list(TextSize))
def test_every_size_fits_the_smallest_screen(window: MainWindow, size: TextSize) -> None:
    _choose(window, size)
    for name in window.rail.names:
        window.show_page(name)
        QApplication.processEvents()
        least = window.minimumSizeHint()
        assert (least.width() <= 1366, least.height() <= 697) == (True, True), (name, least)


def test_an_unknown_size_is_the_standard_one(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path)
    preferences.put(text_size.KEY, "huge")
    assert text_size.chosen(preferences) is TextSize.STANDARD


def cut_words(page: QWidget) -> list[str]:
    """Lines of text in sight that have less room than they need; what elides itself is left out."""
    return [
        part.text()
        for part in page.findChildren(QLabel)
        if type(part) is QLabel
        and part.isVisible()
        and part.text()
        and not part.wordWrap()
        and (part.sizeHint().width() > part.width() or part.sizeHint().height() > part.height())
    ]


@pytest.mark.parametrize("size", [TextSize.LARGE, TextSize.LARGER, TextSize.LARGEST])
def test_larger_texts_are_not_cut(window: MainWindow, size: TextSize) -> None:
    _choose(window, size)
    for name in (TODAY, TASKS, UNITS, INBOX, STATS, EXPORT, SETTINGS):
        window.show_page(name)
        QApplication.processEvents()
        assert window.page is not None
        assert cut_words(window.page) == [], name
