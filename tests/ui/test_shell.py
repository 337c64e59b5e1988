"""Rail, header, strip, status line and search results, each by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.deadlines import Lamp, Notification
from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.domain.statistics import Figures, Status
from hs_credit_desktop.services.find import Hit
from hs_credit_desktop.ui.header import Header
from hs_credit_desktop.ui.rail import Rail
from hs_credit_desktop.ui.round_selector import RoundSelector
from hs_credit_desktop.ui.search import SearchResults
from hs_credit_desktop.ui.statusline import StatusLine
from hs_credit_desktop.ui.strip import Strip

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

FIGURES = Figures(
    expected=44, received=25, on_time=25, missing=19, accepted=22, sent_back=1, to_review=2
)
ROUNDS = (
    Round("r1", "n", 1, "第一轮", date(2024, 8, 30), RoundState.OPEN),
    Round("r2", "n", 2, "第二轮", date(2024, 11, 30), RoundState.OPEN),
)


def _shown(qtbot: QtBot, header: Header, width: int = 1294) -> Header:
    qtbot.addWidget(header)
    header.show_countdown("还有 1 天 · 周六", 1, 7)
    header.show_figures(FIGURES)
    header.resize(width, 51)
    header.show()
    return header


@pytest.mark.parametrize("status", list(Status))
def test_every_figure_opens_its_own_list(qtbot: QtBot, status: Status) -> None:
    header = _shown(qtbot, Header())
    header.show_figures(replace(FIGURES, on_hold=1))
    door = header.figures.door(status)
    with qtbot.waitSignal(header.status_opened) as opened:
        qtbot.mouseClick(door, Qt.MouseButton.LeftButton)
    assert opened.args == [status]


def test_a_figure_is_a_button_with_a_name_and_its_counting_rule(qtbot: QtBot) -> None:
    header = _shown(qtbot, Header())
    door = header.figures.door(Status.RECEIVED)
    assert door.accessibleName() == "已报 25"
    assert "通过 22，退回 1，待审 2，存疑 0" in door.toolTip()
    door.setFocus()
    with qtbot.waitSignal(header.status_opened):
        qtbot.keyClick(door, Qt.Key.Key_Space)


def test_the_bracket_adds_up_to_received(qtbot: QtBot) -> None:
    header = _shown(qtbot, Header())
    inner = (Status.ACCEPTED, Status.SENT_BACK, Status.TO_REVIEW, Status.ON_HOLD)
    assert sum(int(header.figures.door(status).number) for status in inner) == 25


def test_a_narrow_window_folds_the_bracket_and_keeps_the_rest(qtbot: QtBot) -> None:
    header = _shown(qtbot, Header(), width=1294)
    assert header.figures.door(Status.ACCEPTED).isVisible()
    header.resize(1108, 51)
    assert not header.figures.door(Status.ACCEPTED).isVisible()
    for status in (Status.EXPECTED, Status.RECEIVED, Status.MISSING, Status.EXEMPT):
        door = header.figures.door(status)
        assert door.isVisible()
        assert door.mapTo(header, door.rect().topRight()).x() < header.search.x()


@pytest.mark.parametrize("width", [1108, 1208, 1294, 1848])
def test_the_header_fits_its_window(qtbot: QtBot, width: int) -> None:
    header = _shown(qtbot, Header(), width)
    assert header.search.geometry().right() <= width
    assert header.figures.geometry().right() < header.search.x()
    shown = header.figures.door(Status.EXEMPT).geometry()
    assert shown.right() <= header.figures.width()


@pytest.mark.parametrize(("days", "ink"), [(20, "text2"), (7, "warn"), (0, "warn"), (-1, "bad")])
def test_the_countdown_is_calm_until_it_matters(qtbot: QtBot, days: int, ink: str) -> None:
    header = _shown(qtbot, Header())
    header.show_countdown("还有几天", days, 7)
    assert header.countdown._ink == ink


def test_the_round_selector_offers_all_rounds(qtbot: QtBot) -> None:
    selector = RoundSelector()
    qtbot.addWidget(selector)
    selector.show_rounds([("通知", ROUNDS)], ROUNDS[1])
    assert selector.accessibleName() == "轮次：第二轮，2024年11月30日前报送"
    actions: list[QAction] = selector.menu().actions()
    assert [action.isChecked() for action in actions] == [False, True]
    with qtbot.waitSignal(selector.chosen) as chosen:
        actions[0].trigger()
    assert chosen.args == ["r1"]


def test_the_rail_shows_only_what_there_is(qtbot: QtBot) -> None:
    rail = Rail(("任务", "设置"))
    qtbot.addWidget(rail)
    assert rail.names == ("任务", "设置")
    rail.show_current("任务")
    assert rail.item("任务").isChecked()
    with qtbot.waitSignal(rail.chosen) as chosen:
        qtbot.mouseClick(rail.item("设置"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["设置"]


def test_the_rail_says_how_much_waits(qtbot: QtBot) -> None:
    rail = Rail(("任务",))
    qtbot.addWidget(rail)
    before = rail.item("任务").grab().toImage()
    rail.item("任务").set_badge(2)
    assert rail.item("任务").accessibleDescription() == "2 项待办"
    assert rail.item("任务").grab().toImage() != before


def test_the_strip_says_what_is_due_and_can_be_put_away(qtbot: QtBot) -> None:
    strip = Strip()
    qtbot.addWidget(strip)
    strip.show_due(Notification("明日（周六）截止。", "还有 19 家未报。", Lamp.DUE_SOON))
    assert strip.text == "明日（周六）截止。还有 19 家未报。"
    with qtbot.waitSignal(strip.dismissed):
        strip.dismiss()
    assert strip.text == ""
    strip.show_due(None)
    assert strip.isHidden()


def test_a_message_ends_its_first_sentence(qtbot: QtBot) -> None:
    strip = Strip()
    qtbot.addWidget(strip)
    strip.show_message("没有保存成功：磁盘空间不足", "台账保持原样。")
    assert strip.text == "没有保存成功：磁盘空间不足。台账保持原样。"


def test_the_status_line_says_what_is_true(qtbot: QtBot) -> None:
    status = StatusLine()
    qtbot.addWidget(status)
    status.show_facts("第二轮：进行中", "", "演示数据：反馈内容均为虚构")
    assert status.text.startswith("本机离线 · 不联网")
    assert status.text.count("｜") == 2
    status.show_work("正在导出 1/2…")
    assert status.text == "正在导出 1/2…"
    status.show_work("")
    assert "第二轮：进行中" in status.text


UNIT = Hit("unit", "u1", None, "市发改委", None, "市发改委")
TEXT = Hit("feedback", "e1", 2, "市财政局", "完善企业信用新型监管机制", "…对46家代理机构…")


@pytest.fixture
def results(qtbot: QtBot) -> tuple[SearchResults, Header]:
    window = QMainWindow()
    qtbot.addWidget(window)
    header = Header()
    window.setCentralWidget(header)
    window.resize(1200, 600)
    window.show()

    def ask(text: str, _limit: int, answered: Callable[[list[Hit]], object]) -> None:
        answered([UNIT, TEXT] if text != "无" else [])

    found = SearchResults(window, header.search, ask)
    return found, header


def test_typing_finds_and_enter_opens(qtbot: QtBot, results: tuple[SearchResults, Header]) -> None:
    found, header = results
    qtbot.keyClicks(header.search, "46")
    qtbot.waitUntil(found.isVisible)
    assert found.list.count() == 2
    qtbot.keyClick(header.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(found.opened) as opened:
        qtbot.keyClick(header.search, Qt.Key.Key_Return)
    assert opened.args == [TEXT]
    assert found.isHidden()


def test_enter_does_not_wait_for_the_timer(
    qtbot: QtBot, results: tuple[SearchResults, Header]
) -> None:
    found, header = results
    header.search.setText("4")
    with qtbot.waitSignal(found.opened) as opened:
        qtbot.keyClick(header.search, Qt.Key.Key_Return)
    assert opened.args == [UNIT]


def test_nothing_found_says_what_to_try(
    qtbot: QtBot, results: tuple[SearchResults, Header]
) -> None:
    found, header = results
    header.search.setText("无")
    found.search()
    assert "没有找到“无”" in found._none.text()
    qtbot.keyClick(header.search, Qt.Key.Key_Escape)
    assert found.isHidden()
    assert header.search.text() == "无"
    qtbot.keyClick(header.search, Qt.Key.Key_Escape)
    assert header.search.text() == ""
