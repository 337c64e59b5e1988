"""What 收件 shows: the tray of a round and the file that is looked at; nothing is decided here."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.services import freezing, inbox, reviewing
from hs_credit_desktop.services.look import Look
from hs_credit_desktop.services.workspace import Changes, Workspace, reading
from hs_credit_desktop.store.staging import Outcome
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.inbox import tray_order
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.pages.inbox_preview import PreviewPane
from hs_credit_desktop.ui.pages.inbox_tray import TrayPane
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Job, Run, if_there
from hs_credit_desktop.ui.widgets.splitter import remembered_panes

PANES_KEY = "inbox_panes"
PANE_WIDTHS = (588, 678)


class InboxView(Page):
    """The tray of a round: the last drop, or everything that ever came in.

    A whole tray is read on a worker, since each file in it is compared with the ledger; after a
    decision about single files only those are read again, at once.
    """

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self.round: Round | None = None
        self.looks: tuple[Look, ...] = ()
        self._all, self.staged_last = True, ""
        self._only: Outcome | None = None
        self._asked = self._shown = 0  # whole trays: only the last one asked for is shown
        self._opening = False  # what is shown first of the tray that is being read is still open
        self._touched: tuple[str, ...] = ()
        self._just_read = False
        self._then: Callable[[], object] | None = None
        self.tray, self.preview = TrayPane(), PreviewPane(ws.today)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        self.tray.setMinimumWidth(500)
        self.preview.setMinimumWidth(560)
        self.splitter = remembered_panes(
            self.tray, self.preview, preferences, PANES_KEY, PANE_WIDTHS
        )
        row.addWidget(self.splitter)

    # What the window asks

    def show_round(self, round_: Round) -> None:
        """Show the tray of a round: the last drop when nothing older waits in it."""
        if self.round is not None and round_.id != self.round.id:
            self.looks = ()
            self._show()
        self.round, self._only, self._opening = round_, None, True
        self._read_all()

    def reload(self, changes: Changes) -> None:
        """Read the tray again after a command; the file that is looked at stays."""
        if self.round is None or self._just_read or not (changes.returns or changes.notice):
            return
        if self._touched:
            self._read_touched()
        else:
            self._read_all()

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

    # Reading

    def _read_all(self) -> None:
        round_ = self.round
        assert round_ is not None
        self._asked += 1
        asked = self._asked

        def work(_job: Job) -> tuple[Look, ...]:
            with reading(self.ws) as own:
                return inbox.tray(own, round_)

        def shown(looks: tuple[Look, ...]) -> None:
            if asked == self._asked:
                self.show_looks(looks)

        self.run.background(work, if_there(self, shown))

    def show_looks(self, looks: tuple[Look, ...]) -> None:
        """Show a whole tray that was read just now; older ones still on their way are dropped."""
        self._asked += 1
        self._shown = self._asked
        self.looks = looks
        if self._opening:
            last = self._last_batch()
            self._all = any(
                look.item.outcome is Outcome.STAGED and look.item.batch_id != last for look in looks
            )
            self._opening = False
        self._show()
        then, self._then = self._then, None
        if then is not None:
            then()

    def read_then(self, act: Callable[[], object]) -> None:
        """Do it when the tray that is read next is shown."""
        self._then = act

    def touch(self, ids: Sequence[str]) -> None:
        """The command that follows changes these files only; () when it is over."""
        self._touched = tuple(ids)

    def _read_touched(self) -> None:
        """Read the files that were decided again, and those of the same units."""
        places = {
            look.expected.id for look in self.looks if self._is_touched(look) and look.expected
        }
        self.looks = tuple(
            inbox.preview(self.ws, look.item.id)
            if self._is_touched(look) or (look.expected and look.expected.id in places)
            else look
            for look in self.looks
        )
        self._show()
        if self._asked != self._shown:  # a tray on its way is of before the decision
            self._read_all()

    def _is_touched(self, look: Look) -> bool:
        return look.item.id in self._touched

    # Showing

    def _last_batch(self) -> str:
        # Two drops within a second have the same time: the one of this window is known.
        if self.staged_last in self._batches():
            return self.staged_last
        return self.looks[-1].item.batch_id if self.looks else ""

    @property
    def one_batch(self) -> str | None:
        """The drop that is shown; None when several are."""
        batches = {look.item.batch_id for look in self.scope}
        return batches.pop() if len(batches) == 1 else None

    @property
    def scope(self) -> tuple[Look, ...]:
        """The files that are counted: of the last drop, or all of the round."""
        last = self._last_batch()
        return tuple(look for look in self.looks if self._all or look.item.batch_id == last)

    def show_batch(self, batch_id: str, looks: tuple[Look, ...]) -> None:
        """After a drop: its files, the first of them chosen; the other pages are told."""
        self.staged_last, self._all, self._only, self._opening = batch_id, False, None, False
        self.show_looks(looks)
        self.tray.table.setFocus()
        QTimer.singleShot(0, self, self._tell_others)  # in a turn of its own: both take a while

    def _tell_others(self) -> None:
        self._just_read = True
        try:
            self.run.changed.emit(inbox.RETURNS)
        finally:
            self._just_read = False

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
        if rows and not self.tray.table.selectionModel().hasSelection():
            # The keyboard coming to the table makes its first row current, but chooses nothing.
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
