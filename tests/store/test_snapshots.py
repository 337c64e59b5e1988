"""A round that an earlier release froze stays what it was, whatever came since."""

from __future__ import annotations

import lzma
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.store import ledger, snapshots
from hs_credit_desktop.store.guards import ROUND_ROWS
from hs_credit_desktop.store.ledger import Ledger
from tests.ledgers import KEPT, TODAY, clock_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Release:
    """An earlier program: its ledger, and what it knew as later than the first release."""

    name: str
    later: dict[str, tuple[str, ...]]
    later_tables: frozenset[str]


RELEASES = (
    Release("schema-1", {}, frozenset()),
    Release(
        "schema-2",
        {"summaries": ("chapter", "sources", "basis")},
        frozenset({"figure_marks"}),
    ),
)


@pytest.fixture(params=RELEASES, ids=lambda release: release.name)
def release(request: pytest.FixtureRequest) -> Release:
    """Each release whose ledger is kept."""
    found: Release = request.param
    return found


@pytest.fixture
def folder(tmp_path: Path, release: Release) -> DataFolder:
    """The ledger as that release made it: round 1 frozen, of the second also round 2."""
    made = DataFolder(tmp_path)
    made.ledger.write_bytes(lzma.decompress((KEPT / f"{release.name}.hscredit.xz").read_bytes()))
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
    folder: DataFolder,
    before: sqlite3.Connection,
    release: Release,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rounds = [row["id"] for row in before.execute("SELECT id FROM rounds ORDER BY number")]
    with monkeypatch.context() as then_known:
        then_known.setattr(snapshots, "_LATER", release.later)
        then_known.setattr(snapshots, "_LATER_TABLES", release.later_tables)
        then = [snapshots.contents_of(Ledger(folder, before), one) for one in rounds]
    before.close()
    with closing(ledger.open_writing(folder, at=clock_at(TODAY).now())) as now:
        assert [snapshots.contents_of(now, one) for one in rounds] == then
        frozen = [snapshots.of_round(now, one) for one in rounds]
        assert len(frozen[0]) == 1
        for one, said in zip(frozen, then, strict=True):
            assert [item.contents for item in one] == [said] * len(one)
        assert snapshots.changed_since_frozen(now) == []


def test_all_that_came_since_a_release_is_known_as_later(
    folder: DataFolder, before: sqlite3.Connection, release: Release
) -> None:
    known = {table: _columns(before, table) for table in ROUND_ROWS}
    before.close()
    with closing(ledger.open_writing(folder, at=clock_at(TODAY).now())) as now:
        present = {table: _columns(now.connection, table) for table in ROUND_ROWS}
    assert {table for table in ROUND_ROWS if not known[table]} == (
        snapshots._LATER_TABLES - release.later_tables
    )
    came = {table: present[table] - known[table] for table in ROUND_ROWS if known[table]}
    since = {
        table: set(columns) - set(release.later.get(table, ()))
        for table, columns in snapshots._LATER.items()
        if known[table]
    }
    assert {table: names for table, names in came.items() if names} == {
        table: names for table, names in since.items() if names
    }
