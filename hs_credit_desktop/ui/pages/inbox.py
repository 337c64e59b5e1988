"""收件: files come in on the left, one of them is looked at on the right, the clerk confirms."""

from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui.pages.inbox_desk import InboxDesk
from hs_credit_desktop.ui.pages.inbox_reading import ReadingDesk
from hs_credit_desktop.ui.pages.inbox_view import InboxView
from hs_credit_desktop.ui.pages.tasks_keys import bind
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run


class InboxPage(InboxView):
    """The tray of a round with everything that can be done in it."""

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self.reading = ReadingDesk(self)
        self.desk = InboxDesk(self)
        self._listen()

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
