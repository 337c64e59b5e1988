"""A box that speaks of a ledger goes with it; the manual, 关于 and a modal box stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDialog

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.commands import all_commands, named
from hs_credit_desktop.ui.dialogs.about import AboutWindow
from hs_credit_desktop.ui.dialogs.backups import BackupsBox
from hs_credit_desktop.ui.dialogs.manual import ManualWindow
from hs_credit_desktop.ui.dialogs.register import RegisterWindow, show_register
from hs_credit_desktop.ui.dialogs.workbox import close_all, present

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.ui.main_window import MainWindow

STAYING = (AboutWindow, ManualWindow)


def _standing(window: MainWindow) -> list[QDialog]:
    return [box for box in window.findChildren(QDialog) if not box.isHidden()]


@pytest.mark.parametrize("name", [command.name for command in all_commands()])
def test_a_box_of_a_command_goes_with_its_ledger(
    window: MainWindow, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ask in ("open_file", "save_file", "choose_folder"):
        monkeypatch.setattr(messages, ask, lambda *_: None)
    named(name).run(window)
    close_all(window)
    assert [box for box in _standing(window) if not isinstance(box, STAYING)] == []


def test_the_register_of_one_ledger_is_not_left_over_another(
    window: MainWindow, tmp_path: Path
) -> None:
    from hs_credit_desktop.ui.hooks import Hooks

    Hooks(window).later.setInterval(10**8)
    old = show_register(window)
    named("帮助").run(window)
    window.open(open_workspace(create_practice(tmp_path / "另一本"), system_clock()))
    assert old.isHidden()
    assert [type(box) for box in _standing(window)] == [ManualWindow]
    assert show_register(window).ws is window.ws


def test_a_modal_box_waits_for_its_answer(window: MainWindow) -> None:
    box = messages.Box(window, "删除", "不能恢复。", ("删除", "取消"))
    box.setModal(True)
    box.show()
    close_all(window)
    assert box.isVisible()
    box.reject()


def test_a_box_that_writes_locks_the_register_too(window: MainWindow) -> None:
    register, backups = show_register(window), present(window, BackupsBox)
    assert isinstance(register, RegisterWindow)
    backups._lock(locked=True)
    assert not register.isEnabled()
    backups._lock(locked=False)
    assert register.isEnabled()
