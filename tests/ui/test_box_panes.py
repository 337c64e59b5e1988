"""Panes of boxes and desks stand after a restart as the clerk left them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter, QWidget
from pytestqt.qtbot import QtBot

from hs_credit_desktop.ui import columns
from hs_credit_desktop.ui.dialogs.figures import FiguresBox
from hs_credit_desktop.ui.dialogs.years import YearsBox
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.widgets.splitter import box_panes

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    columns.use(Preferences(tmp_path))
    yield tmp_path
    columns.use(None)


def make(qtbot: QtBot, name: str = "台") -> QSplitter:
    made = box_panes(name, (QWidget(), QWidget()), (300, 500))
    qtbot.addWidget(made)
    made.resize(808, 200)
    made.show()
    return made


def drag(panes: QSplitter, by: QPoint) -> None:
    handle = panes.handle(1)
    at = handle.rect().center()
    QTest.mousePress(handle, LEFT, pos=at)
    QTest.mouseMove(handle, at + by)
    QTest.mouseRelease(handle, LEFT, pos=at)


def test_panes_are_kept_over_a_restart_each_by_its_name(qtbot: QtBot, folder: Path) -> None:
    first = make(qtbot)
    assert first.sizes() == [300, 500]
    drag(first, QPoint(120, 0))
    left = first.sizes()
    assert left[0] > 400
    columns.use(Preferences(folder))
    assert make(qtbot).sizes() == left
    assert make(qtbot, "别的台").sizes() == [300, 500]


def test_sizes_that_do_not_fit_are_forgotten(qtbot: QtBot, folder: Path) -> None:
    for kept in ([1, 2, 3], [0, 800], []):
        Preferences(folder).put("panes:台", kept)
        columns.use(Preferences(folder))
        assert make(qtbot).sizes() == [300, 500]


def test_nothing_is_kept_without_a_place_for_it(qtbot: QtBot) -> None:
    first = make(qtbot)
    drag(first, QPoint(120, 0))
    assert make(qtbot).sizes() == [300, 500]


@pytest.mark.parametrize("kind", [FiguresBox, YearsBox])
def test_the_panes_of_a_box(
    kind: type[FiguresBox | YearsBox], qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    def shown() -> QSplitter:
        box = kind(window)
        qtbot.addWidget(box)
        box.show()
        [panes] = box.findChildren(QSplitter)
        return panes

    first = shown()
    before = first.sizes()
    drag(first, QPoint(0, -40))
    assert first.sizes() != before
    assert shown().sizes() == first.sizes()
