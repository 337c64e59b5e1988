"""数字台账 in the window: doors, keys, undo, and the way to the entry."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.figure_ledger import MarkState
from hs_credit_desktop.services import undo
from hs_credit_desktop.ui.commands import named
from hs_credit_desktop.ui.dialogs.figures import FiguresBox
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.pages.tasks import TasksPage
from tests.ledgers import record, round_number
from tests.ui.keeping import ledger_of, shown, small


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    made = shown(qtbot, small(tmp_path))
    ws = ledger_of(made)
    record(ws, "市数据局", 1, "累计归集信息12.6万条。")
    record(ws, "市数据局", 1, "累计归集信息11.9万条，办案30件。", number=2)
    record(ws, "市商务局", 1, "没有数字。", number=2)
    made.show_round(round_number(ws, 2).id)
    return made


def opened(window: MainWindow) -> FiguresBox:
    """The box, opened from the menu."""
    named("数字台账…").run(window)
    [box] = window.findChildren(FiguresBox)
    return box


def numbers(box: FiguresBox) -> list[str]:
    return [door.number for door in box.doors.values()]


def shown_figures(box: FiguresBox) -> list[str]:
    return [row.line.figure.printed for row in box.model.rows]


def test_every_number_opens_the_lines_it_counts(window: MainWindow) -> None:
    box = opened(window)
    assert numbers(box) == ["2", "2", "0", "1", "0"]
    box.doors["比上轮下降"].click()
    assert shown_figures(box) == ["11.9万条"]
    assert box.listed.text() == "所列：比上轮下降"
    box.doors["有疑问"].click()
    assert shown_figures(box) == []
    assert box.nothing.isVisible()
    assert not box.confirm.isEnabled()
    box.doors["全部"].click()
    assert "上轮 12.6万条" in box.model.index(0, 3).data()


def test_figures_are_said_and_taken_back(window: MainWindow) -> None:
    box = opened(window)
    box.confirm.click()
    assert numbers(box)[1] == "1"
    assert box.current() is not None
    assert box.current() == box.model.rows[1].line
    box.doubt.click()
    assert "疑问" in box.error.text
    box.note.setText("口径不同")
    box.doubt.click()
    assert numbers(box) == ["2", "0", "1", "1", "0"]
    assert box.note.text() == ""
    undo.undo(ledger_of(window))
    box.read()
    assert numbers(box)[1:3] == ["1", "0"]
    box.all_right.click()
    assert {row.line.mark.state for row in box.model.rows} == {MarkState.CONFIRMED}
    box.all_right.click()
    assert box.said.text() == "所列的没有待核对的数字"
    box.no_result.click()
    assert box.model.rows[1].line.mark.state is MarkState.NO_RESULT


def test_a_figure_leads_to_its_entry(window: MainWindow) -> None:
    box = opened(window)
    assert "直接录入" in box.steps.text()
    assert not box.open_original.isVisible()
    box.table.opened.emit(box.table.current_id())
    assert isinstance(window.page, TasksPage)
    box.measure.setCurrentIndex(1)
    box.measure.activated.emit(1)
    assert len(box.model.rows) == 2
    record(ledger_of(window), "市数据局", 1, "没有数字了。", number=2)
    box.read()
    assert box.steps.text() == ""
    box.confirm.click()
    assert box.current() is None
