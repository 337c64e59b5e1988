"""统计: the matrix says what the lists say, numbers are doors, pictures are readable in grey."""

import itertools
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.returns import Completion
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import deadlines, matrix, overview
from hs_credit_desktop.services.matrix import Arrival, Arrivals
from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.models.matrix import BLOCK, MatrixModel
from hs_credit_desktop.ui.models.progress import BAR
from hs_credit_desktop.ui.models.roles import Role
from hs_credit_desktop.ui.pages import stats_sheet
from hs_credit_desktop.ui.pages.stats import MATRIX, PANES_KEY, PROGRESS, StatsPage
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.tokens import DARK, LIGHT, Tokens, contrast, luminance
from hs_credit_desktop.ui.widgets.matrix_legend import legend_items
from hs_credit_desktop.ui.widgets.matrix_paint import (
    Colouring,
    face,
    heat,
    level_face,
    missing_face,
    paint_face,
)
from hs_credit_desktop.ui.widgets.timeline import paint_timeline, timeline_words
from tests.ui.conftest import noted_tasks


@pytest.fixture
def page(qtbot: QtBot, practice_ws: Workspace, tmp_path: Path) -> StatsPage:
    run = Run(at_once=True)
    made = StatsPage(practice_ws, run, Preferences(tmp_path))
    run.changed.connect(made.reload)
    qtbot.addWidget(made)
    made.resize(1294, 600)
    made.show_round(overview.round_of(practice_ws, overview.notice(practice_ws).id))
    made.show()
    return made


@pytest.fixture
def tasks(page: StatsPage) -> list[object]:
    return noted_tasks(page.tasks_asked, page.units_asked)


def test_44_units_by_24_measures_with_267_cells(page: StatsPage) -> None:
    assert page.round is not None
    model = page.view.matrix
    assert (model.rowCount(), model.columnCount()) == (44, 24)
    entries = {item.id: item for item in overview.entries(page.ws, page.round)}
    found = {}
    for row in range(44):
        for column in range(24):
            if (cell := model.cell(row, column)) is not None:
                entry = entries[cell.entry_id]
                assert entry.unit_name == model.units[row].unit_name
                assert entry.measure_id == model.measures[column].measure.id
                found[cell.entry_id] = cell
    assert found.keys() == entries.keys()
    assert len(found) == 267
    assert page.left.subtitle.text() == "267 格，已覆盖 155（58.1%）"
    assert [(band.first, band.last) for band in model.bands] == [
        (0, 2),
        (3, 6),
        (7, 10),
        (11, 13),
        (14, 16),
        (17, 19),
        (20, 23),
    ]


def test_the_model_keeps_its_promises(page: StatsPage, qtmodeltester: object) -> None:
    qtmodeltester.check(page.view.matrix)  # type: ignore[attr-defined]
    model = page.view.matrix
    assert model.headerData(12, Qt.Orientation.Horizontal) == "十三"
    tip = model.headerData(12, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("四、全面推进企业诚信建设\n（十三）")
    assert model.headerData(0, Qt.Orientation.Vertical) == "市发改委"
    said = Qt.ItemDataRole.AccessibleTextRole
    assert "牵头，通过，" in model.index(0, 0).data(said)
    assert model.index(1, 1).data(said).endswith("：无任务")
    assert model.index(1, 1).data(Role.ID) == ""


def test_cells_are_read_by_the_screenful(page: StatsPage) -> None:
    assert page.round is not None
    model, asked = MatrixModel(), []
    units = list(matrix.unit_returns(page.ws, page.round).read(0, 99)) * 3

    def read(ids: list[str]) -> dict[str, dict[str, object]]:
        asked.append(len(ids))
        return {key: {} for key in ids}

    model.show_round(units, overview.tree(page.ws, page.round), read)  # type: ignore[arg-type]
    assert asked == []
    assert model.cell(0, 0) is None
    assert model.cell(BLOCK - 1, 3) is None
    assert asked == [BLOCK]


def test_a_cell_is_shown_and_opened(qtbot: QtBot, page: StatsPage, tasks: list[object]) -> None:
    entry = str(page.view.matrix.index(0, 0).data(Role.ID))
    page.view.setCurrentIndex(page.view.matrix.index(0, 0))
    assert page.cell.title.text() == "市发改委（一）"
    assert page.cell.lamp.text == "通过"
    assert page.cell.role.text == "牵头（推定）"
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    page.cell.open.click()
    page.cell.unit.click()
    assert tasks == [entry, entry, page.view.matrix.units[0].unit_id]
    page.view.setCurrentIndex(page.view.matrix.index(1, 1))
    assert page.cell.title.text() == "选一格看详情"
    assert not page.cell.open.isVisible()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert len(tasks) == 3


def test_a_missing_or_exempt_cell_says_why(page: StatsPage) -> None:
    row = next(at for at, unit in enumerate(page.view.matrix.units) if unit.unit_name == "市商务局")
    column = next(at for at in range(24) if page.view.matrix.cell(row, at) is not None)
    unit = page.view.matrix.units[row]
    page.view.setCurrentIndex(page.view.matrix.index(row, column))
    assert page.cell.words.text == "这一条还没有反馈"
    page.run.command(
        deadlines.extend,
        page.ws,
        expected_return_id=unit.id,
        until=date(2024, 12, 3),
        reason="外出",
    )
    assert page.cell.words.text == "这一条还没有反馈，延期至 12-03"
    page.run.command(deadlines.exempt, page.ws, expected_return_id=unit.id, reason="职能划转")
    assert page.cell.words.text == "本轮免报：职能划转"
    assert page.view.currentIndex() == page.view.matrix.index(row, column)


def test_every_figure_opens_its_list(page: StatsPage) -> None:
    assert page.round is not None
    opened: list[Status] = []
    page.status_asked.connect(opened.append)
    for status, door in page.figures.doors.items():
        assert int(door.number) == len(overview.expected_returns(page.ws, page.round, status))
        door.click()
    assert opened == list(page.figures.doors)
    shown = {status: share.text() for status, share in page.figures.shares.items()}  # type: ignore[attr-defined]
    assert (shown[Status.RECEIVED], shown[Status.MISSING]) == ("56.8%", "43.2%")
    assert shown[Status.EXPECTED] == shown[Status.EXEMPT] == ""


def test_progress_by_pillar_and_unit(qtbot: QtBot, page: StatsPage, tasks: list[object]) -> None:
    assert page.round is not None
    page.views.group.button(PROGRESS).click()
    assert page.units.isVisible()
    assert not page.colourings.isVisible()
    done = overview.progress_by_return(page.ws, page.round)
    assert page.units.ids() == [
        item.id for item in matrix.unit_returns(page.ws, page.round).read(0, 99)
    ]
    shown = page.units_model.index(0, BAR).data(Role.PROGRESS)
    assert shown == done[page.units.ids()[0]]
    page.units.select(page.units.ids()[2])
    qtbot.keyClick(page.units, Qt.Key.Key_Return)
    page.pillars.rows[0][2].click()
    first = overview.tree(page.ws, page.round)[0].pillar.id
    assert tasks == [page.units_model.rows[2].expected.unit_id, (first, Counted.COVERED)]
    assert page.panes()[0] is page.units
    page.show_view(MATRIX)
    assert page.panes()[0] is page.view


def test_the_legend_adds_up(page: StatsPage) -> None:
    assert page.round is not None
    counted = matrix.completions(page.ws, page.round)
    said = [words for _, words in legend_items(Colouring.COMPLETION, counted)]
    assert sum(int(words.split()[1]) for words in said if " " in words) == 267
    page.colourings.group.button(1).click()
    assert page.view.colouring is Colouring.STATE
    states = [words for _, words in legend_items(Colouring.STATE, counted)]
    assert states == [lamp.word for lamp in Lamp if lamp not in (Lamp.LATE, Lamp.STALE)]


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_levels_are_five_lightnesses_of_readable_cells(
    qapp: QApplication, look: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme._Look, "tokens", look)
    steps = [heat(level) for level in Completion]
    assert all(contrast(ink, ground) >= 4.5 for ground, ink in steps)
    light = [luminance(ground) for ground, _ in steps]
    assert light == sorted(light, reverse=not look.dark)
    gaps = [contrast(one, other) for (one, _), (other, _) in itertools.pairwise(steps)]
    assert min(gaps) >= 1.25


def test_every_face_differs_without_colour(page: StatsPage) -> None:
    faces = [level_face(level) for level in (*Completion, None)]
    faces += [missing_face(overdue=False), missing_face(overdue=True)]
    pictures = [
        _grey(lambda painter, shown=shown: paint_face(painter, _BOX, shown)) for shown in faces
    ]
    assert len(set(pictures)) == len(faces)
    lead = _grey(lambda painter: paint_face(painter, _BOX, faces[1], lead=True))
    assert lead not in pictures


_BOX = QRect(0, 0, 30, 21)


def _grey(paint: Callable[[QPainter], None]) -> bytes:
    image = QImage(30, 21, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(grey.constBits())


def test_an_exempt_cell_shows_its_lamp_in_both_colourings(page: StatsPage) -> None:
    cell = matrix.Cell("x", False, Lamp.EXEMPT, False, True, None)
    assert {face(cell, item).glyph for item in Colouring} == {("subtract_circle", "regular")}


def test_arrivals_in_words_and_in_a_picture(page: StatsPage) -> None:
    due = date(2024, 11, 30)
    days = (
        Arrival(date(2024, 11, 20), 3, 3, late=False),
        Arrival(date(2024, 12, 2), 1, 4, late=True),
    )
    arrivals = Arrivals(days, 5, due, date(2024, 12, 3))
    words = timeline_words(arrivals)
    assert words == ("从 11-20 到 12-02 共收到 4 家，最多的一天是 11-20（3 家），期限以后收到 1 家")
    assert timeline_words(Arrivals((), 5, due, due)) == "还没有收到报送件"
    assert page.timeline.accessibleName().endswith("期限以后收到 0 家")
    late, early = (
        _chart(Arrivals((Arrival(days[1].day, 1, 1, late=item),), 5, due, due)) for item in (1, 0)
    )
    assert late != early
    assert _chart(Arrivals((), 0, due, due)) != early


def _chart(arrivals: Arrivals) -> bytes:
    image = QImage(300, 120, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_timeline(painter, QRect(0, 0, 300, 120), arrivals)
    painter.end()
    return bytes(image.constBits())


@pytest.mark.parametrize(("view", "height"), [(MATRIX, 1100), (PROGRESS, 950)])
def test_a_picture_of_what_is_shown_is_written_whole(
    page: StatsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, view: int, height: int
) -> None:
    target = tmp_path / "统计图.png"
    monkeypatch.setattr(messages, "save_file", lambda *_: target)
    page.show_view(view)
    page.export()
    image = QImage(str(target))
    assert image.width() == 932 * stats_sheet.FILE_SCALE
    assert abs(image.height() // stats_sheet.FILE_SCALE - height) < 60
    assert page.left.subtitle.text() == "已导出 统计图.png"
    assert not list(tmp_path.glob("*.new"))
    assert theme.current() is LIGHT


def test_pictures_are_light_in_a_dark_window(page: StatsPage, qapp: QApplication) -> None:
    plain = [stats_sheet.image_of(item, 1) for item in page.sheets()]
    theme.apply(qapp, theme.Mode.DARK)
    dark = [stats_sheet.image_of(item, 1) for item in page.sheets()]
    assert dark == plain
    assert theme.current().dark


def test_a_folder_that_refuses_is_a_sentence(
    page: StatsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setattr(messages, "save_file", lambda *_: tmp_path / "file" / "图.png")
    said: list[str] = []
    page.run.failed.connect(lambda what, _advice: said.append(what))
    page.export()
    assert len(said) == 1
    assert "没有导出" in said[0]
    monkeypatch.setattr(messages, "save_file", lambda *_: None)
    page.export()
    assert len(said) == 1


def test_more_units_take_more_sheets(page: StatsPage) -> None:
    assert page.round is not None
    model = MatrixModel()
    units = list(matrix.unit_returns(page.ws, page.round).read(0, 99)) * 2
    pillars = overview.tree(page.ws, page.round)
    model.show_round(units, pillars, lambda ids: {key: {} for key in ids})
    sheets = stats_sheet.matrix_sheets("题", "副题", model, Colouring.STATE)
    assert [item.subtitle for item in sheets] == [
        "副题　第 1 页，共 2 页",
        "副题　第 2 页，共 2 页",
    ]
    arrivals = matrix.arrivals(page.ws, page.round)
    rows = list(page.units_model.rows) * 2
    two = stats_sheet.progress_sheets("题", "副题", pillars, rows, arrivals)
    assert len(two) == 2
    assert not stats_sheet.image_of(two[1], 1).isNull()


def test_what_is_shown_is_printed(
    page: StatsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "印.pdf"

    def choose(_parent: object, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        return True

    monkeypatch.setattr(messages, "choose_printer", choose)
    page.print_shown()
    assert file.read_bytes().startswith(b"%PDF")
    assert page.left.subtitle.text() == "已把 1 页交给打印机"


def test_a_hidden_page_reads_when_it_is_shown_again(page: StatsPage) -> None:
    page.hide()
    unit = page.view.matrix.units[10]
    deadlines.exempt(page.ws, expected_return_id=unit.id, reason="演示")
    page.reload(Changes(returns=True))
    assert page.figures.doors[Status.EXPECTED].number == "44"
    page.show()
    assert page.figures.doors[Status.EXPECTED].number == "43"
    assert page.view.matrix.rowCount() == 44


def test_the_panes_stand_as_they_were_left(
    qtbot: QtBot, practice_ws: Workspace, tmp_path: Path
) -> None:
    kept = Preferences(tmp_path)
    kept.put(PANES_KEY, [800, 430])
    page = StatsPage(practice_ws, Run(at_once=True), kept)
    qtbot.addWidget(page)
    page.resize(1290, 600)
    page.show()
    for width in (1290, 1270):
        page.resize(width, 600)
        left, right = page.splitter.sizes()
        assert abs(left / right - 800 / 430) < 0.15  # and not the usual 2.6
    page.splitter.splitterMoved.emit(0, 1)
    assert Preferences(tmp_path).numbers(PANES_KEY) == [left, right]
