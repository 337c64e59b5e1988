"""The first click on each page of the rail: the longest silence of the window, ≤ 80 ms.

A process of its own for each round, since a page is opened for the first time only once. The window
has had its time to load what the pages need (ui/warming.py); the second figure goes without.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.pairs import Result
from tests.benchmarks.scale import folders

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
GOAL_S, IDLE_S = 0.080, 0.025
ROUNDS = 5
CLICKS = """
import gc, json, sys, time
from itertools import pairwise
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from hs_credit_desktop import app as program, paths
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.warming import Warming

app = program.application()
theme.apply(app, theme.Mode.LIGHT)
folder = paths.DataFolder(Path(sys.argv[1]))
gc.disable()
window = program.compose(folder, Preferences(folder.root), None)
window.show()

beats = []
heart = QTimer()
heart.timeout.connect(lambda: beats.append(time.perf_counter()))
heart.start(5)

def live(seconds, act=lambda: None):
    beats[:] = [time.perf_counter()]
    act()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or window.task_run.working:
        QApplication.processEvents()
        time.sleep(0.0005)
    beats.append(time.perf_counter())
    return max(after - before for before, after in pairwise(beats))

said = {"idle": live(0.5)}
if "warm" in sys.argv:
    program.warm_up(window)
    warming = window.findChild(Warming)
    said["warming"] = live(1.0)
    while not warming.done:
        said["warming"] = max(said["warming"], live(0.2))
else:
    gc.enable()
live(3.0)  # the check of the ledger is over
said["idle"] = live(0.5)
for name in window.rail.names[1:]:
    said[name] = live(0.7, lambda: window.show_page(name))
print(json.dumps(said), flush=True)
window.close()
"""


def run() -> Iterator[Result]:
    """One figure a page with the warming, and the longest of all without it."""
    with folders() as (small, _large):
        warm = [_clicks(small, "warm") for _ in range(ROUNDS)]
        cold = [_clicks(small) for _ in range(ROUNDS)]
    control = 1.0 if _middle(warm, "idle") <= IDLE_S else 2.0
    for name in warm[0]:
        if name != "idle":
            silence = _middle(warm, name)
            ratio = silence / GOAL_S
            yield Result(f"first click: {name}", ROUNDS, GOAL_S, silence, ratio, control, 1.0)
    for name in cold[0]:
        if name != "idle":
            before, after = _middle(cold, name), _middle(warm, name)
            words = f"warmed / not: {name}"
            yield Result(words, ROUNDS, before, after, after / before, control)


def _middle(rounds: list[dict[str, float]], name: str) -> float:
    return statistics.median(said[name] for said in rounds)


def _clicks(folder: Path, *words: str) -> dict[str, float]:
    """Page → seconds of the longest silence when it is opened for the first time."""
    done = subprocess.run(
        [sys.executable, "-c", CLICKS, str(folder), *words],
        cwd=ROOT,
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))
