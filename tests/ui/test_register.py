"""单位名册: found by pinyin, previews in place, contacts pasted, every number a list."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from hs_credit_desktop.services import (
    forms,
    overview,
    register_contacts,
    register_names,
    register_units,
)
from hs_credit_desktop.services.register_contacts import LineState
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.commands import named
from hs_credit_desktop.ui.dialogs.register import CHANGE, FORM, PASTE, RegisterWindow
from hs_credit_desktop.ui.dialogs.register_change import Change
from hs_credit_desktop.ui.dialogs.register_list import WITHOUT
from hs_credit_desktop.ui.dialogs.register_pieces import ID
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.models.register import ALIAS_COLUMNS, UNIT_COLUMNS
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.widgets.basics import LinkButton


@pytest.fixture
def box(window: MainWindow) -> RegisterWindow:
    named("单位名册…").run(window)
    [made] = window.findChildren(RegisterWindow)
    return made


def _names(box: RegisterWindow) -> list[str]:
    return [row.unit.canonical_name for row in box.list.model.rows]


def _show(box: RegisterWindow, name: str) -> None:
    box.list.select(
        next(r.id for r in register_units.rows(box.ws) if r.unit.canonical_name == name)
    )


def test_the_list_is_filtered_by_initials_and_numbers_are_lists(box: RegisterWindow) -> None:
    assert len(_names(box)) == 44
    QTest.keyClicks(box.list.filter, "sfgw")
    assert _names(box) == ["市发改委"]
    assert box.name.text() == "市发改委"
    box.list.numbers[WITHOUT].click()
    assert box.list.filter.text() == ""
    assert str(len(_names(box))) == box.list.numbers[WITHOUT].number


def test_it_is_opened_once(window: MainWindow, box: RegisterWindow) -> None:
    named("单位名册…").run(window)
    window.show_page("设置")
    assert window.page is not None
    links = window.page.findChildren(LinkButton)
    next(link for link in links if link.accessibleName() == "单位名册…").click()
    assert window.findChildren(RegisterWindow) == [box]


def test_rows_are_sound(qtmodeltester: object, box: RegisterWindow) -> None:
    qtmodeltester.check(box.list.model)  # type: ignore[attr-defined]
    assert {column.head for column in UNIT_COLUMNS} == {"顺序", "单位", "类别", "联系人"}
    assert isinstance(box.tabs[1].model, RowsModel)
    assert len(ALIAS_COLUMNS) == 3


def test_enter_in_a_field_presses_no_button(box: RegisterWindow) -> None:
    assert not any(button.autoDefault() for button in box.findChildren(QPushButton))


def test_particulars_are_saved(box: RegisterWindow) -> None:
    _show(box, "市财政局")
    tab = box.tabs[0]
    tab.short.setText("财政局")
    tab.initials.setText("九")
    tab.save_button.click()
    assert "有别的字符" in tab.error.text
    tab.initials.setText("czj")
    tab.save_button.click()
    assert tab.error.text == ""
    assert box.unit is not None
    assert (box.unit.short_name, box.unit.initials) == ("财政局", "czj")


def test_the_format_of_its_forms_is_saved_and_taken_back_to_automatic(box: RegisterWindow) -> None:
    _show(box, "市财政局")
    tab, who = box.tabs[0], box.unit
    assert who is not None
    words = [tab.format.itemText(at) for at in range(tab.format.count())]
    assert words == ["按条数自动", "Excel", "Word", "纸质 PDF"]
    tab.format.setCurrentIndex(2)
    tab.save_button.click()
    assert forms.preferred(box.ws) == {who.id: "docx"}
    _show(box, "市教育局")
    assert tab.format.currentText() == "按条数自动"
    _show(box, "市财政局")
    assert tab.format.currentText() == "Word"
    tab.format.setCurrentIndex(0)
    tab.save_button.click()
    assert forms.preferred(box.ws) == {}


def test_order_by_buttons_and_by_number(box: RegisterWindow) -> None:
    before = _names(box)
    _show(box, before[2])
    box.tabs[0].up.click()
    assert _names(box)[1] == before[2]
    assert box.tabs[0].place.text() == "2"
    box.tabs[0].down.click()
    assert _names(box) == before
    box.tabs[0].place.setText("44")
    QTest.keyClick(box.tabs[0].place, Qt.Key.Key_Return)
    assert _names(box)[-1] == before[2]
    assert box.unit is not None
    round_ = overview.rounds(box.ws, overview.notice(box.ws).id)[1]
    box.tabs[0].follow_button.click()
    assert overview.expected_returns(box.ws, round_)[-1].unit_name == before[2]


def test_a_rename_shows_what_it_touches_first(box: RegisterWindow) -> None:
    _show(box, "市财政局")
    box.ask(Change.RENAME)
    panel = box.change
    assert box.right.currentIndex() == CHANGE
    assert not panel.sure.isEnabled()
    assert panel.error.text == ""
    panel.name.setText("市发改委")
    assert "名册里已有" in panel.error.text
    assert not panel.sure.isEnabled()
    panel.name.setText("市财政国资局")
    kept = panel.preview.numbers[2]
    kept.click()
    assert str(panel.preview.list.count()) == kept.number == "1"
    assert "第一轮" in panel.preview.list.item(0).text()
    [tick] = panel.preview.ticks.values()
    tick.setChecked(True)
    panel.on.edit.setText("2024-11-01")
    [tick] = panel.preview.ticks.values()
    assert tick.isChecked()
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert box.right.currentIndex() == FORM
    assert box.name.text() == "市财政国资局"
    rounds = {p.round.number: p.unit_name for p in register_units.places(box.ws, box.unit.id)}
    assert rounds == {1: "市财政局", 2: "市财政国资局"}
    box.undo()
    assert box.name.text() == "市财政局"


def test_a_unit_just_renamed_stays_in_sight(box: RegisterWindow) -> None:
    QTest.keyClicks(box.list.filter, "sczj")
    box.ask(Change.RENAME)
    box.change.name.setText("市国资局")
    box.change.do()
    assert _names(box) == ["市国资局"]
    assert box.name.text() == "市国资局"
    QTest.keyClicks(box.list.filter, "x")
    assert _names(box) == []


def test_a_day_to_come_is_refused_in_place(box: RegisterWindow) -> None:
    box.ask(Change.RENAME)
    box.change.name.setText("新的名称")
    box.change.on.edit.setText("2030-01-01")
    assert "之后" in box.change.error.text
    box.change.on.edit.setText("胡写")
    box.change.do()
    assert box.right.currentIndex() == CHANGE
    assert "没有看懂" in box.change.on.error.text


def test_a_merger_finds_the_other_unit_with_its_reason(box: RegisterWindow) -> None:
    _show(box, "市财政局")
    box.ask(Change.MERGE)
    box.change.other.edit.setText("黄石市税务局")
    first = box.change.other.list.item(0)
    assert first.text() == "市税务局　只比“市税务局”多或少一个地名"
    box.change.do()
    assert box.right.currentIndex() == FORM
    row = box.list.row_of(
        next(r.id for r in box.list.model.rows if "财政" in r.unit.canonical_name)
    )
    assert row.became == "2024-11-29 并入市税务局"
    box.list.select(row.id)
    assert not box.buttons[Change.RENAME].isEnabled()
    box.turn_off()
    assert box.list.row_of(row.id).unit.active


def test_arrows_move_in_the_candidates_while_typing(box: RegisterWindow) -> None:
    box.ask(Change.MERGE)
    finder = box.change.other
    finder.edit.setText("市")
    QTest.keyClick(finder.edit, Qt.Key.Key_Down)
    assert finder.list.currentRow() == 1
    assert finder.unit_id == finder.list.item(1).data(ID)
    QTest.keyClick(finder.edit, Qt.Key.Key_Up)
    assert finder.list.currentRow() == 0


def test_a_split_takes_the_measures_that_are_ticked(box: RegisterWindow) -> None:
    _show(box, "市财政局")
    box.ask(Change.SPLIT)
    box.change.name.setText("市政府采购中心")
    assert "没有选" in box.change.error.text
    first = box.change.measures.visualItemRect(box.change.measures.item(0))
    spot = QPoint(first.left() + 12, first.center().y())  # where the box is drawn
    QTest.mouseClick(
        box.change.measures.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0), spot
    )
    assert box.change.measures.item(0).checkState() is Qt.CheckState.Checked
    assert box.change.sure.isEnabled()
    box.change.do()
    assert "市政府采购中心" in _names(box)


def test_a_pair_is_kept_apart_and_again_not(box: RegisterWindow) -> None:
    _show(box, "市财政局")
    box.ask(Change.APART)
    QTest.keyClicks(box.change.other.edit, "ssw")
    box.change.do()
    names = box.tabs[1]
    assert names.apart.count() == 1
    names.again.click()
    assert names.apart.count() == 0


def test_a_new_unit_and_out_of_use(box: RegisterWindow) -> None:
    box.ask(Change.ADD)
    assert not box.change.sure.isEnabled()
    box.change.name.setText("阳新海关")
    assert box.change.kind.currentText() == "垂管"
    box.change.do()
    assert _names(box)[-1] == "阳新海关"
    _show(box, "阳新海关")
    box.turn_off()
    box.change.do()
    assert box.buttons[Change.DEACTIVATE].accessibleName() == "恢复使用"
    assert box.chip.text == "已停用"


def test_deleting_asks_only_where_it_can_be_done(
    box: RegisterWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def yes(_parent: object, what: str, *_: object) -> bool:
        asked.append(what)
        return True

    monkeypatch.setattr(messages, "ask", yes)
    _show(box, "市财政局")
    box.delete()
    assert asked == []
    assert box.error.text.startswith("市财政局有历史记录，不能删除。它在第一轮报送过")
    register_names.add(box.ws, name="市气象局", kind=box.unit.kind)
    box.reload()
    _show(box, "市气象局")
    assert box.error.text == ""
    box.delete()
    assert asked == ["删除“市气象局”"]
    assert "市气象局" not in _names(box)


def test_names_with_their_days(box: RegisterWindow) -> None:
    _show(box, "市财政局")
    tab = box.tabs[1]
    tab.name.setText("市财税局")
    tab.until.edit.setText("2018-06-01")
    tab.add()
    [row] = tab.model.rows
    assert (row.alias.name, row.alias.period) == ("市财税局", "2018-06-01 前")
    tab.name.setText("市发改委")
    tab.add()
    assert "名册里已有" in tab.error.text
    tab.table.select(row.id)
    tab.remove()
    assert tab.model.rows == ()


def test_contacts_one_by_one(box: RegisterWindow) -> None:
    _show(box, "市财政局")
    tab = box.tabs[2]
    tab.fields["name"].setText("甲某")
    tab.fields["phone"].setText("1234567")
    QTest.keyClick(tab.fields["phone"], Qt.Key.Key_Return)
    first = next(row for row in tab.model.rows if row.name == "甲某")
    tab.table.select(first.id)
    tab.fields["phone"].setText("7654321")
    tab.change()
    assert [(row.phone, row.active) for row in tab.model.rows if row.name == "甲某"] == [
        ("7654321", True),
        ("1234567", False),
    ]
    tab.table.select(tab.model.rows[0].id)
    tab.end()
    assert not any(row.active for row in tab.model.rows if row.name == "甲某")


def test_groups_are_joined_and_left(box: RegisterWindow) -> None:
    _show(box, "大冶市")
    tab = box.tabs[3]
    [row] = tab.model.rows
    assert (row.group, row.period) == ("各县（市、区）人民政府", "一直是成员")
    assert not tab.join_button.isEnabled()
    tab.leave()
    assert tab.model.rows[0].period == "2024-11-29 退出"
    tab.on.set_date(date(2024, 11, 1))
    tab.join()
    assert tab.model.rows[0].period == "2024-11-01 起"
    tab.fresh.setText("各园区管委会")
    tab.make()
    assert tab.group.currentText() == "各园区管委会"
    tab.join()
    assert [row.group for row in tab.model.rows] == ["各县（市、区）人民政府", "各园区管委会"]


def test_rows_of_tasks_are_doors(window: MainWindow, box: RegisterWindow) -> None:
    _show(box, "市财政局")
    box.show_tab(4)
    tab = box.tabs[4]
    assert str(len(tab.model.rows)) in tab.head.text()
    tab.table.opened.emit(tab.model.rows[0].id)
    assert window.rail.item("任务").isChecked()
    assert window.round is not None
    other = next(row for row in tab.round_model.rows if row.place.round.id != window.round.id)
    tab.rounds.opened.emit(other.id)
    assert window.round.id == other.place.round.id


TABLE = "市财政局\t甲某\t1234567\n黄石市财政局\t乙某\n市气象局\t丙某\n\t丁某\n"


def test_a_pasted_table_is_previewed_asked_about_and_written(box: RegisterWindow) -> None:
    QGuiApplication.clipboard().setText(TABLE)
    box.start_paste()
    panel = box.paste
    assert box.right.currentIndex() == PASTE
    assert {state: link.number for state, link in panel.numbers.items()} == {
        LineState.NEW: "1",
        LineState.CHANGED: "0",
        LineState.SAME: "0",
        LineState.ASK: "2",
        LineState.WRONG: "1",
    }
    assert panel.sure.accessibleName() == "登记 1 行"
    assert panel.ask.isVisible()
    assert panel.finder.list.item(0).text().startswith("市财政局　")
    QTest.keyClick(panel.finder.edit, Qt.Key.Key_Return)
    assert panel.numbers[LineState.NEW].number == "2"
    panel.show_only(LineState.WRONG)
    assert [row.line.name for row in panel.model.rows] == ["丁某"]
    panel.show_only(LineState.WRONG)
    assert len(panel.model.rows) == 4
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert box.right.currentIndex() == FORM
    _show(box, "市财政局")
    assert {row.name for row in box.tabs[2].model.rows if row.active} >= {"甲某", "乙某"}
    box.copy_contacts()
    copied = QGuiApplication.clipboard().text()
    assert copied == register_contacts.table(box.ws)


def test_escape_leaves_the_change_first(box: RegisterWindow) -> None:
    box.ask(Change.MERGE)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.right.currentIndex() == FORM
    assert box.isVisible()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()
