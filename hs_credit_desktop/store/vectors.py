"""What a copy of the ledger knows of the others: of each site, up to which audit line."""

import json
from dataclasses import asdict, dataclass

from hs_credit_desktop.store import audit, guards, settings
from hs_credit_desktop.store.audit import GENESIS
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.seals import Stamp


@dataclass(frozen=True)
class Seen:
    """A site up to its audit line `seq`, which has that hash."""

    seq: int
    hash: str
    name: str = ""


@dataclass(frozen=True)
class Vector:
    """Site → what is known of it; `own` is the site that the copy itself writes as."""

    own: str
    sites: dict[str, Seen]

    def knows(self, stamp: Stamp) -> bool:
        """Whether a change with that stamp is in this copy, or was and has been written over."""
        return stamp.site in self.sites and stamp.seq <= self.sites[stamp.site].seq


def vector(ledger: Ledger) -> Vector:
    """What a ledger knows, its own changes included."""
    own = settings.get(ledger, guards.SITE)
    place = settings.get(ledger, guards.PLACE)
    rows = ledger.query("SELECT id, seq, hash, name FROM sites")
    sites = {row["id"]: Seen(row["seq"], row["hash"], row["name"]) for row in rows}
    last = ledger.row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    head = (last["seq"], last["hash"]) if last else (0, GENESIS)
    return Vector(own, sites | {own: Seen(head[0], head[1], place.partition(" ")[0])})


def learn(ledger: Ledger, theirs: Vector) -> None:
    """Inside the transaction of a merge: from now on know what they know."""
    mine = vector(ledger)
    for site, seen in theirs.sites.items():
        if site != mine.own and (site not in mine.sites or mine.sites[site].seq < seen.seq):
            ledger.execute(
                "INSERT INTO sites (id, name, seq, hash) VALUES (?, ?, ?, ?) ON CONFLICT (id)"
                " DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
                site,
                seen.name,
                seen.seq,
                seen.hash,
            )


def learn_lines(ledger: Ledger, remote: Ledger, theirs: Vector) -> int:
    """Keep their audit lines that are not here yet; how many. They stay as they came."""
    known = {row["hash"] for row in ledger.each("SELECT hash FROM audit")}
    known |= {row["hash"] for row in ledger.each("SELECT hash FROM foreign_audit")}
    rows = [
        tuple({**vars(line), "site": theirs.own}[name] for name in _FOREIGN.split(", "))
        for line in audit.lines(remote)
        if line.hash not in known
    ]
    rows += [
        tuple(row)
        for row in remote.each(f"SELECT {_FOREIGN} FROM foreign_audit")
        if row["hash"] not in known
    ]
    ledger.insert_many("foreign_audit", tuple(_FOREIGN.split(", ")), rows)
    return len(rows)


_FOREIGN = "hash, site, seq, at, actor, action, subject, detail, previous"


def forked(ledger: Ledger, theirs: Vector) -> bool:
    """Whether they know another line under a number of this very site: a copy was put back."""
    mine = vector(ledger)
    seen = theirs.sites.get(mine.own)
    if seen is None or seen.seq == 0:
        return False
    return bool(ledger.value("SELECT hash FROM audit WHERE seq = ?", seen.seq) != seen.hash)


PARTNER = "local_partner"


def remember_partner(ledger: Ledger, theirs: Vector) -> None:
    """Note what the PC whose package was just merged is known to have."""
    settings.put(ledger, PARTNER, json.dumps(asdict(theirs)))


def partner(ledger: Ledger) -> Vector | None:
    """What the other PC is known to have, or None before the first merge."""
    if not (said := settings.get(ledger, PARTNER)):
        return None
    found = json.loads(said)
    return Vector(found["own"], {site: Seen(**seen) for site, seen in found["sites"].items()})


def told_by(ledger: Ledger, stamp: Stamp) -> tuple[str, str]:
    """(who, when) wrote under a stamp; ('', '') where the line is not held."""
    mine = settings.get(ledger, guards.SITE)
    table = "audit" if stamp.site == mine else "foreign_audit"
    values = (stamp.seq,) if stamp.site == mine else (stamp.seq, stamp.site)
    where = "seq = ?" if stamp.site == mine else "seq = ? AND site = ?"
    row = ledger.row(f"SELECT actor, at FROM {table} WHERE {where}", *values)
    return (row["actor"], row["at"]) if row else ("", "")
