"""The left pane of 收件: what came in, the sum of it, and all that can be taken in at once."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from hs_credit_desktop.services.inbox import Totals
from hs_credit_desktop.services.look import Look
from hs_credit_desktop.store.staging import Outcome
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.inbox import TRAY_COLUMNS, TrayRow
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.widgets.basics import (
    Button,
    LinkButton,
    NumberLink,
    Pane,
    label,
    repolish,
)
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.states import EmptyState
from hs_credit_desktop.ui.widgets.table import RowsTable

_INKS = {
    Outcome.ACCEPTED: "ok",
    Outcome.STAGED: "accent",
    Outcome.REFUSED: "bad",
    Outcome.OTHER: "accent",
}


def files_of(mime: QMimeData) -> list[Path]:
    """The local files and folders that are dragged or on the clipboard."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


class Sum(QFrame):
    """收到 15 ＝ 已接收 0 ＋ 暂存 15 ＋ 拒收 0 ＋ 其他 0; opened: an Outcome, or None for all."""

    opened = Signal(object)
    scope_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paneFoot")
        self.setFixedHeight(36)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PADDING, 0, theme.GAP, 0)
        row.setSpacing(6)
        self.all = self._number("收到", None, "accent")
        row.addWidget(self.all)
        self.parts: dict[Outcome, NumberLink] = {}
        for place, (outcome, ink) in enumerate(_INKS.items()):
            row.addWidget(label("＋" if place else "＝", ink="text2"))
            self.parts[outcome] = self._number(outcome.label, outcome, ink)
            row.addWidget(self.parts[outcome])
        row.addStretch(1)
        self.scope = LinkButton("", self.scope_asked.emit)
        row.addWidget(self.scope)

    def _number(self, words: str, outcome: Outcome | None, ink: str) -> NumberLink:
        made = NumberLink(words, ink)
        made.setToolTip(f"只看{words}的文件" if outcome else "看收到的全部文件")
        made.clicked.connect(lambda: self.opened.emit(outcome))
        return made

    def show_totals(self, totals: Totals) -> None:
        """Show the sum; it always adds up."""
        self.all.set_number(totals.files_in)
        for outcome, link in self.parts.items():
            link.set_number(getattr(totals, outcome.value))
        rows = (totals.rows_in, totals.rows_accepted, totals.rows_staged, totals.rows_refused)
        self.setToolTip(
            "反馈行：收到 {} ＝ 已接收 {} ＋ 暂存 {} ＋ 拒收 {} ＋ 其他 {}".format(
                *rows, totals.rows_other
            )
        )


class TrayPane(Pane):
    """Files of the tray; the whole pane takes files that are dropped on it.

    dropped: paths; moved: id of the file that is current; opened: Enter on a file; escaped: Esc;
    add_asked, forms_asked, stop_asked, certain_asked: buttons (the last one asks for 审核 once
    nothing waits any more, see `finished`).
    """

    dropped = Signal(list)
    moved = Signal(str)
    opened = Signal(str)
    escaped = Signal()
    add_asked = Signal()
    forms_asked = Signal()
    stop_asked = Signal()
    certain_asked = Signal()

    def __init__(self) -> None:
        super().__init__("收件箱", " ")
        self.model: RowsModel[TrayRow] = RowsModel(TRAY_COLUMNS, self)
        self.table, self.sum = RowsTable("收到的文件"), Sum()
        self.detail = ElidedLabel(1, theme.CAPTION, ink="text2")
        self.forms = Button("生成反馈表…", self.forms_asked.emit, icon="document_text")
        self.add = Button("添加文件…", self.add_asked.emit, icon="add")
        self.empty = EmptyState(
            "mail_inbox",
            "收件箱是空的",
            "把收到的附件、邮件或整个文件夹拖到这里",
            "添加文件…",
            self.add_asked.emit,
        )
        self.hint = ElidedLabel(1, theme.CAPTION, ink="text2")
        self.stop = Button("停止", self.stop_asked.emit)
        self.only = Button("", self.escaped.emit, icon="dismiss")
        self.certain = Button("", self.certain_asked.emit, key="Ctrl+Enter", primary=True)
        self._filling = False
        self._locked, self.finished = "", False
        self.setAcceptDrops(True)
        self._build()

    def _build(self) -> None:
        self.subtitle.hide()
        self.tools.takeAt(self.tools.count() - 1)
        self.tools.addWidget(self.detail, 1)
        self.tools.addWidget(self.only)
        self.tools.addWidget(self.forms)
        self.tools.addWidget(self.add)
        self.add.setToolTip(
            "选择收到的文件、压缩包或邮件  Ctrl+O\n"
            "也可以把它们或整个文件夹拖到这里，或复制文件、文字后按 Ctrl+V"
        )
        self.forms.setToolTip("为各单位生成预填的反馈表和交付清单")
        self.table.show_model(self.model)
        self.table.moved.connect(self._moved)
        self.table.opened.connect(self.opened)
        self.table.escaped.connect(self.escaped)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.sum)
        foot = self.add_foot()
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.stop)
        foot.addWidget(self.certain)
        self.certain.setShortcut("")
        self.stop.hide()
        self.only.hide()

    def show_files(self, rows: Sequence[TrayRow], only: Outcome | None, ever: int) -> None:
        """List files; ever: how many came in at all. The file that is current stays current."""
        kept, top = self.table.current_id(), self.table.verticalScrollBar().value()
        self._filling = True
        self.model.show_rows(list(rows))
        if kept and self.model.row_of(kept) >= 0:
            self.table.select(kept)
            self.table.verticalScrollBar().setValue(top)
            self.table.scrollTo(self.table.currentIndex())  # of another scope it may lie elsewhere
        self._filling = False
        self.only.setVisible(only is not None)
        if only is not None:
            self.only.set_text(f"只看{only.label} {len(rows)} 个")
            self.only.setToolTip("看全部  Esc")
        if not rows and ever:
            self.empty.show_words("这里没有文件", "这个数是 0，没有可以列出的文件")
        else:
            self.empty.show_words("收件箱是空的", "把收到的附件、邮件或整个文件夹拖到这里")
        self._stack.setCurrentIndex(0 if rows else 1)
        self.sum.setVisible(bool(ever))

    def show_work(self, looks: Sequence[Look], certain: int) -> None:
        """Say what is to be done, and how many can be taken in at once."""
        staged = [look for look in looks if look.item.outcome is Outcome.STAGED]
        plain = sum(look.word == "可接收" for look in staged)
        again = sum(look.word == "重报" and look.certain for look in staged)
        rest = len(staged) - plain - again
        words = [f"可接收 {plain}", f"重报 {again}"] if plain or again else []
        words += [f"另 {rest} 件需您处理" if words else f"{rest} 件需您处理"] if rest else []
        done = "收到的文件都处理完了" if looks else ""
        self.hint.setText(" · ".join(words) or done)
        self.finished = bool(looks) and not staged
        take = f"登记可接收的 {certain} 件" if certain else "登记可接收的"
        self.certain.set_text("去审核" if self.finished else take)
        self._show_buttons(certain)

    def _show_buttons(self, certain: int) -> None:
        if self.finished:
            self.certain.setEnabled(self.stop.isHidden())
            self.certain.setToolTip("收到的都处理完了，接着审核")
            return
        self.certain.setEnabled(certain > 0 and not self._locked and self.stop.isHidden())
        none = "没有可以直接登记的文件；需您处理的请逐件看"
        self.certain.setToolTip(self._locked or ("" if certain else none))

    def lock(self, why: str) -> None:
        """Nothing can be taken in, for the reason given; '' opens again."""
        self._locked = why
        self.setAcceptDrops(not why)
        for button in (self.add, self.empty.button, self.forms):
            button.setEnabled(not why)
        if why:
            self.add.setToolTip(why)

    def show_busy(self, words: str) -> None:
        """Say how far the reading is; '' when it is over."""
        self.stop.setVisible(bool(words))
        self.add.setEnabled(not words and not self._locked)
        self.setAcceptDrops(not words and not self._locked)
        if words:
            self.hint.setText(words)
            self.certain.setEnabled(False)

    def _moved(self, row_id: str) -> None:
        if not self._filling:
            self.moved.emit(row_id)

    # Dropping

    def _show_over(self, state: str) -> None:
        if self.property("state") != state:
            self.setProperty("state", state)
            repolish(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Taken even when refused, or Qt would not tell when it leaves; dragMove then says no.
        event.acceptProposedAction()
        self._show_over("over" if files_of(event.mimeData()) else "refused")

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setAccepted(self.property("state") == "over")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over("")
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over("")
        if paths := files_of(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def focus_widget(self) -> QWidget:
        """What F6 moves the keyboard to."""
        return self.table if self._stack.currentIndex() == 0 else self.empty.button
