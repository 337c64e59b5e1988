"""Backups: made often, looked through before an older one goes, put back with a preview."""

import json
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from hs_credit_desktop.clock import Clock
from hs_credit_desktop.domain import retention
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import undo
from hs_credit_desktop.services.integrity import Action, Finding, check_ledger
from hs_credit_desktop.services.second_copy import copy_out, fetch_files, folder_of
from hs_credit_desktop.services.workspace import Changes, Workspace
from hs_credit_desktop.store import audit, backup, differences, ledger
from hs_credit_desktop.store.audit import AuditLine
from hs_credit_desktop.store.backup import BackupFile, Contents
from hs_credit_desktop.store.differences import Difference
from hs_credit_desktop.store.faults import plain_words
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.whole_files import sha256_of, whole

EVERY = timedelta(minutes=30)
HARMED = "受损"  # a backup of a ledger that did not pass the check: kept, and nothing goes for it
EVERYTHING = Changes(**{item.name: True for item in fields(Changes)})


class Kind(StrEnum):
    """Why a backup was made; the word stands in its file name."""

    MANUAL = "手动"
    ON_EXIT = "退出"
    TIMED = "定时"
    BEFORE_IMPORT = "导入前"
    BEFORE_MERGE = "合并前"
    BEFORE_RESTORE = "还原前"


@dataclass(frozen=True)
class Made:
    """A backup that was made and looked through.

    sha256 of the file; contents: what it holds; findings: how many things `check` found in it;
    second: where the second copy lies, or None; trouble: why there is none, in a sentence, or ''.
    """

    file: Path
    sha256: str
    contents: Contents
    findings: int
    second: Path | None = None
    trouble: str = ""


def make(ws: Workspace, kind: Kind = Kind.MANUAL, *, out: Path | None = None) -> Made:
    """Back the ledger up, look the copy through, then thin the older ones.

    It reads over a connection of its own and writes no row, so it may run on a worker. out: under
    that name instead, with the kept files in a folder beside it; nothing is thinned then.
    UserError when the copy cannot be written; no part of it is left under its name.
    """
    source = ledger.open_reading(ws.folder)
    try:
        if out:
            made = _write(source, out, files_from=ws.folder.files)
            return _with_files(ws, made)
        made = _write(source, backup.free_name(ws.folder.backups, kind, ws.clock.now()))
        if made.findings:
            harmed = backup.free_name(ws.folder.backups, HARMED, ws.clock.now())
            return Made(made.file.replace(harmed), made.sha256, made.contents, made.findings)
        _thin(ws.folder.backups)
        return _to_second(ws, source, made)
    finally:
        source.close()


def _write(source: Ledger, target: Path, files_from: Path | None = None) -> Made:
    """Copy to a draft, reopen it and look it through; it has its name only afterwards."""
    with plain_words(target, "没有备份成功"), whole(target) as draft:
        backup.copy(source, draft)
        root = (files_from or source.folder.files).parent
        with backup.opened(draft, root) as copied:
            holds = backup.contents_if_readable(copied) or Contents(0, 0)
        with backup.opened(draft, root) as copied:
            found = check_ledger(copied, light=True)
    return Made(target, sha256_of(target), holds, len(found))


def _with_files(ws: Workspace, made: Made) -> Made:
    """Beside a backup under a chosen name go the kept files, so that it can leave the PC alone."""
    copy_out(ws.folder.files, made.file.with_suffix(".files"))
    return made


def _to_second(ws: Workspace, source: Ledger, made: Made) -> Made:
    """The same backup and the kept files to the second place, if one is set and there."""
    target = folder_of(source)
    if target is None:
        return made
    try:
        second = copy_out(ws.folder.files, target / "files", also=(made.file, target))
    except UserError as error:
        return Made(made.file, made.sha256, made.contents, 0, None, str(error))
    _thin(target)
    return Made(made.file, made.sha256, made.contents, 0, second)


def _thin(folder: Path) -> None:
    """Remove what retention lets go; harmed copies and those before a migration stay."""
    files = [item for item in backup.listed(folder) if item.kind in {kind.value for kind in Kind}]
    stay = retention.kept([item.at for item in files])
    for item in files:
        if item.at not in stay:
            with suppress(OSError):  # somebody reads it: it goes the next time
                item.file.unlink(missing_ok=True)


def if_changed(ws: Workspace, kind: Kind = Kind.TIMED) -> Made | None:
    """Back up when something was saved since the newest backup; else None.

    On exit with Kind.ON_EXIT, and every half hour (EVERY) with Kind.TIMED.
    """
    newest = next(iter(listed(ws)), None)
    if newest and _same_end(ws, newest.file):
        return None
    return make(ws, kind)


def _same_end(ws: Workspace, file: Path) -> bool:
    try:
        with backup.opened(file) as copied, backup.opened(ws.folder.ledger) as present:
            return backup.same_end(present, copied)
    except UserError:  # it cannot be read: make another
        return False


def listed(ws: Workspace) -> list[BackupFile]:
    """The backups in the data folder, newest first."""
    return backup.listed(ws.folder.backups)


@dataclass(frozen=True)
class LostLine:
    """Something done after the backup, which restoring it would undo."""

    at: datetime
    actor: str
    action: str
    subject: str

    @property
    def words(self) -> str:
        """One line for the clerk."""
        return f"{self.at:%m月%d日 %H:%M}　{self.action}　{self.subject}"


@dataclass(frozen=True)
class Preview:
    """What restoring a backup would do: its contents beside the present, and what would be lost.

    would_lose: what was done since; returns, entries: what would be gone or go back, by name.
    present: None where the present is too damaged to be read; nothing can be said of it then.
    """

    file: Path
    sha256: str
    contents: Contents
    present: Contents | None
    would_lose: tuple[LostLine, ...] = ()
    returns: tuple[Difference, ...] = ()
    entries: tuple[Difference, ...] = ()


def preview(ws: Workspace, file: Path) -> Preview:
    """Look a backup through without changing anything; UserError when it is damaged or not ours."""
    with backup.prepared(file, ws.folder.root, ws.clock.now()) as ready:
        refuse_damaged(file, ready)
        holds, sha256 = backup.contents(ready), sha256_of(file)
        try:
            with backup.opened(ws.folder.ledger) as present:
                return Preview(
                    file,
                    sha256,
                    holds,
                    backup.contents(present),
                    tuple(_lost(line) for line in backup.lines_not_in(present, ready)),
                    differences.returns_not_in(present, ready),
                    differences.entries_not_in(present, ready),
                )
        except UserError:  # the present is damaged: that is what a restore is for
            return Preview(file, sha256, holds, None)


def refuse_damaged(file: Path, ready: Ledger) -> None:
    """UserError when the prepared copy of a backup has more than the program itself can mend."""
    with backup.opened(ready.folder.ledger, ready.folder.root) as copied:
        found = _beyond_repair(copied)
    if found:
        raise UserError(
            f"备份 {file.name} 没有通过检查（{found[0].where}：{found[0].text}），没有还原",
            "台账没有改动。请换一个更早的备份。",
        )


def _beyond_repair(copied: Ledger) -> list[Finding]:
    return [item for item in check_ledger(copied, light=True) if item.action is Action.RESTORE]


def _lost(line: AuditLine) -> LostLine:
    return LostLine(datetime.fromisoformat(line.at), line.actor, line.action, line.subject)


def restore(ws: Workspace, file: Path) -> Changes:
    """Put a backup in place of the ledger; the present is saved first, all pages change at once.

    Kept files that are missing here are fetched from beside the backup or the second place.
    UserError when the backup is damaged or the present could not be saved; nothing changed then.
    """
    if ws.read_only:
        raise UserError("台账是只读打开的，没有还原", "请先关闭占用台账的程序，再重新打开。")
    before = make(ws, Kind.BEFORE_RESTORE)
    with backup.prepared(file, ws.folder.root, ws.clock.now()) as ready:
        refuse_damaged(file, ready)
        note_restore(ready, ws.clock, ws.actor, file, before.file.name, _lines_lost(ws, ready))
        backup.replace_by(ws.ledger, ready)
    undo.forget(ws)
    with suppress(UserError):  # the ledger is restored; `check` names the originals still missing
        fetch_files(ws.ledger, file)
    return EVERYTHING


def _lines_lost(ws: Workspace, ready: Ledger) -> int | None:
    """How many lines of the log go; None where the present is too damaged to be read."""
    try:
        with backup.opened(ws.folder.ledger) as present:
            return len(backup.lines_not_in(present, ready))
    except UserError:
        return None


RESTORED = "还原备份"


def note_restore(
    ready: Ledger, clock: Clock, actor: str, file: Path, present: str, lost_lines: int | None
) -> None:
    """Write in a prepared copy that it is restored, and let it go on as a site of its own.

    present: under which name what stood there until now is kept.
    """
    with ready.transaction():
        backup.begin_anew(ready)
        audit.append(
            ready,
            at=clock.now(),
            actor=actor,
            action=RESTORED,
            subject=file.name,
            detail={"lost_lines": lost_lines, "present": present},
        )


def undo_restore(ws: Workspace) -> Changes:
    """Take the last restore back; UserError when none was made, or of a damaged ledger."""
    last = audit.newest(ws.ledger, RESTORED)
    if last is None:
        raise UserError("没有可以撤销的还原", "还原备份之后才能撤销。")
    before = ws.folder.backups / str(json.loads(last.detail)["present"])
    if not before.name.startswith(Kind.BEFORE_RESTORE):
        raise UserError("还原前的台账已损坏，不能撤销", f"那一份留着备查：{before.name}。")
    return restore(ws, before)
