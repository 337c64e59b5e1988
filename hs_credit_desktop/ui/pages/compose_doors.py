"""Files behind and before the page: the original of a sentence, a report that is dropped."""

import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import composing_board, returns
from hs_credit_desktop.ui.pages.compose_base import ComposeBase


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
        source = returns.attachment_path(page.ws, sha256)
        folder = Path(tempfile.mkdtemp(prefix="hs-credit-"))
        copy = Path(shutil.copyfile(source, folder / Path(name).name))
    except OSError:
        page.run.show_error(UserError(f"{name} 打不开", "请检查数据文件夹里的原件是否还在。"))
        return
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))


def report_in(event: QDropEvent) -> Path | None:
    """The one .docx that hangs over the page."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() == ".docx" else None
