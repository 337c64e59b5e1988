"""Over the years, from the menu 更多 and the search box: 历年对照."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.ui.commands import Command

if TYPE_CHECKING:
    from hs_credit_desktop.ui.window import Window


def _years(window: Window) -> None:
    from hs_credit_desktop.ui.dialogs.workbox import present
    from hs_credit_desktop.ui.dialogs.years import YearsBox

    present(window, YearsBox)


COMMANDS = (
    Command(
        "历年对照…",
        "单位",
        "U",
        "一条措施或一家单位在各年各轮：状态、文字、累计数字并排看。",
        _years,
        icon="history",
        words="lndz 历年 上一年 往年 对比 各轮",
    ),
)
