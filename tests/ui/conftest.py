"""Window tests: the look is in force as in the program, and no look leaks into the next test."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.services.overview import Counted
from hs_credit_desktop.services.practice import create_practice
from hs_credit_desktop.services.workspace import Workspace, open_workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, theme.Mode.LIGHT)
    yield
    # Windows of the test go now: those left behind would be styled again before every test.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    if theme.current().dark:
        theme.apply(qapp, theme.Mode.LIGHT)


@pytest.fixture(autouse=True)
def no_garbage_on_workers() -> Iterator[None]:
    """Garbage waits until the test is over, as it waits for the main thread in the program."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def no_dialog_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file dialog that no test answers fails at once: nobody sits here to close it."""

    def fail(*_: object, **__: object) -> None:
        pytest.fail("a file dialog waits for an answer")

    for name in (
        "getExistingDirectory",
        "getOpenFileName",
        "getOpenFileNames",
        "getSaveFileName",
    ):
        monkeypatch.setattr(QFileDialog, name, staticmethod(fail))


def pytest_itemcollected(item: pytest.Item) -> None:
    """The screen of the tests has no window manager for size hints, and says so each time."""
    item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))


@pytest.fixture(scope="session")
def practice_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice ledger, made once; copy it, do not open it."""
    return create_practice(tmp_path_factory.mktemp("practice") / "练习台账")


@pytest.fixture
def practice_folder(practice_template: Path, tmp_path: Path) -> Path:
    """A practice ledger of the test's own: 44 returns, 267 entries, its day is 2024-11-29."""
    return Path(shutil.copytree(practice_template, tmp_path / "台账"))


@pytest.fixture
def practice_ws(practice_folder: Path) -> Iterator[Workspace]:
    """The practice ledger, open for writing."""
    ws = open_workspace(practice_folder, system_clock())
    yield ws
    ws.close()


@pytest.fixture
def window(qtbot: QtBot, practice_folder: Path, tmp_path: Path) -> Iterator[MainWindow]:
    """The practice ledger in a window of 1366 × 697; work beside it is done on the spot."""
    made = MainWindow(
        root=practice_folder,
        clock=system_clock(),
        run=Run(at_once=True),
        preferences=Preferences(tmp_path / "prefs"),
    )
    qtbot.addWidget(made)
    made.show_first()
    made.setWindowState(Qt.WindowState.WindowNoState)
    made.resize(1366, 697)
    made.show()
    yield made
    made._close_ledger()


class NotedTasks:
    """Notes what a page asks of 任务."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def open_measure(self, node_id: str, which: Counted | None = None) -> None:
        self.asked.append((node_id, which))

    def open_unit(self, unit_id: str) -> None:
        self.asked.append(unit_id)

    def open_entry(self, entry_id: str) -> None:
        self.asked.append(entry_id)


def noted_tasks(*asking: Any) -> list[object]:
    """What will be asked through these signals of a page, in order."""
    noted = NotedTasks()
    for signal in asking:
        signal.connect(lambda do: do(noted))
    return noted.asked
