"""Pillars and measures with their progress, as the tree on the left shows them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from hs_credit_desktop.domain.deadlines import Lamp
from hs_credit_desktop.domain.text import chinese_number
from hs_credit_desktop.services.overview import MeasureNode, PillarNode
from hs_credit_desktop.ui.models.chip import ChipSign
from hs_credit_desktop.ui.models.roles import ROOT, Index, Role
from hs_credit_desktop.ui.widgets.chips import progress_words


class Kind(StrEnum):
    """What a row of the tree is."""

    PILLAR = "pillar"
    MEASURE = "measure"


class TreeModel(QAbstractItemModel):
    """Two levels; ids of the inner pointers: 0 for a pillar, pillar row + 1 for its measures."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pillars: tuple[PillarNode, ...] = ()
        self._chips: dict[str, ChipSign] = {}
        self._lamps: dict[str, Lamp] = {}

    def show_tree(
        self,
        pillars: Sequence[PillarNode],
        chips: dict[str, ChipSign],
        lamps: Mapping[str, Lamp] = MappingProxyType({}),
    ) -> None:
        """Show these nodes; rows that stay keep their place, so selection and scroll do too.

        chips: measure id → the chip of its open doubts; lamps: node id → what waits there.
        """
        fresh, old, before_signs = tuple(pillars), self._pillars, self._signs()
        same = _ids(fresh) == _ids(old)
        if not same:
            self.beginResetModel()
        self._pillars, self._chips, self._lamps = fresh, dict(chips), dict(lamps)
        if not same:
            self.endResetModel()
            return
        marked = {node_id for node_id, _ in before_signs ^ self._signs()}
        for row, (before, now) in enumerate(zip(old, fresh, strict=True)):
            self._announce(row, before, now, marked)

    def _signs(self) -> set[tuple[str, ChipSign | Lamp]]:
        """Every chip and lamp with its node."""
        return {*self._chips.items(), *self._lamps.items()}

    def _announce(self, row: int, before: PillarNode, now: PillarNode, marked: set[str]) -> None:
        """Say which rows of a pillar changed; each costs the filter in front of us a look."""
        head = self.index(row, 0)
        said = before.pillar.title, before.progress
        if said != (now.pillar.title, now.progress) or id_of(now) in marked:
            self.dataChanged.emit(head, head)
        for place, (old, new) in enumerate(zip(before.measures, now.measures, strict=True)):
            if old != new or id_of(new) in marked:
                index = self.index(place, 0, head)
                self.dataChanged.emit(index, index)

    def node(self, index: Index) -> PillarNode | MeasureNode | None:
        """The node of a row, None for the root."""
        if not index.isValid():
            return None
        inner = int(index.internalId())
        if inner == 0:
            return self._pillars[index.row()]
        return self._pillars[inner - 1].measures[index.row()]

    def index_of(self, node_id: str) -> QModelIndex:
        """The row of a pillar or measure; invalid when it is not there."""
        for row, pillar in enumerate(self._pillars):
            if pillar.pillar.id == node_id:
                return self.index(row, 0)
            for place, measure in enumerate(pillar.measures):
                if measure.measure.id == node_id:
                    return self.index(place, 0, self.index(row, 0))
        return ROOT

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return ROOT
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = ROOT) -> Any:
        inner = int(index.internalId()) if index.isValid() else 0
        return self.createIndex(inner - 1, 0, 0) if inner else ROOT

    def rowCount(self, parent: Index = ROOT) -> int:
        if not parent.isValid():
            return len(self._pillars)
        if parent.column() > 0 or int(parent.internalId()) != 0:
            return 0
        return len(self._pillars[parent.row()].measures)

    def columnCount(self, _parent: Index = ROOT) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        place = index.row() if isinstance(node, PillarNode) else node.measure.number
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_of(node)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{title_of(node)}\n{self._words(node)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{title_of(node)}，{self._words(node)}"
            case Role.SORT:
                return place
            case Role.ID:
                return id_of(node)
            case Role.PROGRESS:
                return node.progress
            case Role.KIND:
                return Kind.PILLAR if isinstance(node, PillarNode) else Kind.MEASURE
            case Role.CHIP:
                return self._chips.get(id_of(node))
            case Role.LAMP:
                return self._lamps.get(id_of(node))
            case _:
                return None

    def _words(self, node: PillarNode | MeasureNode) -> str:
        """The words of lamp and chip, which a narrow tree shows as signs, before the progress."""
        lamp, chip = self._lamps.get(id_of(node)), self._chips.get(id_of(node))
        said = (f"有{lamp.word}；" if lamp else "") + (f"{chip.text}；" if chip else "")
        return said + progress_words(node.progress)


def title_of(node: PillarNode | MeasureNode) -> str:
    """The heading as printed: 三、筑牢社会诚信建设根基, （十三）完善企业信用新型监管机制.

    What is out of use and only stands here because of what was reported says so.
    """
    if isinstance(node, PillarNode):
        words = f"{chinese_number(node.pillar.number)}、{node.pillar.title}"
        return words + ("" if node.pillar.active else "（已停用）")
    words = f"（{chinese_number(node.measure.number)}）{node.measure.title}"
    return words + ("" if node.measure.active else "（已停用）")


def id_of(node: PillarNode | MeasureNode) -> str:
    """The id of the pillar or measure."""
    return node.pillar.id if isinstance(node, PillarNode) else node.measure.id


def _ids(pillars: Sequence[PillarNode]) -> list[tuple[str, tuple[str, ...]]]:
    return [(node.pillar.id, tuple(m.measure.id for m in node.measures)) for node in pillars]
