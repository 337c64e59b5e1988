"""A round that an earlier release froze stays what it was, whatever came since."""

from __future__ import annotations

import lzma
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.store import ledger, snapshots
from hs_credit_desktop.store.guards import ROUND_ROWS
from hs_credit_desktop.store.ledger import Ledger
from tests.ledgers import TODAY, clock_at

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = Path(__file__).parents[1] / "data" / "ledgers" / "schema-1.hscredit.xz"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """The ledger as the first release made it, round 1 frozen."""
    made = DataFolder(tmp_path)
    made.ledger.write_bytes(lzma.decompress(FIRST.read_bytes()))
    return made


@pytest.fixture
def before(folder: DataFolder) -> Iterator[sqlite3.Connection]:
    """A connection to it, not brought up to date."""
    with closing(sqlite3.connect(folder.ledger)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row["name"] for row in connection.execute(f"PRAGMA table_info({table})")}


def test_a_round_keeps_its_hash_over_a_migration(
    folder: DataFolder, before: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = [row["id"] for row in before.execute("SELECT id FROM rounds ORDER BY number")]
    with monkeypatch.context() as first_release:
        first_release.setattr(snapshots, "_LATER", {})
        first_release.setattr(snapshots, "_LATER_TABLES", frozenset())
        then = [snapshots.contents_of(Ledger(folder, before), one) for one in rounds]
    before.close()
    with closing(ledger.open_writing(folder, at=clock_at(TODAY).now())) as now:
        assert [snapshots.contents_of(now, one) for one in rounds] == then
        assert [one.contents for one in snapshots.of_round(now, rounds[0])] == then[:1]
        assert snapshots.changed_since_frozen(now) == []


def test_all_that_came_since_the_first_release_is_known_as_later(
    folder: DataFolder, before: sqlite3.Connection
) -> None:
    known = {table: _columns(before, table) for table in ROUND_ROWS}
    before.close()
    with closing(ledger.open_writing(folder, at=clock_at(TODAY).now())) as now:
        present = {table: _columns(now.connection, table) for table in ROUND_ROWS}
    assert {table for table in ROUND_ROWS if not known[table]} == snapshots._LATER_TABLES
    later = {table: present[table] - known[table] for table in ROUND_ROWS if known[table]}
    assert {table: came for table, came in later.items() if came} == {
        table: set(columns) for table, columns in snapshots._LATER.items()
    }
