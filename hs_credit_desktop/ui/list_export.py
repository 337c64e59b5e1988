"""导出这张列表: the list on the page becomes an Excel file with the rows as they are shown.

The rows are taken from what the clerk sees, a slice at a time, so that list and file agree and the
window goes on; the file is written on a worker.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QObject, QStandardPaths, Qt, QTimer, Signal

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import list_file
from hs_credit_desktop.services.list_file import ListColumn, ShownList
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.dialogs.paper_writer import StoppedError
from hs_credit_desktop.ui.models.returns import RETURN_COLUMNS
from hs_credit_desktop.ui.models.roles import Role
from hs_credit_desktop.ui.models.rows import Cell
from hs_credit_desktop.ui.opening import open_path
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.run import Job, if_there
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

    def stop(self) -> None:
        """Read no further; nothing is told."""
        self._end()

    def _break(self) -> None:
        if self._timer.isActive():
            self._end()
            self.broken.emit()

    def _end(self) -> None:
        self._timer.stop()
        self.deleteLater()


class ListJob(QObject):
    """One list on its way into a file: 停止 in the status line, or F12 once more, ends it."""

    def __init__(self, window: "Window", name: str) -> None:
        super().__init__(window)
        self._window, self._name = window, name
        self._job: Job | None = None
        self._gathering: Gathering | None = None
        window.status.show_stop(self.stop, "F12")

    def gather(self, source: Source, done: Callable[[Sequence[Sequence[str]]], object]) -> None:
        """Read the list slice by slice and hand its rows to `done`."""
        self._gathering = gathering = Gathering(source, self._window)
        busy = self._window.task_run.busy
        gathering.reached.connect(
            lambda reached: busy.emit(f"正在读取列表 {reached:,}/{source.count:,} 行…")
        )
        gathering.broken.connect(self._broken)
        gathering.done.connect(done)

    def _broken(self) -> None:
        self._end("列表变了，没有导出", "现有文件没有改动。请再按一次 F12。")

    def write(
        self, shown: ShownList, file: Path, made_on: date, written: Callable[[Path], object]
    ) -> None:
        """Write the file on a worker; what is stopped leaves no file."""
        self._gathering, run, count = None, self._window.task_run, len(shown.rows)

        def work(job: Job) -> Path | None:
            def reached(row: int) -> None:
                if job.stopped:
                    raise StoppedError
                job.report(f"正在写 {file.name} {row:,}/{count:,} 行…")

            try:
                return list_file.write_list(shown, file, made_on=made_on, reached=reached)
            except StoppedError:
                return None

        def done(path: Path | None) -> None:
            if path is None:
                self._stopped()
            else:
                self._end()
                written(path)

        def failed(error: UserError) -> None:
            self._end()
            run.show_error(error)

        self._job = run.background(
            work,
            if_there(self, done),
            on_error=if_there(self, failed),
            words=f"正在写 {file.name}，共 {count:,} 行…",
        )

    def stop(self) -> None:
        """Stop reading at once; the worker stops at its next rows."""
        if self._gathering is not None:
            self._gathering.stop()
            self._stopped()
        elif self._job is not None:
            self._job.stop()

    def _stopped(self) -> None:
        self._end(f"已停止，没有导出 {self._name}", "现有文件没有改动。要导出请再按 F12。")

    def _end(self, what: str = "", advice: str = "") -> None:
        """Nothing is under way any more; what: said in the window when it did not come off."""
        self._window.status.show_stop(None)
        self.setParent(None)
        self.deleteLater()
        if what:
            self._window.task_run.busy.emit("")
            self._window.tell(what, advice, "warn")

    def let_go(self) -> None:
        """The ledger was closed meanwhile."""
        self._end()


def export_list(window: "Window") -> None:
    """Ask where to, then write the list of the page that is shown; while one is written, stop."""
    under_way = window.findChild(ListJob)
    if under_way is not None:
        under_way.stop()
        return
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
        file = target.with_suffix(".xlsx")
        job = ListJob(window, file.name)
        job.gather(source, partial(_write, window, job, title, about, source.columns, file))


def _write(
    window: "Window",
    job: ListJob,
    title: str,
    about: str,
    columns: tuple[ListColumn, ...],
    file: Path,
    rows: Sequence[Sequence[str]],
) -> None:
    if window.ws is None:  # closed while the list was read
        job.let_go()
        return

    def written(path: Path) -> None:
        said = f"在 {path.parent}，共 {len(rows):,} 行，顺序和列与页面相同。"
        window.tell(f"已导出 {path.name}", said, "ok", ("打开文件", lambda: open_path(path)))

    job.write(ShownList(title, about, columns, rows), file, window.ws.today, written)
