"""The row of attachments under the form: add, open, take off."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from hs_credit_desktop.domain.returns import Attachment
from hs_credit_desktop.ui import icons, messages
from hs_credit_desktop.ui.widgets.basics import LinkButton


def size_words(size: int) -> str:
    """A file size as an office says it: 36 KB, 1.2 MB."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(size // 1024, 1)} KB"


class EvidenceRow(QWidget):
    """佐证材料 n 件 opens a menu of the files; 添加 asks for files.

    added: paths to add; opened, removed: an Attachment.
    """

    added = Signal(list)
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.files = LinkButton("佐证材料 0 件", self._show_menu, icon="attach")
        self.files.setToolTip("查看、打开或移除佐证材料")
        self.add = LinkButton("添加…", self._ask, icon="add")
        self.add.setToolTip("选择文件作为佐证材料，也可以把文件拖到表单上")
        row.addWidget(self.files)
        row.addWidget(self.add)
        self._attachments: tuple[Attachment, ...] = ()
        self._writable = True

    def show_files(self, attachments: Sequence[Attachment], *, writable: bool) -> None:
        """Show the files of an entry."""
        self._attachments, self._writable = tuple(attachments), writable
        self.files.set_text(f"佐证材料 {len(attachments)} 件")
        self.files.setEnabled(bool(attachments))
        self.add.setVisible(writable)

    def menu(self) -> QMenu:
        """Every file with 打开 and 移除."""
        made = QMenu(self)
        for item in self._attachments:
            inner = made.addMenu(f"{item.name}    {size_words(item.size)}")
            inner.setIcon(icons.icon("document"))
            self._act(inner, "打开", "open", partial(self.opened.emit, item))
            if self._writable:
                self._act(inner, "移除", "delete", partial(self.removed.emit, item))
        return made

    def _act(self, menu: QMenu, words: str, icon: str, act: partial[None]) -> None:
        action = QAction(icons.icon(icon), words, menu)
        action.triggered.connect(lambda: act())
        menu.addAction(action)

    def _show_menu(self) -> None:
        self.menu().popup(self.files.mapToGlobal(self.files.rect().topLeft()))

    def _ask(self) -> None:
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        if chosen := messages.open_files(self, "选择佐证材料", Path(home), "所有文件 (*)"):
            self.added.emit(chosen)
