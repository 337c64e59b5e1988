"""任务: the tree on the left finds, the table lists, the form on the right records."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store.entry_filters import NO_FILTER
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.pages.names import EXPORT
from hs_credit_desktop.ui.pages.tasks_drafts import DraftStrip
from hs_credit_desktop.ui.pages.tasks_filter import conditions
from hs_credit_desktop.ui.pages.tasks_keys import bind
from hs_credit_desktop.ui.pages.tasks_plan import PlanDoors
from hs_credit_desktop.ui.pages.tasks_scope import Kind, Scope
from hs_credit_desktop.ui.pages.tasks_view import TasksView
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint


class TasksPage(TasksView):
    """Tree → table → form, the doors into them, and the keys."""

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self.strip = DraftStrip(self)
        self._build()
        self._listen()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GAP)
        column.addWidget(self.strip)
        column.addWidget(self.splitter, 1)

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
                "F3": lambda: self.tree.step_found(1),
                "Shift+F3": lambda: self.tree.step_found(-1),
                "Ctrl+E": lambda: self.page_asked.emit(EXPORT),
                "Ctrl+P": self.print_list,
            },
        )

    # What the window asks

    def find_root(self) -> None:
        """Ctrl+F filters the list at the left, F3 goes on in it."""

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

    # Moving

    def _node_chosen(self, node_id: str, which: Counted | None = None) -> None:
        kind = Kind.PILLAR if self.reader.is_pillar(node_id) else Kind.MEASURE
        self.show_scope(Scope(kind, node_id, which))

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
