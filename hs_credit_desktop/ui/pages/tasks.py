"""任务: the tree on the left finds, the table lists, the form on the right records."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store.entry_filters import NO_FILTER
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.pages.tasks_drafts import DraftStrip
from hs_credit_desktop.ui.pages.tasks_filter import conditions
from hs_credit_desktop.ui.pages.tasks_keys import bind
from hs_credit_desktop.ui.pages.tasks_panes import Panes
from hs_credit_desktop.ui.pages.tasks_plan import PlanDoors
from hs_credit_desktop.ui.pages.tasks_scope import Kind, Scope
from hs_credit_desktop.ui.pages.tasks_table import TablePane
from hs_credit_desktop.ui.pages.tasks_tree import TreePane
from hs_credit_desktop.ui.pages.typing import DRAFTS_EVERY, TypingPage
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from hs_credit_desktop.ui.pages.tasks_desk import Desk
    from hs_credit_desktop.ui.pages.tasks_form import FormPane

EXPORT = "导出"


class TasksPage(TypingPage):
    """Tree → table → form, and the moves between them.

    The form is a third of the page's making: it comes right after the first paint, or earlier when
    something asks for it.
    """

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self.round: Round | None = None
        self._drafts_shown: tuple[str, ...] = ()
        self.tree, self.table = TreePane(), TablePane()
        self.splitter = Panes(self.tree, self.table, preferences)
        self.strip = DraftStrip(self)
        self._build()
        self._listen()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GAP)
        column.addWidget(self.strip)
        column.addWidget(self.splitter, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.splitter.fit(self.width())

    def _listen(self) -> None:
        self.tree.node_chosen.connect(self._node_chosen)
        self.tree.unit_chosen.connect(lambda ref: self.show_scope(Scope(Kind.UNIT, ref)))
        self.tree.entered.connect(self.table.table.setFocus)
        self.table.entry_moved.connect(self._entry_moved)
        self.table.entry_opened.connect(lambda _id: self.form.focus_progress())
        self.table.return_opened.connect(self.open_return)
        self.table.door_opened.connect(self._door_opened)
        self.table.filter.ws, self.table.filter.run = self.ws, self.run
        self.table.filter.changed.connect(self._filtered)
        self.table.back.connect(self.back)
        self.table.print.clicked.connect(self.print_list)
        self.table.text_asked.connect(self.show_text)
        self.table.menu_asked.connect(self._show_menu)
        self.plan_doors = PlanDoors(self)
        bind(
            self,
            {
                "Ctrl+S": lambda: self.desk.record(),
                "Ctrl+Return": self.record_and_go_on,
                "Ctrl+Enter": self.record_and_go_on,
                "Ctrl+PgUp": lambda: self.step(-1),
                "Ctrl+PgDown": lambda: self.step(1),
                "Ctrl+F": self.tree.ask_filter,
                "Ctrl+E": lambda: self.page_asked.emit(EXPORT),
                "Ctrl+P": self.print_list,
            },
        )

    # The form

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._desk is None:
            QTimer.singleShot(0, self, lambda: self.desk)

    @property
    def desk(self) -> "Desk":
        """The form's work on the ledger."""
        if self._desk is None:
            from hs_credit_desktop.ui.pages.tasks_desk import make_desk
            from hs_credit_desktop.ui.pages.tasks_form import FormPane

            self._desk = make_desk(self, FormPane(self.ws.today))
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

    # What the window asks

    def show_round(self, round_: Round) -> None:
        """Show a round; the node or unit stays where the other round has it too."""
        first = self.round is None
        self._keep()
        self.round = round_
        self._read()
        scope = self.table.scope
        if scope is not None and self.reader.holds(scope):
            self.show_scope(scope)
        elif node := self.reader.first_measure():
            self.tree.select_node(node)
        if first and self.drafts.ids:
            self.strip.offer(len(self.desk.known_drafts()))

    def _reload(self, changes: Changes) -> None:
        """Read again after a command; selection, scroll and unsaved text stay."""
        if self.round is None or not (changes.returns or changes.notice or changes.settings):
            return
        saving = self._desk is not None and self._desk.saving
        self._read(own=saving)
        if self.table.scope is not None and not (saving and self._read_rows_again()):
            self.fill(self.table.scope)
        if self._desk is not None:
            self._desk.refresh(self.reader)

    def open_status(self, status: Status) -> None:
        """List exactly the returns the figure counts."""
        self.tree.deselect()
        self.show_scope(Scope(Kind.LIST, status.value))
        self.table.table.setFocus()

    def open_unit(self, unit_id: str) -> None:
        """Show a unit's whole return."""
        if ref := self.reader.unit_with(unit_id):
            self.tree.select_unit(ref)
            self.table.table.setFocus()
        else:
            self.run.failed.emit("这家单位不在本轮应报名单里", "可以换一个轮次再看。")

    def open_measure(self, node_id: str, which: Counted | None = None) -> None:
        """Show a measure or pillar, all of it or the entries a number of it counts."""
        self.tree.select_node(node_id)
        self._node_chosen(node_id, which)
        self.table.table.setFocus()

    def open_entry(self, entry_id: str, needle: str = "") -> None:
        """Show one entry among those of its measure, the words searched for marked."""
        entry = overview.entry_detail(self.ws, entry_id).entry
        if self.round is not None and entry.round_id != self.round.id:
            self.round_asked.emit(entry.round_id)
        if self.table.scope is None or self.table.scope.node != Scope(
            Kind.MEASURE, entry.measure_id
        ):
            self.tree.select_node(entry.measure_id)
        elif self.table.scope.which is not None:
            self.show_scope(self.table.scope.node)
        if not self.table.table.select(entry_id):
            self.table.filter.show_filter(NO_FILTER)
            self.table.table.select(entry_id)
        self.form.focus_progress()
        self.form.mark(needle)

    def panes(self) -> list[QWidget]:
        """Tree or unit list, table, form."""
        return [self.tree.view(), self.table.table, self.form.pane()]

    def first_pane(self) -> QWidget:
        """Tree or unit list."""
        return self.tree.view()

    # Reading

    def _read(self, *, own: bool = False) -> None:
        """Read the round; own: a save in the form changed what units say, not which there are."""
        assert self.round is not None
        self.reader.read_round(self.round)
        self.tree.show_tree(
            self.reader.nodes,
            overview.open_doubts(self.ws, self.round.notice_id),
            overview.lamps_of_nodes(self.ws, self.round),
        )
        if own:
            self.tree.units.read_again()
        else:
            self.tree.show_units(self.reader.unit_rows, len(self.reader.unit_rows()))
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

    def _node_chosen(self, node_id: str, which: Counted | None = None) -> None:
        kind = Kind.PILLAR if self.reader.is_pillar(node_id) else Kind.MEASURE
        self.show_scope(Scope(kind, node_id, which))

    def open_return(self, ref: str) -> None:
        """Show a unit's entries, with the way back to the list it was opened from."""
        scope = self.table.scope
        came = Status(scope.ref) if scope is not None and scope.kind is Kind.LIST else None
        self.show_scope(Scope(Kind.UNIT, ref, came_from=came))
        self.table.table.setFocus()

    def _door_opened(self, which: Counted) -> None:
        if self.table.scope is not None:
            self.show_scope(replace(self.table.scope, which=which))
            self.table.table.setFocus()

    def _filtered(self) -> None:
        if self.table.scope is not None:
            self.show_scope(self.table.scope)

    def back(self) -> None:
        """Esc and the link back: from a number to all entries, from a unit to its list."""
        scope = self.table.scope
        if scope is None:
            return
        if scope.which is not None:
            self.show_scope(scope.node)
        elif scope.came_from is not None:
            self.show_scope(Scope(Kind.LIST, scope.came_from.value))
            self.table.table.select(scope.ref)
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

    def _show_menu(self, row_id: str, place: "QPoint") -> None:
        from hs_credit_desktop.ui.pages.tasks_menu import row_menu

        row_menu(self, row_id).popup(place)

    def list_words(self, _name: str) -> tuple[str, str]:
        """The heading of the table and the conditions of its filter."""
        held = "、".join(words for _, _, words in conditions(self.table.filter.kept))
        kept = f"条件：{held}" if held and not self.table.listing else ""
        return self.table.title.accessibleName(), kept

    def print_list(self) -> None:
        """Print the table as it stands: its rows, columns and order."""
        from hs_credit_desktop.ui.pages import list_sheet, stats_pictures

        title, kept = self.list_words("")
        about = "　".join(word for word in (self.round.name if self.round else "", kept) if word)
        stats_pictures.print_shown(
            self,
            self.run,
            title,
            lambda: list_sheet.list_sheets(self.table.table, title, about),
            lambda said: self.run.told.emit(said, ""),
        )

    def show_text(self, measure_id: str) -> None:
        """The notice's own text with the measure marked."""
        from hs_credit_desktop.ui.dialogs.source_text import open_measure

        assert self.round is not None
        node = self.tree.node(measure_id)
        assert isinstance(node, overview.MeasureNode)
        open_measure(self, self.ws, self.round.notice_id, node.measure)
