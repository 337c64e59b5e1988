"""The register of units from the menu 更多 and the search box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.ui.commands import Command

if TYPE_CHECKING:
    from hs_credit_desktop.ui.window import Window


def _register(window: Window) -> None:
    from hs_credit_desktop.ui.dialogs.register import show_register

    show_register(window)


COMMANDS = (
    Command(
        "单位名册…",
        "单位",
        "M",
        "名称、别名、联系人、群组；改名、合并、分设、停用。",
        _register,
        icon="bookmark",
        words="dwmc mc lxr 单位 联系人 改名 合并 分设 停用 别名 曾用名 群组",
    ),
)
