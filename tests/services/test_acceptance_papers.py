"""Papers in the acceptance script: Friday 09:32 to 10:05, Monday 15:30 to 15:55."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hs_credit_desktop.domain.chasing import ChaseLevel
from hs_credit_desktop.domain.papers import PaperKind
from hs_credit_desktop.reports.readback import read_pages
from hs_credit_desktop.services import (
    chasing,
    freezing,
    inbox,
    overview,
    papers,
    papers_publish,
    papers_register,
    papers_seal,
    return_notices,
    returns,
    reviewing,
)
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.store import audit
from tests.services import test_acceptance_receiving as receiving

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.export import ExportedFile
    from hs_credit_desktop.services.workspace import Workspace

practice, root = receiving.practice, receiving.root  # the same ledger, the same morning


def _words(file: ExportedFile) -> str:
    return "".join("".join(page.text.split()) for page in read_pages(file.path))


def _names(files: Sequence[ExportedFile]) -> Counter[str]:
    return Counter(file.path.suffix for file in files)


def test_friday_from_the_notices_to_the_printed_list(root: Path, tmp_path: Path) -> None:
    ws, round_ = receiving._open(root, receiving.FRIDAY)
    receiving._friday_morning(ws, round_, root)
    receiving._review(ws, round_)
    _return_notices(ws, round_, tmp_path)
    _seven_calls(ws, round_)
    _letter(ws, round_, tmp_path)
    [pdf, _] = papers_publish.write_kind(ws, round_, PaperKind.MISSING_LIST, tmp_path)
    assert pdf.pages == 1
    assert "未报7家" in _words(pdf)
    [page, _] = papers_publish.write_kind(ws, round_, PaperKind.ONE_PAGE_LIST, tmp_path)
    assert page.pages == 1
    assert "△" in _words(page)  # the lamps are shapes
    assert "◆" in _words(page)
    assert check(ws) == []
    ws.close()


def _return_notices(ws: Workspace, round_: Round, folder: Path) -> None:
    back = chasing.sent_back(ws, round_)
    assert len(back) == 4
    files = papers_publish.write_kind(ws, round_, PaperKind.RETURN_NOTICE, folder / "退回")
    assert _names(files) == {".pdf": 4, ".docx": 4}
    assert all("2024年12月2日前" in _words(file) for file in files if file.pages)
    mails = [return_notices.return_notice(ws, item.expected_return_id) for item in back]
    assert len({mail.mail_text for mail in mails}) == 4
    papers_publish.note(ws, round_, files)
    assert audit.last(ws.ledger).action == "导出文书"


def _seven_calls(ws: Workspace, round_: Round) -> None:
    owing = chasing.missing(ws, round_)
    assert len(owing) == 7
    for item in owing:
        chasing.log_call(
            ws,
            expected_return_id=item.expected_return_id,
            answered_by="值班同志",
            promise="下午报送",
            promised_by=receiving.FRIDAY,
        )
    assert [len(item.chases) for item in chasing.missing(ws, round_)] == [1] * 7
    assert len(chasing.promises_due(ws, round_)) == 7


def _letter(ws: Workspace, round_: Round, folder: Path) -> None:
    owing = chasing.missing(ws, round_)
    assert {item.next_level() for item in owing} == {ChaseLevel.LETTER}
    number = papers_register.propose(ws, letter=True)
    assert number == "黄信用办函〔2024〕1号"
    files = papers_publish.write(ws, papers.chase_letter(ws, round_, number=number), folder)
    assert _names(files) == {".pdf": 1, ".docx": 1}
    assert [rule for rule in files[0].layout_check if not rule.ok] == []
    said = _words(files[0])
    places = [said.index(item.unit_name) for item in owing]
    assert places == sorted(places)
    assert number in said


def test_monday_from_the_exports_to_the_filed_scan(root: Path, tmp_path: Path) -> None:
    ws, round_ = receiving._open(root, receiving.MONDAY)
    inbox.accept_certain(ws, round_, receiving._drop(ws, round_, receiving._pile(root, "1")))
    reviewing.accept_clear(ws, round_)
    made = [
        file
        for kind in (PaperKind.REPORT, PaperKind.LEDGER, PaperKind.SUMMARY)
        for file in papers_publish.write_kind(ws, round_, kind, tmp_path)
    ]
    assert [rule for file in made for rule in file.layout_check if not rule.ok] == []
    papers_publish.note(ws, round_, made)
    report = made[0]
    papers_seal.log(
        ws,
        kind=report.kind,
        title=report.path.stem,
        copies=2,
        sealed_by="演示甲",
        sealed_on=ws.today,
        purpose="报送领导小组",
        sha256=report.sha256,
        round_id=round_.id,
    )
    [line] = papers_seal.lines(ws, round_.id)
    papers_seal.add_scan(ws, line.id, report.path)
    freezing.freeze(ws, round_)
    state = papers_publish.states(ws, overview.rounds(ws, round_.notice_id)[1])[0]
    assert (state.kind, state.copies, state.scans) == (PaperKind.REPORT, 2, 1)
    [kept] = papers_seal.lines(ws)[0].scans
    assert returns.attachment_path(ws, kept.sha256).read_bytes() == report.path.read_bytes()
    assert check(ws) == []
    ws.close()
