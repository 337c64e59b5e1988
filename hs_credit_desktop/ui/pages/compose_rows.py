"""How the rows of the sources are drawn: a unit's head, a sentence with its tick."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from hs_credit_desktop.domain.figures import figures
from hs_credit_desktop.ui import icons, lamps, theme
from hs_credit_desktop.ui.models.compose import (
    LAMPS,
    RowKind,
    SourceRow,
    SourcesModel,
)
from hs_credit_desktop.ui.models.roles import Index
from hs_credit_desktop.ui.widgets.basics import paint_focus
from hs_credit_desktop.ui.widgets.cells import is_selected, paint_ground, rect_of
from hs_credit_desktop.ui.widgets.chips import chip_width, paint_chip

HEAD_HEIGHT, LEFT, BOX, TEXT_LEFT, SIDE, LEAST = 30, 12, 16, 40, 10, 34
LINE = 1.35


@lru_cache(maxsize=4000)
def _height(text: str, width: int, zoom: float) -> int:
    """Logical pixels of a wrapped sentence with its padding."""
    del zoom  # part of the key: fonts follow it
    return max(LEAST, round(_layout(text, width).boundingRect().height()) + 12)


def _layout(text: str, width: int) -> QTextLayout:
    layout = QTextLayout(text, theme.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += line.height() * LINE
    layout.endLayout()
    return layout


class SourceDelegate(QStyledItemDelegate):
    """A unit's head with role and lamp; a sentence with tick, figures in the accent colour."""

    def __init__(self, view: QListView, model: SourcesModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self.lit: frozenset[int] = frozenset()  # rows the sentence under the mouse goes back to

    def _room(self, row: SourceRow) -> int:
        note = chip_width(_note(row), icon=_icon(row)) + 8 if _note(row) else 0
        return max(80, self._view.viewport().width() - TEXT_LEFT - SIDE - note)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._model.row_at(index)
        if row is None or row.kind is RowKind.HEAD:
            return QSize(0, HEAD_HEIGHT)
        return QSize(0, _height(row.text, self._room(row), theme.font().pointSizeF()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row_at(index)
        if row is None:
            return
        painter.save()
        if row.kind is RowKind.HEAD:
            self._paint_head(painter, rect_of(option), row)
        else:
            lit = index.row() in self.lit
            self._paint_sentence(painter, option, row, lit=lit)
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRect, row: SourceRow) -> None:
        tokens = theme.current()
        painter.fillRect(rect, QColor(tokens.surface2))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.border))
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(tokens.text))
        words = painter.fontMetrics().horizontalAdvance(row.text)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(LEFT, 0, 0, 0), middle, row.text)
        if row.note:
            width = chip_width(row.note)
            place = QRect(rect.left() + LEFT + words + 8, rect.top() + 5, width, 20)
            paint_chip(painter, place, row.note, "accent" if row.source.lead else "text2")
        lamp = QRect(rect.right() - 84, rect.top(), 80, rect.height())
        lamps.paint_lamp(painter, lamp, LAMPS[row.source.state])

    def _paint_sentence(
        self, painter: QPainter, option: QStyleOptionViewItem, row: SourceRow, *, lit: bool
    ) -> None:
        tokens, rect = theme.current(), rect_of(option)
        if row.fresh or lit:
            painter.fillRect(rect, QColor(tokens.sel if lit else tokens.warn_s))
        paint_ground(painter, option, bar_at=rect.left())
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.border))
        _paint_tick(painter, QRect(rect.left() + LEFT, rect.top() + 8, BOX, BOX), taken=row.taken)
        layout = _layout(row.text, self._room(row))
        chosen = lit or is_selected(option)
        ink = tokens.sel_text if chosen else tokens.text if row.taken else tokens.text2
        painter.setPen(QColor(ink))
        # On the selection of a high-contrast desktop no other colour can be read.
        plain = chosen and tokens.high_contrast
        layout.draw(
            painter,
            QPointF(rect.left() + TEXT_LEFT, rect.top() + 6),
            [] if plain else _figures(row.text),
        )
        if _note(row):
            width = chip_width(_note(row), icon=_icon(row))
            place = QRect(rect.right() - width - 6, rect.top() + 6, width, 20)
            paint_chip(
                painter, place, _note(row), "warn" if row.fresh else "text2", icon=_icon(row)
            )
        if is_selected(option) and self._view.hasFocus():
            paint_focus(painter, rect)


def _note(row: SourceRow) -> str:
    return "已改" if row.fresh else row.note


def _icon(row: SourceRow) -> str:
    return "arrow_sync" if row.fresh else ""


def _figures(text: str) -> list[QTextLayout.FormatRange]:
    """The figures of a sentence in the accent colour."""
    found = []
    for figure in figures(text):
        one, ink = QTextLayout.FormatRange(), QTextCharFormat()
        ink.setForeground(QColor(theme.current().accent))
        one.start, one.length, one.format = figure.start, figure.end - figure.start, ink  # type: ignore[attr-defined]
        found.append(one)
    return found


def _paint_tick(painter: QPainter, box: QRect, *, taken: bool) -> None:
    tokens = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(tokens.fill if taken else tokens.surface))
    painter.setPen(QPen(QColor(tokens.fill if taken else tokens.control), 1))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if taken:
        painter.drawPixmap(box.topLeft(), icons.pixmap("checkmark", "fill_text"))
    painter.restore()
