"""Files let go on any page go to 收件; where nothing can be taken in they are not taken."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.services import freezing
from hs_credit_desktop.services.practice_files import files_folder
from hs_credit_desktop.services.workspace import Changes
from hs_credit_desktop.ui.dropping import Dropping
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.pages.inbox import InboxPage
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

BUTTON, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot: QtBot, practice_folder: Path) -> Iterator[MainWindow]:
    made = MainWindow(
        root=practice_folder,
        clock=system_clock(),
        run=Run(at_once=True),
        preferences=Preferences(practice_folder),
    )
    qtbot.addWidget(made, before_close_func=lambda shown: shown.close())
    made.show_first()
    made.show()
    return made


def _mime(window: MainWindow) -> QMimeData:
    mime = QMimeData()
    [folder] = [item for item in files_folder(window.root).iterdir() if item.name[0] == "1"]
    mime.setUrls([QUrl.fromLocalFile(str(item)) for item in sorted(folder.iterdir())])
    return mime


def _enter(window: MainWindow, mime: QMimeData) -> QDragEnterEvent:
    place = QPoint(300, 300)
    event = QDragEnterEvent(place, Qt.DropAction.CopyAction, mime, BUTTON, NO_KEY)
    event.ignore()
    QApplication.sendEvent(window.pages, event)
    return event


def _words(window: MainWindow) -> str:
    [shown] = window.findChildren(Dropping)
    return shown.words.text() if shown.words.isVisible() else ""


@pytest.mark.parametrize("page", ["今日", "统计"])
def test_a_pile_let_go_on_a_page_is_in_the_inbox(window: MainWindow, page: str) -> None:
    window.show_page(page)
    mime = _mime(window)
    assert _enter(window, mime).isAccepted()
    assert "文件就到“收件”" in _words(window)
    place = QPointF(300, 300)
    let_go = QDropEvent(place, Qt.DropAction.CopyAction, mime, BUTTON, NO_KEY)
    QApplication.sendEvent(window.pages, let_go)
    assert _words(window) == ""
    assert isinstance(window.page, InboxPage)
    assert len(window.page.looks) == 15


def test_a_pile_that_leaves_again_is_forgotten(window: MainWindow) -> None:
    _enter(window, _mime(window))
    QApplication.sendEvent(window.pages, QDragLeaveEvent())
    assert _words(window) == ""
    assert window.page is not None
    assert not isinstance(window.page, InboxPage)


def test_text_and_a_frozen_round_take_nothing(window: MainWindow) -> None:
    words = QMimeData()
    words.setText("不是文件")
    assert not _enter(window, words).isAccepted()
    assert window.ws is not None
    assert window.round is not None
    freezing.freeze(window.ws, window.round)
    window.task_run.changed.emit(Changes(notice=True, returns=True))
    assert not _enter(window, _mime(window)).isAccepted()
    window.show_start()
    assert not _enter(window, _mime(window)).isAccepted()
    assert _words(window) == ""
