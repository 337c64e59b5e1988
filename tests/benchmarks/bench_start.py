"""Goals 1 and 4: from the start of Python to the painted main window with a full round.

The floor of goal 1 is a QMainWindow with nothing in it, that of goal 4 the same start with the
practice ledger; byte code is written before the first round.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.pairs import Result, pairs
from tests.benchmarks.scale import folders

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
GOAL, GOAL_AT_SCALE = 1.4, 1.1
ROUNDS = 15
PAINTED = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject

class Painted(QObject):
    # The moment the first paint of the window is done, then the end without any tidying up.
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.UpdateRequest:
            watched.event(event)
            print(time.time(), flush=True)
            os._exit(0)
        return False

painted = Painted()
window.installEventFilter(painted)
window.show()
app.exec()
"""
BLANK = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1366, 697)
"""
FULL = """
import gc, sys
gc.disable()  # as the program's entrance does
from pathlib import Path
from hs_credit_desktop import app as program, paths
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.preferences import Preferences
app = program.application()
theme.apply(app, theme.Mode.LIGHT)
folder = paths.DataFolder(Path(sys.argv[1]))
window = program.compose(folder, Preferences(folder.root), None)
"""


def run() -> Iterator[Result]:
    """Full window against blank window; a large ledger against the practice ledger."""
    with folders() as (small, large):
        blank, full = partial(_seconds, BLANK, small), partial(_seconds, FULL, small)
        yield pairs(blank, full, ROUNDS, name="start to painted window", goal=GOAL)
        at_scale = partial(_seconds, FULL, large)
        yield pairs(full, at_scale, ROUNDS, name="start on a large ledger", goal=GOAL_AT_SCALE)


def _seconds(code: str, folder: Path) -> float:
    """Seconds from starting the process to the end of its first paint."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begin = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code + PAINTED, str(folder)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    return float(done.stdout) - begin
