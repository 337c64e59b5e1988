"""What `check` reads: structure, seals of rows, kept files, and tallies against a recount."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.store import schema
from hs_credit_desktop.store.guards import SITE
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.seals import NO_SEALS, Table, fold, row_seal, sealed_tables

MOST = 20
# What reading a damaged ledger may raise where no UserError says so: a value that cannot be one,
# a column that is not there, a page that is none.
UNREADABLE = (ValueError, TypeError, AttributeError, sqlite3.DatabaseError)


def read_tolerantly(ledger: Ledger) -> None:
    """Let a damaged text be read as it lies, so that its row can be named and the rest goes on."""
    ledger.connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")


def structure(ledger: Ledger) -> list[str]:
    """What SQLite itself finds wrong: integrity_check (indexes against rows too), foreign keys."""
    try:
        said = [row[0] for row in ledger.query(f"PRAGMA integrity_check({MOST})") if row[0] != "ok"]
        return said + [f"表 {table} 的引用不完整" for table in broken_references(ledger)]
    except UserError as error:
        return [error.what]


def broken_references(ledger: Ledger) -> list[str]:
    """Tables with a row that refers to none."""
    return sorted({row[0] for row in ledger.query("PRAGMA foreign_key_check")})


def schema_agrees(ledger: Ledger) -> bool:
    """Whether tables, indexes and triggers are those this program makes."""
    own = {
        tuple(row)
        for row in ledger.query(
            "SELECT rows, digest, columns FROM table_seals WHERE tbl = ?", schema.APPLIED
        )
    }
    return own == {(*schema.applied(ledger.connection), "")} and (
        schema.statements(ledger.connection) == schema.statements_of_a_new_ledger()
    )


@dataclass(frozen=True)
class WrongRow:
    """A row that is not as this program wrote it; key is None when rows vanished or came."""

    table: str
    key: str | None


def wrong_rows(ledger: Ledger) -> Iterator[WrongRow]:
    """Rows whose seal is wrong, and tables whose rows are not those that were written."""
    for table in sealed_tables(ledger.connection):
        digest, count = NO_SEALS, 0
        for row in ledger.each(f"SELECT * FROM {table.name}"):
            seal = _seal_of(table, row)
            digest, count = fold(digest, None, seal), count + 1
            if seal != row["seal"]:
                yield WrongRow(table.name, "|".join(str(row[column]) for column in table.key))
        kept = ledger.row("SELECT * FROM table_seals WHERE tbl = ?", table.name)
        if kept is None or tuple(kept)[1:] != (count, digest, ",".join(table.columns)):
            yield WrongRow(table.name, None)


def _seal_of(table: Table, row: sqlite3.Row) -> bytes:
    return row_seal(table.name, row["stamps"], *(row[column] for column in table.columns))


def unheard_of_line(ledger: Ledger) -> bool:
    """Whether a row was written under an audit line that is not there: the log lost its end."""
    last = ledger.value("SELECT ifnull(max(seq), 0) FROM audit")
    site = ledger.value("SELECT value FROM settings WHERE key = ?", SITE)
    stamp = re.compile(rf"{re.escape(str(site))}\.(\d+)")
    return any(
        int(seq) > last
        for table in sealed_tables(ledger.connection)
        if not table.local and table.name != "settings"
        for row in ledger.each(f"SELECT stamps FROM {table.name}")
        for seq in stamp.findall(str(row["stamps"]))
    )


# Of a row that went wrong, the words by which the clerk knows it; :key is its key.
_NAMED = {
    "feedback": "SELECT unit_name || '·' || m.title FROM feedback f JOIN expected_entries e"
    " ON e.id = f.expected_entry_id JOIN expected_returns r ON r.id = e.expected_return_id"
    " JOIN measures m ON m.id = e.measure_id WHERE f.id = ?",
    "expected_entries": "SELECT unit_name || '·' || m.title FROM expected_entries e"
    " JOIN expected_returns r ON r.id = e.expected_return_id"
    " JOIN measures m ON m.id = e.measure_id WHERE e.id = ?",
    "expected_returns": "SELECT unit_name FROM expected_returns WHERE id = ?",
    "returns": "SELECT unit_name FROM returns r JOIN expected_returns e"
    " ON e.id = r.expected_return_id WHERE r.id = ?",
    "reviews": "SELECT unit_name FROM reviews v JOIN returns r ON r.id = v.return_id"
    " JOIN expected_returns e ON e.id = r.expected_return_id WHERE v.id = ?",
    "chases": "SELECT unit_name FROM chases c JOIN expected_returns e"
    " ON e.id = c.expected_return_id WHERE c.id = ?",
    "measures": "SELECT title FROM measures WHERE id = ?",
    "summaries": "SELECT coalesce(m.title, CASE chapter WHEN 'overview' THEN '总体情况'"
    " WHEN 'problems' THEN '存在问题' WHEN 'next_steps' THEN '下一步打算' END)"
    " FROM summaries s LEFT JOIN measures m ON m.id = s.measure_id WHERE s.id = ?",
    "units": "SELECT canonical_name FROM units WHERE id = ?",
    "rounds": "SELECT name FROM rounds WHERE id = ?",
    "document_numbers": "SELECT title FROM document_numbers WHERE id = ?",
    "seal_log": "SELECT title FROM seal_log WHERE id = ?",
    "seal_scans": "SELECT name FROM seal_scans WHERE id = ?",
    "published_papers": "SELECT name FROM published_papers WHERE id = ?",
    "settings": "SELECT key FROM settings WHERE key = ?",
    "staged_items": "SELECT name FROM staged_items WHERE id = ?",
}


def name_of_row(ledger: Ledger, wrong: WrongRow) -> str:
    """The words by which the clerk knows a row; '' where there are none."""
    if wrong.key is None or wrong.table not in _NAMED:
        return ""
    said = ledger.value(_NAMED[wrong.table], wrong.key)
    return str(said or "").encode("utf-8", "replace").decode("utf-8")


def kept_files(ledger: Ledger) -> list[str]:
    """The SHA-256 of every file the ledger names."""
    return [row["sha256"] for row in ledger.query("SELECT sha256 FROM files ORDER BY sha256")]


# What is kept, and the statement that counts it anew.
_RECOUNTS = (
    (
        """SELECT round_id, state, exempt, first_received_on, returns, entries, covered
        FROM return_tallies""",
        """SELECT round_id, state, exempt_reason IS NOT NULL, ifnull(first_received_on, ''),
        count(*), sum(entries), sum(covered) FROM expected_returns GROUP BY 1, 2, 3, 4""",
    ),
    (
        """SELECT round_id, pillar_id, measure_id, state, exempt, covered, entries
        FROM entry_tallies""",
        """SELECT round_id, pillar_id, measure_id, state, exempt, covered, count(*)
        FROM expected_entries GROUP BY 1, 2, 3, 4, 5, 6""",
    ),
    (
        "SELECT id, entries, covered FROM expected_returns",
        # A unit whose every measure was taken out of the plan has no entries left.
        """SELECT r.id, count(e.id), ifnull(sum(e.covered), 0) FROM expected_returns r
        LEFT JOIN expected_entries e ON e.expected_return_id = r.id GROUP BY 1""",
    ),
)


def tallies_agree(ledger: Ledger) -> bool:
    """Whether the kept tallies equal a recount of the lists."""
    return all(
        {tuple(row) for row in ledger.query(kept)} == {tuple(row) for row in ledger.query(recount)}
        for kept, recount in _RECOUNTS
    )


def recount(ledger: Ledger) -> None:
    """Count all tallies anew from the lists, inside the open transaction."""
    ledger.execute(
        "UPDATE expected_returns SET covered = n.covered, entries = n.entries FROM ("
        "SELECT r.id AS whose, count(e.id) AS entries, ifnull(sum(e.covered), 0) AS covered"
        " FROM expected_returns r LEFT JOIN expected_entries e ON e.expected_return_id = r.id"
        " GROUP BY 1) AS n WHERE n.whose = expected_returns.id"
        " AND (expected_returns.covered, expected_returns.entries) IS NOT (n.covered, n.entries)"
    )
    ledger.execute("DELETE FROM return_tallies")
    ledger.execute("DELETE FROM entry_tallies")
    ledger.execute(
        "INSERT INTO return_tallies (round_id, state, exempt, first_received_on, returns, entries,"
        f" covered) {_RECOUNTS[0][1]}"
    )
    ledger.execute(
        "INSERT INTO entry_tallies (round_id, pillar_id, measure_id, state, exempt, covered,"
        f" entries) {_RECOUNTS[1][1]}"
    )
