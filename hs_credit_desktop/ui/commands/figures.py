"""The figure ledger from the menu 更多 and the search box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.ui.commands import Command

if TYPE_CHECKING:
    from hs_credit_desktop.ui.window import Window


def _figures(window: Window) -> None:
    from hs_credit_desktop.ui.dialogs.figures import FiguresBox
    from hs_credit_desktop.ui.dialogs.workbox import present

    present(window, FiguresBox)


COMMANDS = (
    Command(
        "数字台账…",
        "本轮",
        "S",
        "反馈里的每一个数字：核对、与上轮比、与牵头单位比，追到原件的单元格。",
        _figures,
        icon="number_symbol",
        words="sztz 数字 核对 下降 从哪来",
    ),
)
