"""The line under a dialog that writes papers: where to, how far, what came out, open the folder."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import papers_publish
from hs_credit_desktop.services.export import ExportedFile, Progress
from hs_credit_desktop.services.workspace import Workspace, reading
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.opening import open_path
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Job, Run, if_there
from hs_credit_desktop.ui.widgets.basics import Button, label, set_ink
from hs_credit_desktop.ui.widgets.elided import ElidedLabel
from hs_credit_desktop.ui.widgets.states import InlineError

FOLDER_KEY = "export_folder"
FOLDER_NAME = "信用任务台账导出"
Make = Callable[[Workspace, Path, Progress], Sequence[ExportedFile]]


class StoppedError(Exception):
    """The clerk pressed 停止; the file under way is not kept."""


def folder_of(preferences: Preferences) -> Path:
    """Where papers go: the folder chosen last, else 文档/信用任务台账导出."""
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(preferences.text(FOLDER_KEY) or Path(home) / FOLDER_NAME)


def told_to(job: Job) -> Progress:
    """Progress of a writer as words of a job; raises StoppedError when the clerk pressed 停止."""

    def told(done: int, total: int, words: str) -> None:
        if job.stopped:
            raise StoppedError
        counts = f" {done}/{total}" if total else ""
        job.report(f"正在生成：{words}{counts}…")

    return told


class PaperWriter(QWidget):
    """Writes papers of a round on a worker over a reading connection of its own, and notes them.

    written: the files, once they are whole and noted; busy: whether it is at work.
    """

    written = Signal(object)
    busy = Signal(bool)

    def __init__(self, ws: Workspace, run: Run, preferences: Preferences, round_: Round) -> None:
        super().__init__()
        self._ws, self._run, self._preferences, self._round = ws, run, preferences, round_
        self._job: Job | None = None
        self.folder = ElidedLabel(1, theme.BODY)
        self.said = label("", theme.CAPTION, ink="text2")
        self.said.setWordWrap(True)
        self.error = InlineError()
        self.change = Button("换文件夹…", self._choose, icon="folder")
        self.open = Button("打开文件夹", self._open, icon="folder_open")
        self.stop = Button("停止", self._stop)
        column, where = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        where.setSpacing(theme.GAP)
        where.addWidget(label("保存到", ink="text2"))
        where.addWidget(self.folder, 1)
        for button in (self.stop, self.open, self.change):
            where.addWidget(button)
        column.addLayout(where)
        column.addWidget(self.said)
        column.addWidget(self.error)
        self.folder.setText(str(folder_of(preferences)))
        for widget in (self.stop, self.open, self.said):
            widget.hide()

    def write(self, make: Make, *, number: str = "") -> None:
        """Make papers in the folder; number: what they carry, for the note of it."""
        if self._job is not None:
            return
        ws, folder = self._ws, folder_of(self._preferences)
        self.error.show_error("")
        self._show(f"{folder}", working=True)

        def work(job: Job) -> list[ExportedFile] | None:
            try:
                with reading(ws) as own:
                    return list(make(own, folder, told_to(job)))
            except StoppedError:
                return None

        self._job = self._run.background(
            work,
            if_there(self, lambda files: self._done(files, number)),
            on_error=if_there(self, self._failed),
            on_progress=if_there(self, self._report),
            words="正在生成…",
        )
        if not self._run.working:  # the work was done on the spot
            self._job = None

    def _report(self, words: str) -> None:
        self._say(words, "text2")

    def _say(self, words: str, ink: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))
        set_ink(self.said, ink)

    def _show(self, words: str, *, working: bool) -> None:
        self._say("正在准备…" if working else words, "text2" if working else "ok")
        self.stop.setVisible(working)
        self.change.setEnabled(not working)
        self.busy.emit(working)

    def _done(self, files: list[ExportedFile] | None, number: str) -> None:
        self._job = None
        if files is None:
            self._show("已停止，没有写完的文件不留。", working=False)
            return
        bad = sum(not rule.ok for file in files for rule in file.layout_check)
        words = f"已写出 {len(files)} 个文件：{files[0].path.name}" + (
            " 等。" if len(files) > 1 else "。"
        )
        self._show(words, working=False)
        if bad:
            self._say(f"{words}版式自检有 {bad} 项请核对，可在“导出”里查看。", "warn")
        self.open.show()
        if not self._ws.read_only:
            self._run.command(papers_publish.note, self._ws, self._round, files, number=number)
        self.written.emit(files)

    def _failed(self, error: UserError) -> None:
        self._job = None
        self._show("", working=False)
        self.error.show_error(f"{error.what}。{error.advice}")

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._say("正在停止…", "text2")

    def leave(self) -> None:
        """The dialog closes: what is under way is stopped."""
        self._stop()

    def _choose(self) -> None:
        if chosen := messages.choose_folder(self, "保存到哪个文件夹", folder_of(self._preferences)):
            self._preferences.put(FOLDER_KEY, str(chosen))
            self.folder.setText(str(chosen))

    def _open(self) -> None:
        open_path(folder_of(self._preferences))
