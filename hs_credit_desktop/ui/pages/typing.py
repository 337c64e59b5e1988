"""What pages with a form share: drafts of what is typed, and one page at a time that keeps them."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent, QShowEvent

from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.drafts import drafts_of
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.pages.tasks_scope import ScopeReader
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run

if TYPE_CHECKING:
    from hs_credit_desktop.ui.pages.tasks_desk import Desk
    from hs_credit_desktop.ui.pages.tasks_form import FormPane

DRAFTS_EVERY = 3000  # milliseconds between two writes of what is being typed


class TypingPage(Page):
    """A page with a form for entries; _desk is its work on the ledger once there is a form."""

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self._desk: Desk | None = None
        self._waiting = Changes()
        self.drafts = drafts_of(ws.folder.root, writable=not ws.read_only)
        self.reader = ScopeReader(ws, self.drafts)

    def _make_desk(self, form: "FormPane") -> "Desk":
        """The work of the page's form on the ledger, listening to it and to its buttons."""
        from hs_credit_desktop.ui.pages.tasks_desk import Desk

        desk = Desk(self.ws, self.run, self.drafts, form)
        form.stepped.connect(self.step)
        form.files_dropped.connect(desk.attach)
        form.evidence.opened.connect(desk.open_file)
        form.evidence.removed.connect(desk.detach)
        form.foot.save.clicked.connect(lambda: desk.record())
        form.foot.record.clicked.connect(self.record_and_go_on)
        form.foot.undo.clicked.connect(desk.undo)
        form.foot.redo.clicked.connect(desk.redo)
        return desk

    def step(self, way: int) -> None:
        """Go to the next or previous entry."""
        raise NotImplementedError

    def record_and_go_on(self) -> None:
        """Save the entry and open the next one."""
        raise NotImplementedError

    def _keep(self) -> None:
        if self._desk is not None:
            self._desk.keep()

    def reload(self, changes: Changes) -> None:
        """Read again after a command; a page that is not seen waits until it is."""
        if self.isVisible():
            self._reload(changes)
        else:
            self._waiting |= changes

    def _reload(self, changes: Changes) -> None:
        """Read again what a command changed."""
        raise NotImplementedError

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page may write on in the same entry: what stands here is kept, and no more."""
        self._keep()
        if self._desk is not None:
            self._desk.active = False
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        waiting, self._waiting = self._waiting, Changes()
        if waiting != Changes():
            self._reload(waiting)
        if self._desk is not None and not self._desk.active:
            self._desk.active = True
            self._desk.show_again(self.reader)

    def may_leave(self) -> bool:
        """Keep what is being typed as a draft; ask only when the disk refuses it."""
        self._keep()
        if self.drafts.write():
            return True
        return messages.ask(
            self,
            f"草稿没有写进 {self.ws.folder.root}",
            "可能是磁盘已满。现在离开会丢失还没有登记的文字；也可以先登记，再离开。",
            "仍然离开",
        )
