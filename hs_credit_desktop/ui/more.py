"""更多: the menu of the commands that belong to no page, and their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from hs_credit_desktop.ui import icons
from hs_credit_desktop.ui.commands import Command, all_commands

if TYPE_CHECKING:
    from hs_credit_desktop.ui.window import Window


FOLDED = ("交接", "程序")  # submenus, so that the menu stands in one column of a low screen


class _Menu(QMenu):
    """The letter of a command chooses it in the open menu, also one that lies in a submenu."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for action in self.folded():
            if event.text() and event.text().upper() == action.data() and action.isEnabled():
                self.close()
                action.trigger()
                return
        super().keyPressEvent(event)

    def folded(self) -> list[QAction]:
        """What lies in the submenus."""
        return [action for fold in self.findChildren(QMenu) for action in fold.actions()]


def menu_of(window: Window) -> QMenu:
    """The menu: a heading or a submenu a group, greyed where a ledger is needed and none is open.

    What is folded carries its letter as data.
    """
    menu = _Menu(window)
    menu.setToolTipsVisible(True)
    menu.setAccessibleName("更多")
    group, inner = "", cast("QMenu", menu)
    for command in all_commands():
        if command.group != group:
            group = command.group
            inner = _group(menu, group)
        _add(inner, window, command)
    return menu


def _group(menu: QMenu, group: str) -> QMenu:
    """Where the commands of a group go."""
    if group not in FOLDED:
        menu.addSection(group)
        return menu
    if not menu.findChildren(QMenu):
        menu.addSeparator()
    inner = menu.addMenu(group)
    inner.setToolTipsVisible(True)
    return inner


def _add(menu: QMenu, window: Window, command: Command) -> None:
    action = menu.addAction(f"{command.name}(&{command.letter})")
    if command.key:  # shown only: set_keys makes the key itself work
        action.setText(f"{action.text()}\t{command.key}")
    if command.icon:
        action.setIcon(icons.icon(command.icon))
    action.setToolTip(command.hint)
    action.setData(command.letter)
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
