"""Where searched words stand in what is shown, and how one place or row after another is shown."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QTreeView,
    QWidget,
)

from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.models.rows import RowsModel
from hs_credit_desktop.ui.widgets.marked import places
from hs_credit_desktop.ui.widgets.part_edit import utf16
from hs_credit_desktop.ui.widgets.table import RowsTable

MOST_ROWS = 2_000  # of a list that is read whole; longer ones have filters and Ctrl+K
_OURS = QTextFormat.Property.UserProperty.value + 7
TEXT = Qt.ItemDataRole.DisplayRole.value


class Hit(NamedTuple):
    """A place of the words: in a text from start to end (UTF-16), in a list the row `start`."""

    where: QWidget
    start: int
    end: int


def hits(root: QWidget, *words: str) -> list[Hit]:
    """Every place of the words in what is shown below `root`, pane by pane from the left.

    Tables count where no text holds the words: another row would change the texts beside it.
    Lists that read their rows by the page are left out: they must not read everything.
    """
    found = _all_in([root, *texts(root), *root.findChildren(QListView)], words)
    return found or _all_in(root.findChildren(RowsTable), words)


def texts(root: QWidget) -> list[QTextEdit | QPlainTextEdit]:
    """Every text below `root`, to read or to write."""
    return [*root.findChildren(QTextEdit), *root.findChildren(QPlainTextEdit)]


def _all_in(widgets: Sequence[QWidget], words: tuple[str, ...]) -> list[Hit]:
    found = []
    for widget in sorted((one for one in widgets if one.isVisible()), key=_corner):
        if isinstance(widget, QTextEdit | QPlainTextEdit):
            found += _in_text(widget, words)
        elif isinstance(widget, RowsTable | QListView) and not _paged(widget):
            found += _in_list(widget, words)
    return found


def _corner(widget: QWidget) -> tuple[int, int]:
    at = widget.mapToGlobal(QPoint(0, 0))
    return at.x(), at.y()


def _in_text(widget: QTextEdit | QPlainTextEdit, words: tuple[str, ...]) -> list[Hit]:
    text = widget.toPlainText()
    found = sorted({place for word in words for place in places(text, word)})
    return [Hit(widget, utf16(text, start), utf16(text, end)) for start, end in found]


def _paged(view: QAbstractItemView) -> bool:
    model = view.proxy.sourceModel() if isinstance(view, RowsTable) else view.model()
    if model is None or (isinstance(model, RowsModel) and model.paged):
        return True
    return model.rowCount() > MOST_ROWS


def _in_list(view: QAbstractItemView, words: tuple[str, ...]) -> list[Hit]:
    model = view.model()
    cells = view.proxy.columnCount() if isinstance(view, RowsTable) else 1
    said = (
        "\n".join(str(model.index(row, at).data() or "") for at in range(cells))
        for row in range(model.rowCount())
    )
    return [
        Hit(view, row, row)
        for row, text in enumerate(said)
        if any(places(text, word) for word in words)
    ]


def show_hit(hit: Hit) -> None:
    """Bring a place into sight: marked in a text to read, selected in one to write, or its row."""
    where = hit.where
    if isinstance(where, QAbstractItemView):
        index = where.model().index(hit.start, 0)
        where.setCurrentIndex(index)
        where.scrollTo(index)
        return
    assert isinstance(where, QTextEdit | QPlainTextEdit)
    cursor = QTextCursor(where.document())
    cursor.setPosition(hit.start)
    cursor.setPosition(hit.end, QTextCursor.MoveMode.KeepAnchor)
    if where.isReadOnly():
        _mark(where, QTextCursor(cursor))
        cursor.clearSelection()  # a selection would be painted over the mark, and paler
    where.setTextCursor(cursor)
    where.ensureCursorVisible()
    _scroll_around(where)


def _mark(where: QTextEdit | QPlainTextEdit, place: QTextCursor) -> None:
    """Mark the place the keyboard is at, besides what the text marks of its own."""
    made, look = QTextEdit.ExtraSelection(), QTextCharFormat()
    look.setBackground(QColor(theme.current().fill))
    look.setForeground(QColor(theme.current().fill_text))
    look.setProperty(_OURS, True)
    made.format, made.cursor = look, place  # type: ignore[attr-defined]
    where.setExtraSelections([*_others(where), made])


def _others(where: QTextEdit | QPlainTextEdit) -> list[QTextEdit.ExtraSelection]:
    marks = where.extraSelections()
    return [one for one in marks if not one.format.hasProperty(_OURS)]  # type: ignore[attr-defined]


def unmark(found: Sequence[QTextEdit | QPlainTextEdit]) -> None:
    """Take the mark of `show_hit` away again."""
    for text in found:
        if text.isReadOnly() and len(_others(text)) < len(text.extraSelections()):
            text.setExtraSelections(_others(text))


def _scroll_around(where: QTextEdit | QPlainTextEdit) -> None:
    """A text that is shown at full height stands in an area that scrolls."""
    parent = where.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if parent is not None:
        spot = where.viewport().mapTo(parent.widget(), where.cursorRect().center())
        parent.ensureVisible(spot.x(), spot.y(), 20, 60)


def step_row(view: QAbstractItemView, way: int, words: str = "") -> None:
    """Make the next (1) or previous (-1) row of a list current, round and round.

    words: what a tree is filtered by; branches that are shown only for what is below are passed.
    """
    if isinstance(view, QTreeView):
        _step_branch(view, way, words)
        return
    count, at = view.model().rowCount(), view.currentIndex()
    if count:
        row = (at.row() + way) % count if at.isValid() else (0 if way > 0 else count - 1)
        index = view.model().index(row, 0)
        view.setCurrentIndex(index)
        view.scrollTo(index)


def _step_branch(view: QTreeView, way: int, words: str) -> None:
    model = view.model()
    role = model.filterRole() if isinstance(model, QSortFilterProxyModel) else TEXT
    shown, index = [], model.index(0, 0)
    while index.isValid():
        shown.append(index)
        index = view.indexBelow(index)
    now = next((at for at, one in enumerate(shown) if one == view.currentIndex()), -1)
    fits = [at for at, one in enumerate(shown) if not words or places(str(one.data(role)), words)]
    wanted = [at for at in fits if (at - now) * way > 0] or fits
    if wanted:
        view.setCurrentIndex(shown[wanted[0] if way > 0 else wanted[-1]])
        view.scrollTo(view.currentIndex())
