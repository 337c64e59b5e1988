"""The search box while typing: it runs beside the window, and says when there is more."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import folders
from hs_credit_desktop.services.find import Finder, Hit
from hs_credit_desktop.store.search import GivenUp
from hs_credit_desktop.ui import search
from hs_credit_desktop.ui.finding import Finding, cut
from hs_credit_desktop.ui.header import Header
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.search import FIRST, MORE, MOST, SearchResults, title_of


def texts(count: int) -> list[Hit]:
    return [Hit("feedback", f"e{at}", 1, "市数据局", "措施", f"第{at}条") for at in range(count)]


class Asked:
    """Answers when the test says so."""

    def __init__(self) -> None:
        self.questions: list[tuple[str, int]] = []
        self._answers: list[Callable[[Sequence[Hit]], object]] = []

    def __call__(self, text: str, limit: int, answered: Callable[[Sequence[Hit]], object]) -> None:
        self.questions.append((text, limit))
        self._answers.append(answered)

    def answer(self, hits: Sequence[Hit], place: int = -1) -> None:
        self._answers[place](hits)


@pytest.fixture
def box(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> tuple[SearchResults, Header, Asked]:
    monkeypatch.setattr(search, "SLOW_MS", 20)
    window = QMainWindow()
    qtbot.addWidget(window)
    header = Header()
    window.setCentralWidget(header)
    window.resize(1200, 600)
    window.show()
    asked = Asked()
    return SearchResults(window, header.search, asked), header, asked


def shown(results: SearchResults) -> list[str]:
    return [results.list.item(row).text() for row in range(results.list.count())]


def test_an_answer_that_comes_late_is_dropped(box: tuple[SearchResults, Header, Asked]) -> None:
    results, header, asked = box
    header.search.setText("信")
    results.search()
    header.search.setText("信用")
    results.search()
    asked.answer(texts(3), 0)
    assert shown(results) == []
    asked.answer(texts(2))
    assert len(shown(results)) == 2
    assert asked.questions == [("信", FIRST), ("信用", FIRST)]


def test_enter_opens_the_first_hit_of_what_is_typed_once_it_is_there(
    qtbot: QtBot, box: tuple[SearchResults, Header, Asked]
) -> None:
    results, header, asked = box
    header.search.setText("信")
    results.search()
    asked.answer(texts(1))
    header.search.setText("信用")
    with qtbot.assertNotEmitted(results.opened):
        qtbot.keyClick(header.search, Qt.Key.Key_Return)  # the list is that of 信
    with qtbot.waitSignal(results.opened) as opened:
        asked.answer(texts(9)[4:])
    assert opened.args[0].ref == "e4"
    assert results.isHidden()


def test_a_slow_search_says_that_it_is_under_way_and_esc_gives_it_up(
    qtbot: QtBot, box: tuple[SearchResults, Header, Asked]
) -> None:
    results, header, asked = box
    header.search.setText("度制")
    results.search()
    qtbot.waitUntil(lambda: "正在查找“度制”" in results._none.text())
    assert results.isVisible()
    with qtbot.waitSignal(results.put_away):
        qtbot.keyClick(header.search, Qt.Key.Key_Escape)
    asked.answer(texts(2))
    assert results.isHidden()


def test_more_hits_are_listed_when_asked_for(
    qtbot: QtBot, box: tuple[SearchResults, Header, Asked]
) -> None:
    results, header, asked = box
    header.search.setText("信用")
    results.search()
    asked.answer(cut(texts(FIRST + 1), FIRST))
    assert results.list.count() == FIRST + 1
    assert shown(results)[-1] == "反馈还有更多，现在列出前 50 条：列到 1000 条"
    qtbot.keyClick(header.search, Qt.Key.Key_Up)
    with qtbot.assertNotEmitted(results.opened):
        qtbot.keyClick(header.search, Qt.Key.Key_Return)
    assert asked.questions[-1] == ("信用", MOST)
    asked.answer(cut(texts(MOST + 1), MOST))
    assert results.list.currentRow() == FIRST
    assert shown(results)[-1] == "反馈多于 1000 条，只列出前 1000 条：请多写几个字"
    results.list.setCurrentRow(MOST)
    qtbot.keyClick(header.search, Qt.Key.Key_Return)
    assert len(asked.questions) == 2
    assert results.isVisible()


def test_each_kind_is_cut_by_itself() -> None:
    unit = Hit("unit", "u", None, "市数据局", None, "市数据局")
    kept = cut([unit, *texts(3)], 2)
    assert [hit.kind for hit in kept] == ["unit", "feedback", "feedback", MORE]
    assert title_of(kept[-1]).startswith("反馈还有更多")
    assert cut([unit], 1) == [unit]


@pytest.fixture
def window(qtbot: QtBot, practice_folder: Path, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(
        root=practice_folder,
        clock=system_clock(),
        run=Run(),
        preferences=Preferences(tmp_path / "prefs"),
    )
    qtbot.addWidget(made)
    made.show_first()
    made.show()
    yield made
    made._close_ledger()


def test_hits_are_found_on_a_worker_and_the_ledger_is_let_go_of(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[bool] = []
    find = Finder.find

    def spied(self: Finder, text: str, *, limit: int) -> list[Hit]:
        threads.append(threading.current_thread() is threading.main_thread())
        return find(self, text, limit=limit)

    monkeypatch.setattr(Finder, "find", spied)
    window.header.search.setFocus()
    window.header.search.insert("信用")  # as an input method does
    qtbot.waitUntil(lambda: window.results is not None and window.results.list.count() > 20)
    assert window.results is not None
    assert any("信用" in line for line in shown(window.results))
    assert set(threads) == {False}
    assert window.put_away()  # the ledger is closed for work that needs it closed
    assert window.ws is None


def test_a_newer_question_gives_up_the_older_and_errors_are_told(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, freed = threading.Event(), threading.Event()

    def slow(self: Finder, text: str, *, limit: int) -> list[Hit]:
        if text == "慢":
            begun.set()
            freed.wait(5)
            raise GivenUp
        if text == "坏":
            raise UserError("台账已损坏", "请从备份还原。")
        return texts(1)

    monkeypatch.setattr(Finder, "find", slow)
    monkeypatch.setattr(Finder, "give_up", lambda self: freed.set())
    finding = Finding(window)
    answers: list[Sequence[Hit]] = []
    finding.ask("慢", 5, answers.append)
    assert begun.wait(5)
    finding.ask("快", 5, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 1)
    with qtbot.waitSignal(window.task_run.failed) as failed:
        finding.ask("坏", 5, answers.append)
    assert failed.args == ["台账已损坏", "请从备份还原。"]
    finding.let_go()
    assert len(answers) == 1


def test_a_ledger_that_was_borrowed_is_not_opened_where_it_lies(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.ws is not None
    monkeypatch.setattr(type(window.ws), "read_only", True)
    monkeypatch.setattr(folders, "here", lambda _root: folders.Warning)
    monkeypatch.setattr(Finder, "find", None)
    answers: list[Sequence[Hit]] = []
    Finding(window).ask("信用", 5, answers.append)
    assert answers[0]


def test_a_second_esc_gives_the_keyboard_back(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    assert window.page is not None
    field, panes = window.header.search, window.page.panes()
    panes[-1].setFocus()
    before = window.focusWidget()
    field.take()
    field.setText("市数据局")
    qtbot.waitUntil(window.results.isVisible)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert window.results.isHidden()
    assert field.hasFocus()
    assert field.text() == "市数据局"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert window.focusWidget() is before
    field.setFocus()  # by the mouse: nobody knows where the keyboard was
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert panes[0] is window.focusWidget() or panes[0].isAncestorOf(window.focusWidget())
