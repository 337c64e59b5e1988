"""汇总 with keys and mouse: drafting, ticks, typing, stale sentences, order, the edited report."""

import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.domain import composing_part
from hs_credit_desktop.domain.composing import Draft, Kind
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.services import composing, composing_outline, overview, returns
from hs_credit_desktop.services.composing_board import Board, Node, NodeState, board
from hs_credit_desktop.services.composing_outline import Line, Opened
from hs_credit_desktop.services.export import WORD, export
from hs_credit_desktop.services.workspace import Changes, Workspace, open_workspace
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.models.compose import RowKind
from hs_credit_desktop.ui.pages import compose_reading
from hs_credit_desktop.ui.pages.compose import ComposePage
from hs_credit_desktop.ui.pages.names import NAMES
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
OpenPage = Callable[..., ComposePage]


@pytest.fixture
def open_page(qtbot: QtBot, practice_ws: Workspace) -> OpenPage:
    def make(number: int = 2, width: int = 1290) -> ComposePage:
        run = Run(at_once=True)
        page = ComposePage(practice_ws, run, Preferences(practice_ws.folder.root))
        qtbot.addWidget(page)
        run.changed.connect(page.reload)
        page.resize(width, 600)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        page.show_round(overview.round_of(practice_ws, overview.notice(practice_ws).id, number))
        return page

    return make


@pytest.fixture
def page(open_page: OpenPage) -> ComposePage:
    """All measures are composed; the first one is shown."""
    made = open_page()
    made.nodes.compose.click()
    return made


def key(
    qtbot: QtBot,
    page: ComposePage,
    which: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    qtbot.keyClick(QApplication.focusWidget() or page, which, modifier)


def shown(page: ComposePage) -> Node:
    assert page.desk.node is not None
    return page.desk.node


def whole(page: ComposePage) -> Board:
    """Every node with all its sources, as the ledger has it."""
    assert page.round is not None
    return board(page.ws, page.round)


def change(page: ComposePage, node: Node, old: str, new: str) -> None:
    """A unit corrects a word of its progress, on another page."""
    source = next(source for source in node.sources if old in source.text)
    detail = overview.entry_detail(page.ws, source.entry_id)
    assert detail.current
    parts = replace(detail.entry.parts, progress=detail.entry.parts.progress.replace(old, new))
    receipt = returns.Receipt(detail.current.received_on, detail.current.channel)
    page.run.command(
        returns.record, page.ws, entry_id=source.entry_id, parts=parts, receipt=receipt
    )


def figure_of(node: Node) -> tuple[str, str]:
    """A counted word of the first progress with a figure, and another number for it."""
    from hs_credit_desktop.domain.figures import figures

    for source in node.sources:
        found = figures(source.text) if source.part == "progress" else ()
        if found and source.text.count(found[0].printed) == 1:
            return found[0].printed, "7" + found[0].printed
    raise AssertionError("no figure")


def test_all_24_measures_are_drafted_by_one_button(open_page: OpenPage) -> None:
    page = open_page()
    assert page.nodes.compose.text().startswith("起草全部 24 条")
    assert {row.node.state for row in page.nodes.model.rows} == {NodeState.OPEN}
    assert page.pane.edit.text == ""
    page.nodes.compose.click()
    assert page.nodes.done.number == "24／24"
    assert page.nodes.compose.isHidden()
    assert shown(page).number == 1
    assert page.pane.edit.text == shown(page).draft.text != ""
    assert page.pane.said.text() == "已起草 24 条措施和 3 个章节"
    assert all(
        row.taken
        for row in page.sources.model.rows
        if row.source.part in ("progress",) and row.kind is RowKind.SENTENCE
    )


def test_figures_of_the_head_open_the_rows_they_count(page: ComposePage) -> None:
    page.nodes.done.click()
    assert len(page.nodes.table.ids()) == 24
    page.nodes.all_link.click()
    assert len(page.nodes.table.ids()) == 27
    assert page.nodes.changed.isHidden()
    change(page, shown(page), *figure_of(shown(page)))
    assert page.nodes.changed.number == "1"
    page.nodes.changed.click()
    assert page.nodes.table.ids() == [shown(page).id]


def test_a_sentence_is_ticked_by_space_and_by_the_mouse(qtbot: QtBot, page: ComposePage) -> None:
    view, model = page.sources.view, page.sources.model
    view.setFocus()
    place = next(at for at, row in enumerate(model.rows) if row.taken)
    view.show_row(place)
    text = model.rows[place].text
    key(qtbot, page, Qt.Key.Key_Space)
    assert not model.rows[place].taken
    assert text not in page.pane.edit.text
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.point_of(place))
    assert model.rows[place].taken
    assert page.pane.edit.text == shown(page).draft.text
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.point_of(place) + QPoint(90, 0)
    )
    assert model.rows[place].taken  # a click on the words only looks
    assert page.desk.lit


def test_typing_keeps_sources_and_is_kept_until_it_is_saved(
    qtbot: QtBot, page: ComposePage, open_page: OpenPage
) -> None:
    edit = page.pane.edit
    edit.setFocus()
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    edit.insertPlainText("全市信用环境持续向好。")
    page.may_leave()
    assert [one.text for one in page.desk.draft.without_source] == ["全市信用环境持续向好。"]
    assert page.pane.said.text() == "1 句办内撰写"
    assert any(chip.text == "办内撰写" for chip in page.pane.edit.chips[-1])
    page.hide()
    again = open_page()
    assert again.pane.edit.text.endswith("全市信用环境持续向好。")
    assert any(row.typed for row in again.nodes.model.rows)
    assert again.save()
    assert "已保存" in again.pane.said.text()
    assert shown(again).saved is not None
    assert shown(again).saved.version == 2
    assert not any(row.typed for row in again.nodes.model.rows)


def test_finishing_saves_and_goes_on(qtbot: QtBot, page: ComposePage) -> None:
    first = shown(page)
    page.pane.edit.setFocus()
    page.pane.edit.insertPlainText("另，")
    key(qtbot, page, Qt.Key.Key_Return, CONTROL)
    assert shown(page).number == first.number + 1
    assert whole(page).node(first.id).draft.text.startswith("另，")
    key(qtbot, page, Qt.Key.Key_PageUp, CONTROL)
    assert shown(page).id == first.id


def test_a_stale_sentence_shows_old_and_new_and_is_answered(
    qtbot: QtBot, page: ComposePage
) -> None:
    target = whole(page).measures[10]
    old, new = figure_of(target)
    change(page, target, old, new)
    page.nodes.table.setFocus()
    key(qtbot, page, Qt.Key.Key_F8)
    assert shown(page).id == target.id
    assert not page.pane.strip.isHidden()
    assert old in page.pane.strip.detail.text
    assert new in page.pane.strip.detail.text
    assert [row.fresh for row in page.sources.model.rows].count(True) == 1
    assert any(chip.icon == "arrow_sync" for line in page.pane.edit.chips for chip in line)
    key(qtbot, page, Qt.Key.Key_F9)
    assert new in page.pane.edit.text
    assert page.pane.strip.isHidden()
    assert page.outline.stale == ()
    key(qtbot, page, Qt.Key.Key_F8)
    assert page.pane.said.text() == "没有来源已变更的句子"


def test_the_old_words_may_stay(qtbot: QtBot, page: ComposePage) -> None:
    target = whole(page).measures[10]
    change(page, target, *figure_of(target))
    text = target.draft.text
    key(qtbot, page, Qt.Key.Key_F8)
    key(qtbot, page, Qt.Key.Key_F9, SHIFT)
    assert whole(page).node(target.id).draft.text == text
    assert page.outline.stale == ()


def test_paragraphs_are_ordered_by_keys_and_by_dragging(qtbot: QtBot, page: ComposePage) -> None:
    edit = page.pane.edit
    first, second = edit.text.split("\n")[:2]
    edit.go_to(0)
    edit.setFocus()
    key(qtbot, page, Qt.Key.Key_Down, ALT)
    assert edit.text.split("\n")[:2] == [second, first]
    assert edit.paragraph == 1
    key(qtbot, page, Qt.Key.Key_Up, ALT)
    assert edit.text.split("\n")[:2] == [first, second]
    places = [edit.paragraph_rect(at).center().y() for at in (0, 1)]
    qtbot.mousePress(edit.gutter, Qt.MouseButton.LeftButton, pos=QPoint(20, places[0]))
    qtbot.mouseMove(edit.gutter, QPoint(20, places[1]))
    qtbot.mouseRelease(edit.gutter, Qt.MouseButton.LeftButton, pos=QPoint(20, places[1]))
    assert edit.text.split("\n")[:2] == [second, first]
    assert {one.kind for one in page.desk.draft.sentences} == {Kind.UNITS}


def test_the_sentence_under_the_mouse_lights_its_source(page: ComposePage) -> None:
    page.light.hover(1)
    lit = page.sources.view.lit
    assert len(lit) == 1
    cited = page.desk.draft.sentences[0].cited[0]
    assert page.sources.model.rows[min(lit)].source.cited == cited
    page.light.hover(-1)
    assert not page.sources.view.lit


def test_the_chips_of_a_paragraph_lead_to_its_sources(qtbot: QtBot, page: ComposePage) -> None:
    edit = page.pane.edit
    place = edit.paragraph_rect(1).center().y()
    qtbot.mouseClick(edit.gutter, Qt.MouseButton.LeftButton, pos=QPoint(20, place))
    row = page.sources.view.row()
    assert row is not None
    assert row.source.cited == page.desk.draft.paragraphs[1][0].cited[0]
    assert {at[0] for at in page.desk.lit} == {1}
    page.light.show_sources(99)


def test_empty_phrases_go_on_request_and_ctrl_z_brings_them_back(
    qtbot: QtBot, page: ComposePage
) -> None:
    text = page.pane.edit.text
    page.pane.edit.setFocus()
    page.pane.edit.insertPlainText("各项工作进展顺利，")
    page.pane.strike.click()
    page.pane.edit.undo()
    page.may_leave()
    assert "各项工作进展顺利，" in page.pane.edit.text
    assert text[:20] in page.pane.edit.text


@pytest.mark.qt_log_ignore("plugin does not support", extend=True)
def test_an_older_version_is_taken_back(qtbot: QtBot, page: ComposePage) -> None:
    text = page.pane.edit.text
    page.pane.edit.setFocus()
    page.pane.edit.insertPlainText("另，")
    key(qtbot, page, Qt.Key.Key_S, CONTROL)
    page.saving.ask_version()
    actions = page.saving.menu.actions()
    assert [action.isEnabled() for action in actions] == [False, True]
    actions[1].trigger()
    page.saving.menu.close()
    assert page.pane.edit.text == text
    assert shown(page).saved is not None
    assert shown(page).saved.version == 3
    page.pane.undo.click()
    assert shown(page).saved.version == 2


def test_sources_lead_to_the_entry(qtbot: QtBot, page: ComposePage) -> None:
    asked: list[object] = []
    page.tasks_asked.connect(asked.append)
    page.sources.view.setFocus()
    page.sources.view.show_row(1)
    key(qtbot, page, Qt.Key.Key_Return)
    assert len(asked) == 1
    page.sources.file.click()
    assert page.pane.said.text() == "这条反馈是手工登记的，没有原件"


def test_a_frozen_round_is_only_looked_at(open_page: OpenPage) -> None:
    page = open_page(number=1)
    assert "已封存" in page.pane.locked_hint.sentence.text()
    assert page.pane.edit.isReadOnly()
    assert not page.nodes.compose.isEnabled()
    assert not page.pane.done.isEnabled()


def test_models_keep_the_rules_of_qt(page: ComposePage) -> None:
    QAbstractItemModelTester(
        page.sources.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    page.open_measure("problems")
    page.open_measure("overview")
    assert page.sources.subtitle.text() == "台账数字"


def edited_report(page: ComposePage, folder: Path) -> tuple[Path, str, str]:
    """The exported report with one figure changed, as WPS would save it."""
    assert page.round is not None
    [word] = export(page.ws, page.round, folder, (WORD,))
    old, new = figure_of(whole(page).measures[3])
    path = folder / "改过.docx"
    with zipfile.ZipFile(word.path) as before, zipfile.ZipFile(path, "w") as after:
        for item in before.infolist():
            data = before.read(item)
            if item.filename == "word/document.xml":
                data = data.decode().replace(old, new, 1).encode()
            after.writestr(item, data)
    return path, old, new


def test_an_edited_report_is_dropped_back(qtbot: QtBot, page: ComposePage, tmp_path: Path) -> None:
    path, *_ = edited_report(page, tmp_path)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(drop)
    window = page.report_window
    assert window is not None
    assert window.isVisible()
    assert window.head.text() == "1 处数字与台账不一致；新增 0 句，删去 0 句，改动 0 句"
    row = window.row()
    assert row is not None
    assert row.compared.finding.numbers[0] != ("", "")
    assert row.compared.origins
    assert row.compared.origins[0].unit in window.origin.text
    before = board(page.ws, page.round).node(row.compared.finding.node).saved
    window.take.click()
    after = board(page.ws, page.round).node(row.compared.finding.node).saved
    assert before is not None
    assert after is not None
    assert after.version == before.version + 1
    assert not window.take.isEnabled()
    window.close()


def test_the_badge_counts_what_is_stale(qtbot: QtBot, practice_folder: Path) -> None:
    window = MainWindow(
        root=practice_folder,
        clock=system_clock(),
        run=Run(at_once=True),
        preferences=Preferences(practice_folder),
    )
    qtbot.addWidget(window)
    window.resize(1366, 697)
    window.show_first()
    window.show()
    assert "汇总" in NAMES
    window.show_page("汇总")
    page = window.page
    assert isinstance(page, ComposePage)
    page.nodes.compose.click()
    assert window.rail.item("汇总").accessibleDescription() == ""
    change(page, shown(page), *figure_of(shown(page)))
    assert window.rail.item("汇总").accessibleDescription() == "1 项待办"
    window.close()


def test_another_page_saw_the_change(page: ComposePage) -> None:
    """A board that is hidden reads again when it is shown."""
    page.hide()
    assert page.round is not None
    composing.compose_all(page.ws, page.round, again=True)
    page.reload(Changes(drafts=True))
    page.show()
    assert shown(page).saved is not None
    assert shown(page).saved.version == 2


def test_it_can_only_be_read_elsewhere(qtbot: QtBot, practice_folder: Path) -> None:
    ws = open_workspace(practice_folder, system_clock(), read_only=True)
    page = ComposePage(ws, Run(at_once=True), Preferences(practice_folder))
    qtbot.addWidget(page)
    page.show()
    page.show_round(overview.round_of(ws, overview.notice(ws).id, 2))
    page.desk.take_all()
    assert page.pane.edit.text == ""
    assert "只读" in page.pane.locked_hint.sentence.text()
    ws.close()


def test_the_first_sentence_of_each_unit(open_page: OpenPage) -> None:
    page = open_page()
    page.nodes.heads.click()
    assert page.nodes.done.number == "24／24"
    taken = [row.source for row in page.sources.model.rows if row.taken]
    units = [source.unit for source in taken]
    assert len(units) == len(set(units)) > 1
    short = len(page.pane.edit.text)
    assert not shown(page).stale
    page.sources.take_all.click()
    assert len(page.pane.edit.text) > 2 * short
    page.sources.take_heads.click()
    assert len(page.pane.edit.text) == short


def test_all_is_drafted_again_by_the_same_key_and_taken_back(
    qtbot: QtBot, page: ComposePage
) -> None:
    assert shown(page).saved is not None
    before = page.pane.edit.text
    key(qtbot, page, Qt.Key.Key_G, ALT)
    short = page.pane.edit.text
    assert len(short) < len(before)
    key(qtbot, page, Qt.Key.Key_G, CONTROL)
    assert page.pane.edit.text == before
    page.pane.edit.setFocus()
    key(qtbot, page, Qt.Key.Key_U, CONTROL)
    assert page.pane.edit.text == short
    key(qtbot, page, Qt.Key.Key_B, CONTROL)
    assert page.pane.edit.text == before
    key(qtbot, page, Qt.Key.Key_B, ALT)
    assert page.pane.edit.text == short


def test_stopping_the_drafting_writes_nothing(
    qtbot: QtBot, practice_ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run()
    page = ComposePage(practice_ws, run, Preferences(practice_ws.folder.root))
    qtbot.addWidget(page)
    page.resize(1290, 600)
    page.show()
    page.show_round(overview.round_of(practice_ws, overview.notice(practice_ws).id, 2))
    begun, go_on = threading.Event(), threading.Event()
    drafting = composing.first_draft

    def slow(node: Node, *, heads: bool = False) -> Draft:
        begun.set()
        go_on.wait(10)
        return drafting(node, heads=heads)

    monkeypatch.setattr(composing, "first_draft", slow)
    page.nodes.compose.click()
    assert begun.wait(10)
    assert not page.nodes.compose.isEnabled()
    assert page.nodes.stop.isVisible()
    page.nodes.stop.click()
    go_on.set()
    qtbot.waitUntil(lambda: page.nodes.stop.isHidden(), timeout=10_000)
    assert page.pane.said.text() == "已停止，没有改动"
    assert page.round is not None
    assert all(node.saved is None for node in board(practice_ws, page.round).nodes)
    assert page.nodes.compose.isEnabled()


@pytest.fixture
def long_page(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> ComposePage:
    """Every measure is long: two units a page of its sources, two paragraphs a part."""
    monkeypatch.setattr(composing_outline, "LONG", {"measure": 2, "chapter": 2})
    monkeypatch.setattr(composing_outline, "PAGE", {"measure": 2, "chapter": 2})
    monkeypatch.setattr(composing_part, "WHOLE", 2)
    monkeypatch.setattr(composing_part, "PARAGRAPHS", 2)
    return open_page()


def test_a_long_measure_is_turned_over_by_keys(qtbot: QtBot, long_page: ComposePage) -> None:
    page = long_page
    every = [source.text for source in whole(page).measures[0].sources]
    seen: list[str] = []
    assert page.sources.pager.words.text().startswith("第 1–2 家，共 ")
    while True:
        seen += [row.text for row in page.sources.model.rows if row.kind is RowKind.SENTENCE]
        if not page.sources.pager.on.isEnabled():
            break
        key(qtbot, page, Qt.Key.Key_PageDown, ALT)
    assert seen == every
    key(qtbot, page, Qt.Key.Key_PageUp, ALT)
    assert page.sources.pager.on.isEnabled()
    page.open_measure("problems")
    assert page.sources.pager.words.text().startswith("第 1–2 家，共 ")


def test_a_long_draft_is_edited_in_parts_and_saved_whole(
    qtbot: QtBot, long_page: ComposePage
) -> None:
    page = long_page
    page.sources.take_all.click()
    drafted = composing.first_draft(whole(page).measures[0])
    assert page.desk.part.whole == drafted
    assert page.pane.edit.text == "\n".join(drafted.text.split("\n")[:2])
    assert page.pane.pager.words.text() == f"第 1–2 段，共 {len(drafted.paragraphs)} 段"
    page.pane.edit.setFocus()
    key(qtbot, page, Qt.Key.Key_F7)
    page.pane.edit.insertPlainText("另，")
    key(qtbot, page, Qt.Key.Key_F7, SHIFT)
    assert page.pane.edit.text == "\n".join(drafted.text.split("\n")[:2])
    assert page.typed.get(page.desk.key(shown(page).id)) is not None
    key(qtbot, page, Qt.Key.Key_S, CONTROL)
    lines = drafted.text.split("\n")
    lines[2] = f"另，{lines[2]}"
    saved = whole(page).measures[0]
    assert saved.draft.text.split("\n") == lines
    assert saved.state is NodeState.COMPOSED
    assert page.typed.get(page.desk.key(shown(page).id)) is None
    assert not shown(page).stale


def test_words_of_a_long_draft_that_are_not_saved_come_back(
    qtbot: QtBot, long_page: ComposePage, open_page: OpenPage
) -> None:
    long_page.sources.take_heads.click()
    text = long_page.desk.part.whole.text
    assert text
    long_page.may_leave()
    long_page.hide()
    assert open_page().desk.part.whole.text == text


def test_a_stale_sentence_of_a_long_draft_is_brought_into_sight(
    qtbot: QtBot, long_page: ComposePage
) -> None:
    page = long_page
    page.nodes.compose.click()
    target = whole(page).measures[10]
    said = [one.cited[0].entry_id for one in target.draft.sentences]
    last = next(
        source
        for source in reversed(target.sources)
        if source.entry_id == said[-1] and source.part == "progress"
    )
    detail = overview.entry_detail(page.ws, last.entry_id)
    assert detail.current
    parts = replace(detail.entry.parts, progress="新写的进展。" + detail.entry.parts.progress)
    receipt = returns.Receipt(detail.current.received_on, detail.current.channel)
    page.run.command(returns.record, page.ws, entry_id=last.entry_id, parts=parts, receipt=receipt)
    assert [line.id for line in page.outline.stale][:1] == [target.id]
    page.nodes.table.setFocus()
    key(qtbot, page, Qt.Key.Key_F8)
    assert shown(page).id == target.id
    row = page.sources.view.row()
    assert row is not None
    assert row.source.entry_id == last.entry_id
    assert "新写的进展" in page.pane.strip.detail.text
    key(qtbot, page, Qt.Key.Key_F9)
    assert "新写的进展" in page.desk.part.whole.text
    assert target.id not in [line.id for line in page.outline.stale]


def test_another_node_can_be_chosen_while_a_long_one_is_read(
    qtbot: QtBot, practice_ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composing_outline, "LONG", {"measure": 9, "chapter": 900})
    run = Run()
    page = ComposePage(practice_ws, run, Preferences(practice_ws.folder.root))
    qtbot.addWidget(page)
    page.resize(1290, 600)
    page.show()
    go_on, reading_node = threading.Event(), composing_outline.open_node

    def slow(ws: Workspace, round_: Round, line: Line, typed: str = "") -> Opened:
        if line.long:
            go_on.wait(10)
        return reading_node(ws, round_, line, typed)

    monkeypatch.setattr(compose_reading, "open_node", slow)
    page.show_round(overview.round_of(practice_ws, overview.notice(practice_ws).id, 2))
    long = next(line for line in page.outline.measures if line.long)
    page.nodes.table.select(long.id)
    assert page.desk.node is None
    assert page.pane.name.text == long.label
    assert page.pane.edit.isReadOnly()
    short = next(line for line in page.outline.measures if not line.long)
    page.nodes.table.select(short.id)
    assert shown(page).id == short.id
    go_on.set()
    qtbot.waitUntil(lambda: not run.working, timeout=10_000)
    assert shown(page).id == short.id
    page.nodes.table.select(long.id)
    qtbot.waitUntil(lambda: page.desk.node is not None, timeout=10_000)
    assert shown(page).id == long.id
