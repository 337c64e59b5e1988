"""The clerk's decisions about files of the tray; each is one command of the services."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import inbox, overview
from hs_credit_desktop.services.look import Look
from hs_credit_desktop.services.workspace import Changes, reading
from hs_credit_desktop.store.staging import Outcome, Proposal
from hs_credit_desktop.ui import backing_up
from hs_credit_desktop.ui.opening import copy_of, open_path
from hs_credit_desktop.ui.pages.inbox_view import InboxView
from hs_credit_desktop.ui.run import Job, if_there

if TYPE_CHECKING:
    from hs_credit_desktop.services.export import ExportedFile


class InboxDesk:
    """登记, 拒收, 归为其他, 指定单位 and what else can be done with a file."""

    def __init__(self, page: InboxView) -> None:
        self._page = page

    def _waiting(self) -> Look | None:
        """The current file, when it can still be decided."""
        look = self._page.current()
        if look is None or self._page.locked or look.item.outcome is not Outcome.STAGED:
            return None
        return look

    def _do(self, fn: Callable[..., Changes], look: Look, *args: Any, **kwargs: Any) -> bool:
        """Run a command about one file; only that file is read again."""
        self._page.touch([look.item.id])
        try:
            return self._page.run.command(fn, self._page.ws, *args, **kwargs)
        finally:
            self._page.touch(())

    def primary(self) -> None:
        """What is proposed for the file: Enter."""
        look = self._waiting()
        if look is None:
            return
        if look.proposal is Proposal.REFUSE:
            self.refuse()
        elif look.proposal is Proposal.OTHER:
            self.file_as_other()
        elif look.expected is None:
            self.name_unit()
        else:
            self.accept()

    def accept(self) -> None:
        """登记这一件."""
        look = self._waiting()
        receipt = self._page.preview.receipt
        if look is not None and self._do(
            inbox.accept, look, look.item.id, mode=receipt.mode, channel=receipt.chosen_channel
        ):
            self._page.go_on()

    def accept_certain(self) -> None:
        """登记可接收的: all that need no look."""
        page = self._page
        if page.tray.finished:
            page.page_asked.emit("审核")
            return
        if page.locked or page.round is None or not page.tray.certain.isEnabled():
            return
        page.tray.certain.setEnabled(False)  # one backup and one batch for one press
        backing_up.before_import(page.run, page.ws, self._take_certain)

    def _take_certain(self) -> None:
        """Take in on a worker: a folder of 44 returns is hundreds of entries."""
        page = self._page
        round_, one = page.round, page.one_batch
        assert round_ is not None

        def work(_job: Job) -> int:
            return len(inbox.accept_certain(page.ws, round_, one))

        page.run.background(
            work,
            if_there(page, self._taken),
            on_error=if_there(page, self._not_taken),
            words="正在登记…",
        )

    def _taken(self, count: int) -> None:
        self._page.read_then(lambda: self._say_taken(count))
        self._page.run.changed.emit(inbox.RETURNS)

    def _say_taken(self, count: int) -> None:
        page = self._page
        page.tray.hint.setText(f"已登记 {count} 件 · {page.tray.hint.text}")
        page.go_on()

    def _not_taken(self, error: UserError) -> None:
        self._page.tray.certain.setEnabled(True)
        self._page.run.failed.emit(error.what, error.advice)

    def refuse(self) -> None:
        """拒收, with the reason that is ready."""
        look = self._waiting()
        if look is None:
            return
        advice = "理由可以修改、复制，直接发给来件单位；原件保留。"
        what = f"拒收“{look.item.name}”"
        if reason := self._ask(what, advice, look.proposed_reason, "拒收"):
            self._decide(inbox.refuse, look, reason)

    def file_as_other(self) -> None:
        """归为其他: no return at all."""
        look = self._waiting()
        if look is None:
            return
        ready = look.proposed_reason if look.proposal is Proposal.OTHER else ""
        what = f"把“{look.item.name}”归为其他"
        if reason := self._ask(what, "不计入反馈，原件保留。", ready, "归为其他"):
            self._decide(inbox.file_as_other, look, reason)

    def _ask(self, what: str, advice: str, ready: str, verb: str) -> str:
        from hs_credit_desktop.ui.dialogs.reason import ReasonBox

        box = ReasonBox(self._page, what, advice, ready, verb)
        box.exec()
        return box.text

    def _decide(self, fn: Callable[..., Changes], look: Look, reason: str) -> None:
        if self._do(fn, look, [look.item.id], reason):
            self._page.go_on()

    def put_back(self) -> None:
        """退回收件箱: decide again."""
        look = self._page.current()
        if look is not None and not self._page.locked:
            self._do(inbox.put_back, look, [look.item.id])

    def copy_reason(self) -> None:
        """The reason of a file that was refused, onto the clipboard."""
        look = self._page.current()
        if look is not None:
            QGuiApplication.clipboard().setText(look.item.reason)
            self._page.tray.hint.setText("理由已复制，可直接粘贴到回复里")

    def name_unit(self) -> None:
        """改认为其他单位."""
        from hs_credit_desktop.ui.dialogs.choose_unit import Choice, ChooseUnit

        look, page = self._waiting(), self._page
        if look is None or page.round is None:
            return
        initials = {unit.id: unit.initials for unit in overview.units_of(page.ws)}
        choices = [
            Choice(item.id, item.unit_name, initials.get(item.unit_id, ""), item.state.label)
            for item in overview.expected_returns(page.ws, page.round)
        ]
        box = ChooseUnit(page, look.item.name, choices)
        box.exec()
        if box.chosen:
            self._do(inbox.name_unit, look, look.item.id, box.chosen)

    def assign(self, numbers: dict[int, int | None]) -> None:
        """Give pieces of the file to a measure."""
        if look := self._waiting():
            self._do(inbox.assign_rows, look, look.item.id, numbers)

    def set_day(self, day: date) -> None:
        """Mend the day the file came."""
        look = self._waiting()
        if look is not None and not self._do(inbox.set_received_on, look, look.item.id, day):
            self._page.show_current()

    def type_in(self) -> None:
        """录入内容…: what a scan or photo says, typed from the paper."""
        from hs_credit_desktop.ui.dialogs.text_box import TypeBox

        look = self._waiting()
        if look is None or not look.typed_later:
            return
        self.open_original()
        what = f"照着“{look.item.name}”录入内容"
        advice = "原件已在旁边打开。写明是哪条措施，如“（三）……”，每条一段；录入后再逐段核对。"
        missing = "还没有录入内容。"
        box = TypeBox(self._page, what, advice, "录入", name="扫描件的内容", missing=missing)
        box.exec()
        if box.text:
            self._do(inbox.type_in, look, look.item.id, box.text)

    def make_receipt(self) -> None:
        """出回执…: a slip that says what came, as PDF and Word, for the unit."""
        from hs_credit_desktop.services import papers, papers_publish

        look, page = self._page.current(), self._page
        if look is None or look.expected is None or look.item.outcome is not Outcome.ACCEPTED:
            return
        folder = page.ws.folder.root / "回执"
        try:
            paper = papers.receipt(page.ws, look.expected.id, original=look.item.name)
        except UserError as error:
            page.run.show_error(error)
            return

        def written(made: "tuple[ExportedFile, ...]") -> None:
            page.tray.hint.setText(f"回执已写到 {folder}")
            open_path(made[0].path)

        def work(_job: Job) -> "tuple[ExportedFile, ...]":
            with reading(page.ws) as own:
                return papers_publish.write(own, paper, folder)

        page.run.background(work, written, words="正在制作回执…")

    def compare(self, entry_id: str) -> None:
        """逐条对照: the entries in full."""
        from hs_credit_desktop.ui.dialogs.beside import beside
        from hs_credit_desktop.ui.dialogs.compare_entries import CompareEntries

        look = self._page.current()
        if look is not None and look.plans:
            mode = self._page.preview.receipt.mode
            box = CompareEntries(self._page, look.plans, mode, entry_id)
            self._page.run.changed.connect(box.reject)  # what it compares is of before
            beside(box, self._page.run)

    def open_original(self) -> None:
        """A copy of the original, opened with whatever the PC opens such files."""
        look = self._page.current()
        if look is None or look.item.sha256 is None:
            return
        try:
            open_path(copy_of(self._page.ws, look.item.sha256, look.item.name))
        except UserError as error:
            self._page.run.show_error(error)
