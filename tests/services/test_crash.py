"""Killed programs: what was said to be saved is there, what was not is not, nothing is half."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.services import find, overview, receiving
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import audit
from tests.ledgers import ROOT, TODAY, clock_at, dump, entry, record, round_number

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace

SAVE = """
import sys
from pathlib import Path
from hs_credit_desktop.services.workspace import open_workspace
from tests.ledgers import TODAY, clock_at, record
ws = open_workspace(Path(sys.argv[1]), clock_at(TODAY))
for number, text in enumerate(sys.argv[2:], 1):
    record(ws, "市数据局", 1, text)
    print("saved", number, flush=True)
sys.stdin.read()
"""
HALF = """
import sys
from pathlib import Path
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import audit
from tests.ledgers import TODAY, clock_at, record
ws = open_workspace(Path(sys.argv[1]), clock_at(TODAY))
def stop(*_, **__):
    ws.ledger.connection.execute("PRAGMA cache_spill = 1")
    print("half", flush=True)
    sys.stdin.read()
audit.append = stop
record(ws, "市数据局", 1, sys.argv[2] * 200_000)
"""
STAGE = """
import sys
from pathlib import Path
from hs_credit_desktop.services import receiving
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import audit
from tests.ledgers import TODAY, clock_at, round_number
ws = open_workspace(Path(sys.argv[1]), clock_at(TODAY))
def stop(*_, **__):
    ws.ledger.connection.execute("PRAGMA cache_spill = 1")
    print("half", flush=True)
    sys.stdin.read()
audit.append = stop
receiving.stage(ws, receiving.read_pasted("市数据局：" + sys.argv[2] * 100_000), round_number(ws))
"""


def _killed(code: str, *arguments: str, after: str) -> None:
    """Run a script and kill it (SIGKILL, TerminateProcess) as soon as it has said `after`."""
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as other:
        for line in other.stdout:
            if line.strip() == after:
                break
        else:
            pytest.fail(f"it never said {after}")
        other.kill()


@pytest.fixture
def reopened(ws: Workspace) -> Path:
    """The data folder of a ledger that is closed, for another process."""
    ws.close()
    return ws.folder.root


def test_an_acknowledged_save_survives_the_kill(reopened: Path) -> None:
    _killed(SAVE, str(reopened), "第一稿", "第二稿", after="saved 2")
    ws = open_workspace(reopened, clock_at(TODAY))
    try:
        assert entry(ws, "市数据局", 1).parts.progress == "第二稿"
        assert [line.action for line in audit.lines(ws.ledger)][-2:] == ["登记反馈", "登记反馈"]
        assert overview.figures(ws, round_number(ws)).received == 1
        assert [hit.unit for hit in find.find(ws, "第二稿")] == ["市数据局"]
        assert check(ws) == []
        record(ws, "市商务局", 1)
    finally:
        ws.close()


def test_a_save_killed_in_the_middle_leaves_nothing(reopened: Path) -> None:
    ws = open_workspace(reopened, clock_at(TODAY))
    record(ws, "市数据局", 3, "从前的")
    tables = ("expected_returns", "expected_entries", "returns", "feedback", "audit")
    before = dump(ws, tables)
    ws.close()
    _killed(HALF, str(reopened), "半", after="half")
    ws = open_workspace(reopened, clock_at(TODAY))
    try:
        assert dump(ws, tables) == before
        assert find.find(ws, "半") == []
        assert check(ws) == []
    finally:
        ws.close()


def test_readers_after_a_kill_see_the_save_too(reopened: Path) -> None:
    _killed(SAVE, str(reopened), "第一稿", after="saved 1")
    ws = open_workspace(reopened, clock_at(TODAY), read_only=True)
    try:
        assert entry(ws, "市数据局", 1).parts.progress == "第一稿"
        assert check(ws) == []
    finally:
        ws.close()


def test_a_pile_killed_on_its_way_into_the_inbox_leaves_nothing(reopened: Path) -> None:
    ws = open_workspace(reopened, clock_at(TODAY))
    receiving.stage(ws, receiving.read_pasted("市数据局：从前收到的"), round_number(ws))
    tables = ("staged_items", "files", "returns", "audit")
    before = dump(ws, tables)
    ws.close()
    _killed(STAGE, str(reopened), "半", after="half")
    ws = open_workspace(reopened, clock_at(TODAY))
    try:
        assert dump(ws, tables) == before
        assert check(ws) == []
    finally:
        ws.close()
