"""撤销 and 重做 on every page: the last step of this session, wherever it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.services import undo as undoing
from hs_credit_desktop.ui.commands import Command
from hs_credit_desktop.ui.pages.tasks_keys import bind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from hs_credit_desktop.services.workspace import Changes, Workspace
    from hs_credit_desktop.ui.window import Window


def undo(window: Window) -> None:
    """Take the last step back and say which."""
    _move(window, undoing.next_undo, undoing.undo, "已撤销", "按 Ctrl+Y 可以重做。")


def redo(window: Window) -> None:
    """Do again what was taken back last, and say what."""
    _move(window, undoing.next_redo, undoing.redo, "已重做", "按 Ctrl+Z 可以再撤销。")


def _move(
    window: Window,
    named: Callable[[Workspace], str],
    act: Callable[[Workspace], Changes],
    said: str,
    advice: str,
) -> None:
    if window.ws is None:
        return
    words = named(window.ws)
    if window.task_run.command(act, window.ws):
        window.tell(f"{said} {words}", advice, "info")


def bind_keys(page: QWidget, window: Window) -> None:
    """Ctrl+Z and Ctrl+Y on a page; a text field with the keyboard in it takes them first."""
    bind(page, {"Ctrl+Z": lambda: undo(window), "Ctrl+Y": lambda: redo(window)})


COMMANDS = (
    Command(
        "撤销上一步",
        "编辑",
        "Z",
        "撤销本次打开后所做的最后一步，不论在哪一页；在文字里按 Ctrl+Z 只撤销输入。",
        undo,
        icon="arrow_undo",
        words="cxsyb ctrl+z 取消",
    ),
    Command(
        "重做上一步",
        "编辑",
        "X",
        "把刚撤销的一步再做一遍；按键 Ctrl+Y。",
        redo,
        icon="arrow_redo",
        words="czsyb ctrl+y 恢复",
    ),
)
