"""审核: the queue by keys, two texts side by side, reasons, notices; nobody is judged by itself."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.returns import FeedbackParts, ReturnState
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import inbox, overview, receiving, returns, reviewing
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store.staging import Outcome
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.dialogs.return_notices import ReturnNotices
from hs_credit_desktop.ui.pages.review import ReviewPage
from hs_credit_desktop.ui.pages.review_reader import LAST_ROUND, LAST_VERSION, NOTICE, OTHER_UNIT
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.compare import Compared, CompareView
from tests.ui.test_inbox import pile

CONTROL = Qt.KeyboardModifier.ControlModifier
OpenPage = Callable[..., ReviewPage]


@pytest.fixture
def open_page(qtbot: QtBot, practice_ws: Workspace) -> OpenPage:
    def make(number: int = 2) -> ReviewPage:
        run = Run(at_once=True)
        page = ReviewPage(practice_ws, run, Preferences(practice_ws.folder.root))
        qtbot.addWidget(page)
        run.changed.connect(page.reload)
        page.resize(1290, 640)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        page.show_round(overview.round_of(practice_ws, overview.notice(practice_ws).id, number))
        page.queue.table.setFocus()
        return page

    return make


@pytest.fixture
def friday(practice_ws: Workspace, open_page: OpenPage) -> ReviewPage:
    """All of Friday morning's returns have come in."""
    round_ = overview.round_of(practice_ws, overview.notice(practice_ws).id, 2)
    batch = receiving.stage(practice_ws, receiving.read_files(pile(practice_ws, "1")), round_)
    inbox.settle_certain(practice_ws, round_, batch.id)
    for look in inbox.tray(practice_ws, round_):
        if look.item.outcome is Outcome.STAGED:
            inbox.accept(practice_ws, look.item.id)
    return open_page()


def pick(page: ReviewPage, unit: str) -> None:
    """Choose a unit of the queue."""
    [row] = [row for row in page.queue.rows if row.expected.unit_name == unit]
    assert page.queue.table.select(row.expected.id)


def counts(page: ReviewPage) -> tuple[int, int, int, int]:
    """待审, 退回, 存疑, 通过."""
    assert page.round is not None
    found = overview.figures(page.ws, page.round)
    return found.to_review, found.sent_back, found.on_hold, found.accepted


def press(qtbot: QtBot, page: ReviewPage, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    """A key where the keyboard is."""
    qtbot.keyClick(QApplication.focusWidget() or page.queue.table, key, modifier)


def test_the_queue_shows_what_is_to_be_looked_at(friday: ReviewPage) -> None:
    assert len(friday.queue.rows) == 15
    chips = {
        row.queued.expected.unit_name: cell.chip.text
        for row in friday.queue.model.rows
        if (cell := friday.queue.model.columns[0].cell(row)).chip
    }
    assert chips == {
        "市商务局": "与上轮雷同",
        "市市场监管局": "数字下降",
        "市农业农村局": "重报",
        "阳新县": "3 条空白",
        "下陆区": "与上轮雷同",
    }
    days = [
        reviewing.history(friday.ws, row.expected.id).versions[-1].received_on
        for row in friday.queue.rows
    ]
    assert days == sorted(days)


def test_a_fallen_figure_is_shown_in_both_texts(friday: ReviewPage) -> None:
    pick(friday, "市市场监管局")
    line = friday.line()
    assert line is not None
    assert line.entry.measure_number == 13
    assert "12.6万条 → 11.9万条" in friday.shown.banner.text
    assert friday.shown.head.how.group.checkedId() == LAST_ROUND
    rows = friday.shown.texts.rows
    assert "12.6万" in rows.olds[0].toPlainText()
    assert rows.news[0].toPlainText() == line.entry.parts.progress
    assert "11.9万" in friday.reason.words


def test_differences_are_gone_through_by_keys(friday: ReviewPage, qtbot: QtBot) -> None:
    pick(friday, "市商务局")
    texts = friday.shown.texts
    total = texts.differences
    assert total > 1
    press(qtbot, friday, Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier)
    assert texts.count.text() == f"第 1 处，共 {total} 处"
    press(qtbot, friday, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert texts.count.text() == f"第 {total} 处，共 {total} 处"
    assert any(text.extraSelections() for text in texts.rows.news)


def test_other_texts_to_compare_with(friday: ReviewPage) -> None:
    pick(friday, "市农业农村局")
    group = friday.shown.head.how.group
    assert group.checkedId() == LAST_VERSION
    assert friday.shown.texts.differences > 0, "it begins with what the resubmission changed"
    assert friday.shown.texts.old_title.text == "上一版"
    group.button(OTHER_UNIT).click()
    assert friday.shown.head.peer.isVisible()
    first = friday.shown.texts.old_title.text
    friday.shown.head.peer.setCurrentIndex(1)
    friday.shown.head.peer.activated.emit(1)
    assert friday.shown.texts.old_title.text not in ("", first)
    group.button(NOTICE).click()
    assert friday.shown.texts.old_title.text == "通知原文"
    pick(friday, "市财政局")
    assert not group.button(LAST_VERSION).isEnabled()


def test_accepting_goes_to_the_next(friday: ReviewPage, qtbot: QtBot) -> None:
    second = friday.queue.rows[1].expected.id
    press(qtbot, friday, Qt.Key.Key_Return, CONTROL)
    assert counts(friday) == (14, 0, 0, 23)
    assert friday.queue.table.current_id() == second
    assert friday.shown.head.unit.text() == friday.queue.rows[0].expected.unit_name


def test_a_reason_the_clerk_wrote_is_not_dropped_at_once(friday: ReviewPage) -> None:
    pick(friday, "市财政局")
    before = counts(friday)
    friday.reason.reason.setPlainText("请补充佐证材料。")
    friday.desk.accept()
    assert counts(friday) == before
    assert friday.reason.error.text.startswith("写了退回理由")
    friday.desk.accept()
    assert counts(friday)[3] == before[3] + 1


def test_sending_back_needs_a_reason_and_a_day(friday: ReviewPage, qtbot: QtBot) -> None:
    pick(friday, "市财政局")
    assert friday.reason.words == ""
    assert friday.reason.due.text() == "2024-12-02", "the first working day after the due date"
    press(qtbot, friday, Qt.Key.Key_R, CONTROL)
    assert friday.reason.error.text.startswith("没有写退回理由")
    assert counts(friday)[1] == 0
    friday.reason.add_sentence("（二）请补充佐证材料。")
    friday.reason.add_sentence("（二）请补充佐证材料。")
    friday.reason.due.setText("2024-13-02")
    press(qtbot, friday, Qt.Key.Key_R, CONTROL)
    assert "没有 13 月" in friday.reason.error.text
    friday.reason.due.setText("2024-11-01")
    press(qtbot, friday, Qt.Key.Key_R, CONTROL)
    assert "在今天之前" in friday.reason.error.text
    friday.reason.due.setText("12-02")
    press(qtbot, friday, Qt.Key.Key_R, CONTROL)
    assert counts(friday)[1] == 1
    friday.show_list(Status.SENT_BACK)
    assert friday.shown.head.history.isVisible()
    assert "退回补报（第 1 版" in friday.shown.head.history.text
    assert friday.shown.head.history.text.endswith("（二）请补充佐证材料。")


def test_ready_sentences_are_those_of_the_flags_first(friday: ReviewPage) -> None:
    pick(friday, "阳新县")
    assert friday.reason.words.splitlines() == [
        "（五）没有填写，请补报。",
        "（六）没有填写，请补报。",
        "（七）没有填写，请补报。",
    ]
    menu = friday.reason.menu(5)
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[:3] == friday.reason.words.splitlines()
    assert any(text.startswith("（五）请补充佐证材料") for text in words)


def test_doubt_is_a_hold_even_from_the_text_field(friday: ReviewPage, qtbot: QtBot) -> None:
    friday.reason.reason.setFocus()
    friday.reason.reason.setPlainText("待与统计局核对")
    qtbot.keyClick(friday.reason.reason, Qt.Key.Key_D, CONTROL)
    assert counts(friday) == (14, 0, 1, 22)
    friday.show_list(Status.ON_HOLD)
    assert "待与统计局核对" in friday.shown.head.history.text
    press(qtbot, friday, Qt.Key.Key_Return, CONTROL)
    assert counts(friday)[2:] == (0, 23)


def test_all_without_a_flag_are_accepted_after_asking(
    friday: ReviewPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[str] = []

    def answer(_parent: object, what: str, advice: str, verb: str) -> bool:
        asked.extend((what, advice, verb))
        return len(asked) > 3

    monkeypatch.setattr(messages, "ask", answer)
    friday.queue.bulk.click()
    assert counts(friday)[0] == 15
    friday.queue.bulk.click()
    assert counts(friday) == (4, 0, 0, 33)
    assert "市商务局、市市场监管局、阳新县、下陆区" in asked[1]
    assert asked[2] == "通过 11 件"
    assert friday.queue.bulk.isHidden()


def test_return_notices_are_copied(friday: ReviewPage, monkeypatch: pytest.MonkeyPatch) -> None:
    for unit in ("市商务局", "市市场监管局"):
        pick(friday, unit)
        friday.desk.send_back()
    seen: list[str] = []

    def look(box: ReturnNotices) -> None:
        box.copy_text()
        seen.append(QGuiApplication.clipboard().text())
        box.units.setCurrentRow(1)
        box.copy_subject()
        seen.append(QGuiApplication.clipboard().text())
        assert box.said.text().startswith("市市场监管局的通知标题已复制")

    monkeypatch.setattr(ReturnNotices, "show", look)
    assert friday.queue.notices.accessibleName() == "退回通知 2 件…"
    friday.queue.notices.click()
    assert seen[0].startswith("市商务局：")
    assert "2024年12月2日前" in seen[0]
    assert seen[1] == "关于补报第二轮任务执行情况的通知"


def test_an_empty_queue_says_what_comes_next(
    friday: ReviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    while friday.queue.rows:
        friday.desk.accept()
    assert friday.done.isVisible()
    assert friday.done.fact.text() == "待审的都审完了"
    assert friday.done.step.text() == "下一步可以催报未报的 7 家单位"
    with qtbot.waitSignal(friday.status_asked) as asked:
        friday.done.button.click()
    assert asked.args == [Status.MISSING]
    friday.desk.accept()
    friday.desk.send_back()
    assert counts(friday) == (0, 0, 0, 37)


def test_a_text_that_changes_elsewhere_is_looked_at_again(friday: ReviewPage) -> None:
    [row] = [row for row in friday.queue.rows if row.expected.unit_name == "市市场监管局"]
    entry = next(
        line.entry
        for line in friday.reader.lines(row.expected.id)
        if line.entry.measure_number == 13
    )
    current = overview.entry_detail(friday.ws, entry.id).current
    assert current is not None
    receipt = returns.Receipt(current.received_on, current.channel)
    mended = FeedbackParts(progress=entry.parts.progress.replace("11.9万", "13.8万"))
    friday.run.command(returns.record, friday.ws, entry_id=entry.id, parts=mended, receipt=receipt)
    pick(friday, "市市场监管局")
    assert not any("减少" in flag.text for line in friday.shown.model.rows for flag in line.flags)


def test_a_frozen_round_is_only_looked_at(open_page: OpenPage) -> None:
    page = open_page(1)
    page.show_list(Status.ACCEPTED)
    assert page.queue.rows
    assert not page.reason.accept.isEnabled()
    assert "已封存" in page.reason.accept.toolTip()
    before = counts(page)
    page.desk.accept()
    page.desk.hold()
    page.desk.send_back()
    assert counts(page) == before


def test_lists_by_state(friday: ReviewPage) -> None:
    friday.queue.which.activated.emit(3)
    assert len(friday.queue.rows) == 22
    assert friday.queue.which.currentText() == "通过 22"
    assert all(row.expected.state is ReturnState.ACCEPTED for row in friday.queue.rows)


def test_one_text_alone_has_no_marks(qtbot: QtBot) -> None:
    view = CompareView()
    qtbot.addWidget(view)
    view.show_texts(Compared("本次", FeedbackParts(progress="开展培训 3 期。")))
    assert view.differences == 0
    assert view.legend.isHidden()
    assert view.rows.news[0].toPlainText() == "开展培训 3 期。"
    assert view.rows.news[1].toPlainText() == "（未填写）"
    view.step(1)
    assert view.count.text() == "没有差异"


def test_the_stamped_paper_copy_is_ticked(friday: ReviewPage) -> None:
    row_id = friday.queue.table.current_id()
    friday.shown.head.paper.click()
    assert friday.round is not None
    assert list(reviewing.paper_copies(friday.ws, friday.round)) == [row_id]
    assert friday.shown.head.paper.toolTip() == "11月29日收到"
    friday.shown.head.paper.click()
    assert reviewing.paper_copies(friday.ws, friday.round) == {}
