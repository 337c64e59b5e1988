"""Ctrl+P in 任务 prints the table as it is shown."""

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hs_credit_desktop.services import overview, preview
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store.entry_filters import EntryFilter
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.pages import list_sheet, stats_sheet
from hs_credit_desktop.ui.pages.tasks import TasksPage
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run


@pytest.fixture
def page(qtbot: QtBot, practice_ws: Workspace) -> TasksPage:
    made = TasksPage(practice_ws, Run(at_once=True), Preferences(practice_ws.folder.root))
    qtbot.addWidget(made)
    made.resize(1290, 600)
    made.show_round(overview.round_of(practice_ws, overview.notice(practice_ws).id, 2))
    made.show()
    made.open_measure(made.reader.nodes[1].pillar.id)
    return made


def test_every_row_is_on_a_sheet_once(page: TasksPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_sheet, "ROWS_A_SHEET", 10)
    drawn: list[str] = []
    delegate = page.table.table.itemDelegate()
    paint = type(delegate).paint

    def spied(self: object, painter: object, option: object, index: object) -> None:
        if index.column() == 0:  # type: ignore[attr-defined]
            drawn.append(str(index.row()))  # type: ignore[attr-defined]
        paint(self, painter, option, index)  # type: ignore[arg-type]

    monkeypatch.setattr(type(delegate), "paint", spied)
    sheets = list_sheet.list_sheets(page.table.table, "标题", "第二轮")
    count = page.table.table.proxy.rowCount()
    drawn.clear()
    for sheet in sheets:
        assert not stats_sheet.image_of(sheet, 1).isNull()
    assert len(sheets) == -(-count // 10)
    assert drawn == [str(row) for row in range(count)]
    assert sheets[0].subtitle == f"第二轮　共 {count} 行　第 1 页，共 {len(sheets)} 页"


def test_the_printer_gets_the_rows_the_filter_keeps(
    page: TasksPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file, said = tmp_path / "list.pdf", []

    def to_file(_parent: QWidget, printer: QPrinter) -> bool:
        printer.setOutputFileName(str(file))
        return True

    monkeypatch.setattr(messages, "choose_printer", to_file)
    page.run.told.connect(lambda what, _advice: said.append(what))
    page.table.filter.show_filter(EntryFilter(roles=("lead",)))
    page.print_list()
    assert preview.page_count(file) == 1
    assert said == ["已把 1 页交给打印机"]
