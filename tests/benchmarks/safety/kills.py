"""kill -9 at random moments: what was acknowledged is there, what was not is not, nothing is half.

A worker process does one operation after another and says on its standard output when one is done;
this process kills it at random, opens the ledger again and looks.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.store import backup
from tests.benchmarks.safety.operations import LEDGER, OPERATIONS, OUT, Operation, opened

ROOT = Path(__file__).resolve().parents[3]
LONGEST = 0.6  # seconds after the worker is ready; an operation takes less

WORKER = """
import sqlite3, sys
from pathlib import Path
from tests.benchmarks.safety import operations
from tests.ledgers import record
place, name, journal = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
ws = operations.opened(place)
if journal == "off":
    ws.ledger.connection.execute("PRAGMA journal_mode = DELETE")
    ws.ledger.connection.execute("PRAGMA journal_mode = OFF")
    ws.ledger.connection.execute("PRAGMA synchronous = OFF")
    ws.ledger.connection.execute("PRAGMA cache_size = 4")
    ws.ledger.connection.execute("PRAGMA cache_spill = 1")
act = {item.name: item.inside for item in operations.OPERATIONS}[name]
print("ready", flush=True)
number = 0
while True:
    number += 1
    if name == "save":
        record(ws, "市商务局", 2, f"第{number}次" + "很长的话" * 2000)
        print(number, flush=True)
    else:
        act(ws, place)
        print(number, flush=True)
        break
sys.stdin.read()
"""


@dataclass
class Kills:
    """How many kills, the reopening times in seconds, and (must be none) what was wrong."""

    name: str
    kills: int = 0
    reopened: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The figures as one line; p99 of the reopening."""
        times = sorted(self.reopened)
        p99 = times[min(len(times) - 1, int(len(times) * 0.99))] * 1000
        middle = times[len(times) // 2] * 1000
        return (
            f"kill -9 during {self.name}: {self.kills} kills, {len(self.wrong)} wrong, "
            f"reopen median {middle:.0f} ms p99 {p99:.0f} ms"
        )


def campaign(operation: Operation, count: int, seed: int, *, journal: bool = True) -> Kills:
    """Kill an operation `count` times; journal False is the negative control that must fail."""
    dice = random.Random(seed)
    result = Kills(operation.name if journal else f"{operation.name} (journal off)")
    with tempfile.TemporaryDirectory() as folder:
        base, place = Path(folder) / "原样", Path(folder) / "试"
        base.mkdir()
        operation.prepare(base)
        for _ in range(count):
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(base, place)
            acknowledged = _kill(operation, place, dice.random() * LONGEST, journal=journal)
            result.kills += 1
            start = time.perf_counter()
            try:
                opened(place).close()
                result.reopened.append(time.perf_counter() - start)
                if trouble := _trouble(operation, place, acknowledged):
                    result.wrong.append(trouble)
            except Exception as error:
                result.wrong.append(f"{type(error).__name__}: {error}")
    return result


def _kill(operation: Operation, place: Path, after: float, *, journal: bool) -> int:
    """Start a worker, kill it that long after it was ready; the last number it acknowledged."""
    arguments = [str(place), operation.name, "on" if journal else "off"]
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as worker:
        assert worker.stdout
        assert worker.stdout.readline() == "ready\n"
        time.sleep(after)
        worker.kill()
        said = [line for line in worker.stdout.read().split("\n") if line]
    return int(said[-1]) if said else 0


def _trouble(operation: Operation, place: Path, acknowledged: int) -> str:
    """What is not as it must be after a kill, or ''."""
    ws = opened(place)
    try:
        if found := check(ws):
            return f"check: {found[0].where}: {found[0].text}"
        if operation.name == "save":
            said = ws.ledger.value(
                "SELECT f.progress FROM feedback f JOIN expected_entries e ON e.feedback_id = f.id"
                " JOIN expected_returns r ON r.id = e.expected_return_id"
                " JOIN measures m ON m.id = e.measure_id"
                " WHERE r.unit_name = '市商务局' AND m.number = 2"
            )
            number = int(str(said)[1 : str(said).index("次")]) if said else 0
            if number not in (acknowledged, acknowledged + 1):
                return f"acknowledged {acknowledged}, found {number}"
    finally:
        ws.close()
    for file in (place / LEDGER / "backups").glob("*.hscredit"):
        with backup.opened(file):
            pass
    for file in (place / OUT).glob("*"):
        if ".new" not in file.suffixes and not file.read_bytes().startswith(b"PK"):
            return f"partial file {file.name}"
    return ""


def all_campaigns(count: int, seed: int) -> list[Kills]:
    """Every operation killed `count` times, then the control without a journal."""
    done = [campaign(item, count, seed) for item in OPERATIONS if item.name != "migrate"]
    save = OPERATIONS[0]
    return [*done, campaign(save, max(count // 4, 8), seed, journal=False)]
