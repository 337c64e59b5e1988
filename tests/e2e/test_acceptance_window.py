"""The main path of the acceptance script with real keys and a real drag in the real window."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.domain.rounds import RoundState
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.composing_board import board
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.practice_files import files_folder
from hs_credit_desktop.services.today import agenda
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.ui.preferences import Preferences
from tests.conftest import ROOT
from tests.e2e.test_logging import WITHIN, _wait
from tests.ledgers import round_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace
    from tests.display import Screen

# A little window in the corner from which files are dragged, as from a folder on the desktop.
SOURCE = """
import sys
from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(sys.argv[:1])
class Folder(QLabel):
    def mousePressEvent(self, event):
        drag, mime = QDrag(self), QMimeData()
        mime.setUrls([QUrl.fromLocalFile(name) for name in sys.argv[1:]])
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)
        QTimer.singleShot(3000, app.quit)  # whoever took the files may still ask for their names
folder = Folder("files")
folder.setWindowFlags(Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.FramelessWindowHint)
folder.setGeometry(1300, 4, 60, 40)
folder.setWindowTitle("dragsource")
folder.show()
app.exec()
"""
SHOWN = 4.0  # seconds from the ledger to the page, on a loaded machine
PAUSE = 0.7  # between keys, as a quick clerk makes them


class Clerk:
    """Hands at the keyboard and the mouse of a screen, and eyes on the ledger."""

    def __init__(self, screen: Screen, root: Path) -> None:
        self.screen, self.root = screen, root

    def keys(self, *names: str) -> None:
        """Press keys one after another."""
        for name in names:
            self.screen.xdotool("key", "--delay", "60", name)
            time.sleep(PAUSE)

    def drag(self, start: str) -> None:
        """Drag a practice pile into the middle of the window."""
        [pile] = [item for item in files_folder(self.root).iterdir() if item.name[0] == start]
        names = [str(item) for item in sorted(pile.iterdir())]
        source = subprocess.Popen([sys.executable, "-c", SOURCE, *names], env=self.screen.env)
        try:
            self.screen.xdotool("search", "--sync", "--onlyvisible", "--name", "dragsource")
            time.sleep(PAUSE)
            self.screen.xdotool("mousemove", "1330", "24", "mousedown", "1")
            for x, y in ((1250, 60), (1100, 200), (500, 400), (504, 404)):
                time.sleep(0.3)
                self.screen.xdotool("mousemove", str(x), str(y))
            time.sleep(0.3)
            self.screen.xdotool("mouseup", "1")
        finally:
            source.wait(WITHIN)
        self.to_front()

    def to_front(self) -> None:
        """Bring the program's window to the keyboard."""
        name = "信用任务台账 — "
        self.screen.xdotool("search", "--sync", "--name", name, "windowactivate", "--sync")
        time.sleep(PAUSE)

    def sees(self, *figures: int) -> None:
        """Wait for 已报 未报 通过 退回 待审."""

        def there(ws: Workspace) -> bool:
            now = overview.figures(ws, round_number(ws, 2))
            said = (now.received, now.missing, now.accepted, now.sent_back, now.to_review)
            return said == figures

        self.waits(there)

    def receives(self, count: int) -> None:
        """Wait until so many files lie in the inbox, and its page has had time to show them."""
        self.waits(lambda ws: overview.staged(ws, round_number(ws, 2)) == count)
        time.sleep(SHOWN)

    def waits(self, holds: Callable[[Workspace], bool]) -> None:
        """Wait until the ledger says so."""

        def asked() -> bool:
            ws = open_workspace(self.root, system_clock(), read_only=True)
            try:
                return holds(ws)
            finally:
                ws.close()

        time.sleep(SHOWN)
        _wait(asked)
        time.sleep(PAUSE)  # the page reads it too

    @contextmanager
    def window(self, *options: str) -> Iterator[None]:
        """The program from its start to Alt+F4."""
        command = [sys.executable, "-m", "hs_credit_desktop", "--data", str(self.root), *options]
        program = subprocess.Popen(
            command, cwd=ROOT, env=self.screen.env, stderr=subprocess.PIPE, text=True
        )
        try:
            self.screen.xdotool("search", "--sync", "--onlyvisible", "--pid", str(program.pid))
            self.to_front()
            time.sleep(1.0)
            yield
            self.screen.xdotool("key", "alt+F4")
            program.wait(WITHIN)
        finally:
            program.kill()
            _, complaint = program.communicate(timeout=WITHIN)
        assert complaint == ""


@pytest.mark.display
def test_friday_and_monday_in_the_real_window(screen: Screen, tmp_path: Path) -> None:
    clerk = Clerk(screen, create_practice(tmp_path / "练习台账"))
    Preferences(clerk.root).put("tour", "done")  # this clerk knows the program
    with clerk.window():
        _friday(clerk)
    backup = sorted(item.name[:2] for item in (clerk.root / "backups").iterdir())
    assert "退出" in backup
    with clerk.window("--today", "2024-12-02"):
        _monday(clerk)
    ws = open_workspace(clerk.root, system_clock(), read_only=True)
    figures = overview.figures(ws, round_number(ws, 2))
    assert (figures.on_time, figures.late, figures.entries_covered) == (42, 1, 266)
    assert check(ws) == []
    ws.close()


def _friday(clerk: Clerk) -> None:
    clerk.drag("1")
    clerk.receives(15)
    clerk.keys("ctrl+Return")  # 10 that are certain and the resubmission
    clerk.sees(35, 9, 22, 0, 13)
    clerk.keys("Return")  # the free report, split
    clerk.sees(36, 8, 22, 0, 14)
    clerk.keys("Return", "ctrl+Return")  # the seating plan: filed as other
    clerk.keys("Return", "ctrl+Return")  # the form of the last round: refused
    clerk.keys("Return")  # the one known by its content
    clerk.sees(37, 7, 22, 0, 15)
    clerk.keys("ctrl+Return")  # 去审核
    clerk.keys("ctrl+Return", "ctrl+Return", "ctrl+r", "ctrl+r")
    clerk.keys(*["ctrl+Return"] * 9, "ctrl+r", "ctrl+r")
    clerk.sees(37, 7, 33, 4, 0)
    clerk.keys("alt+1")
    for _ in range(7):
        clerk.keys("ctrl+t")
        clerk.screen.xdotool("type", "--delay", "10", "zhiban")
        clerk.keys("Return", "Down")
    clerk.waits(
        lambda ws: [item.chases for item in agenda(ws, round_number(ws, 2)).missing] == [1] * 7
    )
    clerk.drag("2")
    clerk.receives(5)
    clerk.keys("ctrl+Return")
    clerk.sees(40, 4, 33, 2, 5)
    clerk.keys("ctrl+Return", *["ctrl+Return"] * 5)
    clerk.sees(40, 4, 38, 2, 0)


def _monday(clerk: Clerk) -> None:
    clerk.drag("3")
    clerk.receives(4)
    clerk.keys("ctrl+Return")
    clerk.sees(43, 1, 38, 1, 4)
    clerk.keys("ctrl+Return", *["ctrl+Return"] * 4)
    clerk.sees(43, 1, 42, 1, 0)
    clerk.drag("4")
    clerk.receives(1)
    clerk.keys("ctrl+Return")
    clerk.sees(43, 1, 42, 0, 1)
    clerk.keys("ctrl+Return", "ctrl+Return")
    clerk.sees(43, 1, 43, 0, 0)
    clerk.keys("alt+6", "ctrl+g")
    clerk.waits(lambda ws: len(board(ws, round_number(ws, 2)).composed) == 24)
    clerk.keys("alt+0", "f", "space", "ctrl+Return")
    clerk.waits(lambda ws: round_number(ws, 2).state is RoundState.FROZEN)
    clerk.keys("Escape")
