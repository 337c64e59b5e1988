"""更多: the menu of the commands that belong to no page, and their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from hs_credit_desktop.ui import icons
from hs_credit_desktop.ui.commands import Command, all_commands

if TYPE_CHECKING:
    from hs_credit_desktop.ui.window import Window


def menu_of(window: Window) -> QMenu:
    """The menu: a heading a group, greyed where a ledger is needed and none is open."""
    menu = QMenu(window)
    menu.setToolTipsVisible(True)
    menu.setAccessibleName("更多")
    group = ""
    for command in all_commands():
        if command.group != group:
            menu.addSection(command.group)
            group = command.group
        _add(menu, window, command)
    return menu


def _add(menu: QMenu, window: Window, command: Command) -> None:
    action = menu.addAction(f"{command.name}(&{command.letter})")
    if command.key:  # shown only: set_keys makes the key itself work
        action.setText(f"{action.text()}\t{command.key}")
    if command.icon:
        action.setIcon(icons.icon(command.icon))
    action.setToolTip(command.hint)
    action.setEnabled(window.ws is not None or not command.needs_ledger)
    action.triggered.connect(lambda: command.run(window))


def show_menu(window: Window, beside: QWidget) -> None:
    """Open the menu to the right of the rail's item, its lower edges level."""
    menu = menu_of(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    foot = beside.mapToGlobal(QPoint(beside.width() + 4, beside.height()))
    menu.popup(QPoint(foot.x(), foot.y() - menu.sizeHint().height()))


def set_keys(window: Window) -> None:
    """Let the keys of the commands work in the whole window; once, after the first paint."""
    for command in all_commands():
        if command.key:
            QShortcut(QKeySequence(command.key), window, lambda chosen=command: run(window, chosen))


def run(window: Window, command: Command) -> None:
    """Run a command as the menu would: not without a ledger where it needs one."""
    if window.ws is not None or not command.needs_ledger:
        command.run(window)
