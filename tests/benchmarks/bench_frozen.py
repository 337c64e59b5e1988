"""Goal 3: the packaged program's start against the source's, and against a spreadsheet program's.

Seen from outside, on a virtual screen: from starting the process until a spot of the window has its
colour. The same ledger for both; the spreadsheet program opens the ledger's own export of it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import ImageGrab

from tests.benchmarks.pairs import Result, pairs
from tests.display import virtual_screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.display import Screen

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = Path(os.environ.get("HS_CREDIT_BUILD") or Path.home() / ".cache" / "hs-credit-build")
FROZEN = BUILD / "linux" / "dist" / "hs-credit" / "信用任务台账"
SPREADSHEET = shutil.which("soffice")
ROUNDS = 15
AGAINST_SOURCE, AGAINST_SPREADSHEET = 1.2, 0.2
OPENS_WITHIN = 90.0  # seconds
RAIL = (20, 560)  # a spot of the maximized window's rail where nothing stands
RAIL_COLOUR = (0xE7, 0xEB, 0xF1)  # the light look's `nav`


def run() -> Iterator[Result]:
    """Two figures: frozen against source, frozen against the spreadsheet program."""
    if not FROZEN.exists():
        raise SystemExit("Build first: python3 dev.py build -- --folder")
    from hs_credit_desktop.services.practice import create_practice

    with tempfile.TemporaryDirectory() as scratch, virtual_screen() as screen:
        ledger = create_practice(Path(scratch) / "practice")
        source = [sys.executable, "-m", "hs_credit_desktop", "--data", ledger]
        frozen = [FROZEN, "--data", ledger]
        ours = partial(_painted, screen)
        for command in (source, frozen):  # byte code, window preferences, the disk's cache
            _seconds(screen, command, ours)
        from_source = partial(_seconds, screen, source, ours)
        from_frozen = partial(_seconds, screen, frozen, ours)
        yield pairs(
            from_source, from_frozen, ROUNDS, name="frozen start / source", goal=AGAINST_SOURCE
        )
        if SPREADSHEET is None:
            return
        book = _export(ledger, Path(scratch))
        profile = f"-env:UserInstallation=file://{scratch}/office"
        calc = [SPREADSHEET, profile, "--norestore", "--nologo", "--calc", book]
        from_calc = partial(_seconds, screen, calc, partial(_titled, screen, book.stem))
        from_calc()
        goal = AGAINST_SPREADSHEET
        yield pairs(from_calc, from_frozen, ROUNDS, name="frozen start / spreadsheet", goal=goal)


def _export(ledger: Path, out: Path) -> Path:
    """Write the ledger's workbook with the packaged program; its path."""
    console = FROZEN.with_name("hs-credit")
    subprocess.run([console, "--data", ledger, "export", "--xlsx", "--out", out], check=True)
    (book,) = out.glob("*.xlsx")
    return book


def _painted(screen: Screen) -> bool:
    """Whether our window has drawn its rail."""
    box = (*RAIL, RAIL[0] + 1, RAIL[1] + 1)
    return ImageGrab.grab(bbox=box, xdisplay=screen.name).getpixel((0, 0)) == RAIL_COLOUR


def _titled(screen: Screen, title: str) -> bool:
    """Whether a window with the file's name in its title is on the screen."""
    try:
        return bool(screen.xdotool("search", "--onlyvisible", "--name", title))
    except subprocess.CalledProcessError:
        return False


def _seconds(screen: Screen, command: list[str | Path], there: Callable[[], bool]) -> float:
    """Seconds from starting a program until its window is there; the program ends afterwards."""
    begin = time.perf_counter()
    quiet = subprocess.DEVNULL
    shown = subprocess.Popen(command, cwd=ROOT, env=screen.env, stdout=quiet, stderr=quiet)
    while not there():
        if time.perf_counter() - begin > OPENS_WITHIN:
            shown.kill()
            raise RuntimeError(f"no window of {command[0]}")
        time.sleep(0.01)  # looking takes a core from those who paint
    taken = time.perf_counter() - begin
    _close(screen, shown, there)
    return taken


def _close(screen: Screen, shown: subprocess.Popen[bytes], there: Callable[[], bool]) -> None:
    """Close the window as a user does, and wait until process and window are gone."""
    while shown.poll() is None:
        screen.xdotool("key", "alt+F4")
        try:
            shown.wait(2)
        except subprocess.TimeoutExpired:
            continue
    while there():
        time.sleep(0.05)
