"""Guards of the writing connection: rows are sealed and stamped, and a frozen round stays as it is.

They are temporary triggers, so that they hold for whatever this program writes and are no part of
the file: what another tool changes carries no right seal, and `check` finds it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hs_credit_desktop.store.faults import FROZEN
from hs_credit_desktop.store.lock import whoami
from hs_credit_desktop.store.seals import Table, fold, restamped, row_seal, sealed_tables

SITE, PLACE, LEDGER_ID = "local_site", "local_place", "ledger_id"

# Of a row that belongs to a round: SQL for its round and its expected return; {row} is new or old.
_RETURN_OF_VERSION = "(SELECT expected_return_id FROM returns WHERE id = {row}.return_id)"
_RETURN_OF_ENTRY = (
    "(SELECT expected_return_id FROM expected_entries WHERE id = {row}.expected_entry_id)"
)
_RETURN_OF_EVIDENCE = f"coalesce({_RETURN_OF_ENTRY}, {_RETURN_OF_VERSION})"
_OWN_RETURN = "{row}.expected_return_id"


def _round_of(return_sql: str) -> tuple[str, str]:
    return f"(SELECT round_id FROM expected_returns WHERE id = {return_sql})", return_sql


ROUND_ROWS = {
    "rounds": ("{row}.id", "NULL"),
    "expected_returns": ("{row}.round_id", "{row}.id"),
    "expected_entries": ("{row}.round_id", _OWN_RETURN),
    "returns": _round_of(_OWN_RETURN),
    "feedback": _round_of(_RETURN_OF_VERSION),
    "attachments": _round_of(_RETURN_OF_EVIDENCE),
    "reviews": _round_of(_RETURN_OF_VERSION),
    "chases": _round_of(_OWN_RETURN),
    "summaries": ("{row}.round_id", "NULL"),
    "figure_marks": _round_of(_RETURN_OF_ENTRY),
}


@dataclass
class Guard:
    """What the guards of one connection go by: who stamps, and whether frozen rounds are kept.

    seq: the audit line that the open transaction will write.
    """

    connection: sqlite3.Connection
    site: str = ""
    seq: int = 0
    keeps_frozen: bool = True
    is_set: bool = False

    @property
    def stamp(self) -> str:
        """The stamp of whatever is written now."""
        return f"{self.site}.{self.seq}"

    def set_triggers(self) -> None:
        """Set the triggers, once, before the first transaction; a start that only reads needs none.

        There are some two hundred of them, and they would be a twentieth of the start.
        """
        if self.is_set:
            return
        tables = sealed_tables(self.connection)
        _add_functions(self.connection, self, {table.name: table.columns for table in tables})
        for table in tables:
            for statement in (*_seal_triggers(table), *_freeze_triggers(table.name)):
                self.connection.execute(statement)
        self.is_set = True

    @contextmanager
    def thawed(self) -> Iterator[None]:
        """Let frozen rounds be written to: for freezing, reopening and merging themselves."""
        self.keeps_frozen = False
        try:
            yield
        finally:
            self.keeps_frozen = True


def arm(connection: sqlite3.Connection, place: str) -> Guard:
    """The guard of a writing connection; place: the data folder as this PC names it.

    A ledger found at another place than before (copied, restored, moved to another PC) becomes a
    site of its own: two copies must never stamp alike.
    """
    guard = Guard(connection)
    # A trigger here writes to its own row, and sqlite-utils lets triggers call themselves.
    connection.execute("PRAGMA recursive_triggers = OFF")
    _identify(connection, guard, f"{whoami()[0]} {place}")
    return guard


def _add_functions(
    connection: sqlite3.Connection, guard: Guard, columns: dict[str, tuple[str, ...]]
) -> None:
    def restamp(table: str, old: str | None, new: str, mask: int) -> str:
        if old is None or new != old:  # a new row; or the merge, which knows the stamps itself
            return new
        changed = tuple(name for at, name in enumerate(columns[table]) if mask >> at & 1)
        return restamped(old, changed, guard.stamp) if changed else old

    connection.create_function("row_seal", -1, row_seal, deterministic=True)
    connection.create_function("fold", 3, fold, deterministic=True)
    connection.create_function("restamp", 4, restamp)
    connection.create_function("stamp_now", 0, lambda: guard.stamp)
    connection.create_function("keeps_frozen", 0, lambda: guard.keeps_frozen)


# Stamping a new row updates it, and whatever updates a row seals it. The seal is worked out twice,
# since SQLite reads a subquery of a trigger before the trigger writes.
_SEALING = (
    """CREATE TEMP TRIGGER IF NOT EXISTS {name}_seal_insert AFTER INSERT ON main.{name} BEGIN
    UPDATE table_seals SET rows = rows + 1 WHERE tbl = '{name}';
    UPDATE {name} SET stamps = {first} WHERE {here}; END""",
    """CREATE TEMP TRIGGER IF NOT EXISTS {name}_seal_update AFTER UPDATE OF {watched}
    ON main.{name} BEGIN
    UPDATE {name} SET stamps = {again}, seal = row_seal('{name}', {again}, {values})
    WHERE {here};
    UPDATE table_seals SET
    digest = fold(digest, old.seal, row_seal('{name}', {again}, {values})) WHERE tbl = '{name}';
    END""",
    """CREATE TEMP TRIGGER IF NOT EXISTS {name}_seal_delete AFTER DELETE ON main.{name} BEGIN
    UPDATE table_seals SET rows = rows - 1, digest = fold(digest, old.seal, NULL)
    WHERE tbl = '{name}'; END""",
)
_BURYING = (
    """CREATE TEMP TRIGGER IF NOT EXISTS {name}_buried AFTER DELETE ON main.{name} BEGIN
    INSERT INTO tombstones (tbl, key, stamp) VALUES ('{name}', {old_key}, stamp_now())
    ON CONFLICT (tbl, key) DO UPDATE SET stamp = excluded.stamp; END""",
    """CREATE TEMP TRIGGER IF NOT EXISTS {name}_risen AFTER INSERT ON main.{name} BEGIN
    DELETE FROM tombstones WHERE tbl = '{name}' AND key = {new_key}; END""",
)


def _seal_triggers(table: Table) -> list[str]:
    """Seal and stamp after INSERT and UPDATE; remember what was deleted."""
    mask = " | ".join(
        f"((old.{column} IS NOT new.{column}) << {at})" for at, column in enumerate(table.columns)
    )
    again = f"restamp('{table.name}', old.stamps, new.stamps, {mask})"
    words = {
        "name": table.name,
        "values": ", ".join(f"new.{column}" for column in table.columns),
        "first": "NULL" if table.local else "ifnull(new.stamps, stamp_now())",
        "again": "NULL" if table.local else again,
        "watched": ", ".join((*table.columns, "stamps")),
        "here": table.same_row("new"),
        "old_key": table.key_sql("old."),
        "new_key": table.key_sql("new."),
    }
    templates = _SEALING if table.local else _SEALING + _BURYING
    return [template.format(**words) for template in templates]


def _freeze_triggers(table: str) -> tuple[str, ...]:
    """Refuse any write to a row of a frozen round, but for a unit that was reopened."""
    if table not in ROUND_ROWS:
        return ()
    round_sql, return_sql = ROUND_ROWS[table]
    made = []
    for event, rows in (("INSERT", ("new",)), ("UPDATE", ("new", "old")), ("DELETE", ("old",))):
        for row in rows:
            made.append(
                f"CREATE TEMP TRIGGER IF NOT EXISTS {table}_freeze_{event.lower()}_{row}"
                f" BEFORE {event} ON main.{table} WHEN keeps_frozen() AND EXISTS ("
                f"SELECT 1 FROM rounds WHERE id = {round_sql.format(row=row)}"
                " AND state = 'frozen' AND NOT EXISTS (SELECT 1 FROM reopenings"
                " WHERE round_id = rounds.id AND closed_at IS NULL"
                f" AND expected_return_id = {return_sql.format(row=row)}))"
                f" BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"
            )
    return tuple(made)


def _identify(connection: sqlite3.Connection, guard: Guard, place: str) -> None:
    """Know this ledger's site, or begin a new one when the ledger lies somewhere else now."""
    said = dict(
        connection.execute(
            "SELECT key, value FROM settings WHERE key IN (?, ?, ?)", (SITE, PLACE, LEDGER_ID)
        ).fetchall()
    )
    guard.site = said.get(SITE, "")
    if guard.site and said.get(PLACE) == place:
        return
    guard.set_triggers()
    from uuid import uuid4  # not for a start: a known place needs none

    connection.execute("BEGIN IMMEDIATE")
    try:
        begin_site(connection, guard, place)
        if LEDGER_ID not in said:
            _put(connection, LEDGER_ID, str(uuid4()))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled it back already
            connection.execute("ROLLBACK")
        raise


def begin_site(connection: sqlite3.Connection, guard: Guard, place: str) -> None:
    """Inside a transaction: close the site as it stood and write on as a new one."""
    last = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    if guard.site:
        connection.execute(
            "INSERT INTO sites (id, name, seq, hash) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
            (guard.site, whoami()[0], last[0] if last else 0, last[1] if last else ""),
        )
    from uuid import uuid4

    guard.site, guard.seq = uuid4().hex[:12], (last[0] if last else 0) + 1
    _put(connection, SITE, guard.site)
    _put(connection, PLACE, place)


def _put(connection: sqlite3.Connection, key: str, value: str) -> None:
    connection.execute(
        "INSERT INTO settings (key, value) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET value = excluded.value",
        (key, value),
    )
