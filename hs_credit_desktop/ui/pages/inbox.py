"""收件: files come in on the left, one of them is looked at on the right, the clerk confirms."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.services import freezing, inbox, reviewing
from hs_credit_desktop.services.look import Look
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store.staging import Outcome
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.inbox import tray_order
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.pages.inbox_desk import InboxDesk
from hs_credit_desktop.ui.pages.inbox_preview import PreviewPane
from hs_credit_desktop.ui.pages.inbox_reading import ReadingDesk
from hs_credit_desktop.ui.pages.inbox_tray import TrayPane
from hs_credit_desktop.ui.pages.tasks_keys import bind
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.splitter import remembered_panes

PANES_KEY = "inbox_panes"
PANE_WIDTHS = (588, 678)


class InboxPage(Page):
    """The tray of a round: the last drop, or everything that ever came in."""

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self.round: Round | None = None
        self.looks: tuple[Look, ...] = ()
        self._all, self.staged_last = True, ""
        self._only: Outcome | None = None
        self.tray, self.preview = TrayPane(), PreviewPane(ws.today)
        self.reading = ReadingDesk(self)
        self.desk = InboxDesk(self)
        self._build()
        self._listen()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        self.tray.setMinimumWidth(500)
        self.preview.setMinimumWidth(560)
        self.splitter = remembered_panes(
            self.tray, self.preview, self.preferences, PANES_KEY, PANE_WIDTHS
        )
        row.addWidget(self.splitter)

    def _listen(self) -> None:
        tray, foot = self.tray, self.preview.foot
        tray.moved.connect(lambda _id: self.show_current())
        tray.opened.connect(lambda _id: self.desk.primary())
        tray.escaped.connect(lambda: self.show_only(None))
        tray.sum.opened.connect(self.show_only)
        tray.sum.scope_asked.connect(self.turn_scope)
        tray.dropped.connect(self.reading.add)
        tray.add_asked.connect(self.reading.choose)
        tray.stop_asked.connect(self.reading.stop)
        tray.forms_asked.connect(self.reading.make_forms)
        tray.certain_asked.connect(self.desk.accept_certain)
        foot.primary_asked.connect(self.desk.primary)
        foot.unit_asked.connect(self.desk.name_unit)
        foot.refuse_asked.connect(self.desk.refuse)
        foot.other_asked.connect(self.desk.file_as_other)
        foot.original_asked.connect(self.desk.open_original)
        foot.back_asked.connect(self.desk.put_back)
        foot.copy_asked.connect(self.desk.copy_reason)
        foot.type_asked.connect(self.desk.type_in)
        foot.receipt_asked.connect(self.desk.make_receipt)
        self.preview.plan_opened.connect(self.desk.compare)
        self.preview.pieces.assigned.connect(self.desk.assign)
        self.preview.receipt.dated.connect(self.desk.set_day)
        self.preview.receipt.refused.connect(lambda words: self.run.failed.emit(words, ""))
        bind(
            self,
            {
                "Ctrl+Return": self.desk.accept_certain,
                "Ctrl+Enter": self.desk.accept_certain,
                "Ctrl+O": self.reading.choose,
                "Ctrl+V": self.reading.paste,
                "F2": self.desk.type_in,
                "Ctrl+PgUp": lambda: self.step(-1),
                "Ctrl+PgDown": lambda: self.step(1),
            },
        )

    # What the window asks

    def show_round(self, round_: Round) -> None:
        """Show the tray of a round: the last drop when nothing older waits in it."""
        self.round, self._only = round_, None
        self.looks = inbox.tray(self.ws, round_)
        last = self._last_batch()
        self._all = any(
            look.item.outcome is Outcome.STAGED and look.item.batch_id != last
            for look in self.looks
        )
        self._show()

    def reload(self, changes: Changes) -> None:
        """Read the tray again after a command; the file that is looked at stays."""
        if self.round is None or not (changes.returns or changes.notice):
            return
        self.looks = inbox.tray(self.ws, self.round)
        self._show()

    def panes(self) -> list[QWidget]:
        """Tray, then what the file changes."""
        return [self.tray.focus_widget(), *self.preview.panes()]

    @property
    def locked(self) -> str:
        """Why nothing can be taken in; '' when it can."""
        if self.ws.read_only:
            return "台账是只读打开的，只能查看"
        if self.round is not None and freezing.shut(self.ws, self.round):
            return f"{self.round.name}已封存，不能收件；如需登记请先解封"
        return ""

    # Showing

    def _last_batch(self) -> str:
        # Two drops within a second have the same time: the one of this window is known.
        if self.staged_last in self._batches():
            return self.staged_last
        return self.looks[-1].item.batch_id if self.looks else ""

    @property
    def scope(self) -> tuple[Look, ...]:
        """The files that are counted: of the last drop, or all of the round."""
        last = self._last_batch()
        return tuple(look for look in self.looks if self._all or look.item.batch_id == last)

    def show_last(self) -> None:
        """After a drop: its files, the first of them chosen."""
        self._all, self._only = False, None
        self._show()
        self.tray.table.setFocus()

    def turn_scope(self) -> None:
        """From the last drop to everything, and back."""
        self._all, self._only = not self._all, None
        self._show()

    def show_only(self, outcome: Outcome | None) -> None:
        """List exactly the files a number of the sum counts."""
        self._only = outcome
        self._show()
        self.tray.focus_widget().setFocus()

    def _show(self) -> None:
        scope, only = self.scope, self._only
        rows = tray_order(scope, lambda look: only is None or look.item.outcome is only)
        self.tray.lock(self.locked)
        self.tray.sum.show_totals(inbox.totals(look.item for look in scope))
        older = len(self.looks) > len(scope) or (self._all and len(self._batches()) > 1)
        self.tray.sum.scope.setVisible(older)
        words = "只看最近一批" if self._all else f"看本轮全部 {len(self.looks)} 个"
        self.tray.sum.scope.set_text(words)
        self.tray.detail.setText(self._came_words(scope))
        self.tray.show_files(rows, only, len(scope))
        certain = {look.expected.id for look in scope if look.certain and look.expected}
        self.tray.show_work(scope, len(certain))
        if rows and not self.tray.table.current_id():
            self.tray.table.select(rows[0].id)
        self.show_current()

    def _batches(self) -> set[str]:
        return {look.item.batch_id for look in self.looks}

    def _came_words(self, scope: tuple[Look, ...]) -> str:
        if not scope:
            return ""
        if self._all and len(self._batches()) > 1:
            return f"本轮分 {len(self._batches())} 批收到 {len(scope)} 个文件"
        day, moment = scope[-1].item.staged_at[:16].split("T")
        today = "今天" if day == self.ws.today.isoformat() else day[5:]
        return f"{today} {moment} 收到 {len(scope)} 个文件"

    def show_current(self) -> None:
        """Show the file that is current in the tray."""
        look = self.current()
        own: dict[int, str] = {}
        if look is not None and look.expected is not None and self.round is not None:
            entries = reviewing.entries_of(self.ws, self.round, look.expected.id)
            own = {entry.measure_number: entry.measure_title for entry in entries}
        self.preview.show_look(look, own, self.locked)

    def current(self) -> Look | None:
        """The file that is current."""
        row_id = self.tray.table.current_id()
        return next((look for look in self.looks if look.item.id == row_id), None)

    def step(self, way: int) -> None:
        """The next or previous file."""
        if target := self.tray.table.neighbour(way):
            self.tray.table.select(target)

    def go_on(self) -> None:
        """After a decision: the next file that waits, if there is one."""
        ids, current = self.tray.table.ids(), self.tray.table.current_id()
        staged = {look.item.id for look in self.looks if look.item.outcome is Outcome.STAGED}
        start = ids.index(current) + 1 if current in ids else 0
        waiting = [item for item in ids[start:] + ids[:start] if item in staged]
        if waiting:
            self.tray.table.select(waiting[0])
