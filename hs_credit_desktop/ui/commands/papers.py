"""Commands about papers: registers of numbers and seals, unit records, one-page list, the seal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hs_credit_desktop.ui.commands import Command

if TYPE_CHECKING:
    from hs_credit_desktop.ui.window import Window

GROUP = "文书"


def _numbers(window: Window) -> None:
    from hs_credit_desktop.ui.dialogs.beside import beside
    from hs_credit_desktop.ui.dialogs.doc_number import NumberRegister

    assert window.ws is not None
    run = window.task_run
    beside(NumberRegister(window, window.ws, run, window.round), run)


def _seals(window: Window) -> None:
    from hs_credit_desktop.ui.dialogs.beside import beside
    from hs_credit_desktop.ui.dialogs.seal_log import SealLog

    assert window.ws is not None
    beside(SealLog(window, window.ws, window.task_run), window.task_run)


def _records(window: Window) -> None:
    from hs_credit_desktop.ui.dialogs.beside import beside
    from hs_credit_desktop.ui.dialogs.unit_records import UnitRecords

    ws, run = window.ws, window.task_run
    assert ws is not None
    if window.round is not None:
        beside(UnitRecords(window, ws, run, window.preferences, window.round), run)


def _letter(window: Window) -> None:
    from hs_credit_desktop.ui.dialogs.beside import beside
    from hs_credit_desktop.ui.dialogs.chase_papers import ChasePapers

    ws, run = window.ws, window.task_run
    assert ws is not None
    if window.round is not None:
        beside(ChasePapers(window, ws, run, window.preferences, window.round), run)


COMMANDS = (
    Command(
        "发文登记…",
        GROUP,
        "N",
        "哪份文件用了哪个文号；自动排下一号，缺号和重号会指出来。",
        _numbers,
        icon="notebook",
        words="fwdj 文号 发文字号",
    ),
    Command(
        "用印登记…",
        GROUP,
        "Y",
        "谁用的印、盖了几份、做什么用；盖章后的扫描件存在这里。",
        _seals,
        icon="certificate",
        words="yydj 盖章 公章 扫描件",
    ),
    Command(
        "单位报送记录和通报…",
        GROUP,
        "T",
        "各单位历次按时、逾期、退回、雷同的次数；由它生成通报。",
        _records,
        icon="arrow_sort",
        words="dwbsjl tb 统计 级别",
    ),
    Command(
        "催报函…",
        GROUP,
        "C",
        "给未报的单位写催报函，PDF 和 Word；程序不发送。",
        _letter,
        icon="document_text",
        words="cbh 催报",
    ),
)
