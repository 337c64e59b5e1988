"""A long list in 任务 is read by the page and behaves like a short one."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hs_credit_desktop.services import entry_lists, overview, return_lists
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui.models.roles import Role
from hs_credit_desktop.ui.models.rows import PagedRows
from hs_credit_desktop.ui.pages import tasks_scope
from hs_credit_desktop.ui.pages.tasks import TasksPage
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

PAGE = 7


@pytest.fixture
def page(qtbot: QtBot, practice_ws: Workspace) -> Iterator[TasksPage]:
    run = Run(at_once=True)
    with patch.object(tasks_scope, "LONG", 3), patch.object(PagedRows, "PAGE", PAGE):
        made = TasksPage(practice_ws, run, Preferences(practice_ws.folder.root))
        qtbot.addWidget(made)
        run.changed.connect(made.reload)
        made.resize(1290, 600)
        made.show_round(overview.round_of(practice_ws, overview.notice(practice_ws).id, 2))
        made.show()
        yield made


def _short_ids(page: TasksPage) -> list[str]:
    """The same list read whole."""
    assert page.table.scope is not None
    with patch.object(tasks_scope, "LONG", 10**6):
        return [row.id for row in page.reader.entry_rows(page.table.scope)]


def test_a_pillar_lists_the_same_rows_by_the_page(page: TasksPage) -> None:
    page.open_measure(page.reader.nodes[0].pillar.id)
    assert isinstance(page.table.models[tasks_scope.Kind.PILLAR].rows, PagedRows)
    ids = page.table.table.ids()
    assert len(ids) > 3 * PAGE
    assert ids == _short_ids(page)
    assert page.table.table.current_id() == ids[0]


def test_only_the_pages_in_sight_are_read(page: TasksPage) -> None:
    model = page.table.models[tasks_scope.Kind.PILLAR]
    page.open_measure(page.reader.nodes[0].pillar.id)
    page.table.table.grab()
    assert isinstance(model.rows, PagedRows)
    assert len(model.rows._pages) <= 1 + page.table.table.height() // (PAGE * 28) + 1
    for row in range(len(model.rows)):
        assert model.rows[row].id
    assert len(model.rows._pages) <= PagedRows.KEPT
    with pytest.raises(IndexError):
        model.rows[len(model.rows)]


def test_the_head_sorts_in_the_ledger_and_back(page: TasksPage) -> None:
    page.open_measure(page.reader.nodes[0].pillar.id)
    table = page.table.table
    official, chosen = table.ids(), table.current_id()
    table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    assert table.ids() != official
    assert sorted(table.ids()) == sorted(official)
    assert table.current_id() == chosen
    numbers = [table.proxy.index(row, 0).data(Role.SORT) for row in range(len(official))]
    assert numbers == sorted(numbers, reverse=True)
    page.reload(Changes(returns=True))
    assert [table.proxy.index(row, 0).data(Role.SORT) for row in range(len(official))] == numbers
    table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert table.ids() == official


def test_saving_goes_on_to_the_next_row_and_shows_what_was_saved(page: TasksPage) -> None:
    page.open_measure(page.reader.nodes[0].pillar.id)
    table = page.table.table
    ids = table.ids()
    table.select(ids[PAGE + 2])
    before = page.table.models[tasks_scope.Kind.PILLAR].rows[PAGE + 2]
    page.form.parts["progress"].edit.setPlainText("开展培训 3 期。（演示）")
    page.record_and_go_on()
    after = page.table.models[tasks_scope.Kind.PILLAR].rows[PAGE + 2]
    assert after.id == before.id
    assert after.entry.parts.progress == "开展培训 3 期。（演示）"
    assert table.current_id() == ids[PAGE + 3]
    assert table.neighbour(-1) == ids[PAGE + 2]


def test_keys_go_from_the_first_to_the_last_row(page: TasksPage, qtbot: QtBot) -> None:
    page.open_measure(page.reader.nodes[0].pillar.id)
    table = page.table.table
    ids = table.ids()
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.current_id() == ids[-1]
    assert table.neighbour(1) == ""
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.current_id() == ids[0]
    assert not table.select("nobody")


def test_a_save_reads_no_order_again(page: TasksPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.open_measure(page.reader.nodes[0].pillar.id)
    table = page.table.table
    ids = table.ids()
    table.select(ids[1])
    page.form.parts["progress"].edit.setPlainText("开展培训 3 期。（演示）")
    page.tree.segments.choose(1)
    for name in ("ReturnList", "LongList"):
        module = return_lists if name == "ReturnList" else entry_lists
        monkeypatch.setattr(module, name, lambda *_a, **_k: pytest.fail("read again"))
    page.record_and_go_on()
    monkeypatch.undo()
    assert table.current_id() == ids[2]
    assert page.table.models[tasks_scope.Kind.PILLAR].rows[1].entry.covered
    saved = overview.entry_detail(page.ws, ids[1]).entry
    assert saved.parts.progress == "开展培训 3 期。（演示）"


def test_units_are_found_by_typing_in_their_list(page: TasksPage, qtbot: QtBot) -> None:
    page.tree.segments.choose(1)
    page.tree._switched(1)
    units = page.tree.units
    assert units.count() == 44
    last = units.id_at(43)
    qtbot.keyClick(units, Qt.Key.Key_End)
    assert units.current_id() == last
    qtbot.keyClick(units, Qt.Key.Key_Home)
    assert units.current_id() == units.id_at(0)
    assert units.id_at(44) == ""
    qtbot.keyClicks(units, "s")
    qtbot.keyClicks(page.tree.field, "czj")
    assert [row.expected.unit_name for row in units.units.rows] == ["市财政局"]
    page.tree.select_unit(last)
    assert (page.tree.field.text(), units.current_id()) == ("", last)
