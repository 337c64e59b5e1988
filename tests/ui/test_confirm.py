"""The doubts desk: answers by mouse and keys, undo, rounds and leads, and what is then written."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.domain.notice import DoubtKind
from hs_credit_desktop.files import notice_source
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.doubt_names import ReadyAnswer
from hs_credit_desktop.services.notices import read_pasted
from hs_credit_desktop.store import notices, units
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.pages.confirm import DOUBTS, LEADS, ROUNDS, WRITE, ConfirmPane
from hs_credit_desktop.ui.pages.start import StartPage
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

if TYPE_CHECKING:
    from hs_credit_desktop.services.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton
FULL = "国家金融监督管理总局黄石监管分局"


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> StartPage:
    page = StartPage(
        tmp_path / "台账", system_clock(), Run(at_once=True), Preferences(tmp_path / "prefs")
    )
    qtbot.addWidget(page)
    page.resize(1294, 672)
    page.show()
    page.read_bundled()
    return page


@pytest.fixture
def pane(start: StartPage) -> ConfirmPane:
    assert start.confirm is not None
    return start.confirm


def look_at(pane: ConfirmPane, kind: DoubtKind) -> None:
    kinds = [doubt.kind for doubt in pane.notice.draft.doubts]
    pane.desk.list.setCurrentRow(kinds.index(kind))


def marked(pane: ConfirmPane) -> list[str]:
    found = pane.desk.paper.paper.extraSelections()
    return [each.cursor.selectedText() for each in found]


def choose(pane: ConfirmPane, words: str) -> None:
    radio = next(each for each in pane.desk.card.group.buttons() if each.text() == words)
    radio.setChecked(True)


def write(field: QLineEdit, words: str) -> None:
    """As an input method hands words over; Qt's test keys know Latin letters only."""
    field.insert(words)
    field.textEdited.emit(field.text())


def press(pane: ConfirmPane, key: str) -> None:
    """A shortcut of the desk; a window without a screen is never the active one."""
    [shortcut] = [each for each in pane.desk.findChildren(QShortcut) if each.key() == key]
    shortcut.activated.emit()


def test_the_prologue(qtbot: QtBot, start: StartPage, pane: ConfirmPane, tmp_path: Path) -> None:
    """From the paper to 44 returns and 267 entries, as the clerk does it."""
    desk = pane.desk
    assert (pane.pillars.number, pane.measures.number) == ("7", "24")
    assert "43 种写法，148 对" in pane.counts.text()
    assert desk.list.count() >= 8
    look_at(pane, DoubtKind.UNIT_SPELLING)
    assert len(marked(pane)) == 4
    desk.card.typed.setFocus()
    write(desk.card.typed, FULL)
    qtbot.mouseClick(desk.card.sure, LEFT)
    look_at(pane, DoubtKind.GROUP_SPELLING)
    assert desk.card.members.text().count("、") == 5
    qtbot.keyClick(desk.list, Qt.Key.Key_Return)
    assert "每轮应报 44 家 267 条" in pane.counts.text()
    look_at(pane, DoubtKind.VAGUE_GROUP)
    assert marked(pane) == ["市有关部门"]
    qtbot.mouseClick(desk.card.later, LEFT)
    look_at(pane, DoubtKind.SIMILAR_UNITS)
    qtbot.keyClick(desk.list, Qt.Key.Key_Return)
    assert not (tmp_path / "台账").exists()
    qtbot.mouseClick(pane.next_button, LEFT)
    assert "周六，是休息日：提醒提前到11月29日（周五），截止日期不变" in [
        row.said.text() for row in pane.rounds.rows
    ]
    qtbot.mouseClick(pane.rounds.sure, LEFT)
    qtbot.mouseClick(pane.leads.sure, LEFT)
    assert {row.chip.text for row in pane.leads.rows} == {"牵头"}
    assert pane.stepper.at == WRITE
    with qtbot.waitSignal(start.opened) as opened:
        qtbot.mouseClick(pane.agree_button, LEFT)
    ws: Workspace = opened.args[0]
    notice = overview.notice(ws)
    for number, due in ((1, date(2024, 8, 30)), (2, date(2024, 11, 30))):
        round_ = overview.round_of(ws, notice.id, number)
        figures = overview.figures(ws, round_)
        assert (figures.expected, figures.entries_expected, round_.due_on) == (44, 267, due)
    duties = ws.ledger.query("SELECT suggested FROM responsibilities")
    assert not any(row["suggested"] for row in duties)
    still_open = [item.doubt.kind for item in notices.open_doubts(ws.ledger, notice.id)]
    assert DoubtKind.VAGUE_GROUP in still_open
    assert DoubtKind.UNIT_SPELLING not in still_open
    assert FULL in {unit.canonical_name for unit in units.units(ws.ledger)}
    ws.close()


def test_undo_and_redo(qtbot: QtBot, pane: ConfirmPane) -> None:
    look_at(pane, DoubtKind.UNIT_SPELLING)
    choose(pane, "不是同一单位，分别保留")
    pane.desk.card.confirm()
    assert "每轮应报 46 家" in pane.counts.text()
    press(pane, "Ctrl+Z")
    assert "每轮应报 44 家" in pane.counts.text()
    assert pane.notice.decisions.answers == {}
    assert not pane.desk.card.undo.isEnabled()
    press(pane, "Ctrl+Y")
    assert "每轮应报 46 家" in pane.counts.text()
    qtbot.mouseClick(pane.desk.card.undo, LEFT)
    assert pane.notice.draft.doubts[pane.desk.at].kind is DoubtKind.UNIT_SPELLING
    pane.desk.undo()
    assert pane.notice.decisions.answers == {}


def test_keys_go_through_the_doubts(qtbot: QtBot, pane: ConfirmPane) -> None:
    desk = pane.desk
    assert desk.at == 0
    press(pane, "F8")
    assert desk.at == 1
    press(pane, "Shift+F8")
    press(pane, "Shift+F8")
    assert desk.at == len(pane.notice.draft.doubts) - 1
    desk.card.typed.setFocus()
    qtbot.keyClick(desk.card.typed, Qt.Key.Key_Return)
    assert pane.notice.decisions.answers == {}
    desk.step(1)
    assert desk.at == 0
    qtbot.keyClick(desk.list, Qt.Key.Key_Return)
    assert desk.at == 1
    desk.card.group.button(1).setFocus()
    qtbot.keyClick(desk.card.group.button(1), Qt.Key.Key_Return)
    assert set(pane.notice.decisions.answers) == {0, 1}
    assert pane.panes()[-1] is pane.agree_button


def test_tab_goes_from_the_list_to_the_answers(qtbot: QtBot, pane: ConfirmPane) -> None:
    for row in (0, 3):  # a card is filled anew for each doubt
        pane.desk.list.setCurrentRow(row)
        pane.desk.list.setFocus()
        qtbot.waitUntil(lambda: pane.desk.card.group.buttons()[0].isVisible())
        qtbot.keyClick(pane.desk.list, Qt.Key.Key_Tab)
        assert pane.focusWidget() in pane.desk.card.group.buttons()


def test_answers_that_cannot_be_taken_are_said(pane: ConfirmPane) -> None:
    desk = pane.desk
    look_at(pane, DoubtKind.SIMILAR_UNITS)
    choose(pane, "是同一单位，另写名称")
    desk.card.confirm()
    assert desk.card.error.text == "请先写出答案。"
    desk.card.typed.setText("甲、乙")
    desk.card.confirm()
    assert "可选" in desk.card.error.text
    look_at(pane, DoubtKind.VAGUE_GROUP)
    choose(pane, "指定成员单位")
    desk.card.confirm()
    assert "请写出成员单位" in desk.card.error.text
    assert pane.notice.decisions.answers == {}


def test_members_of_groups(qtbot: QtBot, pane: ConfirmPane) -> None:
    look_at(pane, DoubtKind.VAGUE_GROUP)
    write(pane.desk.card.members, "市公安局，市教育局")
    assert pane.desk.card.group.checkedId() == 1
    pane.desk.card.confirm()
    assert "每轮应报 44 家 269 条" in pane.counts.text()
    look_at(pane, DoubtKind.GROUP_SPELLING)
    pane.desk.card.members.setText("大冶市、阳新县")
    pane.desk.card.confirm()
    assert "每轮应报 40 家 173 条" in pane.counts.text()
    assert next(group.members for group in pane.notice.decided.groups) == ("大冶市", "阳新县")


def test_an_answer_can_be_taken_back(pane: ConfirmPane) -> None:
    look_at(pane, DoubtKind.BRACKET)
    place = pane.desk.at
    choose(pane, "名单有缺漏，需核对原件")
    pane.desk.card.confirm()
    assert f"余 {len(pane.notice.draft.doubts)} 条" in pane._open.text()
    pane.desk.list.setCurrentRow(place)
    choose(pane, "按完整的名单读取")
    pane.desk.card.confirm()
    assert f"余 {len(pane.notice.draft.doubts) - 1} 条" in pane._open.text()
    pane.desk.only_open.setChecked(True)
    assert pane.desk.list.count() == len(pane.notice.draft.doubts) - 1
    pane.desk.only_open.setChecked(False)
    pane.desk.list.setCurrentRow(place)
    pane.desk.put_off()
    assert pane.notice.decisions.answers == {}


def test_the_tree_shows_the_paper(qtbot: QtBot, pane: ConfirmPane) -> None:
    tree = pane.desk.tree.tree
    roots = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    assert [root.text(0) for root in roots][-2:] == ["通知本身", "没有采用的文字"]
    assert roots[-1].childCount() == len(pane.notice.draft.left_out)
    row = roots[0].child(1)
    tree.itemClicked.emit(row, 0)
    [words] = marked(pane)
    assert words.startswith("（二）开展诚信监测评价")
    tree.itemActivated.emit(roots[-1].child(0), 0)
    assert pane.desk.paper.paper.marked_line == pane.notice.draft.left_out[0][0]
    tree.itemActivated.emit(roots[0], 0)
    look_at(pane, DoubtKind.UNIT_SPELLING)
    before = pane.desk.paper.at
    qtbot.mouseClick(pane.desk.paper.on, LEFT)
    assert pane.desk.paper.at == (before + 1) % 4
    qtbot.mouseClick(pane.desk.paper.back, LEFT)
    assert pane.desk.paper.at == before


def test_another_paper_does_not_push_the_decisions_aside(
    start: StartPage, pane: ConfirmPane
) -> None:
    start.paste()
    start.choose_file()
    assert start.confirm is pane


def test_the_report_before_issuing(
    qtbot: QtBot, pane: ConfirmPane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.mouseClick(pane.report, LEFT)
    shown = pane.checkup
    assert shown.preview.subtitle.text().startswith("第 1 页，共")
    monkeypatch.setattr(messages, "choose_folder", lambda *_: tmp_path)
    qtbot.mouseClick(shown.save_button, LEFT)
    assert "单位写法不一" in notice_source.read(tmp_path / "发文前体检报告.docx").text
    assert (tmp_path / "发文前体检报告.pdf").exists()
    assert "已存到" in shown.said.text()
    monkeypatch.setattr(messages, "choose_folder", lambda *_: tmp_path / "发文前体检报告.pdf")
    shown.save_button.click()
    assert shown.error.text
    monkeypatch.setattr(messages, "choose_folder", lambda *_: None)
    shown.save_button.click()
    shown.close()
    assert not (tmp_path / "台账").exists()


def test_rounds_by_hand(qtbot: QtBot, pane: ConfirmPane) -> None:
    pane.go(ROUNDS)
    rounds = pane.rounds
    qtbot.mouseClick(rounds.more, LEFT)
    assert rounds.rows[2].name.text() == "第三轮"
    qtbot.mouseClick(rounds.sure, LEFT)
    assert "有一轮没有名称" in rounds.error.text
    rounds.rows[2].day.edit.setText("2024-11-30")
    qtbot.mouseClick(rounds.sure, LEFT)
    assert "截止日期相同" in rounds.error.text
    rounds.rows[2].day.edit.setText("2024-12-20")
    assert rounds.rows[2].said.text() == "周五"
    qtbot.mouseClick(rounds.rows[0].remove, LEFT)
    qtbot.mouseClick(rounds.sure, LEFT)
    assert [each.due_on for each in pane.notice.decided.rounds] == [
        date(2024, 11, 30),
        date(2024, 12, 20),
    ]
    assert pane.stepper.at == LEADS
    pane.desk.undo()
    assert [each.due_on.month for each in pane.notice.decided.rounds] == [8, 11]
    assert len(pane.rounds.rows) == 2


def test_another_lead(qtbot: QtBot, pane: ConfirmPane) -> None:
    pane.go(LEADS)
    first = pane.leads.rows[0].leads
    first.textActivated.emit("市法院")
    leads = [
        duty.unit
        for duty in pane.notice.decided.measures[0].responsibilities
        if duty.role == "lead"
    ]
    assert leads == ["市法院"]
    assert pane.leads.rows[0].chip.text == "牵头"
    assert pane.leads.rows[1].chip.text == "牵头（推定）"
    assert pane.leads.rows[0].leads.currentText() == "市法院"
    pane.back()
    assert pane.stepper.at == ROUNDS
    pane.go(WRITE)
    pane.back()
    assert pane.stepper.at == ROUNDS
    pane.back()
    assert pane.stepper.at == DOUBTS
    with qtbot.waitSignal(pane.returned):
        qtbot.mouseClick(pane.back_button, LEFT)


def test_a_notice_without_doubts(start: StartPage) -> None:
    words = (
        "关于印发任务分解的通知\n甲信办〔2024〕3号\n请于2024年8月30日前报送进展情况。\n一、总则\n"
        "（一）第一件事。认真去做。〔牵头单位：市法院；配合单位：市公安局〕\n"
        "（二）第二件事。认真去做。〔牵头单位：市公安局；配合单位：市法院〕\n"
        "甲市信用办\n2024年5月6日\n"
    )
    start._read(lambda: read_pasted(words))
    pane = start.confirm
    assert pane is not None
    assert pane.notice.draft.doubts == ()
    assert pane.desk.empty.isVisible()
    assert not pane.desk.card.isVisible()
    assert pane._open.text() == "疑点都核对完了"
    assert pane.leads.pane.subtitle.text() == "都已确认"
    pane.desk.step(1)


def test_one_answer_for_all_of_a_kind(qtbot: QtBot, pane: ConfirmPane) -> None:
    look_at(pane, DoubtKind.BRACKET)
    card = pane.desk.card
    assert card.all.isVisibleTo(card)
    assert card.all.accessibleName() == "同类 2 条都这样答复"
    before = pane.notice.decisions
    qtbot.mouseClick(card.all, LEFT)
    kinds = [doubt.kind for doubt in pane.notice.decided.doubts]
    assert DoubtKind.BRACKET not in kinds
    press(pane, "Ctrl+Z")
    assert pane.notice.decisions == before
    look_at(pane, DoubtKind.YEAR)
    assert not card.all.isVisibleTo(card)


def test_the_card_says_why_names_are_alike(pane: ConfirmPane) -> None:
    look_at(pane, DoubtKind.SIMILAR_UNITS)
    card = pane.desk.card
    assert card.reasons.text() == "“市自然资源和城乡建设局”用字与“市住建局”相近（70%）"
    look_at(pane, DoubtKind.WEEKEND)
    assert not card.reasons.isVisibleTo(card)


def test_a_name_the_paper_does_not_print_is_a_ready_answer(qtbot: QtBot, pane: ConfirmPane) -> None:
    look_at(pane, DoubtKind.UNIT_SPELLING)
    desk = pane.desk
    doubt = desk._draft.doubts[desk.at]
    ready = ReadyAnswer(
        FULL, doubt.names[0], "曾用名“黄石银保监分局”（2023-06-01 前）", offered=False
    )
    desk.card.show_doubt(doubt, None, (), (ready,))
    choose(pane, f"用“{FULL}”：{ready.words}")
    qtbot.mouseClick(desk.card.sure, LEFT)
    assert FULL in {unit.name for unit in pane.notice.decided.units}


def test_the_figures_of_the_head_open_what_they_count(qtbot: QtBot, pane: ConfirmPane) -> None:
    tree = pane.desk.tree.tree
    pillars = [tree.topLevelItem(number) for number in range(7)]
    pane.go(ROUNDS)
    qtbot.mouseClick(pane.pillars, LEFT)
    assert pane.stepper.at == DOUBTS
    assert not any(item.isExpanded() for item in pillars)
    qtbot.mouseClick(pane.measures, LEFT)
    assert all(item.isExpanded() for item in pillars)
    assert sum(item.childCount() for item in pillars) == 24
    assert not any(
        tree.topLevelItem(number).isExpanded() for number in range(7, tree.topLevelItemCount())
    )
