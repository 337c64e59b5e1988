"""Widths, order and sorting of the columns of every table, kept on this PC."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from hs_credit_desktop.ui import text_size
from hs_credit_desktop.ui.preferences import Preferences


class _Kept:
    preferences: Preferences | None = None


def use(preferences: Preferences | None) -> None:
    """Keep columns here from now on; None keeps nothing."""
    _Kept.preferences = preferences


def kept() -> Preferences | None:
    """What this PC remembers how lists and panes stand in; None where nothing is kept."""
    return _Kept.preferences


def _key(table: QTableView) -> str:
    """A table with other columns is another table."""
    head = table.horizontalHeader()
    across = Qt.Orientation.Horizontal
    names = (str(head.model().headerData(at, across) or "") for at in range(head.count()))
    return f"columns:{table.accessibleName()}:{'|'.join(names)}"


def keep(table: QTableView) -> None:
    """Remember the columns as the clerk has just put them."""
    head, preferences = table.horizontalHeader(), _Kept.preferences
    if preferences is None:
        return
    every, zoom = range(head.count()), text_size.fitted(table)
    widths = [round(head.sectionSize(at) / zoom) for at in every]
    order = [head.logicalIndex(at) for at in every]
    falling = head.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
    preferences.put(_key(table), [*widths, *order, head.sortIndicatorSection(), int(falling)])


def restore(table: QTableView) -> tuple[int, Qt.SortOrder]:
    """Put the columns as they were kept; what to sort by, -1 for the official order."""
    head, preferences = table.horizontalHeader(), _Kept.preferences
    count, official = head.count(), (-1, Qt.SortOrder.AscendingOrder)
    found = preferences.numbers(_key(table)) if preferences is not None else []
    fits = len(found) == 2 * count + 2 and sorted(found[count : 2 * count]) == list(range(count))
    _move(head, found[count : 2 * count] if fits else list(range(count)))
    if not fits:
        return official
    _widen(head, [round(width * text_size.fitted(table)) for width in found[:count]])
    section, falling = found[2 * count :]
    if not 0 <= section < count:
        return official
    return section, Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder


def _move(head: QHeaderView, order: list[int]) -> None:
    for visual, logical in enumerate(order):
        if head.visualIndex(logical) != visual:
            head.moveSection(head.visualIndex(logical), visual)


def _widen(head: QHeaderView, widths: list[int]) -> None:
    """Whatever takes the room that is left goes on doing so."""
    last = head.logicalIndex(head.count() - 1) if head.stretchLastSection() else -1
    for at, width in enumerate(widths):
        free = head.sectionResizeMode(at) is QHeaderView.ResizeMode.Interactive
        if free and at != last and width > 0:
            head.resizeSection(at, width)


def show_sorted(head: QHeaderView, section: int, order: Qt.SortOrder) -> None:
    """Draw the arrow without sorting."""
    with QSignalBlocker(head):
        head.setSortIndicator(section, order)
