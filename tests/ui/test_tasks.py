"""The main page: tree, table and form move together and nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.notice import DoubtKind
from hs_credit_desktop.domain.notice import Role as DutyRole
from hs_credit_desktop.domain.returns import Channel, Completion, Entry
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import editing, editing_plan, overview, undo
from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import audit
from hs_credit_desktop.store.lists import EntryQuery
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.drafts import FILE_NAME, Drafts
from hs_credit_desktop.ui.models.roles import Role
from hs_credit_desktop.ui.pages.tasks import TasksPage
from hs_credit_desktop.ui.pages.tasks_keys import FormFoot
from hs_credit_desktop.ui.pages.tasks_menu import row_menu
from hs_credit_desktop.ui.pages.tasks_scope import Kind, Scope
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

TEXT = "开展信用修复培训 3 期，覆盖企业 120 家。（演示）"


@dataclass
class Opened:
    """A shown page with what it stands on."""

    page: TasksPage
    ws: Workspace
    round: Round

    def blank(self) -> list[Entry]:
        """Entries of units that have not reported."""
        query = EntryQuery(self.round.id, status=Status.MISSING)
        return list(overview.entries(self.ws, self.round, query))

    def type_progress(self, text: str) -> None:
        """Type at the keyboard's place in 进展情况."""
        self.page.form.parts["progress"].edit.insertPlainText(text)


@pytest.fixture
def open_page(qtbot: QtBot, practice_ws: Workspace) -> Callable[[], Opened]:
    def make() -> Opened:
        run = Run(at_once=True)
        page = TasksPage(practice_ws, run, Preferences(practice_ws.folder.root))
        qtbot.addWidget(page)
        run.changed.connect(page.reload)
        round_ = overview.round_of(practice_ws, overview.notice(practice_ws).id, 2)
        page.resize(1290, 640)
        page.show()
        qtbot.waitExposed(page)
        page.show_round(round_)
        return Opened(page, practice_ws, round_)

    return make


@pytest.fixture
def opened(open_page: Callable[[], Opened]) -> Opened:
    return open_page()


def test_the_tree_shows_every_pillar_and_measure_with_its_progress(opened: Opened) -> None:
    model = opened.page.tree.model
    assert model.rowCount() == 7
    heads = [model.index(row, 0) for row in range(7)]
    assert sum(model.rowCount(head) for head in heads) == 24
    assert heads[2].data() == "三、筑牢社会诚信建设根基"
    assert sum(head.data(Role.PROGRESS).expected for head in heads) == 267
    nodes = overview.tree(opened.ws, opened.round)
    assert [head.data(Role.PROGRESS) for head in heads] == [node.progress for node in nodes]


def test_nodes_show_the_lamp_of_what_waits_and_say_its_word(opened: Opened) -> None:
    model = opened.page.tree.model
    shown = overview.lamps_of_nodes(opened.ws, opened.round, overview.tree(opened.ws, opened.round))
    assert shown
    for node_id, lamp in shown.items():
        index = model.index_of(node_id)
        assert Lamp(index.data(Role.LAMP)) is lamp
        assert f"有{lamp.word}" in index.data(Qt.ItemDataRole.ToolTipRole)
        assert f"有{lamp.word}" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    marked = next(iter(shown))
    plain = {key: lamp for key, lamp in shown.items() if key != marked}
    doubts = overview.open_doubts(opened.ws, opened.round.notice_id)
    changed: list[str] = []
    model.dataChanged.connect(lambda top, _bottom: changed.append(top.data(Role.ID)))
    opened.page.tree.show_tree(overview.tree(opened.ws, opened.round), doubts, plain)
    assert changed == [marked]
    assert model.index_of(marked).data(Role.LAMP) is None


def test_a_measure_with_an_unnamed_unit_has_a_chip_until_it_is_decided(opened: Opened) -> None:
    doubts = overview.open_doubts(opened.ws, opened.round.notice_id)
    vague = next(item for item in doubts if item.doubt.kind is DoubtKind.VAGUE_GROUP)
    model = opened.page.tree.model
    assert model.index_of(str(vague.measure_id)).data(Role.CHIP).text == "1 家待定"
    marked = {item.measure_id for item in doubts if item.measure_id}
    plain = next(
        item.measure
        for node in overview.tree(opened.ws, opened.round)
        for item in node.measures
        if item.measure.id not in marked
    )
    assert model.index_of(plain.id).data(Role.CHIP) is None


def test_a_node_opens_its_entries_and_a_row_its_form(opened: Opened) -> None:
    page = opened.page
    node = overview.tree(opened.ws, opened.round)[3].measures[1]
    page.tree.select_node(node.measure.id)
    assert len(page.table.table.ids()) == node.progress.expected
    assert page.table.title.text.startswith("（十三）")
    second = page.table.table.ids()[1]
    page.table.table.select(second)
    assert page.form.contents is not None
    assert page.form.contents.detail.entry.id == second
    entry = overview.entry_detail(opened.ws, second).entry
    assert page.form.parts["progress"].text == entry.parts.progress


def test_a_pillar_lists_the_entries_of_all_its_measures(opened: Opened) -> None:
    pillar = overview.tree(opened.ws, opened.round)[0]
    opened.page.tree.select_node(pillar.pillar.id)
    assert len(opened.page.table.table.ids()) == pillar.progress.expected == 40


@pytest.mark.parametrize("status", list(Status))
def test_a_figure_opens_exactly_the_list_it_counts(opened: Opened, status: Status) -> None:
    opened.page.open_status(status)
    figures = overview.figures(opened.ws, opened.round)
    assert len(opened.page.table.table.ids()) == getattr(figures, status.value)
    assert opened.page.table.title.text == f"{status.label}单位 {getattr(figures, status.value)} 家"


@pytest.mark.parametrize("which", list(Counted))
def test_a_number_of_a_node_opens_exactly_its_entries(
    qtbot: QtBot, opened: Opened, which: Counted
) -> None:
    page = opened.page
    door = page.table.doors.links[which]
    qtbot.mouseClick(door, Qt.MouseButton.LeftButton)
    assert len(page.table.table.ids()) == int(door.number)
    assert page.table.scope is not None
    assert page.table.scope.which is which
    qtbot.keyClick(page.table.table, Qt.Key.Key_Escape)
    assert page.table.scope.which is None


def test_enter_on_a_unit_of_a_list_opens_it_and_escape_goes_back(
    qtbot: QtBot, opened: Opened
) -> None:
    page = opened.page
    page.open_status(Status.MISSING)
    ref = page.table.table.ids()[3]
    page.table.table.select(ref)
    qtbot.keyClick(page.table.table, Qt.Key.Key_Return)
    assert page.table.scope == Scope(Kind.UNIT, ref, came_from=Status.MISSING)
    assert len(page.table.table.ids()) == overview.expected_return(page.ws, ref).entries
    qtbot.keyClick(page.table.table, Qt.Key.Key_Escape)
    assert page.table.scope == Scope(Kind.LIST, "missing")
    assert page.table.table.current_id() == ref


def test_logging_an_entry_changes_tree_numbers_list_and_audit_in_one_step(
    qtbot: QtBot, opened: Opened
) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    node = page.tree.model.index_of(entry.measure_id)
    before = overview.figures(opened.ws, opened.round)
    covered, lines = node.data(Role.PROGRESS).covered, len(audit.lines(opened.ws.ledger))
    opened.type_progress(TEXT)
    heard: list[object] = []
    page.run.changed.connect(heard.append)
    qtbot.keyClick(
        page.form.parts["progress"].edit, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier
    )
    assert len(heard) == 1
    after = overview.figures(opened.ws, opened.round)
    assert after.received == before.received + 1
    assert after.entries_covered == before.entries_covered + 1
    assert node.data(Role.PROGRESS).covered == covered + 1
    assert int(page.table.doors.links[Counted.COVERED].number) == covered + 1
    row = next(row for row in page.table.models[Kind.MEASURE].rows if row.id == entry.id)
    assert row.entry.parts.progress == TEXT
    assert row.lamp.word == "待审"
    assert len(audit.lines(opened.ws.ledger)) == lines + 1
    assert page.form.hint.text().startswith("已保存")
    assert page.table.table.current_id() == entry.id
    assert not page.drafts.ids


def test_ctrl_enter_saves_and_puts_the_keyboard_into_the_next_entry(
    qtbot: QtBot, opened: Opened
) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_unit(entry.unit_id)
    ids = page.table.table.ids()
    page.table.table.select(ids[0])
    opened.type_progress(TEXT)
    edit = page.form.parts["progress"].edit
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert overview.entry_detail(opened.ws, ids[0]).entry.parts.progress == TEXT
    assert page.table.table.current_id() == ids[1]
    assert page.form.contents is not None
    assert page.form.contents.detail.entry.id == ids[1]
    assert QApplication.focusWidget() is edit
    assert edit.toPlainText() == ""


def test_a_list_that_gets_shorter_still_goes_on_to_the_next(qtbot: QtBot, opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_unit(entry.unit_id)
    qtbot.mouseClick(page.table.doors.links[Counted.BLANK], Qt.MouseButton.LeftButton)
    ids = page.table.table.ids()
    opened.type_progress(TEXT)
    page.record_and_go_on()
    assert page.table.table.ids() == ids[1:]
    assert page.table.table.current_id() == ids[1]


def test_next_and_previous_follow_the_list_as_it_is_sorted(opened: Opened) -> None:
    page = opened.page
    page.table.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    ids = page.table.table.ids()
    page.table.table.select(ids[0])
    page.step(1)
    assert page.table.table.current_id() == ids[1]
    page.step(-1)
    page.step(-1)
    assert page.table.table.current_id() == ids[0]
    assert page.form.hint.text() == "已经是第一条"


def test_undo_takes_the_last_save_back_everywhere(opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    assert not page.form.foot.undo.isEnabled()
    opened.type_progress(TEXT)
    page.desk.record()
    assert entry.unit_name in page.form.foot.undo.toolTip()
    before = overview.figures(opened.ws, opened.round)
    page.desk.undo()
    assert overview.figures(opened.ws, opened.round).received == before.received - 1
    assert page.form.parts["progress"].text == ""
    assert not page.form.changed
    assert page.form.hint.text().startswith("已撤销")


def test_redo_brings_it_back(qtbot: QtBot, opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    opened.type_progress(TEXT)
    page.desk.record()
    assert not page.form.foot.redo.isEnabled()
    qtbot.mouseClick(page.form.foot.undo, Qt.MouseButton.LeftButton)
    assert entry.unit_name in page.form.foot.redo.toolTip()
    page.form.foot.redo.click()
    assert page.form.parts["progress"].text == TEXT
    assert page.form.hint.text().startswith("已重做")


def test_figures_in_the_text_are_marked(opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    opened.type_progress("2024年培训 3 期，覆盖企业120家。")
    edit = page.form.parts["progress"].edit
    ranges = edit.document().firstBlock().layout().formats()
    marked = [edit.toPlainText()[item.start : item.start + item.length] for item in ranges]
    assert marked == ["3 期", "120家"]


def test_what_was_said_last_round_stands_below_and_is_compared(
    qtbot: QtBot, opened: Opened
) -> None:
    page = opened.page
    first = overview.round_of(opened.ws, opened.round.notice_id, 1)
    said = {
        (item.unit_id, item.measure_id): item.parts
        for item in overview.entries(opened.ws, first)
        if item.covered
    }
    entry = next(item for item in opened.blank() if (item.unit_id, item.measure_id) in said)
    last = said[entry.unit_id, entry.measure_id]
    page.open_entry(entry.id)
    part = page.form.parts["progress"]
    assert page.form.last_said.isVisible()
    assert page.form.last_said.text == f"第一轮的进展情况：{last.progress}"
    page.form.parts["problems"].edit.setFocus()
    assert page.form.last_said.text == f"第一轮的存在问题：{last.problems or '没有填写'}"
    part.edit.setFocus()
    assert page.form.novelty.text() == ""
    opened.type_progress("\n".join(last.texts))
    qtbot.waitUntil(lambda: page.form.novelty.text() != "")
    assert page.form.novelty.text() == "无新进展：与上轮相似度 1.00，实际新增 0 字"
    part.edit.setPlainText("另起炉灶，新办了三件事。")
    qtbot.waitUntil(lambda: page.form.novelty.text().startswith("有新进展"))


def test_a_pasted_answer_with_headings_goes_into_its_parts(opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    mime = QMimeData()
    mime.setText("进展情况：印发方案。\n二是开展培训。\n主要成效：好评 9 件。\n存在问题：人少。")
    edit = page.form.parts["progress"].edit
    edit.insertFromMimeData(mime)
    assert [part.text for part in page.form.parts.values()] == [
        "印发方案。\n二是开展培训。",
        "好评 9 件。",
        "人少。",
        "",
    ]
    assert page.drafts.get(entry.id) is not None
    edit.insertFromMimeData(mime)
    assert "主要成效：好评 9 件。" in edit.toPlainText()
    assert page.form.parts["results"].text == "好评 9 件。"


def test_what_word_wps_and_wechat_leave_behind_is_taken_out(opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    mime = QMimeData()
    mime.setHtml("<p class=MsoNormal><b>一是</b></p>")
    mime.setText(
        "\ufeff一是\u00a0开展\u200b检查\x0b二是\u2028\u3000培训\x07\r\n\r\n三是\tA\u202e级\r"
    )
    edit = page.form.parts["results"].edit
    edit.insertFromMimeData(mime)
    assert edit.toPlainText() == "一是 开展检查\n二是\n培训\n\n三是 A级"
    rich = QMimeData()
    rich.setHtml("<p>只有格式</p>")
    edit.clear()
    edit.insertFromMimeData(rich)
    assert edit.toPlainText() == "只有格式"


def _compose(edit: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(edit, event)


def test_a_refresh_leaves_what_is_being_composed_alone(qtbot: QtBot, opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    edit = page.form.parts["progress"].edit
    opened.type_progress("前面的话")
    _compose(edit, "kai'zhan")
    page.reload(Changes(returns=True, notice=True, settings=True))
    page.desk.write_drafts()
    page.form.show_novelty("有新进展", repeats=False)
    block = edit.textCursor().block()
    assert block.layout().preeditAreaText() == "kai'zhan"
    _compose(edit, "", "开展")
    assert edit.toPlainText() == "前面的话开展"
    draft = page.drafts.get(entry.id)
    assert draft is not None
    assert draft.parts.progress == "前面的话开展"


def test_keys_of_the_candidate_window_move_nothing(qtbot: QtBot, opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    edit = page.form.parts["progress"].edit
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Escape, Qt.Key.Key_1):
        qtbot.keyClick(edit, key)
    assert page.form.contents is not None
    assert page.form.contents.detail.entry.id == entry.id
    assert edit.toPlainText() == "1"
    qtbot.keyClick(edit, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(edit, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert overview.entry_detail(opened.ws, entry.id).entry.feedback_id is None


def test_a_long_message_does_not_widen_the_form(opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    QApplication.processEvents()
    inside = page.form.sheet_scroll.widget()
    least, width = inside.minimumSizeHint().width(), inside.width()
    words = "已撤销 市发改委·建立政府信用档案" * 4
    page.form.say(words)
    QApplication.processEvents()
    assert inside.minimumSizeHint().width() == least
    assert inside.width() == width <= page.form.sheet_scroll.viewport().width()
    assert page.form.hint.text() == words
    assert words in page.form.hint.toolTip().replace("\n", "")


def test_a_measure_that_is_taken_back_elsewhere_gives_way_to_the_first(opened: Opened) -> None:
    page, pillar = opened.page, overview.tree(opened.ws, opened.round)[0].pillar
    duties = (editing_plan.Duty("市数据局", DutyRole.LEAD),)
    form = editing_plan.MeasureForm(99, "新增的措施", "逐项落实。", None, duties)
    edit = editing_plan.add_measure(opened.round.notice_id, pillar.id, form)
    page.run.command(editing.apply, opened.ws, edit, (opened.round.id,))
    fresh = overview.tree(opened.ws, opened.round)[0].measures[-1].measure
    page.open_measure(fresh.id)
    page.show_entry(page.table.table.current_id())
    page.run.command(undo.undo, opened.ws)
    first = overview.tree(opened.ws, opened.round)[0].measures[0].measure
    assert page.table.scope == Scope(Kind.MEASURE, first.id)
    assert page.table.table.current_id() in page.table.table.ids()


def test_the_undo_button_says_its_key(opened: Opened) -> None:
    undo = opened.page.form.foot.undo
    assert "Ctrl+Z" in undo.toolTip()
    assert undo.accessibleName() == "撤销  Ctrl+Z"


def test_ctrl_z_in_a_text_takes_back_typing_not_the_save(qtbot: QtBot, opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    opened.type_progress(TEXT)
    page.desk.record()
    edit = page.form.parts["progress"].edit
    edit.setFocus()
    opened.type_progress("又加一句。")
    qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "又加一句" not in edit.toPlainText()
    assert overview.entry_detail(opened.ws, entry.id).entry.parts.progress == TEXT


def test_what_was_typed_waits_when_the_clerk_moves_away(opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    opened.type_progress(TEXT)
    page.step(1)
    row = next(row for row in page.table.models[Kind.MEASURE].rows if row.id == entry.id)
    assert row.draft
    page.table.table.select(entry.id)
    assert page.form.parts["progress"].text == TEXT
    assert "草稿" in page.form.hint.text()
    assert overview.entry_detail(opened.ws, entry.id).entry.parts.progress == ""


def test_drafts_survive_the_program_and_are_offered_back(
    opened: Opened, open_page: Callable[[], Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = opened.blank()[0]
    opened.page.open_entry(entry.id)
    opened.type_progress(TEXT)
    opened.page.form.completion.setCurrentIndex(2)
    opened.page.desk.write_drafts()  # what the timer does every few seconds
    again = open_page().page
    assert again.strip.isVisible()
    assert "1 条" in again.strip.headline.text()
    again.strip.look()
    assert again.form.parts["progress"].text == TEXT
    assert again.form.draft().parts.completion is Completion.IN_PROGRESS
    assert not again.strip.isVisible()
    monkeypatch.setattr(messages, "ask", lambda *_words: True)
    again.strip.discard()
    assert again.form.parts["progress"].text == ""
    assert not (opened.ws.folder.root / FILE_NAME).exists()


def test_esc_never_discards_text(qtbot: QtBot, opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    opened.type_progress(TEXT)
    qtbot.keyClick(page.form.parts["progress"].edit, Qt.Key.Key_Escape)
    assert page.form.parts["progress"].text == TEXT


def test_a_wrong_date_says_below_the_field_how_to_write_it(opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    opened.type_progress(TEXT)
    page.form.received.edit.setText("2024-13-02")
    assert not page.desk.record()
    assert page.form.received.error.text == "没有 13 月。请按“2024-12-02”的格式填写。"
    assert QApplication.focusWidget() is page.form.received.edit
    page.form.received.edit.setText("2024-11-30")
    assert not page.desk.record()
    assert "在今天" in page.form.received.error.text
    assert page.drafts.get(entry.id) is not None
    page.form.received.edit.setText("11.28")
    assert page.desk.record()
    saved = overview.entry_detail(opened.ws, entry.id).current
    assert saved is not None
    assert saved.received_on.isoformat() == "2024-11-28"


def test_an_empty_form_is_not_logged(opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    assert not page.desk.record()
    assert "四个部分都是空的" in page.form.blank_error.text
    opened.type_progress("一")
    assert page.form.blank_error.text == ""


def test_channel_and_proxy_are_logged_and_proposed_for_the_next_unit(opened: Opened) -> None:
    page = opened.page
    first, other = opened.blank()[0], opened.blank()[-1]
    page.open_entry(first.id)
    opened.type_progress(TEXT)
    page.form.channel.setCurrentText(Channel.CHAT.label)
    page.form.on_behalf.setChecked(True)
    assert page.desk.record()
    current = overview.entry_detail(opened.ws, first.id).current
    assert current is not None
    assert (current.channel, current.on_behalf) == (Channel.CHAT, True)
    page.open_entry(other.id)
    assert page.form.channel.currentText() == "微信"
    assert not page.form.on_behalf.isChecked()


def test_pasting_brings_clean_plain_text(opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    mime = QMimeData()
    mime.setHtml("<p style='color:red'>一是<b>开展</b></p>")
    mime.setText("  一是\u200b开展\u00a0 培训\r\n二是　检查  ")
    page.form.parts["progress"].edit.insertFromMimeData(mime)
    assert page.form.parts["progress"].text == "一是开展 培训\n二是 检查"


def test_the_wheel_changes_no_value(opened: Opened) -> None:
    page = opened.page
    for field in (page.form.completion, page.form.channel, page.form.received.edit):
        shown = page.form.draft()
        _turn(field)
        assert page.form.draft() == shown


def _turn(widget: QWidget) -> None:
    place = QPointF(5, 5)
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(QPoint(5, 5))),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_files_dropped_on_the_form_are_kept_shown_and_taken_off(
    opened: Opened, tmp_path: Path
) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    opened.type_progress(TEXT)
    proof = tmp_path / "评价通报.pdf"
    proof.write_bytes(b"%PDF-1.4 demo")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(proof)), QUrl.fromLocalFile(str(tmp_path))])
    event = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.form.dropEvent(event)
    assert page.form.evidence.files.accessibleName() == "佐证材料 1 件"
    assert page.form.parts["progress"].text == TEXT
    [kept] = overview.entry_detail(opened.ws, entry.id).attachments
    assert page.desk.copy_to_open(kept).read_bytes() == b"%PDF-1.4 demo"
    page.form.evidence.removed.emit(kept)
    assert overview.entry_detail(opened.ws, entry.id).attachments == ()


def test_the_filter_finds_titles_and_units_by_initials(qtbot: QtBot, opened: Opened) -> None:
    pane = opened.page.tree
    pane.ask_filter()
    pane.field.setText("监管机制")
    qtbot.keyClick(pane.field, Qt.Key.Key_Return)
    assert "监管机制" in pane.tree.currentIndex().data()
    qtbot.mouseClick(pane.segments.group.button(1), Qt.MouseButton.LeftButton)
    pane.field.setText("sczj")
    assert pane.units.model().rowCount() == 1
    qtbot.keyClick(pane.field, Qt.Key.Key_Return)
    assert opened.page.table.title.text == "市财政局"
    pane.field.setText("没有这家")
    qtbot.keyClick(pane.field, Qt.Key.Key_Escape)
    assert pane.units.model().rowCount() == 44


def test_the_unit_list_opens_whole_returns(qtbot: QtBot, opened: Opened) -> None:
    page = opened.page
    qtbot.mouseClick(page.tree.segments.group.button(1), Qt.MouseButton.LeftButton)
    assert page.tree.units.count() == 44
    assert page.table.scope is not None
    assert page.table.scope.kind is Kind.UNIT
    expected = overview.expected_return(page.ws, page.table.scope.ref)
    assert len(page.table.table.ids()) == expected.entries


def test_a_hit_of_the_search_opens_its_place_with_the_words_marked(opened: Opened) -> None:
    page = opened.page
    entry = next(
        item
        for item in overview.entries(opened.ws, opened.round)
        if item.covered and len(item.parts.progress) > 10
    )
    words = entry.parts.progress[4:9]
    page.open_status(Status.EXPECTED)
    page.open_entry(entry.id, words)
    assert page.table.table.current_id() == entry.id
    [mark, *_rest] = page.form.parts["progress"].edit.extraSelections()
    assert mark.cursor.selectedText() == words


def test_a_hit_in_another_round_asks_for_that_round(qtbot: QtBot, opened: Opened) -> None:
    first = overview.round_of(opened.ws, opened.round.notice_id, 1)
    entry = overview.entries(opened.ws, first)[0]
    opened.page.round_asked.connect(lambda _id: opened.page.show_round(first))
    opened.page.open_entry(entry.id)
    assert opened.page.form.contents is not None
    assert opened.page.form.contents.detail.entry.id == entry.id


def test_another_round_keeps_the_measure(opened: Opened) -> None:
    page = opened.page
    node = overview.tree(opened.ws, opened.round)[2].measures[0]
    page.tree.select_node(node.measure.id)
    page.show_round(overview.round_of(opened.ws, opened.round.notice_id, 1))
    assert page.table.scope == Scope(Kind.MEASURE, node.measure.id)
    assert page.form.contents is not None
    assert page.form.contents.detail.entry.round_id != opened.round.id


def test_the_paper_opens_at_the_measure(opened: Opened) -> None:
    node = overview.tree(opened.ws, opened.round)[3].measures[1]
    opened.page.show_text(node.measure.id)
    from hs_credit_desktop.ui.dialogs.source_text import SourceTextWindow

    [window] = opened.page.findChildren(SourceTextWindow)
    [mark] = window.paper.extraSelections()
    assert mark.cursor.selectedText().startswith(f"（十三）{node.measure.title}"[:8])
    assert "（十三）" in window.where.text()
    window.close()


def test_the_menu_of_an_entry_leads_to_unit_measure_and_paper(opened: Opened) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    menu = row_menu(page, entry.id)
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words[:2] == ["填写这条反馈", f"看 {entry.unit_name} 的整份报送件"]
    menu.actions()[1].trigger()
    assert page.table.scope == Scope(Kind.UNIT, entry.expected_return_id)


def test_a_read_only_ledger_shows_everything_and_says_why(
    qtbot: QtBot, practice_folder: Path
) -> None:
    from hs_credit_desktop.clock import system_clock
    from hs_credit_desktop.services.workspace import open_workspace

    ws = open_workspace(practice_folder, system_clock(), read_only=True)
    page = TasksPage(ws, Run(at_once=True), Preferences(practice_folder))
    qtbot.addWidget(page)
    page.show()
    page.show_round(overview.round_of(ws, overview.notice(ws).id, 2))
    assert page.form.locked.sentence.text() == "台账是只读打开的，只能查看。"
    assert page.form.parts["progress"].edit.isReadOnly()
    assert not page.form.foot.record.isEnabled()
    assert "只读" in page.form.foot.save.toolTip()
    assert not page.desk.record()
    assert page.may_leave()
    ws.close()


def test_the_disk_that_refuses_drafts_is_said_before_leaving(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, entry = opened.page, opened.blank()[0]
    page.open_entry(entry.id)
    opened.type_progress(TEXT)
    monkeypatch.setattr(Drafts, "write", lambda _self: False)
    said: list[str] = []
    monkeypatch.setattr(messages, "ask", lambda _parent, what, *_rest: bool(said.append(what)))
    assert not page.may_leave()
    assert "草稿没有写进" in said[0]
    page.desk.write_drafts()
    assert page.form.hint.text() == "草稿写不进磁盘，请先登记"


def test_unreadable_drafts_are_put_aside_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{坏", encoding="utf-8")
    assert Drafts(tmp_path).ids == ()
    assert (tmp_path / "drafts.unreadable.json").read_text(encoding="utf-8") == "{坏"


def test_the_foot_gives_way_by_what_the_words_need(qtbot: QtBot) -> None:
    foot = FormFoot()
    qtbot.addWidget(foot)
    foot.show()
    seen = []
    for width in (460, 330, 300, 250):
        foot.resize(width, foot.height())
        QApplication.processEvents()
        assert foot.width() == width
        seen.append(
            (foot.redo.isVisible(), "Ctrl" in foot.save.text(), "Ctrl" in foot.record.text())
        )
        assert foot.record.width() >= min(foot.record.sizeHint().width(), 100)
        assert foot.record.geometry().right() <= width
    assert seen[0] == (True, True, True)
    assert seen == sorted(seen, reverse=True)
    assert seen[-1] == (False, False, False)
