"""Rows of 汇总: the nodes with their state, and the sentences the units sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from hs_credit_desktop.domain.composing import Source
from hs_credit_desktop.domain.composing_part import DraftPart
from hs_credit_desktop.domain.composing_stale import Stale
from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services.composing_board import Node, NodeState
from hs_credit_desktop.services.composing_outline import Line
from hs_credit_desktop.ui.models.roles import ROOT, Index, Role
from hs_credit_desktop.ui.models.rows import Cell, Column

_ICONS = {
    NodeState.OPEN: ("circle", "text3", "regular"),
    NodeState.COMPOSED: ("checkmark_circle", "ok", "filled"),
    NodeState.STALE: ("arrow_sync", "warn", "filled"),
}
STATE_WIDTH = 84
LAMPS = {
    ReturnState.MISSING: Lamp.NOT_DUE,
    ReturnState.TO_REVIEW: Lamp.TO_REVIEW,
    ReturnState.ACCEPTED: Lamp.ACCEPTED,
    ReturnState.SENT_BACK: Lamp.SENT_BACK,
    ReturnState.ON_HOLD: Lamp.ON_HOLD,
}


@dataclass(frozen=True)
class NodeRow:
    """A node of the left list; typed: it holds words that are not saved yet."""

    node: Line
    typed: bool = False

    @property
    def id(self) -> str:
        """The node's id."""
        return self.node.id


def _title(row: NodeRow) -> Cell:
    return Cell(row.node.label, icon=_ICONS[row.node.state])


def _state(row: NodeRow) -> Cell:
    _, ink, _ = _ICONS[row.node.state]
    words = "未保存" if row.typed else row.node.state.label
    return Cell(words, ink="warn" if row.typed else ink)


NODE_COLUMNS: tuple[Column[NodeRow], ...] = (
    Column("措施", _title, 0),
    Column("汇总", _state, STATE_WIDTH),
)


class RowKind(StrEnum):
    """A row of the sources: the head of a unit, or one of its sentences."""

    HEAD = "head"
    SENTENCE = "sentence"


@dataclass(frozen=True)
class SourceRow:
    """A row of the sources. note: what stands on its chip (牵头, 部分, 措施)."""

    id: str
    kind: RowKind
    text: str
    source: Source
    taken: bool = False
    fresh: bool = False
    note: str = ""


def source_rows(node: Node, part: DraftPart, found: Sequence[Stale]) -> list[SourceRow]:
    """Heads and sentences in their order; what changed since the draft was saved is marked."""
    changed = {(item.entry_id, text) for item in found for text in _new_words(item)}
    rows: list[SourceRow] = []
    for _, inner in groupby(node.sources, key=_owner(node)):
        sources = list(inner)
        first = sources[0]
        if first.unit:
            role = ("牵头" if first.lead else "配合") if node.is_measure else ""
            rows.append(SourceRow(f"head:{len(rows)}", RowKind.HEAD, first.unit, first, note=role))
        for source in sources:
            fresh = (source.entry_id, source.text) in changed
            note = _note(node, source)
            row_id = f"{source.entry_id}:{source.part}:{len(rows)}"
            taken = part.takes(source.cited.key)
            rows.append(
                SourceRow(row_id, RowKind.SENTENCE, source.text, source, taken, fresh, note)
            )
    return rows


def _owner(node: Node) -> Any:
    return (lambda item: item.entry_id) if node.is_measure else (lambda item: item.unit)


def _new_words(item: Stale) -> tuple[str, ...]:
    return tuple(one.text for one in item.added) or (item.new,)


def _note(node: Node, source: Source) -> str:
    if not source.unit:
        return ""
    if not node.is_measure:
        return f"（{chinese_number(source.measure_number)}）"
    return "" if source.part in node.parts else source.part_label


class SourcesModel(QAbstractListModel):
    """The sentences of a node; a sentence can be ticked by Qt's check state.

    Role.KIND is the RowKind, Role.ID the row's id; the row itself is handed over by row_at.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[SourceRow, ...] = ()

    @property
    def rows(self) -> tuple[SourceRow, ...]:
        """The rows as they were given."""
        return self._rows

    def show_rows(self, rows: Sequence[SourceRow]) -> None:
        """Show these rows; where only ticks changed, selection and scroll stay."""
        fresh = tuple(rows)
        same = [row.id for row in fresh] == [row.id for row in self._rows]
        if same and [row.text for row in fresh] == [row.text for row in self._rows]:
            self._rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def row_at(self, index: Index) -> SourceRow | None:
        """The row of an index, None outside."""
        return self._rows[index.row()] if index.isValid() else None

    def places(self, keys: Collection[tuple[str, str]]) -> list[int]:
        """The rows of the sentences with these keys."""
        return [
            at
            for at, row in enumerate(self._rows)
            if row.kind is RowKind.SENTENCE and row.source.cited.key in keys
        ]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(row)
            case Qt.ItemDataRole.CheckStateRole if row.kind is RowKind.SENTENCE:
                return Qt.CheckState.Checked if row.taken else Qt.CheckState.Unchecked
            case Role.ID:
                return row.id
            case Role.KIND:
                return row.kind
            case _:
                return None


def _spoken(row: SourceRow) -> str:
    if row.kind is RowKind.HEAD:
        return f"{row.text}，{row.note}" if row.note else row.text
    return f"{row.text}，{'已采用' if row.taken else '未采用'}"
