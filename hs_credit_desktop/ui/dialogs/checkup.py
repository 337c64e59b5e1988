"""发文前体检报告 page by page as it prints, and saved as PDF and Word."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from hs_credit_desktop.services import checkup
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.dialogs.beside import OUTLIVES
from hs_credit_desktop.ui.pages.export_preview import PreviewPane
from hs_credit_desktop.ui.widgets.basics import Button
from hs_credit_desktop.ui.widgets.elided import Hint
from hs_credit_desktop.ui.widgets.states import InlineError

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QWidget

    from hs_credit_desktop.errors import UserError
    from hs_credit_desktop.services.export import ExportedFile
    from hs_credit_desktop.services.notices import ReadNotice
    from hs_credit_desktop.ui.run import Run


class CheckupWindow(QDialog):
    """Made in a folder of its own, which goes with the window; saved where the clerk says."""

    def __init__(self, parent: QWidget, run: Run, source: ReadNotice) -> None:
        super().__init__(parent)
        self.setWindowTitle(checkup.NAME)
        self.setAccessibleName(checkup.NAME)
        self.setProperty(OUTLIVES, True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._run, self._source = run, source
        self._scratch = tempfile.TemporaryDirectory(prefix="hs-credit-", ignore_cleanup_errors=True)
        self.preview = PreviewPane(run)
        self.preview.export_asked.connect(self.save)
        self.error, self.said = InlineError(), Hint()
        self.save_button = Button(
            "存为 PDF 和 Word…", self.save, key="Ctrl+S", icon="save", primary=True
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.PADDING, theme.PADDING, theme.PADDING, theme.PADDING)
        whole.setSpacing(theme.GAP)
        whole.addWidget(self.preview, 1)
        whole.addWidget(self.error)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        foot.addWidget(self.said, 1)
        foot.addWidget(Button("关闭", self.close, key="Esc", bind_key=False))
        foot.addWidget(self.save_button)
        whole.addLayout(foot)
        self.resize(self.sizeHint())
        self._make()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._scratch.cleanup()
        super().closeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(860, 620)

    def _make(self) -> None:
        folder = Path(self._scratch.name)
        self.said.say("正在排版…")
        self._run.background(
            lambda _job: checkup.save(self._source, folder), self._show, on_error=self._refused
        )

    def _show(self, made: tuple[ExportedFile, ...]) -> None:
        self.said.say(f"共 {made[0].pages} 页")
        self.preview.show_file(made[0].path)

    def save(self) -> None:
        """Ask for a folder and write both files there."""
        folder = messages.choose_folder(self, "体检报告存到哪个文件夹", Path.home())
        if folder is None:
            return
        self.error.show_error("")
        self._run.background(
            lambda _job: checkup.save(self._source, folder), self._saved, on_error=self._refused
        )

    def _saved(self, made: tuple[ExportedFile, ...]) -> None:
        names = "、".join(item.path.name for item in made)
        self.said.say(f"已存到 {made[0].path.parent}：{names}")

    def _refused(self, error: UserError) -> None:
        self.said.say("")
        self.error.show_error(f"{error.what}。{error.advice}")
