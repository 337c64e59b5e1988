"""The list of doubts: two lines each, with what became of it; the keyboard goes through it."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from hs_credit_desktop.domain.notice import Doubt
from hs_credit_desktop.ui import icons, theme
from hs_credit_desktop.ui.models.roles import Index
from hs_credit_desktop.ui.widgets.cells import (
    ink_on,
    is_selected,
    paint_ground,
    paint_text,
    rect_of,
)

_ROW = Qt.ItemDataRole.UserRole
_HEIGHT = 43


@dataclass(frozen=True)
class DoubtRow:
    """A doubt as the list shows it: its place in the draft, the answer, whether that closes it."""

    place: int
    doubt: Doubt
    answer: str = ""
    settled: bool = False

    @property
    def state(self) -> str:
        """The word at the right."""
        if self.settled:
            return "已决定"
        return "待处理" if self.answer else "待核对"

    @property
    def about(self) -> str:
        """The second line: the names in question and where they stand."""
        if self.answer:
            return f"→ {self.answer}　{self.doubt.where}"
        dated = any(name[:4].isdigit() for name in self.doubt.names)
        names = "" if dated else " ／ ".join(self.doubt.names)
        return f"{names or self.doubt.text}　{self.doubt.where}".strip()


class _Delegate(QStyledItemDelegate):
    """Glyph, bold kind and state above, names and place below."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, theme.px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: DoubtRow = index.data(_ROW)
        rect, chosen = rect_of(option), is_selected(option)
        painter.save()
        paint_ground(painter, option, bar_at=0)
        name, style = ("checkmark_circle", "filled") if row.settled else _OPEN
        ink = ink_on("ok" if row.settled else "warn", selected=chosen)
        painter.drawPixmap(13, rect.top() + 13, icons.pixmap(name, ink, 16, style))
        width = rect.width() - 46
        top = QRect(38, rect.top() + 3, width, 20)
        kind = top.adjusted(0, 0, -70, 0)
        words = ink_on("text", selected=chosen)
        paint_text(painter, kind, row.doubt.kind.label, words, bold=True)
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(QColor(getattr(theme.current(), ink)))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(top, side, row.state)
        painter.setPen(QColor(getattr(theme.current(), ink_on("text2", selected=chosen))))
        below = QRect(38, rect.top() + 22, width, 18)
        metrics = painter.fontMetrics()
        words = metrics.elidedText(row.about, Qt.TextElideMode.ElideRight, width)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, words)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, _hairline())
        painter.restore()


_OPEN = ("question_circle", "regular")


def _hairline() -> QColor:
    return QColor(theme.current().border)


class DoubtList(QListWidget):
    """moved: the place of the doubt that is looked at; confirmed: Enter was pressed on it."""

    moved = Signal(int)
    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("疑点")
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentRowChanged.connect(self._moved)

    def show_rows(self, rows: list[DoubtRow], current: int) -> None:
        """Show these doubts, with the one at place `current` selected."""
        self.blockSignals(True)
        self.clear()
        for row in rows:
            item = QListWidgetItem(self)
            item.setData(_ROW, row)
            item.setToolTip(row.doubt.text)
            said = f"{row.doubt.kind.label}，{row.state}，{row.doubt.text}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            if row.place == current:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def _moved(self, number: int) -> None:
        if (item := self.item(number)) is not None:
            self.moved.emit(item.data(_ROW).place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirmed.emit()
            return
        super().keyPressEvent(event)
