"""The safety campaigns in their short form; `dev.py bench safety` runs the long ones."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.safety import apart, faults, flips, kills
from tests.benchmarks.safety.operations import OPERATIONS
from tests.ledgers import make_workspace, record

if TYPE_CHECKING:
    from pathlib import Path

BY_NAME = {item.name: item for item in OPERATIONS}


@pytest.mark.parametrize("name", ["save", "merge"])
def test_killed_at_random_nothing_is_lost_or_half(name: str) -> None:
    done = kills.campaign(BY_NAME[name], 1, seed=11)
    assert (done.kills, done.wrong) == (1, [])


def test_without_a_journal_the_same_kills_do_harm() -> None:
    control = kills.campaign(BY_NAME["save"], 5, seed=5, journal=False)
    assert control.wrong


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder of a small ledger that is closed."""
    ws = make_workspace(tmp_path)
    record(ws, "市数据局", 1, "归集数据三万条")
    ws.close()
    return ws.folder.root


def test_flipped_bits_are_found_or_harmless(folder: Path, tmp_path: Path) -> None:
    found = flips.campaign(folder, tmp_path / "试", 20, seed=3)
    assert found.unseen == []
    assert found.found > 5
    assert found.found + found.harmless == 20


def test_greater_harm_is_noticed(folder: Path, tmp_path: Path) -> None:
    noticed = flips.damages(folder, tmp_path / "试", pages=4)
    assert [name for name, said in noticed.items() if not said] == []


def test_a_log_of_another_ledger_is_noticed(tmp_path: Path) -> None:
    assert flips.foreign_log(tmp_path)


def test_two_ledgers_edited_apart_come_together(tmp_path: Path) -> None:
    assert apart.edit_apart(tmp_path, 1, rounds=1, edits=25).rounds == 1


@pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("cc") is None, reason="no C compiler for the shim"
)
@pytest.mark.parametrize("name", ["save", "migrate"])
def test_a_fault_at_some_calls(name: str) -> None:
    found = faults.campaign(name, every=19)
    assert found["wrong"] == []
    assert found["said"]
