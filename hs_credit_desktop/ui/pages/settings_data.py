"""设置 › 数据: where the data lie, moving them, other ledgers, 关于 and 导出诊断信息."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from hs_credit_desktop.services import folders
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui import opening, theme
from hs_credit_desktop.ui.pages.settings_program import ProgramRow
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import LinkButton, Pane, label
from hs_credit_desktop.ui.widgets.states import InlineError


class DataPane(Pane):
    """Where the data lie and what can be done with them."""

    def __init__(self, ws: Workspace, run: Run, ask_start: Callable[[], object]) -> None:
        super().__init__("数据", "只保存在本机，不联网")
        self._ws = ws
        column = QVBoxLayout()
        column.setContentsMargins(theme.PADDING, 10, theme.PADDING, theme.PADDING)
        column.setSpacing(theme.GAP)
        self.body.addLayout(column)
        where = label(str(ws.folder.root))
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        where.setWordWrap(True)
        column.addWidget(where)
        row = QHBoxLayout()
        self.move_button = LinkButton("换到其他位置…", self._move, icon="archive")
        row.addWidget(LinkButton("打开文件夹", self._open_folder, icon="folder_open"))
        row.addWidget(self.move_button)
        row.addWidget(LinkButton("打开或新建其他台账…", ask_start, icon="notebook"))
        row.addWidget(LinkButton("单位名册…", self._register, icon="bookmark"))
        row.addStretch(1)
        column.addLayout(row)
        self.warning = InlineError()
        if warned := folders.here(ws.folder.root):
            self.warning.show_error(f"{warned.what}。{warned.advice}")
        column.addWidget(self.warning)
        self.program = ProgramRow(ws, run)
        column.addWidget(self.program)

    def _open_folder(self) -> None:
        opening.open_path(self._ws.folder.root)

    def _register(self) -> None:
        from hs_credit_desktop.ui.dialogs import register

        register.present(self.window())

    def _move(self) -> None:
        from hs_credit_desktop.ui.dialogs import move_data

        move_data.present(self.window())
