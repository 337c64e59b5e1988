"""The list of backups for the clerk: when, why, how big, what was done since; and the newest."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import backups
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.store import backup, differences
from hs_credit_desktop.store.backup import BackupFile, Contents
from hs_credit_desktop.store.ledger import Ledger

NONE_YET = "还没有备份"


@dataclass(frozen=True)
class ListedBackup:
    """A backup: size in bytes; contents, None when it cannot be opened (trouble says why).

    since: how many lines were written to the log after it; None when the log cannot be read.
    """

    file: Path
    kind: str
    at: datetime
    size: int
    contents: Contents | None = None
    since: int | None = None
    trouble: str = ""

    @property
    def id(self) -> str:
        """The name of its file."""
        return self.file.name


def described(ws: Workspace) -> tuple[ListedBackup, ...]:
    """Every backup of the data folder, newest first; each is opened, so call it on a worker."""
    return tuple(_described(ws, item) for item in backups.listed(ws))


def _described(ws: Workspace, item: BackupFile) -> ListedBackup:
    size = item.file.stat().st_size if item.file.exists() else 0
    try:
        with backup.opened(item.file) as copied:
            holds, since = backup.contents(copied), _since(ws, copied)
    except UserError as error:
        return ListedBackup(item.file, item.kind, item.at, size, trouble=error.what)
    return ListedBackup(item.file, item.kind, item.at, size, holds, since)


def _since(ws: Workspace, copied: Ledger) -> int | None:
    try:
        with backup.opened(ws.folder.ledger) as present:
            return differences.lines_since(present, copied)
    except UserError:  # the present is damaged: no fault of the backup's
        return None


def last_words(ws: Workspace) -> str:
    """备份 17:20 for today's newest, 备份 11-28 17:20 for an older one, 还没有备份."""
    newest = next(iter(backups.listed(ws)), None)
    return f"备份 {moment_words(newest.at, ws.today)}" if newest else NONE_YET


def moment_words(at: datetime, today: date) -> str:
    """17:20 on the same day, else 11-28 17:20, with the year when it is another."""
    if at.date() == today:
        return f"{at:%H:%M}"
    return f"{at:%m-%d %H:%M}" if at.year == today.year else f"{at:%Y-%m-%d %H:%M}"


def size_words(size: int) -> str:
    """2.4 MB, 812 KB."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} KB"
