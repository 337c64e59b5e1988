"""Columns stand after a restart as the clerk left them: widths, order, sorting."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hs_credit_desktop.ui import columns
from hs_credit_desktop.ui.list_export import source_of
from hs_credit_desktop.ui.models.rows import Cell, Column, RowsModel
from hs_credit_desktop.ui.pages.list_sheet import list_sheets
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.widgets.table import RowsTable

LEFT = Qt.MouseButton.LeftButton


@dataclass(frozen=True)
class Row:
    id: str
    number: int


COLUMNS = (
    Column[Row]("单位", lambda row: Cell(row.id, row.id), 200),
    Column[Row]("条数", lambda row: Cell(str(row.number), row.number, right=True), 80, right=True),
    Column[Row]("备注", lambda row: Cell("无"), 0),
)
ROWS = [Row("甲", 2), Row("乙", 3), Row("丙", 1)]


@pytest.fixture(autouse=True)
def preferences(tmp_path: Path) -> Iterator[Preferences]:
    kept = Preferences(tmp_path)
    columns.use(kept)
    yield kept
    columns.use(None)


def make(qtbot: QtBot, name: str = "表") -> RowsTable:
    table = RowsTable(name)
    qtbot.addWidget(table)
    table.resize(600, 200)
    model: RowsModel[Row] = RowsModel(COLUMNS, table)
    model.show_rows(ROWS)
    table.show_model(model)
    table.show()
    return table


def drag(table: RowsTable, start: int, end: int) -> None:
    head, middle = table.horizontalHeader().viewport(), 14
    QTest.mousePress(head, LEFT, pos=QPoint(start, middle))
    step = 12 if end > start else -12
    for x in (*range(start, end, step), end):
        QTest.mouseMove(head, QPoint(x, middle))
    QTest.mouseRelease(head, LEFT, pos=QPoint(end, middle))


def heads(table: RowsTable) -> list[str]:
    return [one.head for one in source_of(table).columns]


def test_what_the_mouse_did_is_there_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    first = make(qtbot)
    drag(first, 199, 259)
    assert first.columnWidth(0) == 260
    QTest.mouseClick(first.horizontalHeader().viewport(), LEFT, pos=QPoint(300, 14))
    first.horizontalHeader().moveSection(2, 1)
    QTest.mouseClick(first.horizontalHeader().viewport(), LEFT, pos=QPoint(590, 14))
    columns.use(Preferences(tmp_path))  # as the next start reads it
    again = make(qtbot)
    assert heads(again) == ["单位", "备注", "条数"]
    assert again.columnWidth(0) == 260
    assert again.ids() == first.ids() != [row.id for row in ROWS]
    assert again.horizontalHeader().sortIndicatorSection() == 1
    assert heads(make(qtbot, "另一张表")) == ["单位", "条数", "备注"]
    assert make(qtbot, "另一张表").ids() == ["甲", "乙", "丙"]


def test_the_first_column_stays_first_and_paper_has_the_order_of_the_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = make(qtbot)
    table.horizontalHeader().moveSection(2, 1)
    drawn: list[int] = []
    delegate = table.itemDelegate()
    monkeypatch.setattr(
        type(delegate), "paint", lambda _self, _painter, _option, at: drawn.append(at.column())
    )
    picture = QImage(1100, 400, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    list_sheets(table, "表", "")[0].paint(painter)
    painter.end()
    assert drawn == [0, 2, 1] * 3
    assert not table.horizontalHeader().isFirstSectionMovable()


def test_what_was_kept_of_other_columns_or_is_no_order_is_left_alone(
    qtbot: QtBot, preferences: Preferences
) -> None:
    table = make(qtbot)
    columns.keep(table)
    [key] = [name for name in preferences._values if name.startswith("columns:")]
    for wrong in ([1, 2, 3], [90, 90, 90, 0, 0, 1, 1, 0]):
        preferences.put(key, wrong)
        assert make(qtbot).columnWidth(0) == 200
    preferences.put(key, [300, 90, 90, 0, 1, 2, 7, 0])
    assert make(qtbot).columnWidth(0) == 300
    columns.use(None)
    columns.keep(table)
    assert make(qtbot).columnWidth(0) == 200


def test_widths_are_kept_for_the_standard_size_of_texts(
    qtbot: QtBot, preferences: Preferences
) -> None:
    table = make(qtbot)
    table.setProperty("text_zoom", 1.25)
    table.setColumnWidth(0, 250)
    columns.keep(table)
    assert make(qtbot).columnWidth(0) == 200
