"""Safety figures, long: kills, faults at every call, flipped bits, two PCs edited apart."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.safety import apart, faults, flips, kills
from tests.benchmarks.safety.operations import LEDGER, OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS_EACH = int(os.environ.get("SAFETY_KILLS", "48"))  # 22 operations: over a thousand
FLIPS = int(os.environ.get("SAFETY_FLIPS", "1000"))
ROUNDS = int(os.environ.get("SAFETY_ROUNDS", "200"))
EVERY = int(os.environ.get("SAFETY_EVERY", "1"))


@dataclass(frozen=True)
class Figure:
    """One figure as a line; missed when anything was lost, half or unseen."""

    text: str
    missed: bool
    void: bool = False

    def line(self) -> str:
        """The figure for a person."""
        return f"{self.text} {'MISSED' if self.missed else 'ok'}"


def run() -> Iterator[Figure]:
    """All campaigns, one after another."""
    yield _flips()
    yield _damages()
    yield _apart()
    yield from _kills()
    if shutil.which("cc") is None:
        yield Figure("faults: no C compiler for the shim", missed=False, void=True)
        return
    for operation in OPERATIONS:
        found = faults.campaign(operation.name, every=EVERY)
        wrong = found["wrong"]
        assert isinstance(wrong, list)
        text = (
            f"faults during {found['name']}: {found['calls']} calls, {found['said']} refused in"
            f" words, {found['passed']} passed, {len(wrong)} wrong {wrong[:3]}"
        )
        yield Figure(text, missed=bool(wrong))


def _flips() -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        found = flips.campaign(_real_sized(folder), Path(folder) / "试", FLIPS, 20240830)
    return Figure(f"{found.line()} {found.unseen}", missed=bool(found.unseen))


def _real_sized(folder: str) -> Path:
    """A year's practice ledger with a return waiting in the tray."""
    staged = next(item for item in OPERATIONS if item.name == "import")
    staged.prepare(Path(folder))
    return Path(folder) / LEDGER


def _damages() -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        noticed = flips.damages(_real_sized(folder), Path(folder) / "试")
        noticed["log of another ledger"] = flips.foreign_log(Path(folder) / "日志")
    unseen = [name for name, said in noticed.items() if not said]
    return Figure(f"{len(noticed)} greater damages, unseen: {unseen}", missed=bool(unseen))


def _apart() -> Figure:
    conflicts = rounds = 0
    for seed in range(-(-ROUNDS // 10)):
        with tempfile.TemporaryDirectory() as folder:
            seen = apart.edit_apart(Path(folder), seed, rounds=10, edits=30)
        rounds, conflicts = rounds + seen.rounds, conflicts + seen.conflicts
    return Figure(f"two PCs: {rounds} rounds edited apart, {conflicts} conflicts, all equal", False)


def _kills() -> Iterator[Figure]:
    *done, control = kills.all_campaigns(KILLS_EACH, 7)
    for item in done:
        yield Figure(f"{item.line()} {item.wrong[:3]}", missed=bool(item.wrong))
    yield Figure(f"control: {control.line()}", missed=not control.wrong)
