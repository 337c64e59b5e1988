"""The seal log (用印登记): which paper was sealed, how often, by whom, when, and its scan."""

from datetime import date
from pathlib import Path

from hs_credit_desktop.domain.papers import SealLine
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.papers_register import PAPERS_CHANGED
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import files, papers
from hs_credit_desktop.store.ledger import new_id

SCANS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".ofd")
LARGEST_SCAN = 200 * 1024 * 1024
MOST_COPIES = 999
USUAL_PURPOSE = "报送领导小组"


def lines(ws: Workspace, round_id: str | None = None) -> tuple[SealLine, ...]:
    """The seal log, newest first; of one round, or all of it."""
    found = papers.seals(ws.ledger)
    return tuple(line for line in found if round_id in (None, line.round_id))


def last_used(ws: Workspace) -> tuple[str, str]:
    """Who sealed last and what for, as a proposal; '' and the usual purpose before the first."""
    found = next((line for line in lines(ws) if line.voided_at is None), None)
    return (found.sealed_by, found.purpose) if found else ("", USUAL_PURPOSE)


def log(
    ws: Workspace,
    *,
    kind: str,
    title: str,
    copies: int,
    sealed_by: str,
    sealed_on: date,
    purpose: str,
    sha256: str = "",
    number: str = "",
    round_id: str | None = None,
    image: bool = False,
) -> Changes:
    """Log that a paper was sealed; UserError for what is missing or cannot be.

    sha256: of the paper as it was printed, '' for one that was not made here.
    """
    _refuse_empty(title, sealed_by, purpose)
    if not 1 <= copies <= MOST_COPIES:
        raise UserError(f"用印份数不能是 {copies}", f"请填 1 到 {MOST_COPIES} 之间的份数。")
    if sealed_on > ws.today:
        raise UserError(f"用印日期 {sealed_on} 在今天（{ws.today}）之后", "请核对日期。")
    line = SealLine(
        new_id(),
        round_id,
        kind,
        title.strip(),
        number.strip(),
        sha256,
        copies,
        sealed_by.strip(),
        sealed_on,
        purpose.strip(),
        image,
        ws.clock.now(),
        ws.actor,
    )
    detail = {"copies": copies, "by": line.sealed_by, "sha256": sha256, "image": image}
    with ws.change("用印登记", line.title, detail):
        papers.add_seal(ws.ledger, line)
    return PAPERS_CHANGED


def _refuse_empty(title: str, sealed_by: str, purpose: str) -> None:
    for words, what in ((title, "哪份文件"), (sealed_by, "谁用的印"), (purpose, "用印事由")):
        if not words.strip():
            raise UserError(f"没有写{what}，没有登记", "请填写后再登记。")


def void(ws: Workspace, line_id: str, reason: str) -> Changes:
    """Strike a line out that was entered by mistake; it stays to be seen."""
    if not reason.strip():
        raise UserError("没有写作废原因，没有作废", "请写明原因，例如“登记重复”。")
    line = _line(ws, line_id)
    with ws.change("用印登记作废", line.title, {"reason": reason.strip()}):
        papers.void_seal(ws.ledger, line_id, reason=reason.strip(), at=ws.clock.now())
    return PAPERS_CHANGED


def _line(ws: Workspace, line_id: str) -> SealLine:
    return next(item for item in papers.seals(ws.ledger) if item.id == line_id)


def add_scan(ws: Workspace, line_id: str, file: Path) -> Changes:
    """Keep the scan of the sealed paper with its line; UserError for what is no scan."""
    if file.suffix.lower() not in SCANS:
        raise UserError(f"“{file.name}”不是扫描件，没有存入", "扫描件请用 PDF 或图片。")
    line = _line(ws, line_id)
    try:
        size = file.stat().st_size
    except OSError as error:
        raise UserError(f"“{file.name}”打不开，没有存入", "请检查文件是否还在。") from error
    if not 0 < size <= LARGEST_SCAN:
        what = "是空文件" if not size else "超过 200 MB"
        raise UserError(f"“{file.name}”{what}，没有存入", "请重新扫描，再拖进来。")
    with ws.change("存入盖章扫描件", line.title, {"name": file.name}):
        sha256 = files.keep_file(ws.ledger, file, at=ws.clock.now())
        if any(scan.sha256 == sha256 for scan in line.scans):
            raise UserError(f"“{file.name}”已经存过，没有再存", "内容与存过的扫描件完全一样。")
        papers.add_scan(
            ws.ledger,
            seal_log_id=line_id,
            sha256=sha256,
            name=file.name,
            at=ws.clock.now(),
            actor=ws.actor,
        )
    return PAPERS_CHANGED


def take_scan_off(ws: Workspace, line_id: str, scan_id: str) -> Changes:
    """The scan belongs to another paper; the file itself stays kept."""
    line = _line(ws, line_id)
    with ws.change("移除盖章扫描件", line.title, {"scan": scan_id}):
        papers.take_scan_off(ws.ledger, scan_id, at=ws.clock.now())
    return PAPERS_CHANGED
