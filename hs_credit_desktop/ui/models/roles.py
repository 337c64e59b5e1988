"""Roles every model of the window speaks beside Qt's own; the delegates draw by them."""

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
FIRST = int(Qt.ItemDataRole.UserRole)


class Role(IntEnum):
    """What a cell knows of itself.

    SORT: native value to sort by (int, str, "" last); ID: identifier of the row; LAMP: a Lamp;
    CHIP: a ChipSign; INK: name of the text's colour; PROGRESS: a Progress; KIND: kind of row;
    ICON: (name, ink, style) of the glyph before the words.
    """

    SORT = FIRST + 1
    ID = FIRST + 2
    LAMP = FIRST + 3
    CHIP = FIRST + 4
    INK = FIRST + 5
    PROGRESS = FIRST + 6
    KIND = FIRST + 7
    ICON = FIRST + 8
