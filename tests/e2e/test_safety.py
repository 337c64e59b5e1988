"""The safety campaigns in their short form; `dev.py bench safety` runs the long ones."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.safety import faults, flips, kills
from tests.benchmarks.safety.operations import OPERATIONS
from tests.ledgers import make_workspace, record

if TYPE_CHECKING:
    from pathlib import Path

BY_NAME = {item.name: item for item in OPERATIONS}


@pytest.mark.parametrize("name", ["save", "backup", "restore", "merge", "freeze"])
def test_killed_at_random_nothing_is_lost_or_half(name: str) -> None:
    done = kills.campaign(BY_NAME[name], 2, seed=11)
    assert (done.kills, done.wrong) == (2, [])


def test_without_a_journal_the_same_kills_do_harm() -> None:
    control = kills.campaign(BY_NAME["save"], 8, seed=5, journal=False)
    assert control.wrong


def test_flipped_bits_are_found_or_harmless(tmp_path: Path) -> None:
    ws = make_workspace(tmp_path)
    record(ws, "市数据局", 1, "归集数据三万条")
    ws.close()
    found = flips.campaign(ws.folder.root, tmp_path / "试", 25, seed=3)
    assert found.unseen == []
    assert found.found > 0
    assert found.found + found.harmless == 25


@pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("cc") is None, reason="no C compiler for the shim"
)
@pytest.mark.parametrize("name", ["save", "migrate"])
def test_a_fault_at_some_calls(name: str) -> None:
    found = faults.campaign(name, every=9)
    assert found["wrong"] == []
    assert found["said"]
