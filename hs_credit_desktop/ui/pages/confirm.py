"""What was read from a notice, before anything is written: counts, rounds, doubts, leftovers."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hs_credit_desktop.domain.deadlines import weekday_name
from hs_credit_desktop.domain.notice import Doubt, DraftNotice
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services.notices import ReadNotice
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.widgets.basics import Button, LinkButton, Pane, label, line
from hs_credit_desktop.ui.widgets.chips import Chip
from hs_credit_desktop.ui.widgets.states import Glyph, InlineError


class ConfirmPane(QWidget):
    """The draft on the left, its doubts on the right, 建立台账 at the foot."""

    agreed = Signal(object, Path)
    returned = Signal()

    def __init__(self, notice: ReadNotice, folder: Path, today: date) -> None:
        super().__init__()
        self.setObjectName("page")
        self._notice, self.folder, self._today = notice, folder, today
        draft = notice.draft
        panes = QHBoxLayout()
        panes.setSpacing(theme.GAP)
        panes.addWidget(self._facts(draft), 10)
        panes.addWidget(self._doubts(draft), 11)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(28, 20, 28, 12)
        whole.setSpacing(12)
        whole.addWidget(label("核对读出的内容", theme.PAGE_TITLE, bold=True))
        whole.addLayout(panes, 1)
        self.error = InlineError()
        whole.addWidget(self.error)
        whole.addLayout(self._foot())
        self.setFocusProxy(self.agree_button)

    def _facts(self, draft: DraftNotice) -> Pane:
        pane = Pane("读出的内容", self._notice.name)
        counts = label(counts_words(draft), theme.BODY, bold=True)
        counts.setWordWrap(True)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(6)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for name, value in head_rows(draft):
            form.addRow(label(name, ink="text2"), _wrapped(value))
        inner = _scrolled(pane)
        inner.addWidget(counts)
        inner.addWidget(line())
        inner.addLayout(form)
        inner.addWidget(line())
        inner.addWidget(label("大类与措施", bold=True))
        for pillar in draft.pillars:
            row = QHBoxLayout()
            row.addWidget(_wrapped(f"{chinese_number(pillar.number)}、{pillar.title}"), 1)
            row.addWidget(label(f"{len(pillar.measures)} 条", ink="text3"))
            inner.addLayout(row)
        inner.addStretch(1)
        return pane

    def _doubts(self, draft: DraftNotice) -> Pane:
        said = f"{len(draft.doubts)} 条，先按默认处理，记为待确认" if draft.doubts else "没有"
        pane = Pane("拿不准的地方", said)
        inner = _scrolled(pane)
        for doubt in draft.doubts:
            inner.addLayout(_doubt_row(doubt))
            inner.addWidget(line())
        if draft.left_out:
            inner.addWidget(label(f"没有采用的文字（{len(draft.left_out)} 行）", bold=True))
            for number, words in draft.left_out:
                inner.addWidget(_wrapped(f"第 {number} 行  {words}", theme.CAPTION, "text2"))
        inner.addStretch(1)
        return pane

    def _foot(self) -> QHBoxLayout:
        self._where = label("", theme.CAPTION, ink="text2")
        self._busy = label("", theme.CAPTION, ink="accent")
        self.back_button = Button("返回", self.returned.emit)
        self.agree_button = Button("建立台账", self._agree, key="Ctrl+Enter", primary=True)
        self.agree_button.setShortcut("Ctrl+Return")
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(Glyph("folder"))
        row.addWidget(self._where)
        row.addWidget(LinkButton("换文件夹…", self._choose_folder))
        row.addWidget(self._busy)
        row.addStretch(1)
        row.addWidget(label("还没有写入任何内容", theme.CAPTION, ink="text2"))
        row.addWidget(self.back_button)
        row.addWidget(self.agree_button)
        self._show_folder()
        return row

    def _choose_folder(self) -> None:
        if folder := messages.choose_folder(self, "台账放在哪个文件夹", self.folder):
            self.folder = folder
            self._show_folder()

    def _show_folder(self) -> None:
        self._where.setText(f"台账放在 {self.folder}")

    def _agree(self) -> None:
        self.agreed.emit(self._notice, self.folder)

    def set_busy(self, words: str) -> None:
        """While the ledger is written the buttons rest."""
        self._busy.setText(words)
        self.error.show_error("")
        for button in (self.back_button, self.agree_button):
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


def _doubt_row(doubt: Doubt) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(Glyph("question_circle", "warn"), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(2)
    head = QHBoxLayout()
    head.addWidget(label(doubt.kind.label, bold=True))
    head.addWidget(label(f"{doubt.where}  第 {doubt.line} 行", theme.CAPTION, ink="text2"))
    head.addStretch(1)
    head.addWidget(Chip("待确认", "hold"))
    column.addLayout(head)
    column.addWidget(_wrapped(doubt.text))
    if doubt.choices:
        column.addWidget(_wrapped(f"默认：{doubt.choices[0]}", theme.CAPTION, "text2"))
    row.addLayout(column, 1)
    return row


def _wrapped(text: str, points: float = theme.BODY, ink: str = "text") -> QLabel:
    made = label(text, points, ink=ink)
    made.setWordWrap(True)
    return made


def _scrolled(pane: Pane) -> QVBoxLayout:
    """A scrolling column inside the pane."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.viewport().setAutoFillBackground(False)
    inside = QWidget()
    inside.setObjectName("scrolled")
    inside.setAutoFillBackground(False)
    area.setWidget(inside)
    pane.body.addWidget(area, 1)
    column = QVBoxLayout(inside)
    column.setContentsMargins(theme.PADDING, 10, theme.PADDING, 10)
    column.setSpacing(8)
    return column
