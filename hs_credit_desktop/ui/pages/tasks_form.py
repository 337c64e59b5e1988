"""The right pane of 任务: one entry's feedback as a form."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hs_credit_desktop.domain.matching import free_parts
from hs_credit_desktop.domain.returns import (
    PART_LABELS,
    Channel,
    Completion,
    FeedbackParts,
)
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.drafts import Draft
from hs_credit_desktop.ui.pages.tasks_evidence import EvidenceRow
from hs_credit_desktop.ui.pages.tasks_form_parts import (
    FormContents,
    captioned,
    combo,
    local_files,
)
from hs_credit_desktop.ui.pages.tasks_form_top import FormTop
from hs_credit_desktop.ui.pages.tasks_keys import FormFoot
from hs_credit_desktop.ui.widgets.basics import Pane, set_ink
from hs_credit_desktop.ui.widgets.elided import ElidedLabel, Hint
from hs_credit_desktop.ui.widgets.fields import DateField
from hs_credit_desktop.ui.widgets.part_edit import PartEdit
from hs_credit_desktop.ui.widgets.states import EmptyState, InlineError, ReadOnlyHint
from hs_credit_desktop.ui.widgets.tick import TickBox

NOT_SAID = "未填写"
NOT_FILLED = "本单位未填写此项"


class FormPane(Pane):
    """Unit, lamp and version; the four parts; receipt; attachments; save and go on.

    edited: what stands in the form changed by hand; files_dropped: paths to attach.
    """

    edited = Signal()
    stepped = Signal(int)
    files_dropped = Signal(list)
    LAST_LINES: Mapping[str, int] = {}

    def __init__(self, today: date) -> None:
        super().__init__()
        self._contents: FormContents | None = None
        self._loading = False
        self.top = self._make_top()
        self.completion = combo("完成情况", [NOT_SAID, *(level.label for level in Completion)])
        self.parts = {
            name: PartEdit(
                words, lines=3 if name == "progress" else 2, last_lines=self.LAST_LINES.get(name, 0)
            )
            for name, words in PART_LABELS.items()
        }
        self.parts["progress"].edit.takes_paste = self._divide
        self.last_said = ElidedLabel(2, theme.CAPTION, ink="text3")
        self._part = "progress"
        self.novelty = Hint()
        self.blank_error = InlineError()
        self.received = DateField("收到日期", today)
        self.channel = combo("报送方式", [channel.label for channel in Channel])
        self.on_behalf = TickBox("代报", "由别的单位代为报送")
        self.evidence = EvidenceRow()
        self.hint = Hint()
        self.locked = ReadOnlyHint()
        self.foot = FormFoot()
        self._empty = EmptyState("document_text", "", "")
        self._build()
        self._listen()
        self.setAcceptDrops(True)
        self.show_nothing()

    # Building

    def _make_top(self) -> FormTop:
        return FormTop()

    def _build(self) -> None:
        self._sheet = QWidget()
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        self.sheet_scroll = QScrollArea()
        self.sheet_scroll.setWidgetResizable(True)
        self.sheet_scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet_scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet_scroll.viewport().setAutoFillBackground(False)
        self.sheet_scroll.setWidget(self._fields())
        column.addWidget(self.sheet_scroll, 1)
        column.addWidget(self.foot)
        self.body.addWidget(self._sheet, 1)
        self.body.addWidget(self._empty, 1)

    def _fields(self) -> QWidget:
        sheet = QWidget()
        sheet.setObjectName("scrolled")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(theme.PADDING, theme.GAP, theme.PADDING, 4)
        column.setSpacing(6)
        column.addWidget(self.locked)
        first = captioned("完成情况", self.completion)
        first.addWidget(self.novelty, 7)
        column.addLayout(first)
        for name, part in self.parts.items():
            column.addWidget(part, 5 if name == "progress" else 3)
            if name == "progress":
                column.addWidget(self.blank_error)
        column.addWidget(self.last_said)
        receipt = captioned("收到", self.received)
        receipt.addWidget(self.channel, 4, Qt.AlignmentFlag.AlignTop)
        receipt.addWidget(self.on_behalf, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(receipt)
        # The sentence about the date needs the whole width, not that of the date.
        column.addWidget(self.received.error)
        foot = QHBoxLayout()
        foot.addWidget(self.evidence)
        foot.addWidget(self.hint, 1)
        column.addLayout(foot)
        return sheet

    def _listen(self) -> None:
        for name, part in self.parts.items():
            part.edited.connect(self._touched)
            part.entered.connect(partial(self._entered, name))
        self.completion.currentIndexChanged.connect(self._touched)
        self.channel.currentIndexChanged.connect(self._touched)
        self.on_behalf.toggled.connect(self._touched)
        self.received.edit.textChanged.connect(self._touched)
        self.evidence.added.connect(self.files_dropped)
        self.top.stepped.connect(self.stepped)

    # Showing

    @property
    def contents(self) -> FormContents | None:
        """The entry that is shown."""
        return self._contents

    def show_nothing(self, step: str = "在中间的表里选一条，再到这里填写") -> None:
        """Show that nothing is chosen, and what to do."""
        self._empty.show_words("还没有选中反馈", step)
        self._contents = None
        self._sheet.hide()
        self._empty.show()

    def show_entry(self, contents: FormContents) -> None:
        """Show an entry, its draft before what is saved."""
        self._contents = contents
        self._loading = True
        shown = contents.draft or contents.saved
        self.top.show_entry(contents.detail, contents.lamp)
        entry = contents.detail.entry
        empty = NOT_FILLED if entry.feedback_id else ""
        for name, part in self.parts.items():
            part.show_text(getattr(shown.parts, name), empty=empty)
            part.show_last(contents.last_name, self._said_last(name))
        self._entered(self._part)
        level = shown.parts.completion
        self.completion.setCurrentIndex(0 if level is None else list(Completion).index(level) + 1)
        if self.received.edit.text() != shown.received_on:  # the caret may stand in it
            self.received.edit.setText(shown.received_on)
            self.received.check()
        self.channel.setCurrentText(Channel(shown.channel).label)
        self.on_behalf.setChecked(shown.on_behalf)
        self.blank_error.show_error("")
        self._show_lock(contents.locked)
        self.evidence.show_files(contents.detail.attachments, writable=not contents.locked)
        self._loading = False
        self.say("草稿，还没有登记" if contents.draft else "", "warn")
        self._sheet.show()
        self._empty.hide()

    def _show_lock(self, sentence: str) -> None:
        self.locked.setVisible(bool(sentence))
        self.locked.sentence.setText(sentence)
        for part in self.parts.values():
            part.edit.setReadOnly(bool(sentence))
        self.received.edit.setReadOnly(bool(sentence))
        for widget in (self.completion, self.channel, self.on_behalf):
            widget.setEnabled(not sentence)
            widget.setToolTip(sentence)
        self.foot.lock(sentence)

    def say(self, words: str, ink: str = "text2") -> None:
        """The short hint at the bottom: 已保存 08:29, 草稿，还没有登记."""
        self.hint.say(words)
        set_ink(self.hint, ink)

    def _said_last(self, name: str) -> str:
        last = self._contents.last if self._contents else None
        return str(getattr(last, name)) if last else ""

    def _entered(self, name: str) -> None:
        """What was said last time of the part the keyboard is in, in one place below all four."""
        self._part = name
        contents = self._contents
        said = self._said_last(name) or "没有填写"
        shown = contents is not None and contents.last is not None and not self.LAST_LINES
        words = f"{contents.last_name}的{PART_LABELS[name]}：{said}" if contents and shown else ""
        self.last_said.setText(words)
        self.last_said.setVisible(shown)

    def show_novelty(self, words: str, *, repeats: bool) -> None:
        """Say 有无新进展 against the round before; '' when there is nothing to compare."""
        self.novelty.say(words)
        set_ink(self.novelty, "warn" if repeats else "text2")

    def _divide(self, text: str) -> bool:
        """A pasted answer with the headings of the four parts goes into the four fields.

        Only into an empty form: what stands there is never overwritten.
        """
        said = free_parts(text.split("\n"))
        named = [name for name in PART_LABELS if getattr(said, name)]
        if len(named) < 2 or any(part.text.strip() for part in self.parts.values()):
            return False
        for name in named:
            self.parts[name].edit.insertPlainText(getattr(said, name))
        self.say("已按小标题分到各栏", "ok")
        return True

    def mark(self, needle: str) -> None:
        """Mark the words that were searched for, the first place in sight."""
        found = [part for part in self.parts.values() if part.mark(needle)]
        if found:
            QTimer.singleShot(0, found[0], lambda: self.sheet_scroll.ensureWidgetVisible(found[0]))

    # Reading

    def draft(self) -> Draft:
        """What stands in the form."""
        place = self.completion.currentIndex()
        texts = {name: part.text for name, part in self.parts.items()}
        return Draft(
            FeedbackParts(**texts, completion=list(Completion)[place - 1] if place > 0 else None),
            self.received.edit.text().strip(),
            list(Channel)[max(self.channel.currentIndex(), 0)].value,
            self.on_behalf.isChecked(),
        )

    @property
    def changed(self) -> bool:
        """Whether the form says anything else than the ledger."""
        return self._contents is not None and self.draft() != self._contents.saved

    def pane(self) -> QWidget:
        """What F6 goes to: 进展情况, or the pane while it shows no entry."""
        return self.parts["progress"].edit if self._contents else self

    def focus_progress(self) -> None:
        """Put the keyboard into 进展情况."""
        self.parts["progress"].edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sheet_scroll.ensureVisible(0, 0)

    def check_date(self) -> bool:
        """Whether the date can be used; if not the sentence below it says why."""
        if self.received.check():
            return True
        self.received.edit.setFocus()
        return False

    def show_blank(self, sentence: str) -> None:
        """Say below 进展情况 what is wrong."""
        self.blank_error.show_error(sentence)
        self.focus_progress()

    def _touched(self, *_what: object) -> None:
        if not self._loading:
            self.blank_error.show_error("")
            self.edited.emit()

    # Files dropped on the form

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._contents and not self._contents.locked and local_files(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.files_dropped.emit(local_files(event.mimeData().urls()))
        event.acceptProposedAction()
