"""导出: choose, export in the background, look at every page, print."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.export import KINDS, REPORT, ExportedFile, export
from hs_credit_desktop.services.workspace import Changes, Workspace, open_workspace
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.pages.export_checks import ChecksPane
from hs_credit_desktop.ui.pages.export_options import OptionsPane
from hs_credit_desktop.ui.pages.export_preview import PreviewPane
from hs_credit_desktop.ui.pages.tasks_keys import bind
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Job, Run

FOLDER_KEY, PANES_KEY = "export_folder", "export_panes"
FOLDER_NAME = "信用任务台账导出"
PANE_WIDTHS = (316, 590, 352)


class _StoppedError(Exception):
    """The clerk pressed 停止; the file under way is not kept."""


class ExportPage(Page):
    """Options, preview, layout check; remembers per round what was exported since it was opened."""

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self.round: Round | None = None
        self._job: Job | None = None
        self._made: dict[str, dict[str, ExportedFile]] = {}
        self._stale: set[str] = set()
        self.options, self.preview, self.checks = OptionsPane(), PreviewPane(run), ChecksPane()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        self.splitter = QSplitter()
        self.splitter.setHandleWidth(theme.GAP)
        self.splitter.setChildrenCollapsible(False)
        for pane, least in ((self.options, 280), (self.preview, 320), (self.checks, 260)):
            pane.setMinimumWidth(least)
            self.splitter.addWidget(pane)
        self.splitter.setStretchFactor(1, 1)
        sizes = preferences.numbers(PANES_KEY)
        self.splitter.setSizes(sizes if len(sizes) == 3 else list(PANE_WIDTHS))
        self.splitter.splitterMoved.connect(
            lambda: self.preferences.put(PANES_KEY, self.splitter.sizes())
        )
        row.addWidget(self.splitter)
        self._listen()

    def _listen(self) -> None:
        self.options.started.connect(self.start)
        self.options.stopped.connect(self.stop)
        self.options.print_asked.connect(self.print)
        self.options.folder_asked.connect(self._choose_folder)
        self.options.opened.connect(_open)
        self.preview.export_asked.connect(self.options.start)
        bind(
            self,
            {"PgUp": lambda: self.preview.turn(-1), "PgDown": lambda: self.preview.turn(1)},
        )
        self.options.show_folder(self.folder)

    @property
    def folder(self) -> Path:
        """Where files go: the folder chosen last, else 文档/信用任务台账导出."""
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(self.preferences.text(FOLDER_KEY) or Path(home) / FOLDER_NAME)

    def show_round(self, round_: Round) -> None:
        """Show what was exported of this round."""
        self.round = round_
        self.options.subtitle.setText(round_.name)
        self._show_made()

    def reload(self, changes: Changes) -> None:
        """What was exported before a change is marked as no longer the newest."""
        if changes.returns or changes.notice:
            self._stale.update(self._made)
            self._show_results()

    def panes(self) -> list[QWidget]:
        """Options, preview, checks."""
        return [self.options, self.preview.scroll_area, self.checks.table]

    # Exporting

    def start(self, kinds: list[str], then_print: bool = False) -> None:
        """Export the kinds on a worker; what came out is listed, the report shown."""
        if self.round is None or self._job is not None:
            return
        round_, folder = self.round, self.folder
        self.options.show_busy("正在准备…")
        self._lock_preview(True)

        def work(job: Job) -> list[ExportedFile]:
            return _export(self.ws, round_, folder, kinds, job)

        def done(made: list[ExportedFile]) -> None:
            stopped = self._job is not None and self._job.stopped
            self._finished(round_, made, stopped=stopped)
            if then_print and not stopped:
                self.print()

        self._job = self.run.background(
            work, done, on_error=self._failed, on_progress=self.options.show_busy, words="正在导出…"
        )
        if not self.run.working:  # the work was done on the spot
            self._job = None

    def stop(self) -> None:
        """Stop after the page under way; files that are whole stay."""
        if self._job is not None:
            self._job.stop()
            self.options.progress.setText("正在停止…")

    def _finished(self, round_: Round, made: list[ExportedFile], *, stopped: bool) -> None:
        self._job = None
        self._made.setdefault(round_.id, {}).update({item.kind: item for item in made})
        self._stale.discard(round_.id)
        self._lock_preview(False)
        self.options.show_idle(
            "已停止，没有写完的文件不留。" if stopped else "已导出到上面的文件夹。"
        )
        self._show_made()

    def _failed(self, error: UserError) -> None:
        self._job = None
        self._lock_preview(False)
        self.options.show_idle("没有导出成功。")
        self.run.failed.emit(error.what, error.advice)

    def _lock_preview(self, locked: bool) -> None:
        """While the report is measured nothing else may read a PDF."""
        self.preview.setEnabled(not locked)

    def _show_made(self) -> None:
        self._show_results()
        report = self._report()
        if report is None:
            self.preview.show_nothing()
            self.checks.show_findings(())
        else:
            self.preview.show_file(report.path)
            self.checks.show_findings(report.layout_check)

    def _show_results(self) -> None:
        if self.round is not None:
            made = self._made.get(self.round.id, {})
            files = [made[kind] for kind in KINDS if kind in made]
            self.options.show_results(files, stale=self.round.id in self._stale)

    def _report(self) -> ExportedFile | None:
        """The report of the round, if its file is still there."""
        made = self._made.get(self.round.id, {}).get(REPORT) if self.round else None
        return made if made is not None and made.path.is_file() else None

    # Printing and opening

    def print(self) -> None:
        """Print the report; one that is missing or no longer the newest is exported first."""
        if self.round is None or self._job is not None:
            return
        report = self._report()
        if report is None or self.round.id in self._stale:
            self.start([REPORT], then_print=True)
            return
        from hs_credit_desktop.ui import printing

        printer = printing.make_printer()
        printer.setDocName(report.path.stem)
        if messages.choose_printer(self, printer):
            file = report.path
            self._lock_preview(True)
            self.options.show_busy("正在打印…")
            self._job = self.run.background(
                lambda job: printing.print_file(file, printer, job),
                self._printed,
                on_error=self._failed_print,
                on_progress=self.options.show_busy,
                words="正在打印…",
            )
            if not self.run.working:
                self._job = None

    def _printed(self, pages: int) -> None:
        self._job = None
        self._lock_preview(False)
        self.options.show_idle(f"已把 {pages} 页交给打印机。")

    def _failed_print(self, error: UserError) -> None:
        self._failed(error)
        self.options.show_idle("没有打印成功。")

    def _choose_folder(self) -> None:
        if chosen := messages.choose_folder(self, "导出到哪个文件夹", self.folder):
            self.preferences.put(FOLDER_KEY, str(chosen))
            self.options.show_folder(self.folder)


def _export(
    ws: Workspace, round_: Round, folder: Path, kinds: list[str], job: Job
) -> list[ExportedFile]:
    """Export kind by kind over a reading connection of the worker's own; what is whole is kept."""

    def told(done: int, total: int, label: str) -> None:
        if job.stopped:
            raise _StoppedError
        counts = f" {done}/{total}" if total else ""
        job.report(f"正在导出：{label}{counts}…")

    made: list[ExportedFile] = []
    reading = open_workspace(ws.folder.root, ws.clock, read_only=True, today=ws.today)
    try:
        for kind in kinds:
            made += export(reading, round_, folder, (kind,), told)
    except _StoppedError:
        return made
    finally:
        reading.close()
    return made


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
