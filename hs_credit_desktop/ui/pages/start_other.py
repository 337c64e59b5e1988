"""Where there is no ledger yet: a backup or a package of another PC becomes it."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hs_credit_desktop.clock import Clock
from hs_credit_desktop.services.workspace import Workspace
from hs_credit_desktop.ui import messages, theme
from hs_credit_desktop.ui.run import Run
from hs_credit_desktop.ui.widgets.basics import LinkButton

if TYPE_CHECKING:
    from hs_credit_desktop.ui.window import Window


class OtherWays(QWidget):
    """Two plain links; opened: the ledger a backup became; failed: with a UserError."""

    opened = Signal(Workspace)
    failed = Signal(object)

    def __init__(self, root: Path, clock: Clock, run: Run, today: date | None) -> None:
        super().__init__()
        self._root, self._clock, self._run, self._today = root, clock, run, today
        self.restore_link = LinkButton("从备份恢复…", self.restore, icon="history")
        self.restore_link.setToolTip("选一份备份，还原成这台电脑上的台账")
        self.package_link = LinkButton("打开交接包…", self.open_package, icon="open")
        self.package_link.setToolTip("选另一台电脑制作的交接包，由它建立台账")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.PADDING)
        row.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        row.addWidget(self.restore_link)
        row.addWidget(self.package_link)

    def restore(self) -> None:
        """Ask for a backup and put it where the ledger shall be."""
        from hs_credit_desktop.services import closed_restore
        from hs_credit_desktop.services.workspace import open_workspace
        from hs_credit_desktop.ui.dialogs.backups import KINDS

        file = messages.open_file(self, "从哪个备份恢复", Path.home(), KINDS)
        if file is None:
            return
        again = partial(open_workspace, self._root, self._clock, today=self._today)
        self._run.background(
            lambda _job: closed_restore.restore(self._root, file, self._clock, again),
            self.opened.emit,
            on_error=self.failed.emit,
            words="正在恢复…",
        )

    def open_package(self) -> None:
        """Ask for a package and begin with it."""
        from hs_credit_desktop.ui.dialogs.hand_over import choose_package

        choose_package(cast("Window", self.window()))
