"""A window on a PC whose date is off: the strip says so, and goes when it is put away."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hs_credit_desktop.ui.main_window import MainWindow
from hs_credit_desktop.ui.preferences import Preferences
from hs_credit_desktop.ui.run import Run
from tests.ledgers import TODAY, clock_at, make_workspace


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (TODAY, ""),
        (TODAY.replace(year=2023), "比台账上次保存的2024年8月20日还早"),
        (TODAY.replace(year=2025), "中间隔了 365 天"),
    ],
)
def test_the_strip_warns_of_the_date(qtbot: QtBot, tmp_path: Path, day, says: str) -> None:
    ws = make_workspace(tmp_path)
    ws.close()
    root = ws.folder.root
    window = MainWindow(
        root=root, clock=clock_at(day), run=Run(at_once=True), preferences=Preferences(root)
    )
    qtbot.addWidget(window, before_close_func=lambda shown: shown.close())
    window.show_first()
    window.show()
    assert says in window.news.text
    assert bool(window.news.text) == bool(says)
    window.news.dismiss()
    assert window.news.text == ""
