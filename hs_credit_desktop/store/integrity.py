"""What `check` reads: structure, hashed rows, kept files, and tallies against a recount."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from hs_credit_desktop.store.ledger import Ledger


@dataclass(frozen=True)
class FeedbackRow:
    """A feedback as it lies in the file, with the hash it was saved with."""

    unit_name: str
    measure_title: str
    texts: tuple[str, str, str, str]
    completion: str | None
    row_hash: str


def structure(ledger: Ledger) -> list[str]:
    """What SQLite itself finds wrong: quick_check and foreign keys."""
    try:
        said = [row[0] for row in ledger.query("PRAGMA quick_check(20)") if row[0] != "ok"]
        broken = {row[0] for row in ledger.query("PRAGMA foreign_key_check")}
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return said + [f"表 {table} 的引用不完整" for table in sorted(broken)]


def feedback_rows(ledger: Ledger) -> Iterator[FeedbackRow]:
    """Every feedback of every version, one by one."""
    for row in ledger.each(
        "SELECT r.unit_name, m.title, f.* FROM feedback f"
        " JOIN expected_entries e ON e.id = f.expected_entry_id"
        " JOIN expected_returns r ON r.id = e.expected_return_id"
        " JOIN measures m ON m.id = e.measure_id"
    ):
        yield FeedbackRow(
            row["unit_name"],
            row["title"],
            (row["progress"], row["results"], row["problems"], row["next_steps"]),
            row["completion"],
            row["row_hash"],
        )


def kept_files(ledger: Ledger) -> list[str]:
    """The SHA-256 of every file the ledger names."""
    return [row["sha256"] for row in ledger.query("SELECT sha256 FROM files ORDER BY sha256")]


# What is kept, and the statement that counts it anew.
_RECOUNTS = (
    (
        """SELECT round_id, state, exempt, first_received_on, returns, entries, covered
        FROM return_tallies WHERE returns <> 0""",
        """SELECT round_id, state, exempt_reason IS NOT NULL, ifnull(first_received_on, ''),
        count(*), sum(entries), sum(covered) FROM expected_returns GROUP BY 1, 2, 3, 4""",
    ),
    (
        """SELECT round_id, pillar_id, measure_id, state, exempt, covered, entries
        FROM entry_tallies WHERE entries <> 0""",
        """SELECT round_id, pillar_id, measure_id, state, exempt, covered, count(*)
        FROM expected_entries GROUP BY 1, 2, 3, 4, 5, 6""",
    ),
    (
        "SELECT id, entries, covered FROM expected_returns",
        "SELECT expected_return_id, count(*), sum(covered) FROM expected_entries GROUP BY 1",
    ),
)


def tallies_agree(ledger: Ledger) -> bool:
    """Whether the kept tallies equal a recount of the lists."""
    return all(
        {tuple(row) for row in ledger.query(kept)} == {tuple(row) for row in ledger.query(recount)}
        for kept, recount in _RECOUNTS
    )
