"""Boxes about papers stand beside the window: the work goes on, and they follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from hs_credit_desktop.services import papers_register
from hs_credit_desktop.services.workspace import Changes
from hs_credit_desktop.ui.dialogs.beside import beside, boxes
from hs_credit_desktop.ui.dialogs.chase_papers import ChasePapers
from hs_credit_desktop.ui.dialogs.doc_number import NumberRegister
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run, if_there
from tests.ledgers import make_workspace, record, round_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hs_credit_desktop.services.workspace import Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """The small ledger."""
    opened = make_workspace(tmp_path / "数据")
    yield opened
    opened.close()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """The window they stand beside."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def _gone(box: QWidget) -> bool:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return not isValid(box)


def test_it_does_not_block_and_goes_when_it_is_closed(parent: QWidget) -> None:
    box = QDialog(parent)
    beside(box, Run(at_once=True))
    assert box.isVisible()
    assert not box.isModal()
    assert boxes(parent) == [box]
    box.reject()
    assert _gone(box)


def test_there_is_one_of_a_kind(parent: QWidget) -> None:
    class Other(QDialog):
        pass

    run = Run(at_once=True)
    first, second, other = QDialog(parent), QDialog(parent), Other(parent)
    for box in (first, other, second):
        beside(box, run)
    assert _gone(first)
    assert second.isVisible()
    assert other.isVisible()


def test_a_box_that_is_closed_over_its_work_waits_for_it(parent: QWidget) -> None:
    class Busy(Run):
        working = True  # type: ignore[assignment]

    box = QDialog(parent)
    beside(box, Busy())
    box.reject()
    assert not _gone(box)
    assert not box.isVisible()


def test_nothing_is_said_to_what_is_gone(parent: QWidget) -> None:
    heard: list[str] = []
    box = QDialog(parent)
    say = if_there(box, heard.append)
    say("在")
    box.deleteLater()
    assert _gone(box)
    say("不在")
    assert heard == ["在"]


def test_a_unit_that_reports_meanwhile_is_not_chased(
    ws: Workspace, parent: QWidget, tmp_path: Path
) -> None:
    run = Run(at_once=True)
    round_ = round_number(ws)
    box = ChasePapers(parent, ws, run, Preferences(tmp_path / "prefs"), round_)
    beside(box, run)
    before = [item.unit_name for item in box.chosen()]
    assert round_.name in box.windowTitle()
    record(ws, "市商务局", 1)
    run.changed.emit(Changes(returns=True))
    assert [item.unit_name for item in box.chosen()] == [
        name for name in before if name != "市商务局"
    ]
    assert sum(not tick.isHidden() for tick in box.ticks.values()) == len(before) - 1
    assert box.counted.text() == f"未报 {len(before) - 1} 家，发给 {len(before) - 1} 家"


def test_a_number_taken_elsewhere_is_shown_and_what_is_typed_stays(
    ws: Workspace, parent: QWidget
) -> None:
    run = Run(at_once=True)
    box = NumberRegister(parent, ws, run, None)
    beside(box, run)
    box.title.setText("正在输入的标题")
    run.command(
        papers_register.take,
        ws,
        papers_register.propose(ws, letter=False),
        kind="",
        title="别处登记的",
        round_id=None,
    )
    assert [row.title for row in box.model.rows] == ["别处登记的"]
    assert box.title.text() == "正在输入的标题"
