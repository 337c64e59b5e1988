"""kill -9 at random moments: what was acknowledged is there, what was not is not, nothing is half.

A worker process does one operation after another and says on its standard output when one is done;
this process kills it at random, opens the ledger again and looks.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hs_credit_desktop.paths import LEDGER_NAME
from hs_credit_desktop.services import folders
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import backup
from tests.benchmarks.safety import operations
from tests.benchmarks.safety.operations import (
    LEDGER,
    OPERATIONS,
    OUT,
    Operation,
    State,
    opened,
    prepared,
)
from tests.ledgers import TODAY, clock_at, record

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from hs_credit_desktop.services.workspace import Workspace

LONGEST = 0.6  # seconds after the worker is ready; an operation takes less

# The workers are forked from one process that has imported all of this already: starting Python
# anew for each kill cost more than everything else.
PRELOADED = ("openpyxl", "docx", "reportlab.pdfgen.canvas", "sqlite_utils", "lxml.etree")
if sys.platform == "win32":
    _WORKERS = multiprocessing.get_context("spawn")
else:
    _WORKERS = multiprocessing.get_context("forkserver")
    _WORKERS.set_forkserver_preload([__name__, *PRELOADED])


def work(place: Path, name: str, says: Connection, *, journal: bool) -> None:
    """What a worker does: ready (0), then the operation and its number, until it is killed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    operation = next(item for item in OPERATIONS if item.name == name)
    operations.same_ids()
    ws = opened(place) if operation.inside else None
    if ws and not journal:
        for pragma in _NO_JOURNAL:
            ws.ledger.connection.execute(f"PRAGMA {pragma}")
    says.send(0)
    if ws and name == "save":
        for number in itertools.count(1):
            record(ws, "市商务局", 2, f"第{number}次" + "很长的话" * 2000)
            says.send(number)
    if ws and operation.inside:
        operation.inside(ws, place)
    else:
        operation.act(place)
    says.send(1)
    time.sleep(3600)


_NO_JOURNAL = (
    "journal_mode = DELETE",
    "journal_mode = OFF",
    "synchronous = OFF",
    "cache_size = 4",
    "cache_spill = 1",
)


@dataclass
class Kills:
    """How many kills, the reopening times in seconds, and (must be none) what was wrong.

    plain: what SQLite alone needed to open a copy of the same ledger and read from it.
    """

    name: str
    kills: int = 0
    reopened: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The figures as one line; p99 of the reopening."""
        return (
            f"kill -9 during {self.name}: {self.kills} kills, {len(self.wrong)} wrong,"
            f" reopen {_spread(self.reopened)}, SQLite alone {_spread(self.plain)}"
        )


def _spread(times: list[float]) -> str:
    """Median and 99th percentile in milliseconds."""
    if not times:
        return "never"
    at = (len(times) // 2, min(len(times) - 1, int(len(times) * 0.99)))
    middle, p99 = (sorted(times)[place] * 1000 for place in at)
    return f"median {middle:.1f} ms p99 {p99:.1f} ms"


def campaign(operation: Operation, count: int, seed: int, *, journal: bool = True) -> Kills:
    """Kill an operation `count` times; journal False is the negative control that must fail."""
    dice = random.Random(seed)
    result = Kills(operation.name if journal else f"{operation.name} (journal off)")
    with tempfile.TemporaryDirectory() as folder:
        base, place = Path(folder) / "原样", Path(folder) / "试"
        prepared(operation, base, place)
        wanted, took = _whole(operation, base, place)
        for _ in range(count):
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(base, place)
            after = dice.random() * (LONGEST if operation.name == "save" else took)
            acknowledged = _kill(operation, place, after, journal=journal)
            result.kills += 1
            try:
                _reopen(place, Path(folder) / "旁", result)
                if trouble := _trouble(operation, place, acknowledged, wanted):
                    result.wrong.append(trouble)
            except Exception as error:
                result.wrong.append(f"{type(error).__name__}: {error}")
    return result


def _reopen(place: Path, beside: Path, result: Kills) -> None:
    """Take both times, one first and then the other; closing, which tidies the log, is not in."""
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    for file in (place / LEDGER).glob(f"{LEDGER_NAME}*"):
        shutil.copy(file, beside)
    ways = (_ours, place, result.reopened), (_alone, beside / LEDGER_NAME, result.plain)
    for opens, what, times in ways if result.kills % 2 else reversed(ways):
        start = time.perf_counter()
        opening = opens(what)
        times.append(time.perf_counter() - start)
        opening.close()


def _ours(place: Path) -> Workspace:
    ws = opened_after(place)
    ws.ledger.value("SELECT count(*) FROM rounds")
    return ws


def _alone(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    connection.execute("SELECT count(*) FROM rounds").fetchone()
    return connection


def opened_after(place: Path) -> Workspace:
    """The ledger after a kill; where it was moved away from, it opens for looking only."""
    moved = (place / LEDGER / folders.NOTE).exists()
    return open_workspace(place / LEDGER, clock_at(TODAY), read_only=moved)


def _whole(operation: Operation, base: Path, place: Path) -> tuple[tuple[State, State], float]:
    """(state before, state after) of an operation that nobody kills, and its seconds."""
    before = State.of(place)
    shutil.rmtree(place)
    shutil.copytree(base, place)
    start = time.perf_counter()
    _kill(operation, place, None, journal=True)
    took = time.perf_counter() - start
    return (before, State.of(place)), took


def _kill(operation: Operation, place: Path, after: float | None, *, journal: bool) -> int:
    """Start a worker, kill it that long after it was ready (None: after it said it was done).

    The last number it acknowledged.
    """
    heard, says = _WORKERS.Pipe(duplex=False)
    worker = _WORKERS.Process(
        target=work, args=(place, operation.name, says), kwargs={"journal": journal}
    )
    worker.start()
    says.close()
    with heard:
        said = heard.recv()
        if after is None:
            said = heard.recv()
        else:
            time.sleep(after)
        worker.kill()
        worker.join()
        with suppress(EOFError, OSError):
            while True:
                said = heard.recv()
    return int(said)


def _trouble(
    operation: Operation, place: Path, acknowledged: int, wanted: tuple[State, State]
) -> str:
    """What is not as it must be after a kill, or ''. wanted: the states before and after."""
    if operation.name != "save":
        now = State.of(place)
        if not now.between(*wanted):
            return "neither old nor new"
        if acknowledged and now != wanted[1]:
            return "acknowledged, but lost"
        return _half_files(place)
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
    return _half_files(place)


def _half_files(place: Path) -> str:
    """A backup or an exported file that is not whole, or ''."""
    for file in (place / LEDGER / "backups").glob("*.hscredit"):
        with backup.opened_of_any_age(file, place / LEDGER, clock_at(TODAY).now()):
            pass
    for file in (place / OUT).glob("*"):
        whole = file.read_bytes().startswith((b"PK", b"%PDF"))
        if ".new" not in file.suffixes and not whole:
            return f"partial file {file.name}"
    return ""


def all_campaigns(count: int, seed: int) -> list[Kills]:
    """Every operation killed `count` times, then the control without a journal."""
    done = [campaign(item, count, seed) for item in OPERATIONS if not item.newer]
    save = OPERATIONS[0]
    return [*done, campaign(save, max(count // 4, 8), seed, journal=False)]
