"""From the paper to the ledger: doubts, rounds and leads are decided, then it is written."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hs_credit_desktop.domain.deadlines import weekday_name
from hs_credit_desktop.domain.decisions import Decisions, open_places
from hs_credit_desktop.domain.draft import DraftNotice
from hs_credit_desktop.services import doubt_names, office
from hs_credit_desktop.services.notices import ReadNotice
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.pages.confirm_leads import LeadsStep
from hs_credit_desktop.ui.pages.confirm_rounds import RoundsStep
from hs_credit_desktop.ui.pages.doubts_desk import DoubtsDesk
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Button, LinkButton, NumberLink, label
from hs_credit_desktop.ui.widgets.states import Glyph, InlineError
from hs_credit_desktop.ui.widgets.stepper import Stepper

STEPS = ("读取通知", "核对疑点", "确认轮次", "确认牵头", "建立台账")
DOUBTS, ROUNDS, LEADS, WRITE = range(1, 5)


class ConfirmPane(QWidget):
    """Three steps of deciding, 建立台账 at the foot of each; nothing is written before.

    agreed: the ReadNotice with its decisions, and the folder; returned: the clerk went back.
    new_ledger: False when the notice goes into the ledger that is open, after a comparison.
    """

    agreed = Signal(object, Path)
    returned = Signal()

    def __init__(
        self, notice: ReadNotice, folder: Path, today: date, run: Run, *, new_ledger: bool = True
    ) -> None:
        super().__init__()
        self._run, self._new_ledger = run, new_ledger
        self.setObjectName("page")
        self._notice, self.folder = notice, folder
        self.stepper = Stepper(STEPS)
        self.desk = DoubtsDesk(
            notice.draft.doc_number or notice.name,
            notice.text,
            notice.draft,
            ready=lambda doubt: doubt_names.of_paper(self._notice, doubt),
        )
        self.rounds = RoundsStep(today, office.shipped_calendar(), lambda: self.go(LEADS))
        self.leads = LeadsStep(lambda: self.go(WRITE))
        self.steps = QStackedWidget()
        for step in (self.desk, self.rounds, self.leads):
            self.steps.addWidget(step)
        self.desk.decided.connect(self._decide)
        for other in (self.rounds, self.leads):
            other.decided.connect(self.desk.take_other)
        self.error = InlineError()
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, 0)
        inner.addWidget(self.steps, 1)
        inner.addWidget(self.error)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head())
        whole.addLayout(inner, 1)
        whole.addLayout(self._foot())
        self.setFocusProxy(self.desk.list)
        self._decide(notice.decisions)
        self.go(DOUBTS)

    @property
    def notice(self) -> ReadNotice:
        """What was read with what is decided so far."""
        return self._notice

    def _head(self) -> QFrame:
        head = QFrame()
        head.setObjectName("header")
        head.setFixedHeight(50)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, theme.MARGIN, 0)
        row.setSpacing(theme.PADDING)
        row.addWidget(self.stepper)
        row.addStretch(1)
        self.pillars, self.measures = NumberLink("大类"), NumberLink("措施")
        self.pillars.clicked.connect(lambda: self._show_tree(whole=False))
        self.measures.clicked.connect(lambda: self._show_tree(whole=True))
        self.counts = label("", theme.BODY, ink="text2")
        for widget in (self.pillars, self.measures, self.counts):
            row.addWidget(widget)
        return head

    def _foot(self) -> QHBoxLayout:
        self._where = label("", theme.CAPTION, ink="text2")
        self._busy = label("", theme.CAPTION, ink="accent")
        self._open = label("", theme.CAPTION, ink="warn")
        self.back_button = Button("返回", self.back)
        self.next_button = Button("下一步", lambda: self.go(self.stepper.at + 1), key="Ctrl+PgDn")
        self.next_button.setShortcut("Ctrl+PgDown")
        agree = "建立台账" if self._new_ledger else "对照上一份"
        self.agree_button = Button(agree, self._agree, key="Ctrl+Enter", primary=True)
        self.agree_button.setShortcut("Ctrl+Return")
        row = QHBoxLayout()
        row.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        row.setSpacing(theme.GAP)
        row.addWidget(Glyph("folder"))
        row.addWidget(self._where)
        if self._new_ledger:
            row.addWidget(LinkButton("换文件夹…", self._choose_folder))
        self.report = Button("体检报告…", self._show_report, key="F7", icon="document_text")
        self.report.setToolTip("发文前体检：疑点和没有采用的文字，可以打印或存为 PDF 和 Word")
        row.addWidget(self.report)
        row.addWidget(self._busy)
        row.addStretch(1)
        row.addWidget(self._open)
        row.addWidget(label("还没有写入任何内容", theme.CAPTION, ink="text2"))
        row.addWidget(self.back_button)
        row.addWidget(self.next_button)
        row.addWidget(self.agree_button)
        self._show_folder()
        if carried := self._notice.carried:
            self._open.setToolTip(f"单位名称和以前的答案沿用自 {carried.title}")
        return row

    def go(self, step: int) -> None:
        """Show a step; after the leads only 建立台账 is left."""
        self.stepper.show_step(step)
        self.steps.setCurrentIndex(min(step, LEADS) - 1)
        self.next_button.setVisible(step < LEADS)
        self.back_button.set_text("返回" if step == DOUBTS else "上一步")
        first = (self.desk.list, self.rounds.sure, self.leads.sure, self.agree_button)
        first[step - 1].setFocus()

    def back(self) -> None:
        """One step back; from the first to the start page."""
        at = self.stepper.at
        if at == DOUBTS:
            self.returned.emit()
        else:
            self.go(at - 1 if at < WRITE else ROUNDS)

    def _decide(self, decisions: Decisions) -> None:
        """Show what the decisions make of the draft, on every step."""
        self._notice = replace(self._notice, decisions=decisions)
        draft, decided = self._notice.draft, self._notice.decided
        self.desk.show_decisions(decisions, decided, head_rows(decided))
        self.rounds.show_rounds(decisions, decided.rounds)
        self.leads.show_draft(decisions, draft, decided)
        count = decided.counts
        self.counts.setText(
            f"单位 {count.printed_units} 种写法，{count.pairs} 对；"
            f"每轮应报 {count.returns} 家 {count.entries} 条"
        )
        self.counts.setToolTip(counts_words(decided))
        self.pillars.set_number(count.pillars)
        self.measures.set_number(count.measures)
        left = len(open_places(draft, decisions))
        self._open.setText(
            f"余 {left} 条疑点，先按默认处理，建账后仍标为待确认" if left else "疑点都核对完了"
        )

    def panes(self) -> list[QWidget]:
        """For F6: the panes of the step that is shown, then 建立台账."""
        at = self.stepper.at
        other: list[QWidget] = [self.rounds.sure if at == ROUNDS else self.leads.sure]
        return [*(self.desk.panes() if at == DOUBTS else other), self.agree_button]

    def _show_tree(self, *, whole: bool) -> None:
        """Show what a figure of the head counts: the pillars alone, or the measures in them."""
        self.go(DOUBTS)
        self.desk.tree.fold(whole=whole)
        self.desk.tree.tree.setFocus()

    def _show_report(self) -> None:
        """发文前体检: the report as it prints, to be saved; nothing else is written."""
        from hs_credit_desktop.ui.dialogs.checkup import CheckupWindow

        self.checkup = CheckupWindow(self, self._run, self._notice)
        self.checkup.show()

    def _choose_folder(self) -> None:
        if folder := messages.choose_folder(self, "台账放在哪个文件夹", self.folder):
            self.folder = folder
            self._show_folder()

    def _show_folder(self) -> None:
        words = f"台账放在 {self.folder}" if self._new_ledger else "写进现在的台账"
        self._where.setText(words)

    def _agree(self) -> None:
        self.agreed.emit(self._notice, self.folder)

    def set_busy(self, words: str) -> None:
        """While the ledger is written the buttons rest."""
        self._busy.setText(words)
        self.error.show_error("")
        for button in (self.back_button, self.next_button, self.agree_button):
            button.setEnabled(not words)


def counts_words(draft: DraftNotice) -> str:
    """识别到 7 类 24 条，责任单位 43 种写法……: the figures of the draft in one sentence."""
    count = draft.counts
    return (
        f"识别到 {count.pillars} 类 {count.measures} 条，责任单位 {count.printed_units} 种写法，"
        f"{count.pairs} 对；归并为 {count.units} 家单位和 {count.groups} 个群组，"
        f"每轮应报 {count.returns} 家、{count.entries} 条反馈。"
    )


def head_rows(draft: DraftNotice) -> list[tuple[str, str]]:
    """(name, value) of the notice's head and rounds; what was not found is said."""
    issued = draft.issued_on
    day = f"{issued.year}年{issued.month}月{issued.day}日" if issued else None
    contact = "，".join(
        part for part in (draft.contact.name, draft.contact.phone, draft.contact.mailbox) if part
    )
    rows = [
        ("标题", draft.title),
        ("发文字号", draft.doc_number),
        ("成文日期", day),
        ("发文机关", draft.issuer),
        ("联系方式", contact or None),
    ]
    rows += [
        (item.name, f"{item.due_on.isoformat()}（{weekday_name(item.due_on)}）前报送")
        for item in draft.rounds
    ]
    if not draft.rounds:
        rows.append(("报送轮次", None))
    return [(name, value or "没有读到") for name, value in rows]
