"""The header: which round, how long, how many; every number opens the list it counts."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)
from shiboken6 import isValid

from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.domain.statistics import Figures, Status
from hs_credit_desktop.ui import icons, theme
from hs_credit_desktop.ui.round_selector import RoundSelector
from hs_credit_desktop.ui.widgets.basics import KEY_GAP, NumberLink, label
from hs_credit_desktop.ui.widgets.chips import Chip

# (status, word, ink of the number); the four in brackets add up to 已报.
_OUTER = ((Status.EXPECTED, "应报", "accent"), (Status.RECEIVED, "已报", "accent"))
_INNER = (
    (Status.ACCEPTED, "通过", "ok"),
    (Status.SENT_BACK, "退回", "back"),
    (Status.TO_REVIEW, "待审", "accent"),
    (Status.ON_HOLD, "存疑", "hold"),
)
_AFTER = (
    (Status.MISSING, "未报", "warn"),
    (Status.ON_TIME, "按时", "ok"),
    (Status.LATE, "逾期报送", "warn"),
    (Status.OVERDUE, "逾期未报", "bad"),
    (Status.EXEMPT, "免报", "text2"),
)
RULES = {
    Status.EXPECTED: "本轮应当报送的单位，免报的不算在内。",
    Status.RECEIVED: "已收到至少一版有效报送件的单位，不论审核结果。",
    Status.ACCEPTED: "报送件已经审核通过的单位。",
    Status.SENT_BACK: "报送件已退回、等待补报的单位；仍算已报。",
    Status.TO_REVIEW: "报送件收到、还没有审核的单位。",
    Status.ON_HOLD: "报送件暂时存疑、还没有结论的单位。",
    Status.MISSING: "应报而还没有收到的单位。",
    Status.ON_TIME: "第一次收到的日期不晚于报送期限；以后补报不影响。",
    Status.LATE: "第一次收到的日期晚于报送期限。",
    Status.OVERDUE: "没有收到，而且已经过了报送期限。",
    Status.EXEMPT: "本轮免报的单位，不算在应报里。",
}
SEARCH_WIDTH, SEARCH_LEAST = 256, 150
_LIST_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Escape,
)


class FiguresLine(QWidget):
    """应报 已报（通过 退回 待审 存疑）未报 按时 逾期报送 逾期未报 免报: doors, all of them."""

    status_opened = Signal(Status)

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._doors: dict[Status, NumberLink] = {}
        for status, word, ink in _OUTER:
            self._row.addWidget(self._made(status, word, ink))
        self._bracket = self._made_bracket()
        self._row.addWidget(self._bracket)
        for status, word, ink in _AFTER:
            self._row.addWidget(self._made(status, word, ink))
        self._figures = Figures()
        self._wide = True

    def _made(self, status: Status, word: str, ink: str) -> NumberLink:
        door = NumberLink(word, ink)
        door.setToolTip(f"{status.label}：{RULES[status]}")
        door.clicked.connect(lambda: self.status_opened.emit(status))
        self._doors[status] = door
        return door

    def _made_bracket(self) -> QWidget:
        """（通过 退回 待审 存疑）, which comes and goes as one."""
        bracket = QWidget()
        row = QHBoxLayout(bracket)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(label("（", ink="text2"))
        for status, word, ink in _INNER:
            row.addWidget(self._made(status, word, ink))
        row.addWidget(label("）", ink="text2"))
        return bracket

    def door(self, status: Status) -> NumberLink:
        """The number of a status."""
        return self._doors[status]

    def show_figures(self, figures: Figures) -> None:
        """Show the figures of a round."""
        self._figures = figures
        for status, door in self._doors.items():
            door.set_number(getattr(figures, status.value))
        sums = "，".join(f"{word} {getattr(figures, status.value)}" for status, word, _ in _INNER)
        self._doors[Status.RECEIVED].setToolTip(f"已报：{RULES[Status.RECEIVED]}其中{sums}。")
        self.show_bracket(wide=self._wide)

    def show_bracket(self, *, wide: bool) -> None:
        """Hide the bracket where the window is narrow (it then stands in the tooltip of 已报)."""
        self._wide = wide
        self._bracket.setVisible(wide)
        self._doors[Status.ON_HOLD].setVisible(self._figures.on_hold > 0)

    def width_of(self, *, wide: bool) -> int:
        """Logical pixels it needs with or without the bracket, whatever is shown now."""
        inner = {status for status, _, _ in _INNER}
        outer = [door for status, door in self._doors.items() if status not in inner]
        width = sum(door.sizeHint().width() + self._row.spacing() for door in outer)
        return width + (self._bracket_width() + self._row.spacing() if wide else 0)

    def _bracket_width(self) -> int:
        shown = [status for status, _, _ in _INNER]
        if not self._figures.on_hold:
            shown.remove(Status.ON_HOLD)
        ends = 2 * self._bracket.fontMetrics().horizontalAdvance("（")
        return ends + sum(self._doors[status].sizeHint().width() for status in shown)


class SearchField(QLineEdit):
    """搜单位、措施、反馈: one box for everything; Ctrl+K puts the keyboard into it.

    key_pressed: keys the input method left over and a line of text has no use for.
    """

    key_pressed = Signal(object)
    left = Signal()
    given_back = Signal()  # the keyboard is free, and where it came from is gone

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(f"搜单位、措施、反馈{KEY_GAP}Ctrl+K")
        self.setAccessibleName("搜索单位、措施、反馈")
        self.setClearButtonEnabled(False)
        self.setTextMargins(22, 0, 0, 0)
        self.setFont(theme.font())
        self._before: QWidget | None = None

    def take(self) -> None:
        """Take the keyboard, and remember from where."""
        if not self.hasFocus():
            self._before = QApplication.focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def give_back(self) -> None:
        """The keyboard goes back to where it was, else given_back says that it is free."""
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.given_back.emit()

    def sizeHint(self) -> QSize:
        return QSize(SEARCH_WIDTH, theme.px(theme.FIELD))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.text():
            self.give_back()
        elif event.key() in _LIST_KEYS:
            self.key_pressed.emit(event)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.drawPixmap(9, (self.height() - 16) // 2, icons.pixmap("search", "text2"))


class Header(QFrame):
    """Round selector, countdown chip, figures and search field in 50 px."""

    round_chosen = Signal(str)
    status_opened = Signal(Status)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setFixedHeight(theme.HEADER + 1)
        self.selector = RoundSelector()
        self.countdown = Chip()
        self.figures = FiguresLine()
        self.search = SearchField()
        # Placed by hand (see _fit): a layout would keep the window from getting narrower than the
        # bracket, which is the first thing to go.
        for part in (self.selector, self.countdown, self.figures, self.search):
            part.setParent(self)
        self.selector.chosen.connect(self.round_chosen)
        self.figures.status_opened.connect(self.status_opened)
        QShortcut(QKeySequence("Ctrl+K"), self, self.search.take)

    def show_countdown(self, words: str, days: int, due_soon_days: int) -> None:
        """Show the chip: grey while there is time, amber when it is near, red when it is past."""
        if days < 0:
            self.countdown.show_text(words, "bad", icon="warning")
        elif days <= due_soon_days:
            self.countdown.show_text(words, "warn", icon="clock")
        else:
            self.countdown.show_text(words, "text2", icon="calendar_ltr", style="regular")
        self._fit()

    def show_frozen(self) -> None:
        """Nothing runs out any more in a round that is frozen."""
        self.countdown.show_text(
            RoundState.FROZEN.label, "text2", icon="lock_closed", style="regular"
        )
        self._fit()

    def show_figures(self, figures: Figures) -> None:
        """Show the figures of the round."""
        self.figures.show_figures(figures)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        """The search field shrinks first, then the bracket folds into a tooltip."""
        left = theme.PADDING
        for part in (self.selector, self.countdown):
            left = self._put(part, left, part.sizeHint().width()) + theme.PADDING
        room = self.width() - left - 2 * theme.PADDING
        wide = self.figures.width_of(wide=True) + SEARCH_LEAST <= room
        self.figures.show_bracket(wide=wide)
        taken = self.figures.width_of(wide=wide)
        self._put(self.figures, left, taken)
        search = max(SEARCH_LEAST, min(SEARCH_WIDTH, room - taken))
        self._put(self.search, self.width() - theme.PADDING - search, search)

    def _put(self, part: QWidget, left: int, width: int) -> int:
        """Put a part in the middle of the height; its right edge."""
        height = part.sizeHint().height()
        part.setGeometry(left, (self.height() - 1 - height) // 2, width, height)
        return left + width
