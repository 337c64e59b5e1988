"""Giving the paragraphs of a free report, or rows that fit nothing, to measures by hand."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.inbox import PIECE_COLUMNS, PieceRow
from hs_credit_desktop.ui.models.roles import Role
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.widgets.basics import label
from hs_credit_desktop.ui.widgets.fields import ComboBox
from hs_credit_desktop.ui.widgets.table import RowsTable

TEXT_HEIGHT = 84


class PiecesPane(QWidget):
    """Pieces with their measures; several can be chosen and given away together.

    assigned: {place in the file: number of the measure, or None}.
    """

    assigned = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.model: RowsModel[PieceRow] = RowsModel(PIECE_COLUMNS, self)
        self.table = RowsTable("逐段归类")
        self.measure = ComboBox("归入措施")
        self.text = QPlainTextEdit()
        self.hint = label("", theme.CAPTION, ink="text2")
        self._numbers: list[int | None] = [None]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.table.show_model(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(lambda *_what: self._show_piece())
        column.addWidget(self.table, 1)
        self.text.setReadOnly(True)
        self.text.setFixedHeight(TEXT_HEIGHT)
        self.text.setFont(theme.font())
        self.text.setAccessibleName("这一段的全文")
        row = QHBoxLayout()
        row.setContentsMargins(theme.PADDING, 6, theme.PADDING, 6)
        row.setSpacing(theme.GAP)
        row.addWidget(label("选中的归入", theme.CAPTION, ink="text2"))
        row.addWidget(self.measure, 1)
        row.addWidget(self.hint)
        self.measure.activated.connect(self._give)
        column.addLayout(row)
        holder = QHBoxLayout()
        holder.setContentsMargins(theme.PADDING, 0, theme.PADDING, 8)
        holder.addWidget(self.text)
        column.addLayout(holder)

    def show_pieces(self, rows: Sequence[PieceRow], own: dict[int, str], *, open_: bool) -> None:
        """Show pieces; own: number → title of the unit's measures; open_: may be changed."""
        self._numbers = [*own, None]
        self.measure.clear()
        for number, title in own.items():
            self.measure.addItem(f"（{chinese_number(number)}）{title}")
        self.measure.addItem("不归入任何措施")
        self.measure.setEnabled(open_)
        kept = self.chosen()
        self.model.show_rows(list(rows))
        loose = sum(row.measure is None for row in rows)
        given = len({row.measure for row in rows} - {None})
        self.hint.setText(f"{len(rows)} 段，归入 {given} 条措施，{loose} 段不归入")
        if not kept and rows:
            self.choose(0)
        self._show_piece()

    def choose(self, row: int) -> None:
        """Select one row and no other."""
        index = self.table.proxy.index(row, 0)
        flag = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def chosen(self) -> list[int]:
        """Places of the pieces that are selected."""
        indexes = self.table.selectionModel().selectedRows()
        return sorted(int(index.data(Role.ID)) for index in indexes)

    def _show_piece(self) -> None:
        found = [row for row in self.model.rows if row.at in self.chosen()]
        self.text.setPlainText("\n".join(row.text for row in found))
        if found and found[0].measure in self._numbers:
            self.measure.setCurrentIndex(self._numbers.index(found[0].measure))

    def _give(self, place: int) -> None:
        if chosen := self.chosen():
            self.assigned.emit(dict.fromkeys(chosen, self._numbers[place]))
