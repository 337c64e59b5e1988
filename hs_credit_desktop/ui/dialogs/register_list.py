"""The list of 单位名册: a filter, numbers that are lists, and the units in official order."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from hs_credit_desktop.services.register_units import UnitRow
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.dialogs.register_pieces import table_of
from hs_credit_desktop.ui.models.register import UNIT_COLUMNS
from hs_credit_desktop.ui.widgets.basics import NumberLink, Pane

ALL, ACTIVE, OUT, WITHOUT = "全部", "在用", "停用", "缺联系人"
WIDTH = 410


class RegisterList(Pane):
    """moved: the id of the unit that is current now."""

    moved = Signal(str)

    def __init__(self) -> None:
        super().__init__("单位名册")
        self.setFixedWidth(WIDTH)
        self._rows: tuple[UnitRow, ...] = ()
        self._only, self._current = ALL, ""
        self.filter = QLineEdit()
        self.filter.setAccessibleName("查找单位")
        self.filter.setPlaceholderText("名称、别名或拼音首字母  Ctrl+F")
        self.table, self.model = table_of("单位名册", UNIT_COLUMNS)
        self.numbers = {
            words: NumberLink(words, small=True) for words in (ALL, ACTIVE, OUT, WITHOUT)
        }
        top, counts = QVBoxLayout(), QHBoxLayout()
        top.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, 4)
        top.setSpacing(4)
        top.addWidget(self.filter)
        for words, link in self.numbers.items():
            counts.addWidget(link)
            link.clicked.connect(lambda _on=False, wanted=words: self.show_only(wanted))
        counts.addStretch(1)
        top.addLayout(counts)
        self.body.addLayout(top)
        self.body.addWidget(self.table, 1)
        self.filter.textChanged.connect(lambda _words: self._fill())
        self.filter.returnPressed.connect(self.table.setFocus)
        self.table.moved.connect(self._moved)

    def show_units(self, rows: Sequence[UnitRow]) -> None:
        """Show the register as it is now; the same unit stays current."""
        self._rows = tuple(rows)
        for words, link in self.numbers.items():
            link.set_number(sum(_counts(row, words) for row in self._rows))
        self._fill(also=self._current)

    def _fill(self, *, also: str = "") -> None:
        """List what filter and number let through; also: a unit just changed stays in sight."""
        typed, wanted = self.filter.text(), self._current
        shown = [
            row
            for row in self._rows
            if (_counts(row, self._only) and row.matches(typed)) or row.id == also
        ]
        self.model.show_rows(shown)
        if shown and not self.table.select(wanted):
            self.table.select(shown[0].id)
        self.subtitle.setText(f"列出 {len(shown)} 家")
        if shown:
            self.moved.emit(self.table.current_id())

    def _moved(self, unit_id: str) -> None:
        self._current = unit_id
        self.moved.emit(unit_id)

    def show_only(self, words: str) -> None:
        """Exactly the units a number counts."""
        self._only = words
        self.filter.clear()
        self._fill()

    def select(self, unit_id: str) -> None:
        """Make a unit current, whatever the filter says."""
        if not self.table.select(unit_id):
            self.show_only(ALL)
            self.table.select(unit_id)

    def row_of(self, unit_id: str) -> UnitRow:
        """The row of a unit that is shown."""
        return next(row for row in self._rows if row.id == unit_id)


def _counts(row: UnitRow, words: str) -> bool:
    """Whether a number of the head counts the row."""
    if words == OUT:
        return not row.unit.active
    if words == WITHOUT:
        return row.unit.active and row.contact is None
    return words == ALL or row.unit.active
