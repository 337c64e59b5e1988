"""The manual as a paper and the tour, from the menu 更多 and the search box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.ui.commands import Command

if TYPE_CHECKING:
    from hs_credit_desktop.ui.window import Window


def _help(window: Window) -> None:
    from hs_credit_desktop.ui.guide import open_manual

    open_manual(window)


def _pdf(window: Window) -> None:
    from hs_credit_desktop.ui.guide import save_pdf

    save_pdf(window)


def _tour(window: Window) -> None:
    """On the practice ledger; without one it is made, or opened, first."""
    from hs_credit_desktop.ui.dialogs.tour import start
    from hs_credit_desktop.ui.preferences import TOUR_KEY

    if window.ws is not None and window.ws.practice and window.show_page(window.rail.names[0]):
        start(window)
        return
    window.show_start()
    if window.start is not None:
        window.preferences.put(TOUR_KEY, "")  # opening the practice ledger begins it
        window.start.practice()


COMMANDS = (
    Command(
        "帮助",
        "程序",
        "H",
        "使用手册，翻到眼前这一页；可以查找。",
        _help,
        icon="question_circle",
        words="bz sysc 使用手册 按键 快捷键 排障",
        key="F1",
        needs_ledger=False,
    ),
    Command(
        "手册存为 PDF…",
        "程序",
        "P",
        "整本使用手册排成公文版式，可以打印。",
        _pdf,
        icon="print",
        words="sccwpdf 使用手册 打印",
        needs_ledger=False,
    ),
    Command(
        "五分钟导览",
        "程序",
        "W",
        "在练习台账上走一遍，一站一站指给您看，随时可以结束。",
        _tour,
        icon="info",
        words="wfzdl 导览 教程 练习",
        needs_ledger=False,
    ),
)
