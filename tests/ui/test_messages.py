"""Boxes name the thing, offer verbs and are the only modal ones; bugs show one box, never two."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from hs_credit_desktop.ui import messages


def _press(qtbot: QtBot, verb: str) -> None:
    """Press a button of the box that is about to open."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, messages.Box)
        buttons = {button.text(): button for button in box.findChildren(QPushButton)}
        qtbot.mouseClick(buttons[verb], Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, press)


@pytest.mark.parametrize(("verb", "answer"), [("停用", True), ("取消", False)])
def test_a_question_is_answered_with_a_verb(qtbot: QtBot, verb: str, answer: bool) -> None:
    _press(qtbot, verb)
    assert messages.ask(None, "市医保局有历史记录，不能删除", "可以改为“停用”。", "停用") is answer


def test_escape_answers_nothing(qtbot: QtBot) -> None:
    QTimer.singleShot(
        0, lambda: qtbot.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
    )
    assert (
        messages.choose(None, "没有导出成功", "请换一个文件夹。", ("换文件夹…", "再试一次")) == ""
    )


def test_a_bug_shows_one_box_that_says_where_the_data_is(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[str] = []

    class Recorder(messages.Box):
        def exec(self) -> int:
            shown.append(self.advice)
            sys.excepthook(RuntimeError, RuntimeError("second"), None)
            return 0

    monkeypatch.setattr(messages, "Box", Recorder)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    messages.install_crash_hook(lambda: tmp_path)
    sys.excepthook(RuntimeError, RuntimeError("first"), None)
    assert len(shown) == 1
    assert str(tmp_path) in shown[0]
