"""Pictures of the boxes that keep the ledger: backups, restore, freezing, check, the other PC."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from hs_credit_desktop.services.workspace import Workspace
    from hs_credit_desktop.ui.main_window import MainWindow


def keeping_boxes(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """(name, box) one after the other; the practice ledger goes on a little in between."""
    from hs_credit_desktop.services import backups, handover
    from hs_credit_desktop.services.workspace import open_workspace
    from hs_credit_desktop.ui.dialogs.backups import BackupsBox
    from hs_credit_desktop.ui.dialogs.check import CheckBox
    from hs_credit_desktop.ui.dialogs.freeze import FreezeBox
    from hs_credit_desktop.ui.dialogs.hand_over import HandOverBox
    from hs_credit_desktop.ui.dialogs.hand_over_merge import MergeBox
    from hs_credit_desktop.ui.dialogs.restore import RestoreBox
    from hs_credit_desktop.ui.dialogs.workbox import present

    ws = window.ws
    assert ws is not None
    first = backups.make(ws, backups.Kind.TIMED)
    package = handover.handover(ws, Path("交接包.hspack").absolute())
    report(ws, "演示：这边登记的进展。")
    backups.make(ws)
    yield "backups", present(window, BackupsBox)
    yield "restore", present(window, RestoreBox, first.file)
    yield "check", present(window, CheckBox)
    box = present(window, HandOverBox)
    box.folder_words.setText("U 盘")
    yield "hand-over", box
    other = Path("另一台电脑").absolute()
    two = handover.open_package(other, package.file, lambda: open_workspace(other, ws.clock))
    two.actor = "office@pc-2"
    report(two, "演示：那边登记的进展，写得更详细一些。")
    back = handover.handover(two, Path("那边的交接包.hspack").absolute())
    two.close()
    yield "merge", present(window, MergeBox, back.file)
    yield "freeze", present(window, FreezeBox)
    box = present(window, FreezeBox)
    box.tick.setChecked(True)
    box.freeze()
    yield "frozen", box


def report(ws: Workspace, words: str) -> None:
    """The first missing unit reports by paper."""
    from hs_credit_desktop.domain.returns import Channel, FeedbackParts
    from hs_credit_desktop.domain.statistics import Status
    from hs_credit_desktop.services import overview, returns, reviewing
    from hs_credit_desktop.services.returns import Receipt

    round_ = overview.round_of(ws, overview.notice(ws).id, 2)
    unit = overview.expected_returns(ws, round_, Status.MISSING)[0]
    entry = reviewing.entries_of(ws, round_, unit.id)[0]
    receipt = Receipt(ws.today, Channel.PAPER)
    returns.record(ws, entry_id=entry.id, parts=FeedbackParts(words), receipt=receipt)
