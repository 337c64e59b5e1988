"""Which round is shown, in two lines at the head of the window; a menu of all rounds."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu

from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.ui import icons, theme
from hs_credit_desktop.ui.widgets.fields import paint_field


class RoundSelector(QAbstractButton):
    """The round in two lines (name, due date); opens a menu of all rounds."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._notices: tuple[tuple[str, Sequence[Round]], ...] = ()
        self._current: Round | None = None
        self.setFixedSize(196, 36)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("选择轮次")
        self.clicked.connect(self._open)

    def show_rounds(self, notices: Sequence[tuple[str, Sequence[Round]]], current: Round) -> None:
        """Offer the rounds of these notices, each under its name, and show one of them."""
        self._notices, self._current = tuple(notices), current
        self.setAccessibleName(f"轮次：{current.name}，{due_words(current)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(196), theme.px(36))

    def menu(self) -> QMenu:
        """All rounds with their due dates and states."""
        menu = QMenu(self)
        for name, rounds in self._notices:
            if len(self._notices) > 1:
                menu.addSeparator()
                menu.addAction(name).setEnabled(False)  # a heading that every look shows
            for item in rounds:
                action = menu.addAction(f"{item.name}    {due_words(item)}    {item.state.label}")
                action.setCheckable(True)
                action.setChecked(item == self._current)
                action.triggered.connect(lambda _=False, chosen=item.id: self.chosen.emit(chosen))
        return menu

    def _open(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        paint_field(painter, self.rect(), focused=self.hasFocus())
        if self._current is None:
            return
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        room = self.width() - 46
        painter.setPen(QColor(tokens.text))
        painter.setFont(theme.font(bold=True))
        painter.drawText(QRect(10, theme.px(1), room, theme.px(20)), middle, self._current.name)
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(QColor(tokens.text2))
        painter.drawText(
            QRect(10, theme.px(18), room, theme.px(16)), middle, due_words(self._current)
        )
        icon = "lock_closed" if self._current.state is RoundState.FROZEN else "chevron_down"
        painter.drawPixmap(
            self.width() - 25, (self.height() - 16) // 2, icons.pixmap(icon, "text2")
        )


def due_words(round_: Round) -> str:
    """2024年11月30日前报送."""
    day = round_.due_on
    return f"{day.year}年{day.month}月{day.day}日前报送"
