"""Commands of the window that belong to no page: in the menu 更多 and in the search box."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hs_credit_desktop.ui.window import Window

# Each module has COMMANDS, a tuple of Command; the menu shows them in this order.
MODULES: tuple[str, ...] = (
    "undo",
    "notice",
    "register",
    "years",
    "lists",
    "figures",
    "papers",
    "safety",
    "manual",
    "general",
)


@dataclass(frozen=True)
class Command:
    """A command: group and name as the menu shows them, and what it does with the window.

    letter: the key that chooses it in the open menu (Alt+0, then the letter); unique.
    hint: one sentence, shown as tooltip and in the search box.
    words: other words under which the search box finds it, pinyin initials among them.
    key: a key of its own that works everywhere in the window, "" for none.
    needs_ledger: greyed out on the start page.
    """

    name: str
    group: str
    letter: str
    hint: str
    run: Callable[[Window], object]
    icon: str = ""
    words: str = ""
    key: str = ""
    needs_ledger: bool = True

    def matches(self, text: str) -> bool:
        """Whether the search box should offer it for `text`."""
        return text.lower() in f"{self.name} {self.words}".lower()


def all_commands() -> tuple[Command, ...]:
    """Every command there is, in the order of the menu."""
    made: list[Command] = []
    for name in MODULES:
        made += import_module(f"{__name__}.{name}").COMMANDS
    return tuple(made)


def named(name: str) -> Command:
    """The command of that name; there must be one."""
    return next(command for command in all_commands() if command.name == name)
