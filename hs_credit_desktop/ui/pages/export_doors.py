"""Doors of 导出: printing, the registers and the picture of the seal, about the paper on view."""

from typing import TYPE_CHECKING

from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.domain.rounds import Round
from hs_credit_desktop.services import papers_register
from hs_credit_desktop.services.export import ExportedFile
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui.dialogs.beside import beside
from hs_credit_desktop.ui.pages.base import Page

if TYPE_CHECKING:
    from hs_credit_desktop.ui.dialogs.print_paper import PaperToPrint


def _paper(ws: Workspace, round_: Round, made: ExportedFile) -> "PaperToPrint":
    """A paper that was exported, as the dialogs want it."""
    from hs_credit_desktop.ui.dialogs.print_paper import PaperToPrint

    kind = PaperKind(made.kind)
    number = papers_register.number_of(ws, round_, kind)
    return PaperToPrint(made.path, kind, round_, number, made.sha256)


def print_paper(page: Page, round_: Round, made: ExportedFile) -> None:
    """Print a paper that was exported."""
    from hs_credit_desktop.ui.dialogs.print_paper import PrintPaper

    paper = _paper(page.ws, round_, made)
    beside(PrintPaper(page, page.ws, page.run, page.preferences, paper), page.run)


def show_picture(page: Page, round_: Round | None, made: ExportedFile | None) -> None:
    """The office's picture of its seal, for the paper on view."""
    from hs_credit_desktop.ui.dialogs.seal_picture import SealPicture

    paper = _paper(page.ws, round_, made) if made and round_ else None
    beside(SealPicture(page, page.ws, page.run, paper), page.run)


def ask_number(page: Page, round_: Round | None, kind: PaperKind) -> None:
    """The register of document numbers, ready for a number of that kind."""
    from hs_credit_desktop.ui.dialogs.doc_number import NumberRegister

    beside(NumberRegister(page, page.ws, page.run, round_, kind), page.run)


def show_seals(page: Page, round_: Round | None, made: ExportedFile | None) -> None:
    """The seal log, with the paper on view ready to be logged."""
    from hs_credit_desktop.ui.dialogs.seal_log import Proposal, SealLog

    proposal = Proposal()
    if made is not None and round_ is not None and PaperKind(made.kind).sealed:
        kind = PaperKind(made.kind)
        number = papers_register.number_of(page.ws, round_, kind)
        proposal = Proposal(kind.value, made.path.stem, number, made.sha256, round_id=round_.id)
    beside(SealLog(page, page.ws, page.run, proposal), page.run)
