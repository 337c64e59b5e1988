"""Pictures of every page: python -m tests.ui.pictures [FOLDER]; docs/pictures is the default.

Each look and scale is a process of its own, because Qt takes the scale from its environment. The
ledger is the practice ledger, so no picture holds a real text or a person.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hs_credit_desktop.services.workspace import Workspace
    from hs_credit_desktop.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent.parent
# Name → (look, scale, logical size left by a title bar and a taskbar).
KINDS = {
    "light": ("light", "1", (1366, 697)),
    "dark": ("dark", "1", (1366, 697)),
    "high-contrast": ("high_contrast", "1", (1366, 697)),
    "1080p-150": ("light", "1.5", (1280, 649)),
}


def main(folder: Path) -> None:
    """Take all pictures; prints the names of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, (look, scale, _) in KINDS.items():
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": scale,
            "PYTHONPATH": str(ROOT),
            # Folders proposed for exports are in the pictures too.
            "XDG_CACHE_HOME": str(Path.home() / ".cache"),
            "HOME": "/home/office",
        }
        command = [sys.executable, __file__, "--take", kind, look, str(folder)]
        subprocess.run(command, env=environment, check=True)


def take(kind: str, look: str, folder: Path) -> None:
    """Take the pictures of one look in this process."""
    from PySide6.QtCore import Qt

    from hs_credit_desktop import app
    from hs_credit_desktop.clock import system_clock
    from hs_credit_desktop.services.practice import create_practice
    from hs_credit_desktop.ui import theme
    from hs_credit_desktop.ui.main_window import MainWindow
    from hs_credit_desktop.ui.preferences import Preferences
    from hs_credit_desktop.ui.run import Run

    made = app.application()
    with tempfile.TemporaryDirectory() as scratch:
        preferences = Preferences(Path(scratch) / "prefs")
        preferences.put("theme", look)
        theme.apply(made, theme.Mode(look))
        os.chdir(scratch)  # the ledger's folder is in the pictures, this machine's is not to be
        root = create_practice(Path("练习台账"))
        window = MainWindow(
            root=Path(scratch) / "start",
            clock=system_clock(),
            run=Run(at_once=True),
            preferences=preferences,
        )
        window.setWindowState(Qt.WindowState.WindowNoState)
        _pages(window, root, folder, kind)
        window.close()


def _pages(window: "MainWindow", root: Path, folder: Path, kind: str) -> None:
    from PIL import Image
    from PySide6.QtWidgets import QApplication

    from hs_credit_desktop.clock import system_clock
    from hs_credit_desktop.services.workspace import open_workspace
    from tests.ui.pictures_keeping import keeping_boxes
    from tests.ui.pictures_manual import manual_windows
    from tests.ui.pictures_papers import paper_dialogs
    from tests.ui.pictures_plan import plan_boxes
    from tests.ui.pictures_register import register_boxes

    def save(name: str, box: "QWidget | None" = None) -> None:
        window.resize(*KINDS[kind][2])
        for _ in range(3):
            QApplication.processEvents()
        file = folder / f"{name}-{kind}.png"
        (box or window).grab().save(str(file))
        with Image.open(file) as full:
            # 256 colours take a third of the room; chosen to cover all there are: a median turns
            # the rare ones grey, such as the one green tick of a page.
            few = full.convert("RGB").quantize(
                256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
            )
        few.save(file, optimize=True)
        print(file.name)

    window.show_first()
    window.show()
    save("start")
    window.start.read_bundled()
    window.start.confirm.folder = Path("信用台账")
    window.start.confirm._show_folder()
    window.start.confirm.desk.list.setCurrentRow(3)
    save("doubts")
    for step, name in ((2, "rounds"), (3, "leads")):
        window.start.confirm.go(step)
        save(f"doubts-{name}")
    ws = open_workspace(root, system_clock())
    fill_inbox(ws)
    window.open(ws)
    for place in window.rail.names:
        window.show_page(place)
        if place == "单位":
            show_unit(window, "市财政局")
        if place == "审核":
            take_in(window)
        if place == "汇总":
            compose(window)
        if place == "统计":
            window.page.view.setCurrentIndex(window.page.view.matrix.index(10, 4))
        save(NAMES[place])
        if place == "汇总":
            save("compose-report", edited_report(window, root))
        if place == "统计":
            window.page.show_view(1)
            save("progress")
        if place == "导出":
            export_report(window)
            save("export-done")
    for name, dialog in paper_dialogs(window):
        dialog.show()
        dialog.resize(dialog.sizeHint())
        save(name, dialog)
        dialog.close()
    for name, register in register_boxes(window):
        register.show()
        save(name, register)
        register.close()
    for name, plan in plan_boxes(window):
        plan.show()
        save(name, plan)
        plan.close()
    for name, kept in keeping_boxes(window):
        save(name, kept)
        kept.close()
    for name, helping in manual_windows(window):
        save(name, helping)
    if kind == "light":
        grey_copy(folder / "matrix-light.png")


def grey_copy(file: Path) -> None:
    """What a black-and-white printer leaves of a picture."""
    from PIL import Image

    with Image.open(file) as full:
        full.convert("L").save(file.with_name(f"{file.stem.removesuffix('-light')}-grey.png"))


def fill_inbox(ws: "Workspace") -> None:
    """The first pile of practice returns lies in the tray."""
    from hs_credit_desktop.services import overview, receiving
    from hs_credit_desktop.services.practice_files import files_folder

    round_ = overview.round_of(ws, overview.notice(ws).id, 2)
    pile = min(path for path in files_folder(ws.folder.root).iterdir() if path.is_dir())
    receiving.stage(ws, receiving.read_files(sorted(pile.iterdir())), round_)


def show_unit(window: "MainWindow", name: str) -> None:
    """A unit's whole return, its second entry open."""
    page = window.page
    page.list.select(
        next(row.id for row in page.list.list.units.rows if row.expected.unit_name == name)
    )
    page.step(1)


def take_in(window: "MainWindow") -> None:
    """All that can be taken in waits for review; a return with a flag is shown."""
    from hs_credit_desktop.services import inbox
    from hs_credit_desktop.services.workspace import Changes

    inbox.accept_certain(window.ws, window.round)
    window.task_run.changed.emit(Changes(returns=True))
    page = window.page
    flagged = [row.expected.id for row in page.queue.rows if row.queued.blocked]
    page.queue.table.select(flagged[1])


def compose(window: "MainWindow") -> None:
    """All measures are composed; afterwards a unit corrects a figure of a sentence."""
    from dataclasses import replace

    from hs_credit_desktop.services import overview, returns
    from hs_credit_desktop.services.composing_board import board

    page = window.page
    page.nodes.compose.click()
    source = board(window.ws, window.round).measures[10].sources[1]
    detail = overview.entry_detail(window.ws, source.entry_id)
    parts = detail.entry.parts
    parts = replace(parts, progress=parts.progress.replace("16家单位", "19家单位"))
    receipt = returns.Receipt(detail.current.received_on, detail.current.channel)
    entry_id = source.entry_id
    window.task_run.command(
        returns.record, window.ws, entry_id=entry_id, parts=parts, receipt=receipt
    )
    page.step_stale(1)


def edited_report(window: "MainWindow", root: Path) -> "QWidget":
    """The report as it came back from WPS: two figures, some words and a sentence are others."""
    import zipfile

    from hs_credit_desktop.services.export import WORD, export

    [word] = export(window.ws, window.round, root / "导出", (WORD,))
    path = root / "导出" / "执行情况报告_领导改过.docx"
    with zipfile.ZipFile(word.path) as before, zipfile.ZipFile(path, "w") as after:
        for item in before.infolist():
            data = before.read(item)
            if item.filename == "word/document.xml":
                text = data.decode()
                for old, new in (
                    ("16家单位", "18家单位"),
                    ("1755件", "1775件"),
                    ("信用信息中心人手紧张", "信用信息中心力量不足"),
                    ("把信用核查作为重点", "全市信用环境进一步优化。把信用核查作为重点"),
                ):
                    text = text.replace(old, new, 1)
                data = text.encode()
            after.writestr(item, data)
    window.page.compare_report(path)
    return window.page.report_window


def export_report(window: "MainWindow") -> None:
    """The report is exported; its first page and what its layout check says are shown."""
    from hs_credit_desktop.ui.dialogs.paper_writer import FOLDER_KEY

    page = window.page
    page.preferences.put(FOLDER_KEY, "信用任务台账导出")
    page.options.show_folder(page.folder)
    page.options.start()


NAMES = {
    "今日": "today",
    "任务": "tasks",
    "单位": "unit",
    "收件": "inbox",
    "审核": "review",
    "汇总": "compose",
    "统计": "matrix",
    "导出": "export",
    "设置": "settings",
}

if __name__ == "__main__":
    if sys.argv[1:2] == ["--take"]:
        take(sys.argv[2], sys.argv[3], Path(sys.argv[4]).absolute())
    else:
        main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "pictures")
