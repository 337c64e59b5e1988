"""Doubts answered later, the plan edited, next year's notice: real clicks in the window."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit

from hs_credit_desktop.domain.aligning import Fate
from hs_credit_desktop.domain.notice import DoubtKind
from hs_credit_desktop.services import find, integrity, next_year, overview
from hs_credit_desktop.services.notices import read_pasted
from hs_credit_desktop.ui import finding, messages
from hs_credit_desktop.ui.commands import all_commands, notice
from hs_credit_desktop.ui.commands import undo as undo_command
from hs_credit_desktop.ui.dialogs.checkup import CheckupWindow
from hs_credit_desktop.ui.dialogs.source_text import SourceTextWindow
from hs_credit_desktop.ui.dialogs.workbox import present
from hs_credit_desktop.ui.models.roles import Role
from hs_credit_desktop.ui.pages.doubts_saved import SavedDoubtsBox
from hs_credit_desktop.ui.pages.editing_desk import EditingBox
from hs_credit_desktop.ui.pages.next_year import NextYearBox
from hs_credit_desktop.ui.widgets.todo import TodoRow
from tests.services.test_next_year import next_paper

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from hs_credit_desktop.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


def figures(window: MainWindow) -> tuple[int, int]:
    assert window.ws is not None
    assert window.round is not None
    found = overview.figures(window.ws, window.round)
    return found.expected, found.entries_expected


def editing(window: MainWindow, node_id: str = "") -> EditingBox:
    notice.edit(window, node_id)
    return window.findChildren(EditingBox)[-1]


def type_unit(box: EditingBox, name: str) -> None:
    """Into the cell that is open for typing, as the keyboard would."""
    box.measure_form.add_button.click()
    duties = box.measure_form.duties
    editor = duties.indexWidget(duties.currentIndex())
    assert isinstance(editor, QLineEdit)
    editor.setText(name)


def go_to(box: SavedDoubtsBox, kind: DoubtKind) -> None:
    kinds = [item.doubt.kind for item in box._book.doubts]
    box.desk.list.setCurrentRow(kinds.index(kind))


def test_today_leads_to_the_desk(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("今日")
    assert window.page is not None
    [row] = [row for row in window.page.findChildren(TodoRow) if "疑点" in row.todo.title]
    row.click()
    [box] = window.findChildren(SavedDoubtsBox)
    assert box.isVisible()
    assert box._book.doubts[box.desk.at].answer is None


def test_a_chip_leads_to_its_doubt_and_the_answer_into_the_ledger(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_page("任务")
    page = window.page
    tree = page.tree.tree
    tree.expandAll()
    model = tree.model()
    chips = [
        model.index(row, 0, model.index(top, 0))
        for top in range(model.rowCount())
        for row in range(model.rowCount(model.index(top, 0)))
        if model.index(row, 0, model.index(top, 0)).data(Role.CHIP)
    ]
    vague = next(index for index in chips if "待定" in index.data(Role.CHIP).text)
    tree.scrollTo(vague)
    rect = tree.visualRect(vague)
    spot = QPoint(rect.right() - 80, rect.center().y())
    qtbot.mouseClick(tree.viewport(), LEFT, pos=spot)
    [box] = window.findChildren(SavedDoubtsBox)
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    assert box._book.doubts[box.desk.at].measure_id == vague.data(Role.ID)
    go_to(box, DoubtKind.VAGUE_GROUP)
    box.desk.card.members.setText("市公安局、市残联")
    box.desk.card.members.textEdited.emit("市公安局、市残联")
    qtbot.keyClick(box.desk.card.group.button(1), Qt.Key.Key_Return)
    assert "第二轮：+2 条" in box.ask.ticks[0][1].text()
    assert figures(window) == (44, 267)
    qtbot.mouseClick(box.ask.yes, LEFT)
    assert figures(window) == (45, 269)
    assert box.desk.list.item(4).data(Qt.ItemDataRole.UserRole).state == "已决定"
    qtbot.keyClick(box, Qt.Key.Key_Z, CONTROL)
    assert figures(window) == (44, 267)
    qtbot.keyClick(box, Qt.Key.Key_Y, CONTROL)
    assert figures(window) == (45, 269)
    go_to(box, DoubtKind.VAGUE_GROUP)
    box.desk.card.confirm()
    assert "已经核对过" in box.error.text
    assert window.ws is not None
    assert integrity.check(window.ws) == []


def test_declining_changes_nothing(qtbot: QtBot, window: MainWindow) -> None:
    notice.doubts(window)
    [box] = window.findChildren(SavedDoubtsBox)
    go_to(box, DoubtKind.UNIT_SPELLING)
    box.desk.card.typed.setText("国家金融监督管理总局黄石监管分局")
    box.desk.card._typing()
    box.desk.card.confirm()
    assert box.asking
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.asking
    assert box.isVisible()
    assert box.said.text() != ""
    assert window.ws is not None
    assert window.ws.undo_stack == []
    qtbot.mouseClick(box.report, LEFT)
    [shown] = box.findChildren(CheckupWindow)
    assert "共" in shown.preview.subtitle.text()
    shown.close()
    box.desk.card.undone.emit()
    assert "没有可以撤销" in box.error.text


def test_a_measure_is_edited_by_hand(qtbot: QtBot, window: MainWindow) -> None:
    box = editing(window)
    measure = box._pillars[0].measures[1]
    box.select(measure.id)
    form = box.measure_form
    form.title.setText("开展诚信监测")
    type_unit(box, "市残联")
    form.duties.shift(-1)
    form.duties.shift(5)
    qtbot.mouseClick(box.save_button, LEFT)
    [(_, tick)] = box.ask.ticks
    assert "+1 条" in tick.text()
    tick.setChecked(False)
    qtbot.mouseClick(box.ask.yes, LEFT)
    assert box.measure is not None
    assert box.measure.title == "开展诚信监测"
    assert figures(window) == (44, 267)
    box.undo()
    assert box.measure is not None
    assert box.measure.title == measure.title
    form.duties.setCurrentCell(0, 0)
    form.duties.take_off()
    box.save()
    assert "保留并照常统计" in box.ask.ticks[0][1].text()
    box.ask.no.click()
    assert form.duties.rowCount() == len(measure.responsibilities)
    type_unit(box, "市残联会")
    box.save()
    noted = [box.ask._list.itemAt(n).widget() for n in range(box.ask._list.count())]
    assert "不在单位名册里" in noted[0].text()
    box.ask.no.click()
    form.title.setText("")
    box.save()
    assert "没有标题" in box.error.text


def test_moving_splitting_and_switching_off(qtbot: QtBot, window: MainWindow) -> None:
    box = editing(window)
    first, second = box._pillars[0].measures[:2]
    box.select(second.id)
    box.step_measure(-1)
    assert [m.id for m in box._pillars[0].measures[:2]] == [second.id, first.id]
    box.step_measure(-1)
    assert [m.id for m in box._pillars[0].measures[:2]] == [second.id, first.id]
    box.step_measure(1)
    assert [m.id for m in box._pillars[0].measures[:2]] == [first.id, second.id]
    box.measure_form.moved.emit(box._pillars[1].id)
    assert box._pillars[1].measures[-1].id == second.id
    box.undo()
    box.split()
    assert "光标" in box.error.text
    cursor = box.measure_form.body.textCursor()
    cursor.setPosition(second.body.index("。") + 1)
    box.measure_form.body.setTextCursor(cursor)
    qtbot.mouseClick(box.split_button, LEFT)
    qtbot.mouseClick(box.ask.yes, LEFT)
    assert len(box._pillars[0].measures) == 4
    assert box._pillars[0].measures[2].number == 25
    box.select(second.id)
    qtbot.mouseClick(box.off_button, LEFT)
    qtbot.mouseClick(box.ask.yes, LEFT)
    assert box.measure is not None
    assert not box.measure.active
    assert "（已停用）" in box.tree.currentItem().text(0)
    assert window.ws is not None
    assert window.round is not None
    shown = [n.measure for p in overview.tree(window.ws, window.round) for n in p.measures]
    assert second.id in {item.id for item in shown if not item.active}
    assert box.off_button.text().startswith("恢复使用")
    qtbot.mouseClick(box.off_button, LEFT)
    qtbot.mouseClick(box.ask.yes, LEFT) if box.asking else None
    assert box.measure.active
    assert integrity.check(window.ws) == []


def test_pillars_and_rounds(qtbot: QtBot, window: MainWindow) -> None:
    box = editing(window)
    qtbot.mouseClick(box.add_pillar_button, LEFT)
    assert box.pillar is not None
    box.pillar_form.title.setText("加强宣传")
    qtbot.mouseClick(box.save_button, LEFT)
    assert box.pillar.title == "加强宣传"
    qtbot.mouseClick(box.add_measure_button, LEFT)
    form = box.measure_form
    form.title.setText("办好宣传周")
    form.deadline.setText("9月底前")
    type_unit(box, "市教育局")
    qtbot.keyClick(form.duties, Qt.Key.Key_Space)
    assert form.duties.duties()[0].role.label == "牵头"
    for _ in range(2):
        form.duties.cellClicked.emit(0, 1)
    box.save()
    box.ask.yes.click()
    assert [m.title for m in box._pillars[-1].measures] == ["办好宣传周"]
    assert figures(window)[1] == 268
    qtbot.mouseClick(box.add_round_button, LEFT)
    assert box.round_form.name.text() == "第三轮"
    box.save()
    assert "没有截止日期" in box.error.text
    qtbot.keyClicks(box.round_form.due.edit, "2025-01-10")
    box.save()
    assert [item.due_on for item in box._rounds][-1] == date(2025, 1, 10)
    assert window.header.selector.menu().actions()[-1].text().startswith("第三轮")
    box.select(box._rounds[-1].id)
    box.round_form.name.setText("补报轮")
    box.save()
    assert box._rounds[-1].name == "补报轮"
    window.show_round(box._rounds[-1].id)
    box.undo()
    box.undo()
    assert len(box._rounds) == 2
    assert window.round is not None
    assert window.round.number == 2
    box.select(box._pillars[0].id)
    qtbot.mouseClick(box.off_button, LEFT)
    box.ask.no.click()
    assert box._pillars[0].active


def test_the_place_in_the_paper(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile()).name)
    )
    box = editing(window)
    box.select(box._pillars[0].measures[0].id)
    qtbot.mouseClick(box.text_button, LEFT)
    [paper] = box.findChildren(SourceTextWindow)
    assert "原文第" in paper.where.text()
    assert "不一致" not in paper.where.text()
    qtbot.mouseClick(paper.open_button, LEFT)
    assert opened == ["huangshi-2024-1.txt"]
    assert window.ws is not None
    for kept in window.ws.folder.files.rglob("*"):
        if kept.is_file():
            kept.unlink()
    qtbot.mouseClick(paper.open_button, LEFT)
    assert "打不开" in paper.where.text()
    paper.close()
    with window.ws.change("试", "", {}):
        window.ws.ledger.execute(
            "UPDATE measures SET place_sha256 = 'x', place_line = 0 WHERE number = 3"
        )
        window.ws.ledger.execute("UPDATE measures SET place_sha256 = 'x' WHERE number = 2")
    box.reload()
    for number, said in ((1, "不一致"), (2, "手工增加")):
        box.select(box._pillars[0].measures[number].id)
        box.show_text()
        assert said in box.findChildren(SourceTextWindow)[-1].where.text()
    window.show_page("任务")
    menu = window.page.plan_doors.menu(window.page.tree.tree.model().index(0, 0))
    menu.actions()[-1].trigger()
    assert window.findChildren(EditingBox)[-1].pillar is not None


def test_next_year_in_the_window(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "新通知.txt"
    file.write_text(next_paper(), encoding="utf-8")
    monkeypatch.setattr(messages, "open_file", lambda *_: file)
    command = next(item for item in all_commands() if item.name == "导入下一份通知…")
    command.run(window)
    [box] = window.findChildren(NextYearBox)
    assert box.confirm.agree_button.text().startswith("对照上一份")
    qtbot.mouseClick(box.confirm.agree_button, LEFT)
    rows = [box.review.list.item(n).text() for n in range(box.review.list.count())]
    assert sum(row.startswith(Fate.NEW.label) for row in rows) == 1
    assert rows[-1].startswith("不再列入　原（五）")
    box.review.list.setCurrentRow(9)
    box.review.other.setCurrentIndex(5)
    box.review.other.activated.emit(5)
    assert box._found.pairs[9] == 4
    box.back_button.click()
    qtbot.mouseClick(box.confirm.agree_button, LEFT)
    assert box._found.pairs[9] == 4
    for row in (0, 9):
        box.review.list.setCurrentRow(row)
        box.review._ask_text()
    assert len(box.findChildren(SourceTextWindow)) == 2
    box.review.other.setCurrentIndex(0)
    box.review.other.activated.emit(0)
    box.review.list.setCurrentRow(box.review.list.count() - 1)
    assert not box.review.other.isEnabled()
    box.review._ask_text()
    qtbot.mouseClick(box.write_button, LEFT)
    assert window.round is not None
    assert window.round.due_on == date(2025, 8, 30)
    assert "黄信用办〔2025〕3号" in window.windowTitle()
    names = [action.text() for action in window.header.selector.menu().actions() if action.text()]
    assert names[0] == "黄信用办〔2025〕3号"
    assert len(names) == 6
    assert window.ws is not None
    last = overview.rounds_by_notice(window.ws)[1]
    window.show_round(last[1][1].id)
    assert "黄信用办〔2024〕1号" in window.windowTitle()
    assert figures(window) == (44, 267)
    new = next(
        hit for hit in find.find(window.ws, "探索跨区域评价结果互认") if hit.kind == "measure"
    )
    finding.open_hit(window, new)  # a measure of the other notice shows its round
    assert window.round.due_on == date(2025, 8, 30)
    undo_command.undo(window)
    assert "黄信用办〔2024〕1号" in window.windowTitle()
    assert len(overview.rounds_by_notice(window.ws)) == 1
    assert figures(window) == (44, 267)


def test_an_older_window_gives_way_and_a_draft_is_checked(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.ws is not None
    source = read_pasted(next_paper(), next_year.known(window.ws))
    present(window, NextYearBox, source)
    box = present(window, NextYearBox, source)
    assert window.findChildren(NextYearBox) == [box]
    box.confirm.returned.emit()
    assert not box.isVisible()
    file = tmp_path / "稿.txt"
    file.write_text(next_paper(), encoding="utf-8")
    monkeypatch.setattr(messages, "open_file", lambda *_: file)
    command = next(item for item in all_commands() if item.name == "发文前体检…")
    command.run(window)
    [shown] = window.findChildren(CheckupWindow)
    shown.close()
