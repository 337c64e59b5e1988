"""关于 and 导出诊断信息 at the foot of 设置 › 数据."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hs_credit_desktop.errors import UserError
from hs_credit_desktop.services import diagnostics
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui import messages
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import Button
from hs_credit_desktop.ui.widgets.elided import Hint


class ProgramRow(QWidget):
    """The two buttons, and what came of the export at their right."""

    def __init__(self, ws: Workspace, run: Run) -> None:
        super().__init__()
        self._ws, self._run = ws, run
        self.about_button = Button("关于…", self._about)
        self.export_button = Button("导出诊断信息…", self._export)
        self.said = Hint()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.about_button)
        row.addWidget(self.export_button)
        row.addWidget(self.said, 1)

    def _about(self) -> None:
        from hs_credit_desktop.ui.dialogs.about import AboutWindow

        window = AboutWindow(self)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.show()

    def _export(self) -> None:
        """Write the zip file where the clerk says; the button waits until it is written."""
        proposal = Path.home() / f"诊断信息 {self._ws.clock.today().isoformat()}.zip"
        target = messages.save_file(self, "导出诊断信息", proposal, "压缩文件 (*.zip)")
        if target is None:
            return
        self.export_button.setEnabled(False)
        self.said.say("")
        self._run.background(
            lambda _job: diagnostics.write(self._ws.folder, self._ws, target, self._ws.clock),
            lambda file: self._diagnosed(f"已导出 {file.name}"),
            on_error=self._not_diagnosed,
            words="正在导出诊断信息…",
        )

    def _diagnosed(self, words: str) -> None:
        self.export_button.setEnabled(True)
        self.said.say(words)

    def _not_diagnosed(self, error: UserError) -> None:
        self._diagnosed("")
        self._run.show_error(error)
