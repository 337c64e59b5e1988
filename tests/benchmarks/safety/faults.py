"""A fault at every write, sync, open, rename and removal of an operation, one by one.

Each is run in this process, which must have been started with the shim of faults.c preloaded.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from hs_credit_desktop.clock import CHINA
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.store import backup
from tests.benchmarks.safety.operations import (
    LEDGER,
    OPERATIONS,
    Operation,
    State,
    newer_program,
    prepared,
    same_ids,
)

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
NOW = datetime(2024, 8, 20, 9, 30, tzinfo=CHINA)
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)


def campaign(name: str, *, every: int = 1) -> dict[str, object]:
    """Break an operation off at each of its calls (or every n-th) in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        shim = Path(folder) / "faults.so"
        build = ["cc", "-shared", "-fPIC", "-O1", "-o", str(shim), str(HERE / "faults.c"), "-ldl"]
        subprocess.run(build, check=True, capture_output=True)
        env = {**os.environ, "LD_PRELOAD": str(shim), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.safety.faults", str(shim), name, str(every)],
            env=env,
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        found: dict[str, object] = json.loads(done.stdout)
        return found


def run(shim: ctypes.CDLL, operation: Operation, every: int) -> dict[str, object]:
    """All faults of one operation: how many calls, how many refused in words, what went wrong."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        base, place = Path(folder) / "原样", Path(folder) / "试"
        prepared(operation, base, place)
        if operation.newer:
            stack.enter_context(newer_program())
        old = State.of(place)
        shutil.rmtree(place)
        shutil.copytree(base, place)
        shim.faults_root(str(place).encode())
        shim.faults_arm(0, 0)
        same_ids()
        operation.act(place)
        calls = int(shim.faults_stop())
        new = State.of(place)
        said, passed, wrong = 0, 0, []
        for at in range(1, calls + 1, every):
            number = ERRORS[at % len(ERRORS)]
            shutil.rmtree(place)
            shutil.copytree(base, place)
            outcome = _broken(shim, operation, place, at, number)
            trouble = _trouble(place, old, new)
            if outcome == "passed":
                passed += 1
            elif outcome == "said":
                said += 1
            else:
                trouble = f"{trouble} {outcome}"
            if trouble:
                wrong.append(f"call {at} {errno.errorcode[number]}: {trouble}")
    return {"name": operation.name, "calls": calls, "said": said, "passed": passed, "wrong": wrong}


def _broken(shim: ctypes.CDLL, operation: Operation, place: Path, at: int, number: int) -> str:
    same_ids()
    shim.faults_arm(at, number)
    try:
        operation.act(place)
    except UserError as error:
        return "said" if error.what and error.advice else "UserError says nothing"
    except BaseException as error:
        return f"not in words: {type(error).__name__}: {error}"
    finally:
        shim.faults_stop()
    return "passed"


def _trouble(place: Path, old: State, new: State) -> str:
    for file in (place / LEDGER / "backups").glob("*.hscredit"):
        try:
            with backup.opened_of_any_age(file, place / LEDGER, NOW):
                pass
        except UserError as error:
            return f"partial backup: {error}"
    try:
        now = State.of(place)
    except BaseException as error:
        return f"afterwards {type(error).__name__}: {error}"
    return "" if now.between(old, new) else "neither old nor new"


def main() -> None:
    """Run one operation's faults and print them as JSON."""
    operation = next(item for item in OPERATIONS if item.name == sys.argv[2])
    print(json.dumps(run(ctypes.CDLL(sys.argv[1]), operation, int(sys.argv[3]))))


if __name__ == "__main__":
    main()
