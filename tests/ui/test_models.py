"""Every item model passes Qt's own tester, with rows, without, and while it changes."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store.lists import EntryQuery
from hs_credit_desktop.ui.models.entries import EntryRow, entry_columns
from hs_credit_desktop.ui.models.returns import RETURN_COLUMNS, ReturnRow, UnitsModel
from hs_credit_desktop.ui.models.roles import Role
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.models.tree import TreeModel


def _entries(ws: Workspace) -> list[EntryRow]:
    round_ = overview.round_of(ws, overview.notice(ws).id)
    found = overview.entries(ws, round_, EntryQuery(round_.id))
    return [EntryRow(item, Lamp.TO_REVIEW, draft=item is found[0]) for item in found[:40]]


def _returns(ws: Workspace) -> list[ReturnRow]:
    round_ = overview.round_of(ws, overview.notice(ws).id)
    return [ReturnRow(item, Lamp.DUE_SOON) for item in overview.expected_returns(ws, round_)]


def test_the_tree(qtmodeltester: ModelTester, practice_ws: Workspace) -> None:
    model = TreeModel()
    qtmodeltester.check(model)
    round_ = overview.round_of(practice_ws, overview.notice(practice_ws).id)
    nodes = overview.tree(practice_ws, round_)
    model.show_tree(nodes, {})
    qtmodeltester.check(model)
    model.show_tree(nodes, {})
    model.show_tree(nodes[:2], {})
    qtmodeltester.check(model)


@pytest.mark.parametrize(("unit", "measure"), [(True, True), (True, False), (False, True)])
def test_entries(
    qtmodeltester: ModelTester, practice_ws: Workspace, unit: bool, measure: bool
) -> None:
    model: RowsModel[EntryRow] = RowsModel(entry_columns(unit=unit, measure=measure))
    qtmodeltester.check(model)
    rows = _entries(practice_ws)
    model.show_rows(rows)
    qtmodeltester.check(model)
    model.show_rows(rows[:3])
    qtmodeltester.check(model)


def test_returns_and_units(qtmodeltester: ModelTester, practice_ws: Workspace) -> None:
    model, units = RowsModel(RETURN_COLUMNS), UnitsModel()
    rows = _returns(practice_ws)
    for shown in (model, units):
        shown.show_rows(rows)
        qtmodeltester.check(shown)
        shown.show_rows([])
        qtmodeltester.check(shown)


def test_rows_that_stay_change_in_place(qtbot: QtBot, practice_ws: Workspace) -> None:
    model: RowsModel[ReturnRow] = RowsModel(RETURN_COLUMNS)
    rows = _returns(practice_ws)
    model.show_rows(rows)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_rows([ReturnRow(row.expected, Lamp.ACCEPTED) for row in rows])
    assert model.index(0, 3).data() == "通过"


def test_sort_values_are_native_and_the_unknown_stands_last(practice_ws: Workspace) -> None:
    model: RowsModel[EntryRow] = RowsModel(entry_columns(unit=True, measure=True))
    rows = _entries(practice_ws)
    model.show_rows(rows)
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    received = heads.index("收到")
    values = [model.index(row, received).data(Role.SORT) for row in range(len(rows))]
    dates = [row.entry.received_on for row in rows]
    assert None in dates
    known = max(value for value, day in zip(values, dates, strict=True) if day)
    assert all(value > known for value, day in zip(values, dates, strict=True) if day is None)
    numbers = [model.index(row, 0).data(Role.SORT) for row in range(len(rows))]
    assert numbers == [row.entry.measure_number for row in rows]
