"""The audit log: append-only, each line hashed over the one before it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hs_credit_desktop.store.ledger import Ledger

GENESIS = "0" * 64


@dataclass(frozen=True)
class AuditLine:
    """One change: when, who, what was done to which subject, with old and new values as JSON."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    detail: str
    previous: str
    hash: str

    @property
    def expected_hash(self) -> str:
        """SHA-256 over the line before and all fields of this one."""
        return _hash(
            self.previous,
            str(self.seq),
            self.at,
            self.actor,
            self.action,
            self.subject,
            self.detail,
        )


def _hash(*parts: str) -> str:
    from hashlib import sha256  # not for a start: it loads OpenSSL

    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(4, "big") + part.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def append(
    ledger: Ledger,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, object],
) -> AuditLine:
    """Write one line inside the transaction of the change it tells of."""
    last = ledger.row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    seq, previous = (last["seq"] + 1, last["hash"]) if last else (1, GENESIS)
    said = json.dumps(detail, ensure_ascii=False, sort_keys=True)
    when = at.isoformat()
    digest = _hash(previous, str(seq), when, actor, action, subject, said)
    line = AuditLine(seq, when, actor, action, subject, said, previous, digest)
    ledger.insert("audit", **vars(line))
    return line


def lines(ledger: Ledger, *, after: int = 0, limit: int = -1) -> list[AuditLine]:
    """Lines in the order they were written, from seq `after` on."""
    rows = ledger.query("SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?", after, limit)
    return [AuditLine(**dict(row)) for row in rows]


def last(ledger: Ledger) -> AuditLine:
    """The newest line; every ledger has one, that of its making."""
    [row] = ledger.query("SELECT * FROM audit ORDER BY seq DESC LIMIT 1")
    return AuditLine(**dict(row))


def newest(ledger: Ledger, action: str) -> AuditLine | None:
    """The newest line of an action, or None."""
    row = ledger.row("SELECT * FROM audit WHERE action = ? ORDER BY seq DESC LIMIT 1", action)
    return AuditLine(**dict(row)) if row else None


def broken_at(ledger: Ledger) -> int | None:
    """The seq of the first line that does not follow from the one before, or None."""
    previous = GENESIS
    for count, row in enumerate(ledger.each("SELECT * FROM audit ORDER BY seq"), 1):
        line = AuditLine(**dict(row))
        if (line.seq, line.previous, line.hash) != (count, previous, line.expected_hash):
            return count
        previous = line.hash
    return None
