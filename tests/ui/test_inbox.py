"""收件: files dropped, looked at and decided; the sum always adds up and every number opens it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.returns import Channel
from hs_credit_desktop.domain.revision import Mode
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import inbox, overview, receiving
from hs_credit_desktop.services.practice_files import files_folder
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import audit
from hs_credit_desktop.store.staging import Outcome
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.dialogs.choose_unit import ChooseUnit
from hs_credit_desktop.ui.dialogs.compare_entries import CompareEntries
from hs_credit_desktop.ui.dialogs.make_forms import FOLDER_KEY, MakeForms
from hs_credit_desktop.ui.dialogs.reason import ReasonBox
from hs_credit_desktop.ui.dialogs.text_box import TypeBox
from hs_credit_desktop.ui.pages import inbox_desk
from hs_credit_desktop.ui.pages.inbox import InboxPage
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Job, Run
from tests.files.paper import paper

OpenPage = Callable[..., InboxPage]


@pytest.fixture
def open_page(qtbot: QtBot, practice_ws: Workspace) -> OpenPage:
    def make(*, at_once: bool = True, number: int = 2) -> InboxPage:
        run = Run(at_once=at_once)
        page = InboxPage(practice_ws, run, Preferences(practice_ws.folder.root))
        qtbot.addWidget(page)
        run.changed.connect(page.reload)
        page.resize(1290, 640)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        page.show_round(overview.round_of(practice_ws, overview.notice(practice_ws).id, number))
        return page

    return make


def pile(ws: Workspace, start: str) -> list[Path]:
    """The files of one of the practice piles."""
    found = files_folder(ws.folder.root).iterdir()
    [folder] = [path for path in found if path.name.startswith(start)]
    return sorted(folder.iterdir())


@pytest.fixture
def friday(open_page: OpenPage) -> InboxPage:
    page = open_page()
    page.reading.add(pile(page.ws, "1"))
    return page


def pick(page: InboxPage, name: str) -> None:
    """Choose a file by the beginning of its name."""
    [look] = [look for look in page.looks if look.item.name.startswith(name)]
    assert page.tray.table.select(look.item.id)


def sums(page: InboxPage) -> list[str]:
    """收到, 已接收, 暂存, 拒收, 其他."""
    return [page.tray.sum.all.number, *(link.number for link in page.tray.sum.parts.values())]


def answer(monkeypatch: pytest.MonkeyPatch, box: type, act: Callable[..., object]) -> None:
    """Let a modal box be answered by `act` at once."""
    monkeypatch.setattr(box, "exec", act)


def test_an_empty_tray_says_what_to_do(open_page: OpenPage) -> None:
    page = open_page()
    assert page.tray.empty.isVisible()
    assert page.tray.empty.fact.text() == "收件箱是空的"
    assert not page.tray.sum.isVisible()
    assert not page.tray.certain.isEnabled()
    assert page.preview.nothing.isVisible()
    assert not page.preview.head.isVisible()


def test_files_and_a_zip_are_recognised_and_counted(friday: InboxPage) -> None:
    assert sums(friday) == ["15", "0", "15", "0", "0"]
    words = [friday.tray.model.index(row, 3).data() for row in range(15)]
    counted = {word: words.count(word) for word in set(words)}
    assert counted == {"可接收": 10, "待确认": 1, "重报": 1, "往轮": 1, "需拆分": 1, "无关": 1}
    assert friday.tray.hint.text == "可接收 10 · 重报 1 · 另 4 件需您处理"
    assert friday.tray.certain.accessibleName() == "登记可接收的 11 件"
    assert overview.figures(friday.ws, friday.round).received == 25


def test_dropped_files_are_read_on_a_worker(qtbot: QtBot, open_page: OpenPage) -> None:
    page = open_page(at_once=False)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in pile(page.ws, "2")])
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page.tray, QDragEnterEvent(QPoint(40, 200), actions, mime, button, none))
    assert page.tray.property("state") == "over"
    QApplication.sendEvent(page.tray, QDropEvent(QPointF(40, 200), actions, mime, button, none))
    assert page.tray.property("state") == ""
    assert page.tray.stop.isVisible()
    qtbot.waitUntil(lambda: sums(page)[0] == "5", timeout=20_000)
    assert not page.tray.stop.isVisible()


def test_words_that_are_dragged_are_refused(open_page: OpenPage) -> None:
    page, mime = open_page(), QMimeData()
    mime.setText("不是文件")
    event = QDragEnterEvent(
        QPoint(40, 200),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(page.tray, event)
    assert page.tray.property("state") == "refused"


def test_stopping_leaves_nothing_in_the_tray(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, real = open_page(), Job.report

    def stop_at_once(job: Job, words: str) -> None:
        job.stop()
        real(job, words)

    monkeypatch.setattr(Job, "report", stop_at_once)
    page.reading.add(pile(page.ws, "1"))
    assert page.looks == ()
    assert page.tray.hint.text == "已停止，这一批没有收进来"
    assert page.tray.add.isEnabled()


def test_files_are_chosen_and_the_folder_is_remembered(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page = open_page()
    files = pile(page.ws, "2")
    monkeypatch.setattr(messages, "open_files", lambda *_what: files)
    qtbot.mouseClick(page.tray.add, Qt.MouseButton.LeftButton)
    assert sums(page)[0] == "5"
    assert page.preferences.text("inbox_folder") == str(files[0].parent)


def test_an_answer_from_a_chat_is_pasted(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    QGuiApplication.clipboard().setText("市统计局：\n开展信用统计培训 2 期。（演示）")
    button = page.tray.empty.button
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert sums(page)[:3] == ["1", "0", "1"]
    assert page.looks[0].item.name == "粘贴的文字.txt"


def test_the_file_that_is_shown_is_chosen_and_in_sight(open_page: OpenPage, qtbot: QtBot) -> None:
    friday = open_page()
    button = friday.tray.empty.button
    button.setFocus()  # when it goes, the keyboard comes to the table
    qtbot.waitUntil(button.hasFocus)
    friday.reading.add(pile(friday.ws, "1"))
    chosen = friday.tray.table.selectionModel().selectedRows()
    assert [index.row() for index in chosen] == [0]
    friday.reading.add(pile(friday.ws, "2"))
    friday.resize(1290, 300)
    friday.tray.sum.scope.click()
    table = friday.tray.table
    assert len(table.ids()) == 20
    shown = table.visualRect(table.currentIndex())
    assert table.viewport().rect().contains(shown.center())


def test_every_number_opens_what_it_counts(friday: InboxPage) -> None:
    friday.desk.accept_certain()
    for outcome, link in friday.tray.sum.parts.items():
        link.click()
        assert len(friday.tray.model.rows) == int(link.number)
        assert friday.tray.only.isVisible()
        assert all(row.look.item.outcome is outcome for row in friday.tray.model.rows)
    friday.tray.sum.all.click()
    assert len(friday.tray.model.rows) == 15
    assert not friday.tray.only.isVisible()


def test_blank_rows_stand_out_and_do_not_stop(friday: InboxPage) -> None:
    pick(friday, "阳新县")
    model = friday.preview.table.model()
    words = [model.index(row, 3).data() for row in range(model.rowCount())]
    assert words.count("（空白）") == 3
    assert friday.preview.findings.count.text() == "1 项，均不妨碍登记"
    assert "县区.zip" in friday.preview.detail.text
    assert friday.preview.foot.accept.isEnabled()


def test_a_second_version_stands_beside_the_first(
    friday: InboxPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick(friday, "市农业农村局")
    model = friday.preview.table.model()
    assert [model.index(row, 2).data() for row in range(3)] == ["改 4 项", "不变", "不变"]
    assert model.index(0, 3).data() != model.index(0, 4).data()
    assert friday.preview.receipt.modes.isVisible()
    seen: list[CompareEntries] = []
    monkeypatch.setattr(CompareEntries, "show", lambda box: seen.append(box))
    friday.preview.table.opened.emit(friday.preview.table.current_id())
    [box] = seen
    assert box.view.differences > 0
    box.step(1)
    assert box.place.text() == "第 2 条，共 3 条"
    assert box.view.differences == 0


def test_supplementing_keeps_what_is_there(friday: InboxPage) -> None:
    pick(friday, "市农业农村局")
    look = friday.current()
    assert look is not None
    friday.preview.receipt.modes.group.button(list(Mode).index(Mode.SUPPLEMENT)).click()
    model = friday.preview.table.model()
    # Only the completion, which stood already, and parts that were blank may change.
    assert model.index(0, 2).data() != "改 4 项"
    friday.preview.receipt.channel.setCurrentIndex(list(Channel).index(Channel.USB))
    friday.desk.accept()
    entry = overview.entry_detail(friday.ws, look.plans[0].entry.id)
    assert entry.entry.parts.progress == look.plans[0].old.progress
    assert entry.current is not None
    assert (entry.current.version, entry.current.channel) == (2, Channel.USB)


def test_a_free_report_is_given_to_measures_by_hand(friday: InboxPage) -> None:
    pick(friday, "关于信用工作")
    pane = friday.preview.pieces
    assert pane.isVisible()
    assert pane.hint.text() == "20 段，归入 2 条措施，3 段不归入"
    first = pane.model.rows[3]
    assert first.measure is not None
    pane.choose(3)
    assert pane.text.toPlainText() == first.text
    pane.measure.setCurrentIndex(pane.measure.count() - 1)
    pane.measure.activated.emit(pane.measure.currentIndex())
    assert pane.model.rows[3].measure is None
    assert pane.hint.text().endswith("4 段不归入")
    assert pane.chosen() == [3]


def test_a_form_of_the_last_round_is_refused_with_its_reason(
    friday: InboxPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick(friday, "市医保局8月")
    assert friday.preview.foot.accept.accessibleName() == "拒收这一件…"
    assert friday.preview.foot.refuse.isHidden()

    def confirm(box: ReasonBox) -> None:
        assert "请用第二轮的反馈表填报" in box.edit.toPlainText()
        box.copy()
        box.take()

    answer(monkeypatch, ReasonBox, confirm)
    friday.desk.primary()
    assert sums(friday) == ["15", "0", "14", "1", "0"]
    assert "请用第二轮的反馈表填报" in QGuiApplication.clipboard().text()
    pick(friday, "市医保局8月")
    QGuiApplication.clipboard().clear()
    friday.preview.foot.copy.click()
    assert "第二轮" in QGuiApplication.clipboard().text()
    friday.preview.foot.back.click()
    assert sums(friday) == ["15", "0", "15", "0", "0"]


def test_no_reason_is_asked_for(qtbot: QtBot) -> None:
    box = ReasonBox(None, "拒收", "", "", "拒收")
    qtbot.addWidget(box)
    box.take()
    assert box.text == ""
    assert box.error.text.startswith("请写明理由")


def test_what_is_no_return_is_filed_as_other(
    friday: InboxPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick(friday, "会议座次表")
    assert friday.preview.foot.accept.accessibleName() == "归为其他…"
    answer(monkeypatch, ReasonBox, lambda box: box.take())
    friday.desk.primary()
    assert sums(friday)[4] == "1"


def test_leaving_a_box_changes_nothing(friday: InboxPage, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, ReasonBox, lambda box: box.reject())
    answer(monkeypatch, ChooseUnit, lambda box: box.reject())
    before = len(audit.lines(friday.ws.ledger))
    pick(friday, "市商务局")
    friday.desk.refuse()
    friday.desk.file_as_other()
    friday.desk.name_unit()
    assert sums(friday) == ["15", "0", "15", "0", "0"]
    assert len(audit.lines(friday.ws.ledger)) == before


def test_the_clerk_says_whose_file_it_is(
    friday: InboxPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick(friday, "附件1")

    def choose(box: ChooseUnit) -> None:
        box.search.setText("sczj")
        assert box.list.count() == 1
        box.take()

    answer(monkeypatch, ChooseUnit, choose)
    friday.preview.foot.unit.click()
    look = friday.current()
    assert look is not None
    assert look.expected is not None
    assert look.expected.unit_name == "市财政局"
    assert friday.tray.model.index(friday.tray.model.row_of(look.item.id), 2).data() == "人工指定"


def test_the_day_a_file_came_can_be_mended(friday: InboxPage, qtbot: QtBot) -> None:
    pick(friday, "市商务局")
    field = friday.preview.receipt.day
    field.setText("11-28")
    field.editingFinished.emit()
    look = friday.current()
    assert look is not None
    assert look.item.received_on is not None
    assert look.item.received_on.isoformat() == "2024-11-28"
    with qtbot.waitSignal(friday.run.failed) as failed:
        field.setText("2024-13-02")
        field.editingFinished.emit()
    assert "没有 13 月" in failed.args[0]
    with qtbot.waitSignal(friday.run.failed):
        field.setText("2024-12-20")
        field.editingFinished.emit()
    assert field.text() == "2024-11-28"


def test_enter_takes_one_in_and_goes_on(friday: InboxPage, qtbot: QtBot) -> None:
    first = friday.tray.table.current_id()
    qtbot.keyClick(friday.tray.table, Qt.Key.Key_Return)
    assert sums(friday)[1] == "1"
    assert friday.tray.table.current_id() != first
    pick(friday, friday.looks[0].item.name)
    assert "已登记到" in friday.preview.nothing.fact.text()


def test_two_drops_and_everything(friday: InboxPage, qtbot: QtBot) -> None:
    friday.reading.add(pile(friday.ws, "2"))
    assert sums(friday)[0] == "5"
    friday.tray.sum.scope.click()
    assert sums(friday)[0] == "20"
    assert friday.tray.detail.text == "本轮分 2 批收到 20 个文件"
    friday.show_round(friday.round)
    assert sums(friday)[0] == "20", "older files wait, so everything is shown"


def test_a_tray_that_was_asked_for_before_a_decision_is_not_shown(
    friday: InboxPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[Callable[[], object]] = []
    real = friday.run.background

    def later(work: Callable[..., object], on_done: Callable[..., object], **_: object) -> None:
        read = work(None)
        waiting.append(lambda: on_done(read))

    monkeypatch.setattr(friday.run, "background", later)
    friday.reload(Changes(returns=True))  # what somebody else changed is being read
    friday.desk.accept()
    assert sums(friday)[1] == "1"
    monkeypatch.setattr(friday.run, "background", real)
    for shown in waiting:
        shown()
    assert sums(friday)[1] == "1"


def test_another_round_shows_nothing_of_this_one(friday: InboxPage) -> None:
    friday.show_round(overview.round_of(friday.ws, overview.notice(friday.ws).id, 1))
    assert friday.looks == ()
    assert not friday.tray.model.rows


def test_what_cannot_be_taken_in_is_said_and_can_be_tried_again(
    friday: InboxPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def full(*_: object, **__: object) -> None:
        raise UserError("没有保存成功", "请腾出空间。")

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "accept_certain", full)
        with qtbot.waitSignal(friday.run.failed) as failed:
            friday.desk.accept_certain()
    assert failed.args[0] == "没有保存成功"
    friday.desk.accept_certain()
    assert sums(friday)[1] == "11"
    assert friday.tray.hint.text.startswith("已登记 11 件")


def test_what_cannot_be_read_in_is_said(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page = open_page()

    def full(*_: object, **__: object) -> None:
        raise UserError("文件没有存入", "请腾出空间。")

    monkeypatch.setattr(receiving, "recognise_all", full)
    with qtbot.waitSignal(page.run.failed):
        page.reading.add(pile(page.ws, "2"))
    assert page.looks == ()
    assert page.tray.add.isEnabled()
    assert not page.reading.busy


def test_the_same_pile_twice_is_no_second_return(friday: InboxPage) -> None:
    friday.reading.add(pile(friday.ws, "1"))
    # What nobody could use anyway is no duplicate of anything.
    assert int(sums(friday)[4]) == 15


def test_a_frozen_round_takes_nothing_in(open_page: OpenPage) -> None:
    page = open_page(number=1)
    page.reading.add(pile(page.ws, "2"))
    assert page.looks == ()
    assert not page.tray.add.isEnabled()
    assert "已封存" in page.tray.add.toolTip()


def test_an_original_is_opened_as_a_copy(
    friday: InboxPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(inbox_desk, "open_path", opened.append)
    pick(friday, "市商务局")
    friday.preview.foot.original.click()
    [copy] = opened
    [source] = [path for path in pile(friday.ws, "1") if path.name == copy.name]
    assert copy != source
    assert copy.read_bytes() == source.read_bytes()


def test_when_all_is_done_the_way_goes_to_review(
    friday: InboxPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answer(monkeypatch, ReasonBox, lambda box: box.take())
    friday.desk.accept_certain()
    for name in ("附件1", "关于信用工作", "市医保局8月", "会议座次表"):
        pick(friday, name)
        friday.desk.primary()
    assert sums(friday) == ["15", "13", "0", "1", "1"]
    assert friday.tray.certain.accessibleName() == "去审核"
    with qtbot.waitSignal(friday.page_asked) as asked:
        qtbot.keyClick(friday, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == ["审核"]
    assert all(look.item.outcome is not Outcome.STAGED for look in friday.looks)


def test_forms_are_made_for_those_that_are_missing(
    open_page: OpenPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page(at_once=False)
    page.preferences.put(FOLDER_KEY, str(tmp_path / "表"))
    assert page.round is not None
    box = MakeForms(page, page.ws, page.run, page.preferences, page.round)
    qtbot.addWidget(box)
    box.show()
    assert box.units.itemText(0) == "全部应报的 44 家"
    box.units.setCurrentIndex(1)
    box.format.setCurrentIndex(2)
    qtbot.mouseClick(box.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: box.show_folder.isVisible(), timeout=60_000)
    missing = overview.expected_returns(page.ws, page.round, Status.MISSING)
    written = sorted(path.name for path in (tmp_path / "表").iterdir())
    assert len([name for name in written if name.endswith(".docx")]) == len(missing) == 19
    assert "交付清单.xlsx" in written
    assert len(box.model.rows) == 19
    assert box.said.text == "共 19 份反馈表，另有一份交付清单"


def test_stopped_forms_leave_nothing(
    open_page: OpenPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, real = open_page(), Job.report
    page.preferences.put(FOLDER_KEY, str(tmp_path / "表"))
    assert page.round is not None
    box = MakeForms(page, page.ws, page.run, page.preferences, page.round)
    qtbot.addWidget(box)

    def stop_at_once(job: Job, words: str) -> None:
        job.stop()
        real(job, words)

    monkeypatch.setattr(Job, "report", stop_at_once)
    box.start()
    assert box.said.text == "已停止，没有写出任何文件"
    assert not (tmp_path / "表").exists()
    assert box.make.isEnabled()


def test_a_scan_is_typed_beside_its_original(
    friday: InboxPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(inbox_desk, "open_path", opened.append)
    scan = tmp_path / "市数据局扫描.pdf"
    scan.write_bytes(paper([""]))
    friday.reading.add([scan])
    pick(friday, "市数据局扫描")
    foot = friday.preview.foot
    assert foot.type.isVisible()
    assert friday.preview.nothing.isVisible()

    def type_it(box: TypeBox) -> None:
        box.take()
        assert box.error.text == "还没有录入内容。"
        box.edit.setPlainText("一、完善信用制度\n建立了三本台账。")
        box.take()

    answer(monkeypatch, TypeBox, type_it)
    foot.type.click()
    assert [path.name for path in opened] == ["市数据局扫描.pdf"]
    look = friday.current()
    assert look is not None
    assert look.item.reading.paragraphs == ("一、完善信用制度", "建立了三本台账。")
    assert not foot.type.isVisible()
    friday.desk.type_in()  # F2 where nothing waits to be typed
    assert len(opened) == 1


def test_a_receipt_is_made_for_what_was_taken_in(
    friday: InboxPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(inbox_desk, "open_path", opened.append)
    friday.desk.make_receipt()
    assert opened == []
    pick(friday, "统计局")
    assert not friday.preview.foot.receipt.isVisible()
    friday.desk.accept()
    pick(friday, "统计局")
    friday.preview.foot.receipt.click()
    [slip] = opened
    assert slip.read_bytes().startswith(b"%PDF")
    assert "回执已写到" in friday.tray.hint.text
