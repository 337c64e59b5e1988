"""Commands that keep the ledger: backups, check, recycling, freezing, the other PC, a leader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hs_credit_desktop.ui.commands import Command

if TYPE_CHECKING:
    from hs_credit_desktop.services.export import ExportedFile
    from hs_credit_desktop.services.leader_package import LeaderPackage
    from hs_credit_desktop.ui.run import Job
    from hs_credit_desktop.ui.window import Window

SAFETY, OTHERS = "备份与封存", "交接"


def _back_up(window: Window) -> None:
    """Back up now, without opening anything; the strip says where it lies."""
    from hs_credit_desktop.services import backups
    from hs_credit_desktop.services.workspace import Changes
    from hs_credit_desktop.ui.dialogs.backups import trouble_of

    ws = window.ws
    assert ws is not None

    def made(backup: backups.Made) -> None:
        window.task_run.changed.emit(Changes())
        if words := trouble_of(backup):
            window.tell("备份已做好", words, "warn")
        else:
            second = "，第二份也放好了" if backup.second else ""
            window.tell("备份已做好", f"{backup.file.name}，已打开核对过{second}。", "ok")

    window.task_run.background(lambda _job: backups.make(ws), made, words="正在备份…")


def _backups(window: Window) -> None:
    from hs_credit_desktop.ui.dialogs.backups import BackupsBox
    from hs_credit_desktop.ui.dialogs.workbox import present

    present(window, BackupsBox)


def _check(window: Window) -> None:
    from hs_credit_desktop.ui.dialogs.check import CheckBox
    from hs_credit_desktop.ui.dialogs.workbox import present

    present(window, CheckBox)


def _recycle(window: Window) -> None:
    from hs_credit_desktop.ui.dialogs.recycle import RecycleBox
    from hs_credit_desktop.ui.dialogs.workbox import present

    present(window, RecycleBox)


def _freeze(window: Window) -> None:
    from hs_credit_desktop.ui.dialogs.freeze import FreezeBox
    from hs_credit_desktop.ui.dialogs.workbox import present

    present(window, FreezeBox)


def _hand_over(window: Window) -> None:
    from hs_credit_desktop.ui.dialogs.hand_over import HandOverBox
    from hs_credit_desktop.ui.dialogs.workbox import present

    present(window, HandOverBox)


def _open_package(window: Window) -> None:
    from hs_credit_desktop.ui.dialogs.hand_over import choose_package

    choose_package(window)


def _leader(window: Window) -> None:
    """Write the package for a leader where the clerk says."""
    from hs_credit_desktop.services import leader_package
    from hs_credit_desktop.services.workspace import reading
    from hs_credit_desktop.ui import messages
    from hs_credit_desktop.ui.opening import open_path

    ws, round_ = window.ws, window.round
    assert ws is not None
    assert round_ is not None
    name = f"{round_.name}材料_{ws.today:%Y%m%d}.zip"
    out = messages.save_file(window, "生成给领导看的材料", Path.home() / name, "压缩文件 (*.zip)")
    if out is None:
        return

    def made(package: LeaderPackage) -> None:
        window.tell(
            "材料已生成",
            f"{package.file.name}，共 {len(package.names)} 个文件，解压后双击网页即可查看。",
            "ok",
            ("打开文件夹", lambda: open_path(package.file.parent)),
        )

    def work(_job: Job) -> LeaderPackage:
        with reading(ws) as own:
            return leader_package.make(own, round_, out)

    window.task_run.background(work, made, words="正在生成材料…")


def _booklet(window: Window) -> None:
    """Write the booklet for the next clerk into a folder."""
    from hs_credit_desktop.services import booklet
    from hs_credit_desktop.services.workspace import reading
    from hs_credit_desktop.ui import messages
    from hs_credit_desktop.ui.dialogs.help import KEYS
    from hs_credit_desktop.ui.dialogs.paper_writer import folder_of
    from hs_credit_desktop.ui.opening import open_path

    ws = window.ws
    assert ws is not None
    folder = messages.choose_folder(
        window, "交接手册保存到哪个文件夹", folder_of(window.preferences)
    )
    if folder is None:
        return
    keys = [(key, f"{page}：{what}" if page else what) for page, key, what in KEYS]

    def made(files: tuple[ExportedFile, ...]) -> None:
        window.tell(
            "交接手册已生成",
            f"{files[0].path.name}，共 {files[0].pages} 页，另有 Word 一份。",
            "ok",
            ("打开文件夹", lambda: open_path(folder)),
        )

    def work(_job: Job) -> tuple[ExportedFile, ...]:
        with reading(ws) as own:
            return booklet.write(own, folder, keys)

    window.task_run.background(work, made, words="正在生成交接手册…")


COMMANDS = (
    Command(
        "立即备份",
        SAFETY,
        "B",
        "马上备份一次，并打开核对；退出时和每半小时也会自动备份。",
        _back_up,
        icon="save",
        words="ljbf backup 保存",
    ),
    Command(
        "备份与还原…",
        SAFETY,
        "R",
        "备份列表；还原之前先看会失去什么，还原以后可以撤销。",
        _backups,
        icon="history",
        words="bfyhy restore 恢复 第二份 优盘",
    ),
    Command(
        "封存与归档…",
        SAFETY,
        "F",
        "封存本轮、解封、归档包、按封存时重印。",
        _freeze,
        icon="lock_closed",
        words="fcygd freeze 解封 重印 归档包",
    ),
    Command(
        "完整性检查…",
        SAFETY,
        "I",
        "核对数据库、每条记录、日志、原件和计数；发现问题给出办法。",
        _check,
        icon="search",
        words="wzxjc check 损坏",
    ),
    Command(
        "回收…",
        SAFETY,
        "D",
        "停用的单位、措施、联系人和佐证都在这里，可以恢复使用。",
        _recycle,
        icon="arrow_undo",
        words="hs recycle 停用 删除 找回",
    ),
    Command(
        "制作交接包…",
        OTHERS,
        "J",
        "把台账或改动交给另一台电脑，可以设口令。",
        _hand_over,
        icon="open",
        words="zzjjb handover 两台电脑 优盘",
    ),
    Command(
        "打开交接包…",
        OTHERS,
        "K",
        "先看会新增、更新什么，有冲突逐处选定，再合并。",
        _open_package,
        icon="folder_open",
        words="dkjjb merge 合并",
        needs_ledger=False,
    ),
    Command(
        "交接手册…",
        OTHERS,
        "1",
        "给下一任经办人：单位和联系人、期限、没办完的事、习惯、数据在哪里，PDF 和 Word。",
        _booklet,
        icon="notebook",
        words="jjsc booklet 手册 换人 接手",
    ),
    Command(
        "给领导看的材料…",
        OTHERS,
        "L",
        "网页和报告打成一个压缩包，不用安装程序就能看、能打印。",
        _leader,
        icon="document_text",
        words="gldkdcl leader 只读 网页",
    ),
)
