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
from hs_credit_desktop.domain.statistics import Status
from hs_credit_desktop.services import overview
from hs_credit_desktop.services.composing_board import board
from hs_credit_desktop.services.integrity import check
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.practice_files import files_folder
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.ui.preferences import Preferences
from tests.conftest import ROOT
from tests.display import WITHIN, wait_until
from tests.ledgers import round_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hs_credit_desktop.services.workspace import Workspace
    from tests.display import Screen

# A little window in the corner from which files are dragged, as from a folder on the desktop.
SOURCE = """
import sys
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(sys.argv[:1])
class Folder(QLabel):
    def mousePressEvent(self, event):
        drag, mime = QDrag(self), QMimeData()
        mime.setUrls([QUrl.fromLocalFile(name) for name in sys.argv[1:]])
        drag.setMimeData(mime)
        done = drag.exec(Qt.DropAction.CopyAction)
        print("taken" if done is Qt.DropAction.CopyAction else "refused", flush=True)
folder = Folder("files")
folder.setWindowFlags(Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.FramelessWindowHint)
folder.setGeometry(1300, 4, 60, 40)
folder.setWindowTitle("dragsource")
folder.show()
app.exec()
"""
ASKED = 0.3  # seconds in which a window answers whether it takes what is dragged; nothing shows it
READS = 1.0  # seconds without a change in which a page that opened has read what it shows
FILES = {"1": 15, "2": 5, "3": 4, "4": 1}  # that lie in the inbox after each pile


class Clerk:
    """Hands at the keyboard and the mouse of a screen, and eyes on screen and ledger.

    Nothing is done before what the last hand did can be seen.
    """

    def __init__(self, screen: Screen, root: Path) -> None:
        self.screen, self.root = screen, root

    def keys(self, *names: str) -> None:
        """Press keys one after another, each when what the last did can be seen."""
        for name in names:
            before = self.screen.look()
            self.screen.xdotool("key", name)
            self.screen.wait_for_change(before)

    def opens(self, *names: str) -> None:
        """Press keys after which something opens, and let it read what it shows."""
        for name in names:
            self.keys(name)
            self.screen.settle(READS)

    def decides(self, *names: str) -> None:
        """Press a key for each return that waits; the ledger has one decision before the next."""
        for name in names:
            left = self._waiting() - 1
            self.keys(name)
            self.waits(lambda ws, left=left: _to_review(ws) == left)  # type: ignore[misc]

    def _waiting(self) -> int:
        ws = open_workspace(self.root, system_clock(), read_only=True)
        try:
            return _to_review(ws)
        finally:
            ws.close()

    def types(self, words: str) -> None:
        """Type where the keyboard is."""
        before = self.screen.look()
        self.screen.xdotool("type", "--delay", "10", words)
        self.screen.wait_for_change(before)

    def drag(self, start: str) -> None:
        """Drag a practice pile into the middle of the window, until all of it lies in the inbox."""
        [pile] = [item for item in files_folder(self.root).iterdir() if item.name[0] == start]
        names = [str(item) for item in sorted(pile.iterdir())]
        source = subprocess.Popen(
            [sys.executable, "-c", SOURCE, *names],
            env=self.screen.env,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert source.stdout is not None
        try:
            self.screen.xdotool("search", "--sync", "--onlyvisible", "--name", "dragsource")
            self.screen.settle()
            self._drop(ASKED)
            if source.stdout.readline() != "taken\n":  # it had no time to answer: slower, then
                self._drop(4 * ASKED)
            self.waits(lambda ws: overview.staged(ws, round_number(ws, 2)) == FILES[start])
        finally:
            source.terminate()
            source.communicate(timeout=WITHIN)
        self.to_front()

    def _drop(self, pause: float) -> None:
        self.screen.xdotool("mousemove", "1330", "24", "mousedown", "1")
        for x, y in ((1250, 60), (1100, 200), (500, 400), (504, 404)):
            time.sleep(pause)
            self.screen.xdotool("mousemove", str(x), str(y))
        time.sleep(pause)
        self.screen.xdotool("mouseup", "1")

    def to_front(self) -> None:
        """Bring the program's window to the keyboard."""
        wait_until(self._in_front, "the window does not come to the front")
        self.screen.settle(READS)

    def _in_front(self) -> bool:
        tool = self.screen.xdotool
        try:
            [window] = tool("search", "--onlyvisible", "--name", "信用任务台账 — ").split()
            tool("windowactivate", window)
            return tool("getactivewindow") == window
        except (subprocess.CalledProcessError, ValueError):  # not there yet
            return False

    def sees(self, *figures: int) -> None:
        """Wait for 已报 未报 通过 退回 待审."""

        def there(ws: Workspace) -> bool:
            now = overview.figures(ws, round_number(ws, 2))
            said = (now.received, now.missing, now.accepted, now.sent_back, now.to_review)
            return said == figures

        self.waits(there)

    def waits(self, holds: Callable[[Workspace], bool]) -> None:
        """Wait until the ledger says so, and the window has come to rest."""

        def asked() -> bool:
            ws = open_workspace(self.root, system_clock(), read_only=True)
            try:
                return holds(ws)
            finally:
                ws.close()

        wait_until(asked, "the ledger does not get there")
        self.screen.settle()

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
            yield
            self.screen.xdotool("key", "alt+F4")
            program.wait(WITHIN)
        finally:
            program.kill()
            _, complaint = program.communicate(timeout=WITHIN)
        assert complaint == ""


def _to_review(ws: Workspace) -> int:
    return overview.figures(ws, round_number(ws, 2)).to_review


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
    clerk.keys("ctrl+Return")  # 10 that are certain and the resubmission
    clerk.sees(35, 9, 22, 0, 13)
    clerk.keys("Return")  # the free report, split
    clerk.sees(36, 8, 22, 0, 14)
    clerk.keys("Return", "ctrl+Return")  # the seating plan: filed as other
    clerk.keys("Return", "ctrl+Return")  # the form of the last round: refused
    clerk.keys("Return")  # the one known by its content
    clerk.sees(37, 7, 22, 0, 15)
    clerk.opens("ctrl+Return")  # 去审核
    clerk.decides("ctrl+Return", "ctrl+Return", "ctrl+r", "ctrl+r")
    clerk.decides(*["ctrl+Return"] * 9, "ctrl+r", "ctrl+r")
    clerk.sees(37, 7, 33, 4, 0)
    clerk.opens("alt+1")
    for number in range(7):
        clerk.keys(*["Down"] * (number > 0), "ctrl+t")
        clerk.types("zhiban")
        clerk.keys("Return")
    clerk.waits(
        lambda ws: (
            [
                item.chases
                for item in overview.expected_returns(ws, round_number(ws, 2), Status.MISSING)
            ]
            == [1] * 7
        )
    )
    clerk.drag("2")
    clerk.keys("ctrl+Return")
    clerk.sees(40, 4, 33, 2, 5)
    clerk.opens("ctrl+Return")
    clerk.decides(*["ctrl+Return"] * 5)
    clerk.sees(40, 4, 38, 2, 0)


def _monday(clerk: Clerk) -> None:
    clerk.drag("3")
    clerk.keys("ctrl+Return")
    clerk.sees(43, 1, 38, 1, 4)
    clerk.opens("ctrl+Return")
    clerk.decides(*["ctrl+Return"] * 4)
    clerk.sees(43, 1, 42, 1, 0)
    clerk.drag("4")
    clerk.keys("ctrl+Return")
    clerk.sees(43, 1, 42, 0, 1)
    clerk.opens("ctrl+Return")
    clerk.decides("ctrl+Return")
    clerk.sees(43, 1, 43, 0, 0)
    clerk.opens("alt+6", "ctrl+g")
    clerk.waits(lambda ws: len(board(ws, round_number(ws, 2)).composed) == 24)
    clerk.opens("alt+0", "f")
    clerk.keys("space", "ctrl+Return")
    clerk.waits(lambda ws: round_number(ws, 2).state is RoundState.FROZEN)
    clerk.keys("Escape")
