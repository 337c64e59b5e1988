"""A virtual screen with a real window manager, for tests that click in real windows."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import ImageChops, ImageGrab

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL import Image

PROGRAMS = ("Xvfb", "openbox", "xdotool")
STARTS_WITHIN = 20.0  # seconds; a loaded machine of two cores is slow, a broken one never ready
WITHIN = 60.0  # seconds until what a test waits for is there, on a loaded machine
ANSWERED = 2.0  # seconds in which a key shows on the screen; some change nothing that is seen
GLANCE = 0.05  # seconds between two looks
CURSOR = (4, 32)  # a blinking text cursor is no change


@dataclass(frozen=True)
class Screen:
    """A running virtual screen: its name (such as ":99") and the environment for its programs."""

    name: str
    env: dict[str, str]

    def xdotool(self, *arguments: str) -> str:
        """Move the mouse, press keys, find windows; return what xdotool printed."""
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=STARTS_WITHIN,
            check=True,
        )
        return done.stdout.strip()

    def picture(self, path: Path) -> Path:
        """Save what the screen shows as PNG; return the path."""
        self.look().save(path)
        return path

    def look(self) -> Image.Image:
        """What the screen shows now."""
        return ImageGrab.grab(xdisplay=self.name)

    def wait_for_change(self, before: Image.Image) -> None:
        """Wait until the screen shows something else than before, if it ever does, and rests."""
        end = time.monotonic() + ANSWERED
        while alike(before, self.look()) and time.monotonic() < end:
            time.sleep(GLANCE)
        self.settle()

    def settle(self, rest: float = GLANCE) -> None:
        """Wait until looks see the same for so many seconds."""
        seen, since = self.look(), time.monotonic()

        def rested() -> bool:
            nonlocal seen, since
            now = self.look()
            if not alike(seen, now):
                seen, since = now, time.monotonic()
            return time.monotonic() - since > rest

        wait_until(rested, "the screen does not come to rest")


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two looks differ by a text cursor at most."""
    box = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox()
    return box is None or (box[2] - box[0] <= CURSOR[0] and box[3] - box[1] <= CURSOR[1])


def wait_until(holds: Callable[[], bool], otherwise: str) -> None:
    """Wait for a condition; after a minute the test fails and says what did not happen."""
    end = time.monotonic() + WITHIN
    while not holds():
        assert time.monotonic() < end, otherwise
        time.sleep(GLANCE)


def missing_for_display() -> list[str]:
    """Return the programs that a virtual screen needs and this machine lacks."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


@contextmanager
def virtual_screen(width: int = 1366, height: int = 768) -> Iterator[Screen]:
    """Start Xvfb on a free display number and openbox in it; both end with the block."""
    with tempfile.TemporaryDirectory() as folder:
        server, name = _start_server(f"{width}x{height}x24")
        try:
            screen = Screen(name, _environment(name))
            manager = _start_window_manager(screen, Path(folder) / "ready")
            try:
                yield screen
            finally:
                _end(manager)
        finally:
            _end(server)


def _environment(name: str) -> dict[str, str]:
    """Return the environment of a program on this screen, without traces of any other screen."""
    env = {k: v for k, v in os.environ.items() if k not in ("WAYLAND_DISPLAY", "XAUTHORITY")}
    return {**env, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}


def _start_server(mode: str) -> tuple[subprocess.Popen[bytes], str]:
    """Start Xvfb, which chooses the display number itself, and return it with that number."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(write_end),
            "-screen",
            "0",
            mode,
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=(write_end,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as numbers:
        number = numbers.readline().strip()  # empty when Xvfb ended without a display
    if not number:
        _end(server)
        raise RuntimeError("Xvfb did not start")
    return server, f":{number}"


def _start_window_manager(screen: Screen, ready: Path) -> subprocess.Popen[bytes]:
    """Start openbox and wait until it manages windows (it then runs its start-up command)."""
    manager = subprocess.Popen(
        ["openbox", "--sm-disable", "--startup", f"touch {ready}"],
        env=screen.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + STARTS_WITHIN
    while not ready.exists():
        if manager.poll() is not None or time.monotonic() > end:
            _end(manager)
            raise RuntimeError("openbox did not start on the virtual screen")
        time.sleep(0.02)
    return manager


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and wait for it."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
