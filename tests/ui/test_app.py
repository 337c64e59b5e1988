"""Start-up: what is loaded before the first paint, and what a broken folder says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from hs_credit_desktop import app
from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import DataFolder
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.preferences import Preferences

FIRST_PAINT = """
import os
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from hs_credit_desktop import app, paths
from hs_credit_desktop.services.workspace import open_workspace
from hs_credit_desktop.ui import theme
from hs_credit_desktop.ui.preferences import Preferences

folder = paths.DataFolder(Path(sys.argv[1]))
made = app.application()
theme.apply(made, theme.Mode.LIGHT)
window = app.compose(folder, Preferences(folder.root), None)

def finish():
    print(" ".join(sorted(sys.modules)), flush=True)
    os._exit(0)  # what is loaded to close a ledger has no part in this

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, finish)
        return False

painted = Painted()
window.installEventFilter(painted)
window.show()
made.exec()
"""
HEAVY = {"openpyxl", "reportlab", "docx", "lxml", "PIL", "jieba", "sqlite_utils", "pypdfium2"}
HEAVY |= {"pypinyin", "python_calamine", "numpy"}
# Of our own: the importer, files, reports, and what works with them, come when they are used.
LATER = tuple(
    f"hs_credit_desktop.{name}"
    for name in (
        "notice",
        "files",
        "reports",
        "services.notices",
        "services.reviewing",
        "services.composing_board",
        "services.papers_publish",
        "services.receiving",
        "services.inbox",
        "services.export",
        "store.staging",
        "store.units",
        "store.returns",
        "store.files",
        "domain.draft",
        "domain.recognition",
        "domain.return_code",
        "domain.units",
        "services.undo",
        "services.deadlines",
        "ui.commands",
        "ui.dialogs.manual",
        "ui.pages.start",
        "ui.warming",
    )
)
# Libraries of Python's own that a start does without: what names the PC, hashes, makes ids.
SPARED = {"socket", "_hashlib", "uuid", "platform"}


def _modules(folder: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(folder)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(app.__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("full", [True, False], ids=["full round", "start page"])
def test_nothing_heavy_is_loaded_before_the_first_paint(
    full: bool, practice_folder: Path, tmp_path: Path
) -> None:
    open_workspace(practice_folder, system_clock()).close()  # a new place gets its name once
    modules = _modules(practice_folder if full else tmp_path / "empty")
    assert "PySide6" in modules
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()
    ours = {name for name in modules if name.startswith(LATER)}
    assert not full or ours == set()
    assert not full or modules & SPARED == set()


def test_dialogs_of_the_system_speak_chinese(qapp: object) -> None:
    made = app.application()
    assert made.translate("QPlatformTheme", "Cancel") == "取消"


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="不能写入"):
        app.run(tmp_path / "file", None)


@pytest.mark.parametrize(
    ("kept", "mode"), [("dark", "dark"), ("", "system"), ("rubbish", "system")]
)
def test_the_look_that_was_chosen_comes_back(tmp_path: Path, kept: str, mode: str) -> None:
    preferences = Preferences(tmp_path)
    if kept:
        preferences.put("theme", kept)
    assert app.mode_of(preferences) == mode


@pytest.mark.parametrize(("kept", "dark"), [("system", False), ("light", True)])
def test_only_the_system_look_follows_the_desktop(
    qapp: QApplication, tmp_path: Path, kept: str, dark: bool
) -> None:
    preferences = Preferences(tmp_path)
    preferences.put("theme", kept)
    theme.apply(qapp, theme.Mode.DARK)
    app.follow_desktop(qapp, preferences)
    assert theme.current().dark is dark


def test_the_window_opens_on_the_start_page_of_an_empty_folder(qtbot, tmp_path: Path) -> None:
    window = app.compose(DataFolder(tmp_path), Preferences(tmp_path), None)
    qtbot.addWidget(window)
    assert window.start is not None
