"""The chips of 任务: conditions that combine, are saved by name, and agree with the list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.notice import Role
from hs_credit_desktop.domain.returns import Completion, ReturnState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import entry_lists, overview
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store.entry_filters import NO_FILTER, EntryFilter
from hs_credit_desktop.ui.pages.tasks import TasksPage
from hs_credit_desktop.ui.pages.tasks_filter import conditions, toggled
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

LEAD = EntryFilter(roles=(Role.LEAD.value,))


@pytest.fixture
def page(qtbot: QtBot, practice_ws: Workspace) -> TasksPage:
    run = Run(at_once=True)
    made = TasksPage(practice_ws, run, Preferences(practice_ws.folder.root))
    qtbot.addWidget(made)
    run.changed.connect(made.reload)
    made.resize(1290, 600)
    made.show_round(overview.round_of(practice_ws, overview.notice(practice_ws).id, 2))
    made.show()
    made.open_measure(made.reader.nodes[0].pillar.id)
    return made


def _action(menu: QMenu, words: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == words)


def _rows(page: TasksPage) -> list:
    assert page.table.scope is not None
    return list(page.table.models[page.table.scope.kind].rows)


def test_conditions_of_the_menu_combine_and_stand_as_chips(page: TasksPage) -> None:
    every = len(_rows(page))
    _action(page.table.filter.menu(), "牵头").trigger()
    lead = len(_rows(page))
    assert 0 < lead < every
    _action(page.table.filter.menu(), "通过").trigger()
    _action(page.table.filter.menu(), "未报或空白").trigger()
    assert [chip.text().strip() for chip in page.table.filter.chips] == [
        "未报",
        "通过",
        "牵头",
    ]
    rows = _rows(page)
    assert 0 < len(rows) <= lead
    assert {row.entry.role for row in rows} == {Role.LEAD.value}
    wanted = {ReturnState.MISSING, ReturnState.ACCEPTED}
    assert {row.entry.lamp_state for row in rows} <= wanted
    assert page.table.filter.count.text() == f"符合条件 {len(rows)} 条"
    assert _action(page.table.filter.menu(), "牵头").isChecked()


def test_a_chip_takes_its_condition_away_and_the_keyboard_stays(
    page: TasksPage, qtbot: QtBot
) -> None:
    page.table.filter.show_filter(EntryFilter((ReturnState.ACCEPTED,), (Role.LEAD.value,)))
    chip = page.table.filter.chips[0]
    assert chip.accessibleName() == "去掉条件 通过"
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert page.table.filter.kept == LEAD
    page.table.filter.chips[0].click()
    assert page.table.filter.kept == NO_FILTER
    assert page.table.filter.isHidden()


def test_the_filter_stays_with_the_next_node_and_not_with_lists_of_units(page: TasksPage) -> None:
    page.table.filter.show_filter(LEAD)
    page.open_measure(page.reader.nodes[1].pillar.id)
    assert {row.entry.role for row in _rows(page)} == {Role.LEAD.value}
    page.open_status(Status.MISSING)
    assert page.table.filter.isHidden()
    assert not page.table.filter.button.isEnabled()
    assert len(page.table.returns.rows) == 19
    page.open_measure(page.reader.nodes[0].pillar.id)
    assert page.table.filter.isVisible()


def test_nothing_found_says_so(page: TasksPage) -> None:
    page.table.filter.show_filter(EntryFilter((ReturnState.ON_HOLD,), late=True))
    assert _rows(page) == []
    assert page.table.nothing.isVisible()


def test_an_entry_that_is_looked_for_is_shown_whatever_the_filter(page: TasksPage) -> None:
    blank = next(row for row in _rows(page) if not row.entry.covered)
    page.table.filter.show_filter(EntryFilter(states=(ReturnState.ACCEPTED,)))
    page.open_entry(blank.id)
    assert page.table.table.current_id() == blank.id
    assert page.table.filter.kept == NO_FILTER


def test_filters_are_saved_by_name_taken_up_and_forgotten(page: TasksPage) -> None:
    bar = page.table.filter
    bar.show_filter(LEAD)
    bar.save("牵头\n的")
    assert entry_lists.saved_filters(page.ws) == {"牵头 的": LEAD}
    bar.show_filter(NO_FILTER)
    _action(bar.menu(), "牵头 的").trigger()
    assert bar.kept == LEAD
    menu = bar.menu()
    forget = menu.findChild(QMenu)
    assert forget is not None
    forget.actions()[0].trigger()
    assert entry_lists.saved_filters(page.ws) == {}


def test_a_name_that_is_too_long_is_refused_in_the_bar_of_messages(page: TasksPage) -> None:
    said: list[tuple[str, str]] = []
    page.run.failed.connect(lambda what, advice: said.append((what, advice)))
    page.table.filter.show_filter(LEAD)
    page.table.filter.save("长" * 30)
    assert "30 个字" in said[0][0]


def test_each_condition_is_put_in_and_taken_out() -> None:
    kept = toggled(NO_FILTER, "levels", Completion.DONE.value)
    kept = toggled(kept, "levels", Completion.NOT_STARTED.value)
    assert kept.levels == (Completion.NOT_STARTED, Completion.DONE)
    kept = toggled(kept, "late", "")
    assert [words for _, _, words in conditions(kept)] == [
        "未启动",
        "已完成",
        "逾期报送",
    ]
    kept = toggled(toggled(kept, "levels", "done"), "levels", "not_started")
    assert toggled(kept, "late", "") == NO_FILTER
