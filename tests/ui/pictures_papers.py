"""Pictures of the dialogs about papers, for tests.ui.pictures."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QDialog

    from hs_credit_desktop.ui.main_window import MainWindow


def paper_dialogs(window: "MainWindow") -> "Iterator[tuple[str, QDialog]]":
    """Each dialog with the name of its picture, filled as a clerk would."""
    from hs_credit_desktop.domain.papers import PaperKind
    from hs_credit_desktop.domain.returns import ReturnState
    from hs_credit_desktop.domain.statistics import Status
    from hs_credit_desktop.services import (
        chasing,
        overview,
        papers_publish,
        papers_register,
        papers_seal,
        returns,
    )
    from hs_credit_desktop.services import return_notices as notices
    from hs_credit_desktop.ui.dialogs.chase_papers import ChasePapers
    from hs_credit_desktop.ui.dialogs.doc_number import NumberRegister
    from hs_credit_desktop.ui.dialogs.print_paper import PaperToPrint, PrintPaper
    from hs_credit_desktop.ui.dialogs.return_notices import ReturnNotices
    from hs_credit_desktop.ui.dialogs.seal_log import Proposal, SealLog
    from hs_credit_desktop.ui.dialogs.seal_picture import SealPicture
    from hs_credit_desktop.ui.dialogs.unit_records import UnitRecords

    ws, run, kept, round_ = window.ws, window.task_run, window.preferences, window.round
    assert ws is not None
    assert round_ is not None
    ws.actor = "office@pc"
    desk = (window, ws, run, kept, round_)
    yield "chase-letter", ChasePapers(*desk)
    for item in overview.expected_returns(ws, round_, Status.TO_REVIEW)[:4]:
        returns.review(
            ws,
            expected_return_id=item.id,
            decision=ReturnState.SENT_BACK,
            reason="进展情况与上一轮相同，请补充本轮新的做法和数据。",
            resubmit_by=ws.today + timedelta(days=3),
        )
    back = chasing.sent_back(ws, round_)
    made = [notices.return_notice(ws, item.expected_return_id) for item in back]
    yield "return-notices", ReturnNotices(*desk, made)
    papers_register.take(
        ws, "黄信用办〔2024〕3号", kind="circular", title="第二轮通报", round_id=round_.id
    )
    yield "document-numbers", NumberRegister(window, ws, run, round_)
    [pdf, _] = papers_publish.write_kind(ws, round_, PaperKind.SUMMARY, Path("导出"))
    paper = PaperToPrint(pdf.path, PaperKind.SUMMARY, round_, "", pdf.sha256)
    yield "print", PrintPaper(window, ws, run, kept, paper)
    papers_seal.log(
        ws,
        kind=PaperKind.SUMMARY.value,
        title=pdf.path.stem,
        copies=2,
        sealed_by="演示甲",
        sealed_on=ws.today,
        purpose=papers_seal.USUAL_PURPOSE,
        sha256=pdf.sha256,
        round_id=round_.id,
    )
    papers_seal.add_scan(ws, papers_seal.lines(ws)[0].id, pdf.path)
    proposal = Proposal(PaperKind.SUMMARY.value, pdf.path.stem, "", pdf.sha256, 2, round_.id)
    yield "seal-log", SealLog(window, ws, run, proposal)
    yield "seal-picture", SealPicture(window, ws, run, paper)
    yield "unit-records", UnitRecords(*desk)
