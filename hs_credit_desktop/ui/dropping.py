"""Files let go anywhere in the window go to 收件, but where a page has a place of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent

from hs_credit_desktop.ui.pages.names import INBOX
from hs_credit_desktop.ui.widgets.basics import label

if TYPE_CHECKING:
    from pathlib import Path

    from hs_credit_desktop.ui.window import Window

WORDS = "松开鼠标，文件就到“收件”，确认以后才登记"
MARGIN, HEIGHT = 24, 40


class Dropping(QObject):
    """Watches what is dragged over the pages of a window and no page has taken."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.words = label(WORDS, bold=True, ink="accent")
        self.words.setParent(window.pages)
        self.words.setObjectName("strip")
        self.words.setProperty("state", "info")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words.hide()
        window.pages.setAcceptDrops(True)
        window.pages.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take files in; everything else goes on as it would."""
        if isinstance(event, QDragMoveEvent):  # and the entering, which Qt derives from it
            return self._enter(event)
        if event.type() == QEvent.Type.DragLeave:
            self.words.hide()
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            return self._drop(event)
        return False

    def _enter(self, event: QDragMoveEvent) -> bool:
        if not self._files(event):
            return False
        event.acceptProposedAction()
        pages = self._window.pages
        self.words.setGeometry(MARGIN, MARGIN, pages.width() - 2 * MARGIN, HEIGHT)
        self.words.show()
        self.words.raise_()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        from hs_credit_desktop.ui.pages.inbox import InboxPage

        self.words.hide()
        files = self._files(event)
        if not files or not self._window.show_page(INBOX):
            return False
        event.acceptProposedAction()
        page = self._window.page
        assert isinstance(page, InboxPage)
        page.reading.add(files)
        return True

    def _files(self, event: QDropEvent) -> list[Path]:
        """The files that 收件 would take now."""
        from hs_credit_desktop.services import freezing
        from hs_credit_desktop.ui.pages.inbox_tray import files_of

        window = self._window
        if window.ws is None or window.round is None or window.start is not None:
            return []
        if window.ws.read_only or freezing.shut(window.ws, window.round):
            return []
        return files_of(event.mimeData())
