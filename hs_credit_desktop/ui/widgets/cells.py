"""Delegates of the tree, the unit list and the tables: they draw what the model's roles say.

Qt hands a StrEnum through as a plain string, so lamps and kinds are compared by value.
"""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.ui import icons, lamps, theme
from hs_credit_desktop.ui.models.roles import Index, Role
from hs_credit_desktop.ui.models.tree import Kind
from hs_credit_desktop.ui.widgets.chips import chip_width, paint_bar, paint_chip

PAD = 8
BAR_WIDTH, BAR_HEIGHT = 26, 6  # short: titles of eleven characters fit beside it at 1366
COUNT_WIDTH = 42
LEAST_TITLE = 84  # room that a chip leaves to the title of a node
PILLAR_ROW = 32
BARS_FROM = 280  # a tree narrower than this shows counts without bars
MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
MIDDLE_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def is_selected(option: QStyleOptionViewItem) -> bool:
    """Whether the row is selected."""
    return bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]


def rect_of(option: QStyleOptionViewItem) -> QRect:
    """The room of the cell."""
    return QRect(option.rect)  # type: ignore[attr-defined]


def view_of(option: QStyleOptionViewItem) -> QAbstractItemView | None:
    """The view the cell is drawn in."""
    view = option.widget  # type: ignore[attr-defined]
    return view if isinstance(view, QAbstractItemView) else None


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, *, bar_at: int | None) -> None:
    """The ground of a cell: selected or hovered; the bar of a selected row at x = bar_at."""
    tokens, rect = theme.current(), rect_of(option)
    state = option.state  # type: ignore[attr-defined]
    if is_selected(option):
        painter.fillRect(rect, QColor(tokens.sel))
        if bar_at is not None:
            view = view_of(option)
            ink = tokens.accent if view and view.hasFocus() else tokens.text3
            colour = QColor(tokens.sel_text if tokens.high_contrast else ink)
            painter.fillRect(bar_at, rect.top(), 3, rect.height(), colour)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, QColor(tokens.hover))


def paint_text(
    painter: QPainter, rect: QRect, text: str, ink: str, *, bold: bool = False, right: bool = False
) -> int:
    """Draw one elided line; returns the logical pixels the words took."""
    painter.setFont(theme.figure_font(bold=bold) if right else theme.font(bold=bold))
    painter.setPen(QColor(getattr(theme.current(), ink)))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, MIDDLE_RIGHT if right else MIDDLE_LEFT, shown)
    return metrics.horizontalAdvance(shown)


def count_width(words: str) -> int:
    """Room for covered/expected: one column for all rows, wider where the number needs it."""
    needed = QFontMetrics(theme.figure_font()).horizontalAdvance(words)
    return max(theme.px(COUNT_WIDTH), needed + 2)


def ink_on(ink: str, *, selected: bool) -> str:
    """The ink that can be read on the row."""
    if selected and ink == "text" and theme.current().high_contrast:
        return "sel_text"
    return lamps.ink_of(ink, selected=selected)


class CellDelegate(QStyledItemDelegate):
    """A table cell: lamp, or text with a chip; bold in the first column of the selected row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.px(theme.ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, chosen = rect_of(option), is_selected(option)
        first = index.column() == 0
        paint_ground(painter, option, bar_at=rect.left() if first else None)
        painter.fillRect(
            rect.left(), rect.bottom(), rect.width(), 1, QColor(theme.current().border)
        )
        room = rect.adjusted(PAD, 0, -PAD, -1)
        if sign := index.data(Role.ICON):
            name, ink, style = sign
            top = room.top() + (room.height() - 16) // 2
            painter.drawPixmap(
                room.left(), top, icons.pixmap(name, ink_on(ink, selected=chosen), 16, style)
            )
            room.setLeft(room.left() + 22)
        lamp = index.data(Role.LAMP)
        if lamp is not None:
            lamps.paint_lamp(painter, room, Lamp(lamp), selected=chosen)
        else:
            self._paint_words(painter, room, index, chosen=chosen, bold=chosen and first)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, room: QRect, index: Index, *, chosen: bool, bold: bool
    ) -> None:
        chip = index.data(Role.CHIP)
        text, ink = str(index.data() or ""), ink_on(index.data(Role.INK), selected=chosen)
        right = bool(index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight)
        if chip is None:
            paint_text(painter, room, text, ink, bold=bold, right=right)
            return
        width = chip_width(chip.text, icon=chip.icon)
        space = room.adjusted(0, 0, -(width + PAD), 0)
        taken = paint_text(painter, space, text, ink, bold=bold) if text else -PAD
        place = QRect(room.left() + taken + PAD, 0, width, theme.CHIP - 1)
        place.moveTop(room.top() + (room.height() - place.height()) // 2)
        if place.left() + width <= room.right() + PAD:
            paint_chip(painter, place, chip.text, chip.ink, icon=chip.icon)


class TreeDelegate(QStyledItemDelegate):
    """A node: title, chip of open doubts or bar, lamp, covered/expected at the right edge."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        pillar = index.data(Role.KIND) == Kind.PILLAR
        return QSize(0, theme.px(PILLAR_ROW if pillar else theme.ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, chosen = rect_of(option), is_selected(option)
        paint_ground(painter, option, bar_at=None)
        view = view_of(option)
        progress = index.data(Role.PROGRESS)
        right = rect.right() - PAD
        words = f"{progress.covered}/{progress.expected}"
        taken = count_width(words)
        count = QRect(right - taken, rect.top(), taken, rect.height())
        paint_text(painter, count, words, ink_on("text2", selected=chosen), right=True)
        right = _paint_node_lamp(painter, count, index, selected=chosen)
        chip = index.data(Role.CHIP)
        if chip:
            words = chip.text
            if right - chip_width(words, icon=chip.icon) - rect.left() < LEAST_TITLE:
                words = ""  # the sign alone, so that the number of the measure can be read
            width = chip_width(words, icon=chip.icon)
            place = QRect(right - width, 0, width, theme.CHIP)
            place.moveTop(rect.top() + (rect.height() - place.height()) // 2)
            paint_chip(painter, place, words, chip.ink, icon=chip.icon)
            right = place.left()
        elif view is None or view.width() >= theme.px(BARS_FROM):
            top = rect.top() + (rect.height() - BAR_HEIGHT) // 2
            bar = QRect(right - BAR_WIDTH + 4, top, BAR_WIDTH, BAR_HEIGHT)
            paint_bar(painter, bar, progress)
            right = bar.left()
        room = QRect(rect.left(), rect.top(), right - 4 - rect.left(), rect.height())
        bold = chosen or index.data(Role.KIND) == Kind.PILLAR
        paint_text(painter, room, str(index.data()), ink_on("text", selected=chosen), bold=bold)
        painter.restore()


def _paint_node_lamp(painter: QPainter, count: QRect, index: Index, *, selected: bool) -> int:
    """Draw what waits at a node left of its count; the x where the room for the rest ends.

    The place stays free where nothing waits, so that bars stand in one column.
    """
    place = QRect(count.left() - lamps.GLYPH, count.top(), lamps.GLYPH, count.height())
    lamp = index.data(Role.LAMP)
    if lamp:
        lamps.paint_lamp(painter, place, Lamp(lamp), word=False, selected=selected)
    return place.left() - 4


class UnitDelegate(QStyledItemDelegate):
    """A unit of the list on the left: name, lamp with its word, covered/expected."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, theme.px(theme.ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, chosen = rect_of(option), is_selected(option)
        paint_ground(painter, option, bar_at=rect.left())
        covered, entries = index.data(Role.PROGRESS)
        taken = count_width(f"{covered}/{entries}")
        count = QRect(rect.right() - PAD - taken, rect.top(), taken, rect.height())
        ink = ink_on("text2", selected=chosen)
        paint_text(painter, count, f"{covered}/{entries}", ink, right=True)
        lamp = QRect(count.left() - 76, rect.top(), 80, rect.height())
        lamps.paint_lamp(painter, lamp, Lamp(index.data(Role.LAMP)), selected=chosen)
        room = QRect(
            rect.left() + 12, rect.top(), lamp.left() - rect.left() - 12 - PAD, rect.height()
        )
        name = ink_on("text", selected=chosen)
        paint_text(painter, room, str(index.data()), name, bold=chosen)
        painter.restore()
