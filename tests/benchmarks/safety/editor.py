"""A seeded random editor of ledgers, and what two ledgers must have in common after merging."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hs_credit_desktop.clock import Clock
from hs_credit_desktop.domain.returns import Channel, Completion, FeedbackParts, ReturnState
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import office, returns
from hs_credit_desktop.services.returns import Receipt
from hs_credit_desktop.store import merge_rows, units
from tests.benchmarks.safety.acts import Acts
from tests.ledgers import TODAY

if TYPE_CHECKING:
    import random
    from datetime import datetime

    from hs_credit_desktop.services.workspace import Workspace

WORDS = ("已印发方案", "归集3万条。", "开展培训", "办结40件。", "正在推进", "归集12万条。", "")


class Ticking:
    """A clock that two PCs share: every look at it is a second later."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


class Editor:
    """Does what a clerk may do, at random but the same for the same seed."""

    def __init__(self, ws: Workspace, clock: Ticking, dice: random.Random) -> None:
        self.ws = replace(ws, clock=Clock(clock), undo_stack=[])
        self.dice = dice
        self.acts = (
            self.record,
            self.record,
            self.record,
            self.resubmit,
            self.review,
            self.review,
            self.undo,
            self.exempt,
            self.extend,
            self.rename,
            self.add_unit,
            self.alias,
            self.contact,
            self.chase,
            self.setting,
            self.holidays,
            *Acts(self.ws, dice).all,
        )

    def edit(self) -> None:
        """One act; what the program refuses is nothing."""
        try:
            self.dice.choice(self.acts)()
        except UserError:
            return

    def _pick(self, sql: str) -> str:
        return str(self.dice.choice(self.ws.ledger.query(sql))[0])

    def _text(self) -> str:
        return self.dice.choice(WORDS) + self.dice.choice(WORDS)

    def _parts(self) -> FeedbackParts:
        texts = (self._text() for _ in range(4))
        return FeedbackParts(*texts, completion=self.dice.choice([None, *Completion]))

    def _receipt(self) -> Receipt:
        day = TODAY - timedelta(days=self.dice.randrange(9))
        return Receipt(day, self.dice.choice(list(Channel)))

    def _day(self) -> str:
        return (date(2024, 12, 1) + timedelta(days=self.dice.randrange(20))).isoformat()

    def record(self) -> None:
        entry_id = self._pick("SELECT id FROM expected_entries ORDER BY id")
        returns.record(self.ws, entry_id=entry_id, parts=self._parts(), receipt=self._receipt())

    def resubmit(self) -> None:
        place = self._pick("SELECT id FROM expected_returns ORDER BY id")
        rows = self.ws.ledger.query(
            "SELECT id FROM expected_entries WHERE expected_return_id = ? ORDER BY id", place
        )
        said = {row["id"]: self._parts() for row in rows if self.dice.random() < 0.7}
        returns.record_return(
            self.ws, expected_return_id=place, feedback=said, receipt=self._receipt()
        )

    def review(self) -> None:
        returns.review(
            self.ws,
            expected_return_id=self._pick("SELECT id FROM expected_returns ORDER BY id"),
            decision=self.dice.choice(
                [ReturnState.ACCEPTED, ReturnState.SENT_BACK, ReturnState.ON_HOLD]
            ),
            reason=self._text() or "请补充",
            resubmit_by=date.fromisoformat(self._day()),
        )

    def undo(self) -> None:
        returns.undo(self.ws)

    def _update(self, table: str, column: str, value: str | None) -> None:
        row_id = self._pick(f"SELECT id FROM {table} ORDER BY id")
        with self.ws.change("试改", table, {column: value}):
            self.ws.ledger.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", value, row_id)

    def exempt(self) -> None:
        row_id = self._pick("SELECT id FROM expected_returns ORDER BY id")
        reason = self.dice.choice([None, "机构撤并", "没有任务"])
        with self.ws.change("免报", row_id, {}):
            self.ws.ledger.execute(
                "UPDATE expected_returns SET exempt_reason = ? WHERE id = ?", reason, row_id
            )
            self.ws.ledger.execute(
                "UPDATE expected_entries SET exempt = ? WHERE expected_return_id = ?",
                reason is not None,
                row_id,
            )

    def extend(self) -> None:
        self._update("expected_returns", "extended_to", self._day())

    def rename(self) -> None:
        self._update("units", "short_name", f"简称{self.dice.randrange(3)}")

    def add_unit(self) -> None:
        name = f"新单位{self.dice.randrange(6)}"
        row_id = f"{self.dice.getrandbits(64):016x}"
        with self.ws.change("新增单位", name, {}):
            found = self.ws.ledger.value("SELECT id FROM units WHERE canonical_name = ?", name)
            if not found:
                self.ws.ledger.insert(
                    "units",
                    id=row_id,
                    canonical_name=name,
                    short_name=name,
                    kind="government",
                    initials="xdw",
                    ordinal=units.unit_count(self.ws.ledger),
                )

    def alias(self) -> None:
        with self.ws.change("别名", "", {}):
            units.add_alias(
                self.ws.ledger,
                self._pick("SELECT id FROM units ORDER BY id"),
                f"别名{self.dice.randrange(8)}",
            )

    def contact(self) -> None:
        with self.ws.change("联系人", "", {}):
            self.ws.ledger.insert(
                "unit_contacts",
                id=f"{self.dice.getrandbits(64):016x}",
                unit_id=self._pick("SELECT id FROM units ORDER BY id"),
                name="某人",
                phone="0",
                mailbox="",
                note="",
                since=self._day(),
            )

    def chase(self) -> None:
        place = self._pick("SELECT id FROM expected_returns ORDER BY id")
        with self.ws.change("催报", place, {}):
            self.ws.ledger.insert(
                "chases",
                id=f"{self.dice.getrandbits(64):016x}",
                expected_return_id=place,
                kind="phone",
                level="reminder",
                caller="甲",
                chased_at=self.ws.clock.now().isoformat(),
            )
            self.ws.ledger.execute(
                "UPDATE expected_returns SET chases = chases + 1 WHERE id = ?", place
            )

    def setting(self) -> None:
        office.set_office(self.ws, {self.dice.choice(list(office.OFFICE_KEYS)): self._text()})

    def holidays(self) -> None:
        table = office.parse_holidays(f"{self._day()} 休 试\n2024-12-30 班")
        office.set_holidays(self.ws, table)


def contents(ws: Workspace) -> dict[str, set[tuple[object, ...]]]:
    """Everything that is merged, without seals and stamps and without a PC's own settings."""
    found = {}
    for shape in merge_rows.shapes(ws.ledger):
        rows = merge_rows.read(ws.ledger, shape)
        found[shape.name] = {tuple(row.values.values()) for row in rows.values()}
    for table in ("return_tallies", "entry_tallies"):
        count = "returns" if table == "return_tallies" else "entries"
        rows_kept = ws.ledger.query(f"SELECT * FROM {table} WHERE {count} > 0")
        found[table] = {tuple(row) for row in rows_kept}
    return found
