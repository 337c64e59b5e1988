"""Check: is the ledger whole, and does every row still say what was saved."""

import hashlib
from dataclasses import dataclass

from hs_credit_desktop.domain.returns import Completion, FeedbackParts
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import audit, files, integrity


@dataclass(frozen=True)
class Finding:
    """One thing that is not as saved: where, what it is in a sentence, and the way out."""

    where: str
    text: str
    advice: str


def check(ws: Workspace) -> list[Finding]:
    """All findings, worst first; an empty list means the ledger is whole."""
    found = _database(ws)
    for part in (_audit, _rows, _files, _tallies):
        try:
            found += part(ws)
        except UserError as error:  # so damaged that SQLite cannot read on
            found.append(Finding("数据库", error.what, error.advice))
    return found


def _database(ws: Workspace) -> list[Finding]:
    return [
        Finding("数据库", f"数据库结构检查发现问题：{said}", "请从备份恢复，并保留现在的文件备查。")
        for said in integrity.structure(ws.ledger)
    ]


def _audit(ws: Workspace) -> list[Finding]:
    broken = audit.broken_at(ws.ledger)
    if broken is None:
        return []
    return [
        Finding(
            f"操作日志第 {broken} 行",
            "操作日志被程序以外的方式改动过，从这一行起对不上",
            "请查明是谁改动了台账文件，必要时从备份恢复。",
        )
    ]


def _rows(ws: Workspace) -> list[Finding]:
    return [
        Finding(
            f"{row.unit_name}·{row.measure_title}",
            "这条反馈的文字与保存时不一致",
            "请对照原件核对后重新登记，或从备份恢复。",
        )
        for row in integrity.feedback_rows(ws.ledger)
        if _hash(row) != row.row_hash
    ]


def _hash(row: integrity.FeedbackRow) -> str:
    try:
        completion = Completion(row.completion) if row.completion else None
    except ValueError:
        return ""
    return FeedbackParts(*row.texts, completion=completion).row_hash


def _files(ws: Workspace) -> list[Finding]:
    found = []
    for sha256 in integrity.kept_files(ws.ledger):
        path = files.path_of(ws.ledger, sha256)
        if not path.exists():
            found.append(
                Finding(f"files/{sha256[:12]}…", "保存的原件不见了", "请从备份恢复这个文件。")
            )
        elif hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            found.append(
                Finding(f"files/{sha256[:12]}…", "保存的原件被改动过", "请从备份恢复这个文件。")
            )
    return found


def _tallies(ws: Workspace) -> list[Finding]:
    if integrity.tallies_agree(ws.ledger):
        return []
    return [Finding("计数", "计数与逐条重数的结果不一致", "请从备份恢复；报表暂勿使用。")]
