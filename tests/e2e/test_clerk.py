"""市发改委's complete return of 23 measures, typed in the real window without the mouse."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.notices import bundled_notice, create_ledger, read_notice
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.store.lists import EntryQuery
from tests.conftest import ROOT
from tests.e2e.test_logging import WITHIN, _wait
from tests.ledgers import clock_at

if TYPE_CHECKING:
    from pathlib import Path

    from tests.display import Screen

UNIT, INITIALS, MEASURES, MOST = "市发改委", "sfgw", 23, 3


def _said(folder: Path) -> list[tuple[str, str]]:
    """(进展情况, 主要成效) of the unit's entries in the order of the form."""
    ws = open_workspace(folder, system_clock(), read_only=True)
    try:
        round_ = overview.round_of(ws, overview.notice(ws).id, 2)
        [ref] = [
            item.id for item in overview.expected_returns(ws, round_) if item.unit_name == UNIT
        ]
        found = overview.entries(ws, round_, EntryQuery(round_.id, expected_return_id=ref))
        return [(entry.parts.progress, entry.parts.results) for entry in found]
    finally:
        ws.close()


@pytest.mark.display
def test_a_whole_return_is_typed_in_the_real_window(screen: Screen, tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    create_ledger(folder, clock_at(date(2024, 8, 20)), read_notice(bundled_notice())).close()
    program = subprocess.Popen(
        [sys.executable, "-m", "hs_credit_desktop", "--data", str(folder)],
        cwd=ROOT,
        env=screen.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    keys = 0

    def press(*names: str) -> None:
        nonlocal keys
        keys += len(names)
        screen.xdotool("key", "--delay", "60", *names)

    try:
        screen.xdotool("search", "--sync", "--onlyvisible", "--pid", str(program.pid))
        screen.xdotool("search", "--sync", "--name", "信用任务台账 — ", "windowactivate", "--sync")
        time.sleep(1.0)
        press("alt+3")
        time.sleep(1.0)
        press(*INITIALS, "Return")
        for number in range(1, MEASURES + 1):
            time.sleep(0.1)
            screen.xdotool("type", "--delay", "8", f"progress {number}")
            press("Tab")
            screen.xdotool("type", "--delay", "8", f"result {number}")
            press("ctrl+Return")
        wanted = [(f"progress {number}", f"result {number}") for number in range(1, MEASURES + 1)]
        _wait(lambda: all(first for first, _ in _said(folder)))
        screen.picture(tmp_path / "typed.png")
    finally:
        program.kill()
        _, complaint = program.communicate(timeout=WITHIN)
    assert _said(folder) == wanted
    assert keys <= MOST * MEASURES
    assert complaint == ""
