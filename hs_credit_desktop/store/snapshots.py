"""Frozen rounds: what was frozen, the ledger as it was then, and why it was opened again."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.store.guards import ROUND_ROWS
from hs_credit_desktop.store.ledger import Ledger, new_id
from hs_credit_desktop.store.seals import Table, sealed_tables

# The round's own state changes by freezing itself.
_NOT_CONTENTS = {"rounds": ("state",)}
# Columns that later releases added: where no row of a round says anything in them they are not part
# of what was frozen, so that a round frozen by an earlier release stays what it was.
_LATER = {"summaries": ("chapter", "sources", "basis")}
# And tables that later releases added, where they say nothing of the round.
_LATER_TABLES = frozenset({"figure_marks"})


@dataclass(frozen=True)
class Snapshot:
    """A frozen round: contents, the SHA-256 over its rows; sha256, the ledger file of then."""

    id: str
    round_id: str
    version: int
    contents: str
    sha256: str
    frozen_at: datetime
    actor: str


def contents_of(ledger: Ledger, round_id: str) -> str:
    """SHA-256 over all rows of a round, the same wherever and whenever the same things are said."""
    digest = hashlib.sha256()
    for table, columns, rows in rows_of(ledger, round_id):
        said = json.dumps([table, columns, rows], ensure_ascii=False, default=bytes.hex)
        digest.update(said.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def rows_of(ledger: Ledger, round_id: str) -> list[tuple[str, tuple[str, ...], list[list[object]]]]:
    """(table, columns, rows by key) of everything that belongs to a round."""
    found = (
        _rows(ledger, table, round_id)
        for table in sealed_tables(ledger.connection)
        if table.name in ROUND_ROWS
    )
    return [one for one in found if one[2] or one[0] not in _LATER_TABLES]


def _rows(
    ledger: Ledger, table: Table, round_id: str
) -> tuple[str, tuple[str, ...], list[list[object]]]:
    left_out = _NOT_CONTENTS.get(table.name, ()) + _unused(ledger, table.name, round_id)
    columns = tuple(column for column in table.columns if column not in left_out)
    of_round = ROUND_ROWS[table.name][0].format(row=table.name)
    found = ledger.query(
        f"SELECT {', '.join(columns)} FROM {table.name} WHERE {of_round} = ?"
        f" ORDER BY {', '.join(table.key)}",
        round_id,
    )
    return table.name, columns, [list(row) for row in found]


def _unused(ledger: Ledger, name: str, round_id: str) -> tuple[str, ...]:
    """The later columns of a table that are NULL in every row of the round."""
    later = _LATER.get(name, ())
    of_round = ROUND_ROWS[name][0].format(row=name)
    return tuple(
        column
        for column in later
        if ledger.value(
            f"SELECT 1 FROM {name} WHERE {of_round} = ? AND {column} IS NOT NULL LIMIT 1", round_id
        )
        is None
    )


def add(ledger: Ledger, round_id: str, *, sha256: str, at: datetime, actor: str) -> Snapshot:
    """Note the snapshot of a round as it stands inside the open transaction."""
    version = int(ledger.value("SELECT count(*) FROM snapshots WHERE round_id = ?", round_id)) + 1
    made = Snapshot(new_id(), round_id, version, contents_of(ledger, round_id), sha256, at, actor)
    ledger.insert("snapshots", **(vars(made) | {"frozen_at": at.isoformat()}))
    return made


def of_round(ledger: Ledger, round_id: str) -> tuple[Snapshot, ...]:
    """The snapshots of a round, oldest first."""
    rows = ledger.query(
        "SELECT id, round_id, version, contents, sha256, frozen_at, actor FROM snapshots"
        " WHERE round_id = ? ORDER BY version",
        round_id,
    )
    return tuple(
        Snapshot(**(dict(row) | {"frozen_at": datetime.fromisoformat(row["frozen_at"])}))
        for row in rows
    )


def changed_since_frozen(ledger: Ledger) -> list[str]:
    """Names of frozen rounds, none of whose units is open, that are not what was frozen."""
    rows = ledger.query(
        "SELECT id, name FROM rounds WHERE state = ? AND id NOT IN"
        " (SELECT round_id FROM reopenings WHERE closed_at IS NULL) ORDER BY number",
        RoundState.FROZEN.value,
    )
    found = []
    for row in rows:
        taken = of_round(ledger, row["id"])
        if not taken or taken[-1].contents != contents_of(ledger, row["id"]):
            found.append(str(row["name"]))
    return found


def set_state(ledger: Ledger, round_id: str, state: RoundState) -> None:
    """Freeze or open a round."""
    ledger.execute("UPDATE rounds SET state = ? WHERE id = ?", state.value, round_id)


@dataclass(frozen=True)
class Reopening:
    """Why a frozen round (expected_return_id None), or one unit of it, was opened again."""

    id: str
    round_id: str
    expected_return_id: str | None
    reason: str
    actor: str
    opened_at: datetime
    closed_at: datetime | None


def reopen(
    ledger: Ledger,
    round_id: str,
    expected_return_id: str | None,
    *,
    reason: str,
    actor: str,
    at: datetime,
) -> None:
    """Note why a round or one unit of it is opened again."""
    ledger.insert(
        "reopenings",
        id=new_id(),
        round_id=round_id,
        expected_return_id=expected_return_id,
        reason=reason,
        actor=actor,
        opened_at=at.isoformat(),
    )


def close_reopenings(ledger: Ledger, round_id: str, *, at: datetime) -> None:
    """The round is frozen anew."""
    ledger.execute(
        "UPDATE reopenings SET closed_at = ? WHERE round_id = ? AND closed_at IS NULL",
        at.isoformat(),
        round_id,
    )


def reopenings(ledger: Ledger, round_id: str) -> tuple[Reopening, ...]:
    """Every time the round was opened again, oldest first; closed_at None: still open."""
    rows = ledger.query(
        "SELECT id, round_id, expected_return_id, reason, actor, opened_at, closed_at"
        " FROM reopenings WHERE round_id = ? ORDER BY opened_at, rowid",
        round_id,
    )
    return tuple(
        Reopening(
            row["id"],
            row["round_id"],
            row["expected_return_id"],
            row["reason"],
            row["actor"],
            datetime.fromisoformat(row["opened_at"]),
            datetime.fromisoformat(row["closed_at"]) if row["closed_at"] else None,
        )
        for row in rows
    )
