"""A window on the small ledger, with the hooks that the program gives it."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui.hooks import Hooks
from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from tests.ledgers import TODAY, clock_at, make_workspace


def shown(qtbot: QtBot, root: Path, run: Run | None = None) -> MainWindow:
    """A window on `root`, at once unless another Run is given; the check waits to be called."""
    window = MainWindow(
        root=root,
        clock=clock_at(TODAY),
        run=run or Run(at_once=True),
        preferences=Preferences(root.parent / "prefs"),
    )
    hooks = Hooks(window)
    hooks.later.setInterval(10**8)
    window.show_first()
    hooks.show_state()  # as it does by itself after the first paint
    window.resize(1366, 697)
    window.show()
    qtbot.addWidget(window, before_close_func=_let_go)
    with qtbot.waitActive(window):  # or it takes the keyboard from a box later
        window.activateWindow()
    return window


def _let_go(window: MainWindow) -> None:
    """Close without the backup on exit, whatever a test left."""
    window.may_close = lambda: True
    window.close()


def small(tmp_path: Path) -> Path:
    """The folder of a small ledger that nobody has open."""
    make_workspace(tmp_path).close()
    return tmp_path / "台账"


def ledger_of(window: MainWindow) -> Workspace:
    """The ledger that is open in the window."""
    assert window.ws is not None
    return window.ws


def flip_a_text(file: Path, text: str = "已印发方案") -> None:
    """Damage one text of a closed ledger."""
    content = bytearray(file.read_bytes())
    content[content.index(text.encode()) + 1] ^= 1
    file.write_bytes(content)


def hooks_of(window: MainWindow) -> Hooks:
    """The hooks of a window."""
    found = window.findChild(Hooks)
    assert found is not None
    return found
