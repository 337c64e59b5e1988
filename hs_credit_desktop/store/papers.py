"""Published papers, the register of document numbers, the seal log and the office's seal."""

from collections.abc import Sequence
from datetime import date, datetime
from sqlite3 import Row

from hs_credit_desktop.domain.papers import (
    DocumentNumber,
    PaperKind,
    Published,
    RegisterLine,
    Scan,
    SealLine,
)
from hs_credit_desktop.store.ledger import Ledger, new_id


def add_published(ledger: Ledger, made: Published) -> None:
    """Note a paper that was written."""
    ledger.insert(
        "published_papers",
        **(vars(made) | {"kind": made.kind.value, "published_at": made.published_at.isoformat()}),
    )


def published(ledger: Ledger, round_id: str) -> tuple[Published, ...]:
    """The papers of a round as they were written, oldest first."""
    rows = ledger.query(
        "SELECT id, round_id, kind, name, sha256, pages, number, published_at, actor"
        " FROM published_papers WHERE round_id = ? ORDER BY published_at, rowid",
        round_id,
    )
    return tuple(
        Published(
            **(
                dict(row)
                | {
                    "kind": PaperKind(row["kind"]),
                    "published_at": datetime.fromisoformat(row["published_at"]),
                }
            )
        )
        for row in rows
    )


# The register of document numbers


def add_number(ledger: Ledger, line: RegisterLine) -> None:
    """Enter a number into the register."""
    ledger.insert(
        "document_numbers",
        id=line.id,
        word=line.number.word,
        year=line.number.year,
        number=line.number.number,
        kind=line.kind,
        title=line.title,
        round_id=line.round_id,
        taken_on=line.taken_on.isoformat(),
        taken_at=line.taken_at.isoformat(),
        actor=line.actor,
    )


def void_number(ledger: Ledger, line_id: str, *, reason: str, at: datetime) -> None:
    """The number stands for nothing any more; it is not given out again."""
    ledger.execute(
        "UPDATE document_numbers SET voided_at = ?, void_reason = ? WHERE id = ?",
        at.isoformat(),
        reason,
        line_id,
    )


def numbers(ledger: Ledger) -> tuple[RegisterLine, ...]:
    """The register, by word, year and number."""
    rows = ledger.query(
        "SELECT * FROM document_numbers ORDER BY word, year, number, taken_at, rowid"
    )
    return tuple(
        RegisterLine(
            row["id"],
            DocumentNumber(row["word"], row["year"], row["number"]),
            row["kind"],
            row["title"],
            row["round_id"],
            date.fromisoformat(row["taken_on"]),
            datetime.fromisoformat(row["taken_at"]),
            row["actor"],
            _moment(row["voided_at"]),
            row["void_reason"],
        )
        for row in rows
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


# The seal log


def add_seal(ledger: Ledger, line: SealLine) -> None:
    """Enter a line into the seal log."""
    ledger.insert(
        "seal_log",
        id=line.id,
        round_id=line.round_id,
        kind=line.kind,
        title=line.title,
        number=line.number,
        sha256=line.sha256,
        copies=line.copies,
        sealed_by=line.sealed_by,
        sealed_on=line.sealed_on.isoformat(),
        purpose=line.purpose,
        image=line.image,
        logged_at=line.logged_at.isoformat(),
        actor=line.actor,
    )


def void_seal(ledger: Ledger, line_id: str, *, reason: str, at: datetime) -> None:
    """A line was entered by mistake; it stays, struck out."""
    ledger.execute(
        "UPDATE seal_log SET voided_at = ?, void_reason = ? WHERE id = ?",
        at.isoformat(),
        reason,
        line_id,
    )


def seals(ledger: Ledger) -> tuple[SealLine, ...]:
    """The seal log, newest first, each line with its scans."""
    scans: dict[str, tuple[Scan, ...]] = {}
    for row in ledger.query(
        "SELECT id, seal_log_id, sha256, name, added_at, actor FROM seal_scans"
        " WHERE deactivated_at IS NULL ORDER BY added_at, rowid"
    ):
        scan = Scan(**(dict(row) | {"added_at": datetime.fromisoformat(row["added_at"])}))
        scans[scan.seal_log_id] = (*scans.get(scan.seal_log_id, ()), scan)
    rows = ledger.query("SELECT * FROM seal_log ORDER BY logged_at DESC, rowid DESC")
    return tuple(_seal(row, scans.get(row["id"], ())) for row in rows)


def _seal(row: Row, scans: Sequence[Scan]) -> SealLine:
    return SealLine(
        row["id"],
        row["round_id"],
        row["kind"],
        row["title"],
        row["number"],
        row["sha256"],
        row["copies"],
        row["sealed_by"],
        date.fromisoformat(row["sealed_on"]),
        row["purpose"],
        bool(row["image"]),
        datetime.fromisoformat(row["logged_at"]),
        row["actor"],
        _moment(row["voided_at"]),
        row["void_reason"],
        tuple(scans),
    )


def add_scan(
    ledger: Ledger, *, seal_log_id: str, sha256: str, name: str, at: datetime, actor: str
) -> None:
    """Attach a kept scan to its line of the seal log."""
    ledger.insert(
        "seal_scans",
        id=new_id(),
        seal_log_id=seal_log_id,
        sha256=sha256,
        name=name,
        added_at=at.isoformat(),
        actor=actor,
    )


def take_scan_off(ledger: Ledger, scan_id: str, *, at: datetime) -> None:
    """The scan belongs to another paper; the file stays."""
    ledger.execute("UPDATE seal_scans SET deactivated_at = ? WHERE id = ?", at.isoformat(), scan_id)


# The office's seal


def put_seal_image(
    ledger: Ledger, *, name: str, sealed: bytes, width: float, at: datetime, actor: str
) -> None:
    """Keep the encrypted picture of the seal; an older one is taken out of use."""
    remove_seal_image(ledger, at=at)
    ledger.insert(
        "seal_images",
        id=new_id(),
        name=name,
        sealed=sealed,
        width=width,
        added_at=at.isoformat(),
        actor=actor,
    )


def remove_seal_image(ledger: Ledger, *, at: datetime) -> None:
    """Take the picture out of use and its contents away: a seal must not lie about."""
    ledger.execute(
        "UPDATE seal_images SET deactivated_at = ?, sealed = x'' WHERE deactivated_at IS NULL",
        at.isoformat(),
    )


def seal_image(ledger: Ledger) -> tuple[str, bytes, float] | None:
    """Name, encrypted picture and width in mm of the seal in use; None when there is none."""
    row = ledger.row(
        "SELECT name, sealed, width FROM seal_images WHERE deactivated_at IS NULL"
        " ORDER BY added_at DESC LIMIT 1"
    )
    return (row["name"], bytes(row["sealed"]), row["width"]) if row else None
