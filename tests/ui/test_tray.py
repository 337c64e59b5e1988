"""The reminder in the corner: once a day, can be switched off, none in a practice ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from hs_credit_desktop.clock import clock_on, system_clock
from hs_credit_desktop.ui import tray
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.pages.names import SETTINGS
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.tray import Tray
from tests.ledgers import FIRST_DUE, make_workspace


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What was shown in the corner, as if there were one."""
    shown: list[tuple[str, str]] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _icon: None)
    monkeypatch.setattr(
        QSystemTrayIcon,
        "showMessage",
        lambda _icon, what, detail, _kind, _ms: shown.append((what, detail)),
    )
    return shown


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    make_workspace(tmp_path).close()
    made = MainWindow(
        root=tmp_path / "台账",
        clock=clock_on(FIRST_DUE, system_clock()),
        run=Run(at_once=True),
        preferences=Preferences(tmp_path / "prefs"),
    )
    qtbot.addWidget(made)
    made.show_first()
    yield made
    made._close_ledger()


def test_it_says_once_a_day_what_is_due(window: MainWindow, said: list[tuple[str, str]]) -> None:
    corner = Tray(window)
    corner.remind()
    corner.remind()
    assert len(said) == 1
    assert said[0][0].startswith("今日")
    again = Tray(window)  # the program was started again on the same day
    again.remind()
    assert len(said) == 1


def test_it_can_be_switched_off_in_the_settings(
    window: MainWindow, said: list[tuple[str, str]]
) -> None:
    window.show_page(SETTINGS)
    assert window.page is not None
    box = next(b for b in window.page.findChildren(QCheckBox) if "提醒" in b.text())
    assert box.isChecked()
    box.click()
    corner = Tray(window)
    corner.remind()
    assert said == []
    box.click()
    corner.remind()
    assert len(said) == 1


def test_without_a_corner_nothing_happens_and_it_is_said_when_there_is_one(
    window: MainWindow, said: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as none:
        none.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
        Tray(window).remind()
    assert said == []
    Tray(window).remind()
    assert len(said) == 1


def test_a_practice_ledger_is_left_in_peace(
    qtbot: QtBot, practice_folder: Path, tmp_path: Path, said: list[tuple[str, str]]
) -> None:
    made = MainWindow(
        root=practice_folder,
        clock=system_clock(),
        run=Run(at_once=True),
        preferences=Preferences(tmp_path / "prefs"),
    )
    qtbot.addWidget(made)
    made.show_first()
    Tray(made).remind()
    assert said == []
    made._close_ledger()


def test_it_looks_again_while_a_ledger_is_open(window: MainWindow) -> None:
    corner = Tray(window)
    window.ledger_opened.emit()
    assert corner.timer.isActive()
    assert corner.timer.interval() == tray.HOUR_MS
    window.ledger_closing.emit()
    assert not corner.timer.isActive()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_click_brings_the_window_forward(window: MainWindow) -> None:
    window.showMinimized()
    Tray(window)._forward()
    QApplication.processEvents()
    assert window.isVisible()
    assert not window.isMinimized()
