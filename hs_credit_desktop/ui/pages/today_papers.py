"""The papers of 今日: the chase letter, and the list of missing units on one printed page."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from hs_credit_desktop.services import chasing, overview
from hs_credit_desktop.ui.opening import scratch_folder
from hs_credit_desktop.ui.pages.base import CountingPage

if TYPE_CHECKING:
    from hs_credit_desktop.domain.chasing import Owing
    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.export import ExportedFile
    from hs_credit_desktop.ui.run import Job


class TodayPapers:
    """Opens the dialogs for the page, which shows a round; said: where it tells what was copied."""

    def __init__(self, page: CountingPage, said: QLabel) -> None:
        self._page, self._said = page, said

    def write_letter(self, expected_return_id: str = "") -> None:
        """The dialog of the chase letter, with all units ticked or only one ('' for all)."""
        from hs_credit_desktop.ui.dialogs.beside import beside
        from hs_credit_desktop.ui.dialogs.chase_papers import ChasePapers

        page = self._page
        round_ = page.round
        if round_ is not None:
            only = expected_return_id or None
            box = ChasePapers(page, page.ws, page.run, page.preferences, round_, only)
            beside(box, page.run)

    def print_list(self) -> None:
        """Set the list of missing units in a folder of its own, then ask how to print it."""
        page = self._page
        round_ = page.round
        if round_ is None:
            return
        from hs_credit_desktop.domain.papers import PaperKind  # papers load much: not at the start
        from hs_credit_desktop.services import papers_publish
        from hs_credit_desktop.services.workspace import reading
        from hs_credit_desktop.ui.dialogs.paper_writer import told_to

        folder = scratch_folder()

        def work(job: "Job") -> "tuple[ExportedFile, ...]":
            with reading(page.ws) as ws:
                return papers_publish.write_kind(
                    ws, round_, PaperKind.MISSING_LIST, folder, progress=told_to(job)
                )

        def done(files: "tuple[ExportedFile, ...]") -> None:
            from hs_credit_desktop.ui.dialogs.beside import beside
            from hs_credit_desktop.ui.dialogs.print_paper import PaperToPrint, PrintPaper

            paper = PaperToPrint(files[0].path, PaperKind.MISSING_LIST, round_)
            beside(PrintPaper(page, page.ws, page.run, page.preferences, paper), page.run)

        page.run.background(work, done, words="正在排版未报清单…")

    def copy_message(self, expected_return_id: str) -> None:
        """Put a chasing message on the clipboard: to one unit, or to all when '' is given."""
        page = self._page
        assert page.round is not None
        if expected_return_id:
            text = chasing.chat_text(page.round, self._owing(page.round, expected_return_id))
        else:
            text = chasing.group_text(page.ws, page.round)
        QGuiApplication.clipboard().setText(text)
        self._said.setText("已复制，可以粘贴到微信或短信")

    def copy_mail(self, expected_return_id: str) -> None:
        """Put the mail to one unit on the clipboard."""
        page = self._page
        assert page.round is not None
        text = chasing.mail_text(page.ws, page.round, self._owing(page.round, expected_return_id))
        QGuiApplication.clipboard().setText(text)
        self._said.setText("邮件正文已复制，可以粘贴到邮箱里")

    def _owing(self, round_: "Round", expected_return_id: str) -> "Owing":
        ws = self._page.ws
        return chasing.owing(ws, round_, overview.expected_return(ws, expected_return_id))
