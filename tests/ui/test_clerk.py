"""A scripted clerk: a unit's complete return of 23 measures without the mouse, keys counted.

Texts come in as an input method commits them and are not counted; every other key is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.returns import PART_LABELS, Entry, FeedbackParts
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.notices import bundled_notice, create_ledger, read_notice
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store.lists import EntryQuery
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from tests.ledgers import clock_at

UNIT, INITIALS, MEASURES = "市发改委", "sfgw", 23
MOST = 3  # keys per entry beyond its text
ALT, CTRL, NONE = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.NoModifier,
)


@dataclass
class Clerk:
    """Hands on the keyboard; keys counts what was pressed beyond the texts."""

    window: MainWindow
    keys: int = 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """One key, with what is held counted as part of it."""
        self.keys += 1
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
        QApplication.processEvents()

    def letters(self, text: str) -> None:
        """Keys that are no text of the return, each counted."""
        for sign in text:
            self.press(Qt.Key(ord(sign.upper())))

    def write(self, text: str) -> None:
        """A text as an input method hands it over: composed first, then committed."""
        field = QApplication.focusWidget()
        QApplication.sendEvent(field, QInputMethodEvent("pin'yin", []))
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(field, event)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """The real notice, and nothing received."""
    clock = clock_at(date(2024, 8, 20))
    made = create_ledger(tmp_path / "台账", clock, read_notice(bundled_notice()))
    yield made
    if made.ledger.connection:
        made.close()


@pytest.fixture
def clerk(qtbot: QtBot, ws: Workspace, tmp_path: Path) -> Clerk:
    window = MainWindow(
        root=tmp_path / "start",
        clock=ws.clock,
        run=Run(at_once=True),
        preferences=Preferences(tmp_path / "prefs"),
    )
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.open(ws)
    window.activateWindow()
    QApplication.processEvents()
    return Clerk(window)


def _entries(ws: Workspace) -> list[Entry]:
    round_ = overview.round_of(ws, overview.notice(ws).id, 1)
    [ref] = [item.id for item in overview.expected_returns(ws, round_) if item.unit_name == UNIT]
    return list(overview.entries(ws, round_, EntryQuery(round_.id, expected_return_id=ref)))


def _answer(number: int, *, whole: bool) -> FeedbackParts:
    """An invented answer; most have two parts, as they come from units."""
    progress = f"第{number}项：开展检查{number + 2}次，覆盖企业{number * 7}家。（演示）"
    if whole:
        return FeedbackParts(progress, f"整改{number}处。", "人手不足。", "按月调度。")
    return FeedbackParts(progress, f"整改{number}处。")


def _find_unit(clerk: Clerk) -> None:
    """By pinyin initials; the keyboard is then in the first entry."""
    clerk.press(Qt.Key.Key_3, ALT)
    clerk.letters(INITIALS)
    clerk.press(Qt.Key.Key_Return)


def test_a_whole_return_is_typed_with_three_keys_an_entry(ws: Workspace, clerk: Clerk) -> None:
    answers = [_answer(number, whole=number % 3 == 0) for number in range(1, MEASURES + 1)]
    _find_unit(clerk)
    for answer in answers:
        said = [text for text in answer.texts if text]
        for place, text in enumerate(said):
            if place:
                clerk.press(Qt.Key.Key_Tab)
            clerk.write(text)
        clerk.press(Qt.Key.Key_Return, CTRL)
    assert [entry.parts for entry in _entries(ws)] == answers
    assert clerk.keys == 66  # 2 an entry of two parts, 4 of four, 6 to find the unit
    assert clerk.keys <= MOST * MEASURES


def test_pasted_answers_take_two_keys_an_entry(ws: Workspace, clerk: Clerk) -> None:
    answers = [_answer(number, whole=True) for number in range(1, MEASURES + 1)]
    _find_unit(clerk)
    for answer in answers:
        labelled = zip(PART_LABELS.values(), answer.texts, strict=True)
        words = "\r\n".join(f"{name}：{text}" for name, text in labelled)
        QGuiApplication.clipboard().setText(words)
        clerk.press(Qt.Key.Key_V, CTRL)
        clerk.press(Qt.Key.Key_Return, CTRL)
    assert [entry.parts for entry in _entries(ws)] == answers
    assert clerk.keys <= 2 * MEASURES + 6


def test_undo_goes_back_through_the_return_from_any_page(ws: Workspace, clerk: Clerk) -> None:
    _find_unit(clerk)
    for number in (1, 2):
        clerk.write(f"第{number}条")
        clerk.press(Qt.Key.Key_Return, CTRL)
    clerk.press(Qt.Key.Key_1, ALT)
    for left, said in ((["第1条", ""], "已撤销"), (["", ""], "已撤销")):
        clerk.press(Qt.Key.Key_Z, CTRL)
        assert [entry.parts.progress for entry in _entries(ws)[:2]] == left
        assert clerk.window.news.text.startswith(f"{said} {UNIT}·")
    clerk.press(Qt.Key.Key_Y, CTRL)
    assert [entry.parts.progress for entry in _entries(ws)[:2]] == ["第1条", ""]
    assert clerk.window.news.text.startswith("已重做")
