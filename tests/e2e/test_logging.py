"""A clerk logs a return with real keys in the real window; it is there after kill -9."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store import audit
from hs_credit_desktop.store.lists import EntryQuery
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.display import Screen

WITHIN = 60.0  # seconds; a loaded machine is slow
UNIT = "市商务局"
INITIALS, TEXT = "sswj", "2024 A-102 ok"


def _state(folder: Path) -> tuple[list[str], int, int]:
    """(texts of the unit in the order of its form, returns received, lines of the audit log)."""
    ws = open_workspace(folder, system_clock(), read_only=True)
    try:
        round_ = overview.round_of(ws, overview.notice(ws).id, 2)
        [ref] = [
            item.id for item in overview.expected_returns(ws, round_) if item.unit_name == UNIT
        ]
        found = overview.entries(ws, round_, EntryQuery(round_.id, expected_return_id=ref))
        texts = [entry.parts.progress for entry in found]
        return texts, overview.figures(ws, round_).received, len(audit.lines(ws.ledger))
    finally:
        ws.close()


def _wait(done: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN
    while not done():
        assert time.monotonic() < end, "the window did not get there in time"
        time.sleep(0.2)


@pytest.mark.display
def test_a_unit_is_logged_by_keyboard_and_survives_the_end_of_the_program(
    screen: Screen, tmp_path: Path
) -> None:
    folder = create_practice(tmp_path / "ledger")
    before, received, lines = _state(folder)
    assert not any(before)
    program = subprocess.Popen(
        [sys.executable, "-m", "hs_credit_desktop", "--data", str(folder)],
        cwd=ROOT,
        env=screen.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        screen.xdotool("search", "--sync", "--onlyvisible", "--pid", str(program.pid))
        screen.xdotool("search", "--sync", "--name", "信用任务台账 — ", "windowactivate", "--sync")
        screen.xdotool("key", "ctrl+k")
        screen.xdotool("type", "--delay", "60", INITIALS)
        time.sleep(1.0)
        screen.xdotool("key", "Return")  # its whole return, the keyboard in the first 进展情况
        time.sleep(1.5)
        for number in (1, 2):
            screen.xdotool("type", "--delay", "20", f"{TEXT} {number}")
            screen.xdotool("key", "ctrl+Return")
            _wait(lambda wanted=number: sum(map(bool, _state(folder)[0])) == wanted)
    finally:
        program.kill()
        _, said = program.communicate(timeout=WITHIN)
    texts, now_received, now_lines = _state(folder)
    assert texts[:2] == [f"{TEXT} 1", f"{TEXT} 2"]
    assert now_received == received + 1
    assert now_lines == lines + 2
    assert said == ""
