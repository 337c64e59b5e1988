"""单位: the list of units on the left, the whole return of one on the right, typed in its place."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.services import (
    freezing,
    overview,
    return_lists,
    reviewing,
    unit_return,
)
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.pages.names import EXPORT
from hs_credit_desktop.ui.pages.tasks_keys import bind
from hs_credit_desktop.ui.pages.typing import DRAFTS_EVERY, TypingPage
from hs_credit_desktop.ui.pages.unit_form import UnitForm
from hs_credit_desktop.ui.pages.unit_list import Paper, UnitListPane
from hs_credit_desktop.ui.pages.unit_sheet import UnitSheet
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.splitter import remembered_panes

if TYPE_CHECKING:
    from hs_credit_desktop.services.unit_return import UnitReturn

PANES_KEY, PANE_WIDTHS = "unit_panes", (288, 978)
LEAST_WIDTHS = (220, 640)


class UnitPage(TypingPage):
    """List → return, and the moves between units and entries."""

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self.round: Round | None = None
        self.shown: UnitReturn | None = None
        self.list, self.sheet = UnitListPane(), UnitSheet(ws.today)
        self.desk = self._desk = self._make_desk(self.sheet.form)
        self.desk.active = False
        self.list.setMinimumWidth(LEAST_WIDTHS[0])
        self.sheet.setMinimumWidth(LEAST_WIDTHS[1])
        self._build()
        self._listen()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        row.addWidget(
            remembered_panes(self.list, self.sheet, self.preferences, PANES_KEY, PANE_WIDTHS)
        )

    def _listen(self) -> None:
        self.list.unit_chosen.connect(self.show_unit)
        self.list.entered.connect(self.start_typing)
        self.sheet.opened.connect(self.open_row)
        self.sheet.files_dropped.connect(self._attach_to)
        self.sheet.head_of_unit.stepped.connect(self.step_unit)
        self.sheet.head_of_unit.blank_opened.connect(self.open_blank)
        self.sheet.head_of_unit.paper_said.connect(self.tick_paper)
        self.sheet.head_of_unit.register_asked.connect(self.open_register)
        bind(
            self,
            {
                "Ctrl+S": lambda: self.desk.record(),
                "Ctrl+Return": self.record_and_go_on,
                "Ctrl+Enter": self.record_and_go_on,
                "Ctrl+PgUp": lambda: self.step_unit(-1),
                "Ctrl+PgDown": lambda: self.step_unit(1),
                "Ctrl+F": self.list.ask_filter,
                "F3": lambda: self.list.step_found(1),
                "Shift+F3": lambda: self.list.step_found(-1),
                "Ctrl+E": lambda: self.page_asked.emit(EXPORT),
                "Ctrl+P": lambda: self.page_asked.emit(EXPORT),
            },
        )
        timer = QTimer(self)
        timer.timeout.connect(self.desk.write_drafts)
        timer.start(DRAFTS_EVERY)

    @property
    def form(self) -> UnitForm:
        """The open entry."""
        return self.sheet.form

    # What the window asks

    def find_root(self) -> None:
        """Ctrl+F filters the list at the left, F3 goes on in it."""

    def show_round(self, round_: Round) -> None:
        """Show a round; the unit stays when the other round expects it too."""
        self.desk.keep()
        unit_id = self.shown.expected.unit_id if self.shown else ""
        self.round, self.shown = round_, None
        self._read()
        if not (unit_id and self.list.select(self.reader.unit_with(unit_id))):
            self.list.select_first()
        if self.shown is None:
            self.show_unit(self.list.current_id())

    def _reload(self, changes: Changes) -> None:
        """Read again after a command; what is open and being typed stays."""
        if self.round is None or not (
            changes.returns or changes.notice or changes.settings or changes.units
        ):
            return
        if self.desk.saving:
            self.reader.read_round(self.round)
            self.list.list.read_again()
            self.desk.show_undo()
        else:
            self._read()
        if self.shown is not None:
            self._fill(self.shown.expected.id, self._open_id())
            self.desk.refresh(self.reader)

    def open_unit(self, unit_id: str) -> None:
        """Show a unit's whole return, the keyboard in its first blank entry."""
        ref = self.reader.unit_with(unit_id)
        if ref and self.list.select(ref):
            self.start_typing()
        else:
            self.run.failed.emit("这家单位不在本轮应报名单里", "可以换一个轮次再看。")

    def open_entry(self, entry_id: str, needle: str = "") -> None:
        """Open one entry of its unit's return, the words searched for marked."""
        entry = overview.entry_detail(self.ws, entry_id).entry
        if self.round is not None and entry.round_id != self.round.id:
            self.round_asked.emit(entry.round_id)
        self.list.select(entry.expected_return_id)
        self.open_row(entry_id)
        self.form.mark(needle)

    def list_words(self, name: str) -> tuple[str, str]:
        """The units with what their list is filtered by."""
        typed, paper = self.list.field.text().strip(), self.list.paper
        held = [f"筛选：{typed}"] if typed else []
        held += [f"纸质盖章件{paper.value}"] if paper is not Paper.ALL else []
        return name, "　".join(held)

    def panes(self) -> list[QWidget]:
        """Filter of the list, form."""
        return [self.list.field, self.form.pane()]

    # Reading and showing

    def _read(self) -> None:
        assert self.round is not None
        self.reader.read_round(self.round)
        counts = return_lists.paper_counts(self.ws, self.round)
        self.list.show_units(self.reader.unit_rows, counts)
        self.desk.show_undo()

    def show_unit(self, expected_return_id: str) -> None:
        """Show a unit's return, its first blank entry open."""
        if not expected_return_id or (
            self.shown is not None and self.shown.expected.id == expected_return_id
        ):
            return
        self.desk.keep()
        self.form.show_nothing()
        self._fill(expected_return_id, "")
        if first := self.first_blank() or self.sheet.neighbour(1):
            self._show_entry(first)

    def _fill(self, expected_return_id: str, open_id: str) -> None:
        assert self.round is not None
        found = unit_return.unit_return(self.ws, self.round, expected_return_id)
        self.shown = found
        row = self.reader.unit_row(expected_return_id)
        first = found.expected.first_received_on
        late = first > self.round.due_on if first else None
        self.sheet.head_of_unit.show_return(found, row.lamp, late)
        self._show_paper()
        self.sheet.show_rows([self.reader.entry_row(entry) for entry in found.entries], open_id)

    def _locked(self) -> str:
        """Why the stamped copy cannot be ticked, '' when it can."""
        assert self.round is not None
        assert self.shown is not None
        if self.ws.read_only:
            return "台账是只读打开的，只能查看"
        if freezing.shut(self.ws, self.round, self.shown.expected.id):
            return f"{self.round.name}已封存，只能查看；如需修改请先解封"
        return ""

    def tick_paper(self, day: date | None) -> None:
        """The stamped paper copy of the unit came on that day, or did not come (None)."""
        if self.shown is None:
            return
        who = self.shown.expected.id
        if not self.run.command(reviewing.tick_paper_copy, self.ws, who, day):
            self._show_paper()

    def _show_paper(self) -> None:
        assert self.shown is not None
        came = return_lists.paper_copy(self.ws, self.shown.expected.id)
        self.sheet.head_of_unit.show_paper(came, self._locked())

    def open_register(self) -> None:
        """The contacts of the unit in 单位名册."""
        from hs_credit_desktop.ui.dialogs import register

        if self.shown is not None:
            register.present(self.window(), self.shown.expected.unit_id)

    def first_blank(self) -> str:
        """The first entry that says nothing, '' when all do."""
        entries = self.shown.entries if self.shown else ()
        return next((entry.id for entry in entries if not entry.covered), "")

    def _open_id(self) -> str:
        contents = self.form.contents
        return contents.detail.entry.id if contents else ""

    def _show_entry(self, entry_id: str) -> None:
        if entry_id != self._open_id():
            before = self._open_id()
            self.desk.keep()
            self.desk.show(entry_id, self.reader)
            self._show_draft_of(before)
        self.sheet.open(entry_id)

    def _show_draft_of(self, entry_id: str) -> None:
        """The row that was left says whether it has a draft."""
        for strip in self.sheet.strips:
            if strip.row.id == entry_id:
                strip.show_row(self.reader.entry_row(strip.row.entry))

    # Moving

    def _attach_to(self, entry_id: str, paths: list[Path]) -> None:
        """Files let go on a row: it is opened, so that what was attached is seen."""
        self.open_row(entry_id)
        self.desk.attach(paths)

    def open_row(self, entry_id: str) -> None:
        """Open an entry in its place, the keyboard in its 进展情况."""
        self._show_entry(entry_id)
        self.form.focus_progress()

    def start_typing(self) -> None:
        """Enter in the list: the first blank entry of the unit, else its first."""
        if first := self.first_blank() or self._open_id():
            self.open_row(first)

    def open_blank(self) -> None:
        """The number of blanks: the first of them, or the next after the open one."""
        entries = self.shown.entries if self.shown else ()
        ids = [entry.id for entry in entries]
        place = ids.index(self._open_id()) + 1 if self._open_id() in ids else 0
        blank = [entry.id for entry in entries[place:] + entries[:place] if not entry.covered]
        if blank:
            self.open_row(blank[0])

    def step(self, way: int) -> None:
        """The next or previous entry of the return."""
        if target := self.sheet.neighbour(way):
            self.open_row(target)
        else:
            self.form.say("已经是最后一条" if way > 0 else "已经是第一条")

    def step_unit(self, way: int) -> None:
        """Ctrl+PgUp / Ctrl+PgDn: another unit, the keyboard in its first blank entry."""
        if target := self.list.neighbour(way):
            typing = self.form.isAncestorOf(self.focusWidget() or self)
            self.list.select(target)
            if typing:
                self.start_typing()
        else:
            self.form.say("已经是最后一家" if way > 0 else "已经是第一家")

    def record_and_go_on(self) -> None:
        """Save the entry and open the next one; after the last one the unit is done."""
        target = self.sheet.neighbour(1)
        if self.form.contents is None or not self.desk.record():
            return
        said = self.form.hint.text()
        if target:
            self.open_row(target)
            self.form.say(said)
        else:
            self.form.say(f"{said}，已经是最后一条；下一家按 Ctrl+PgDn")
