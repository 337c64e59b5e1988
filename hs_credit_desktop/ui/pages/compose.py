"""汇总: measures on the left, what the units sent in the middle, the draft on the right."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.services.composing_board import Board, board
from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.drafts import drafts_of
from hs_credit_desktop.ui.models.compose import SourceRow
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.pages.compose_desk import ComposeDesk
from hs_credit_desktop.ui.pages.compose_doors import open_original, report_in
from hs_credit_desktop.ui.pages.compose_draft import DraftPane
from hs_credit_desktop.ui.pages.compose_drafting import Drafting
from hs_credit_desktop.ui.pages.compose_nodes import NodesPane
from hs_credit_desktop.ui.pages.compose_sources import SourcesPane
from hs_credit_desktop.ui.pages.tasks_keys import bind
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from hs_credit_desktop.ui.pages.compose_report import ReportWindow

PANES_KEY = "compose_panes"
PANE_WIDTHS, LEAST_WIDTHS = (292, 410, 558), (240, 380, 420)
TYPING_PAUSE = 200  # milliseconds after the last key until sentences look for their sources
WRITE_EVERY = 2000


class ComposePage(Page):
    """Which node, which sentences, which words; the report prints what is saved here."""

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self.round: Round | None = None
        self.board = Board(())
        self._stale = False
        self.drafts = drafts_of(ws.folder.root, writable=not ws.read_only)
        self.nodes, self.sources, self.pane = NodesPane(), SourcesPane(), DraftPane()
        self.desk, self.drafting = ComposeDesk(self), Drafting(self)
        self.report_window: ReportWindow | None = None
        self.setAcceptDrops(True)
        self._pause, self._writer = QTimer(self), QTimer(self)
        self._build()
        self._listen()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        self.splitter = QSplitter()
        self.splitter.setHandleWidth(theme.GAP)
        self.splitter.setChildrenCollapsible(False)
        for pane, least in zip((self.nodes, self.sources, self.pane), LEAST_WIDTHS, strict=True):
            pane.setMinimumWidth(least)
            self.splitter.addWidget(pane)
        self.splitter.setStretchFactor(2, 1)
        sizes = self.preferences.numbers(PANES_KEY)
        self.splitter.setSizes(sizes if len(sizes) == 3 else list(PANE_WIDTHS))
        self.splitter.splitterMoved.connect(
            lambda: self.preferences.put(PANES_KEY, self.splitter.sizes())
        )
        row.addWidget(self.splitter)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self._writer.setInterval(WRITE_EVERY)

    def _listen(self) -> None:
        desk, pane = self.desk, self.pane
        self._pause.timeout.connect(desk.edited)
        self._writer.timeout.connect(self._write)
        self.nodes.moved.connect(self.show_node)
        self.nodes.entered.connect(pane.edit.setFocus)
        self.nodes.compose_asked.connect(self.drafting.start)
        self.nodes.again_asked.connect(lambda: self.drafting.start(again=True))
        self.nodes.heads_asked.connect(self._draft_heads)
        self.nodes.stopped.connect(self.drafting.stop)
        self.nodes.report_asked.connect(self.choose_report)
        self.sources.toggled.connect(desk.toggle)
        self.sources.all_taken.connect(desk.take_all)
        self.sources.heads_taken.connect(lambda: desk.take_all(heads=True))
        self.sources.looked.connect(lambda row: desk.light({row.source.cited.key}))
        self.sources.opened.connect(self._open_entry)
        self.sources.original.connect(self._open_original)
        pane.edit.edited.connect(self._pause.start)
        pane.edit.hovered.connect(desk.hover)
        pane.edit.reordered.connect(desk.reorder)
        pane.edit.stepped.connect(desk.step)
        pane.edit.asked.connect(desk.show_sources)
        pane.strip.answered.connect(desk.answer)
        pane.finished.connect(self.finish)
        pane.struck.connect(desk.strike)
        pane.versions_asked.connect(desk.ask_version)
        pane.undo_asked.connect(desk.undo)
        bind(
            self,
            {
                "Ctrl+Return": self.finish,
                "Ctrl+Enter": self.finish,
                "Ctrl+S": self.save,
                "Ctrl+H": desk.ask_version,
                "Ctrl+G": _press(self.nodes.compose, self.nodes.again),
                "Alt+G": _press(self.nodes.heads),
                "Alt+B": _press(self.sources.take_heads),
                "Ctrl+U": desk.undo,
                "Ctrl+O": _press(self.nodes.report),
                "Ctrl+B": _press(self.sources.take_all),
                "Ctrl+J": _press(self.sources.file),
                "Ctrl+L": _press(pane.strike),
                "F9": _press(pane.strip.use),
                "Shift+F9": _press(pane.strip.keep),
                "F8": lambda: self.step_stale(1),
                "Shift+F8": lambda: self.step_stale(-1),
                "Ctrl+PgUp": lambda: self.step(-1),
                "Ctrl+PgDown": lambda: self.step(1),
            },
        )

    def _draft_heads(self) -> None:
        """每家取首句 of what is not drafted; once all is, of all."""
        self.drafting.start(again=self.nodes.again.isVisible(), heads=True)

    # What the window asks

    def show_round(self, round_: Round) -> None:
        """Show the desk of a round."""
        self._settle()
        self.round, self._stale = round_, True
        self.desk.node = None
        if self.isVisible():
            self._read()

    def reload(self, changes: Changes) -> None:
        """Read again after a command; what is being typed stays."""
        if changes.returns or changes.drafts or changes.notice or changes.units or changes.settings:
            self._stale = True
            if self.isVisible():
                self._read()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._writer.start()
        if self._stale:
            self._read()

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self._writer.stop()

    def panes(self) -> list[QWidget]:
        """Nodes, sources, draft."""
        return [self.nodes.table, self.sources.view, self.pane.edit]

    def open_measure(self, node_id: str, which: Counted | None = None) -> None:
        """Show a measure of the desk, whole whatever number was opened."""
        del which
        self.nodes.show_only(None)
        self.nodes.table.select(node_id)

    def may_leave(self) -> bool:
        """Keep what is being typed; ask only when the disk refuses it."""
        self._settle()
        if self.drafts.write():
            return True
        return messages.ask(
            self,
            f"汇总稿没有写进 {self.ws.folder.root}",
            "可能是磁盘已满。现在离开会丢失还没有保存的文字；也可以先保存，再离开。",
            "仍然离开",
        )

    def locked(self) -> str:
        """Why nothing can be changed, '' when it can."""
        if self.ws.read_only:
            return "台账是只读打开的，只能查看"
        if self.round is not None and self.round.state is RoundState.FROZEN:
            return f"{self.round.name}已封存，只能查看；如需修改请先解封"
        return ""

    # Showing

    def _read(self) -> None:
        if self.round is None:
            return
        self._stale = False
        self._settle()
        self.board = board(self.ws, self.round)
        self._show_nodes()
        kept = self.nodes.table.current_id()
        if not kept:
            first = next((node for node in self.board.measures), self.board.nodes[0])
            self.nodes.table.select(first.id)
        else:
            self.show_node(kept)

    def _show_nodes(self) -> None:
        typed = self.desk.typed_nodes([node.id for node in self.board.nodes])
        self.nodes.show_board(self.board, typed, self.locked())

    def show_node(self, node_id: str) -> None:
        """Show a node; what was typed for another one is kept."""
        self._settle()
        if self.desk.node is not None and self.desk.node.id != node_id:
            self._show_nodes()
        self.desk.show(self.board.node(node_id))

    def _settle(self) -> None:
        """What was typed a moment ago finds its sources and is kept."""
        if self._pause.isActive():
            self._pause.stop()
            self.desk.edited()

    def _write(self) -> None:
        if not self.drafts.write():
            self.pane.say("草稿写不进磁盘，请先保存", "bad")

    # Moving

    def step(self, way: int) -> None:
        """The next or previous node."""
        if target := self.nodes.table.neighbour(way):
            self.nodes.table.select(target)

    def save(self) -> bool:
        """保存."""
        self._settle()
        return self.desk.save()

    def finish(self) -> None:
        """完成，看下一条."""
        target = self.nodes.table.neighbour(1)
        if not self.save():
            return
        if target:
            said = self.pane.said.text()
            self.nodes.table.select(target)
            self.pane.say(said)
        else:
            self.pane.say("已保存，这是最后一条", "ok")

    def step_stale(self, way: int) -> None:
        """The next stale sentence, of this node or the next one that has any."""
        self._settle()
        if self.desk.next_stale(way):
            return
        ids = [node.id for node in self.board.nodes]
        here = ids.index(self.desk.node.id) if self.desk.node else -1
        order = (
            ids[here + 1 :] + ids[:here] if way > 0 else ids[:here][::-1] + ids[here + 1 :][::-1]
        )
        stale = {node.id for node in self.board.stale}
        target = next((one for one in order if one in stale), None)
        if target is None:
            self.desk.look_at_stale()
            if not self.desk.stale:
                self.pane.say("没有来源已变更的句子")
            return
        self.open_measure(target)
        self.desk.look_at_stale()

    # Doors

    def _open_entry(self, row: SourceRow) -> None:
        if row.source.entry_id:
            entry_id, words = row.source.entry_id, row.source.text[:12]
            self.tasks_asked.emit(lambda page: page.open_entry(entry_id, words))

    def _open_original(self, row: SourceRow) -> None:
        open_original(self, row.source.entry_id)

    # An edited report

    def choose_report(self) -> None:
        """Choose the .docx that was edited in WPS or Word."""
        path = messages.open_file(self, "改过的执行情况报告", Path.home(), "Word 文档 (*.docx)")
        if path is not None:
            self.compare_report(path)

    def compare_report(self, path: Path) -> None:
        """Compare an edited report with the ledger and show what differs."""
        from hs_credit_desktop.ui.pages.compose_report import compare

        compare(self, path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if report_in(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := report_in(event):
            event.acceptProposedAction()
            self.compare_report(path)


def _press(*buttons: Button) -> Callable[[], None]:
    """What the key of buttons does: the one to be seen is clicked."""

    def press() -> None:
        for button in [each for each in buttons if each.isVisible()][:1]:
            button.click()

    return press
