"""Ctrl+F, F3 and Shift+F3: from place to place in texts, from row to row in filtered lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.domain.revision import Mode
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import overview, reviewing
from hs_credit_desktop.services.look import EntryPlan
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.compare_entries import CompareEntries
from hs_credit_desktop.ui.dialogs.manual import ManualWindow
from hs_credit_desktop.ui.dialogs.source_text import SourceTextWindow
from hs_credit_desktop.ui.pages.names import COMPOSE, REVIEW, STATS, TASKS, UNITS
from hs_credit_desktop.ui.pages.tasks import TasksPage
from hs_credit_desktop.ui.pages.unit import UnitPage
from hs_credit_desktop.ui.widgets import find_bar, find_places
from hs_credit_desktop.ui.widgets.find_bar import FindBar, find_in
from hs_credit_desktop.ui.widgets.find_places import hits
from hs_credit_desktop.ui.widgets.unit_view import UnitView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hs_credit_desktop.ui.main_window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def press(key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, held)


def active(qtbot: QtBot, top: QWidget) -> None:
    top.show()
    top.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is top)


def marked(text: QTextEdit) -> str:
    """What is marked as the place, besides the marks of the text itself."""
    fill = theme.current().fill.lower()
    found = [
        one for one in text.extraSelections() if one.format.background().color().name() == fill
    ]
    return "".join(one.cursor.selectedText() for one in found)


def bar(root: QWidget) -> FindBar:
    [found] = root.findChildren(FindBar)
    return found


@pytest.fixture
def top(qtbot: QtBot) -> QWidget:
    """Two texts and a list, the second text to the left of the first."""
    made = QWidget()
    qtbot.addWidget(made)
    row = QHBoxLayout(made)
    right, left, rows = QPlainTextEdit(), QPlainTextEdit(), QListWidget()
    right.setPlainText("修复𠮷后信用\n信用")
    left.setPlainText("信用承诺")
    rows.addItems(["甲", "信用乙", "丙"])
    for widget in (left, right, rows):
        row.addWidget(widget)
    made.resize(900, 300)
    find_in(made)
    active(qtbot, made)
    left.setFocus()
    return made


def selected(top: QWidget) -> list[str]:
    return [
        f"{one.textCursor().selectionStart()}:{one.textCursor().selectedText()}"
        for one in sorted(top.findChildren(QPlainTextEdit), key=QWidget.x)
    ]


def test_the_places_come_pane_by_pane_and_round_again(top: QWidget) -> None:
    press(Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(QApplication.focusWidget(), "x")
    assert bar(top).count.text() == "没有找到"
    bar(top).field.setText("信用")
    assert bar(top).count.text() == "第 1 处，共 4 处"
    assert selected(top) == ["0:信用", "0:"]
    press(Qt.Key.Key_F3)
    assert selected(top)[1] == "5:信用"  # two units of UTF-16 for the rare character before it
    press(Qt.Key.Key_Return)
    assert selected(top)[1] == "8:信用"
    press(Qt.Key.Key_F3)
    [rows] = top.findChildren(QListWidget)
    assert rows.currentRow() == 1
    press(Qt.Key.Key_F3)
    assert bar(top).count.text() == "第 1 处，共 4 处"
    press(Qt.Key.Key_F3, SHIFT)
    assert bar(top).count.text() == "第 4 处，共 4 处"


def test_esc_gives_the_keyboard_back_and_f3_goes_on(top: QWidget) -> None:
    held = QApplication.focusWidget()
    press(Qt.Key.Key_F3)  # without words they are asked for
    assert bar(top).field.hasFocus()
    bar(top).field.setText("信用")
    press(Qt.Key.Key_Escape)
    assert not bar(top).isVisible()
    assert QApplication.focusWidget() is held
    press(Qt.Key.Key_F3)
    assert bar(top).count.text() == "第 2 处，共 4 处"
    assert QApplication.focusWidget() is held


def test_a_long_list_is_not_read(top: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(hits(top, "信用")) == 4
    monkeypatch.setattr(find_places, "MOST_ROWS", 2)
    assert len(hits(top, "信用")) == 3


def test_the_texts_of_the_review(qtbot: QtBot, window: MainWindow) -> None:
    active(qtbot, window)
    qtbot.waitUntil(lambda: window._keys_set)
    for name in (REVIEW, COMPOSE, STATS):
        window.show_page(name)
        page = window.page
        assert page is not None
        press(Qt.Key.Key_F, CONTROL)
        assert bar(page).field.hasFocus(), name
    window.show_page(REVIEW)
    assert window.page is not None
    shown = bar(window.page)
    shown.field.setText("的")
    found = hits(window.page, "的")
    assert shown.count.text() == f"第 1 处，共 {len(found)} 处"
    press(Qt.Key.Key_F3)
    text = found[1].where
    assert isinstance(text, QTextEdit)
    assert marked(text) == "的"
    edge = shown.geometry().right()
    assert window.page.width() - 20 <= edge < window.page.width()
    shown.field.setFocus()
    press(Qt.Key.Key_Escape)
    assert marked(text) == ""


def test_f3_in_the_tree_passes_the_pillars(qtbot: QtBot, window: MainWindow) -> None:
    active(qtbot, window)
    window.show_page(TASKS)
    page = window.page
    assert isinstance(page, TasksPage)
    press(Qt.Key.Key_F, CONTROL)
    page.tree.field.setText("信用")
    seen = []
    for _ in range(5):
        press(Qt.Key.Key_F3)
        seen.append(str(page.tree.tree.currentIndex().data(Qt.ItemDataRole.DisplayRole)))
    assert len(set(seen)) > 1
    assert all("信用" in words for words in seen)
    assert page.tree.field.hasFocus()
    last = page.tree.tree.currentIndex()
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_F3, SHIFT)
    assert page.tree.tree.currentIndex() == last


def test_f3_goes_through_the_filtered_units_without_reading_them_all(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    active(qtbot, window)
    window.show_page(UNITS)
    page = window.page
    assert isinstance(page, UnitPage)
    press(Qt.Key.Key_F, CONTROL)
    page.list.field.setText("sj")
    view = page.list.list
    assert isinstance(view, UnitView)
    monkeypatch.setattr(find_bar, "hits", lambda *_: pytest.fail("everything was read"))
    start = view.currentIndex().row()
    press(Qt.Key.Key_F3)
    assert view.currentIndex().row() == start + 1
    for _ in range(2):
        press(Qt.Key.Key_F3, SHIFT)
    assert view.currentIndex().row() == (start - 1) % view.count()
    assert page.list.field.text() == "sj"


def test_the_manual_goes_to_the_next_place(qtbot: QtBot, window: MainWindow) -> None:
    manual = ManualWindow(window, lambda: None)
    active(qtbot, manual)
    press(Qt.Key.Key_F3)
    assert manual.asked.hasFocus()
    manual.asked.setText("备份")
    press(Qt.Key.Key_Return)
    places = []
    for _ in range(3):
        press(Qt.Key.Key_F3)
        assert marked(manual.text) == "备份"
        places.append(manual.text.textCursor().position())
    assert places[0] < places[1]
    press(Qt.Key.Key_F3, SHIFT)
    assert manual.text.textCursor().position() == places[1]


def test_esc_in_the_text_of_the_notice_closes_the_strip_first(
    qtbot: QtBot, window: MainWindow
) -> None:
    shown = SourceTextWindow(window, "第一行\n第二行")
    active(qtbot, shown)
    press(Qt.Key.Key_F, CONTROL)
    bar(shown).field.setText("行")
    press(Qt.Key.Key_F3)
    assert shown.paper.textCursor().position() == 7
    press(Qt.Key.Key_Escape)
    assert shown.isVisible()
    assert not bar(shown).isVisible()


def test_the_answers_of_a_file_beside_the_old_ones(qtbot: QtBot, window: MainWindow) -> None:
    assert window.ws is not None
    assert window.round is not None
    expected = overview.expected_returns(window.ws, window.round, Status.ACCEPTED)[0]
    entry = reviewing.entries_of(window.ws, window.round, expected.id)[0]
    plan = EntryPlan(entry, FeedbackParts("信用修复 3 件", "信用修复快了"))
    shown = CompareEntries(window, [plan], Mode.REPLACE, entry.id)
    active(qtbot, shown)
    press(Qt.Key.Key_F, CONTROL)
    bar(shown).field.setText("信用修复")
    press(Qt.Key.Key_F3)
    assert bar(shown).count.text() == "第 2 处，共 2 处"
