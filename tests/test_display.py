"""The virtual screen shows windows and ends without leaving anything behind."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PIL import Image

from tests.display import Screen, virtual_screen

WINDOW = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("演示")
label.setStyleSheet("background: #ff0000")
label.setWindowTitle("screen-test")
label.resize(300, 200)
label.show()
app.exec()
"""


@pytest.mark.display
def test_window_is_managed_and_photographed(screen: Screen, tmp_path) -> None:
    program = subprocess.Popen([sys.executable, "-c", WINDOW], env=screen.env)
    try:
        window = screen.xdotool("search", "--sync", "--onlyvisible", "--name", "screen-test")
        screen.xdotool("windowactivate", "--sync", window)  # needs the window manager
        assert screen.xdotool("getwindowname", window) == "screen-test"
        for _ in range(50):
            with Image.open(screen.picture(tmp_path / "screen.png")) as picture:
                colours = {colour for _, colour in picture.convert("RGB").getcolors(100_000)}
            if (255, 0, 0) in colours:
                break
        assert picture.size == (1366, 768)
        assert (255, 0, 0) in colours
    finally:
        program.kill()
        program.wait()


@pytest.mark.display
def test_two_screens_have_their_own_numbers(screen: Screen) -> None:
    with virtual_screen(800, 600) as other:
        assert other.name != screen.name
        assert other.xdotool("getdisplaygeometry") == "800 600"
    assert subprocess.run(["xdotool", "getdisplaygeometry"], env=other.env).returncode
