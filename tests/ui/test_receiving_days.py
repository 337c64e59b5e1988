"""Friday and Monday of the acceptance script in the window, with its numbers in the header."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import overview, reviewing
from hs_credit_desktop.ui.dialogs.reason import ReasonBox
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.pages.inbox import InboxPage
from hs_credit_desktop.ui.pages.review import ReviewPage
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from tests.ui.test_inbox import pile, sums

CONTROL = Qt.KeyboardModifier.ControlModifier


def _open(qtbot: QtBot, root: Path, day: date) -> MainWindow:
    window = MainWindow(
        root=root,
        clock=system_clock(),
        run=Run(at_once=True),
        preferences=Preferences(root),
        today=day,
    )
    qtbot.addWidget(window, before_close_func=lambda shown: shown.close())
    window.resize(1366, 697)
    window.show_first()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


def _figures(window: MainWindow) -> tuple[int, ...]:
    """已报, 未报, 通过, 退回, 待审, as the services count them and the rail shows them."""
    assert window.ws is not None
    assert window.round is not None
    found = overview.figures(window.ws, window.round)
    assert window.rail.item("审核").accessibleDescription() == (
        f"{found.to_review} 项待办" if found.to_review else ""
    )
    return found.received, found.missing, found.accepted, found.sent_back, found.to_review


def _press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = CONTROL) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def _drop(window: MainWindow, start: str) -> InboxPage:
    window.show_page("收件")
    page = window.page
    assert isinstance(page, InboxPage)
    page.reading.add(pile(page.ws, start))
    QApplication.processEvents()  # the other pages are told in a turn of their own
    return page


def _review_all(qtbot: QtBot, window: MainWindow) -> None:
    """Keys only: what has a flag goes back with the reason that is ready, the rest passes."""
    page = window.page
    assert isinstance(page, ReviewPage)
    while page.queue.rows:
        row = page.queue.row(page.queue.table.current_id())
        assert row is not None
        _press(qtbot, Qt.Key.Key_R if row.queued.blocked else Qt.Key.Key_Return)


def test_friday_and_monday_by_keys(
    qtbot: QtBot, practice_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReasonBox, "exec", lambda box: box.take())
    window = _open(qtbot, practice_folder, date(2024, 11, 29))
    assert _figures(window) == (25, 19, 22, 1, 2)
    page = _drop(window, "1")
    assert window.rail.item("收件").accessibleDescription() == "15 项待办"
    _press(qtbot, Qt.Key.Key_Return)
    assert sums(page) == ["15", "11", "4", "0", "0"]
    for _ in range(4):  # one to confirm, one to split, one of the last round, one unrelated
        _press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert sums(page) == ["15", "13", "0", "1", "1"]
    assert _figures(window) == (37, 7, 22, 0, 15)
    _press(qtbot, Qt.Key.Key_Return)  # 去审核
    _review_all(qtbot, window)
    assert _figures(window) == (37, 7, 33, 4, 0)
    page = _drop(window, "2")
    assert sums(page) == ["5", "0", "5", "0", "0"]
    _press(qtbot, Qt.Key.Key_Return)
    assert _figures(window) == (40, 4, 33, 2, 5)
    _press(qtbot, Qt.Key.Key_Return)
    _review_all(qtbot, window)
    assert _figures(window) == (40, 4, 38, 2, 0)
    window.close()
    _monday(qtbot, practice_folder)


def _monday(qtbot: QtBot, root: Path) -> None:
    window = _open(qtbot, root, date(2024, 12, 2))
    page = _drop(window, "3")
    days = sorted(str(look.item.received_on) for look in page.scope)
    assert days == ["2024-11-30", "2024-11-30", "2024-12-01", "2024-12-02"]
    for expected in ((43, 1, 42, 1, 0), (43, 1, 43, 0, 0)):
        _press(qtbot, Qt.Key.Key_Return)
        _press(qtbot, Qt.Key.Key_Return)
        _review_all(qtbot, window)
        assert _figures(window) == expected
        if expected[3]:
            _drop(window, "4")
    assert window.ws is not None
    assert window.round is not None
    found = overview.figures(window.ws, window.round)
    assert (found.on_time, found.late, found.entries_covered) == (42, 1, 266)
    late = overview.expected_returns(window.ws, window.round, Status.LATE)
    assert [item.unit_name for item in late] == ["市科技局"]
    told = reviewing.history(window.ws, late[0].id)
    assert [line.reviewer for line in told.reviews] == [window.ws.actor]
