"""审核: long queues are looked at where they are seen, and what is found late moves nobody."""

import threading
from collections.abc import Callable, Iterator
from unittest.mock import patch

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import flagging, overview, returns, reviewing
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.pages import review_queue
from hs_credit_desktop.ui.pages.review import ReviewPage
from hs_credit_desktop.ui.pages.review_reader import LAST_ROUND, OTHER_UNIT
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from tests.ui.test_review import counts, friday, open_page, pick

__all__ = ["friday", "open_page"]  # fixtures

AT_ONCE_LIMIT = 5000


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Looking for flags waits until this is set."""
    go, looking = threading.Event(), flagging.by_measure

    def wait(*given: object, **named: object) -> Iterator[flagging.Found]:
        assert go.wait(20)
        yield from looking(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(flagging, "by_measure", wait)
    yield go
    go.set()


@pytest.fixture
def beside(
    friday: ReviewPage, qtbot: QtBot, held: threading.Event
) -> Iterator[Callable[[], ReviewPage]]:
    """Another page over the same ledger, whose long work is really done beside it."""
    made: list[ReviewPage] = []

    def make() -> ReviewPage:
        page = ReviewPage(friday.ws, Run(), Preferences(friday.ws.folder.root))
        qtbot.addWidget(page)
        page.run.changed.connect(page.reload)
        page.resize(1290, 640)
        page.show()
        assert friday.round is not None
        page.show_round(friday.round)
        made.append(page)
        return page

    yield make
    held.set()
    for page in made:
        page.may_leave()
        page.run.wait()


def _known(qtbot: QtBot, page: ReviewPage) -> None:
    qtbot.waitUntil(lambda: page.queue.looked_at() is not None, timeout=AT_ONCE_LIMIT)


def test_the_page_stands_before_anything_is_looked_at(
    beside: Callable[[], ReviewPage], held: threading.Event, qtbot: QtBot
) -> None:
    page = beside()
    pick(page, "市市场监管局")
    first = page.shown.model.rows[0].id
    assert page.shown.entries.current_id() == first
    assert page.reason.words == ""
    assert not any(chip.isVisible() for chip in page.shown.head.chips)
    assert page.queue.bulk.accessibleName() == "通过没有提示的…"
    page.showing.patience.start(60_000)
    held.set()
    _known(qtbot, page)
    line = page.line()
    assert line is not None
    assert line.entry.measure_number == 13
    assert "11.9万" in page.reason.words
    assert page.shown.head.chips[0].isVisible()
    assert page.queue.bulk.accessibleName() == "通过没有提示的 11 件…"


def test_what_is_found_late_leaves_the_clerk_alone(
    beside: Callable[[], ReviewPage], held: threading.Event, qtbot: QtBot
) -> None:
    page = beside()
    pick(page, "市市场监管局")
    qtbot.waitUntil(page.shown.banner.isVisible, timeout=AT_ONCE_LIMIT)
    assert page.shown.banner.text.startswith("正在逐条比对")
    first = page.shown.entries.current_id()
    page.reason.reason.setPlainText("我自己写的理由")
    held.set()
    _known(qtbot, page)
    assert page.shown.entries.current_id() == first
    assert page.reason.words == "我自己写的理由"
    assert page.shown.banner.isHidden()
    assert any(line.flags for line in page.shown.model.rows)


def test_an_entry_the_clerk_went_to_stays(
    beside: Callable[[], ReviewPage], held: threading.Event, qtbot: QtBot
) -> None:
    page = beside()
    pick(page, "市市场监管局")
    chosen = page.shown.model.rows[2].id
    page.shown.entries.select(chosen)
    page.shown.head.how.group.button(LAST_ROUND).click()
    page.showing.patience.start(60_000)
    held.set()
    _known(qtbot, page)
    assert page.shown.entries.current_id() == chosen


def test_a_text_that_changes_meanwhile_is_looked_at_again(
    beside: Callable[[], ReviewPage], held: threading.Event, qtbot: QtBot
) -> None:
    page = beside()
    [row] = [row for row in page.queue.rows if row.expected.unit_name == "市市场监管局"]
    entry = next(
        line.entry for line in page.reader.lines(row.id) if line.entry.measure_number == 13
    )
    current = overview.entry_detail(page.ws, entry.id).current
    assert current is not None
    mended = entry.parts.__class__(progress=entry.parts.progress.replace("11.9万", "13.8万"))
    receipt = returns.Receipt(current.received_on, current.channel)
    page.run.command(returns.record, page.ws, entry_id=entry.id, parts=mended, receipt=receipt)
    held.set()
    _known(qtbot, page)
    assert not any("减少" in flag.text for flag in page.finder.flags[row.id])


def test_hidden_it_looks_at_nothing_and_goes_on_when_seen(
    beside: Callable[[], ReviewPage], held: threading.Event, qtbot: QtBot
) -> None:
    page = beside()
    page.hide()
    held.set()
    qtbot.waitUntil(lambda: not page.run.working, timeout=AT_ONCE_LIMIT)
    known = len(page.finder.flags)
    page.show()
    _known(qtbot, page)
    assert known < len(page.finder.flags)


def test_a_ledger_that_cannot_be_read_is_said_once(
    beside: Callable[[], ReviewPage],
    held: threading.Event,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UserError("台账没有读出来", "请稍后再试。")

    page = beside()
    monkeypatch.setattr(flagging, "whole", refuse)
    with qtbot.waitSignal(page.run.failed) as failed:
        held.set()
    assert failed.args[0] == "台账没有读出来"
    qtbot.waitUntil(lambda: not page.run.working, timeout=AT_ONCE_LIMIT)


def test_of_a_long_queue_only_what_is_seen_is_looked_at(friday: ReviewPage, qtbot: QtBot) -> None:
    with patch.object(review_queue, "EVERY", 3):
        friday.resize(1290, 420)
        friday.finder.begin(friday.reader.grounds)
        friday.show_list(Status.ACCEPTED)
        qtbot.waitUntil(lambda: set(friday.queue.to_look_at()) <= set(friday.finder.flags))
        seen = set(friday.queue.to_look_at())
        assert 0 < len(seen) < len(friday.queue.rows)
        friday.resize(1290, 520)
        qtbot.waitUntil(lambda: len(friday.queue.to_look_at()) > len(seen))
        qtbot.waitUntil(lambda: set(friday.queue.to_look_at()) <= set(friday.finder.flags))
        known = set(friday.finder.flags)
        friday.queue.table.setFocus()
        qtbot.keyClick(friday.queue.table, Qt.Key.Key_End)
        last = friday.queue.rows[len(friday.queue.rows) - 1].id
        qtbot.waitUntil(lambda: last in friday.finder.flags, timeout=AT_ONCE_LIMIT)
        qtbot.waitUntil(lambda: set(friday.queue.to_look_at()) <= set(friday.finder.flags))
        assert known < set(friday.finder.flags)


def test_all_of_a_long_queue_are_looked_at_before_the_question(
    friday: ReviewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(messages, "ask", lambda _parent, *said: asked.extend(said) or True)
    with patch.object(review_queue, "EVERY", 3), patch.object(reviewing, "CHUNK", 4):
        friday.show_list(Status.TO_REVIEW)
        assert friday.queue.bulk.accessibleName() == "通过没有提示的…"
        friday.queue.bulk.click()
    assert asked[0] == "把没有提示的 11 件都通过吗"
    assert counts(friday) == (4, 0, 0, 33)


def test_accepting_all_can_be_stopped(
    beside: Callable[[], ReviewPage],
    held: threading.Event,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(messages, "ask", lambda _parent, *said: asked.extend(said) or True)
    page = beside()
    page.queue.bulk.click()
    assert page.queue.bulk.accessibleName().startswith("停止")
    page.queue.bulk.click()
    held.set()
    qtbot.waitUntil(
        lambda: page.queue.bulk.accessibleName().startswith("通过"), timeout=AT_ONCE_LIMIT
    )
    assert asked == []
    assert counts(page)[0] == 15


def test_other_units_are_the_most_alike_and_say_how_many_there_are(friday: ReviewPage) -> None:
    pick(friday, "阳新县")
    friday.shown.entries.select(friday.shown.model.rows[0].id)
    with patch("hs_credit_desktop.ui.pages.review_peers.MOST", 2):
        friday.shown.head.how.group.button(OTHER_UNIT).click()
    peer, line = friday.shown.head.peer, friday.line()
    assert line is not None
    assert peer.count() == 2
    every = friday.reader.other_answers(line.entry)
    assert peer.toolTip() == f"同一措施有 {every} 家单位的反馈，这里是最相近的 2 家"
    assert friday.shown.texts.old_title.text == peer.itemText(0).split("\u3000")[0]


def test_a_unit_that_is_alone_has_nobody_to_compare_with(
    friday: ReviewPage, practice_ws: Workspace
) -> None:
    pick(friday, "阳新县")
    line = friday.line()
    assert line is not None
    friday.shown.head.how.group.button(OTHER_UNIT).click()
    with patch.object(flagging, "others", lambda *_, **__: ()):
        friday.shown.entries.select(friday.shown.model.rows[1].id)
        friday.shown.head.how.group.button(OTHER_UNIT).click()
    assert friday.shown.head.peer.count() == 0
    assert friday.shown.texts.old_title.isHidden()


def test_a_decision_takes_one_row_out_and_reads_the_order_no_more(
    friday: ReviewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = reviewing.listed
    monkeypatch.setattr(reviewing, "listed", lambda *_: pytest.fail("read again"))
    friday.desk.accept()
    friday.desk.hold()
    friday.shown.head.paper.click()
    monkeypatch.setattr(reviewing, "listed", listed)
    assert friday.round is not None
    fresh = reviewing.listed(friday.ws, friday.round, Status.TO_REVIEW)
    assert [row.id for row in friday.queue.rows] == [item.id for item in fresh.read(0, 99)]
    assert len(friday.queue.rows) == 13
    friday.show_list(Status.ON_HOLD)
    friday.desk.hold()
    assert len(friday.queue.rows) == 1, "it stays on hold"
    friday.desk.accept()
    assert len(friday.queue.rows) == 0
    friday.show_list(Status.ACCEPTED)
    friday.desk.accept()
    assert len(friday.queue.rows) == 24
