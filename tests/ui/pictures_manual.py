"""Pictures of the manual: small copies of docs/pictures, and the manual and the tour themselves.

python -m tests.ui.pictures_manual makes the small copies again after docs/pictures were taken.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from hs_credit_desktop.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = ("start", "doubts", "today", "tasks", "inbox", "review", "compose", "export")
WIDTH, COLOURS = 1120, 48  # shown half as wide: sharp on a screen at 150 % too


def main() -> None:
    """Make the small copies; prints their sizes."""
    from PIL import Image

    folder = ROOT / "resources" / "manual" / "pictures"
    folder.mkdir(exist_ok=True)
    for name in NAMES:
        with Image.open(ROOT / "docs" / "pictures" / f"{name}-light.png") as full:
            height = full.height * WIDTH // full.width
            small = full.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
        few = small.quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(folder / f"{name}.png", optimize=True)
        print(name, (folder / f"{name}.png").stat().st_size)


def manual_windows(window: MainWindow) -> Iterator[tuple[str, QWidget | None]]:
    """(name, widget) one after the other; None is the main window, with the tour in it."""
    from hs_credit_desktop.domain.manual import Place
    from hs_credit_desktop.ui.dialogs.manual import ManualWindow
    from hs_credit_desktop.ui.dialogs.tour import STATIONS, start
    from hs_credit_desktop.ui.guide import open_manual

    open_manual(window, place=Place("inbox", 0))
    [shown] = window.findChildren(ManualWindow)
    yield "manual", shown
    shown.asked.setText("网络")
    shown.list.setCurrentRow(0)
    yield "manual-search", shown
    shown.close()
    panel = start(window)
    panel.go(3)
    yield "tour", None
    panel.go(len(STATIONS) - 1)
    yield "tour-end", None
    panel.leave()


if __name__ == "__main__":
    main()
