"""Bringing files into the tray on a worker: chosen, dropped or pasted; and making forms."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication

from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import inbox, receiving
from hs_credit_desktop.services.look import Look
from hs_credit_desktop.services.receiving import Inbound
from hs_credit_desktop.services.workspace import Workspace, reading
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.pages.inbox_tray import files_of
from hs_credit_desktop.ui.pages.inbox_view import InboxView
from hs_credit_desktop.ui.run import Job, if_there

FOLDER_KEY = "inbox_folder"
KINDS = (
    "收到的文件 (*.xlsx *.docx *.xls *.et *.doc *.wps *.pdf *.zip *.eml *.txt *.jpg *.png *.rar "
    "*.7z *.msg *.csv);;所有文件 (*)"
)


class StoppedError(Exception):
    """The clerk pressed 停止."""


@dataclass(frozen=True)
class Taken:
    """What became of a pile: the drop it is now, and the tray with it; None: nothing was in it."""

    batch: str | None
    looks: tuple[Look, ...]
    ignored: tuple[str, ...]


class ReadingDesk:
    """Reads piles one after another; a pile that is stopped leaves nothing in the tray."""

    def __init__(self, page: InboxView) -> None:
        self._page = page
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether a pile is being read."""
        return self._job is not None

    def choose(self) -> None:
        """添加文件…"""
        page = self._page
        if page.locked or self.busy:
            return
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(page.preferences.text(FOLDER_KEY) or home)
        if chosen := messages.open_files(page, "选择收到的文件", folder, KINDS):
            page.preferences.put(FOLDER_KEY, str(chosen[0].parent))
            self.add(chosen)

    def paste(self) -> None:
        """Ctrl+V: files that were copied, or the text of an answer from a chat."""
        mime = QGuiApplication.clipboard().mimeData()
        if paths := files_of(mime):
            self.add(paths)
        elif mime.text().strip():
            words = mime.text()
            self._take_in(lambda _job: receiving.read_pasted(words))

    def add(self, paths: list[Path]) -> None:
        """Read files, folders, zips and mails on a worker and lay them in the tray."""

        def read(job: Job) -> Inbound:
            return receiving.read_files(paths, partial(_report, job, "正在读取"))

        self._take_in(read)

    def _take_in(self, read: Callable[[Job], Inbound]) -> None:
        """Everything on a worker: what the ledger says, the reading, the one transaction."""
        page, round_ = self._page, self._page.round
        if page.locked or self.busy or round_ is None:
            return
        page.tray.show_busy("正在读取…")

        def work(job: Job) -> Taken | None:
            try:
                return _taken(page.ws, round_, job, read)
            except StoppedError:
                return None

        self._job = page.run.background(
            work,
            if_there(page, self._over),
            on_error=if_there(page, self._failed),
            on_progress=if_there(page, page.tray.show_busy),
            words="正在读取收到的文件…",
        )
        if not page.run.working:  # the work was done on the spot
            self._job = None

    def stop(self) -> None:
        """Stop after the file under way; nothing of the pile stays in the tray."""
        if self._job is not None:
            self._job.stop()
            self._page.tray.hint.setText("正在停止…")

    def _idle(self) -> None:
        """Nothing is being read any more: the tray says again what waits."""
        self._job = None
        self._page.tray.show_busy("")
        self._page.show_looks(self._page.looks)

    def _failed(self, error: UserError) -> None:
        self._idle()
        self._page.run.failed.emit(error.what, error.advice)

    def _over(self, taken: Taken | None) -> None:
        """Show what was laid in the tray; nothing is reported yet."""
        page = self._page
        if taken is None:
            self._idle()
            page.tray.hint.setText("已停止，这一批没有收进来")
            return
        if taken.batch is None:
            self._idle()
            names = "、".join(taken.ignored[:3])
            what = "没有可收的文件" + (f"：{names} 是临时文件或系统文件" if names else "")
            page.run.failed.emit(what, "文件夹是空的，或者只有系统文件。")
            return
        self._job = None
        page.tray.show_busy("")
        page.show_batch(taken.batch, taken.looks)

    def make_forms(self) -> None:
        """生成反馈表…"""
        from hs_credit_desktop.ui.dialogs.beside import beside
        from hs_credit_desktop.ui.dialogs.make_forms import MakeForms

        page = self._page
        if page.round is not None:
            beside(MakeForms(page, page.ws, page.run, page.preferences, page.round), page.run)


def _taken(ws: Workspace, round_: Round, job: Job, read: Callable[[Job], Inbound]) -> Taken:
    """Read a pile and lay it in the inbox; on a worker. StoppedError when the clerk pressed 停止.

    Everything that only reads has a connection of its own; the transaction is the ledger's.
    """
    with reading(ws) as own:
        tray = receiving.tray_of(own, round_)
    inbound = read(job)
    pile = receiving.recognise_all(tray, inbound, partial(_report, job, "正在识别"))
    if not pile.items:
        return Taken(None, (), pile.ignored)
    _report(job, "正在存入", len(pile.items), len(pile.items), "")
    batch = receiving.lay_down(ws, pile)
    with reading(ws) as own:
        return Taken(batch.id, inbox.tray(own, round_), pile.ignored)


def _report(job: Job, words: str, done: int, total: int, name: str) -> None:
    """Progress of the worker; raises when the clerk pressed 停止."""
    if job.stopped:
        raise StoppedError
    job.report(f"{words} {done}/{total}　{name}")
