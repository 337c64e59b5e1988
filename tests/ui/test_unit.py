"""单位: the whole return of a unit on one page, typed from the first entry to the last."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.domain.returns import ExpectedReturn, ReturnState
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.services import (
    freezing,
    overview,
    register_contacts,
    reviewing,
    undo,
)
from hs_credit_desktop.services.workspace import Changes, Workspace, open_workspace
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.dialogs import register
from hs_credit_desktop.ui.drafts import Drafts
from hs_credit_desktop.ui.pages.tasks import TasksPage
from hs_credit_desktop.ui.pages.unit import UnitPage
from hs_credit_desktop.ui.pages.unit_list import Paper
from hs_credit_desktop.ui.pages.unit_strip import rooms
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

TEXT = "开展信用修复培训 3 期，覆盖企业 120 家。（演示）"
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Opened:
    """A shown page with what it stands on."""

    page: UnitPage
    ws: Workspace
    round: Round

    def named(self, name: str) -> str:
        """Expected return id of a unit."""
        return self._place(name).id

    def unit(self, name: str) -> str:
        """Id of a unit."""
        return self._place(name).unit_id

    def _place(self, name: str) -> ExpectedReturn:
        found = overview.expected_returns(self.ws, self.round)
        return next(item for item in found if item.unit_name == name)

    def type_progress(self, text: str) -> None:
        """Type at the keyboard's place in 进展情况."""
        self.page.form.parts["progress"].edit.insertPlainText(text)

    def titles(self) -> list[str]:
        """The measures of the rows from top to bottom."""
        return [strip.row.entry.measure_title for strip in self.page.sheet.strips]

    def open_title(self) -> str:
        """The measure that is open."""
        contents = self.page.form.contents
        return contents.detail.entry.measure_title if contents else ""


def _open(qtbot: QtBot, ws: Workspace, width: int = 1290) -> Opened:
    run = Run(at_once=True)
    page = UnitPage(ws, run, Preferences(ws.folder.root))
    qtbot.addWidget(page)
    run.changed.connect(page.reload)
    round_ = overview.round_of(ws, overview.notice(ws).id, 2)
    page.resize(width, 640)
    page.show()
    qtbot.waitExposed(page)
    page.show_round(round_)
    return Opened(page, ws, round_)


@pytest.fixture
def opened(qtbot: QtBot, practice_ws: Workspace) -> Opened:
    return _open(qtbot, practice_ws)


def test_the_list_has_every_unit_in_official_order(opened: Opened) -> None:
    model = opened.page.list.list.model()
    assert model.rowCount() == 44
    shown = [str(model.index(row, 0).data()) for row in range(44)]
    wanted = [item.unit_name for item in overview.expected_returns(opened.ws, opened.round)]
    assert [words.split(maxsplit=1)[1] for words in shown] == wanted
    assert shown[9].split() == ["10", wanted[9]]


@pytest.mark.parametrize("typed", ["sczj", "10", "财政"])
def test_a_unit_is_found_by_initials_number_or_name(
    qtbot: QtBot, opened: Opened, typed: str
) -> None:
    page = opened.page
    page.list.list.setFocus()
    for sign in typed if typed.isascii() else "":
        qtbot.keyClick(QApplication.focusWidget(), sign)
    if not typed.isascii():
        page.list.field.setText(typed)
        page.list.field.setFocus()
    qtbot.keyClick(page.list.field, Qt.Key.Key_Return)
    assert page.sheet.head_of_unit.name.text() == "市财政局"
    assert QApplication.focusWidget() is page.form.parts["progress"].edit
    assert page.list.field.text() == ""


def test_arrow_keys_choose_among_what_fits(qtbot: QtBot, opened: Opened) -> None:
    field = opened.page.list.field
    field.setFocus()
    field.setText("1")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(field, key)
    names = [item.unit_name for item in overview.expected_returns(opened.ws, opened.round)]
    assert opened.page.sheet.head_of_unit.name.text() == names[10]


def test_what_fits_nothing_says_so_and_esc_shows_all(qtbot: QtBot, opened: Opened) -> None:
    pane = opened.page.list
    pane.field.setText("没有这家")
    assert pane.nothing.isVisible()
    qtbot.keyClick(pane.field, Qt.Key.Key_Return)
    qtbot.keyClick(pane.field, Qt.Key.Key_Escape)
    assert pane.list.isVisible()
    assert pane.list.model().rowCount() == 44


def test_all_measures_stand_beneath_each_other_with_one_open(opened: Opened) -> None:
    page = opened.page
    page.list.select(opened.named("市财政局"))
    assert len(opened.titles()) == 7
    hidden = [strip for strip in page.sheet.strips if not strip.isVisible()]
    assert [strip.row.entry.measure_title for strip in hidden] == [opened.open_title()]
    head = page.sheet.head_of_unit
    assert head.lamp.text == "待审"
    assert head.filled.text() == "已填 7 条，共 7 条"
    assert not head.blank.isVisible()
    assert head.facts["version"].title.text == "第 1 版（当前）"


def test_ctrl_enter_saves_and_opens_the_next_measure_in_its_place(
    qtbot: QtBot, opened: Opened
) -> None:
    page = opened.page
    page.open_unit(opened.unit("市商务局"))
    first, second = page.sheet.strips[0].row.id, page.sheet.strips[1].row.id
    before = overview.figures(opened.ws, opened.round)
    assert opened.open_title() == opened.titles()[0]
    edit = page.form.parts["progress"].edit
    opened.type_progress(TEXT)
    qtbot.keyClick(edit, Qt.Key.Key_Return, CTRL)
    saved = overview.entry_detail(opened.ws, first)
    assert saved.entry.parts.progress == TEXT
    assert saved.expected.state is ReturnState.TO_REVIEW
    assert page.form.contents is not None
    assert page.form.contents.detail.entry.id == second
    assert QApplication.focusWidget() is edit
    assert edit.toPlainText() == ""
    assert page.form.hint.text().startswith("已保存")
    assert page.sheet.head_of_unit.blank.number == "7"
    assert page.sheet.strips[0].isVisible()
    assert TEXT in page.sheet.strips[0].accessibleName()
    assert overview.figures(opened.ws, opened.round).received == before.received + 1
    place = page.list.list.currentIndex()
    assert page.list.list.units.rows[place.row()].expected.covered == 1


def test_tab_goes_through_the_four_parts_and_on(qtbot: QtBot, opened: Opened) -> None:
    page = opened.page
    page.open_unit(opened.unit("市商务局"))
    seen = []
    for _ in range(4):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert seen == ["进展情况", "主要成效", "存在问题", "下一步打算"]
    assert QApplication.focusWidget() is page.form.completion


def test_other_units_by_key_keep_the_keyboard_typing(qtbot: QtBot, opened: Opened) -> None:
    page = opened.page
    page.open_unit(opened.unit("市商务局"))
    opened.type_progress("没有登记的话")
    edit = page.form.parts["progress"].edit
    qtbot.keyClick(edit, Qt.Key.Key_PageDown, CTRL)
    assert page.sheet.head_of_unit.name.text() == "市招商服务中心"
    assert QApplication.focusWidget() is edit
    qtbot.keyClick(edit, Qt.Key.Key_PageUp, CTRL)
    assert page.sheet.head_of_unit.name.text() == "市商务局"
    assert edit.toPlainText() == "没有登记的话"
    assert "草稿" in page.form.hint.text()
    page.list.select_first()
    page.step_unit(-1)
    assert page.form.hint.text() == "已经是第一家"


def test_rows_open_by_click_enter_and_arrows(qtbot: QtBot, opened: Opened) -> None:
    page = opened.page
    page.list.select(opened.named("市财政局"))
    titles, strips = opened.titles(), page.sheet.strips
    qtbot.mouseClick(strips[3], Qt.MouseButton.LeftButton)
    assert opened.open_title() == titles[3]
    strips[1].setFocus()
    qtbot.keyClick(strips[1], Qt.Key.Key_Down)
    qtbot.keyClick(strips[2], Qt.Key.Key_Return)
    assert opened.open_title() == titles[2]
    page.step(-1)
    assert opened.open_title() == titles[1]
    page.step(-1)
    page.step(-1)
    assert page.form.hint.text() == "已经是第一条"


def test_a_row_left_with_typed_words_says_it_is_a_draft(opened: Opened) -> None:
    page = opened.page
    page.open_unit(opened.unit("市商务局"))
    opened.type_progress(TEXT)
    page.step(1)
    assert "有草稿" in page.sheet.strips[0].accessibleName()
    page.step(-1)
    assert page.form.parts["progress"].text == TEXT


def test_the_number_of_blanks_leads_to_each_of_them(qtbot: QtBot, opened: Opened) -> None:
    page = opened.page
    page.list.select(opened.named("市商务局"))
    door = page.sheet.head_of_unit.blank
    seen = []
    for _ in range(8):
        qtbot.mouseClick(door, Qt.MouseButton.LeftButton)
        seen.append(opened.open_title())
    assert sorted(seen) == sorted(opened.titles())
    assert len(seen) == int(door.number)


def test_the_same_draft_stands_on_both_pages(qtbot: QtBot, opened: Opened) -> None:
    page = opened.page
    page.open_unit(opened.unit("市商务局"))
    entry_id = page.sheet.strips[0].row.id
    tasks = TasksPage(opened.ws, page.run, page.preferences)
    qtbot.addWidget(tasks)
    tasks.show()
    tasks.show_round(opened.round)
    tasks.open_entry(entry_id)
    tasks.hide()
    opened.type_progress(TEXT)
    page.reload(Changes(returns=True))
    tasks.reload(Changes(returns=True))
    assert page.form.parts["progress"].text == TEXT
    page.hide()
    tasks.show()
    assert tasks.form.parts["progress"].text == TEXT
    tasks.form.parts["progress"].edit.setPlainText("在任务页改的")
    tasks.hide()
    page.show()
    assert page.form.parts["progress"].text == "在任务页改的"


def test_another_round_keeps_the_unit(opened: Opened) -> None:
    page = opened.page
    page.list.select(opened.named("市财政局"))
    page.show_round(overview.round_of(opened.ws, opened.round.notice_id, 1))
    assert page.sheet.head_of_unit.name.text() == "市财政局"
    assert page.form.contents is not None
    assert page.form.contents.detail.entry.round_id != opened.round.id


def test_an_entry_of_a_search_opens_in_its_return(opened: Opened) -> None:
    page = opened.page
    found = overview.entries(opened.ws, opened.round)
    entry = [item for item in found if item.covered and len(item.parts.progress) > 9][-1]
    words = entry.parts.progress[2:6]
    page.list.field.setText("没有这家")
    page.open_entry(entry.id, words)
    assert opened.open_title() == entry.measure_title
    [mark, *_rest] = page.form.parts["progress"].edit.extraSelections()
    assert mark.cursor.selectedText() == words
    first = overview.round_of(opened.ws, opened.round.notice_id, 1)
    asked: list[str] = []
    page.round_asked.connect(lambda ref: (asked.append(ref), page.show_round(first)))
    page.open_entry(overview.entries(opened.ws, first)[5].id)
    assert asked == [first.id]


def test_an_unknown_unit_is_said(opened: Opened) -> None:
    said: list[str] = []
    opened.page.run.failed.connect(lambda what, _advice: said.append(what))
    opened.page.open_unit("nobody")
    assert said == ["这家单位不在本轮应报名单里"]


@pytest.mark.parametrize(("width", "columns"), [(978, 6), (892, 5)])
def test_results_and_problems_share_a_column_where_it_is_narrow(width: int, columns: int) -> None:
    made = rooms(width)
    assert len(made) == columns
    assert all(one.left + one.width <= two.left + 1 for one, two in pairwise(made))
    assert made[-1].left + made[-1].width <= width


def test_the_narrow_form_puts_problems_under_results(qtbot: QtBot, practice_ws: Workspace) -> None:
    page = _open(qtbot, practice_ws, 1190).page
    page.form.focus_progress()
    results, problems = page.form.parts["results"], page.form.parts["problems"]
    QApplication.processEvents()
    assert results.geometry().left() == problems.geometry().left()
    page.resize(1400, 640)
    QApplication.processEvents()
    assert results.geometry().top() == problems.geometry().top()


def test_the_wheel_changes_no_value(opened: Opened) -> None:
    form = opened.page.form
    for field in (form.completion, form.channel, form.received.edit, form.on_behalf):
        shown = form.draft()
        place = QPointF(5, 5)
        event = QWheelEvent(
            place,
            QPointF(field.mapToGlobal(QPoint(5, 5))),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, event)
        assert form.draft() == shown


def test_a_refresh_leaves_what_is_being_composed_alone(opened: Opened) -> None:
    page = opened.page
    page.open_unit(opened.unit("市商务局"))
    edit = page.form.parts["progress"].edit
    QApplication.sendEvent(edit, QInputMethodEvent("xin'yong", []))
    page.reload(Changes(returns=True, notice=True, settings=True, units=True))
    assert edit.textCursor().block().layout().preeditAreaText() == "xin'yong"
    assert QApplication.focusWidget() is edit


def test_files_dropped_on_the_open_entry_are_kept(opened: Opened, tmp_path: Path) -> None:
    page = opened.page
    proof = tmp_path / "名单.xlsx"
    proof.write_bytes(b"x")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(proof))])
    event = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.form.dropEvent(event)
    assert page.form.evidence.files.accessibleName() == "佐证材料 1 件"
    assert page.sheet.head_of_unit.facts["evidence"].title.text == "佐证材料 1 件"
    page.desk.undo()
    assert page.form.evidence.files.accessibleName() == "佐证材料 0 件"
    assert undo.next_redo(opened.ws).endswith("添加的佐证材料")


def test_files_dropped_on_a_row_open_it_with_its_evidence(opened: Opened, tmp_path: Path) -> None:
    page = opened.page
    page.list.select(opened.named("市财政局"))
    proof = tmp_path / "通报.pdf"
    proof.write_bytes(b"x")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(proof))])
    row = page.sheet.strips[4]
    event = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    row.dropEvent(event)
    assert opened.open_title() == row.row.entry.measure_title
    assert page.form.evidence.files.accessibleName() == "佐证材料 1 件"


def test_a_read_only_ledger_shows_everything_and_says_why(
    qtbot: QtBot, practice_folder: Path
) -> None:
    ws = open_workspace(practice_folder, system_clock(), read_only=True)
    page = _open(qtbot, ws).page
    assert page.form.locked.sentence.text() == "台账是只读打开的，只能查看。"
    assert page.form.parts["progress"].edit.isReadOnly()
    assert not page.form.foot.record.isEnabled()
    page.record_and_go_on()
    assert page.may_leave()
    ws.close()


def test_the_disk_that_refuses_drafts_is_said_before_leaving(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened.page
    page.open_unit(opened.unit("市商务局"))
    opened.type_progress(TEXT)
    monkeypatch.setattr(Drafts, "write", lambda _self: False)
    said: list[str] = []
    monkeypatch.setattr(messages, "ask", lambda _parent, what, *_rest: bool(said.append(what)))
    assert not page.may_leave()
    assert "草稿没有写进" in said[0]


def test_every_control_has_a_name(opened: Opened) -> None:
    page = opened.page
    page.list.select(opened.named("市财政局"))
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", lambda: "")())
    ]
    assert nameless == []


def test_stamped_copies_are_counted_listed_and_ticked_with_their_day(opened: Opened) -> None:
    page, panes = opened.page, opened.page.list
    doors, head = panes.doors, page.sheet.head_of_unit
    everyone = panes.list.count()
    assert [door.number for door in doors.values()] == [str(everyone), "0", str(everyone)]
    assert head.paper_day.isHidden()
    who = page.shown.expected.id if page.shown else ""
    head.paper.click()
    assert reviewing.paper_copies(opened.ws, opened.round) == {who: opened.ws.today}
    assert not head.paper_day.isHidden()
    head.paper_day.edit.setText("11-25")
    head.paper_day.edit.editingFinished.emit()
    assert reviewing.paper_copies(opened.ws, opened.round) == {who: date(2024, 11, 25)}
    assert doors[Paper.CAME].number == "1"
    doors[Paper.CAME].click()
    assert panes.list.count() == 1
    assert panes.subtitle.text() == "盖章件已收 1 家"
    doors[Paper.OPEN].click()
    assert panes.list.count() == everyone - 1
    page.list.select_first()
    assert page.shown is not None
    other = page.shown.expected.id
    head.paper.click()
    assert panes.list.count() == everyone - 2  # the list stays the one that was asked for
    assert page.shown.expected.id == other
    head.paper.click()
    assert panes.select(who)
    head.paper_day.edit.setText("12-25")
    head.paper_day.edit.editingFinished.emit()
    assert head.paper_day.date() == date(2024, 11, 25)  # a day to come is refused
    assert panes.list.count() == everyone
    head.paper.click()
    assert reviewing.paper_copies(opened.ws, opened.round) == {}
    doors[Paper.CAME].click()
    assert panes.nothing.isVisible()
    assert panes.nothing.fact.text() == "没有盖章件已收的单位"


def test_stamped_copies_of_a_frozen_round_cannot_be_ticked(opened: Opened) -> None:
    freezing.freeze(opened.ws, opened.round)
    opened.page.show_round(overview.rounds(opened.ws, opened.round.notice_id)[-1])
    head = opened.page.sheet.head_of_unit
    assert not head.paper.isEnabled()
    assert "已封存" in head.paper.toolTip()


def test_a_unit_without_contact_leads_to_the_register(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(register, "present", lambda _window, unit_id: seen.append(unit_id))
    head, page = opened.page.sheet.head_of_unit, opened.page
    assert page.shown is not None
    assert not page.shown.contacts
    assert not head.register.isHidden()
    head.register.click()
    assert seen == [page.shown.expected.unit_id]
    register_contacts.put(opened.ws, seen[0], name="甲某", phone="0000-1234567")
    page.reload(Changes(units=True))
    assert head.register.isHidden()
