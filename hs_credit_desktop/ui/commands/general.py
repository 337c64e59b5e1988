"""Commands of every program: another ledger, about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.ui.commands import Command

if TYPE_CHECKING:
    from hs_credit_desktop.ui.window import Window


def _about(window: Window) -> None:
    from hs_credit_desktop.ui.dialogs.about import AboutWindow

    AboutWindow(window).show()


COMMANDS = (
    Command(
        "打开或新建其他台账…",
        "程序",
        "O",
        "回到开始页；现在的台账照样留着。",
        lambda window: window.show_start(),
        icon="folder_open",
        words="dkhxjqttz ledger 台账 新通知",
        needs_ledger=False,
    ),
    Command(
        "关于本程序",
        "程序",
        "A",
        "版本、组成部分和许可。",
        _about,
        icon="info",
        words="gybcx 版本 许可",
        needs_ledger=False,
    ),
)
