"""The list on the page as an Excel file, from anywhere in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.ui.commands import Command

if TYPE_CHECKING:
    from hs_credit_desktop.ui.window import Window


def _export(window: Window) -> None:
    from hs_credit_desktop.ui.list_export import export_list

    export_list(window)


EXPORT = Command(
    "导出这张列表…",
    "本轮",
    "2",
    "把页面上的列表存成 Excel 文件，行、列、顺序和筛选条件与所见相同；正在导出时再按一次是停止。",
    _export,
    icon="save",
    words="dczzlb dclb excel xlsx 列表 表格 导出列表 另存为",
    key="F12",
)
COMMANDS = (EXPORT,)
