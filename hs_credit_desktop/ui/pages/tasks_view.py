"""任务 without its doors: tree, table and form, what they show, and how a save reads it again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent

from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui.pages.tasks_panes import Panes
from hs_credit_desktop.ui.pages.tasks_scope import Kind, Scope
from hs_credit_desktop.ui.pages.tasks_table import TablePane
from hs_credit_desktop.ui.pages.tasks_tree import TreePane
from hs_credit_desktop.ui.pages.typing import DRAFTS_EVERY, TypingPage
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

if TYPE_CHECKING:
    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.ui.pages.tasks_desk import Desk
    from hs_credit_desktop.ui.pages.tasks_form import FormPane


class TasksView(TypingPage):
    """Tree → table → form of one round.

    The form is a third of the page's making: it comes right after the first paint, or earlier when
    something asks for it.
    """

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self.round: Round | None = None
        self._drafts_shown: tuple[str, ...] = ()
        self.tree, self.table = TreePane(), TablePane()
        self.splitter = Panes(self.tree, self.table, preferences)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.splitter.fit(self.width())

    # The form

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._desk is None:
            QTimer.singleShot(0, self, lambda: self.desk)

    @property
    def desk(self) -> "Desk":
        """The form's work on the ledger."""
        if self._desk is None:
            from hs_credit_desktop.ui.pages.tasks_form import FormPane

            self._desk = self._make_desk(FormPane(self.ws.today))
            self._desk.active = self.isVisible()
            self.splitter.show_form(self._desk.form)
            timer = QTimer(self)
            timer.timeout.connect(self._desk.write_drafts)
            timer.start(DRAFTS_EVERY)
            self._desk.show_undo()
            self._show_chosen()
        return self._desk

    @property
    def form(self) -> "FormPane":
        """The right pane."""
        return self.desk.form

    # Reading

    def _reload(self, changes: Changes) -> None:
        """Read again after a command; selection, scroll and unsaved text stay."""
        if self.round is None or not (changes.returns or changes.notice or changes.settings):
            return
        saving = self._desk is not None and self._desk.saving
        self._read(own=saving)
        scope = self.table.scope
        if scope is not None and not self.reader.holds(scope):
            self._show_first()
        elif scope is not None and not (saving and self._read_rows_again()):
            self.fill(scope)
        if self._desk is not None:
            self._desk.refresh(self.reader)

    def _show_first(self) -> None:
        """What was shown is not in the round any more: it was taken back somewhere else."""
        if node := self.reader.first_measure():
            self.tree.select_node(node)
        if self.table.scope is None or not self.reader.holds(self.table.scope):
            self.show_scope(Scope(Kind.LIST, Status.EXPECTED.value))

    def _read(self, *, own: bool = False) -> None:
        """Read the round; own: a save in the form changed what units say, not which there are."""
        assert self.round is not None
        self.reader.read_round(self.round)
        self.tree.show_tree(
            self.reader.nodes,
            overview.open_doubts(self.ws, self.round.notice_id),
            overview.lamps_of_nodes(self.ws, self.round, self.reader.nodes),
        )
        if own:
            self.tree.units.read_again()
        else:
            figures = overview.figures(self.ws, self.round)
            self.tree.show_units(self.reader.unit_rows, figures.expected + figures.exempt)
        if self._desk is not None:
            self._desk.show_undo()

    def fill(self, scope: Scope) -> None:
        """Show the rows of a scope in the table."""
        self._drafts_shown = self.drafts.ids
        heading = self.reader.heading(scope)
        if scope.kind is Kind.LIST:
            rows = self.reader.return_rows(Status(scope.ref))
            self.table.show_returns(scope, heading, rows)
        else:
            kept = self.table.filter.kept
            self.table.show_entries(scope, heading, self.reader.entry_rows(scope, kept))

    def _read_rows_again(self) -> bool:
        """Show again what the rows say; False when that may change which there are, or their order.

        Lists that are read by the page are long: their order takes longer than the save itself.
        """
        scope = self.table.scope
        if scope is None or not self.table.keeps_order:
            return False
        self._drafts_shown = self.drafts.ids
        self.table.read_again(self.reader.heading(scope))
        return True

    def show_scope(self, scope: Scope) -> None:
        """Show a node, unit or list; the row that was current stays, else the first is chosen."""
        self._keep()
        self.fill(scope)
        table = self.table.table
        table.select_first()
        if self._desk is not None:
            self._show_chosen()

    def _show_chosen(self) -> None:
        """Show in the form what is chosen in the table."""
        if self.table.listing:
            self.form.show_nothing("在中间的表里选一家单位，按 Enter 看它的每一条")
        elif entry_id := self.table.table.current_id():
            self.show_entry(entry_id)
        else:
            self.form.show_nothing()

    def _entry_moved(self, entry_id: str) -> None:
        if self._desk is not None:
            self.show_entry(entry_id)

    def show_entry(self, entry_id: str) -> None:
        """Show an entry in the form; what was typed for another one is kept as a draft."""
        contents = self.form.contents
        if contents is not None and contents.detail.entry.id == entry_id:
            return
        self._keep()
        scope, others = self.table.scope, self._drafts_shown != self.drafts.ids
        if others and scope is not None and not self._read_rows_again():
            self.fill(scope)
        self.desk.show(entry_id, self.reader)

    # Moving

    def open_return(self, ref: str) -> None:
        """Show a unit's entries, with the way back to the list it was opened from."""
        scope = self.table.scope
        came = Status(scope.ref) if scope is not None and scope.kind is Kind.LIST else None
        self.show_scope(Scope(Kind.UNIT, ref, came_from=came))
        self.table.table.setFocus()

    def step(self, way: int) -> None:
        """The next or previous entry of the list, the keyboard in its 进展情况."""
        if self.table.listing:
            return
        if target := self.table.table.neighbour(way):
            self.table.table.select(target)
            self.form.focus_progress()
        else:
            self.form.say("已经是最后一条" if way > 0 else "已经是第一条")

    def record_and_go_on(self) -> None:
        """Save the entry and go to the next one, which may move up when the list gets shorter."""
        target = self.table.table.neighbour(1)
        if self.form.contents is None or not self.desk.record():
            return
        if target:
            said = self.form.hint.text()
            self.table.table.select(target)
            self.show_entry(target)
            self.form.focus_progress()
            self.form.say(said)
        else:
            self.form.say("已保存，这组已经是最后一条")

    def show_text(self, measure_id: str) -> None:
        """The notice's own text with the measure marked."""
        from hs_credit_desktop.ui.dialogs.source_text import open_measure

        assert self.round is not None
        node = self.tree.node(measure_id)
        assert isinstance(node, overview.MeasureNode)
        open_measure(self, self.ws, self.round.notice_id, node.measure)
