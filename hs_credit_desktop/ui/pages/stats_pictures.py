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

Sheets = Callable[[], list[Sheet]]
Say = Callable[[str], object]
# Every one is drawn while the window waits, and nobody reads more of them.
MOST_PICTURES, MOST_PAGES = 24, 60
_FEWER = "请先加条件缩小列表；要全部内容，请按 F12 存成 Excel，或在“导出”页导出信用任务台账。"


def export(parent: QWidget, run: Run, name: str, sheets: Sheets, say: Say) -> None:
    """Ask where to, and write the pictures on a worker; name: what the file is called."""
    made = sheets()
    if len(made) > MOST_PICTURES:
        words = f"要存 {len(made):,} 张图片，没有导出（一次最多 {MOST_PICTURES} 张）"
        run.show_error(UserError(words, _FEWER))
        return
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    proposal = Path(home) / f"{name.replace(' ', '')}.png"
    target = messages.save_file(parent, "导出图片", proposal, "图片 (*.png)")
    if target is None:
        return
    pictures = [stats_sheet.image_of(item, stats_sheet.FILE_SCALE) for item in made]

    def saved(files: list[Path]) -> None:
        more = f"等 {len(files)} 张" if len(files) > 1 else ""
        say(f"已导出 {files[0].name}{more}")

    run.background(
        lambda _job: stats_sheet.save(pictures, target.with_suffix(".png")),
        if_there(parent, saved),
        words="正在导出图片…",
    )


def print_shown(parent: QWidget, run: Run, name: str, sheets: Sheets, say: Say) -> None:
    """Let the clerk choose a printer, and print; name: what the printer's queue calls it."""
    made = sheets()
    if len(made) > MOST_PAGES:
        words = f"要印 {len(made):,} 页，没有打印（一次最多 {MOST_PAGES} 页）"
        run.show_error(UserError(words, _FEWER))
        return
    printer = printing.make_printer()
    printer.setFullPage(False)
    printer.setDocName(name)
    if not messages.choose_printer(parent, printer):
        return
    try:
        pages = stats_sheet.print_sheets(made, printer)
    except UserError as error:
        run.show_error(error)
        return
    say(f"已把 {pages} 页交给打印机")
