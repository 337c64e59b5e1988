"""One writer at a time, named; the lock falls with its process."""

from __future__ import annotations

import getpass
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.store import lock
from hs_credit_desktop.store.lock import (
    LOCK_NAME,
    UNKNOWN_USER,
    LedgerInUseError,
    StaleLockError,
    WriterLock,
    holder_of,
    whoami,
)
from tests.ledgers import ROOT, TODAY, clock_at, folder_state

if TYPE_CHECKING:
    from pathlib import Path

NOW = clock_at(TODAY).now()
HOLD = """
import sys
from pathlib import Path
from hs_credit_desktop.store.lock import WriterLock
from tests.ledgers import TODAY, clock_at
held = WriterLock.acquire(Path(sys.argv[1]), at=clock_at(TODAY).now())
print("held", flush=True)
sys.stdin.read()
"""


def test_second_opening_names_who_holds_it(tmp_path: Path) -> None:
    held = WriterLock.acquire(tmp_path, at=NOW)
    computer, user = whoami()
    with pytest.raises(UserError) as caught:
        WriterLock.acquire(tmp_path, at=NOW)
    assert caught.value.what == (f"台账正在被使用（{computer} 上的 {user}，自 2024-08-20 09:30）")
    assert caught.value.advice == "没有改动。请先关闭那里的程序，再试一次。"
    held.release()
    WriterLock.acquire(tmp_path, at=NOW).release()


def test_another_process_holds_it_until_it_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as other:
        assert other.stdout.readline() == "held\n"
        before = folder_state(tmp_path)
        with pytest.raises(UserError, match=rf"{whoami()[0]} 上的 .*自 2024-08-20 09:30"):
            WriterLock.acquire(tmp_path, at=NOW)
        assert folder_state(tmp_path) == before
        other.kill()
    assert (tmp_path / LOCK_NAME).read_text(encoding="utf-8") != ""  # what it wrote is stale now
    WriterLock.acquire(tmp_path, at=NOW).release()


def test_holder_is_written_for_others_and_wiped_at_the_end(tmp_path: Path) -> None:
    held = WriterLock.acquire(tmp_path, at=NOW)
    said = json.loads((tmp_path / LOCK_NAME).read_text(encoding="utf-8"))
    assert (said["computer"], said["user"]) == whoami()
    held.release()
    assert (tmp_path / LOCK_NAME).read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("words", ["", "{", "[]", '{"computer": "甲"}'])
def test_unreadable_holder_is_another_program(tmp_path: Path, words: str) -> None:
    held = WriterLock.acquire(tmp_path, at=NOW)
    (tmp_path / LOCK_NAME).write_text(words, encoding="utf-8")
    with pytest.raises(UserError, match="台账正在被使用（另一个程序）"):
        WriterLock.acquire(tmp_path, at=NOW)
    held.release()


@pytest.mark.parametrize("error", [OSError, KeyError, ImportError])
def test_a_pc_that_knows_no_user(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def unknown() -> str:
        raise error("no user")

    assert whoami()[1] == getpass.getuser()
    monkeypatch.setattr(lock.getpass, "getuser", unknown)
    assert whoami()[1] == UNKNOWN_USER


ELSEWHERE = {"computer": "另一台", "user": "甲", "since": "2024-08-01 08:00", "pid": 1}


def test_a_ledger_left_open_on_another_pc_is_taken_over_when_the_clerk_says_so(
    tmp_path: Path,
) -> None:
    (tmp_path / LOCK_NAME).write_text(json.dumps(ELSEWHERE), encoding="utf-8")
    before = folder_state(tmp_path)
    for _ in range(2):  # asking does not take it
        with pytest.raises(StaleLockError) as caught:
            WriterLock.acquire(tmp_path, at=NOW)
    assert caught.value.what == "台账上次没有正常关闭（另一台 上的 甲，自 2024-08-01 08:00）"
    assert "接着使用" in caught.value.advice
    assert folder_state(tmp_path) == before
    held = WriterLock.acquire(tmp_path, at=NOW, take_over=True)
    assert str(holder_of(tmp_path)).startswith(whoami()[0])
    with pytest.raises(LedgerInUseError):
        WriterLock.acquire(tmp_path, at=NOW, take_over=True)
    held.release()
    assert holder_of(tmp_path) is None


def test_a_folder_without_a_lock_has_no_holder(tmp_path: Path) -> None:
    assert holder_of(tmp_path) is None
