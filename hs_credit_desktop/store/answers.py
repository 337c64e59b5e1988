"""The texts an answer is compared with: by measure, by unit, and who else answered."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from sqlite3 import Row

from hs_credit_desktop.domain.returns import FeedbackParts
from hs_credit_desktop.store import entry_pages
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.lists import ENTRY_SQL, EntryQuery, to_entry

CHUNK = 500

# The four parts as domain.flags.whole_text puts them together.
_TEXT = "f.progress || char(10) || f.results || char(10) || f.problems || char(10) || f.next_steps"


def of_measure(ledger: Ledger, round_id: str, measure_id: str) -> Iterator[tuple[str, str, str]]:
    """(entry id, unit, whole text) of every answer to a measure, the lead's first.

    Read a piece at a time: a measure may have tens of thousands.
    """
    rows = entry_pages.order(ledger, EntryQuery(round_id, measure_id=measure_id, covered=True))
    for start in range(0, len(rows), CHUNK):
        for row in _piece(ledger, rows[start : start + CHUNK]):
            yield row["id"], row["unit_name"], row["said"]


def _piece(ledger: Ledger, rows: Sequence[int]) -> list[Row]:
    return ledger.query(
        f"SELECT e.id, r.unit_name, {_TEXT} AS said FROM json_each(?) j"
        " JOIN expected_entries e ON e.rowid = j.value"
        " JOIN expected_returns r ON r.id = e.expected_return_id"
        " JOIN feedback f ON f.id = e.feedback_id ORDER BY j.key",
        json.dumps(list(rows)),
    )


def of_unit(ledger: Ledger, round_id: str, unit_id: str) -> dict[str, FeedbackParts]:
    """Measure id → what the unit answered in a round; blank ones are left out."""
    rows = ledger.query(
        f"{ENTRY_SQL} WHERE e.unit_id = ? AND e.round_id = ? AND e.covered = 1", unit_id, round_id
    )
    return {row["measure_id"]: to_entry(row).parts for row in rows}


def entry_ids(ledger: Ledger, expected_return_id: str) -> list[str]:
    """The entries of a return in printed order of measures."""
    rows = ledger.query(
        "SELECT id FROM expected_entries WHERE expected_return_id = ? ORDER BY measure_ordinal",
        expected_return_id,
    )
    return [row["id"] for row in rows]


def evidence(ledger: Ledger, expected_return_id: str) -> dict[str, int]:
    """Entry id → how many files of evidence it has; those without are left out."""
    rows = ledger.query(
        "SELECT e.id, count(*) AS files FROM expected_entries e"
        " JOIN attachments a ON a.expected_entry_id = e.id AND a.deactivated_at IS NULL"
        " WHERE e.expected_return_id = ? GROUP BY e.id",
        expected_return_id,
    )
    return {row["id"]: row["files"] for row in rows}


def count(ledger: Ledger, round_id: str, measure_id: str) -> int:
    """How many answers a measure has; exempt units count with the others."""
    return int(
        ledger.value(
            "SELECT ifnull(sum(entries), 0) FROM entry_tallies"
            " WHERE round_id = ? AND measure_id = ? AND covered = 1",
            round_id,
            measure_id,
        )
    )


@dataclass(frozen=True)
class Pair:
    """A unit's answer and its answer to the same measure in an earlier round."""

    unit_id: str
    text: str
    before: str


def pairs(ledger: Ledger, round_id: str, earlier_id: str, measure_id: str) -> list[Pair]:
    """The answers of units that had answered the measure in an earlier round too."""
    before = _TEXT.replace("f.", "b.")
    rows = ledger.query(
        f"SELECT e.unit_id, {_TEXT} AS said, {before} AS said_before FROM expected_entries e"
        " JOIN feedback f ON f.id = e.feedback_id"
        " JOIN expected_entries o ON o.round_id = ? AND o.measure_id = e.measure_id"
        " AND o.unit_id = e.unit_id AND o.covered = 1 JOIN feedback b ON b.id = o.feedback_id"
        " WHERE e.round_id = ? AND e.measure_id = ? AND e.covered = 1 AND e.exempt = 0",
        earlier_id,
        round_id,
        measure_id,
    )
    return [Pair(row["unit_id"], row["said"], row["said_before"]) for row in rows]
