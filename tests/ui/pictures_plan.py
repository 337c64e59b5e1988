"""Pictures of the windows that change the plan: a doubt answered later, editing, next year."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from hs_credit_desktop.domain.decisions import Answer
from hs_credit_desktop.domain.notice import DoubtKind
from hs_credit_desktop.services import next_year
from hs_credit_desktop.services.notices import read_pasted
from hs_credit_desktop.ui.dialogs.checkup import CheckupWindow
from hs_credit_desktop.ui.pages.doubts_saved import SavedDoubtsBox
from hs_credit_desktop.ui.pages.editing_desk import EditingBox
from hs_credit_desktop.ui.pages.next_year import NextYearBox
from tests.services.test_next_year import next_paper

if TYPE_CHECKING:
    from hs_credit_desktop.ui.main_window import MainWindow


def plan_boxes(window: "MainWindow") -> Iterator[tuple[str, QDialog]]:
    """(name of the picture, the window as it shall stand); close each before the next."""
    assert window.ws is not None
    desk = SavedDoubtsBox(window)
    kinds = [item.doubt.kind for item in desk._book.doubts]
    desk.desk.list.setCurrentRow(kinds.index(DoubtKind.VAGUE_GROUP))
    desk.desk.answer(Answer("指定成员单位", ("市公安局", "市残联")))
    yield "doubts-saved", desk
    editing = EditingBox(window)
    editing.select(editing._pillars[0].measures[1].id)
    editing.switch_off()
    yield "editing", editing
    source = read_pasted(next_paper(), next_year.known(window.ws))
    year = NextYearBox(window, source)
    year._compare(year.confirm.notice, Path())
    year.review.list.setCurrentRow(9)
    yield "next-year", year
    report = CheckupWindow(window, window.task_run, source)
    yield "checkup", report
