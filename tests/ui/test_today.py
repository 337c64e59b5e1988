"""今日: what it counts is what the lists hold; every row and number leads somewhere."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.statistics import Figures, Status
from hs_credit_desktop.services import (
    chasing,
    deadlines,
    freezing,
    office,
    overview,
    receiving,
    returns,
    undo,
)
from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.services.today import agenda
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui.dialogs.chase_papers import ChasePapers
from hs_credit_desktop.ui.dialogs.make_forms import MakeForms
from hs_credit_desktop.ui.dialogs.print_paper import PrintPaper
from hs_credit_desktop.ui.models.roles import Role
from hs_credit_desktop.ui.models.rows import PagedRows
from hs_credit_desktop.ui.pages import today as today_page
from hs_credit_desktop.ui.pages import today_rows
from hs_credit_desktop.ui.pages.names import NAMES
from hs_credit_desktop.ui.pages.today import TodayPage
from hs_credit_desktop.ui.pages.today_ask import What
from hs_credit_desktop.ui.pages.today_missing import BACK, EXEMPT, MISSING
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.todo import TodoRow
from tests.ui.conftest import noted_tasks


@pytest.fixture
def page(qtbot: QtBot, practice_ws: Workspace, tmp_path: Path) -> TodayPage:
    run = Run(at_once=True)
    made = TodayPage(practice_ws, run, Preferences(tmp_path), NAMES)
    run.changed.connect(made.reload)
    qtbot.addWidget(made)
    made.resize(1284, 560)
    made.show_round(overview.round_of(practice_ws, overview.notice(practice_ws).id))
    made.show()
    return made


def _row(page: TodayPage, words: str) -> TodoRow:
    return next(row for row in page.rows if words in row.todo.title)


def _titles(page: TodayPage) -> list[str]:
    return [row.todo.title for row in page.rows]


def _expected(page: TodayPage, status: Status = Status.MISSING) -> list[str]:
    assert page.round is not None
    return [item.id for item in overview.expected_returns(page.ws, page.round, status)]


def _told(signal: object) -> list[object]:
    heard: list[object] = []
    signal.connect(heard.append)  # type: ignore[attr-defined]
    return heard


def test_the_day_and_the_rates_with_their_rules(page: TodayPage) -> None:
    assert page.day.text() == "2024年11月29日\u3000星期五"
    assert (page.rate.word.text(), page.rate.value.text()) == ("报送率", "56.8%")
    assert (page.on_time.word.text(), page.on_time.value.text()) == (
        "按时率（截至目前）",
        "56.8%",
    )
    assert "已报 25 家，应报 44 家" in page.rate.toolTip()
    assert "只看第一次收到的日期" in page.on_time.toolTip()


def test_after_the_due_date_the_rate_is_final(page: TodayPage) -> None:
    page.show_round(overview.round_of(page.ws, overview.notice(page.ws).id, 1))
    assert page.on_time.word.text() == "按时率"


def test_what_waits_is_counted_and_named(page: TodayPage) -> None:
    assert _titles(page) == [
        "催报 19 家未报单位",
        "审核 2 件待审报送件",
        "跟进 1 件退回补报",
        "收件箱没有待处理的文件",
        "确认 9 处疑点",
    ]
    assert _row(page, "审核").todo.detail == "市财政局、大冶市"
    assert _row(page, "退回").todo.detail.endswith("，最早 11月29日补报")
    assert page.todo.subtitle.text() == "5 项"
    assert page.missing.table.ids() == _expected(page)
    assert page.missing.subtitle.text() == "19 家"


def test_a_fresh_round_begins_with_the_forms_and_chases_nobody(
    qtbot: QtBot, page: TodayPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.round is not None
    early = replace(
        agenda(page.ws, page.round),
        figures=Figures(expected=44, missing=44),
        to_review=(),
        sent_back=(),
        doubts=(),
        days_left=58,
        due_soon=False,
        forms_made=False,
    )
    monkeypatch.setattr(today_page, "agenda", lambda *_: early)
    page.reload(Changes(returns=True))
    assert _titles(page)[:2] == ["给 44 家单位发反馈表", "等 19 家单位报送"]
    assert "58 天" in _row(page, "等 19 家").todo.detail
    _row(page, "发反馈表").click()
    [box] = page.findChildren(MakeForms)
    assert box.isVisible()
    box.reject()
    monkeypatch.setattr(today_page, "agenda", lambda *_: replace(early, forms_made=True))
    page.reload(Changes(returns=True))
    assert _titles(page)[0] == "等 19 家单位报送"


def test_rows_lead_to_their_pages_and_lists(qtbot: QtBot, page: TodayPage) -> None:
    pages, lists = _told(page.page_asked), _told(page.status_asked)
    _row(page, "审核").click()
    _row(page, "收件箱").click()
    _row(page, "退回补报").click()
    assert pages == ["审核", "收件"]
    assert lists == []
    assert page.missing.which.group.checkedId() == BACK
    assert page.missing.table.ids() == _expected(page, Status.SENT_BACK)
    page.missing.show_list(EXEMPT)
    _row(page, "催报").click()
    assert page.missing.which.group.checkedId() == MISSING
    assert page.missing.table.hasFocus() or page.focusWidget() is page.missing.table


@pytest.fixture
def tasks(page: TodayPage) -> list[object]:
    return noted_tasks(page.tasks_asked, page.units_asked)


def test_doubts_lead_to_the_desk(page: TodayPage) -> None:
    assert page.round is not None
    asked = _told(page.doubts_asked)
    _row(page, "疑点").click()
    [first, *_] = overview.open_doubts(page.ws, page.round.notice_id)
    assert asked == [first.measure_id or ""]


def test_numbers_of_a_pillar_open_the_entries_they_count(
    page: TodayPage, tasks: list[object]
) -> None:
    assert page.round is not None
    nodes = overview.tree(page.ws, page.round)
    assert len(page.pillars.rows) == 7
    for (name, _bar, covered, expected), node in zip(page.pillars.rows, nodes, strict=True):
        assert node.pillar.title in name.text
        assert int(covered.number) == node.progress.covered
        assert int(expected.number) == node.progress.expected
    page.pillars.rows[1][2].click()
    page.pillars.rows[1][3].click()
    assert tasks == [
        (nodes[1].pillar.id, Counted.COVERED),
        (nodes[1].pillar.id, Counted.EXPECTED),
    ]


def test_enter_opens_the_unit(qtbot: QtBot, page: TodayPage, tasks: list[object]) -> None:
    assert page.round is not None
    first = overview.expected_returns(page.ws, page.round, Status.MISSING)[0]
    page.missing.table.select(first.id)
    qtbot.keyClick(page.missing.table, Qt.Key.Key_Return)
    page.missing.open.click()
    assert tasks == [first.unit_id, first.unit_id]


def test_a_call_is_logged_by_keys(qtbot: QtBot, page: TodayPage) -> None:
    first = _expected(page)[0]
    page.missing.table.select(first)
    page.missing.table.setFocus()
    QTest.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    line = page.ask_line
    assert line.isVisible()
    assert not page.missing.call.isVisible()
    line.person.setText("值班同志")
    line.words.setText("周一上午报送")
    line.promised.edit.setText("12-02")
    QTest.keyClick(line.words, Qt.Key.Key_Return)
    assert not line.isVisible()
    row = page.missing.current()
    assert row is not None
    assert (row.id, row.expected.chases) == (first, 1)
    assert page.missing.table.model().index(0, 4).data() == "11-29 周一上午报送（12-02）"
    assert _row(page, "催报").todo.detail == "其中 1 家已经催过"


def test_a_promise_that_has_come_is_asked_after(page: TodayPage) -> None:
    second = _expected(page)[1]
    chasing.log_call(page.ws, expected_return_id=second, promised_by=date(2024, 11, 29))
    page.reload(chasing.CHASED)
    page.missing.show_list(EXEMPT)
    _row(page, "承诺的日期到了").click()
    assert page.missing.table.current_id() == second


def test_a_date_that_cannot_be_is_said_under_the_field(page: TodayPage) -> None:
    page.missing.ask_call()
    page.ask_line.promised.edit.setText("13-02")
    page.ask_line.agree.click()
    assert "没有 13 月" in page.ask_line.promised.error.text
    page.ask_line.promised.edit.setText("2024-11-01")
    page.ask_line.agree.click()
    assert "在今天之前，没有登记" in page.ask_line.error.text
    assert page.ask_line.isVisible()


def test_more_time_moves_the_lamp_and_shows(page: TodayPage) -> None:
    office.set_due_soon_days(page.ws, 2)
    first = _expected(page)[0]
    page.missing.table.select(first)
    page.missing.extend.click()
    assert page.ask_line.until.edit.text() == "2024-12-02"
    page.ask_line.agree.click()
    assert page.ask_line.error.text.endswith("请写明延期的原因。")
    page.ask_line.words.setText("外出学习")
    page.ask_line.agree.click()
    row = page.missing.current()
    assert row is not None
    assert row.expected.extended_to == date(2024, 12, 2)
    assert row.lamp is Lamp.NOT_DUE
    assert page.missing.table.model().index(0, 4).data(Role.CHIP).text == "延期至 12-02"
    assert "1 家已延期" in _row(page, "催报").todo.detail
    page.missing.extend.click()
    assert page.ask_line.words.text() == "外出学习"
    _choose(page, "取消延期")
    assert page.missing.current().expected.extended_to is None  # type: ignore[union-attr]


def _choose(page: TodayPage, words: str) -> None:
    menu = page.missing.menu()
    next(action for action in menu.actions() if action.text().startswith(words)).trigger()
    menu.close()


def test_what_was_registered_is_named_with_the_way_back(page: TodayPage) -> None:
    told: list[tuple[str, str]] = []
    page.run.told.connect(lambda what, advice: told.append((what, advice)))
    row = page.missing.current()
    assert row is not None
    page.missing.exempt.click()
    assert page.ask_line.title.text() == f"{row.expected.unit_name}免报"
    assert page.ask_line.rule.text().startswith("按 Enter 就从应报中除去")
    page.ask_line.words.setText("机构改革")
    page.ask_line.words.returnPressed.emit()
    name = row.expected.unit_name
    assert told == [(f"已登记 {name}的免报", "登记错了可以按 Ctrl+Z 撤销。")]
    undo.undo(page.ws)
    page.reload(Changes(returns=True))
    assert name in {item.expected.unit_name for item in page.missing.models[0].rows}


def test_an_exempt_unit_changes_lists_and_comes_back(page: TodayPage) -> None:
    first = _expected(page)[0]
    page.missing.table.select(first)
    page.missing.exempt.click()
    page.ask_line.words.setText("职能已划转")
    page.ask_line.agree.click()
    assert first not in page.missing.table.ids()
    assert page.missing.subtitle.text() == "18 家"
    assert page.missing.table.current_id() == page.missing.table.ids()[0]
    page.missing.which.group.button(EXEMPT).click()
    assert page.missing.table.ids() == [first]
    assert page.missing.table.model().index(0, 2).data() == "职能已划转"
    assert not page.missing.call.isVisible()
    page.missing.ask_call()
    assert not page.ask_line.isVisible()
    page.missing.expect.click()
    assert page.missing.nothing.isVisible()
    page.missing.show_list(MISSING)
    assert first in page.missing.table.ids()


def test_esc_keeps_the_words_for_the_same_unit(qtbot: QtBot, page: TodayPage) -> None:
    ids = _expected(page)
    page.missing.table.select(ids[0])
    page.missing.exempt.click()
    page.ask_line.words.setText("职能已划转")
    page.ask_line.leave()
    assert not page.ask_line.isVisible()
    assert page.missing.call.isVisible()
    page.missing.exempt.click()
    assert page.ask_line.words.text() == "职能已划转"
    page.ask_line.leave()
    page.missing.table.select(ids[1])
    page.missing.exempt.click()
    assert page.ask_line.words.text() == ""


def test_messages_can_be_copied(page: TodayPage) -> None:
    assert page.round is not None
    page.missing.table.select(_expected(page)[0])
    _choose(page, "复制给这家")
    owing = chasing.missing(page.ws, page.round)[0]
    assert QGuiApplication.clipboard().text() == chasing.chat_text(page.round, owing)
    _choose(page, "复制给工作群")
    assert QGuiApplication.clipboard().text() == chasing.group_text(page.ws, page.round)


def test_a_frozen_round_is_only_looked_at(page: TodayPage) -> None:
    assert page.round is not None
    freezing.freeze(page.ws, page.round)
    notice = overview.notice(page.ws)
    page.show_round(overview.round_of(page.ws, notice.id, 2))
    assert _titles(page) == ["第二轮已封存"]
    assert page.rows[0].focusPolicy() == Qt.FocusPolicy.NoFocus
    for button in (page.missing.call, page.missing.extend, page.missing.exempt):
        assert not button.isEnabled()
        assert "已封存" in button.toolTip()
    page.missing.ask_call()
    assert not page.ask_line.isVisible()


def test_when_all_is_accepted_the_next_step_is_named(page: TodayPage) -> None:
    assert page.round is not None
    for unit in _expected(page):
        deadlines.exempt(page.ws, expected_return_id=unit, reason="演示")
    for status in (Status.TO_REVIEW, Status.SENT_BACK):
        for unit in _expected(page, status):
            returns.review(page.ws, expected_return_id=unit, decision=ReturnState.ACCEPTED)
    page.reload(returns.RETURNS)
    assert _titles(page)[0] == "全部 25 家都已通过"
    asked = _told(page.page_asked)
    page.rows[0].click()
    assert asked == ["汇总" if "汇总" in NAMES else "导出"]
    assert page.missing.nothing.isVisible()
    assert not page.missing.open.isEnabled()


def test_held_returns_and_staged_files_are_rows(page: TodayPage) -> None:
    assert page.round is not None
    held = _expected(page, Status.TO_REVIEW)[0]
    returns.review(page.ws, expected_return_id=held, decision=ReturnState.ON_HOLD)
    receiving.stage(page.ws, receiving.read_pasted("已印发方案。"), page.round)
    page.reload(returns.RETURNS)
    lists = _told(page.status_asked)
    _row(page, "处理 1 件存疑").click()
    assert lists == [Status.ON_HOLD]
    assert _row(page, "处理收件箱里的 1 个文件").todo.verb == "去收件"


def test_a_hidden_page_reads_when_it_is_shown_again(page: TodayPage) -> None:
    page.hide()
    chasing.log_call(page.ws, expected_return_id=_expected(page)[0])
    page.reload(chasing.CHASED)
    assert _row(page, "催报").todo.detail == "都还没有催过"
    page.show()
    assert _row(page, "催报").todo.detail == "其中 1 家已经催过"


def test_the_keyboard_stays_on_its_row_when_the_words_change(page: TodayPage) -> None:
    page.activateWindow()
    _row(page, "审核").setFocus()
    chasing.log_call(page.ws, expected_return_id=_expected(page)[0])
    page.reload(chasing.CHASED)
    assert page.focusWidget() is _row(page, "审核")
    assert all(pane.focusPolicy() & Qt.FocusPolicy.TabFocus for pane in page.panes())


def test_every_word_of_the_line_is_about_what_is_asked(page: TodayPage) -> None:
    page.missing.table.select(_expected(page)[0])
    for what in What:
        page.ask(what, _expected(page)[0])
        assert page.ask_line.until.isVisible() == (what is What.EXTEND)
        assert page.ask_line.person.isVisible() == (what is What.CALL)
        assert page.ask_line.title.text().startswith("市商务局")


def test_the_letter_of_one_or_all_and_the_list_on_one_page(
    page: TodayPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters: list[ChasePapers] = []
    prints: list[PrintPaper] = []
    monkeypatch.setattr(ChasePapers, "show", lambda box: letters.append(box))
    monkeypatch.setattr(PrintPaper, "show", lambda box: prints.append(box))
    page.missing.letter.click()
    second = page.missing.table.ids()[1]
    page.missing.letter_asked.emit(second)
    assert [len(box.chosen()) for box in letters] == [19, 1]
    assert letters[1].chosen()[0].expected_return_id == second
    page.missing.print.click()
    [box] = prints
    assert (box.pages, box.paper.kind) == (1, PaperKind.MISSING_LIST)
    assert box.log.isHidden()


def test_units_sent_back_are_chased_in_their_own_list(page: TodayPage) -> None:
    [back] = _expected(page, Status.SENT_BACK)
    page.missing.which.group.button(BACK).click()
    assert page.missing.table.ids() == [back]
    assert page.missing.extend.isHidden()
    assert not page.missing.call.isHidden()
    page.missing.ask_call()
    page.ask_line.words.setText("今天补报")
    page.ask_line.agree.click()
    [owing] = chasing.sent_back(page.ws, page.round)
    assert owing.last is not None
    assert owing.last.promise == "今天补报"
    page.missing.mailed.emit(back)
    assert "需要补充完善" in QGuiApplication.clipboard().text()
    assert page.missing.chosen.text().startswith("邮件正文已复制")


def test_many_units_are_read_by_the_page(
    qtbot: QtBot, page: TodayPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, missing = page.missing.table, page.missing
    whole, first = table.ids(), missing.current()
    monkeypatch.setattr(today_rows, "LONG", 2)
    monkeypatch.setattr(PagedRows, "PAGE", 4)
    page.reload(Changes(returns=True))
    model = missing.models[MISSING]
    assert model.paged
    assert table.ids() == whole
    assert missing.current() == first
    for column in range(1, len(model.columns)):
        table.horizontalHeader().setSortIndicator(column, Qt.SortOrder.DescendingOrder)
        assert sorted(table.ids()) == sorted(whole)
    table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert table.ids() == whole
    table.select(whole[-1])
    chasing.log_call(page.ws, expected_return_id=whole[-1])
    page.reload(Changes(returns=True))
    current = missing.current()
    assert current is not None
    assert (current.id, current.expected.chases) == (whole[-1], 1)
