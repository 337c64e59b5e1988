"""Search results under the heads 单位, 措施 and 反馈."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from hs_credit_desktop.services.find import Hit
from hs_credit_desktop.ui.models.roles import ROOT, Index, Role

GROUPS = {"unit": "单位", "measure": "措施", "feedback": "反馈"}


@dataclass(frozen=True)
class HitRow:
    """A head (hit is None) or a hit: title in the first line, excerpt or nothing in the second."""

    title: str
    excerpt: str = ""
    hit: Hit | None = None


def rows_of(hits: Sequence[Hit]) -> list[HitRow]:
    """Heads and hits in the order of GROUPS; a group without hits has no head."""
    made: list[HitRow] = []
    for kind, name in GROUPS.items():
        found = [hit for hit in hits if hit.kind == kind]
        if found:
            made.append(HitRow(f"{name} {len(found)}"))
            made += [_row(hit) for hit in found]
    return made


def _row(hit: Hit) -> HitRow:
    if hit.kind == "unit":
        return HitRow(hit.unit or "", "", hit)
    if hit.kind == "measure":
        return HitRow(hit.measure or "", hit.excerpt, hit)
    return HitRow(f"{hit.unit} · {hit.measure}（第{hit.round}轮）", hit.excerpt, hit)


class HitsModel(QAbstractListModel):
    """Rows of rows_of; heads can not be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[HitRow] = []
        self._needle = ""

    def show_hits(self, hits: Sequence[Hit], needle: str) -> None:
        """Show these hits; needle is marked in them."""
        self.beginResetModel()
        self._rows, self._needle = rows_of(hits), needle
        self.endResetModel()

    def row(self, index: Index) -> HitRow | None:
        """The row under an index."""
        return self._rows[index.row()] if index.isValid() else None

    def next_hit(self, row: int, step: int) -> int:
        """The next row that is a hit, going round at the ends; -1 when there is none."""
        count = len(self._rows)
        places = ((row + step * way) % count for way in range(1, count + 1)) if count else iter(())
        return next((place for place in places if self._rows[place].hit), -1)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row(index)
        return super().flags(index) if row and row.hit else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.title} {row.excerpt}".strip()
            case Qt.ItemDataRole.ToolTipRole:
                return row.excerpt or None
            case Role.KIND:
                return row.hit.kind if row.hit else "head"
            case Role.NEEDLE:
                return self._needle
            case _:
                return None
