"""Bringing files into the tray on a worker: chosen, dropped or pasted; and making forms."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication

from hs_credit_desktop.services import receiving
from hs_credit_desktop.services.receiving import Recognised
from hs_credit_desktop.services.workspace import Changes
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.pages.inbox_tray import files_of
from hs_credit_desktop.ui.run import Job

if TYPE_CHECKING:
    from hs_credit_desktop.ui.pages.inbox import InboxPage

FOLDER_KEY = "inbox_folder"
KINDS = (
    "收到的文件 (*.xlsx *.docx *.xls *.et *.doc *.wps *.pdf *.zip *.eml *.txt *.jpg *.png *.rar "
    "*.7z *.msg *.csv);;所有文件 (*)"
)


class StoppedError(Exception):
    """The clerk pressed 停止."""


class ReadingDesk:
    """Reads piles one after another; a pile that is stopped leaves nothing in the tray."""

    def __init__(self, page: "InboxPage") -> None:
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
        if self._page.locked or self.busy:
            return
        if paths := files_of(mime):
            self.add(paths)
        elif mime.text().strip() and self._page.round is not None:
            tray = receiving.tray_of(self._page.ws, self._page.round)
            self._take(receiving.recognise_all(tray, receiving.read_pasted(mime.text())))

    def add(self, paths: list[Path]) -> None:
        """Read files, folders, zips and mails on a worker, then lay them in the tray."""
        page = self._page
        if page.locked or self.busy or page.round is None:
            return
        page.tray.show_busy("正在读取…")
        tray = receiving.tray_of(page.ws, page.round)

        def work(job: Job) -> Recognised | None:
            try:
                inbound = receiving.read_files(paths, partial(_report, job, "正在读取"))
                return receiving.recognise_all(tray, inbound, partial(_report, job, "正在识别"))
            except StoppedError:
                return None

        self._job = self._page.run.background(
            work,
            self._take,
            on_error=lambda error: self._over(error.what, error.advice),
            on_progress=page.tray.show_busy,
            words="正在读取收到的文件…",
        )
        if not self._page.run.working:  # the work was done on the spot
            self._job = None

    def stop(self) -> None:
        """Stop after the file under way; nothing of the pile stays in the tray."""
        if self._job is not None:
            self._job.stop()
            self._page.tray.hint.setText("正在停止…")

    def _over(self, what: str = "", advice: str = "") -> None:
        self._job = None
        self._page.tray.show_busy("")
        self._page.reload(Changes(returns=True))
        if what:
            self._page.run.failed.emit(what, advice)

    def _take(self, pile: Recognised | None) -> None:
        """Lay what was read in the tray: one transaction, nothing is reported yet."""
        self._over()
        page = self._page
        if pile is None:
            page.tray.hint.setText("已停止，这一批没有收进来")
            return
        if not pile.items:
            names = "、".join(pile.ignored[:3])
            what = "没有可收的文件" + (f"：{names} 是临时文件或系统文件" if names else "")
            page.run.failed.emit(what, "文件夹是空的，或者只有系统文件。")
            return
        if page.round is not None and page.run.command(self._stage, pile):
            page.show_last()

    def _stage(self, pile: Recognised) -> Changes:
        batch = receiving.lay_down(self._page.ws, pile)
        self._page.staged_last = batch.id
        return Changes(returns=True)

    def make_forms(self) -> None:
        """生成反馈表…"""
        from hs_credit_desktop.ui.dialogs.beside import beside
        from hs_credit_desktop.ui.dialogs.make_forms import MakeForms

        page = self._page
        if page.round is not None:
            beside(MakeForms(page, page.ws, page.run, page.preferences, page.round), page.run)


def _report(job: Job, words: str, done: int, total: int, name: str) -> None:
    """Progress of the worker; raises when the clerk pressed 停止."""
    if job.stopped:
        raise StoppedError
    job.report(f"{words} {done}/{total}　{name}")
