"""导出诊断信息: what a helper far away needs to find a fault, and no text of any return."""

import json
import platform
import re
import sys
import zipfile
from pathlib import Path

from hs_credit_desktop import PRODUCT, __version__
from hs_credit_desktop.clock import Clock
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.services import folders, integrity
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import row_counts
from hs_credit_desktop.store.whole_files import whole

README = f"""{PRODUCT}的诊断信息，只用来查找程序的毛病。

里面有：程序和系统的版本、台账各表的行数、检查结果的类别、程序日志。
里面没有：反馈的文字、单位名称、联系人。日志里的中文和长串数字都以 □ 代替。
"""
# Chinese, and figures long enough for a telephone number, might be somebody's words.
PRIVATE = re.compile(r"[^\x00-\x7f]|\d{7,}")


def write(folder: DataFolder, ws: Workspace | None, target: Path, clock: Clock) -> Path:
    """Write the zip file; ws: the open ledger, if one is open. UserError when it cannot be."""
    facts = _program(clock) | _folder(folder) | (_ledger(ws) if ws else {})
    try:
        with whole(target) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("说明.txt", README.encode("utf-8-sig"))
            packed.writestr("facts.json", json.dumps(facts, ensure_ascii=False, indent=1))
            for log in sorted(folder.logs.glob("hs-credit.log*")):
                words = log.read_text(encoding="utf-8", errors="replace")
                packed.writestr(f"logs/{log.name}", without_words(words))
    except OSError as error:
        raise UserError(
            f"诊断信息没有写成 {target.name}", "请换一个能写入的文件夹再试，台账不受影响。"
        ) from error
    return target


def without_words(text: str) -> str:
    """A text with everything replaced that might be somebody's words or number."""
    return PRIVATE.sub("□", text)


def _program(clock: Clock) -> dict[str, object]:
    return {
        "written": clock.now().isoformat(),
        "version": __version__,
        "packaged": bool(getattr(sys, "frozen", False)),
        "python": sys.version,
        "sqlite": row_counts.sqlite_version(),
        "system": platform.platform(),
        "machine": platform.machine(),
    }


def _folder(folder: DataFolder) -> dict[str, object]:
    """Sizes and dangers of the data folder; its path may name somebody and stays out."""
    warned = folders.here(folder.root)
    ledger = folder.ledger
    return {
        "danger": warned.danger.value if warned else None,
        "ledger_bytes": ledger.stat().st_size if ledger.exists() else None,
        "kept_files": sum(1 for path in folder.files.rglob("*") if path.is_file()),
        "backups": sum(1 for path in folder.backups.rglob("*") if path.is_file()),
    }


def _ledger(ws: Workspace) -> dict[str, object]:
    kinds = [finding.action.value for finding in integrity.check(ws)]
    return {
        "schema": row_counts.version_of(ws.ledger),
        "rows": row_counts.row_counts(ws.ledger),
        "read_only": ws.read_only,
        "practice": ws.practice,
        "findings": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
    }
