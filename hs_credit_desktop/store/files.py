"""Original files and evidence, kept unmodified under their SHA-256."""

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hs_credit_desktop.domain.returns import Attachment
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.store import whole_files
from hs_credit_desktop.store.ledger import Ledger, new_id

WRITERS = 4  # the disk takes four at once in a quarter of the time of one after another


def path_of(ledger: Ledger, sha256: str) -> Path:
    """Where the file with that SHA-256 lies."""
    return ledger.folder.files / sha256[:2] / sha256


def intact(ledger: Ledger, sha256: str) -> bool:
    """Whether the kept file is there and is what its name says."""
    file = path_of(ledger, sha256)
    return file.is_file() and whole_files.sha256_of(file) == sha256


def keep(ledger: Ledger, data: bytes, *, at: datetime) -> str:
    """Store the bytes once and note them in the ledger; their SHA-256.

    The file is whole on disk before the transaction that names it commits.
    """
    sha256 = write(ledger.folder, data)
    note(ledger, sha256, len(data), at=at)
    return sha256


def write(folder: DataFolder, data: bytes) -> str:
    """Store the bytes once; their SHA-256. No ledger is touched: it may run on a worker."""
    sha256 = hashlib.sha256(data).hexdigest()
    _write(folder.files / sha256[:2] / sha256, data)
    return sha256


class Writing:
    """Stores many originals beside other work: the disk is waited for by four threads.

    Files and folders are on the disk when the `with` ends well. An error ends it early, and what
    was stored until then does no harm. UserError when a file cannot be stored.
    """

    def __init__(self, folder: DataFolder) -> None:
        self._files = folder.files
        self._pool = ThreadPoolExecutor(WRITERS, "originals")
        self._under_way: dict[str, Future[None]] = {}

    def keep(self, data: bytes) -> str:
        """Have the bytes stored once; their SHA-256."""
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 not in self._under_way:
            target = self._files / sha256[:2] / sha256
            self._under_way[sha256] = self._pool.submit(_write, target, data, folder_later=True)
        return sha256

    def __enter__(self) -> "Writing":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                for done in self._under_way.values():
                    done.result()
                folders = {self._files / sha256[:2] for sha256 in self._under_way}
                list(self._pool.map(whole_files.sync_folder, (self._files, *folders)))
        finally:
            self._pool.shutdown(cancel_futures=True)


def note(ledger: Ledger, sha256: str, size: int, *, at: datetime) -> None:
    """Note in the ledger a file that is kept."""
    ledger.execute(
        "INSERT INTO files (sha256, size, stored_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        sha256,
        size,
        at.isoformat(),
    )


def keep_file(ledger: Ledger, file: Path, *, at: datetime) -> str:
    """Like keep, for a file too large to hold in memory."""
    sha256 = whole_files.sha256_of(file)
    target = path_of(ledger, sha256)
    if not target.exists():
        whole_files.copy(file, target)
    note(ledger, sha256, file.stat().st_size, at=at)
    return sha256


def _write(target: Path, data: bytes, *, folder_later: bool = False) -> None:
    """Write an original that is not there yet."""
    try:
        if not target.exists():
            with whole_files.whole(target, folder_later=folder_later) as draft:
                draft.write_bytes(data)
    except OSError as error:
        advice = whole_files.advice(target, error)
        raise UserError(f"文件没有存入 {target.parent}", advice) from error


def attach(ledger: Ledger, *, entry_id: str, name: str, sha256: str, at: datetime) -> Attachment:
    """Note a kept file as evidence of an entry."""
    attachment_id = new_id()
    ledger.insert(
        "attachments",
        id=attachment_id,
        sha256=sha256,
        expected_entry_id=entry_id,
        name=name,
        received_at=at.isoformat(),
    )
    size = ledger.value("SELECT size FROM files WHERE sha256 = ?", sha256)
    return Attachment(attachment_id, name, sha256, size)


def attachments_of(ledger: Ledger, entry_id: str) -> tuple[Attachment, ...]:
    """The evidence of an entry in the order it came."""
    rows = ledger.query(
        "SELECT a.id, name, a.sha256, size FROM attachments a JOIN files USING (sha256)"
        " WHERE expected_entry_id = ? AND deactivated_at IS NULL ORDER BY received_at, a.rowid",
        entry_id,
    )
    return tuple(Attachment(**dict(row)) for row in rows)


def evidence_count(ledger: Ledger, expected_return_id: str) -> int:
    """How many files of evidence stand by the entries of a return."""
    sql = (
        "SELECT count(*) FROM expected_entries e JOIN attachments a ON a.expected_entry_id = e.id"
        " WHERE e.expected_return_id = ? AND a.deactivated_at IS NULL"
    )
    return int(ledger.value(sql, expected_return_id))


@dataclass(frozen=True)
class KeptFor:
    """A kept file of a round: whose it is, its name as it came, and what it is."""

    unit_name: str
    name: str
    what: str
    sha256: str


def of_round(ledger: Ledger, round_id: str) -> tuple[KeptFor, ...]:
    """The originals and evidence of a round, by unit in official order."""
    rows = ledger.query(
        "SELECT r.unit_name, a.name, v.version, a.sha256 FROM attachments a"
        " LEFT JOIN returns v ON v.id = a.return_id"
        " LEFT JOIN expected_entries e ON e.id = a.expected_entry_id"
        " JOIN expected_returns r"
        " ON r.id = coalesce(v.expected_return_id, e.expected_return_id)"
        " WHERE r.round_id = ? AND a.deactivated_at IS NULL"
        " ORDER BY r.ordinal, v.version, a.received_at, a.rowid",
        round_id,
    )
    return tuple(
        KeptFor(
            row["unit_name"],
            row["name"],
            f"第 {row['version']} 版原件" if row["version"] else "佐证材料",
            row["sha256"],
        )
        for row in rows
    )


def deactivate(ledger: Ledger, attachment_id: str, *, at: datetime) -> None:
    """Take evidence off an entry; the file stays."""
    ledger.execute(
        "UPDATE attachments SET deactivated_at = ? WHERE id = ?", at.isoformat(), attachment_id
    )


def restore(ledger: Ledger, attachment_id: str) -> None:
    """Put evidence back that was taken off."""
    ledger.execute("UPDATE attachments SET deactivated_at = NULL WHERE id = ?", attachment_id)


def originals_of(ledger: Ledger, return_id: str) -> tuple[Attachment, ...]:
    """The original files of a version of a return, in the order they came."""
    rows = ledger.query(
        "SELECT a.id, name, a.sha256, size FROM attachments a JOIN files USING (sha256)"
        " WHERE return_id = ? AND deactivated_at IS NULL ORDER BY received_at, a.rowid",
        return_id,
    )
    return tuple(Attachment(**dict(row)) for row in rows)
