"""Commands about the plan: open doubts, editing, the next notice, the check before issuing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hs_credit_desktop.ui.commands import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from hs_credit_desktop.services.notices import ReadNotice
    from hs_credit_desktop.ui.window import Window

GROUP = "任务分解"


def doubts(window: Window, measure_id: str = "") -> None:
    """核对疑点 of the notice that is shown, at the first open doubt of a measure."""
    from hs_credit_desktop.ui.dialogs.workbox import present
    from hs_credit_desktop.ui.pages.doubts_saved import SavedDoubtsBox

    present(window, SavedDoubtsBox, measure_id)


def edit(window: Window, node_id: str = "") -> None:
    """编辑任务 at a pillar, measure or round."""
    from hs_credit_desktop.ui.dialogs.workbox import present
    from hs_credit_desktop.ui.pages.editing_desk import EditingBox

    present(window, EditingBox, node_id)


def _next_notice(window: Window) -> None:
    from hs_credit_desktop.services import next_year
    from hs_credit_desktop.ui.dialogs.workbox import present
    from hs_credit_desktop.ui.pages.next_year import NextYearBox

    assert window.ws is not None
    known = next_year.known(window.ws)

    def read(path: Path) -> ReadNotice:
        from hs_credit_desktop.services.notices import read_notice

        return read_notice(path, known)

    _with_file(window, "选择新一年的任务分解通知", read, lambda s: present(window, NextYearBox, s))


def _check(window: Window) -> None:
    def read(path: Path) -> ReadNotice:
        from hs_credit_desktop.services.notices import read_notice

        return read_notice(path)

    def shown(source: ReadNotice) -> None:
        from hs_credit_desktop.ui.dialogs.checkup import CheckupWindow

        CheckupWindow(window, window.task_run, source).show()

    _with_file(window, "选择还没有印发的通知稿", read, shown)


def _with_file(
    window: Window,
    title: str,
    read: Callable[[Path], ReadNotice],
    shown: Callable[[ReadNotice], object],
) -> None:
    """Ask for a notice, read it on a worker, go on with it."""
    from hs_credit_desktop.ui import messages
    from hs_credit_desktop.ui.pages.start import KINDS

    if path := messages.open_file(window, title, Path.home(), KINDS):
        window.task_run.background(lambda _job: read(path), shown, words="正在读取通知…")


COMMANDS = (
    Command(
        "核对疑点…",
        GROUP,
        "Q",
        "建台账时没有定下来的疑点，对照原文逐条答复，答复随即进入台账。",
        doubts,
        icon="question_circle",
        words="hdyd 疑点 待确认 原文",
    ),
    Command(
        "编辑任务…",
        GROUP,
        "E",
        "增加、修改、移动、拆分、停用大类和措施，改责任单位和轮次。",
        edit,
        icon="edit",
        words="bjrw 措施 大类 轮次 责任单位 拆分 停用",
    ),
    Command(
        "导入下一份通知…",
        GROUP,
        "G",
        "新一年的通知放进这本台账：逐条对照，单位和答案沿用，不带入反馈。",
        _next_notice,
        icon="document",
        words="drxyftz 下一年 新通知 沿用",
    ),
    Command(
        "发文前体检…",
        GROUP,
        "V",
        "读一份还没有印发的通知稿，把疑点列成报告，可以打印。",
        _check,
        icon="document_text",
        words="fwqtj 体检 疑点 报告",
        needs_ledger=False,
    ),
)
