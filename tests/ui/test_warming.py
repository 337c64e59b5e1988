"""What is loaded beside the first page: in slices, on a worker, and no longer than the window."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from hs_credit_desktop import app
from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.ui import warming
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.pages.catalogue import MODULES
from hs_credit_desktop.ui.pages.names import NAMES
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.warming import Warming

# Prints what a click on any page would still have to load of our own, and whether Qt complained.
WARMED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from hs_credit_desktop import app, paths
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.preferences import Preferences

folder = paths.DataFolder(Path(sys.argv[1]))
made = app.application()
theme.apply(made, theme.Mode.LIGHT)
window = app.compose(folder, Preferences(folder.root), None)
app.after_first_paint(window, lambda: app.warm_up(window))
window.show()

def click():
    warming = window.findChild(app_warming())
    if not warming.done:
        return
    timer.stop()
    before = set(sys.modules)
    for name in window.rail.names:
        assert window.show_page(name)
    print("late:", *sorted(n for n in set(sys.modules) - before if ".ui.pages." in n), flush=True)
    window.close()
    made.quit()

def app_warming():
    from hs_credit_desktop.ui.warming import Warming
    return Warming

timer = QTimer()
timer.timeout.connect(click)
QTimer.singleShot(1000, lambda: timer.start(50))
made.exec()
"""


def test_the_pages_named_are_all_but_the_first(qtbot: QtBot, practice_folder: Path) -> None:
    window = MainWindow(
        root=practice_folder,
        clock=system_clock(),
        run=Run(at_once=True),
        preferences=Preferences(practice_folder),
    )
    qtbot.addWidget(window)
    window.show_first()
    for name in NAMES:
        window.prepare(name)
    modules = [type(page).__module__ for page in window.made.values()]
    assert modules[1:] == list(MODULES)


def test_no_page_has_its_module_to_load_after_the_warming(practice_folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WARMED, str(practice_folder)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(app.__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.strip() == "late:"
    assert not [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]


def test_stopped_it_loads_nothing_more(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()
    loaded: list[str] = []

    def load(name: str) -> None:
        loaded.append(name)
        begun.set()
        assert go_on.wait(10)

    monkeypatch.setattr(warming, "import_module", load)
    monkeypatch.setattr(warming, "BEGIN_MS", 0)
    owner = QObject()
    made = Warming(owner)
    qtbot.waitUntil(begun.is_set, timeout=10_000)
    threading.Timer(0.05, go_on.set).start()
    with qtbot.assertNotEmitted(made.loaded):
        made.stop()
    assert made.done
    assert loaded == [MODULES[0]]


def test_stopped_before_it_began_it_names_nothing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warming, "BEGIN_MS", 0)
    owner = QObject()
    made = Warming(owner)
    made.stop()
    qtbot.wait(20)
    assert made.done
