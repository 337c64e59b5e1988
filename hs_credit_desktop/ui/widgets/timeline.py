"""When returns came in: a column a day, the sum as steps, the due date as a line."""

from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from hs_credit_desktop.services.matrix import Arrivals
from hs_credit_desktop.ui import theme

LEFT, RIGHT, TOP, FOOT = 30, 14, 20, 20
LEAST_DAYS = 10


class Axis:
    """Days to x and units to y inside a rectangle."""

    def __init__(self, rect: QRect, arrivals: Arrivals) -> None:
        known = [item.day for item in arrivals.days]
        self.first = min([*known, arrivals.due_on]) - timedelta(days=1)
        last = max([*known, arrivals.due_on]) + timedelta(days=2)
        if arrivals.due_on < arrivals.today <= last + timedelta(days=14):
            last = max(last, arrivals.today + timedelta(days=1))
        self.days = max(LEAST_DAYS, (last - self.first).days)
        self.top = max(1, arrivals.expected)
        self.plot = rect.adjusted(LEFT, TOP, -RIGHT, -FOOT)

    @property
    def last(self) -> date:
        """The last day on the axis."""
        return self.first + timedelta(days=self.days)

    def x(self, day: date) -> int:
        """The left edge of a day."""
        return self.plot.left() + (day - self.first).days * self.plot.width() // self.days

    def y(self, units: int) -> int:
        """The height of so many units."""
        return self.plot.bottom() - units * self.plot.height() // self.top


def paint_timeline(painter: QPainter, rect: QRect, arrivals: Arrivals) -> None:
    """Draw the chart into rect."""
    axis = Axis(rect, arrivals)
    painter.save()
    painter.setFont(theme.figure_font(8.25))
    _paint_scale(painter, axis)
    _paint_days(painter, axis, arrivals)
    _paint_sum(painter, axis, arrivals)
    _paint_mark(painter, axis, arrivals.due_on + timedelta(days=1), _due_words(arrivals), "bad")
    painter.restore()


def _due_words(arrivals: Arrivals) -> str:
    return f"期限 {arrivals.due_on:%m-%d}"


def _paint_scale(painter: QPainter, axis: Axis) -> None:
    """The base line, half and all that are expected; a date every week or so."""
    tokens, plot = theme.current(), axis.plot
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for units in dict.fromkeys((0, axis.top // 2, axis.top)):
        height = axis.y(units)
        style = Qt.PenStyle.DashLine if units == axis.top else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(tokens.control if units == 0 else tokens.border), 1, style))
        painter.drawLine(plot.left(), height, plot.right(), height)
        painter.setPen(QColor(tokens.text2))
        painter.drawText(QRect(0, height - 8, LEFT - 4, 16), right, str(units))
    step = max(1, 44 * axis.days // max(1, plot.width())) + 1
    for offset in range(1, axis.days, max(step, 7 if axis.days > 14 else step)):
        day = axis.first + timedelta(days=offset)
        room = QRect(axis.x(day) - 22, plot.bottom() + 3, 44, 16)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, f"{day:%m-%d}")


def _paint_days(painter: QPainter, axis: Axis, arrivals: Arrivals) -> None:
    """Columns; late ones are hatched, so that a grey copy tells them apart."""
    tokens = theme.current()
    width = max(2, axis.plot.width() // axis.days - 2)
    for item in arrivals.days:
        top = axis.y(item.count)
        column = QRect(axis.x(item.day) + 1, top, width, axis.plot.bottom() - top)
        colour = QColor(tokens.warn if item.late else tokens.bar_review)
        if item.late:
            painter.fillRect(column, QColor(tokens.surface))
            painter.fillRect(column, _hatch(colour))
            painter.setPen(QPen(colour, 1))
            painter.drawRect(column.adjusted(0, 0, -1, 0))
        else:
            painter.fillRect(column, colour)


def _hatch(colour: QColor) -> QBrush:
    return QBrush(colour, Qt.BrushStyle.BDiagPattern)


def _paint_sum(painter: QPainter, axis: Axis, arrivals: Arrivals) -> None:
    """The sum so far as steps, with its last value."""
    tokens = theme.current()
    painter.setPen(QPen(QColor(tokens.accent), 2))
    place = QPoint(axis.plot.left(), axis.y(0))
    for item in arrivals.days:
        corner = QPoint(axis.x(item.day), place.y())
        up = QPoint(corner.x(), axis.y(item.total))
        painter.drawLine(place, corner)
        painter.drawLine(corner, up)
        place = up
    end = QPoint(axis.x(max(min(arrivals.today, axis.last), _last_day(arrivals))), place.y())
    painter.drawLine(place, end)
    if arrivals.days:
        # Left of the words at the due date, which stand at the same height when nearly all are in.
        due = _mark_room(painter, axis, arrivals.due_on + timedelta(days=1), _due_words(arrivals))
        room = QRect(min(due.left(), end.x()) - 70, end.y() - 16, 66, 14)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, right, f"已报 {arrivals.days[-1].total}")


def _last_day(arrivals: Arrivals) -> date:
    return arrivals.days[-1].day if arrivals.days else arrivals.due_on


def _paint_mark(painter: QPainter, axis: Axis, day: date, words: str, ink: str) -> None:
    colour = QColor(getattr(theme.current(), ink))
    left = axis.x(day)
    painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(left, axis.plot.top() - 4, left, axis.plot.bottom())
    painter.setPen(colour)
    painter.drawText(_mark_room(painter, axis, day, words), Qt.AlignmentFlag.AlignCenter, words)


def _mark_room(painter: QPainter, axis: Axis, day: date, words: str) -> QRect:
    """Where the words of a marked day stand: over its line, inside the chart."""
    width = painter.fontMetrics().horizontalAdvance(words) + 6
    left = min(axis.x(day) - width // 2, axis.plot.right() + RIGHT - width)
    return QRect(left, axis.plot.top() - TOP + 1, width, TOP - 4)


def timeline_words(arrivals: Arrivals) -> str:
    """The chart as a sentence, for a screen reader and the tooltip."""
    if not arrivals.days:
        return "还没有收到报送件"
    last, late = arrivals.days[-1], sum(item.count for item in arrivals.days if item.late)
    busiest = max(arrivals.days, key=lambda item: item.count)
    return (
        f"从 {arrivals.days[0].day:%m-%d} 到 {last.day:%m-%d} 共收到 {last.total} 家，"
        f"最多的一天是 {busiest.day:%m-%d}（{busiest.count} 家），期限以后收到 {late} 家"
    )


class Timeline(QWidget):
    """The chart in a pane; the day under the mouse says how many came."""

    def __init__(self) -> None:
        super().__init__()
        self._arrivals: Arrivals | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(72)

    def sizeHint(self) -> QSize:
        return QSize(320, 130)

    def show_arrivals(self, arrivals: Arrivals) -> None:
        """Show these."""
        self._arrivals = arrivals
        self.setAccessibleName(timeline_words(arrivals))
        days = "\n".join(f"{item.day:%m-%d}　{item.count} 家" for item in arrivals.days[-24:])
        self.setToolTip(f"{timeline_words(arrivals)}\n{days}".strip())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._arrivals is not None:
            paint_timeline(QPainter(self), self.rect(), self._arrivals)
