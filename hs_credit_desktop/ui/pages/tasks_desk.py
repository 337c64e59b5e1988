"""Between the form and the ledger: what is shown, kept as a draft, recorded and taken back."""

from contextlib import suppress
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer

from hs_credit_desktop.domain.returns import Attachment, Channel, ReturnState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import freezing, overview, returns, unit_return
from hs_credit_desktop.services import undo as undoing
from hs_credit_desktop.services.overview import EntryDetail
from hs_credit_desktop.services.returns import Receipt
from hs_credit_desktop.services.unit_return import LastAnswers
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.ui.drafts import Draft, Drafts
from hs_credit_desktop.ui.opening import copy_of, open_path
from hs_credit_desktop.ui.pages.tasks_form import FormPane
from hs_credit_desktop.ui.pages.tasks_form_parts import FormContents
from hs_credit_desktop.ui.pages.tasks_scope import ScopeReader
from hs_credit_desktop.ui.run import Run

COMPARE_AFTER = 300  # milliseconds after the last key until 有无新进展 is reckoned again


class Desk:
    """The form's work on the ledger. Drafts follow every change, so nothing typed can be lost."""

    def __init__(self, ws: Workspace, run: Run, drafts: Drafts, form: FormPane) -> None:
        self._ws, self._run, self._drafts, self.form = ws, run, drafts, form
        self._last: Receipt | None = None
        self.saving = False  # while a save of this form is announced: no list changes its order
        self._answers: dict[tuple[str, str], LastAnswers] = {}
        self.active = True  # False while another page holds the keyboard, and so the drafts
        self._compare = QTimer(form)
        self._compare.setSingleShot(True)
        self._compare.setInterval(COMPARE_AFTER)
        self._compare.timeout.connect(self._show_novelty)
        form.edited.connect(self._edited)

    # Showing

    def show_undo(self) -> None:
        """Say on 撤销 what it would take back."""
        self.form.foot.show_undo(undoing.next_undo(self._ws), undoing.next_redo(self._ws))

    def show(self, entry_id: str, reader: ScopeReader) -> None:
        """Show an entry with its draft."""
        detail = overview.entry_detail(self._ws, entry_id)
        row = reader.entry_row(detail.entry)
        last = self._last_answers(detail, reader)
        contents = FormContents(
            detail,
            row.lamp,
            self._saved(detail),
            self._drafts.get(entry_id),
            self._lock_of(detail, reader),
            last.of(detail.entry.measure_id),
            last.round_name,
        )
        self.form.show_entry(contents)
        if not self.saving:  # it was reckoned while the text was typed
            self._show_novelty()

    def _last_answers(self, detail: EntryDetail, reader: ScopeReader) -> LastAnswers:
        key = (reader.round.id, detail.entry.unit_id)
        if key not in self._answers:
            self._answers = {
                key: unit_return.last_answers(self._ws, reader.round, detail.entry.unit_id)
            }
        return self._answers[key]

    def _show_novelty(self) -> None:
        """有无新进展, when the unit answered this measure in the round before."""
        contents = self.form.contents
        found = None
        if contents is not None and contents.last is not None:
            found = unit_return.novelty(self._ws, contents.last, self.form.draft().parts)
        self.form.show_novelty(found.words if found else "", repeats=bool(found and found.repeats))

    def show_again(self, reader: ScopeReader) -> None:
        """Show the entry as another page left it."""
        if self.form.contents is not None:
            self.show(self.form.contents.detail.entry.id, reader)

    def refresh(self, reader: ScopeReader) -> None:
        """Read the shown entry again; what is being typed stays as it is."""
        contents = self.form.contents
        if contents is None:
            return
        if not self.saving:
            self._answers.clear()
            self.keep()
        self.show(contents.detail.entry.id, reader)

    def _saved(self, detail: EntryDetail) -> Draft:
        """What the ledger holds, as the form would show it."""
        receipt = self._receipt_of(detail)
        return Draft(
            detail.entry.parts,
            receipt.received_on.isoformat(),
            receipt.channel.value,
            receipt.on_behalf,
        )

    def _receipt_of(self, detail: EntryDetail) -> Receipt:
        """The version's own receipt; for a version still to come the last one typed, else today."""
        current = detail.current
        if current is None or detail.expected.state is ReturnState.SENT_BACK:
            day = self._last.received_on if self._last else self._ws.today
            return Receipt(day, self._last.channel if self._last else Channel.MAIL)
        return Receipt(current.received_on, current.channel, current.on_behalf)

    def _lock_of(self, detail: EntryDetail, reader: ScopeReader) -> str:
        if self._ws.read_only:
            return "台账是只读打开的，只能查看。"
        if freezing.shut(self._ws, reader.round, detail.expected.id):
            return f"{reader.round.name}已封存，只能查看；如需修改请先解封。"
        if detail.entry.exempt:
            return "这家单位本轮免报，只能查看；如需登记请先取消免报。"
        return ""

    # Drafts

    def _edited(self) -> None:
        self.keep()
        self._compare.start()
        changed = self.form.changed
        self.form.say("草稿，还没有登记" if changed else "", "warn" if changed else "text2")

    def keep(self) -> None:
        """Keep what stands in the form as a draft, or forget it when it says nothing new."""
        contents = self.form.contents
        if contents is None or contents.locked or not self.active:
            return
        entry_id = contents.detail.entry.id
        if self.form.changed:
            self._drafts.put(entry_id, self.form.draft())
        else:
            self._drafts.drop(entry_id)

    def write_drafts(self) -> None:
        """Put drafts on disk; when the disk refuses, the hint says so."""
        if not self._drafts.write():
            self.form.say("草稿写不进磁盘，请先登记", "bad")

    def known_drafts(self) -> list[str]:
        """Entries of this ledger with a draft; those of another ledger stay untouched on disk."""
        known = []
        for entry_id in self._drafts.ids:
            with suppress(ValueError):
                known.append(overview.entry_detail(self._ws, entry_id).entry.id)
        return known

    def discard_all(self, reader: ScopeReader) -> None:
        """Forget all drafts, the one in the form too."""
        for entry_id in self.known_drafts():
            self._drafts.drop(entry_id)
        self._drafts.write()
        if self.form.contents is not None:
            self.show(self.form.contents.detail.entry.id, reader)

    # Commands

    def record(self) -> bool:
        """Save what stands in the form; True when it is in the ledger (or nothing was new)."""
        contents = self.form.contents
        if contents is None or contents.locked:
            return False
        entry = contents.detail.entry
        if not self.form.changed and entry.feedback_id is not None:
            self.form.say("没有改动")
            return True
        if not self.form.check_date():
            return False
        draft = self.form.draft()
        receipt = Receipt(
            date.fromisoformat(draft.received_on), Channel(draft.channel), draft.on_behalf
        )
        self._drafts.drop(entry.id)
        self.saving = True
        done = self._run.command(self._record, entry.id, draft, receipt, on_error=self._refused)
        self.saving = False
        if not done:
            self.keep()
            return False
        self._last = receipt
        self._drafts.write()
        self.form.say(f"已保存 {self._ws.clock.now():%H:%M}", "ok")
        return True

    def _record(self, entry_id: str, draft: Draft, receipt: Receipt) -> Changes:
        return returns.record(self._ws, entry_id=entry_id, parts=draft.parts, receipt=receipt)

    def _refused(self, error: UserError) -> None:
        """Errors stand where they can be mended: the date's below it, an empty form's in it."""
        if "日期" in error.what:
            self.form.received.show_error(f"{error.what}。{error.advice}")
            self.form.received.edit.setFocus()
        elif "空" in error.what:
            self.form.show_blank(f"{error.what}。{error.advice}")
        else:
            self._run.show_error(error)

    def undo(self) -> None:
        """Take the last step back, on whatever page it was made, and say which."""
        words = undoing.next_undo(self._ws)
        if self._run.command(undoing.undo, self._ws):
            self.form.say(f"已撤销 {words}")

    def redo(self) -> None:
        """Do again what was taken back last, and say what."""
        words = undoing.next_redo(self._ws)
        if self._run.command(undoing.redo, self._ws):
            self.form.say(f"已重做 {words}")

    def attach(self, paths: list[Path]) -> None:
        """Keep files as evidence of the shown entry."""
        contents = self.form.contents
        if contents is not None and not contents.locked:
            entry_id = contents.detail.entry.id
            self._run.command(returns.attach, self._ws, entry_id=entry_id, paths=paths)

    def detach(self, attachment: Attachment) -> None:
        """Take a file off the shown entry."""
        contents = self.form.contents
        if contents is not None:
            self._run.command(
                returns.detach,
                self._ws,
                entry_id=contents.detail.entry.id,
                attachment_id=attachment.id,
                name=attachment.name,
            )

    def copy_to_open(self, attachment: Attachment) -> Path:
        """A copy under its own name for whatever opens it; the original stays unmodified."""
        return copy_of(self._ws, attachment.sha256, attachment.name)

    def open_file(self, attachment: Attachment) -> None:
        """Open a copy of an attachment with whatever the PC opens such files."""
        try:
            path = self.copy_to_open(attachment)
        except UserError as error:
            self._run.show_error(error)
            return
        open_path(path)
