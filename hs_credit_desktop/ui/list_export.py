"""导出这张列表: the list on the page becomes an Excel file with the rows as they are shown.

The rows are taken from what the clerk sees, a slice at a time, so that list and file agree and the
window goes on; the file is written on a worker.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QObject, QStandardPaths, Qt, QTimer, Signal

from hs_credit_desktop.services import list_file
from hs_credit_desktop.services.list_file import ListColumn, ShownList
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.models.returns import RETURN_COLUMNS
from hs_credit_desktop.ui.models.roles import Role
from hs_credit_desktop.ui.models.rows import Cell
from hs_credit_desktop.ui.opening import open_path
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.widgets.table import RowsTable
from hs_credit_desktop.ui.widgets.unit_view import UnitView

if TYPE_CHECKING:
    from hs_credit_desktop.ui.window import Window

SLICE_S = 0.012  # how long the window may be held at a time
MOST_ROWS = 200_000  # more than these no spreadsheet program opens with ease
LAST_LEAST = 160  # pixels of a last column that takes what is left
_COLUMN_WIDTH = 90  # of a column that has none of its own


@dataclass(frozen=True)
class Source:
    """A list that is shown: its columns, how many rows it has and what one of them says."""

    model: QAbstractItemModel
    columns: tuple[ListColumn, ...]
    count: int
    read: Callable[[int], list[str]]


def list_on(page: Page) -> RowsTable | UnitView | None:
    """The list of the page that has the keyboard, else the largest one; None without any."""
    views: list[RowsTable | UnitView] = [
        *page.findChildren(RowsTable),
        *page.findChildren(UnitView),
    ]
    shown = [view for view in views if view.isVisible()]
    held = next((view for view in shown if view.hasFocus()), None)
    return held or max(shown, key=lambda view: view.width() * view.height(), default=None)


def source_of(view: RowsTable | UnitView) -> Source:
    """What stands in a list now."""
    return _of_units(view) if isinstance(view, UnitView) else _of_table(view)


def _of_table(table: RowsTable) -> Source:
    head, model = table.horizontalHeader(), table.proxy
    places = [at for at in range(head.count()) if not table.isColumnHidden(at)]
    places.sort(key=head.visualIndex)
    across = Qt.Orientation.Horizontal
    columns = []
    for at in places:
        side = model.headerData(at, across, Qt.ItemDataRole.TextAlignmentRole)
        right = bool(side and Qt.AlignmentFlag(side) & Qt.AlignmentFlag.AlignRight)
        words = str(model.headerData(at, across) or "")
        columns.append(ListColumn(words, max(head.sectionSize(at), 0), right))
    if places and head.stretchLastSection():
        last = columns[-1]
        columns[-1] = ListColumn(last.head, max(last.width, LAST_LEAST), last.right)

    def read(row: int) -> list[str]:
        return [_words(model.index(row, at)) for at in places]

    return Source(model, tuple(columns), model.rowCount(), read)


def _words(index: Any) -> str:
    """What a cell says: its text and the words of its chip."""
    text, chip = str(index.data() or ""), index.data(Role.CHIP)
    return _joined(text, chip.text if chip else "")


def _joined(text: str, chip: str) -> str:
    return f"{text} {chip}" if text and chip else text or chip


def _of_units(view: UnitView) -> Source:
    """The units stand in one column with a lamp: written out in those of a list of returns."""
    rows = view.units.rows
    columns = (
        ListColumn("序号", 50, right=True),
        *(ListColumn(one.head, one.width or LAST_LEAST, one.right) for one in RETURN_COLUMNS),
    )

    def read(row: int) -> list[str]:
        unit = rows[row]
        return [str(unit.number or row + 1), *(_said(one.cell(unit)) for one in RETURN_COLUMNS)]

    return Source(view.units, columns, len(rows), read)


def _said(cell: Cell) -> str:
    text = cell.text or (cell.lamp.word if cell.lamp else "")
    return _joined(text, cell.chip.text if cell.chip else "")


class Gathering(QObject):
    """Reads a list slice by slice. done: the rows; broken: the list changed meanwhile."""

    done = Signal(object)
    broken = Signal()
    reached = Signal(int)

    def __init__(self, source: Source, parent: QObject) -> None:
        super().__init__(parent)
        self._source = source
        self._rows: list[list[str]] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.slice)
        for changed in (source.model.modelReset, source.model.layoutChanged):
            changed.connect(self._break)
        self._timer.start(0)

    def slice(self) -> None:
        """Read rows for as long as the window may be held."""
        until = perf_counter() + SLICE_S
        while len(self._rows) < self._source.count:
            self._rows.append(self._source.read(len(self._rows)))
            if perf_counter() > until:
                self.reached.emit(len(self._rows))
                return
        self._end()
        self.done.emit(self._rows)

    def _break(self) -> None:
        if self._timer.isActive():
            self._end()
            self.broken.emit()

    def _end(self) -> None:
        self._timer.stop()
        self.deleteLater()


def export_list(window: "Window") -> None:
    """Ask where to, then write the list of the page that is shown."""
    page = window.page
    view = list_on(page) if page is not None else None
    if page is None or view is None:
        window.tell(
            "这一页没有可以导出的列表", "请到任务、单位、审核等有列表的页面再按 F12。", "info"
        )
        return
    source = source_of(view)
    title, about = page.list_words(view.accessibleName())
    if source.count > MOST_ROWS:
        window.tell(
            f"这张列表有 {source.count:,} 行，没有导出",
            f"一个文件最多 {MOST_ROWS:,} 行。请先加条件缩小列表，再导出。",
            "warn",
        )
        return
    about = "　".join(word for word in (window.round.name if window.round else "", about) if word)
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name = f"{list_file.sheet_name(title).replace(' ', '')}.xlsx"
    target = messages.save_file(window, "导出这张列表", Path(home) / name, "Excel 文件 (*.xlsx)")
    if target is not None:
        _gather(window, source, partial(_write, window, title, about, source.columns, target))


def _gather(
    window: "Window", source: Source, done: Callable[[Sequence[Sequence[str]]], object]
) -> None:
    busy, gathering = window.task_run.busy, Gathering(source, window)
    gathering.reached.connect(
        lambda reached: busy.emit(f"正在读取列表 {reached:,}/{source.count:,} 行…")
    )
    gathering.broken.connect(lambda: busy.emit(""))
    gathering.broken.connect(
        lambda: window.tell("列表变了，没有导出", "现有文件没有改动。请再按一次 F12。", "warn")
    )
    gathering.done.connect(done)


def _write(
    window: "Window",
    title: str,
    about: str,
    columns: tuple[ListColumn, ...],
    target: Path,
    rows: Sequence[Sequence[str]],
) -> None:
    if window.ws is None:  # closed while the list was read
        return
    shown, made_on = ShownList(title, about, columns, rows), window.ws.today
    file = target.with_suffix(".xlsx")

    def written(path: Path) -> None:
        said = f"在 {path.parent}，共 {len(rows):,} 行，顺序和列与页面相同。"
        window.tell(f"已导出 {path.name}", said, "ok", ("打开文件", lambda: open_path(path)))

    window.task_run.background(
        lambda _job: list_file.write_list(shown, file, made_on=made_on),
        written,
        words=f"正在写 {file.name}，共 {len(rows):,} 行…",
    )
