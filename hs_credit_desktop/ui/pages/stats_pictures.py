"""What 统计 shows, written as pictures or printed."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import matrix, overview
from hs_credit_desktop.ui import messages, printing
from hs_credit_desktop.ui.pages import stats_sheet
from hs_credit_desktop.ui.pages.stats import COLOURINGS, MATRIX, VIEWS
from hs_credit_desktop.ui.pages.stats_sheet import Sheet

if TYPE_CHECKING:
    from hs_credit_desktop.ui.pages.stats import StatsPage


def sheets_of(page: "StatsPage") -> list[Sheet]:
    """What the page shows, as sheets."""
    assert page.round is not None
    title = overview.notice_of(page.ws, page.round).doc_number or "信用任务"
    if page.shown == MATRIX:
        head = f"{title}　单位 × 措施　{COLOURINGS[page.colourings.group.checkedId()][0]}"
        return stats_sheet.matrix_sheets(head, page.about, page.view.matrix, page.view.colouring)
    return stats_sheet.progress_sheets(
        f"{title}　反馈进度",
        page.about,
        overview.tree(page.ws, page.round),
        page.units_model.rows,
        matrix.arrivals(page.ws, page.round),
    )


def export(page: "StatsPage") -> None:
    """Ask where to, and write the pictures on a worker."""
    if page.round is None:
        return
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name = VIEWS[page.shown][0].replace(" ", "")
    proposal = Path(home) / f"{page.round.name}{name}.png"
    target = messages.save_file(page, "导出图片", proposal, "图片 (*.png)")
    if target is None:
        return
    pictures = [stats_sheet.image_of(item, stats_sheet.FILE_SCALE) for item in sheets_of(page)]

    def saved(made: list[Path]) -> None:
        more = f"等 {len(made)} 张" if len(made) > 1 else ""
        page.left.subtitle.setText(f"已导出 {made[0].name}{more}")

    page.run.background(
        lambda _job: stats_sheet.save(pictures, target.with_suffix(".png")),
        saved,
        words="正在导出图片…",
    )


def print_shown(page: "StatsPage") -> None:
    """Let the clerk choose a printer, and print."""
    if page.round is None:
        return
    printer = printing.make_printer()
    printer.setFullPage(False)
    printer.setDocName(f"{page.round.name}{VIEWS[page.shown][0]}")
    if not messages.choose_printer(page, printer):
        return
    try:
        pages = stats_sheet.print_sheets(sheets_of(page), printer)
    except UserError as error:
        page.run.show_error(error)
        return
    page.left.subtitle.setText(f"已把 {pages} 页交给打印机")
