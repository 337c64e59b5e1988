"""The reason line of 审核: ready sentences, free text, the new date, and the three decisions."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.widgets.basics import Button, IconButton, label
from hs_credit_desktop.ui.widgets.fields import SelectAllLineEdit, parse_date
from hs_credit_desktop.ui.widgets.part_edit import PlainEdit
from hs_credit_desktop.ui.widgets.states import InlineError

# What offices ask for most; {where} is the measure that is shown.
READY = (
    "{where}没有具体做法和数据，请补充。",
    "{where}数据口径与上一轮不一致，请核实并说明。",
    "{where}没有写明完成时间和责任科室，请补充。",
    "{where}请补充佐证材料。",
    "请加盖单位公章后重新报送。",
)
HEIGHT = 62  # three lines


class ReasonEdit(PlainEdit):
    """Two lines of free text. Ctrl+D is 存疑 here too, where X11 would take it as 删除."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_D, Qt.Key.Key_R):
                event.ignore()
                return False
        return bool(super().event(event))


class ReasonLine(QFrame):
    """Reason, date, buttons. held, sent_back, accepted: a decision was pressed."""

    held = Signal()
    sent_back = Signal()
    accepted = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setObjectName("paneFoot")
        self.reason = ReasonEdit()
        self.due, self._today = SelectAllLineEdit(), today
        self.ready = IconButton("chevron_down", "现成的理由", self._show_menu)
        self.error = InlineError()
        self.hold = Button("存疑", self.held.emit, key="Ctrl+D", bind_key=False)
        self.back = Button("退回补报", self.sent_back.emit, key="Ctrl+R", bind_key=False)
        self.accept = Button(
            "通过，看下一件", self.accepted.emit, key="Ctrl+Enter", primary=True, bind_key=False
        )
        self._sentences: tuple[str, ...] = ()
        self._suggested = self._asked = ""
        self.measure: int | None = None  # the measure that is shown, for the ready sentences
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING, 6, theme.GAP + 2, 6)
        column.setSpacing(0)
        self.reason.setAccessibleName("退回理由")
        self.reason.setPlaceholderText("退回或存疑的理由，一条一行")
        self.reason.setFixedHeight(HEIGHT)
        self.due.setAccessibleName("补报期限")
        self.due.setFixedWidth(104)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(label("退回理由", theme.CAPTION, ink="text2"))
        row.addWidget(self.reason, 1)
        row.addWidget(self.ready)
        row.addWidget(label("补报期限", theme.CAPTION, ink="text2"))
        row.addWidget(self.due)
        for button in (self.hold, self.back, self.accept):
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self.error)

    def show_return(self, reason: str, sentences: Sequence[str], due: date, locked: str) -> None:
        """Offer a reason and a date; locked: why nothing can be decided, '' when it can."""
        self.suggest(reason, sentences)
        self.due.setText(due.isoformat())
        self._asked = ""
        self.error.show_error("")
        for widget in (self.hold, self.back, self.accept, self.reason, self.ready, self.due):
            widget.setEnabled(not locked)
            widget.setToolTip(locked or ("现成的理由" if widget is self.ready else ""))

    def suggest(self, reason: str, sentences: Sequence[str]) -> None:
        """Offer a reason, with the sentences it is made of."""
        self._suggested, self._sentences = reason.strip(), tuple(sentences)
        self.reason.setPlainText(reason)

    @property
    def untouched(self) -> bool:
        """Whether the reason stands as it was offered."""
        return self.words == self._suggested

    def menu(self, number: int | None = None) -> QMenu:
        """The ready sentences: those of the flags first, then the usual ones."""
        made = QMenu(self)
        where = f"（{chinese_number(number)}）" if number else ""
        for words in self._sentences:
            self._add(made, words)
        if self._sentences:
            made.addSeparator()
        for words in READY:
            self._add(made, words.format(where=where))
        return made

    def _add(self, menu: QMenu, words: str) -> None:
        action = QAction(words if len(words) <= 48 else words[:47] + "…", menu)
        action.triggered.connect(lambda: self.add_sentence(words))
        menu.addAction(action)

    def _show_menu(self) -> None:
        made = self.menu(self.measure)
        place = self.ready.mapToGlobal(self.ready.rect().topLeft())
        place.setY(place.y() - made.sizeHint().height())
        made.popup(place)

    def add_sentence(self, words: str) -> None:
        """Put a sentence on a line of its own, once."""
        lines = [line for line in self.words.splitlines() if line.strip()]
        if words not in lines:
            self.reason.setPlainText("\n".join([*lines, words]))
        self.reason.setFocus()

    @property
    def words(self) -> str:
        """The reason as it stands."""
        return self.reason.toPlainText().strip()

    def may_accept(self) -> bool:
        """Whether 通过 is meant: a reason the clerk wrote asks once, for accepting drops it."""
        if self.untouched or not self.words or self._asked == self.words:
            return True
        self._asked = self.words
        said = "写了退回理由：要退回请按 Ctrl+R。仍要通过，请再按一次 Ctrl+Enter，理由不保留。"
        self._refuse(said, self.reason)
        return False

    def checked(self) -> tuple[str, date] | None:
        """Reason and date for sending back; None when one is missing, which is said here."""
        if not self.words:
            self._refuse("没有写退回理由。请写明要补报什么，或从“现成的理由”里选。", self.reason)
            return None
        try:
            day = parse_date(self.due.text(), self._today)
        except ValueError as problem:
            self._refuse(str(problem), self.due)
            return None
        if day < self._today:
            self._refuse("补报期限在今天之前，请改成今天或以后的日期。", self.due)
            return None
        self.error.show_error("")
        return self.words, day

    def _refuse(self, sentence: str, where: QWidget) -> None:
        self.error.show_error(sentence)
        where.setFocus()
