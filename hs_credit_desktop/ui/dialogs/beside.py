"""Boxes that stand beside the window while the work in it goes on; one of a kind at a time."""

from PySide6.QtWidgets import QDialog, QWidget

from hs_credit_desktop.ui.run import Run

_MARK = "stands beside the window"
OUTLIVES = "speaks of no ledger"  # property of a box that stays when the open ledger goes


def beside(box: QDialog, run: Run) -> None:
    """Show a box without blocking the window; an older one of its kind closes.

    run: whose work the box may have under way; a box that is closed meanwhile waits for the end of
    it, since what comes out of the work is said to the box.
    """
    parent = box.parentWidget()
    for old in boxes(parent.window()) if parent is not None else []:
        if type(old) is type(box):
            old.reject()
    box.setProperty(_MARK, True)
    box.finished.connect(lambda _result: _let_go(box, run))
    box.show()


def boxes(window: QWidget) -> list[QDialog]:
    """The boxes that stand beside a window or one of its pages, also those just closed."""
    return [box for box in window.findChildren(QDialog) if box.property(_MARK)]


def _let_go(box: QDialog, run: Run) -> None:
    if not run.working:
        box.deleteLater()
