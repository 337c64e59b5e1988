"""导出: choose papers, export in the background, look at every page, print, seal."""

from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import overview, paper_setup, papers_publish, papers_register
from hs_credit_desktop.services.export import ExportedFile
from hs_credit_desktop.services.workspace import Changes, Workspace, reading
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.dialogs.paper_writer import FOLDER_KEY, folder_of
from hs_credit_desktop.ui.opening import open_path
from hs_credit_desktop.ui.pages import export_doors, export_work
from hs_credit_desktop.ui.pages.base import Page
from hs_credit_desktop.ui.pages.export_checks import ChecksPane
from hs_credit_desktop.ui.pages.export_options import OptionsPane
from hs_credit_desktop.ui.pages.export_preview import PreviewPane
from hs_credit_desktop.ui.pages.export_rare import RareLook
from hs_credit_desktop.ui.pages.export_work import Outcome
from hs_credit_desktop.ui.pages.tasks_keys import bind
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Job, Run, if_there
from hs_credit_desktop.ui.widgets.basics import Button

PANES_KEY = "export_panes"
PANE_WIDTHS = (316, 590, 352)


class ExportPage(Page):
    """Options, preview, layout check of what was exported of a round, in earlier sessions too."""

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences) -> None:
        super().__init__(ws, run, preferences)
        self.round: Round | None = None
        self._job: Job | None = None
        self._rare_unread = False
        self._made: dict[str, dict[Path, ExportedFile]] = {}
        self._shown: dict[str, ExportedFile] = {}
        self._stale: set[str] = set()
        self._lost: dict[str, tuple[papers_publish.Former, ...]] = {}
        self.options, self.preview, self.checks = OptionsPane(), PreviewPane(run), ChecksPane()
        self.rare = RareLook(ws, run, self)
        self.rare.found.connect(self.checks.show_rare)
        foot = self.preview.add_foot()
        foot.addStretch(1)
        self.picture = Button("印章图…", icon="bookmark")
        self.picture.setToolTip("本机构的电子印章图：加口令保存，盖到预览的这份文件，每次都登记")
        foot.addWidget(self.picture)
        foot.addWidget(self.options.seals)
        foot.addWidget(self.options.print)
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
        self.options.opened.connect(open_path)
        self.options.shown.connect(self._show_paper)
        self._listen_to_doors()
        self.options.set_up.connect(self._set_up)
        self.preview.export_asked.connect(self.options.start)
        self.checks.entry_opened.connect(
            lambda entry, character: self.tasks_asked.emit(
                lambda page: page.open_entry(entry, character)
            )
        )
        bind(
            self,
            {"PgUp": lambda: self.preview.turn(-1), "PgDown": lambda: self.preview.turn(1)},
        )
        self.options.show_folder(self.folder)
        self.options.show_setup(paper_setup.setup(self.ws))

    @property
    def folder(self) -> Path:
        """Where files go: the folder chosen last, else 文档/信用任务台账导出."""
        return folder_of(self.preferences)

    def show_round(self, round_: Round) -> None:
        """Show what was exported of this round."""
        self.round = round_
        self.options.subtitle.setText(round_.name)
        self._show_states()
        self._show_made()
        if round_.id not in self._made:
            self._look_up(round_)
        self._look_for_rare()

    def _look_up(self, round_: Round) -> None:
        """What an earlier session exported, where the files still are what they were.

        The files are read whole for it, so it is done on a worker.
        """
        ws, folder = self.ws, self.folder
        self._made.setdefault(round_.id, {})

        def look(_job: Job) -> export_work.Earlier:
            with reading(ws) as own:
                return export_work.earlier(own, round_, folder)

        self.run.background(look, if_there(self, lambda found: self._looked(round_, found)))

    def _looked(self, round_: Round, found: export_work.Earlier) -> None:
        made = self._made[round_.id]
        if not made:  # else something was exported meanwhile
            made.update(found.made)
            self._lost[round_.id] = found.lost
            if found.shown is not None:
                self._shown[round_.id] = found.shown
            if found.stale:
                self._stale.add(round_.id)
        if self.round is not None and self.round.id == round_.id:
            self._show_made()

    def reload(self, changes: Changes) -> None:
        """What was exported before a change is marked as no longer the newest."""
        if changes.returns or changes.notice:
            self._stale.update(self._made.keys() - export_work.frozen_beside(self.ws, self.round))
            self._show_results()
            self._look_for_rare()
        if changes.returns or changes.papers:
            self._show_states()
        if changes.settings:
            self.options.show_setup(paper_setup.setup(self.ws))

    def _show_states(self) -> None:
        if self.round is not None:
            figures = overview.figures(self.ws, self.round)
            self.options.show_states(
                papers_publish.states(self.ws, self.round),
                missing=figures.missing,
                sent_back=figures.sent_back,
            )

    def _look_for_rare(self) -> None:
        """Name the characters that no font has, before anything is exported.

        All texts of the round are read for it: not while another page is seen.
        """
        self._rare_unread = not self.isVisible()
        if self.round is not None and not self._rare_unread:
            self.rare.look(self.round)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._rare_unread:
            self._look_for_rare()

    def panes(self) -> list[QWidget]:
        """Options, preview, checks."""
        return [self.options, self.preview.scroll_area, self.checks.table]

    # Exporting

    def start(self, kinds: list[PaperKind], then_print: bool = False) -> None:
        """Export the kinds on a worker; what came out is listed, its first PDF shown."""
        if self.round is None or self._job is not None:
            return
        round_, folder = self.round, self.folder
        self.options.show_busy("正在准备…")
        self.preview.setEnabled(False)  # while a report is measured nothing else may read a PDF
        numbers = {kind: papers_register.number_of(self.ws, round_, kind) for kind in kinds}

        def work(job: Job) -> Outcome:
            return export_work.export_kinds(self.ws, round_, folder, numbers, job)

        def done(outcome: Outcome) -> None:
            stopped = self._job is not None and self._job.stopped
            self._finished(round_, outcome, numbers, stopped=stopped)
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

    def _finished(
        self, round_: Round, outcome: Outcome, numbers: dict[PaperKind, str], *, stopped: bool
    ) -> None:
        self._job = None
        made = outcome.made
        self._made.setdefault(round_.id, {}).update({item.path: item for item in made})
        self._stale.discard(round_.id)
        shown = [item for item in made if item.path.suffix == ".pdf"]
        if shown:
            self._shown[round_.id] = shown[0]
        self.preview.setEnabled(True)
        self.options.show_idle(export_work.ended(outcome, stopped=stopped))
        if made and not self.ws.read_only:
            for kind in dict.fromkeys(PaperKind(item.kind) for item in made):
                mine = [item for item in made if item.kind == kind]
                self.run.command(papers_publish.note, self.ws, round_, mine, number=numbers[kind])
        self._show_states()
        self._show_made()
        if made:
            self.options.show_what_came_out()
        for error in outcome.failures:
            self.run.failed.emit(error.what, error.advice)

    def _failed(self, error: UserError) -> None:
        self._job = None
        self.preview.setEnabled(True)
        self.options.show_idle("没有导出成功。")
        self.run.failed.emit(error.what, error.advice)

    def _show_made(self) -> None:
        self._show_results()
        report = self._report()
        if report is None:
            self.preview.show_nothing()
            self.checks.show_findings(())
        else:
            self.preview.show_file(report.path, report.pages)
            self.checks.show_findings(report.layout_check, exported=True)

    def _show_results(self) -> None:
        if self.round is not None:
            files = list(self._made.get(self.round.id, {}).values())
            order = list(PaperKind)
            files.sort(key=lambda item: order.index(PaperKind(item.kind)))
            written = {item.path for item in files}
            lost = [one for one in self._lost.get(self.round.id, ()) if one.path not in written]
            self.options.show_results(files, lost, stale=self.round.id in self._stale)

    def _report(self) -> ExportedFile | None:
        """The paper of the round on view, if its file is still there."""
        made = self._shown.get(self.round.id) if self.round else None
        return made if made is not None and made.path.is_file() else None

    def _show_paper(self, made: ExportedFile) -> None:
        """Show another paper that was exported."""
        if self.round is not None and made.path.is_file():
            self._shown[self.round.id] = made
            self._show_made()

    # Printing and opening

    def print(self) -> None:
        """Print the paper on view; one that is missing or outdated is exported first."""
        if self.round is None or self._job is not None:
            return
        made = self._report()
        if made is None or self.round.id in self._stale:
            kind = PaperKind(made.kind) if made else PaperKind.REPORT
            self.start([kind], then_print=True)
            return
        export_doors.print_paper(self, self.round, made)

    def _listen_to_doors(self) -> None:
        """Boxes beside the window: registers, the seal's picture, each with the paper on view."""
        options = self.options
        options.number_asked.connect(lambda kind: export_doors.ask_number(self, self.round, kind))
        options.seals_asked.connect(
            lambda: export_doors.show_seals(self, self.round, self._report())
        )
        self.picture.clicked.connect(
            lambda: export_doors.show_picture(self, self.round, self._report())
        )

    def _choose_folder(self) -> None:
        if chosen := messages.choose_folder(self, "导出到哪个文件夹", self.folder):
            self.preferences.put(FOLDER_KEY, str(chosen))
            self.options.show_folder(self.folder)
            if self.round is not None and not self._made.get(self.round.id):
                self._look_up(self.round)

    def _set_up(self, chosen: paper_setup.PaperSetup) -> None:
        """Another red head or page: for all papers from now on."""
        self.run.command(paper_setup.set_setup, self.ws, chosen)
        self._stale.update(made for made, files in self._made.items() if files)
        self._show_results()
