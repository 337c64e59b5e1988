"""One key does one thing: no two commands, buttons or shortcuts of a window ask for the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from hs_credit_desktop.ui.commands import all_commands
from hs_credit_desktop.ui.pages.names import NAMES

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hs_credit_desktop.ui.main_window import MainWindow

ANYWHERE = (Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut)


def keys(top: QWidget) -> Counter[str]:
    """How often each key is asked for by what can be seen and pressed in a window as it stands.

    A key that only a list or field takes while the keyboard is in it clashes with nothing.
    """
    found: Counter[str] = Counter()
    for button in top.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and button.window() is top:
            found[button.shortcut().toString()] += 1
    for made in (*top.findChildren(QShortcut), *top.findChildren(QAction)):
        if isinstance(made, QShortcut):
            wanted, context = made.keys(), made.context()
        else:
            wanted, context = made.shortcuts(), made.shortcutContext()
        owner = made.parent()
        seen = isinstance(owner, QWidget) and owner.isVisible() and owner.window() is top
        if seen and made.isEnabled() and context in ANYWHERE:
            found.update(QKeySequence(key).toString() for key in wanted)
    del found[""]
    return found


def _clashes(top: QWidget) -> list[str]:
    return [key for key, count in keys(top).items() if count > 1]


def test_two_that_ask_for_one_key_are_found(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    for _ in range(2):
        QShortcut(QKeySequence("Ctrl+J"), top)
    QShortcut(QKeySequence("Ctrl+K"), top)
    top.show()
    assert _clashes(top) == ["Ctrl+J"]


@pytest.mark.parametrize("page", NAMES)
def test_no_key_of_a_page_is_asked_for_twice(window: MainWindow, page: str) -> None:
    window.show_page(page)
    QApplication.processEvents()
    assert keys(window)["Alt+0"] == 1
    assert _clashes(window) == []


@pytest.mark.parametrize("name", [command.name for command in all_commands()])
def test_no_key_of_a_box_is_asked_for_twice(
    window: MainWindow, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hs_credit_desktop.ui import messages

    for ask, answer in (("open_file", None), ("save_file", None), ("choose_folder", None)):
        monkeypatch.setattr(messages, ask, lambda *_, answer=answer: answer)
    next(command for command in all_commands() if command.name == name).run(window)
    QApplication.processEvents()
    for top in QApplication.topLevelWidgets():
        if top.isVisible() and top.parentWidget() is not None:
            assert _clashes(top) == [], type(top).__name__
            top.close()


def test_no_key_of_the_register_is_asked_for_twice_on_any_tab(window: MainWindow) -> None:
    from hs_credit_desktop.ui.dialogs.register import CONTACTS, TABS, show_register

    register = show_register(window)
    for tab in range(len(TABS)):
        register.show_tab(tab)
        QApplication.processEvents()
        assert _clashes(register) == [], TABS[tab][0]
    register.show_tab(CONTACTS)
    contacts = register.tabs[CONTACTS]
    assert contacts.end_button.shortcut() == QKeySequence("Ctrl+T")
    assert contacts.change_button.shortcut() == QKeySequence("Ctrl+R")


def test_what_voids_a_line_and_saves_the_words_has_a_key(window: MainWindow) -> None:
    from hs_credit_desktop.ui.commands import named
    from hs_credit_desktop.ui.dialogs.doc_number import NumberRegister

    named("发文登记…").run(window)
    [box] = window.findChildren(NumberRegister)
    assert box.void.agree.shortcut() == QKeySequence("Ctrl+D")
    assert box.save.shortcut() == QKeySequence("Ctrl+S")
    assert _clashes(box) == []


def test_every_command_has_a_letter_a_sentence_and_an_icon() -> None:
    commands = all_commands()
    letters = Counter(command.letter for command in commands)
    assert [letter for letter, count in letters.items() if count > 1 or len(letter) != 1] == []
    assert [one.name for one in commands if not one.hint.endswith("。") or not one.icon] == []
    keys_of = Counter(command.key for command in commands if command.key)
    assert [key for key, count in keys_of.items() if count > 1] == []
