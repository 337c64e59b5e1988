"""After the rows of two ledgers came together: what follows from them is worked out anew."""

from dataclasses import dataclass, field

from hs_credit_desktop.domain.returns import Completion, FeedbackParts
from hs_credit_desktop.store import integrity, search_check
from hs_credit_desktop.store.ledger import Ledger
from hs_credit_desktop.store.merge_rows import SERIES


@dataclass
class Numbering:
    """What rows of series want: id → (number, stamps); and which are to be the newest."""

    wanted: dict[str, tuple[int, str]] = field(default_factory=dict)
    newest: set[str] = field(default_factory=set)


def settle(ledger: Ledger, numbering: Numbering) -> None:
    """Inside the transaction of a merge: numbers of series, covered, states, tallies, index."""
    for table in SERIES:
        _number(ledger, table, numbering)
    _feedback(ledger)
    ledger.execute(
        "UPDATE expected_entries SET state = r.state, exempt = r.exempt_reason IS NOT NULL"
        " FROM expected_returns r WHERE r.id = expected_return_id AND"
        " (expected_entries.state, exempt) IS NOT (r.state, r.exempt_reason IS NOT NULL)"
    )
    ledger.execute(
        "UPDATE expected_returns SET version = n.version, chases = n.chases FROM ("
        "SELECT id, (SELECT ifnull(max(version), 0) FROM returns"
        " WHERE expected_return_id = expected_returns.id) AS version,"
        " (SELECT count(*) FROM chases WHERE expected_return_id = expected_returns.id) AS chases"
        " FROM expected_returns) AS n WHERE n.id = expected_returns.id AND"
        " (expected_returns.version, expected_returns.chases) IS NOT (n.version, n.chases)"
    )
    integrity.recount(ledger)
    search_check.rebuild(ledger)


@dataclass(frozen=True, order=True)
class _Place:
    """A row in its series, in the order of the fields; now: the number it stands at."""

    newest: bool
    number: int
    at: str
    id: str
    stamps: str
    now: int


def _number(ledger: Ledger, table: str, numbering: Numbering) -> None:
    """Give each row the number it wants; number 1, 2, 3… where two want the same one."""
    names, at = SERIES[table]
    series: dict[tuple[object, ...], list[_Place]] = {}
    for row in ledger.query(f"SELECT id, version, stamps, {', '.join((*names, at))} FROM {table}"):
        number, stamps = numbering.wanted.get(row["id"], (row["version"], row["stamps"]))
        newest = row["id"] in numbering.newest
        place = _Place(newest, number, row[at], row["id"], stamps, row["version"])
        series.setdefault(tuple(row[name] for name in names), []).append(place)
    for rows in series.values():
        _settle_series(ledger, table, sorted(rows))


def _settle_series(ledger: Ledger, table: str, rows: list[_Place]) -> None:
    numbers = [row.number for row in rows]
    if numbers != sorted(set(numbers)):
        numbers = list(range(1, len(rows) + 1))
    moves = [pair for pair in zip(rows, numbers, strict=True) if pair[0].now != pair[1]]
    for sign in (-1, 1):  # by way of negative numbers, since each may stand where another must go
        for row, number in moves:
            ledger.execute(f"UPDATE {table} SET version = ? WHERE id = ?", sign * number, row.id)
    for row, number in zip(rows, numbers, strict=True):
        if row.number == number:  # nobody changed it: the stamps say who wrote it
            ledger.execute(f"UPDATE {table} SET stamps = ? WHERE id = ?", row.stamps, row.id)


def _feedback(ledger: Ledger) -> None:
    """The hash of each text, and whether the entry that shows it is covered."""
    shown = dict(
        tuple(row)
        for row in ledger.query("SELECT feedback_id, covered FROM expected_entries")
        if row["feedback_id"]
    )
    for row in ledger.query("SELECT * FROM feedback"):
        completion = Completion(row["completion"]) if row["completion"] else None
        texts = (row["progress"], row["results"], row["problems"], row["next_steps"])
        parts = FeedbackParts(*texts, completion=completion)
        if parts.row_hash != row["row_hash"]:
            ledger.execute(
                "UPDATE feedback SET row_hash = ? WHERE id = ?", parts.row_hash, row["id"]
            )
        if row["id"] in shown and bool(shown[row["id"]]) is parts.blank:
            ledger.execute(
                "UPDATE expected_entries SET covered = ? WHERE feedback_id = ?",
                not parts.blank,
                row["id"],
            )
    ledger.execute("UPDATE expected_entries SET covered = 0 WHERE covered AND feedback_id IS NULL")
