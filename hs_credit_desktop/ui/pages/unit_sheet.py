"""The right pane of 单位: a unit's whole return on one page, one entry open in its place."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.entries import EntryRow
from hs_credit_desktop.ui.pages.unit_form import UnitForm
from hs_credit_desktop.ui.pages.unit_head import UnitHead
from hs_credit_desktop.ui.pages.unit_strip import EntryStrip, StripHead
from hs_credit_desktop.ui.widgets.basics import Pane


class UnitSheet(Pane):
    """Head, rows, and the form in the place of the row that is open.

    opened: an entry's row was chosen; files_dropped: entry id and files let go on its row.
    """

    opened = Signal(str)
    files_dropped = Signal(str, list)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.head_of_unit = UnitHead(today)
        self.form = UnitForm(today)
        self.strips: list[EntryStrip] = []
        self._open_id = ""
        self._rows = QWidget()
        self._rows.setObjectName("scrolled")
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.form)
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.viewport().setAutoFillBackground(False)
        self.area.setWidget(self._rows)
        self.heads = StripHead()
        self.body.addWidget(self.head_of_unit)
        self.body.addLayout(self._head_row())
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self._foot())

    def _head_row(self) -> QHBoxLayout:
        """The heads end where the scroll bar begins."""
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.heads, 1)
        row.addSpacing(self.area.verticalScrollBar().sizeHint().width())
        return row

    def _foot(self) -> QFrame:
        """The form's own foot, with its hint before the buttons."""
        foot = self.form.foot
        row = foot.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(3, self.form.hint, 4)
        return foot

    def show_rows(self, rows: Sequence[EntryRow], open_id: str) -> None:
        """Show a return's entries; one of them open, '' for none. The scroll stays."""
        if [strip.row.id for strip in self.strips] == [row.id for row in rows]:
            for strip, row in zip(self.strips, rows, strict=True):
                strip.show_row(row)
        else:
            self._fill(rows)
        self.open(open_id, scroll=open_id != self._open_id)

    def _fill(self, rows: Sequence[EntryRow]) -> None:
        for strip in self.strips:
            strip.hide()
            strip.deleteLater()
        self.strips = []
        for place, row in enumerate(rows):
            strip = EntryStrip(row)
            strip.opened.connect(self.opened)
            strip.files_dropped.connect(self.files_dropped)
            strip.stepped.connect(self._step_focus)
            self._column.insertWidget(place, strip)
            self.strips.append(strip)
        self.area.verticalScrollBar().setValue(0)

    def open(self, entry_id: str, *, scroll: bool = True) -> None:
        """Put the form where that entry's row stands; '' shows rows only."""
        self._open_id = entry_id
        ids = [strip.row.id for strip in self.strips]
        place = ids.index(entry_id) if entry_id in ids else -1
        for at, strip in enumerate(self.strips):
            strip.setVisible(at != place)
        self.form.setVisible(place >= 0)
        self._column.removeWidget(self.form)
        self._column.insertWidget(place + 1 if place >= 0 else len(ids), self.form)
        self._order_of_tab(place)
        if scroll and place >= 0:
            QTimer.singleShot(0, self, self._scroll_to_form)

    def _order_of_tab(self, place: int) -> None:
        """Tab goes from the row before through the form and its buttons to the row after."""
        form = self.form
        if place > 0:
            QWidget.setTabOrder(self.strips[place - 1], form.top.previous)
        chain = [
            form.top.previous,
            form.top.following,
            *(part.edit for part in form.parts.values()),
            form.completion,
            form.received,
            form.channel,
            form.on_behalf,
            form.evidence.files,
            form.evidence.add,
            *(form.foot.undo, form.foot.redo, form.foot.save, form.foot.record),
            *self.strips[place + 1 : place + 2],
        ]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    def _scroll_to_form(self) -> None:
        """The whole form in sight, the rows around it too where there is room; else its top."""
        if self.form.height() > self.area.viewport().height():
            self.area.verticalScrollBar().setValue(self.form.y())
        else:
            self.area.ensureWidgetVisible(self.form, 0, theme.ROW)

    def neighbour(self, way: int) -> str:
        """Entry id of the next (1) or previous (-1) row from the open one, '' at the end."""
        ids = [strip.row.id for strip in self.strips]
        place = ids.index(self._open_id) + way if self._open_id in ids else 0
        return ids[place] if 0 <= place < len(ids) else ""

    def _step_focus(self, way: int) -> None:
        shown = [strip for strip in self.strips if strip.isVisible()]
        focused = next((at for at, strip in enumerate(shown) if strip.hasFocus()), 0)
        place = min(max(focused + way, 0), len(shown) - 1)
        shown[place].setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(shown[place], 0, theme.GAP)
