"""What the expected lists of rounds hold of a unit, and following a change of the register there.

Only rounds that are open are ever written to, and only when the clerk said so: what was expected
of whom in a round that is over is history.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from sqlite3 import Row

from hs_credit_desktop.domain.returns import ReturnState
from hs_credit_desktop.domain.rounds import Round, RoundState
from hs_credit_desktop.domain.units import Unit
from hs_credit_desktop.store.ledger import Ledger, new_id


@dataclass(frozen=True)
class ExpectedPlace:
    """A unit's place in the expected list of a round: entries expected and entries answered."""

    id: str
    round: Round
    unit_id: str
    unit_name: str
    state: ReturnState
    entries: int
    covered: int
    exempt: bool

    @property
    def reported(self) -> bool:
        """Whether anything came from it in this round."""
        return self.state is not ReturnState.MISSING


def places(ledger: Ledger, unit_ids: Sequence[str]) -> tuple[ExpectedPlace, ...]:
    """Where these units are or were expected, the oldest round first."""
    marks = ", ".join("?" * len(unit_ids))
    rows = ledger.query(
        "SELECT e.*, o.notice_id, o.number, o.name AS round_name, o.due_on, o.state AS round_state"
        " FROM expected_returns e JOIN rounds o ON o.id = e.round_id"
        f" WHERE e.unit_id IN ({marks}) ORDER BY o.due_on, o.number, e.ordinal",
        *unit_ids,
    )
    return tuple(_place(row) for row in rows)


def _place(row: Row) -> ExpectedPlace:
    round_ = Round(
        row["round_id"],
        row["notice_id"],
        row["number"],
        row["round_name"],
        date.fromisoformat(row["due_on"]),
        RoundState(row["round_state"]),
    )
    return ExpectedPlace(
        row["id"],
        round_,
        row["unit_id"],
        row["unit_name"],
        ReturnState(row["state"]),
        row["entries"],
        row["covered"],
        row["exempt_reason"] is not None,
    )


def rename(ledger: Ledger, place_id: str, name: str) -> None:
    """The unit is called so in this round from now on."""
    ledger.execute("UPDATE expected_returns SET unit_name = ? WHERE id = ?", name, place_id)


def hand_over(ledger: Ledger, place_id: str, unit: Unit) -> None:
    """Another unit, not expected in the round yet, stands in this place with all its entries."""
    ledger.execute(
        "UPDATE expected_returns SET unit_id = ?, unit_name = ?, ordinal = ? WHERE id = ?",
        unit.id,
        unit.canonical_name,
        unit.ordinal,
        place_id,
    )
    ledger.execute(
        "UPDATE expected_entries SET unit_id = ?, ordinal = ? WHERE expected_return_id = ?",
        unit.id,
        unit.ordinal,
        place_id,
    )


def release(ledger: Ledger, place_id: str, reason: str) -> None:
    """The unit is exempt (免报) in the round, for this reason."""
    ledger.execute("UPDATE expected_returns SET exempt_reason = ? WHERE id = ?", reason, place_id)
    ledger.execute("UPDATE expected_entries SET exempt = 1 WHERE expected_return_id = ?", place_id)


def take_over(ledger: Ledger, from_place: str, to_place: str) -> None:
    """A unit expected already answers for another one too: the entries it lacked are added to it.

    A lead stays the lead: where both had the measure, the one that takes over leads it.
    """
    [target] = ledger.query("SELECT * FROM expected_returns WHERE id = ?", to_place)
    entries = _entries(ledger, from_place)
    own = {row["measure_id"]: row for row in _entries(ledger, to_place)}
    for row in entries:
        if row["measure_id"] not in own:
            _add(ledger, target, row)
        elif row["role"] > own[row["measure_id"]]["role"]:
            ledger.execute(
                "UPDATE expected_entries SET role = ?, suggested = ? WHERE id = ?",
                row["role"],
                row["suggested"],
                own[row["measure_id"]]["id"],
            )
    _count(ledger, to_place)


def _entries(ledger: Ledger, place_id: str) -> list[Row]:
    return ledger.query("SELECT * FROM expected_entries WHERE expected_return_id = ?", place_id)


def _add(ledger: Ledger, target: Row, like: Row) -> None:
    """An entry of the target for the measure of another one, nothing said in it yet."""
    copied = ("measure_id", "pillar_id", "role", "suggested", "measure_ordinal")
    ledger.insert(
        "expected_entries",
        id=new_id(),
        round_id=target["round_id"],
        expected_return_id=target["id"],
        unit_id=target["unit_id"],
        ordinal=target["ordinal"],
        state=target["state"],
        exempt=target["exempt_reason"] is not None,
        **{name: like[name] for name in copied},
    )


def _count(ledger: Ledger, place_id: str) -> None:
    ledger.execute(
        "UPDATE expected_returns SET entries = (SELECT count(*) FROM expected_entries"
        " WHERE expected_return_id = expected_returns.id) WHERE id = ?",
        place_id,
    )


def blank_entries(ledger: Ledger, place_id: str, measure_ids: Sequence[str]) -> list[str]:
    """Ids of the entries of these measures in which nothing was ever said."""
    marks = ", ".join("?" * len(measure_ids))
    rows = ledger.query(
        "SELECT id FROM expected_entries WHERE expected_return_id = ? AND feedback_id IS NULL"
        f" AND measure_id IN ({marks})"
        " AND id NOT IN (SELECT expected_entry_id FROM feedback)"
        " AND id NOT IN (SELECT expected_entry_id FROM attachments"
        " WHERE expected_entry_id IS NOT NULL)",
        place_id,
        *measure_ids,
    )
    return [str(row["id"]) for row in rows]


def part(ledger: Ledger, place_id: str, entry_ids: Sequence[str], unit: Unit) -> None:
    """A unit that was part of another gets a place of its own with these entries, not all of it."""
    [old] = ledger.query("SELECT * FROM expected_returns WHERE id = ?", place_id)
    own = new_id()
    ledger.insert(
        "expected_returns",
        id=own,
        round_id=old["round_id"],
        unit_id=unit.id,
        unit_name=unit.canonical_name,
        ordinal=unit.ordinal,
        entries=len(entry_ids),
        extended_to=old["extended_to"],
        extension_reason=old["extension_reason"],
    )
    for entry_id in entry_ids:
        ledger.execute(
            "UPDATE expected_entries SET expected_return_id = ?, unit_id = ?, ordinal = ?,"
            " state = 'missing', exempt = 0, covered = 0 WHERE id = ?",
            own,
            unit.id,
            unit.ordinal,
            entry_id,
        )
    _count(ledger, place_id)


def set_order(ledger: Ledger, round_id: str) -> None:
    """The expected list of a round follows the official order of the register."""
    for table in ("expected_returns", "expected_entries"):
        ledger.execute(
            f"UPDATE {table} SET ordinal = u.ordinal FROM units u WHERE u.id = {table}.unit_id"
            f" AND {table}.round_id = ? AND {table}.ordinal <> u.ordinal",
            round_id,
        )
