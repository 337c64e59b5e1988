"""What the composing desk reads of a round: orders of entries as row numbers, heads, hashes."""

import json
from array import array
from collections.abc import Iterable

from hs_credit_desktop.domain.returns import Completion, Entry
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.lists import ENTRY_SQL, to_entry

_SAYS = "e.round_id = ? AND e.covered AND NOT e.exempt"


def speakers(ledger: Ledger, round_id: str, measure_id: str) -> list[tuple[int, str, str]]:
    """(row number, unit id, role) of every entry of a measure that says something and counts.

    Lead first, then official order.
    """
    rows = ledger.query(
        f"SELECT e.rowid AS k, e.unit_id, e.role FROM expected_entries e WHERE {_SAYS}"
        " AND e.measure_id = ? ORDER BY e.role DESC, e.ordinal",
        round_id,
        measure_id,
    )
    return [(row["k"], row["unit_id"], row["role"]) for row in rows]


def received_returns(ledger: Ledger, round_id: str) -> "array[int]":
    """Row numbers of the returns that have come and count, in official order."""
    rows = ledger.query(
        "SELECT rowid AS k FROM expected_returns WHERE round_id = ? AND state <> 'missing'"
        " AND exempt_reason IS NULL ORDER BY ordinal",
        round_id,
    )
    return array("q", (row["k"] for row in rows))


def entries_of_returns(ledger: Ledger, rows: Iterable[int]) -> tuple[Entry, ...]:
    """The entries that say something, of the returns with these row numbers, in their order."""
    found = ledger.named(
        f"{ENTRY_SQL} JOIN json_each(:rows) j ON j.value = r.rowid"
        " WHERE e.covered AND NOT e.exempt ORDER BY j.key, e.measure_ordinal, e.ordinal",
        {"rows": json.dumps(list(rows))},
    )
    return tuple(map(to_entry, found))


def return_row(ledger: Ledger, entry_id: str) -> int | None:
    """The row number of the return an entry belongs to; None when there is none such."""
    found = ledger.value(
        "SELECT r.rowid FROM expected_entries e JOIN expected_returns r"
        " ON r.id = e.expected_return_id WHERE e.id = ?",
        entry_id,
    )
    return None if found is None else int(found)


def leads(ledger: Ledger, round_id: str, measure_id: str) -> list[tuple[str, bool]]:
    """(name, whether it is only suggested) of the leading units of a measure."""
    rows = ledger.query(
        "SELECT r.unit_name, e.suggested FROM expected_entries e"
        " JOIN expected_returns r ON r.id = e.expected_return_id"
        " WHERE e.round_id = ? AND e.measure_id = ? AND e.role = 'lead' AND NOT e.exempt"
        " ORDER BY e.ordinal",
        round_id,
        measure_id,
    )
    return [(row["unit_name"], bool(row["suggested"])) for row in rows]


def levels(ledger: Ledger, round_id: str, *, many: bool) -> dict[Completion, int]:
    """How many entries say which completion.

    many: most feedback of the ledger belongs to the round. Then it is read as it lies on the disk:
    of a million entries in a tenth of the time.
    """
    tables = (
        "feedback f CROSS JOIN expected_entries e ON e.feedback_id = f.id"
        if many
        else "expected_entries e JOIN feedback f ON f.id = e.feedback_id"
    )
    rows = ledger.query(
        f"SELECT f.completion, count(*) AS entries FROM {tables}"
        f" WHERE {_SAYS} AND f.completion IS NOT NULL GROUP BY f.completion",
        round_id,
    )
    return {Completion(row["completion"]): row["entries"] for row in rows}


def newest_ids(ledger: Ledger, round_id: str) -> dict[str, str]:
    """Node → id of its newest version; read without the texts."""
    rows = ledger.query(
        "SELECT ifnull(measure_id, chapter) AS node, id, max(version) FROM summaries"
        " WHERE round_id = ? GROUP BY measure_id, chapter",
        round_id,
    )
    return {row["node"]: row["id"] for row in rows}


def short_names(ledger: Ledger, unit_ids: Iterable[str]) -> dict[str, str]:
    """Unit id → short name, of these units."""
    rows = ledger.query(
        "SELECT u.id, u.short_name FROM json_each(?) j JOIN units u ON u.id = j.value",
        json.dumps(list(unit_ids)),
    )
    return {row["id"]: row["short_name"] for row in rows}


def hashes_of_measure(ledger: Ledger, round_id: str, measure_id: str) -> list[tuple[str, str]]:
    """(entry id, hash of its text) of every covered entry of a measure that counts, by entry."""
    rows = ledger.query(
        "SELECT e.id, f.row_hash FROM expected_entries e JOIN feedback f ON f.id = e.feedback_id"
        f" WHERE {_SAYS} AND e.measure_id = ? ORDER BY e.id",
        round_id,
        measure_id,
    )
    return [(row["id"], row["row_hash"]) for row in rows]


def texts_after(ledger: Ledger, round_id: str, row: int, count: int) -> tuple["array[int]", str]:
    """(row numbers, all that they say in one piece) of the next `count` entries behind a row.

    In the order of the disk, for whoever has to read all texts of a round; 0 begins.
    """
    # The + keeps SQLite from the round's own order, which jumps about on the disk.
    found = ledger.row(
        "SELECT json_group_array(k) AS k, group_concat(said, '') AS said FROM (SELECT e.rowid AS k,"
        " f.progress || f.results || f.problems || f.next_steps AS said FROM expected_entries e"
        " JOIN feedback f ON f.id = e.feedback_id WHERE e.rowid > ? AND +e.round_id = ?"
        " AND e.covered ORDER BY e.rowid LIMIT ?)",
        row,
        round_id,
        count,
    )
    assert found is not None
    return array("q", json.loads(found["k"])), found["said"] or ""
