"""汇总: measures on the left, what the units sent in the middle, the draft on the right."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.services.composing_outline import Opened, Outline
from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.pages.compose_base import ComposeBase
from hs_credit_desktop.ui.pages.compose_desk import ComposeDesk
from hs_credit_desktop.ui.pages.compose_doors import (
    open_entry,
    open_original,
    press,
    report_in,
)
from hs_credit_desktop.ui.pages.compose_drafting import Drafting
from hs_credit_desktop.ui.pages.compose_light import ComposeLight
from hs_credit_desktop.ui.pages.compose_reading import Reading
from hs_credit_desktop.ui.pages.compose_saving import ComposeSaving
from hs_credit_desktop.ui.pages.tasks_keys import bind
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

WRITE_EVERY = 2000


class ComposePage(ComposeBase):
    """Which node, which sentences, which words; the report prints what is saved here."""

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self._stale = self._look_at_stale = False
        self.outline = Outline(())
        self.desk = ComposeDesk(self)
        self.light, self.saving = ComposeLight(self, self.desk), ComposeSaving(self, self.desk)
        self.drafting = Drafting(self)
        self.reader = Reading(self)
        self.setAcceptDrops(True)
        self._writer = QTimer(self)
        self._writer.setInterval(WRITE_EVERY)
        self._listen()

    def _listen(self) -> None:
        desk, pane = self.desk, self.pane
        self.pause.timeout.connect(desk.edited)
        self._writer.timeout.connect(self._write)
        self.nodes.moved.connect(self.show_node)
        self.nodes.entered.connect(pane.edit.setFocus)
        self.nodes.compose_asked.connect(self.drafting.start)
        self.nodes.again_asked.connect(lambda: self.drafting.start(again=True))
        self.nodes.heads_asked.connect(self._draft_heads)
        self.nodes.stopped.connect(self.drafting.stop)
        self.nodes.report_asked.connect(self.choose_report)
        self._listen_to_panes()
        self._bind()

    def _listen_to_panes(self) -> None:
        desk, pane, light, saving = self.desk, self.pane, self.light, self.saving
        self.sources.toggled.connect(desk.toggle)
        self.sources.all_taken.connect(desk.take_all)
        self.sources.heads_taken.connect(lambda: desk.take_all(heads=True))
        self.sources.looked.connect(lambda row: light.light({row.source.cited.key}))
        self.sources.opened.connect(lambda row: open_entry(self, row.source))
        self.sources.original.connect(lambda row: open_original(self, row.source.entry_id))
        self.sources.pager.turned.connect(desk.turn_sources)
        pane.edit.edited.connect(self.pause.start)
        pane.edit.hovered.connect(light.hover)
        pane.edit.reordered.connect(desk.reorder)
        pane.edit.stepped.connect(desk.step)
        pane.edit.asked.connect(light.show_sources)
        pane.strip.answered.connect(self._answer)
        pane.finished.connect(self.finish)
        pane.struck.connect(desk.strike)
        pane.versions_asked.connect(saving.ask_version)
        pane.undo_asked.connect(saving.undo)
        pane.pager.turned.connect(self._turn_draft)
        self.reader.listed.connect(self._show_outline)
        self.reader.marked.connect(self._show_marked)
        self.reader.opened.connect(self._show_opened)
        self.drafting.said.connect(pane.say)

    def _bind(self) -> None:
        pane, saving = self.pane, self.saving
        bind(
            self,
            {
                "Ctrl+Return": self.finish,
                "Ctrl+Enter": self.finish,
                "Ctrl+S": self.save,
                "Ctrl+H": saving.ask_version,
                "Ctrl+G": press(self.nodes.compose, self.nodes.again),
                "Alt+G": press(self.nodes.heads),
                "Alt+B": press(self.sources.take_heads),
                "Ctrl+U": saving.undo,
                "Ctrl+O": press(self.nodes.report),
                "Ctrl+B": press(self.sources.take_all),
                "Ctrl+J": press(self.sources.file),
                "Ctrl+L": press(pane.strike),
                "F9": press(pane.strip.use),
                "Shift+F9": press(pane.strip.keep),
                "F8": lambda: self.step_stale(1),
                "Shift+F8": lambda: self.step_stale(-1),
                "Alt+PgUp": press(self.sources.pager.back),
                "Alt+PgDown": press(self.sources.pager.on),
                "Shift+F7": press(pane.pager.back),
                "F7": press(pane.pager.on),
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
        self.desk.opened = None
        self.reader.forget()
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

    def open_measure(self, node_id: str, _which: Counted | None = None) -> None:
        """Show a measure of the desk, whole whatever number was opened."""
        self.nodes.show_only(None)
        self.nodes.table.select(node_id)

    def may_leave(self) -> bool:
        """Keep what is being typed; ask only when the disk refuses it."""
        self._settle()
        if self.typed.write():
            return True
        return messages.ask(
            self,
            f"汇总稿没有写进 {self.ws.folder.root}",
            "可能是磁盘已满。现在离开会丢失还没有保存的文字；也可以先保存，再离开。",
            "仍然离开",
        )

    # Showing

    def _read(self) -> None:
        if self.round is not None:
            self._stale = False
            self._settle()
            self.reader.read()

    def _show_outline(self, outline: Outline) -> None:
        """The list is there; the node that was shown is read again."""
        self.outline = outline
        self._show_nodes()
        if kept := self.nodes.table.current_id():
            self.show_node(kept)
        else:
            self.nodes.table.select((outline.measures or outline.nodes)[0].id)

    def _show_marked(self, outline: Outline) -> None:
        self.outline = outline
        self._show_nodes()

    def _show_nodes(self) -> None:
        typed = [line.id for line in self.outline.nodes if self.desk.key(line.id) in self.typed]
        self.nodes.show_outline(self.outline, typed, self.locked())

    def show_node(self, node_id: str) -> None:
        """Show a node; what was typed for another one is kept."""
        self._settle()
        if self.desk.node is not None and self.desk.node.id != node_id:
            self._show_nodes()
        self.reader.open(self.outline.node(node_id), self.desk.typed_words(node_id))

    def _show_opened(self, opened: Opened | None) -> None:
        """Show what has been read of a node; None: it is still being read."""
        if opened is None:
            self.desk.opened = None
            self.pane.show_waiting(self.outline.node(self.reader.at).label)
            self.sources.show_waiting()
            return
        self._settle()
        typed = self.desk.typed_words(opened.node.id)
        if opened.rows and typed != self.reader.typed:  # the clerk typed while it was read
            self.reader.open(self.outline.node(opened.node.id), typed)
            return
        self.desk.show(opened)
        if self._look_at_stale:
            self._look_at_stale = False
            self.light.look_at_stale()

    def _settle(self) -> None:
        """What was typed a moment ago finds its sources and is kept."""
        if self.pause.isActive():
            self.pause.stop()
            self.desk.edited()

    def _turn_draft(self, way: int) -> None:
        self._settle()
        self.desk.turn_draft(way)

    def _write(self) -> None:
        if not self.typed.write():
            self.pane.say("草稿写不进磁盘，请先保存", "bad")

    def step(self, way: int) -> None:
        """The next or previous node."""
        if target := self.nodes.table.neighbour(way):
            self.nodes.table.select(target)

    def save(self) -> bool:
        """保存."""
        self._settle()
        return self.saving.save()

    def _answer(self, use: bool) -> None:
        if self.desk.answer(use):
            self.saving.save()

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
        if self.light.next_stale(way):
            return
        ids = [line.id for line in self.outline.nodes]
        here = ids.index(self.desk.node.id) if self.desk.node else -1
        order = (
            ids[here + 1 :] + ids[:here] if way > 0 else ids[:here][::-1] + ids[here + 1 :][::-1]
        )
        stale = {line.id for line in self.outline.stale}
        target = next((one for one in order if one in stale), None)
        if target is None:
            self.light.look_at_stale()
            if not self.desk.stale:
                self.pane.say("没有来源已变更的句子")
            return
        self._look_at_stale = True
        self.open_measure(target)

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
