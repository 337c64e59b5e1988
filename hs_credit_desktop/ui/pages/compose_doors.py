"""Doors of 汇总: the original of a sentence, a report that is dropped, keys that press buttons."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton

from hs_credit_desktop.domain.composing import Source
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import composing_board
from hs_credit_desktop.ui.opening import copy_of, open_path
from hs_credit_desktop.ui.pages.compose_base import ComposeBase


def open_entry(page: ComposeBase, source: Source) -> None:
    """Show the entry a sentence stands in, on 任务."""
    if source.entry_id:
        entry_id, words = source.entry_id, source.text[:12]
        page.tasks_asked.emit(lambda tasks: tasks.open_entry(entry_id, words))


def open_original(page: ComposeBase, entry_id: str) -> None:
    """Open a copy of the file an entry came in; say so where it was typed by hand."""
    if not entry_id:
        return
    found = composing_board.original_of(page.ws, entry_id)
    if found is None:
        page.pane.say("这条反馈是手工登记的，没有原件")
        return
    name, sha256 = found
    try:
        open_path(copy_of(page.ws, sha256, name))
    except UserError as error:
        page.run.show_error(error)


def report_in(event: QDropEvent) -> Path | None:
    """The one .docx that hangs over the page."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() == ".docx" else None


def press(*buttons: QAbstractButton) -> Callable[[], None]:
    """What the key of buttons does: the one to be seen is clicked."""

    def press() -> None:
        for button in [each for each in buttons if each.isVisible()][:1]:
            button.click()

    return press
