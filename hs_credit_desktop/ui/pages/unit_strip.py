"""One entry of a unit's return as a row: measure, 完成情况 and the four parts in columns."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from hs_credit_desktop.domain.notice import Role as Duty
from hs_credit_desktop.domain.returns import PART_LABELS, FeedbackParts
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.entries import EntryRow, duty_words
from hs_credit_desktop.ui.models.rows import NOTHING
from hs_credit_desktop.ui.pages.tasks_form_parts import local_files
from hs_credit_desktop.ui.widgets.basics import paint_focus
from hs_credit_desktop.ui.widgets.chips import chip_width, paint_chip

PAD = 8
HEAD_HEIGHT, ROW_HEIGHT, SHORT_ROW = theme.ROW, 66, 46
WIDE = 940  # logical pixels from which every part has a column of its own
LINES = 3
# (what stands in the column, its head, its share of the width after measure and 完成情况)
MEASURE, COMPLETION = 150, 76
_WIDE = (("progress", 330), ("results", 150), ("problems", 134), ("next_steps", 140))
_NARROW = (("progress", 330), ("results+problems", 180), ("next_steps", 150))
_HEADS = {
    **PART_LABELS,
    "measure": "措施",
    "completion": "完成情况",
    "results+problems": "主要成效、存在问题",
}


@dataclass(frozen=True)
class Room:
    """A column: what stands in it and where."""

    what: str
    left: int
    width: int


def rooms(width: int) -> tuple[Room, ...]:
    """The columns in that width; below WIDE 主要成效 and 存在问题 share one."""
    made = [Room("measure", 0, MEASURE), Room("completion", MEASURE, COMPLETION)]
    parts = _WIDE if width >= WIDE else _NARROW
    left, rest = MEASURE + COMPLETION, width - MEASURE - COMPLETION
    whole = sum(share for _, share in parts)
    for what, share in parts:
        made.append(Room(what, left, rest * share // whole))
        left += rest * share // whole
    return tuple(made)


def paint_lines(painter: QPainter, rect: QRect, text: str, lines: int = LINES) -> None:
    """Text in at most `lines` lines from the middle of rect, the last one elided."""
    font, metrics = painter.font(), QFontMetrics(painter.font())
    flat = " ".join(text.split())
    layout = QTextLayout(flat, font)
    layout.beginLayout()
    starts: list[tuple[int, int]] = []
    while len(starts) < lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(rect.width())
        starts.append((line.textStart(), line.textLength()))
    layout.endLayout()
    height = min(metrics.height(), rect.height() // lines)
    top = rect.top() + max((rect.height() - height * len(starts)) // 2, 0) + metrics.ascent()
    for place, (start, length) in enumerate(starts):
        words = flat[start : start + length]
        if place == lines - 1 and start + length < len(flat):
            words = metrics.elidedText(flat[start:], Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(QPointF(rect.left(), top + place * height), words)


def tall(row: EntryRow) -> int:
    """The height of an entry's row."""
    return ROW_HEIGHT if row.entry.covered or row.draft else SHORT_ROW


class StripHead(QWidget):
    """The heads of the columns."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEAD_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface2))
        edge = QColor(tokens.border)
        painter.fillRect(0, self.height() - 1, self.width(), 1, edge)
        painter.setFont(theme.font(theme.CAPTION))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for room in rooms(self.width()):
            if room.left:
                painter.fillRect(room.left, 0, 1, self.height(), edge)
            painter.setPen(QColor(tokens.text2))
            place = QRect(room.left + PAD, 0, room.width - PAD, self.height())
            painter.drawText(place, middle, _HEADS[room.what])


class EntryStrip(QWidget):
    """A row that opens its entry for typing: Enter, Space or a click.

    opened: entry id; stepped: ↑ or ↓ asked for the neighbour (-1 or 1); files_dropped: entry id
    and the files let go on it.
    """

    opened = Signal(str)
    stepped = Signal(int)
    files_dropped = Signal(str, list)

    def __init__(self, row: EntryRow) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_row(row)

    def show_row(self, row: EntryRow) -> None:
        """Show another entry, or the same one as it is now."""
        self.row = row
        entry = row.entry
        self.setFixedHeight(tall(row))
        title = f"（{chinese_number(entry.measure_number)}）{entry.measure_title}"
        said = "；".join(
            f"{label} {getattr(entry.parts, name)}" for name, label in PART_LABELS.items()
        )
        words = said if entry.covered else "进展情况未填写"
        draft = "，有草稿" if row.draft else ""
        self.setAccessibleName(f"{title}，{duty_words(entry)}，{row.lamp.word}{draft}，{words}")
        self.setToolTip(
            f"{title}\n{duty_words(entry)}，{row.lamp.word}{draft}\n点按或按 Enter 填写"
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, tall(self.row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.row.id)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit(self.row.id, local_files(event.mimeData().urls()))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.opened.emit(self.row.id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = theme.current(), QPainter(self)
        entry = self.row.entry
        reported = bool(entry.feedback_id or entry.first_received_on)
        if not entry.covered and reported:
            painter.fillRect(self.rect(), QColor(tokens.warn_s))
        elif self.underMouse():
            painter.fillRect(self.rect(), QColor(tokens.hover))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens.border))
        for room in rooms(self.width()):
            place = QRect(room.left + PAD, 2, room.width - 2 * PAD, self.height() - 5)
            self._paint_cell(painter, place, room.what, reported=reported)
        if self.hasFocus():
            paint_focus(painter, self.rect(), 0)

    def _paint_cell(self, painter: QPainter, place: QRect, what: str, *, reported: bool) -> None:
        tokens, entry = theme.current(), self.row.entry
        painter.setFont(theme.font())
        painter.setPen(QColor(tokens.text))
        if what == "measure":
            self._paint_measure(painter, place)
        elif what == "completion":
            level = entry.parts.completion
            paint_lines(painter, place, level.label if level else NOTHING, 1)
        elif entry.covered:
            words = cell_words(entry.parts, what)
            painter.setPen(QColor(tokens.text if words else tokens.text3))
            paint_lines(painter, place, words or NOTHING)
        elif what == "progress":
            self._paint_blank(painter, place, reported=reported)

    def _paint_measure(self, painter: QPainter, place: QRect) -> None:
        entry = self.row.entry
        number = f"（{chinese_number(entry.measure_number)}）"
        lead = "【牵头】" if entry.role == Duty.LEAD.value else ""
        paint_lines(painter, place, f"{number}{entry.measure_title}{lead}", 2)

    def _paint_blank(self, painter: QPainter, place: QRect, *, reported: bool) -> None:
        if self.row.draft or reported:
            words = "草稿，还没有登记" if self.row.draft else "进展情况未填写"
            chip = QRect(place.left(), 0, chip_width(words, icon="warning"), theme.CHIP)
            chip.moveTop(place.top() + (place.height() - chip.height()) // 2)
            paint_chip(painter, chip, words, "warn", icon="warning")
        else:
            painter.setPen(QColor(theme.current().text3))
            paint_lines(painter, place, "尚未收到反馈", 1)


def cell_words(parts: FeedbackParts, what: str) -> str:
    """What stands in a column; two parts in one say which is which."""
    if what == "results+problems":
        said = [parts.results, f"问题：{parts.problems}" if parts.problems else ""]
        return " ".join(text for text in said if text)
    return str(getattr(parts, what))
