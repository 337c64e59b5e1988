"""What 统计 shows, written as pictures or printed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.ui import messages, printing
from hs_credit_desktop.ui.pages import stats_sheet
from hs_credit_desktop.ui.pages.stats_sheet import Sheet
from hs_credit_desktop.ui.run import Run, if_there

Sheets = Callable[[], list[Sheet]]  # made only when the clerk has said where to
Say = Callable[[str], object]


def export(parent: QWidget, run: Run, name: str, sheets: Sheets, say: Say) -> None:
    """Ask where to, and write the pictures on a worker; name: what the file is called."""
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    proposal = Path(home) / f"{name.replace(' ', '')}.png"
    target = messages.save_file(parent, "导出图片", proposal, "图片 (*.png)")
    if target is None:
        return
    pictures = [stats_sheet.image_of(item, stats_sheet.FILE_SCALE) for item in sheets()]

    def saved(made: list[Path]) -> None:
        more = f"等 {len(made)} 张" if len(made) > 1 else ""
        say(f"已导出 {made[0].name}{more}")

    run.background(
        lambda _job: stats_sheet.save(pictures, target.with_suffix(".png")),
        if_there(parent, saved),
        words="正在导出图片…",
    )


def print_shown(parent: QWidget, run: Run, name: str, sheets: Sheets, say: Say) -> None:
    """Let the clerk choose a printer, and print; name: what the printer's queue calls it."""
    printer = printing.make_printer()
    printer.setFullPage(False)
    printer.setDocName(name)
    if not messages.choose_printer(parent, printer):
        return
    try:
        pages = stats_sheet.print_sheets(sheets(), printer)
    except UserError as error:
        run.show_error(error)
        return
    say(f"已把 {pages} 页交给打印机")
